import type {AttainmentRow, Status} from "../attainment/contract.ts";
import type {GoalKind} from "../config/goal.ts";
import {
  formatDifference,
  formatPercentSize,
  formatReached,
  formatValue,
  formatWay,
  mostReached,
  smallestPercentBase
} from "../format/numbers.ts";
import {type Mark, standingMarks, statusMarks} from "./theme.ts";

/** Where the goal itself says it; of a change it is what the measure wants. */
const sides: Partial<Record<GoalKind, "below" | "above" | null>> = {
  at_least: "above",
  above: "above",
  done: "above",
  at_most: "below",
  below: "below",
  between: null,
  exactly: null,
  track: null,
  to_be_set: null
};

/** Which side of the pace is the good one: below it, above it; null where nothing is promised. */
export function goodSide({goal_kind, better, target_value, baseline_value}: AttainmentRow): "below" | "above" | null {
  const side = sides[goal_kind];
  if (side !== undefined) return side;
  if (better !== "none") return better === "lower" ? "below" : "above";
  return target_value !== null && baseline_value !== null && target_value > baseline_value ? "above" : "below";
}

/**
 * "ahead", "behind" or "on pace" of a difference from the pace; empty where nothing is promised. What prints as 0 is
 * on pace: the pace is a quotient, and a double of it may miss a whole number by a hair.
 */
export function standing(row: AttainmentRow, difference: number): "ahead" | "behind" | "on pace" | "" {
  const side = goodSide(row);
  if (side === null) return "";
  if (!/[1-9]/.test(formatValue(difference, row.unit))) return "on pace";
  return difference < 0 === (side === "below") ? "ahead" : "behind";
}

/** Statuses that say that no comparison holds: whatever number such a row carries is not shown as one. */
const withoutComparison: readonly Status[] = ["no_data", "not_comparable", "not_due", "to_be_set"];

/** Whether the row's numbers may be held against its baseline or its pace. */
export function isComparable({status}: AttainmentRow): boolean {
  return !withoutComparison.includes(status);
}

/**
 * What a row is called, wherever it is told: its status where the target binds, and where that says that there is
 * nothing to compare or that it is too early to judge; else only which side of the pace the segment is on.
 */
export function standingOf(row: AttainmentRow): Status | "ahead" | "behind" {
  const {binding, status, actual_value, expected_to_date} = row;
  const isTold = binding || status === "tracked" || status === "too_early" || !isComparable(row);
  if (isTold || actual_value === null || expected_to_date === null) return status;
  return standing(row, actual_value - expected_to_date) === "behind" ? "behind" : "ahead";
}

/** The mark of what a row is called. */
export function markOf(row: AttainmentRow): Mark {
  const called = standingOf(row);
  return called === "ahead" || called === "behind" ? standingMarks[called] : statusMarks[called];
}

/**
 * How far of what the pace asks for by now: "39% of the way" of a change, "112% of pace" of a level. Nothing short of it
 * is printed as 100%, and beyond twice of it no percentage is. Null without a figure that may be compared.
 */
export function progressWords(row: AttainmentRow): string | null {
  if (row.goal_kind !== "change") return row.attainment_ratio === null ? null : paceWords(row, row.attainment_ratio);
  return row.progress_share === null || tooFew(row) !== null ? null : formatWay(row.progress_share);
}

/** A ratio of a limit is the limit over the count, so that more is better there too. */
function paceWords(row: AttainmentRow, ratio: number): string {
  if (ratio <= mostReached) return `${formatReached(ratio)} of pace`;
  return goodSide(row) === "above" ? "more than twice the pace" : "less than half of what is allowed";
}

/** The counts where a base under 10 forbids a percentage: "4 counted, 6 before: too few for a percentage". */
export function tooFew({actual_value, baseline_to_date, unit}: AttainmentRow): string | null {
  if (actual_value === null || baseline_to_date === null) return null;
  if (Math.abs(baseline_to_date) >= smallestPercentBase || unit === "share") return null;
  return `${formatValue(actual_value, unit)} counted, ${formatValue(baseline_to_date, unit)} before: too few for a percentage`;
}

/** "down 3.9%, needs 10.0%", "up 3.2%, needs down 10.0%"; null where a number for it is missing. */
export function changeAgainstNeed({
  actual_value,
  baseline_to_date,
  expected_to_date,
  goal_kind,
  unit
}: AttainmentRow): string | null {
  if (actual_value === null || baseline_to_date === null || baseline_to_date === 0) return null;
  const change = movement(actual_value, baseline_to_date, unit);
  if (goal_kind !== "change" || expected_to_date === null) return change;
  const need = movement(expected_to_date, baseline_to_date, unit);
  const isSameWay = change.split(" ")[0] === need.split(" ")[0];
  return `${change}, needs ${isSameWay ? need.split(" ").slice(1).join(" ") : need}`;
}

/** A share moves by points: a percentage of percents is read as the points that it is not. */
function movement(value: number, base: number, unit: string): string {
  if (value === base) return "no change";
  const size =
    unit === "share" ? signedDifference(Math.abs(value - base), unit).replace("+", "") : formatPercentSize(value, base);
  return `${value < base ? "down" : "up"} ${size}`;
}

/** sentenceCase("last year") //=> "Last year" */
export function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A difference with its sign; of shares in points, which are no percentages: "+1.2 points". */
export function signedDifference(value: number | null, unit: string): string {
  return unit === "share" && value !== null ? `${formatDifference(value * 100)} points` : formatDifference(value, unit);
}
