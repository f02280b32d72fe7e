import type {AttainmentRow} from "../../pipeline/attainment/contract.ts";
import {addDays, daysIn, type IsoDate} from "../../pipeline/calendar/iso-date.ts";
import type {CumulativeInput} from "../../pipeline/charts/contract.ts";

/** A row with every column, to be changed where a case needs it: a tenth fewer crimes than the year before. */
export function rowOf(changes: Partial<AttainmentRow> = {}): AttainmentRow {
  return {
    target: "t1",
    milestone: null,
    plan: null,
    goal: null,
    initiative: null,
    activity: null,
    owner: null,
    title: "Part I crime down 10%",
    measure: "part1_crime",
    unit: "incidents",
    better: "lower",
    goal_kind: "change",
    segment_type: "city",
    segment: "city",
    segment_name: "Los Angeles",
    part: "whole",
    binding: true,
    period: "2023-2024",
    period_from: "2023-07-01",
    period_to: "2024-06-30",
    due_on: null,
    done_on: null,
    through: "2024-03-31",
    as_of: null,
    series: "all",
    baseline_value: 1000,
    baseline_to_date: 750,
    target_value: 900,
    original_target_value: 900,
    actual_value: 700,
    numerator: null,
    denominator: null,
    expected_to_date: 675,
    change_to_date: 700 / 750 - 1,
    progress_share: 50 / 75,
    gap: 25,
    attainment_ratio: null,
    probability: null,
    projected_value: null,
    projected_low: null,
    projected_high: null,
    status: "at_risk",
    original_status: "at_risk",
    reason_code: null,
    status_reason: "Down 6.7%, needs 10.0%.",
    flags: [],
    rows_counted: 700,
    ...changes
  };
}

export interface Shape {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly through: IsoDate;
  /** Whole baseline; null for none. */
  readonly baseline: number | null;
  /** Target over the whole period; null for none. */
  readonly target: number | null;
  /** Actual through `through`. */
  readonly actual: number;
}

/** A cumulative input of a shape: a mild season, whole counts, the pace by the baseline or by day. */
export function cumulativeOf(shape: Shape, changes: Partial<AttainmentRow> = {}): CumulativeInput {
  const days = daysIn(shape.from, shape.to);
  const counted = daysIn(shape.from, shape.through);
  const over = (total: number, count: number, whole: boolean) =>
    Array.from({length: count}, (_, index) => {
      const share = seasonal(index + 1, days) / seasonal(count, days);
      return {day: addDays(shape.from, index), value: whole ? Math.floor(total * share + 1e-9) : total * share};
    });
  const baseline = shape.baseline === null ? [] : over(shape.baseline, days, true);
  const actual = over(shape.actual, counted, true);
  const expected =
    shape.target === null
      ? []
      : baseline.length === 0 || shape.baseline === 0
        ? over(shape.target, days, false)
        : baseline.map(({day, value}) => ({day, value: (value * shape.target!) / shape.baseline!}));
  const toDate = (points: readonly {value: number}[]) => points[counted - 1]?.value ?? null;
  return {
    row: rowOf({
      period_from: shape.from,
      period_to: shape.to,
      through: shape.through,
      baseline_value: shape.baseline,
      baseline_to_date: toDate(baseline),
      target_value: shape.target,
      actual_value: shape.actual,
      expected_to_date: toDate(expected),
      goal_kind: shape.target === null ? "track" : "change",
      ...changes
    }),
    baseline_name: "last year",
    actual,
    baseline,
    expected
  };
}

/** More at the period's start than at its end. */
function seasonal(day: number, days: number): number {
  return day + (days / 14) * Math.sin((2 * Math.PI * day) / days);
}
