import {effectsBetween} from "../changes/effects.ts";
import type {Project} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Effect, LedgerEntry, Receipt} from "../ledger/contract.ts";
import {knowledge} from "../ledger/knowledge.ts";
import {answerKnown} from "./answer.ts";
import type {HeldCells} from "./count-known.ts";
import type {LoadStore} from "./load-store.ts";
import {targetsOver} from "./source-targets.ts";

/** What loads change in the targets; null with the reason where the targets can't be measured. */
export interface TargetEffects {
  readonly effects: Effect[] | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What loads of a source change in the targets that read it: all of them as they are printed by default, without the
 * loads and with them, under today's definitions. Two answers, none where no target reads the source.
 *
 * What hinders an answer (the rows of another load are lost, a sum is too large) must not hinder a load, which may be
 * what mends it: it becomes a warning.
 *
 * @param of Source, and file on whose receipt the effects stand.
 * @param without All entries but those of the loads.
 */
async function targetEffects(
  project: Project,
  of: Pick<Receipt, "source" | "file">,
  {asking}: Pick<LoadStore, "asking">,
  without: readonly LedgerEntry[],
  withLoads: readonly LedgerEntry[]
): Promise<TargetEffects> {
  const targets = targetsOver(project, of.source);
  if (targets.length === 0) return {effects: [], diagnostics: []};
  const cells: HeldCells = new Map();
  const answerOver = (entries: readonly LedgerEntry[]) => {
    const asked = asking({...project, targets}, knowledge(entries, null));
    return answerKnown(asked.project, asked.known, {through: null}, {cells, entries});
  };
  try {
    const before = await answerOver(without);
    return {effects: effectsBetween(before, await answerOver(withLoads)), diagnostics: []};
  } catch (error) {
    if (!(error instanceof RunFailure)) throw error;
    const {message, fix} = error.diagnostics[0]!;
    return {
      effects: null,
      diagnostics: [complain("effects-not-known", {file: of.file}, {why: message, fix}, "warning")]
    };
  }
}

/**
 * `targetEffects` for the loads of one command and source while they are committed: worked out once, and anew only
 * where another process has loaded or retracted something of the source since.
 */
export function effectsTeller(
  project: Project,
  of: Pick<Receipt, "source" | "file">,
  store: Pick<LoadStore, "asking">
): (without: readonly LedgerEntry[], withLoads: readonly LedgerEntry[]) => Promise<TargetEffects> {
  let latest: {readonly known: string; readonly told: TargetEffects} | null = null;
  return async (without, withLoads) => {
    const known = without
      .filter(
        (entry) =>
          (entry.kind === "load" && entry.load.source === of.source) ||
          (entry.kind === "retraction" && entry.retraction.source === of.source)
      )
      .map(({sequence}) => sequence)
      .join();
    if (latest?.known !== known) latest = {known, told: await targetEffects(project, of, store, without, withLoads)};
    return latest.told;
  };
}
