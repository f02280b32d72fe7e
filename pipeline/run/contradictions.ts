import {z} from "zod";
import type {ProjectSource} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {keptColumns} from "../facts/known.ts";
import type {Engine} from "../warehouse/engine.ts";
import {parquetFiles, quoteIdentifier} from "../warehouse/sql.ts";
import {namedKeys} from "./append-faults.ts";
import type {ExtractRead, ReadAnew} from "./read-extracts.ts";

type Faults = Map<ExtractRead, Diagnostic[]>;

/**
 * Files of one command and source, made on one day, in which a key stands with different rows: order of names would
 * decide which counts, so all of them are refused. Where rows are appended no key may stand in two files at all. An
 * extract that is read again has its place in the order of loads already.
 *
 * @param refused Files that are refused already; they contradict nobody.
 * @returns Each such file with its complaints, one for each file that it contradicts.
 */
export async function contradictionFaults(
  engine: Engine,
  reads: readonly ExtractRead[],
  refused: ReadonlyMap<ExtractRead, readonly Diagnostic[]>
): Promise<Faults> {
  const groups = new Map<string, ReadAnew[]>();
  for (const read of reads) {
    if (read.kind !== "read" || read.former !== null || read.outcome.outcome !== "read" || refused.has(read)) continue;
    const {source, delivery, key} = read.extract.source;
    if (key === undefined) continue;
    const group = JSON.stringify([source, delivery === "append" ? null : read.outcome.extracted]);
    groups.set(group, [...(groups.get(group) ?? []), read]);
  }
  const faults: Faults = new Map();
  for (const group of groups.values()) if (group.length > 1) await addFaults(engine, group, faults);
  return faults;
}

// Names with blanks, which no column of a user has.
const said = quoteIdentifier("what the row says");
const text = quoteIdentifier("key as text");

const foundSchema = z.strictObject({files: z.array(z.int()), keys: z.int(), examples: z.array(z.string())});

async function addFaults(engine: Engine, reads: readonly ReadAnew[], faults: Faults): Promise<void> {
  const {source} = reads[0]!.extract;
  for (const {files, keys, examples} of await engine.rows(contradictionsSql(source, reads), foundSchema)) {
    for (const at of files) {
      for (const other of files) {
        if (other === at) continue;
        const parameters = {
          other: reads[other]!.extract.name,
          keys,
          examples,
          appends: source.delivery === "append",
          declared: source.extracted !== undefined
        };
        const complaint = complain("contradicting-files", {file: reads[at]!.extract.name}, parameters);
        faults.set(reads[at]!, [...(faults.get(reads[at]!) ?? []), complaint]);
      }
    }
  }
}

/** Of each set of files that share keys: `files` (places, from 0), `keys`, `examples`. */
function contradictionsSql(source: ProjectSource, reads: readonly ReadAnew[]): string {
  const outcomes = reads.flatMap(({outcome}) => (outcome.outcome === "read" ? [outcome] : []));
  const files = parquetFiles(outcomes.map(({rowsFile}) => rowsFile));
  const key = (source.key ?? []).map(quoteIdentifier).join(", ");
  const ofDelivery = source.covers.from === "columns" ? [source.covers.first, source.covers.last] : [];
  const held = keptColumns(source).filter(
    (name) =>
      !ofDelivery.includes(name) && outcomes.every(({columns}) => columns.mapped.some(({column}) => column === name))
  );
  const differ = source.delivery === "append" ? "count(*) > 1" : `count(distinct ${said}) > 1`;
  return `select files, count(*)::integer as keys, min(${text}, ${namedKeys}) as examples
from (
    select list_sort(list(distinct file_index::integer)) as files, concat_ws(' ', ${key}) as ${text}
    from (select file_index, ${key}, hash(${held.map(quoteIdentifier).join(", ")}) as ${said} from ${files})
    semi join (select ${key} from ${files} group by ${key} having count(*) > 1) using (${key})
    group by ${key}
    having ${differ}
)
group by files
order by files`;
}
