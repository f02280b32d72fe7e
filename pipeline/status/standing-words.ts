import Big from "big.js";
import type {Measured} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import {
  formatCounted,
  formatFigure,
  formatPercentSize,
  formatShare,
  formatValue,
  formatWay,
  notCalculable,
  smallestPercentBase
} from "../format/numbers.ts";
import {compare, exact, minus, toNumber} from "../statistics/exact.ts";
import {isStepped} from "./progress.ts";
import {daysBehind, isCount, isDirection, isOver} from "./situation.ts";

/** Where the row stands, whatever follows from it. */
export function standing(measured: Measured): string {
  if (measured.row.goal_kind === "change") return changeStanding(measured);
  return isStepped(measured) && isLeast(measured) ? outputStanding(measured) : levelStanding(measured);
}

/**
 * The value with what a reader needs to weigh it: "48.2% of 1,203", "97 on 30 June 2024", "median 84 days over 212
 * cases", "1,828".
 */
export function valueWords(measured: Measured): string {
  const {row, shape, statistic, counted_to} = measured;
  const value = actualText(measured);
  const of = row.denominator === null ? "" : ` of ${formatValue(row.denominator)}`;
  if (shape === "stock") return `${value}${row.unit === "share" ? of : ""} on ${longDate(counted_to)}`;
  if (shape !== "average") return value;
  if (statistic !== null) {
    const cases = row.rows_counted === null ? "" : ` over ${formatCounted(row.rows_counted, "case")}`;
    return `${statistic} ${value} ${row.unit}${cases}${openWords(measured)}`;
  }
  if (row.unit === "share") return `${value}${of}${openWords(measured)}`;
  return row.denominator === null
    ? value
    : `${value} ${row.unit} (${formatValue(row.numerator)} to ${formatValue(row.denominator)})`;
}

/** As much of the actual as parts it from its level: 849 of 999 are 84.98% beside 85%, not 85.0%. */
export function actualText(measured: Measured): string {
  const {row, goal, exact: own} = measured;
  const value = formatValue(row.actual_value, row.unit);
  const {actual_value: actual} = row;
  if (actual === null || own.actual === null || goal === null) return value;
  const levels = "level" in goal ? [goal.level] : goal.kind === "between" ? [goal.low, goal.high] : [];
  const rounded = levels.some(
    (level) => formatValue(Number(level), row.unit) === value && compare(own.actual!, exact(level)) !== 0
  );
  if (!rounded) return value;
  if (row.unit !== "share") return formatFigure(actual);
  const decimals = [2, 3, 4, 5].find((one) =>
    levels.every((level) => formatShare(actual, one) !== formatShare(Number(level), one))
  );
  return formatShare(actual, decimals ?? 6);
}

/** ", 12 more undecided": cases whose time runs on, which are not in the value. */
function openWords({undecided}: Measured): string {
  return undecided === 0 ? "" : `, ${formatValue(undecided)} more undecided`;
}

/** "down 3.9% (1,828 against 1,903), needs 10%; 39% of the way" */
function changeStanding(measured: Measured): string {
  const {row, bound, shape} = measured;
  const actual = row.actual_value ?? 0;
  const base = row.baseline_to_date ?? (shape === "flow" ? null : row.baseline_value);
  if (base === null) {
    return `${levelStanding(measured)}, which is ${wantedChange(measured)} from ${formatValue(row.baseline_value, row.unit)}`;
  }
  const both = `${valueWords(measured)} against ${baseText(base, row.unit)}`;
  if (isCount(measured) && base === 0) return `${both} (${notCalculable}), needs ${wantedChange(measured)}`;
  if (isCount(measured) && Math.abs(base) < smallestPercentBase) return `${both}, needs ${wantedChange(measured)}`;
  const rightWay = actual !== base && actual < base === (bound === "upper");
  const amount = amountText(measured);
  const plainly = rightWay && amount !== null && !isZeroChange(measured) ? amount : wantedChange(measured);
  const needs = neededLevel(measured, base) ?? plainly;
  return `${movedBy(measured, actual, base)} (${both}), needs ${needs}${way(row.progress_share)}`;
}

/**
 * "63.3 (12 seconds less than 75.3)", "more than 68": where the baseline stood otherwise so far than over all of its days, the change
 * that is asked of these is not the one that is needed from here.
 */
function neededLevel(measured: Measured, base: number): string | null {
  const {row, pace, bound} = measured;
  const {baseline_value: whole, target_value: target, expected_to_date: expected} = row;
  // More than a year ago, and still not more than the whole baseline, which is what a bare direction must pass.
  if (isDirection(measured) && expected !== null && expected !== base)
    return `${wantedChange(measured)} than ${baseText(expected, row.unit)}`;
  const amount = amountText(measured);
  if (pace !== "hold" || whole === null || target === null || whole === base) return null;
  if (amount === null || isZeroChange(measured)) return null;
  return `${formatValue(target, row.unit)} (${amount} ${bound === "upper" ? "less" : "more"} than ${baseText(whole, row.unit)})`;
}

/** What an earlier goal asked for is seldom whole: 38.95 is not 39. A mean of years is not printed to its end. */
function baseText(base: number, unit: string): string {
  const figure = formatFigure(base);
  return unit === "share" || /\.\d{3,}$/.test(figure) ? formatValue(base, unit) : figure;
}

