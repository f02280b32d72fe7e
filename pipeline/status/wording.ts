import type {Measured, Status} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import {
  formatCounted,
  formatPercentSize,
  formatValue,
  formatWay,
  notCalculable,
  smallestPercentBase
} from "../format/numbers.ts";
import {fewestDays, fewestExpected, type RuleName} from "./contract.ts";
import {daysBehind, isOver, seriesTouched, wantedDay} from "./situation.ts";

/** The sentence that gives the numbers which decided, in words that can be read aloud. */
export function reasonFor(rule: RuleName, status: Status, measured: Measured): string {
  const text = wordings[rule](measured, status);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

const wordings: Readonly<Record<RuleName, (measured: Measured, status: Status) => string>> = {
  tracked: trackedText,
  not_due: ({row}) => `the period begins on ${longDate(row.period_from)}`,
  no_data: unknownText,
  not_comparable: breakText,
  decided: (measured) => (isOver(measured) ? `${standing(measured)}${maturity(measured)}` : decidedEarlyText(measured)),
  undecided: (measured) => `${standing(measured)}; the period is over, but reports still to come may decide it`,
  stale: staleText,
  too_early: tooEarlyText,
  progress: standing
};

function trackedText(measured: Measured): string {
  const {row, null_detail, counted_to} = measured;
  const why =
    row.goal_kind === "track" ? "tracked, nothing to be met" : "shown only, the level is set for another segment";
  if (row.actual_value === null) return `${why}; not known: ${null_detail ?? "nothing is loaded"}`;
  return `${formatValue(row.actual_value, row.unit)} to ${longDate(counted_to)}${sinceText(measured)}; ${why}`;
}

/** ", down 3.4% from 1,336": against the same days of the baseline, where both were counted by one method. */
function sinceText({row, series}: Measured): string {
  const base = row.baseline_to_date;
  const comparable = new Set([...series.baseline, ...series.actual]).size === 1;
  if (base === null || row.actual_value === null || !comparable) return "";
  if (base < smallestPercentBase) return `, against ${formatValue(base, row.unit)}`;
  return `, ${moved(row.actual_value, base)} from ${formatValue(base, row.unit)}`;
}

function unknownText({row, null_detail, holds}: Measured): string {
  const detail = null_detail ?? "";
  const covered = coveredWords(detail);
  if (row.reason_code === "baseline_not_covered") return `no baseline to compare with: ${covered}`;
  if (row.reason_code === "column_not_loaded") return `not known: the loaded extracts lack ${detail}`;
  if (row.reason_code === "zero_base" && holds === null) {
    return `${formatValue(row.actual_value, row.unit)} against 0 (${notCalculable}): a rise from nothing can't be measured in percent`;
  }
  return `not known: ${covered}`;
}

/** "184 of 365 days" and "20 of 21 Areas, Harbor missing" as parts of a sentence; other details are sentences. */
function coveredWords(detail: string): string {
  return detail.replace(/^(\d[\d,]* of \d[\d,]* \w+)(, .* missing)?$/, "only $1 are covered$2");
}

function breakText(measured: Measured): string {
  const methods = seriesTouched(measured).join(" and ");
  const within = measured.series.actual.length > 1 ? "within the period" : "between the baseline and now";
  return `counted by ${methods}: the method changed ${within}, so the numbers can't be compared`;
}

function staleText(measured: Measured): string {
  const {counted_to, freshness_error_after} = measured;
  const wanted = wantedDay(measured) ?? counted_to;
  const behind = formatCounted(daysBehind(counted_to, wanted), "day");
  const allowed = formatCounted(freshness_error_after ?? 0, "day");
  return `what is known ends on ${longDate(counted_to)}, ${behind} before ${longDate(wanted)}; the source allows ${allowed}`;
}

function tooEarlyText(measured: Measured): string {
  const {row, days, days_counted} = measured;
  const expected = row.expected_to_date ?? 0;
  const why =
    days_counted < fewestDays
      ? `${days_counted} of ${formatCounted(days, "day")} counted, ${fewestDays} needed`
      : `only ${formatValue(expected, row.unit)} expected so far, ${fewestExpected} needed`;
  return `${standing(measured)}; too early to judge: ${why}`;
}

function decidedEarlyText(measured: Measured): string {
  const {row, bound} = measured;
  const target = levelText(measured);
  const actual = formatValue(row.actual_value, row.unit);
  const upTo = `by ${longDate(measured.counted_to)}`;
  if (bound === "lower") return `${actual} ${upTo}, so the ${target} needed by ${longDate(row.period_to)} are reached`;
  if (row.goal_kind === "below") return `${actual} ${upTo}, and the whole period had to stay below ${target}`;
  return `${actual} ${upTo}, more than the ${target} allowed for the whole period`;
}

/** Where the row stands, whatever follows from it. */
function standing(measured: Measured): string {
  return measured.row.goal_kind === "change" ? changeStanding(measured) : levelStanding(measured);
}

/** "down 3.9% (1,828 against 1,903), needs 10%; 39% of the way" */
function changeStanding(measured: Measured): string {
  const {row, bound} = measured;
  const actual = row.actual_value ?? 0;
  const base = row.baseline_to_date;
  if (base === null) {
    return `${levelStanding(measured)}, which is ${wantedChange(measured)} from ${formatValue(row.baseline_value, row.unit)}`;
  }
  const both = `${formatValue(actual, row.unit)} against ${formatValue(base, row.unit)}`;
  if (base === 0) return `${both} (${notCalculable}), needs ${wantedChange(measured)}`;
  if (base < smallestPercentBase) return `${both}, needs ${wantedChange(measured)}`;
  const rightWay = actual !== base && actual < base === (bound === "upper");
  const needs = rightWay && !isZeroChange(measured) ? percentOf(measured) : wantedChange(measured);
  return `${moved(actual, base)} (${both}), needs ${needs}${way(row.progress_share)}`;
}

function moved(actual: number, base: number): string {
  if (actual === base) return "unchanged";
  const size = formatPercentSize(actual, base);
  return `${actual < base ? "down" : "up"} ${size === "0.0%" ? "by less than 0.1%" : size}`;
}

/** "a fall of 10%"; a goal of +0% asks only that nothing is lost. */
function wantedChange(measured: Measured): string {
  const falls = measured.bound === "upper";
  if (isZeroChange(measured)) return falls ? "no rise" : "no fall";
  return `${falls ? "a fall" : "a rise"} of ${percentOf(measured)}`;
}

function percentOf({goal_value}: Measured): string {
  return (goal_value ?? "").replace(/^[+-]/, "");
}

function isZeroChange({goal_value}: Measured): boolean {
  return Number.parseFloat(goal_value ?? "") === 0;
}

/** "; 39% of the way": share of the change that the pace asks for so far. */
function way(progress: number | null): string {
  return progress === null || progress === 0 ? "" : `; ${formatWay(progress)}`;
}

/** "12; at most 30 allowed, 14.9 expected so far" */
function levelStanding(measured: Measured): string {
  const {row, bound} = measured;
  const level = levelText(measured);
  const limit = row.goal_kind === "below" ? `fewer than ${level} allowed` : `at most ${level} allowed`;
  const both = `${formatValue(row.actual_value, row.unit)}; ${bound === "lower" ? `at least ${level} needed` : limit}`;
  if (isOver(measured) || row.expected_to_date === null) return both;
  return `${both}, ${formatValue(row.expected_to_date, row.unit)} expected so far`;
}

/** What is to be met: a level as it was written, never rounded to the lenient side: 26.85 is not 26.9. */
function levelText({goal_value, row}: Measured): string {
  const [whole = "", decimals] = (goal_value ?? "").split(".");
  if (goal_value === null || row.goal_kind === "change") return formatValue(row.target_value, row.unit);
  return decimals === undefined ? formatValue(Number(whole), row.unit) : `${formatValue(Number(whole))}.${decimals}`;
}

function maturity({mature, known_to, row}: Measured): string {
  if (mature === null || known_to === null || daysBehind(row.period_to, known_to) >= mature.after) return "";
  return "; late reports can't reverse it";
}
