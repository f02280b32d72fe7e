import type {GoalKind} from "../config/target.ts";
import {compare, type Exact, exact, isZero, plus, times} from "../statistics/exact.ts";
import type {Measured} from "./contract.ts";

/** A goal with what is needed to say whether a value meets it. */
export interface GoalAt {
  readonly kind: GoalKind;
  /** As written: `-10%`, `100`; null where nothing is to be met. */
  readonly goal: string | null;
  /** Over the whole baseline; null without one. */
  readonly baseline: Exact | null;
}

/** boundOf("change", "-10%") //=> "upper": good is at or under the target value. */
export function boundOf({kind, goal}: Pick<GoalAt, "kind" | "goal">): Measured["bound"] {
  if (goal === null || kind === "track") return null;
  if (kind === "change") return goal.startsWith("-") ? "upper" : "lower";
  return kind === "at_least" ? "lower" : "upper";
}

/**
 * The value to be met over the whole period: a level is itself, a change is baseline x (100 + p) / 100.
 *
 * @returns Null where nothing is to be met, or a change has no baseline.
 */
export function targetValue({kind, goal, baseline}: GoalAt): Exact | null {
  if (goal === null || kind === "track") return null;
  if (kind !== "change") return exact(goal);
  return baseline === null ? null : times(baseline, percentKept(goal));
}

/**
 * Whether a value meets the goal, on exact decimals.
 *
 * @returns Null where nothing is to be met, without a needed baseline, and for a rise over a baseline of 0: any count
 * is 0 and 10% of 0 or more, so it says nothing. A fall from 0 must stay at 0.
 */
export function meets(value: Exact, at: GoalAt): boolean | null {
  const bound = boundOf(at);
  const target = targetValue(at);
  if (bound === null || target === null) return null;
  if (at.kind === "change" && bound === "lower" && at.baseline !== null && isZero(at.baseline)) return null;
  const side = compare(value, target);
  if (bound === "lower") return side >= 0;
  return at.kind === "below" ? side < 0 : side <= 0;
}

/** "-10%" -> 90 / 100 */
function percentKept(change: string): Exact {
  const {over} = plus(exact(100), exact(change.replace("+", "").slice(0, -1)));
  return {over, under: exact(100).over};
}
