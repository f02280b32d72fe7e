import type {Change, Goal} from "../config/goal.ts";
import type {Shape} from "../config/measure.ts";
import {formatShare, formatValue} from "../format/numbers.ts";

/** What a goal is asked of. */
export interface GoalSubject {
  /** Of the measure. */
  readonly unit: string;
  readonly shape: Shape;
  /** Whether the unit is said with the level: "at least 4 posts". */
  readonly isNamed: boolean;
  /** What a change is held against, printed: "1,903"; null where it is not known, or each part has its own. */
  readonly base: string | null;
}

/**
 * What a goal asks for, as the plan's reader would say it: "at least 30%", "fewer than 100", "12 seconds less than 812",
 * "twice 120", "\u221210% of 1,903", "a fall of 10%", "tracked, no goal".
 */
export function goalWords(goal: Goal, subject: GoalSubject): string {
  const level = (text: string) => levelWords(text, subject);
  switch (goal.kind) {
    case "change":
      return changeWords(goal.change, goal.written, subject);
    case "track":
      return "tracked, no goal";
    case "to_be_set":
      return "a goal still to be set";
    case "done":
      return "done";
    case "between":
      return `between ${levelWords(goal.low, {...subject, isNamed: false})} and ${level(goal.high)}`;
    case "at_least":
      return `at least ${level(goal.level)}`;
    case "at_most":
      return `at most ${level(goal.level)}`;
    case "above":
      return `more than ${level(goal.level)}`;
    case "below": {
      const isCount = subject.unit !== "share" && subject.shape !== "average";
      return `${isCount ? "fewer" : "less"} than ${level(goal.level)}`;
    }
    case "exactly":
      return `exactly ${level(goal.level)}`;
  }
}

/** A level as it was written, never rounded to the lenient side: "26.85", "4.1%", "1,200 posts". */
function levelWords(level: string, {unit, isNamed}: GoalSubject): string {
  if (unit === "share") return percentOf(level);
  const [whole = "", decimals] = level.split(".");
  const figure = decimals === undefined ? formatValue(Number(whole)) : `${formatValue(Number(whole))}.${decimals}`;
  // The unit is a plural noun.
  return isNamed && figure !== "1" ? `${figure} ${unit}` : figure;
}

/** Decimal text in percent, with all its digits: percentOf("0.041") //=> "4.1%" */
function percentOf(level: string): string {
  const decimals = Math.max(0, (level.split(".")[1]?.length ?? 0) - 2);
  return formatShare(Number(level), decimals);
}

function changeWords(change: Change, written: string, {base}: GoalSubject): string {
  if (change.form === "direction") {
    if (base === null) return change.direction === "increase" ? "an increase" : "a decrease";
    return `${change.direction === "increase" ? "more" : "less"} than ${base}`;
  }
  if (change.form === "multiple") return timesWords(change.amount, base ?? "the baseline");
  const falls = change.amount.startsWith("-");
  const size = change.amount.replace(/^[+-]/, "");
  const amount =
    change.form === "units"
      ? `${size} ${change.unit}`
      : change.form === "points"
        ? `${size} ${Number(size) === 1 ? "point" : "points"}`
        : `${size}%`;
  if (base === null) return `${falls ? "a fall" : "a rise"} of ${amount}`;
  if (change.form === "percent") return `${written.replace("-", "\u2212")} of ${base}`;
  return `${amount} ${falls ? "less" : "more"} than ${base}`;
}

/** "twice 120", "three times 120", "half of 120", "1.5 times 120" */
function timesWords(amount: string, base: string): string {
  const words: Readonly<Record<string, string>> = {
    "0.5": "half of",
    "2": "twice",
    "3": "three times",
    "4": "four times"
  };
  return `${words[String(Number(amount))] ?? `${amount} times`} ${base}`;
}
