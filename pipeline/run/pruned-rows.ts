import {existsSync} from "node:fs";
import {join} from "node:path";
import type {IsoInstant} from "../calendar/instant.ts";
import {zonedMinute} from "../calendar/instant.ts";
import type {Project} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import type {KnownLoad, LedgerEntry} from "../ledger/contract.ts";

/** Rows that were deleted, since the project does not keep them. */
export interface Pruned {
  /** Rows files, relative to the warehouse, that were deleted and not stored again since. */
  readonly files: ReadonlySet<string>;
  /** The latest one: before it not every question can be answered. Null where no rows were ever deleted. */
  readonly horizon: IsoInstant | null;
}

/** What was deleted by all prunings up to now: whatever moment is asked for, it is gone. */
export function prunedRows(entries: readonly LedgerEntry[]): Pruned {
  const files = new Set<string>();
  const byId = new Map<string, string[]>();
  let horizon: IsoInstant | null = null;
  for (const entry of entries) {
    if (entry.kind === "load") {
      const {id, rows_file} = entry.load;
      byId.set(id, [...(byId.get(id) ?? []), rows_file]);
      files.delete(rows_file);
    }
    if (entry.kind !== "pruning") continue;
    for (const file of entry.pruning.loads.flatMap((id) => byId.get(id) ?? [])) files.add(file);
    const {before} = entry.pruning;
    if (before !== null && (horizon === null || before > horizon)) horizon = before;
  }
  return {files, horizon};
}

/**
 * Refuses a question that needs rows that were deleted: whoever asks must hear of the horizon, not of lost files. Rows
 * that have been put back from their extract are as good as ever.
 *
 * @param coverages By source, of these loads: a load that decides nothing is not needed. Asked for only where it matters.
 * @throws RunFailure with one complaint for all of them.
 */
export function checkNotPruned(
  {settings: {time_zone}}: Pick<Project, "settings">,
  loads: readonly KnownLoad[],
  coverages: () => ReadonlyMap<string, SourceCoverage>,
  {files, horizon}: Pruned,
  warehouse: string
): void {
  if (files.size === 0 || horizon === null) return;
  const gone = loads.filter(({rows_file}) => files.has(rows_file) && !existsSync(join(warehouse, rows_file)));
  if (gone.length === 0) return;
  const deciding = new Set([...coverages().values()].flatMap(({ownership}) => ownership.map(({load}) => load)));
  const needed = gone.filter(({id}) => deciding.has(id));
  if (needed.length > 0) throw new RunFailure([prunedFault(needed, zonedMinute(horizon, time_zone))]);
}

function prunedFault(needed: readonly KnownLoad[], horizon: string): Diagnostic {
  return complain("rows-pruned", null, {loads: needed.map(({id, file}) => ({id, file})), horizon});
}
