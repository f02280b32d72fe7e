import {join} from "node:path";
import type {Project} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {ReadExtract} from "../extract/contract.ts";
import {hashFile} from "../extract/file-bytes.ts";
import {coverageOf} from "../facts/coverage.ts";
import {keptColumns} from "../facts/known.ts";
import {changedMonths} from "../facts/months.ts";
import {type SharedKeys, sharedKeys} from "../facts/shared-keys.ts";
import type {KnownLoad, Load, Receipt} from "../ledger/contract.ts";
import {storeDefinitions} from "../ledger/definitions.ts";
import {commitEntry, readLedger} from "../ledger/entries.ts";
import {answersFor, knowledge} from "../ledger/knowledge.ts";
import type {Engine} from "../warehouse/engine.ts";
import {placeExclusively} from "../warehouse/safe-files.ts";
import {lateNotes} from "./displaced.ts";
import type {LoadEffects} from "./load-effects.ts";
import type {ReadAnew} from "./read-extracts.ts";
import {keepRejects, loadedReceipt, unchangedReceipt} from "./receipts.ts";
import {isSynthetic} from "./synthetic.ts";

interface Committing {
  readonly engine: Engine;
  readonly warehouse: string;
  readonly effects: LoadEffects;
}

/**
 * Makes an extract that was read a load: stores its rows, rejects and the definitions, then commits the entry that
 * names them. When another process commits first, what the load changes is worked out anew over what is known then.
 */
export async function commitLoad(
  project: Project,
  read: ReadAnew,
  outcome: ReadExtract,
  {engine, warehouse, effects}: Committing
): Promise<Receipt> {
  const source = read.extract.source;
  const synthetic = await isSynthetic(read.extract.path, outcome.sha256);
  const rows = await placeRows(warehouse, source.source, read.load, outcome.rowsFile);
  const rejected = await keepRejects(warehouse, read.load, read.extract.name, outcome);
  await storeDefinitions(warehouse, project.files, project.definitions);
  for (;;) {
    const entries = await readLedger(warehouse);
    const before = knowledge(entries, null).loads.filter((load) => load.source === source.source);
    const former = before.find(({sha256}) => sha256 === outcome.sha256);
    // Another process may have loaded it in the meantime.
    if (former !== undefined && answersFor(former, read.definition, read.coversSaid))
      return unchangedReceipt(read.extract.name, former.receipt);
    const load: Load = {
      id: read.load,
      source: source.source,
      file: read.extract.name,
      sha256: outcome.sha256,
      bytes: outcome.bytes,
      definition: read.definition,
      ...rows,
      extracted: outcome.extracted,
      covered: outcome.covered.map(({partition, days}) => ({
        partition,
        days: days.map(([from, to]) => [from, to] as const)
      })),
      covers_said: read.coversSaid === null ? null : [...read.coversSaid],
      columns: heldColumns(read, outcome),
      kept: outcome.kept,
      synthetic,
      replaces: former?.id ?? null
    };
    const at = effects.now().toISOString();
    const own = {sequence: entries.length + 1, at};
    const order = former === undefined ? own : (former.order ?? {sequence: former.sequence, at: former.at});
    const after = [...before.filter((one) => one !== former), {...load, ...own, order}];
    const months = await changedMonths(engine, project.roster, source, before, after, warehouse);
    const {ownership} = coverageOf(project.roster, source, after);
    const shared = await sharedKeys(engine, source, after, ownership, load.id, warehouse);
    const notes = [
      ...rejected,
      ...readAgainNotes(load, former),
      ...lateNotes(source, load, ownership),
      ...sharedKeyWarnings(load, shared)
    ];
    const receipt = loadedReceipt(read, outcome, months, notes);
    const committed = await commitEntry(
      warehouse,
      {kind: "load", at, milepost: effects.version, definitions: project.definitions, load, receipt},
      entries.length
    );
    if (committed !== "taken") return receipt;
  }
}

/** Declared columns that were found and are kept, in the source's order. */
function heldColumns({extract}: ReadAnew, {columns}: ReadExtract): string[] {
  const mapped = new Set(columns.mapped.map(({column}) => column));
  return keptColumns(extract.source).filter((name) => mapped.has(name));
}

function readAgainNotes(load: Load, former: KnownLoad | undefined): Diagnostic[] {
  if (former === undefined) return [];
  const parameters = {
    former: former.id,
    loaded: former.at.slice(0, 10),
    redefined: former.definition !== load.definition,
    said: load.covers_said?.join("..") ?? null
  };
  return [complain("read-again", {file: load.file}, parameters, "note")];
}

function sharedKeyWarnings({file}: Load, shared: SharedKeys | null): Diagnostic[] {
  if (shared === null || shared.keys === 0) return [];
  return [complain("key-stands-twice", {file}, {keys: shared.keys, example: shared.example ?? ""}, "warning")];
}

/**
 * Gives the rows their place. A file of that name from a load that never came to its entry is taken as it is when it
 * holds the same bytes; when another version of milepost wrote other bytes, these stand beside it, never over it.
 */
async function placeRows(
  warehouse: string,
  source: string,
  load: string,
  rowsFile: string
): Promise<Pick<Load, "rows_file" | "rows_sha256">> {
  const {sha256: rows_sha256} = await hashFile(rowsFile);
  for (const name of [load, `${load}-${rows_sha256.slice(0, 12)}`]) {
    const rows_file = `loads/${source}/${name}.parquet`;
    if (await placeExclusively(rowsFile, join(warehouse, rows_file))) return {rows_file, rows_sha256};
    if ((await hashFile(join(warehouse, rows_file))).sha256 === rows_sha256) return {rows_file, rows_sha256};
  }
  throw new Error(`loads/${source}/${load}.parquet is there twice with other bytes`);
}
