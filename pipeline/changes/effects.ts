import type {AttainmentRow, Measured} from "../attainment/contract.ts";
import {earlier, type IsoDate} from "../calendar/iso-date.ts";
import type {Effect} from "../ledger/contract.ts";
import type {ChangedParts, ComparedAnswer} from "./contract.ts";

type Side = Effect["before"];

/**
 * What a load changes: the rows of two answers under the same definitions, without it and with it, that differ. A row
 * that only counts more days in the same status is no effect.
 *
 * @returns Rows where the target binds first, then those shown beside; each in the order of the answers.
 */
export function effectsBetween(before: ComparedAnswer, after: ComparedAnswer): Effect[] {
  const places = new Map(before.rows.map((row, place) => [rowKey(row), place]));
  const effects = after.rows.flatMap((row, place): Effect[] => {
    const former = places.get(rowKey(row));
    if (former === undefined) throw new Error(`${rowKey(row)} is not in both answers`);
    const effect = effectOf(row, sideMaker(before, former), sideMaker(after, place));
    return Object.values(changedParts(effect)).includes(true) ? [effect] : [];
  });
  return [...effects.filter(({binding}) => binding), ...effects.filter(({binding}) => !binding)];
}

/**
 * What of a row changed. A baseline that becomes known is no change of a published number, and shows by the status
 * where it matters; one that is restated is, even where the status and the actual stay.
 */
export function changedParts({before, after}: Effect): ChangedParts {
  const restated = (part: "baseline_value" | "baseline_to_date") =>
    before[part] !== null && before[part] !== after[part];
  return {
    status: before.status !== after.status,
    value: before.restated_value !== after.restated_value,
    baseline: restated("baseline_value") || restated("baseline_to_date"),
    days: before.actual_value !== null && after.through < before.through
  };
}

/** Whether nothing was known of the row before: its days are counted, or judged, for the first time. */
export function isFirstData(effect: Effect): boolean {
  const {before, after} = effect;
  return before.actual_value === null && (after.actual_value !== null || changedParts(effect).status);
}

function rowKey({target, segment_type, segment, period}: AttainmentRow): string {
  return JSON.stringify([target, segment_type, segment, period]);
}

interface SideMaker {
  readonly measured: Measured;
  /** @param to Last day that both answers count. */
  side(to: IsoDate, baselineTo: IsoDate | null): Side;
}

function sideMaker({measured: all, rows, actuals}: ComparedAnswer, place: number): SideMaker {
  const measured = all[place]!;
  const {status, measure, segment_type: type, segment: code, period_from, actual_value, baseline_value} = rows[place]!;
  const over = (from: IsoDate, to: IsoDate) => actuals.over(measure, {type, code}, from, to).value;
  return {
    measured,
    side: (to, baselineTo) => ({
      status,
      through: measured.counted_to,
      actual_value,
      restated_value:
        to < period_from ? null : measured.division === null ? over(period_from, to) : metBy(measured, to),
      baseline_value,
      baseline_to_date:
        measured.baseline === null || baselineTo === null ? null : over(measured.baseline.from, baselineTo)
    })
  };
}

/** Of a row that counts parts: how many of those that were over by the day met the goal, or what share of them. */
function metBy({division, parts}: Measured, to: IsoDate): number | null {
  const over = parts.filter(({part, period}) => part === "unit" || period.to <= to);
  if (over.length === 0 || over.some(({verdict}) => verdict === "unknown")) return null;
  const met = over.filter(({verdict}) => verdict === "yes").length;
  return division?.every === null ? met : met / over.length;
}

function effectOf(row: AttainmentRow, before: SideMaker, after: SideMaker): Effect {
  const {target, segment_type, segment, period, binding, unit} = row;
  const to = earlier(before.measured.counted_to, after.measured.counted_to);
  // The days of the baseline follow from the last day counted, so those of the side that ends there answer both.
  const {baseline} = [before, after].find(({measured}) => measured.counted_to === to)!.measured;
  const baselineTo = baseline?.counted_to ?? null;
  return {
    target,
    segment_type,
    segment,
    period,
    binding,
    unit,
    before: before.side(to, baselineTo),
    after: after.side(to, baselineTo)
  };
}
