import type {Project} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import type {ReadExtract} from "../extract/contract.ts";
import {keptColumns} from "../facts/known.ts";
import type {EntryOf, KnownLoad, Load} from "../ledger/contract.ts";
import type {LoadEffects} from "./load-effects.ts";
import type {ReadAnew} from "./read-extracts.ts";
import {loadedReceipt} from "./receipts.ts";

/** An extract that was read, checked with the others of its command, and is to become a load. */
export interface Accepted {
  readonly read: ReadAnew;
  readonly outcome: ReadExtract;
}

/** An extract whose rows have their place; no entry names them yet. */
export interface Placed extends Accepted {
  readonly rows: Pick<Load, "rows_file" | "rows_sha256">;
  readonly synthetic: boolean;
  /** Says where its rejects stand. */
  readonly rejected: readonly Diagnostic[];
}

/** The reading of the same extract that is known. */
export function formerOf({read, outcome}: Accepted, loads: readonly KnownLoad[]): KnownLoad | undefined {
  const {source} = read.extract.source;
  return loads.find((load) => load.source === source && load.sha256 === outcome.sha256);
}

/** The entry of an extract as it would be committed now; its receipt does not say yet what it changes. */
export function pendingEntry(
  {definitions}: Project,
  placed: Placed,
  loads: readonly KnownLoad[],
  sequence: number,
  {now, version: milepost}: LoadEffects
): EntryOf<"load"> {
  const {read, outcome} = placed;
  const load = loadOf(placed, formerOf(placed, loads));
  const receipt = loadedReceipt(read, outcome, {months: []}, null, []);
  return {sequence, at: now().toISOString(), milepost, definitions, kind: "load", load, receipt};
}

function loadOf({read, outcome, rows, synthetic}: Placed, former: KnownLoad | undefined): Load {
  return {
    id: read.load,
    source: read.extract.source.source,
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
}

/** Declared columns that were found and are kept, in the source's order. */
function heldColumns({extract}: ReadAnew, {columns}: ReadExtract): string[] {
  const mapped = new Set(columns.mapped.map(({column}) => column));
  return keptColumns(extract.source).filter((name) => mapped.has(name));
}
