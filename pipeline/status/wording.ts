import type {Measured, Status} from "../attainment/contract.ts";
import {type IsoDate, longDate} from "../calendar/iso-date.ts";
import {formatCounted, formatValue, notCalculable, smallestPercentBase} from "../format/numbers.ts";
import {fewestDays, fewestExpected, type RuleName} from "./contract.ts";
import {isOfParts} from "./part-rules.ts";
import {partReason} from "./part-wording.ts";
import {dayAsked, daysBehind, isCount, isOver, seriesTouched, wantedDay} from "./situation.ts";
import {actualText, levelText, moved, standing, valueWords} from "./standing-words.ts";

/** The sentence that gives the numbers which decided, in words that can be read aloud. */
export function reasonFor(rule: RuleName, status: Status, measured: Measured): string {
  const text =
    isOfParts(measured) && partRules.has(rule) ? partReason(rule, status, measured) : wordings[rule](measured);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Rules whose sentence tells of parts, or of what is done. */
const partRules: ReadonlySet<RuleName> = new Set(["not_due", "no_data", "decided", "undecided", "progress"]);

const wordings: Readonly<Record<RuleName, (measured: Measured) => string>> = {
  to_be_set: toBeSetText,
  tracked: trackedText,
  not_due: notDueText,
  no_data: unknownText,
  not_comparable: breakText,
  decided: (measured) => (isOver(measured) ? `${standing(measured)}${maturity(measured)}` : decidedEarlyText(measured)),
  undecided: undecidedText,
  stale: staleText,
  too_early: tooEarlyText,
  progress: standing
};

function notDueText(measured: Measured): string {
  const {row, awaits_event} = measured;
  if (!awaits_event || row.actual_value === null) return `the period begins on ${longDate(row.period_from)}`;
  return `${countedSoFar(measured)}; it is not due before the event that its due day is told from`;
}

function toBeSetText(measured: Measured): string {
  const by = measured.goal?.kind === "to_be_set" ? measured.goal.by : null;
  return `${countedSoFar(measured)}; a goal ${by === null ? "is still to be set" : byWhen(by, dayAsked(measured))}`;
}

function byWhen(by: IsoDate, today: IsoDate): string {
  const late = daysBehind(by, today);
  if (late > 0) return `was to be set by ${longDate(by)}, ${formatCounted(late, "day")} ago`;
  return `is to be set by ${longDate(by)}, ${late === 0 ? "the day itself" : `in ${formatCounted(-late, "day")}`}`;
}

function trackedText(measured: Measured): string {
  const {row} = measured;
  const why =
    row.goal_kind === "track" ? "tracked, nothing to be met" : "shown only, the level is set for another segment";
  if (row.actual_value === null) return `${why}; not known: ${measured.null_detail ?? "nothing is loaded"}`;
  return `${countedSoFar(measured)}; ${why}`;
}

/** "1,203 to 31 December 2023, down 3.4% from 1,246": the value and the day that it goes to. */
function countedSoFar(measured: Measured): string {
  const {row, shape, counted_to, null_detail} = measured;
  if (row.actual_value === null) return `not known: ${null_detail ?? "nothing is loaded"}`;
  const day = shape === "stock" ? "" : ` to ${longDate(counted_to)}`;
  return `${valueWords(measured)}${day}${sinceText(measured)}`;
}

/** ", down 3.4% from 1,336": against the same days of the baseline, where both were counted by one method. */
function sinceText(measured: Measured): string {
  const {row, series} = measured;
  const base = row.baseline_to_date;
  const comparable = new Set([...series.baseline, ...series.actual]).size === 1;
  if (base === null || row.actual_value === null || !comparable) return "";
  const tooFew = isCount(measured) ? base < smallestPercentBase : base === 0;
  if (tooFew) return `, against ${formatValue(base, row.unit)}`;
  return `, ${moved(row.actual_value, base)} from ${formatValue(base, row.unit)}`;
}

function unknownText(measured: Measured): string {
  const {row, null_detail, holds} = measured;
  const detail = null_detail ?? "";
  const covered = coveredWords(detail);
  if (row.reason_code === "column_not_loaded") return `not known: the loaded extracts lack ${detail}`;
  if (row.reason_code === "zero_base" && row.actual_value !== null && holds === null) {
    return `${valueWords(measured)} against 0 (${notCalculable}): a rise from nothing can't be measured in percent`;
  }
  if (row.reason_code === "baseline_not_covered" || (row.actual_value !== null && row.baseline_value === null))
    return `no baseline to compare with: ${covered}`;
  return `not known: ${covered}`;
}

/** "184 of 365 days" and "20 of 21 Areas, Harbor missing" as parts of a sentence; other details are sentences. */
function coveredWords(detail: string): string {
  if (/^0 of 1 \w+$/.test(detail)) return "its day is not covered";
  return detail.replace(/^(\d[\d,]* of \d[\d,]* \w+)(, .* missing)?$/, "only $1 are covered$2");
}

function breakText(measured: Measured): string {
  const methods = seriesTouched(measured).join(" and ");
  const within = measured.series.actual.length > 1 ? "within the period" : "between the baseline and now";
  return `counted by ${methods}: the method changed ${within}, so the numbers can't be compared`;
}

function undecidedText(measured: Measured): string {
  const {undecided, undecided_may_turn} = measured;
  const why = undecided_may_turn
    ? `the ${formatCounted(undecided, "undecided case")} may decide it`
    : "reports still to come may decide it";
  return `${standing(measured)}; the period is over, but ${why}`;
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
  const {bound, goal, ends_on} = measured;
  const target = levelText(measured);
  const actual = actualText(measured);
  const upTo = `by ${longDate(measured.counted_to)}`;
  if (goal?.kind === "above")
    return `${actual} ${upTo}, more than the ${target} that are to be passed by ${longDate(ends_on)}`;
  if (bound === "lower")
    return `${actual} ${upTo}, so the ${target} needed by ${longDate(ends_on)} ${target === "1" ? "is" : "are"} reached`;
  if (goal?.kind === "below") return `${actual} ${upTo}, and the whole period had to stay below ${target}`;
  return `${actual} ${upTo}, more than the ${target} allowed for the whole period`;
}

function maturity({mature, known_to, ends_on}: Measured): string {
  if (mature === null || known_to === null || daysBehind(ends_on, known_to) >= mature.after) return "";
  return "; late reports can't reverse it";
}
