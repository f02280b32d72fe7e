import {type DaySet, intersect} from "../calendar/day-set.ts";
import {endOfMonthOf} from "../calendar/iso-date.ts";
import type {Project, ProjectSource} from "../config/project.ts";
import {countedMonths} from "../facts/counted-months.ts";
import {coverageOf} from "../facts/coverage.ts";
import {formatCount, formatCounted, formatShare} from "../format/numbers.ts";
import type {KnownLoad, Load, Receipt} from "../ledger/contract.ts";
import type {Engine} from "../warehouse/engine.ts";

type ClosedMonths = Receipt["closed"];

/**
 * Of the months that a load changes those that were closed: their last day was covered, or one after it, until
 * then, and rows of theirs change or go, or come on days that were covered. A month that is filled for the first time,
 * however old, restates nothing.
 *
 * @param before Loads of the source that were known without it.
 * @param months All that it changes.
 */
export async function closedMonths(
  engine: Engine,
  {roster, settings: {time_zone}}: Pick<Project, "roster" | "settings">,
  source: ProjectSource,
  {covered}: Pick<Load, "covered">,
  before: readonly KnownLoad[],
  months: Receipt["months"],
  warehouse: string
): Promise<ClosedMonths> {
  const {horizon, ownership} = coverageOf(roster, source, before, time_zone);
  if (horizon === null) return [];
  const daysOf = ({month}: {readonly month: string}): DaySet => [[`${month}-01`, endOfMonthOf(`${month}-01`)]];
  const isCoveredAgain = (days: DaySet) =>
    ownership.some((own) =>
      covered.some(
        (now) =>
          (now.partition === null || own.partition === null || now.partition === own.partition) &&
          intersect(intersect(own.days, now.days), days).length > 0
      )
    );
  const closed = months.filter((one) => {
    const days = daysOf(one);
    return days[0]![1] <= horizon && (one.changed + one.gone > 0 || isCoveredAgain(days));
  });
  if (closed.length === 0) return [];
  const counted = await countedMonths(engine, source, before, ownership, closed.flatMap(daysOf), {
    warehouse,
    timeZone: time_zone
  });
  return closed.map((one) => {
    const rows_before = counted.get(one.month) ?? 0;
    const touched = one.added + one.changed + one.gone;
    const {month, added, changed, gone, ended} = one;
    const of = ended === undefined ? {} : {ended};
    return {month, rows_before, added, changed, gone, ...of, share: rows_before === 0 ? null : touched / rows_before};
  });
}

/**
 * The closed months that change by more than the project lets pass without a word; [] where it lets everything pass.
 * A month that had no row changes by more than any share.
 */
export function beyondLimit({settings: {loads}}: Pick<Project, "settings">, closed: ClosedMonths): ClosedMonths {
  const {approve_above: limit} = loads;
  return limit === undefined ? [] : closed.filter(({share}) => share === null || share > limit);
}

/** "2024-01: 12.5% of 1,204 rows (3 added, 140 changed, of these 130 ended since, 7 gone)" */
export function movedWords({month, rows_before, added, changed, gone, ended = 0, share}: ClosedMonths[number]): string {
  const moved = share === null ? "no row before" : `${formatShare(share)} of ${formatCounted(rows_before, "row")}`;
  const ends = ended === 0 ? "" : `, of these ${formatCount(ended)} ended since`;
  return `${month}: ${moved} (${formatCount(added)} added, ${formatCount(changed)} changed${ends}, ${formatCount(gone)} gone)`;
}
