import type {IsoDate} from "../calendar/iso-date.ts";
import {boundOf, type Goal} from "../config/goal.ts";
import type {Shape} from "../config/measure.ts";
import {compare, dividedBy, type Exact, exact, isZero, minus, plus, times, toNumber} from "../statistics/exact.ts";
import type {AttainmentRow, Measured} from "./contract.ts";
import {type GoalAt, meets, targetValue} from "./goal.ts";
import {type ChosenPace, expectedBy, type Way} from "./pace.ts";

/** What the figures of one row are calculated from. */
export interface FigureInput extends GoalAt {
  readonly shape: Shape;
  /** Over the days counted; null when it is not known. */
  readonly actual: Exact | null;
  /** Of a share of rows the rows that it is of; null of all other measures. */
  readonly rowsOfShare: number | null;
  /** Over the days of the baseline that answer those counted; null without them, and for a stated value. */
  readonly baseline_to_date: Exact | null;
  readonly pace: ChosenPace | null;
  readonly line: Measured["line"];
  readonly weights: Way["weights"];
  /** First day of the period, the day that decides, and the last one counted; null before the period begins. */
  readonly from: IsoDate;
  readonly endsOn: IsoDate;
  readonly countedTo: IsoDate | null;
}

export interface Figures
  extends Pick<Measured, "bound" | "exact" | "expected_between" | "holds" | "holdsIfRaisedBy" | "pace" | "line"> {
  readonly row: Pick<
    AttainmentRow,
    | "baseline_value"
    | "baseline_to_date"
    | "target_value"
    | "actual_value"
    | "expected_to_date"
    | "change_to_date"
    | "progress_share"
    | "gap"
    | "attainment_ratio"
  >;
  readonly pace_fell_back: boolean;
  /** Names of the figures that are null because they would be divided by 0. */
  readonly over_zero: readonly string[];
}

/** Calculates a row's figures, all on exact decimals; doubles are made last. */
export function figures(input: FigureInput): Figures {
  const {goal, baseline, actual, baseline_to_date, countedTo} = input;
  const bound = boundOf(goal);
  const target = targetValue(input, actual);
  const way = wayOf(input, bound);
  const expectedOf = (value: Exact) => (way === null || countedTo === null ? null : expectedBy(countedTo, value, way));
  const expected = target === null ? null : expectedOf(target);
  const between = levelsOf(goal)?.map(expectedOf) ?? [];
  const [low, high] = [between[0] ?? null, between[1] ?? null];

  const moved = difference(actual, baseline_to_date);
  const quotients = {
    change_to_date: quotient(moved, baseline_to_date),
    progress_share: asksForAnAmount(goal) ? wayMade(moved, difference(expected, baseline_to_date), bound) : null,
    attainment_ratio: ratioOf(goal, {actual, expected, target})
  };
  return {
    row: {
      baseline_value: double(baseline),
      baseline_to_date: double(baseline_to_date),
      target_value: double(target),
      actual_value: double(actual),
      expected_to_date: double(expected),
      change_to_date: double(quotients.change_to_date),
      progress_share: double(quotients.progress_share),
      gap: double(difference(actual, expected)),
      attainment_ratio: double(quotients.attainment_ratio)
    },
    over_zero: Object.entries(quotients).flatMap(([name, value]) => (value === "over zero" ? [name] : [])),
    bound,
    exact: {actual, target, expected, baseline_to_date: baseline_to_date ?? evenBaseline(input, way)},
    expected_between: low === null || high === null ? null : {low, high},
    holds: actual === null ? null : meets(actual, input),
    holdsIfRaisedBy: (share) => holdsWithLate(input, share),
    pace: way?.name ?? null,
    pace_fell_back: way !== null && input.pace?.fellBack === true,
    line: way === null ? null : input.line
  };
}

function wayOf(input: FigureInput, bound: Measured["bound"]): Way | null {
  if (input.pace === null || bound === null) return null;
  const {pace, from, endsOn: to, baseline, baseline_to_date: baselineSoFar, weights, line} = input;
  return {name: pace.name, from, to, baseline, baselineSoFar, weights, line, falls: bound === "upper"};
}

/** Both levels of a goal that has two; the same one twice where it must be exactly met. */
export function levelsOf(goal: Goal | null): readonly [low: Exact, high: Exact] | null {
  if (goal?.kind === "between") return [exact(goal.low), exact(goal.high)];
  return goal?.kind === "exactly" ? [exact(goal.level), exact(goal.level)] : null;
}

/** A bare direction asks for no amount, so nothing can be said of how much of it was done. */
function asksForAnAmount(goal: Goal | null): boolean {
  return goal?.kind === "change" && goal.change.form !== "direction";
}

/**
 * How much of what the pace asks for was done. Null where the baseline so far stood beyond the pace already, as the average
 * of a good season may: nothing is asked for then, and its share would call better worse.
 */
function wayMade(moved: Exact | null, asked: Exact | null, bound: Measured["bound"]): Exact | "over zero" | null {
  const wrongSide = bound === "upper" ? 1 : -1;
  if (asked !== null && compare(asked, exact(0)) === wrongSide) return null;
  return quotient(moved, asked);
}

/** Of levels that are a least or a greatest value; of 0 there is no ratio that says anything, so none is made. */
function ratioOf(
  goal: Goal | null,
  {actual, expected, target}: {readonly [name in "actual" | "expected" | "target"]: Exact | null}
): Exact | "over zero" | null {
  if (target === null || isZero(target)) return null;
  if (goal?.kind === "at_least" || goal?.kind === "above") return quotient(actual, expected);
  return goal?.kind === "at_most" || goal?.kind === "below" ? quotient(expected, actual) : null;
}

/**
 * Late reports add to what is counted. Of a share of rows they may all be of its kind, or none of them; what they do to
 * another average, or to a stock, nobody can say.
 */
function holdsWithLate(input: FigureInput, share: number): boolean | null {
  const {actual, shape, rowsOfShare} = input;
  if (actual === null) return null;
  const more = plus(exact(1), exact(share));
  if (shape === "flow") return agreed(input, actual, times(actual, more));
  if (rowsOfShare === null || isZero(exact(rowsOfShare))) return null;
  const least = dividedBy(actual, more)!;
  return agreed(input, least, plus(least, dividedBy(exact(share), more)!));
}

/** The verdict on all values between two, where they have one; goals hold on one run of values. */
function agreed(input: FigureInput, least: Exact, most: Exact): boolean | null {
  const holds = meets(least, input);
  if (holds !== meets(most, input)) return null;
  const levels = levelsOf(input.goal);
  // Neither end holds, yet a value between them may.
  const jumps = levels !== null && holds === false && compare(least, levels[0]) < 0 && compare(most, levels[1]) > 0;
  return jumps ? null : holds;
}

/** A stated baseline has no days of its own: what is counted is taken evenly over the period, all else as it stands. */
function evenBaseline({baseline, shape, countedTo}: FigureInput, way: Way | null): Exact | null {
  if (baseline === null || countedTo === null || way === null) return null;
  return shape === "flow" ? expectedBy(countedTo, baseline, {...way, name: "linear", line: null}) : baseline;
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
