import type {Division, Measured, Part, Status} from "../attainment/contract.ts";
import {type IsoDate, longDate} from "../calendar/iso-date.ts";
import {cadenceNoun} from "../config/cadence-words.ts";
import type {Goal} from "../config/goal.ts";
import {countedSegments} from "../config/segment-plural.ts";
import {formatCount, formatCounted, formatValue} from "../format/numbers.ts";
import type {RuleName} from "./contract.ts";
import {daysBehind} from "./situation.ts";

/** So many parts that fail are named; of more, the rest are counted. */
const mostNamed = 3;

/**
 * The numbers that decided a row of parts or a deliverable, in words: "46 of 47 weeks with at least 4 posts; not 2024-W07
 * (3)". It begins small and ends without a full stop.
 */
export function partReason(rule: RuleName, status: Status, measured: Measured): string {
  if (measured.division === null) return deliverableReason(rule, measured);
  if (rule === "no_data") return `not known: ${measured.null_detail ?? "nothing is loaded"}`;
  if (measured.parts.length === 0) return measured.null_detail ?? "nothing is counted yet";
  const more = rule === "undecided" ? "; reports or cases still to come may decide it" : "";
  return `${standing(measured.division, measured)}${timeLeft(measured.division, measured, status)}${more}`;
}

function deliverableReason(rule: RuleName, {row, null_detail}: Measured): string {
  const {due_on, done_on, through} = row;
  if (rule === "no_data") return `not known: ${null_detail ?? "nothing is loaded"}`;
  if (done_on !== null) {
    if (due_on === null) return `done on ${longDate(done_on)}`;
    const late = daysBehind(due_on, done_on);
    if (late > 0) return `${formatCounted(late, "day")} late: done on ${longDate(done_on)}, due by ${longDate(due_on)}`;
    return `done on ${longDate(done_on)}, due by ${longDate(due_on)}`;
  }
  if (row.actual_value === 1) return "done";
  if (due_on === null) return "not done; it is not due before the event that its due day is told from";
  if (through < due_on) return `not done yet; ${dueWords(due_on, through)}`;
  const behind = daysBehind(due_on, through);
  const overdue = behind === 0 ? "" : `, ${formatCounted(behind, "day")} overdue on ${longDate(through)}`;
  return `not done by ${longDate(due_on)}${overdue}${rule === "undecided" ? "; reports still to come may tell of it" : ""}`;
}

/** "46 of 47 weeks with at least 4 posts; not 2024-W07 (3)" */
function standing(division: Division, {parts, goal, row}: Measured): string {
  const met = parts.filter(({verdict}) => verdict === "yes").length;
  // Who still has time has not failed.
  const hasTime = (part: Part) => !part.final && part.due_on !== null && part.due_on > row.through;
  const short = parts.filter(({verdict}) => verdict === "no");
  const failed = gaps(
    "not",
    short.filter((part) => !hasTime(part)),
    division,
    goal
  );
  const open = gaps("not yet", short.filter(hasTime), division, goal);
  const unknown = parts.filter(({verdict}) => verdict === "unknown").length;
  const wanted = goal === null ? "" : ` ${partGoalWords(goal, division.unit)}`;
  const allowed = division.allow === 0 ? "" : `; ${formatCount(division.allow)} may miss it`;
  const unsure = unknown === 0 ? "" : `; ${formatCount(unknown)} not known`;
  return `${formatCount(met)} of ${partsCounted(division, parts)}${wanted}${failed}${open}${unsure}${allowed}`;
}

/** "47 weeks", "21 divisions", "48 months of 4 bureaus" */
function partsCounted({every, each}: Division, parts: readonly Part[]): string {
  const {length} = parts;
  if (every === null) return countedSegments(length, each ?? "segment");
  const sub = `${formatCount(length)} ${cadenceNoun(every, length)}`;
  if (each === null) return sub;
  return `${sub} of ${countedSegments(new Set(parts.map(({segment}) => segment.code)).size, each)}`;
}

function gaps(not: "not" | "not yet", failed: readonly Part[], division: Division, goal: Goal | null): string {
  if (failed.length === 0) return "";
  const named = failed.slice(0, mostNamed).map((part) => gapWords(part, division, goal));
  const rest = failed.length - named.length;
  return `; ${not} ${named.join(", ")}${rest === 0 ? "" : ` and ${formatCount(rest)} more`}`;
}

/** "2024-W07 (3)", "Harbor (0)", "Harbor in 2024-02 (1)", "Harbor on 8 January 2024 (0)", "Harbor (later, on 3 May 2024)" */
function gapWords(part: Part, {every, each, unit}: Division, goal: Goal | null): string {
  const {segment, period, shift, late, done_on} = part;
  const isDay = every === "day" || every === "shift" || every === "observation";
  const time = isDay ? `${longDate(period.from)}${shift === null ? "" : ` ${shift}`}` : period.name;
  const name = each === null ? time : every === null ? segment.name : `${segment.name} ${isDay ? "on" : "in"} ${time}`;
  if (late) return `${name} (${done_on === null ? "later" : `later, on ${longDate(done_on)}`})`;
  return goal?.kind === "done" ? name : `${name} (${valueWords(part, unit)})`;
}

/**
 * "3", "5 against 5", "20.0%, 2 of 10": a share with its cases, because 29.97% prints as 30.0%.
 *
 * @param noun Plural, left out at 1; nothing where it is plain what is counted.
 */
