import {join} from "node:path";
import {z} from "zod";
import {intersect} from "../calendar/day-set.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {sqlType} from "../facts/known.ts";
import type {KnownLoad} from "../ledger/contract.ts";
import type {Engine} from "../warehouse/engine.ts";
import {parquetFile, parquetFiles, quoteIdentifier} from "../warehouse/sql.ts";
import {tellingDamagedRows} from "./check-rows.ts";
import {dayWords} from "./overlaps.ts";
import type {Accepted} from "./pending-load.ts";

/** So many keys are named. */
export const namedKeys = 3;

/**
 * Why an extract of a source that appends can't be added to the loads that are known: keys of its rows stand in them, or,
 * without a key, they cover some of its days. The former reading of the same extract does not count, for it is replaced.
 *
 * @param rowsFile Where the extract's rows lie, absolute.
 * @param loads Of any sources.
 * @returns One complaint a load; [] for other deliveries.
 */
export async function appendFaults(
  engine: Engine,
  {read: {extract}, outcome}: Accepted,
  rowsFile: string,
  loads: readonly KnownLoad[],
  warehouse: string
): Promise<Diagnostic[]> {
  const {source, name: file} = extract;
  if (source.delivery !== "append") return [];
  const others = loads.filter((load) => load.source === source.source && load.sha256 !== outcome.sha256);
  const {key} = source;
  if (key === undefined) {
    return others.flatMap(({id, covered}) => {
      const shared = outcome.covered.flatMap((own) =>
        covered
          .filter(({partition}) => partition === null || own.partition === null || partition === own.partition)
          .map(({days}) => ({partition: own.partition, days: intersect(own.days, days)}))
          .filter(({days}) => days.length > 0)
      );
      const [first] = shared;
      if (first === undefined) return [];
      return [complain("append-overlaps", {file}, {load: id, what: dayWords(source, first.partition, first.days)})];
    });
  }
  const keyed = others.filter(({columns}) => key.every((name) => columns.includes(name)));
  if (keyed.length === 0) return [];
  const named = key.map(quoteIdentifier);
  const typed = key.map(
    (name) => `${quoteIdentifier(name)}::${sqlType(source.columns[name]!)} as ${quoteIdentifier(name)}`
  );
  const known = parquetFiles(keyed.map(({rows_file}) => join(warehouse, rows_file)));
  const repeated = await tellingDamagedRows(keyed, warehouse, () =>
    engine.rows(
      `select place, count(*)::integer as keys, min(text, ${namedKeys}) as examples
from (
    select file_index::integer as place, concat_ws(' ', ${named.join(", ")}) as text
    from (select file_index, ${typed.join(", ")} from ${known})
    semi join (select ${typed.join(", ")} from ${parquetFile(rowsFile)}) using (${named.join(", ")})
)
group by place
order by place`,
      z.strictObject({place: z.int(), keys: z.int(), examples: z.array(z.string())})
    )
  );
  return repeated.map(({place, keys, examples}) =>
    complain("append-repeats-keys", {file}, {load: keyed[place]!.id, keys, examples})
  );
}
