import type {AttainmentRow, Status} from "../attainment/contract.ts";
import {daysIn, earlier, type IsoDate} from "../calendar/iso-date.ts";
import {formatCounted} from "../format/numbers.ts";

/**
 * What can still be done about what is late: what is past its day and not done, or not set, is to be done all the same; what
 * is off track can be met in time; all else is settled, missed or done late.
 */
export type Prospect = "overdue" | "off_track" | "settled";

/** First what can still be done, the most pressing first. */
export const prospects: readonly Prospect[] = ["overdue", "off_track", "settled"];

/** A target that is late: missed, overdue, or too far behind to come in time as things are. */
export interface Late {
  readonly row: AttainmentRow;
  /** The day on which it was or is due. */
  readonly due: IsoDate;
  /** Days from that day to the day on which it was done, or to the last day counted; 0 where it is still to come. */
  readonly days: number;
  readonly prospect: Prospect;
}

const lateStatuses: readonly Status[] = ["missed", "off_track"];

/** Whether nobody may wait any more: missed, off track, or past the day by which its goal was to be set. */
export function isLate({status, flags}: Pick<AttainmentRow, "status" | "flags">): boolean {
  return lateStatuses.includes(status) || flags.includes("overdue");
}

/** What of the rows is late, by what can still be done; within that the longest first, then the least of the way. */
export function lateOf(rows: readonly AttainmentRow[]): Late[] {
  return rows
    .filter(isLate)
    .map((row) => {
      const due = row.due_on ?? row.period_to;
      const until = row.done_on ?? row.through;
      return {row, due, days: until > due ? daysIn(due, until) - 1 : 0, prospect: prospectOf(row)};
    })
    .sort((a, b) => place(a) - place(b) || b.days - a.days || reached(a.row) - reached(b.row));
}

function prospectOf({status, flags}: AttainmentRow): Prospect {
  if (flags.includes("overdue")) return "overdue";
  return status === "off_track" ? "off_track" : "settled";
}

/**
 * "43 days overdue", of a part of it that is past its day "overdue in part", "due in 91 days", "43 days late" of what is done,
 * and of what is lost "can't be met any more"
 */
export function latenessWords({row, due, days, prospect}: Late): string {
  // When a goal was to be set, only the reason says.
  if (row.status === "to_be_set") return "overdue";
  if (prospect === "overdue") return days > 0 ? `${formatCounted(days, "day")} overdue` : "overdue in part";
  if (prospect === "settled") {
    return row.done_on !== null && days > 0 ? `${formatCounted(days, "day")} late` : "can't be met any more";
  }
  const left = daysLeft(row.through, due);
  return left === 0 ? "due on the last day counted" : `due in ${formatCounted(left, "day")}`;
}

/** Days from one day to a later one; 0 where it is not later. */
export function daysLeft(from: IsoDate, to: IsoDate): number {
  return daysIn(earlier(from, to), to) - 1;
}

function place({prospect}: Late): number {
  return prospects.indexOf(prospect);
}

/** How far along it is, for sorting only; what can't be said stands first. */
function reached({progress_share, attainment_ratio}: AttainmentRow): number {
  return progress_share ?? attainment_ratio ?? Number.NEGATIVE_INFINITY;
}
