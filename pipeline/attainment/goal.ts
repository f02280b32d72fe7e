import {boundOf, type Change, falls, type Goal} from "../config/goal.ts";
import {compare, type Exact, exact, fraction, isZero, plus, times} from "../statistics/exact.ts";

/** A goal with what is needed to say whether a value meets it. */
export interface GoalAt {
  /** Null where nothing is to be met. */
  readonly goal: Goal | null;
  /** Over the whole baseline; null without one. */
  readonly baseline: Exact | null;
  /** What an earlier target's change adds to this one's, in the measure's unit; left out or null: nothing. */
  readonly offset?: Exact | null;
}

/**
 * The value to be met over the whole period: a level is itself, a percent change is baseline x (100 + p) / 100, points
 * (of a share: hundredths) and units are added, a multiple is multiplied, a bare direction is the baseline. Of two
 * levels the one that is nearer to `value`.
 *
 * @returns Null where nothing is to be met, or a change has no baseline.
 */
export function targetValue({goal, baseline, offset}: GoalAt, value: Exact | null): Exact | null {
  if (goal === null) return null;
  switch (goal.kind) {
    case "track":
    case "to_be_set":
      return null;
    case "done":
      return exact(1);
    case "between":
      return value !== null && compare(plus(value, value), plus(exact(goal.low), exact(goal.high))) > 0
        ? exact(goal.high)
        : exact(goal.low);
    case "change":
      return baseline === null ? null : withOffset(changed(baseline, goal.change), offset);
    default:
      return exact(goal.level);
  }
}

/**
 * Whether a value meets the goal, on exact decimals.
 *
 * @returns Null where nothing is to be met, without a needed baseline, and for a rise in percent, or to a multiple, over
 * a baseline of 0: any count is 0 and 10% of 0 or more, so it says nothing. A fall from 0 must stay at 0.
 */
export function meets(value: Exact, at: GoalAt): boolean | null {
  const {goal, baseline} = at;
  const target = targetValue(at, value);
  if (goal === null || target === null) return null;
  const side = compare(value, target);
  if (goal.kind === "between") return compare(value, exact(goal.low)) >= 0 && compare(value, exact(goal.high)) <= 0;
  if (goal.kind === "exactly") return side === 0;
  if (goal.kind === "above") return side > 0;
  if (goal.kind === "below") return side < 0;
  if (goal.kind !== "change") return boundOf(goal) === "lower" ? side >= 0 : side <= 0;
  const {form} = goal.change;
  if (form === "direction") return falls(goal.change) ? side < 0 : side > 0;
  const relative = form === "percent" || form === "multiple";
  if (relative && !falls(goal.change) && baseline !== null && isZero(baseline)) return null;
  return falls(goal.change) ? side <= 0 : side >= 0;
}

function withOffset(value: Exact, offset: Exact | null | undefined): Exact {
  return offset == null ? value : plus(value, offset);
}

function changed(baseline: Exact, change: Change): Exact {
  if (change.form === "direction") return baseline;
  if (change.form === "multiple") return times(baseline, exact(change.amount));
  const amount = exact(change.amount.replace("+", ""));
  if (change.form === "units") return plus(baseline, amount);
  const hundredth = fraction(1, 100);
  if (change.form === "points") return plus(baseline, times(amount, hundredth));
  return times(times(baseline, plus(exact(100), amount)), hundredth);
}
