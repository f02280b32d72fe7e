import type {AttainmentRow, Status} from "../attainment/contract.ts";
import {addDays, type IsoDate} from "../calendar/iso-date.ts";
import {subPeriodsOf} from "../calendar/sub-periods.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import {isLate} from "./lateness.ts";

/** What of a target is due next. */
export interface Next {
  readonly row: AttainmentRow;
  readonly target: ProjectTarget;
  /** The day by which: it ends the sub-period, or is the row's own. */
  readonly on: IsoDate;
  /** Name of the sub-period that a cadence asks for; null of the whole. */
  readonly sub_period: string | null;
}

/** A quarter at its longest: what is due by the end of the one that comes is told. */
export const daysAhead = 92;

const settled: readonly Status[] = ["met", "missed", "tracked", "no_data"];

/**
 * What is due in the next days, the earliest first: of a cadence the sub-period that runs or comes next, of all else the
 * target itself. What is settled, or late already, is not told again; without data nobody knows whether it is.
 */
export function nextOf(
  rows: readonly AttainmentRow[],
  targets: ReadonlyMap<string, ProjectTarget>,
  {calendar}: Pick<Project, "calendar">
): Next[] {
  return rows
    .flatMap((row): Next[] => {
      const target = targets.get(row.target)!;
      const part = runningPart(row, target, calendar);
      const on = part?.to ?? row.due_on ?? row.period_to;
      const isOpen = part === null ? !settled.includes(row.status) && !isLate(row) : row.status !== "tracked";
      const isNear = on > row.through && on <= addDays(row.through, daysAhead);
      return isOpen && isNear ? [{row, target, on, sub_period: part?.name ?? null}] : [];
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** Of a cadence of the calendar the first sub-period that ends after the last day counted. A missed one leaves the next to do. */
function runningPart(
  {through, goal_kind}: AttainmentRow,
  {every, period}: ProjectTarget,
  calendar: Project["calendar"]
): {readonly name: string; readonly to: IsoDate} | null {
  if (every === undefined || every === "class" || every === "observation" || goal_kind === "to_be_set") return null;
  return subPeriodsOf(every, period, calendar).find(({to}) => to > through) ?? null;
}
