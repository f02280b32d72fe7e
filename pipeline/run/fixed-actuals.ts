import type {Actuals} from "../actuals/contract.ts";
import {endOfDay} from "../calendar/instant.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import type {Knowledge, LedgerEntry} from "../ledger/contract.ts";
import {knowledge} from "../ledger/knowledge.ts";
import {countKnown, type HeldCells} from "./count-known.ts";
import {coveragesOf} from "./coverages.ts";
import type {Tell} from "./progress.ts";
import {checkNotPruned, prunedRows} from "./pruned-rows.ts";

/** What baselines that are fixed at a day are read from. */
export interface FixedInput {
  /** With the definitions to use: those of the question, whatever held then. */
  readonly used: Project;
  /** Those asked for. */
  readonly targets: readonly ProjectTarget[];
  /** What the question is answered from, and what was counted of it. */
  readonly known: Knowledge;
  readonly actuals: Actuals;
  /** The ledger behind `known`, which may hold later entries; left out, baselines are read as known now. */
  readonly entries: readonly LedgerEntry[] | undefined;
  /** Absolute. */
  readonly warehouse: string;
  readonly progress: Tell;
  readonly cells: HeldCells | undefined;
}

/**
 * What was known at the end of the days at which baselines are fixed: the loads of then, counted by the definitions of
 * the question. A day after which nothing became known has what is known.
 *
 * @throws RunFailure when rows that are needed were pruned.
 */
export async function fixedActuals(input: FixedInput): Promise<(day: IsoDate) => Actuals> {
  const {used, known, actuals, entries, warehouse, progress, cells} = input;
  const then = new Map<IsoDate, Actuals>();
  if (entries === undefined) return () => actuals;
  for (const [day, measures] of fixedDays(input)) {
    const moment = endOfDay(day, used.settings.time_zone);
    if (known.as_of === null || Date.parse(known.as_of) <= Date.parse(moment)) continue;
    const {loads} = knowledge(entries, moment);
    const coverages = coveragesOf(used, loads);
    checkNotPruned(used, loads, () => coverages, prunedRows(entries), warehouse);
    then.set(day, await countKnown(used, loads, coverages, warehouse, measures, progress, cells));
  }
  return (day) => then.get(day) ?? actuals;
}

/** The days at which baselines are fixed, with the measures that are read as known then; chains lead to earlier targets. */
function fixedDays({used, targets}: Pick<FixedInput, "used" | "targets">): Map<IsoDate, Set<string>> {
  const days = new Map<IsoDate, Set<string>>();
  const visit = ({baseline, measure}: ProjectTarget): void => {
    const day = baseline?.fixed_at;
    if (day !== undefined) days.set(day, new Set([...(days.get(day) ?? []), measure]));
    const before = used.targets.find(({target}) => target === baseline?.target);
    if (before !== undefined) visit(before);
  };
  for (const target of targets) visit(target);
  return days;
}
