import {
  addCalendarMonths,
  addDays,
  daysIn,
  earlier,
  endOfMonthOf,
  fromDay,
  type IsoDate,
  isIsoDate,
  toDay
} from "./iso-date.ts";

export type PeriodKind =
  | "week"
  | "28_days"
  | "month"
  | "quarter"
  | "half"
  | "calendar_year"
  | "fiscal_quarter"
  | "fiscal_year"
  | "plan_year"
  | "any";

/** A named run of days, both ends counted. */
export interface Period {
  /** As written, or as it would be written: `2024-Q1`, `FY2024-Q1`, `2024-01`, `2024-W07`, `28d-2024-03-30`, `2023-2024`. */
  readonly name: string;
  readonly kind: PeriodKind;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

export type Weekday = "sunday" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday";

export interface Calendar {
  readonly week_starts: Weekday;
  /** Month and day, `07-01`. */
  readonly fiscal_year_starts: string;
  readonly plan_years: Readonly<Record<string, {readonly from: IsoDate; readonly to: IsoDate}>>;
  /** Names of the shifts of a day, in their order; left out, a day has none. */
  readonly shifts?: readonly string[] | undefined;
  /** Type of the roster whose members are classes. */
  readonly classes?: string | undefined;
}

export const weekdays: readonly Weekday[] = [
  "sunday",
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday"
];

/**
 * Reads a period's name.
 *
 * @returns Null when the calendar knows no such period.
 * @example parsePeriod("FY2024-Q1", {fiscal_year_starts: "07-01", ...}) //=> 2023-07-01..2023-09-30, named by the year it ends in
 */
export function parsePeriod(name: string, calendar: Calendar): Period | null {
  const planYear = Object.hasOwn(calendar.plan_years, name) ? calendar.plan_years[name] : undefined;
  if (planYear !== undefined) return {name, kind: "plan_year", from: planYear.from, to: planYear.to};
  for (const [pattern, read] of forms) {
    const parts = pattern.exec(name);
    if (parts !== null) return read(name, parts[1] ?? "", parts[2] ?? "", calendar);
  }
  return null;
}

type ReadForm = (name: string, first: string, second: string, calendar: Calendar) => Period | null;

const forms: readonly (readonly [RegExp, ReadForm])[] = [
  [/^([12]\d{3})-Q([1-4])$/, (name, year, q) => months(name, "quarter", `${year}-01-01`, (Number(q) - 1) * 3, 3)],
  [
    /^FY([12]\d{3})-Q([1-4])$/,
    (name, year, q, calendar) =>
      months(name, "fiscal_quarter", fiscalStart(Number(year), calendar), (Number(q) - 1) * 3, 3)
  ],
  [
    /^FY([12]\d{3})$/,
    (name, year, _, calendar) => months(name, "fiscal_year", fiscalStart(Number(year), calendar), 0, 12)
  ],
  [/^([12]\d{3})-H([12])$/, (name, year, h) => months(name, "half", `${year}-01-01`, (Number(h) - 1) * 6, 6)],
  [/^([12]\d{3})-(0[1-9]|1[0-2])$/, (name, year, month) => months(name, "month", `${year}-${month}-01`, 0, 1)],
  [/^([12]\d{3})$/, (name, year) => months(name, "calendar_year", `${year}-01-01`, 0, 12)],
  [/^([12]\d{3})-W(\d\d)$/, (name, year, number, calendar) => week(name, Number(year), Number(number), calendar)],
  [
    /^28d-(\d{4}-\d\d-\d\d)$/,
    (name, to) => (isIsoDate(to) ? {name, kind: "28_days", from: addDays(to, -27), to} : null)
  ],
  [
    /^(\d{4}-\d\d-\d\d)\/(\d{4}-\d\d-\d\d)$/,
    (name, from, to) => (isIsoDate(from) && isIsoDate(to) && from <= to ? {name, kind: "any", from, to} : null)
  ]
];

/** The kinds of name that `parsePeriod` reads, with an example of each; for messages. */
export const periodForms =
  "2024-Q1, FY2024-Q1, FY2024, 2024-01, 2024-H1, 2024, 2024-W07, 28d-2024-03-30, 2024-01-01/2024-06-30, or a plan year";

/**
 * The same calendar period one year earlier by calendar date; weeks and 28-day periods go back exactly 364 days,
 * so that the same weekdays are compared.
 *
 * @example 2023-07-01..2024-06-30 //=> 2022-07-01..2023-06-30
 */
export function previousPeriod(period: Period): Period {
  if (period.kind === "week" || period.kind === "28_days") {
    return anyPeriod(addDays(period.from, -364), addDays(period.to, -364));
  }
  // A period that ends with its month ends with the month a year earlier: 29 February 2024 -> 28 February 2023 and back.
  const to = addCalendarMonths(period.to, -12);
  return anyPeriod(addCalendarMonths(period.from, -12), period.to === endOfMonthOf(period.to) ? endOfMonthOf(to) : to);
}

/** The period of the same length that ends the day before: whole months where the period is whole months, else days. */
export function precedingPeriod(period: Period): Period {
  const to = addDays(period.from, -1);
  if (period.from.endsWith("-01") && period.to === endOfMonthOf(period.to)) {
    return anyPeriod(addCalendarMonths(period.from, -wholeMonths(period)), to);
  }
  return anyPeriod(addDays(to, 1 - daysIn(period.from, period.to)), to);
}

/**
 * The day of an earlier period that corresponds to a day of this one: the same calendar date where the periods start
 * whole months apart (29 February answers 28 February), else the same number of days after the start. The last day
 * answers the last day, and no day answers one outside the earlier period.
 */
export function correspondingDay(day: IsoDate, period: Period, earlierPeriod: Period): IsoDate {
  return correspondence(period, earlierPeriod)(day);
}

/** `correspondingDay` for many days of the same periods: what is the same for all of them is worked out once. */
export function correspondence(period: Period, earlierPeriod: Period): (day: IsoDate) => IsoDate {
  const monthsApart = wholeMonths({from: earlierPeriod.from, to: addDays(period.from, -1)});
  // Both ways: 31 May + 4 months is 30 September, but 30 September - 4 months is 30 May.
  const startsAgree = monthsApart > 0 && addCalendarMonths(period.from, -monthsApart) === earlierPeriod.from;
  const byMonths = startsAgree && period.kind !== "week" && period.kind !== "28_days";
  return (day) => {
    if (day === period.to) return earlierPeriod.to;
    const same = byMonths
      ? addCalendarMonths(day, -monthsApart)
      : addDays(earlierPeriod.from, daysIn(period.from, day) - 1);
    return earlier(same, earlierPeriod.to);
  };
}

/** Kinds of period that a report may be of. */
export type ReportPeriodKind = "week" | "28 days" | "month" | "quarter";

/** The quarter, month or week of this calendar that holds the day; of 28-day periods the one whose last week holds it. */
export function periodAround(day: IsoDate, kind: ReportPeriodKind, calendar: Calendar): Period {
  if (kind === "month") return parsePeriod(day.slice(0, 7), calendar)!;
  if (kind === "quarter") {
    return parsePeriod(`${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`, calendar)!;
  }
  const from = weekStart(day, calendar);
  if (kind === "28 days") return parsePeriod(`28d-${addDays(from, 6)}`, calendar)!;
  // A week belongs to the year that holds its fourth day, as ISO weeks do.
  const year = Number(addDays(from, 3).slice(0, 4));
  const number = (toDay(from) - toDay(firstWeekStart(year, calendar))) / 7 + 1;
  return {name: `${year}-W${String(number).padStart(2, "0")}`, kind: "week", from, to: addDays(from, 6)};
}

/** The last day that ends a week of this calendar, on the day or before it: lastWeekEnd("2019-01-15", ...) //=> "2019-01-12" */
export function lastWeekEnd(day: IsoDate, calendar: Calendar): IsoDate {
  return addDays(weekStart(addDays(day, 1), calendar), -1);
}

/** The whole calendar months that lie in or touch `from..to`, each cut to it. */
export function monthsOf(from: IsoDate, to: IsoDate): Period[] {
  const result: Period[] = [];
  for (let start = from; start <= to; start = addDays(endOfMonthOf(start), 1)) {
    const end = endOfMonthOf(start);
    result.push({name: start.slice(0, 7), kind: "month", from: start, to: end < to ? end : to});
  }
  return result;
}

function months(name: string, kind: PeriodKind, start: IsoDate, skip: number, count: number): Period {
  // Both ends from the year's start: a year that begins on a 31st has no gap behind its shorter months.
  const from = addCalendarMonths(start, skip);
  return {name, kind, from, to: addDays(addCalendarMonths(start, skip + count), -1)};
}

function fiscalStart(year: number, {fiscal_year_starts}: Calendar): IsoDate {
  // A fiscal year that starts with the calendar year ends in the same one.
  return `${fiscal_year_starts === "01-01" ? year : year - 1}-${fiscal_year_starts}`;
}

function week(name: string, year: number, number: number, calendar: Calendar): Period | null {
  const from = addDays(firstWeekStart(year, calendar), (number - 1) * 7);
  const inYear = number >= 1 && from < firstWeekStart(year + 1, calendar);
  return inYear ? {name, kind: "week", from, to: addDays(from, 6)} : null;
}

/** The week that holds 4 January is the year's first: the ISO rule, with the calendar's own first day. */
function firstWeekStart(year: number, calendar: Calendar): IsoDate {
  return weekStart(`${year}-01-04`, calendar);
}

function weekStart(day: IsoDate, {week_starts}: Calendar): IsoDate {
  // Day 0 of the epoch was a Thursday.
  const weekday = (((toDay(day) + 4) % 7) + 7) % 7;
  return fromDay(toDay(day) - ((weekday - weekdays.indexOf(week_starts) + 7) % 7));
}

/** Months of a range that starts and ends on the same day of the month; 0 where it does not fit whole months. */
function wholeMonths({from, to}: {readonly from: IsoDate; readonly to: IsoDate}): number {
  const end = addDays(to, 1);
  const count =
    (Number(end.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(end.slice(5, 7)) - Number(from.slice(5, 7));
  return count > 0 && addCalendarMonths(from, count) === end ? count : 0;
}

function anyPeriod(from: IsoDate, to: IsoDate): Period {
  return {name: `${from}/${to}`, kind: "any", from, to};
}
