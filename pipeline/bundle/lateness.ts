import type {AttainmentRow, Status} from "../attainment/contract.ts";
import {daysIn, earlier, type IsoDate} from "../calendar/iso-date.ts";
import {formatCounted} from "../format/numbers.ts";

/** A target that is late: missed, overdue, or too far behind to come in time as things are. */
export interface Late {
  readonly row: AttainmentRow;
  /** The day on which it was or is due. */
  readonly due: IsoDate;
  /** Days from that day to the day on which it was done, or to the last day counted; 0 where it is still to come. */
  readonly days: number;
}

const lateStatuses: readonly Status[] = ["missed", "off_track"];

/** Whether nobody may wait any more: missed, off track, or past the day by which its goal was to be set. */
export function isLate({status, flags}: Pick<AttainmentRow, "status" | "flags">): boolean {
  return lateStatuses.includes(status) || flags.includes("overdue");
}

/** What of the rows is late: the longest first, then what is off track, the least of the way first. */
export function lateOf(rows: readonly AttainmentRow[]): Late[] {
  return rows
    .filter(isLate)
    .map((row) => {
      const due = row.due_on ?? row.period_to;
      const until = row.done_on ?? row.through;
      return {row, due, days: until > due ? daysIn(due, until) - 1 : 0};
    })
    .sort((a, b) => b.days - a.days || place(a.row) - place(b.row) || reached(a.row) - reached(b.row));
}

/** "43 days late", "43 days overdue", "due in 91 days", and of what is lost before it is due "can't be met any more" */
export function latenessWords({row, due, days}: Late): string {
  if (days > 0) return `${formatCounted(days, "day")} ${row.done_on === null ? "overdue" : "late"}`;
  if (row.status === "missed") return "can't be met any more";
  const left = daysLeft(row.through, due);
  return left === 0 ? "due on the last day counted" : `due in ${formatCounted(left, "day")}`;
}

/** Days from one day to a later one; 0 where it is not later. */
export function daysLeft(from: IsoDate, to: IsoDate): number {
  return daysIn(earlier(from, to), to) - 1;
}

function place({status}: AttainmentRow): number {
  const at = lateStatuses.indexOf(status);
  return at < 0 ? lateStatuses.length : at;
}

/** How far along it is, for sorting only; what can't be said stands first. */
function reached({progress_share, attainment_ratio}: AttainmentRow): number {
  return progress_share ?? attainment_ratio ?? Number.NEGATIVE_INFINITY;
}
