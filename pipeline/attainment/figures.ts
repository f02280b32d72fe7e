import {boundOf, type GoalKind} from "../config/goal.ts";
import {dividedBy, type Exact, exact, minus, plus, times, toNumber} from "../statistics/exact.ts";
import type {AttainmentRow, Measured} from "./contract.ts";
import {type GoalAt, meets, targetValue} from "./goal.ts";
import {choosePace, expectedAfter, type PaceName} from "./pace.ts";

/** What the figures of one row are calculated from. */
export interface FigureInput extends GoalAt {
  readonly kind: GoalKind;
  readonly declaredPace: PaceName | undefined;
  /** Days of the period, and those counted; 0 before it begins. */
  readonly days: number;
  readonly days_counted: number;
  /** Over the days counted; null when it is not known. */
  readonly actual: Exact | null;
  /** Over the days of the baseline that answer those counted; null without them, and for a stated value. */
  readonly baseline_to_date: Exact | null;
  /** Whether the baseline is known by day; a stated value is not. */
  readonly byDay: boolean;
}

export interface Figures
  extends Pick<Measured, "bound" | "exact" | "holds" | "holdsIfRaisedBy" | "pace" | "pace_fell_back"> {
  readonly row: Pick<
    AttainmentRow,
    | "baseline_value"
    | "baseline_to_date"
    | "target_value"
    | "original_target_value"
    | "actual_value"
    | "expected_to_date"
    | "change_to_date"
    | "progress_share"
    | "gap"
    | "attainment_ratio"
  >;
  /** Names of the figures that are null because they would be divided by 0. */
  readonly over_zero: readonly string[];
}

/** Calculates a row's figures, all on exact decimals; doubles are made last. */
export function figures(input: FigureInput): Figures {
  const {kind, baseline, actual, baseline_to_date, byDay, days, days_counted} = input;
  const bound = boundOf(input.goal);
  const target = targetValue(input, actual);
  const pace = choosePace({kind, target, byDay, declared: input.declaredPace});
  const expected =
    pace.name === null || target === null || days_counted === 0
      ? null
      : expectedAfter(pace.name, {target, baseline}, {days, daysSoFar: days_counted, baselineSoFar: baseline_to_date});

  const moved = difference(actual, baseline_to_date);
  const isChange = kind === "change";
  const isLevel = bound !== null && !isChange;
  const quotients = {
    change_to_date: quotient(moved, baseline_to_date),
    progress_share: isChange ? quotient(moved, difference(expected, baseline_to_date)) : null,
    attainment_ratio: !isLevel ? null : bound === "lower" ? quotient(actual, expected) : quotient(expected, actual)
  };
  return {
    row: {
      baseline_value: double(baseline),
      baseline_to_date: double(baseline_to_date),
      target_value: double(target),
      original_target_value: double(target),
      actual_value: double(actual),
      expected_to_date: double(expected),
      change_to_date: double(quotients.change_to_date),
      progress_share: double(quotients.progress_share),
      gap: double(difference(actual, expected)),
      attainment_ratio: double(quotients.attainment_ratio)
    },
    over_zero: Object.entries(quotients).flatMap(([name, value]) => (value === "over zero" ? [name] : [])),
    bound,
    exact: {actual, target, expected, baseline_to_date: baseline_to_date ?? evenly(baseline, days_counted, days)},
    holds: actual === null ? null : meets(actual, input),
    holdsIfRaisedBy: (share) => (actual === null ? null : meets(times(actual, plus(exact(1), exact(share))), input)),
    pace: pace.name,
    pace_fell_back: pace.fellBack
  };
}

function difference(a: Exact | null, b: Exact | null): Exact | null {
  return a === null || b === null ? null : minus(a, b);
}

function quotient(a: Exact | null, b: Exact | null): Exact | "over zero" | null {
  return a === null || b === null ? null : (dividedBy(a, b) ?? "over zero");
}

function double(value: Exact | "over zero" | null): number | null {
  return value === null || value === "over zero" ? null : toNumber(value);
}

/** A stated baseline has no days of its own, so it is taken evenly over the period's. */
function evenly(baseline: Exact | null, daysSoFar: number, days: number): Exact | null {
  return baseline === null || daysSoFar === 0
    ? null
    : times(baseline, {over: exact(daysSoFar).over, under: exact(days).over});
}