function valueWords({actual_value, baseline_value, numerator, denominator}: Part, unit: string, noun = ""): string {
  const named = noun === "" || unit === "share" || actual_value === 1 ? "" : ` ${noun}`;
  const value = `${formatValue(actual_value, unit)}${named}`;
  if (baseline_value !== null) return `${value} against ${formatValue(baseline_value, unit)}`;
  if (unit !== "share" || numerator === null || denominator === null) return value;
  return `${value}, ${formatValue(numerator)} of ${formatValue(denominator)}`;
}

/** What is still to come: days to the due day, or sub-periods. */
function timeLeft({every, planned, next_due, over}: Division, {row, parts}: Measured, status: Status): string {
  if (over || status === "missed") return row.due_on === null ? "" : `; due by ${longDate(row.due_on)}`;
  if (every === null) {
    const due = row.due_on ?? next_due;
    if (due === null) return status === "met" ? "" : `; the period ends on ${longDate(row.period_to)}`;
    return row.due_on === null ? `; the next is ${dueWords(due, row.through)}` : `; ${dueWords(due, row.through)}`;
  }
  const left = planned === null ? 0 : planned - parts.length;
  return left <= 0 ? "" : `; ${formatCount(left)} to come`;
}

/** "due on 30 September 2024, 91 days left" */
function dueWords(due: IsoDate, through: IsoDate): string {
  return `due on ${longDate(due)}, ${formatCounted(daysBehind(through, due), "day")} left`;
}

/** What is asked of every part: "with at least 4 posts", "with 30% to 40%", "with a fall of 5%", "done". */
export function partGoalWords(goal: Goal, unit: string): string {
  const wanted = wantedWords(goal, unit);
  return wanted === "" || goal.kind === "done" ? wanted : `with ${wanted}`;
}

/** "at least 4 posts", "30% to 40%", "a fall of 5%", "done"; nothing where nothing is to be met. */
function wantedWords(goal: Goal, unit: string): string {
  // Units are plural nouns: "at least 1 posts" is no English.
  const counted = (text: string) => (text === "1" || unit === "" ? grouped(text) : `${grouped(text)} ${unit}`);
  const level = (text: string) => (unit === "share" ? formatLevelShare(text) : counted(text));
  switch (goal.kind) {
    case "at_least":
      return `at least ${level(goal.level)}`;
    case "at_most":
      return `at most ${level(goal.level)}`;
    case "above":
      return `more than ${level(goal.level)}`;
    case "below":
      return `${unit === "share" ? "less" : "fewer"} than ${level(goal.level)}`;
    case "exactly":
      return `exactly ${level(goal.level)}`;
    case "between":
      return `${unit === "share" ? formatLevelShare(goal.low) : grouped(goal.low)} to ${level(goal.high)}`;
    case "change":
      return changeWords(goal.written, unit);
    default:
      return goal.kind === "done" ? "done" : "";
  }
}

/** "a fall of 10%", "a rise of 3 points", "an increase", "2 times the baseline" */
function changeWords(written: string, unit: string): string {
  if (written === "increase") return "an increase";
  if (written === "decrease") return "a decrease";
  if (written.startsWith("x")) return `${written.slice(1)} times the ${unit === "" ? "" : `${unit} of the `}baseline`;
  return `a ${written.startsWith("-") ? "fall" : "rise"} of ${written.replace(/^[+-]/, "")}`;
}

/** A level of a share is decimal text, 0.3 for 30%: its point is moved, so that no digit is lost. */
function formatLevelShare(level: string): string {
  const [, sign = "", whole = "0", decimals = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(level) ?? [];
  const digits = decimals.padEnd(2, "0");
  const percent = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  const rest = digits.slice(2).replace(/0+$/, "");
  return `${sign === "" ? "" : "\u2212"}${percent}${rest === "" ? "" : `.${rest}`}%`;
}

/** A level as it was written, its thousands apart; never rounded to the lenient side. */
function grouped(level: string): string {
  const [whole = "", decimals] = level.split(".");
  return `${formatValue(Number(whole))}${decimals === undefined ? "" : `.${decimals}`}`;
}

/**
 * The sentence of a part: "3 meetings; at least 4 needed by 30 June 2024.", "5 meetings against 4; an increase needed.",
 * "Done on 3 May 2024; due by 30 April 2024.", and since when the roster has its unit, where that was not all the time.
 *
 * @param goal What is asked of it; null where nothing is.
 */
export function partSentence(part: Part, unit: string, goal: Goal | null): string {
  const {verdict, reason, late, done_on, segment, period, due_on} = part;
  const joined =
    part.part === "unit" && segment.valid_from !== null && segment.valid_from === period.from
      ? `; in the roster from ${longDate(segment.valid_from)}`
      : "";
  if (verdict === "unknown") return `Not known: ${reason?.detail ?? "nothing is loaded"}${joined}.`;
  const since = late && done_on === null ? "; met since" : "";
  if (goal?.kind === "done") {
    return `${doneWords(done_on)}${due_on === null ? "" : `; due by ${longDate(due_on)}`}${joined}.`;
  }
  const by = due_on === null ? "" : ` by ${longDate(due_on)}`;
  const verb = goal?.kind === "at_most" || goal?.kind === "below" ? "allowed" : "needed";
  const wanted = goal === null ? "" : `; ${wantedWords(goal, unit === "share" ? unit : "")} ${verb}${by}`;
  return `${valueWords(part, unit, unit)}${wanted}${since}${joined}.`;
}

function doneWords(done_on: IsoDate | null): string {
  return done_on === null ? "Not done" : `Done on ${longDate(done_on)}`;
}
