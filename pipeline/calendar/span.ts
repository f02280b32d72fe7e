import {addCalendarMonths, addDays, type IsoDate} from "./iso-date.ts";

/** A run of time as people say it: 90 days, 2 weeks, 24 months, 1 year. */
export interface Span {
  /** From 1. */
  readonly count: number;
  readonly unit: "day" | "week" | "month" | "year";
}

/** addSpan("2024-01-31", {count: 1, unit: "month"}) //=> "2024-02-29": months and years keep to the month's last day */
export function addSpan(day: IsoDate, {count, unit}: Span): IsoDate {
  if (unit === "day" || unit === "week") return addDays(day, count * (unit === "week" ? 7 : 1));
  return addCalendarMonths(day, count * (unit === "year" ? 12 : 1));
}

/** The first day of so long a time that ends on the day: rollingFrom("2024-06-30", {count: 1, unit: "year"}) //=> "2023-07-01" */
export function rollingFrom(day: IsoDate, {count, unit}: Span): IsoDate {
  if (unit === "day" || unit === "week") return addDays(day, 1 - count * (unit === "week" ? 7 : 1));
  return addCalendarMonths(addDays(day, 1), -count * (unit === "year" ? 12 : 1));
}

/** spanWords({count: 24, unit: "month"}) //=> "24 months" */
export function spanWords({count, unit}: Span): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
