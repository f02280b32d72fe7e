import type {AttainmentRow, Status} from "../attainment/contract.ts";
import {type IsoDate, longDate} from "../calendar/iso-date.ts";
import {isComparable, statusMarks} from "../charts/contract.ts";
import type {ProjectTarget} from "../config/project.ts";
import {joinWords} from "../format/lists.ts";
import {formatCount, formatCounted, formatValue, smallestPercentBase} from "../format/numbers.ts";
import type {Block, ChartBlock, Item, Section} from "./page-model.ts";
import {sameDays} from "./target-words.ts";
import {capital, changeWords, goalDirection, targetSection} from "./words.ts";

/** From good to bad: the order in which a sentence tells how many stand where. */
const decided: readonly Status[] = ["met", "on_track", "at_risk", "off_track", "missed"];
const undecided: readonly Status[] = ["too_early", "not_due", "not_comparable", "no_data", "to_be_set"];
/** Every status, as counts are told. */
export const statusOrder: readonly Status[] = [...decided, ...undecided, "tracked"];
/** From worst: which targets the meeting should speak of first. */
const worrying: readonly Status[] = ["missed", "off_track", "at_risk"];
/** As many as a reader keeps in mind. */
const fewest = 3;

/** More of them than these are counted, not listed. */
const mostOpen = 8;

/** What else of the report the first page leads to. */
export interface SummaryParts {
  /** All binding targets against their pace; null where they are too many for one chart. */
  readonly gapChart: ChartBlock | null;
  /** Whether the report lists all targets. */
  readonly hasScorecard: boolean;
  /** What is late and whose it is, where the report lists all that is late; else null. */
  readonly late: readonly Block[] | null;
}

/**
 * The first page in words, made from the binding rows alone: how many stand where, what needs attention and why, what
 * moved the promised way, what can't be decided.
 *
 * @param rows Binding rows of whole periods, in the project's order.
 */
export function summarySection(
  rows: readonly AttainmentRow[],
  targets: ReadonlyMap<string, ProjectTarget>,
  through: IsoDate,
  {gapChart, hasScorecard, late}: SummaryParts
): Section {
  const blocks: Block[] = [
    {kind: "text", style: "lead", text: standing(rows, through)},
    {
      kind: "tally",
      items: statusOrder
        .map((status) => ({status, count: countOf(rows, status)}))
        .filter(({status, count}) => count > 0 || decided.includes(status))
        .map(({status, count}) => ({status, count: formatCount(count)}))
    },
    ...(late ?? attention(rows, hasScorecard)),
    ...movement(rows, targets),
    ...open(rows, targets),
    ...(gapChart === null ? [] : [gapChart])
  ];
  return {id: "summary", title: "Summary", new_page: false, status: null, blocks, sections: []};
}

/** The report in two lines, for a terminal: how many stand where, and what to look at first. */
export function summaryLines(rows: readonly AttainmentRow[], through: IsoDate): string[] {
  const worst = worstFirst(rows).slice(0, fewest);
  const first = worst.map(({title, status}) => `${title} (${statusMarks[status].word})`);
  return [
    standing(rows, through),
    first.length === 0 ? "No binding target is at risk, off track or missed." : `Look first at: ${first.join("; ")}.`
  ];
}

/** "Of 9 binding targets, 2 are on track, 1 is at risk and 4 are off track, counted through ..." */
export function standing(rows: readonly AttainmentRow[], through: IsoDate): string {
  const asked = rows.filter(({status}) => status !== "tracked");
  if (asked.length === 0) return `No target with a goal falls in this period. Counted through ${longDate(through)}.`;
  const parts = decided.flatMap((status) => phrase(countOf(rows, status), statusMarks[status].word));
  const open = asked.filter(({status}) => undecided.includes(status)).length;
  const rest = open === 0 ? "" : ` ${open} can't be decided yet.`;
  const tracked = countOf(rows, "tracked");
  const withoutGoal =
    tracked === 0 ? "" : ` ${formatCounted(tracked, "measure")} without a goal ${is(tracked)} only tracked.`;
  const subject = asked.length === 1 ? "The one binding target" : `Of ${formatCount(asked.length)} binding targets,`;
  const verdict = parts.length === 0 ? "" : `${subject} ${asked.length === 1 ? single(parts) : joinWords(parts)}.`;
  const none =
    parts.length > 0
      ? rest
      : asked.length === 1
        ? "The one binding target can't be decided yet."
        : `None of ${formatCounted(asked.length, "binding target")} can be decided yet.`;
  return `Counted through ${longDate(through)}: ${lowerFirst(verdict + none)}${withoutGoal}`.replace(/ +/g, " ").trim();
}

function attention(rows: readonly AttainmentRow[], hasScorecard: boolean): Block[] {
  const worst = worstFirst(rows);
  if (worst.length === 0) {
    return [
      {kind: "heading", text: "Needs attention"},
      {kind: "text", style: "body", text: "No binding target is at risk, off track or missed."}
    ];
  }
  const shown = worst.slice(0, fewest);
  const more = worst.length - shown.length;
  return [
    {kind: "heading", text: "Needs attention"},
    {kind: "items", items: shown.map(item)},
    ...(more === 0
      ? []
      : [
          quiet(
            `${formatCount(more)} more ${more === 1 ? "is" : "are"} at risk, off track or missed${hasScorecard ? ": see the scorecard" : ""}.`
          )
        ])
  ];
}

