import {daysIn, type IsoDate, longDate} from "../calendar/iso-date.ts";
import {formatCounted} from "../format/numbers.ts";
import {shortDate} from "./axis.ts";
import type {ChartTable, TimelineInput} from "./contract.ts";
import {actualWords, againstDue} from "./part-words.ts";
import {sentenceCase} from "./standing.ts";
import {statusMarks} from "./theme.ts";

export type Deadline = TimelineInput["deadlines"][number];

/** Days from one day to another; negative backwards. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return from <= to ? daysIn(from, to) - 1 : 1 - daysIn(to, from);
}

/** In order of the days on which they are due, those without a day last. */
export function inOrder(deadlines: readonly Deadline[]): Deadline[] {
  const key = ({row}: Deadline) => `${row.due_on ?? "9999"} ${row.target}`;
  return [...deadlines].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** "done on 12 Nov 2024, 43 days late", "due in 91 days", "43 days overdue", "no day yet: ...". */
export function deadlineWords({row, reading, waits_for}: Deadline): string {
  const {due_on, done_on, through} = row;
  if (done_on !== null) {
    const late = due_on === null ? "" : `, ${againstDue(daysBetween(due_on, done_on))}`;
    return `done on ${shortDate(done_on)}${late}`;
  }
  if (due_on === null) return waits_for === null ? "no day yet" : `no day yet: ${waits_for}`;
  const left = daysBetween(through, due_on);
  const isPlain = reading.shape === "done" && reading.every === null && reading.each === null;
  const value = isPlain || row.actual_value === null ? "" : `${actualWords(row, reading)}; `;
  if (left > 0) return `${value}due in ${formatCounted(left, "day")}`;
  if (left === 0) return `${value}due on that day`;
  if (!isPlain) return `${value}was due ${formatCounted(-left, "day")} before`;
  return row.actual_value === null ? "not known" : `not done, ${formatCounted(-left, "day")} overdue`;
}

/** The finding in words: what was due and done by then, what is late, what is next. */
export function timelineAltText({deadlines, through}: TimelineInput): string {
  const all = inOrder(deadlines);
  const told = (deadline: Deadline) =>
    `${deadline.row.title}${dueWords(deadline)}: ${deadlineWords(deadline)} (${statusMarks[deadline.row.status].word})`;
  const past = all.filter(({row}) => row.due_on !== null && row.due_on <= through);
  const ahead = all.filter(({row}) => row.due_on === null || row.due_on > through);
  const list = (lead: string, own: readonly Deadline[]) =>
    own.length === 0 ? [] : [`${lead}: ${own.map(told).join("; ")}.`];
  return [
    `Timeline of ${formatCounted(all.length, "deadline")}, as of ${longDate(through)}.`,
    ...list("Due by then", past),
    ...list("Still to come", ahead)
  ].join(" ");
}

function dueWords({row}: Deadline): string {
  return row.due_on === null ? "" : `, due ${longDate(row.due_on)}`;
}

export function timelineTable({deadlines}: TimelineInput): ChartTable {
  const text = (title: string) => ({title, numeric: false});
  return {
    columns: [text("Target"), text("Where"), text("Due"), text("What came of it"), text("Status")],
    rows: inOrder(deadlines).map((deadline) => [
      deadline.row.title,
      deadline.row.segment_name,
      deadline.row.due_on === null ? "no day yet" : shortDate(deadline.row.due_on),
      sentenceCase(deadlineWords(deadline)),
      statusMarks[deadline.row.status].word
    ])
  };
}
