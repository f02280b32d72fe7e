import {changeOf, type Goal} from "../config/goal.ts";
import type {ProjectTarget} from "../config/project.ts";
import {exact, plus, toNumber} from "../statistics/exact.ts";
import {goalOn} from "./goal-in-force.ts";

/**
 * The goal as it was written. A change that comes on top of an earlier target's is told with it, since both are held
 * against the same baseline: -5% after -5% is "-10%".
 *
 * @returns Null where nothing is to be met, and where changes of several kinds do not add up.
 */
export function writtenGoal(goal: Goal, target: ProjectTarget, targets: readonly ProjectTarget[]): string | null {
  const {baseline} = target;
  if (goal.kind !== "change" || baseline?.chain !== "additive") return goal.written;
  const earlier = targets.find((one) => one.target === baseline.target);
  const before = earlier && goalOn(earlier, earlier.period.to).goal;
  if (earlier === undefined || before?.kind !== "change") return goal.written;
  const written = writtenGoal(before, earlier, targets);
  const [own, earlierChange] = [goal.change, written === null ? null : changeOf(written)];
  if (earlierChange === null || own.form !== earlierChange.form || own.form === "direction") return null;
  if (own.form === "multiple" || earlierChange.form === "direction") return null;
  const sum = toNumber(plus(exact(signless(own.amount)), exact(signless(earlierChange.amount))));
  const amount = `${sum < 0 ? "-" : "+"}${Math.abs(sum)}`;
  return `${amount}${goal.written.replace(/^[+-]\d+(\.\d+)?/, "")}`;
}

/** Decimal text without its plus, which is none. */
function signless(amount: string): string {
  return amount.replace("+", "");
}