/** Measured changes that go the way the goal asks, however far they still are from it. */
function movement(rows: readonly AttainmentRow[], targets: ReadonlyMap<string, ProjectTarget>): Block[] {
  const compared = rows.filter((row) => {
    const {target, change_to_date, baseline_to_date} = row;
    const direction = goalDirection(targets.get(target)!);
    return (
      direction !== "none" &&
      isComparable(row) &&
      change_to_date !== null &&
      (baseline_to_date ?? 0) >= smallestPercentBase
    );
  });
  if (compared.length === 0) return [];
  const better = compared
    .filter(({target, change_to_date}) => {
      const less = goalDirection(targets.get(target)!) === "less";
      return less ? change_to_date! < 0 : change_to_date! > 0;
    })
    .sort((a, b) => Math.abs(b.change_to_date!) - Math.abs(a.change_to_date!));
  const shown = better.slice(0, fewest);
  const sentence = movementSentence(better.length, compared.length);
  const closing = better.length > shown.length ? " The largest changes:" : "";
  return [
    {kind: "heading", text: "Moved the way the plan asks"},
    {kind: "text", style: "body", text: sentence + closing},
    ...(shown.length === 0
      ? []
      : [{kind: "items" as const, items: shown.map((row) => movementItem(row, targets.get(row.target)!))}])
  ];
}

function movementSentence(better: number, compared: number): string {
  const moved = "moved the way the plan asks";
  if (compared === 1) {
    return `The one target compared with earlier days ${better === 1 ? moved : "did not move the way the plan asks"}.`;
  }
  const targets = `${formatCount(compared)} targets compared with earlier days`;
  if (better === compared) return `All ${targets} ${moved}.`;
  if (better === 0) return `None of ${targets} ${moved}.`;
  return `${formatCount(better)} of ${targets} ${moved}, ${formatCount(compared - better)} did not.`;
}

/** Targets that nothing can be said of, with the reason; of many how many there are, and what they are counted from. */
function open(rows: readonly AttainmentRow[], targets: ReadonlyMap<string, ProjectTarget>): Block[] {
  const waiting = rows
    .filter(({status}) => undecided.includes(status))
    .sort((a, b) => undecided.indexOf(a.status) - undecided.indexOf(b.status));
  if (waiting.length === 0) return [];
  const items = waiting.length > mostOpen ? openItems(waiting, targets) : waiting.map(item);
  return [
    {kind: "heading", text: "Not decided yet, and why"},
    {kind: "items", items}
  ];
}

const openWords: Partial<Record<Status, string>> = {
  too_early: "too few days or cases are counted so far.",
  not_due: "their period has not begun, or what is due on a later day is not reached yet.",
  not_comparable: "the way of counting changed between the baseline and now.",
  no_data: "what they count, or the baseline that they need, is not known.",
  to_be_set: "the plan has not set the goal yet."
};

function openItems(waiting: readonly AttainmentRow[], targets: ReadonlyMap<string, ProjectTarget>): Item[] {
  return undecided.flatMap((status) => {
    const own = waiting.filter((row) => row.status === status);
    if (own.length === 0) return [];
    const due = own.map((row) => row.due_on ?? targets.get(row.target)!.period.to).sort();
    const next = status === "not_due" && due[0] !== undefined ? ` The next is due on ${longDate(due[0])}.` : "";
    return [
      {
        title: formatCounted(own.length, "target"),
        section: null,
        status,
        text: `${capital(openWords[status] ?? "")}${next}`
      }
    ];
  });
}

function item(row: AttainmentRow): Item {
  const owner = row.owner === null ? "" : ` Owner: ${row.owner}.`;
  const text = `${row.status_reason}${owner}`;
  return {title: row.title, section: targetSection(row.target), status: row.status, text};
}

function movementItem(row: AttainmentRow, target: ProjectTarget): Item {
  const actual = formatValue(row.actual_value, row.unit);
  const before = formatValue(row.baseline_to_date, row.unit);
  return {
    title: row.title,
    section: targetSection(row.target),
    status: row.status,
    text: `${changeWords(row)}: ${actual} ${row.unit}, ${before} on ${sameDays(target)}.`
  };
}

function worstFirst(rows: readonly AttainmentRow[]): AttainmentRow[] {
  return rows
    .filter(({status}) => worrying.includes(status))
    .sort((a, b) => worrying.indexOf(a.status) - worrying.indexOf(b.status) || reached(a) - reached(b));
}

/** How far along a target is, for sorting only; what can't be said stands first. */
function reached({progress_share, attainment_ratio}: AttainmentRow): number {
  return progress_share ?? attainment_ratio ?? Number.NEGATIVE_INFINITY;
}

function countOf(rows: readonly AttainmentRow[], status: Status): number {
  return rows.filter((row) => row.status === status).length;
}

function phrase(count: number, word: string): string[] {
  return count === 0 ? [] : [`${formatCount(count)} ${is(count)} ${word}`];
}

/** "1 is met" -> "is met" */
function single([first = ""]: readonly string[]): string {
  return first.replace(/^1 /, "");
}

function is(count: number): "is" | "are" {
  return count === 1 ? "is" : "are";
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function quiet(text: string): Block {
  return {kind: "text", style: "quiet", text};
}
