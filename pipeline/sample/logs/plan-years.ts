import {addCalendarMonths, addDays, type IsoDate} from "../../calendar/iso-date.ts";
import type {Project, ProjectTarget} from "../../config/project.ts";

/** A year of a plan, or one before or after it. */
export interface PlanYear {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/**
 * The years from a log's first day on: the plan years of the calendar and those of twelve months before and after them, to
 * one year after the last plan year at least, whatever the last day asked for: what is drawn must not depend on it.
 */
export function planYears({calendar}: Pick<Project, "calendar">, since: IsoDate, through: IsoDate): PlanYear[] {
  const declared = Object.values(calendar.plan_years).sort((a, b) => (a.from < b.from ? -1 : 1));
  const start = declared[0]?.from ?? since;
  const years: PlanYear[] = [];
  for (let from = start; from > since; ) {
    const to = addDays(from, -1);
    from = addCalendarMonths(from, -12);
    years.unshift({from, to});
  }
  years.push(...declared);
  const least = addCalendarMonths(years.at(-1)?.to ?? since, 12);
  for (let last = years.at(-1)?.to ?? addDays(since, -1); last < least || last < through; ) {
    const from = addDays(last, 1);
    last = addDays(addCalendarMonths(from, 12), -1);
    years.push({from, to: last});
  }
  return years;
}

export function overlaps({period}: Pick<ProjectTarget, "period">, {from, to}: PlanYear): boolean {
  return period.from <= to && period.to >= from;
}