/** "down 3.9%"; of a goal in points or units, "up 2.9 points", "down 9 seconds". */
function movedBy(measured: Measured, actual: number, base: number): string {
  const {goal, row} = measured;
  const form = goal?.kind === "change" ? goal.change.form : "percent";
  if (actual === base || (form !== "points" && form !== "units")) return moved(actual, base);
  const difference = Math.abs(toNumber(minus(exact(actual), exact(base))));
  // The unit is a plural noun, so it is left out at 1.
  const inUnits =
    difference === 1 ? "1" : `${difference < 0.05 ? formatFigure(difference) : formatValue(difference)} ${row.unit}`;
  const size = form === "points" ? `${formatShare(difference).slice(0, -1)} points` : inUnits;
  return `${actual < base ? "down" : "up"} ${size}`;
}

/** moved(1828, 1903) //=> "down 3.9%"; from 0 nothing can be told in percent. */
export function moved(actual: number, base: number): string {
  if (actual === base) return "unchanged";
  const way = actual < base ? "down" : "up";
  if (base === 0) return way;
  const size = formatPercentSize(actual, base);
  return `${way} ${size === "0.0%" ? "by less than 0.1%" : size}`;
}

/** "a fall of 10%"; a goal of +0% asks only that nothing is lost; a bare direction asks for any change. */
export function wantedChange(measured: Measured): string {
  const {bound, row, goal} = measured;
  const falls = bound === "upper";
  if (isDirection(measured)) return falls ? "less" : "more";
  if (isZeroChange(measured)) return falls ? "no rise" : "no fall";
  const amount = amountText(measured);
  const to = formatValue(row.target_value, row.unit);
  if (amount !== null) return `${falls ? "a fall" : "a rise"} of ${amount}`;
  const times = goal?.kind === "change" && goal.change.form === "multiple" ? ` (x${goal.change.amount})` : "";
  return `${falls ? "a fall" : "a rise"} to ${to}${times}`;
}

/** "10%", "3 points", "12 seconds"; null of a multiple, and where changes of several kinds are added. */
function amountText({goal, goal_value}: Measured): string | null {
  if (goal?.kind !== "change" || goal_value === null) return null;
  return goal.change.form === "multiple" || goal.change.form === "direction" ? null : goal_value.replace(/^[+-]/, "");
}

function isZeroChange({goal, goal_value}: Measured): boolean {
  return goal?.kind === "change" && goal.change.form !== "multiple" && Number.parseFloat(goal_value ?? "") === 0;
}

/** "; 39% of the way": share of the change that the pace asks for so far. */
function way(progress: number | null): string {
  return progress === null || progress === 0 ? "" : `; ${formatWay(progress)}`;
}

/** "12; at most 30 allowed, 14.9 expected so far", "48.2% of 1,203; at least 50% needed" */
function levelStanding(measured: Measured): string {
  const {row, pace} = measured;
  const both = `${valueWords(measured)}; ${limitWords(measured)}`;
  if (isOver(measured) || row.expected_to_date === null || pace === "hold") return both;
  return `${both}, ${expectedWords(measured)}`;
}

function expectedWords({row, expected_between: both}: Measured): string {
  const [low, high] = [both?.low, both?.high].map((one) => (one === undefined ? null : toNumber(one)));
  if (low === null || high === null || low === high || low === undefined || high === undefined)
    return `${formatValue(row.expected_to_date, row.unit)} expected so far`;
  return `${formatValue(low, row.unit)} to ${formatValue(high, row.unit)} expected so far`;
}

/** "at least 50% needed", "fewer than 100 needed", "at most 30 allowed", "10 to 20 needed" */
function limitWords(measured: Measured): string {
  const {row, goal, shape} = measured;
  const level = levelText(measured);
  const word = shape === "flow" ? "allowed" : "needed";
  switch (goal?.kind) {
    case "at_least":
      return `at least ${level} needed`;
    case "above":
      return `more than ${level} needed`;
    case "below":
      return `${isCount(measured) ? "fewer than" : "less than"} ${level} ${word}`;
    case "exactly":
      return `exactly ${level} needed`;
    case "between":
      return `${printed(goal.low, row.unit)} to ${printed(goal.high, row.unit)} needed`;
    default:
      return `at most ${level} ${word}`;
  }
}

function isLeast({goal}: Measured): boolean {
  return goal?.kind === "at_least";
}

/** "2 of 4, 2 more in 91 days": a piece of work is done or is still to do. */
function outputStanding(measured: Measured): string {
  const {counted_to, ends_on, exact: own} = measured;
  const of = `${actualText(measured)} of ${levelText(measured)}`;
  if (own.actual === null || own.target === null) return of;
  const missing = toNumber(minus(own.target, own.actual));
  if (missing <= 0) return of;
  if (isOver(measured)) return `${of}, ${formatValue(missing)} short`;
  return `${of}, ${formatValue(missing)} more in ${formatCounted(daysBehind(counted_to, ends_on), "day")}`;
}

/** What is to be met: a level as it was written, never rounded to the lenient side: 26.85 is not 26.9. */
export function levelText({goal, row}: Measured): string {
  if (goal === null || !("level" in goal)) return formatValue(row.target_value, row.unit);
  return printed(goal.level, row.unit);
}

/** printed("0.041", "share") //=> "4.1%"; printed("1200") //=> "1,200"; all decimals as written */
function printed(level: string, unit: string): string {
  if (unit === "share") return `${new Big(level).times(100).toFixed()}%`;
  const [whole = "", decimals] = level.split(".");
  return decimals === undefined ? formatValue(Number(whole), unit) : `${formatValue(Number(whole))}.${decimals}`;
}
