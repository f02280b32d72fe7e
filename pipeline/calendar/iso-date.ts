/** A calendar day, `yyyy-MM-dd`. It has no time and no zone. Sorts as text. */
export type IsoDate = string;

/** Days since 1970-01-01; negative before. */
export type DayNumber = number;

/** 86,400 s * 1,000. */
const millisecondsOfDay = 864e5;

/** @returns Whether the text is a real day written yyyy-MM-dd, of the years 1000 to 9999. */
export function isIsoDate(text: string): boolean {
  // 31 June is read as 1 July, so only a real day comes back as it went.
  return /^[1-9]\d{3}-\d\d-\d\d$/.test(text) && fromDay(toDay(text)) === text;
}

/** Days read and written so far: the same few thousand come again for every target. */
const read = new Map<IsoDate, DayNumber>();
const written = new Map<DayNumber, IsoDate>();
const mostKept = 100_000;

/** toDay("1970-01-02") //=> 1 */
export function toDay(date: IsoDate): DayNumber {
  const known = read.get(date);
  if (known !== undefined) return known;
  const day = Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10)) / millisecondsOfDay;
  if (read.size < mostKept) read.set(date, day);
  return day;
}

/** fromDay(1) //=> "1970-01-02" */
export function fromDay(day: DayNumber): IsoDate {
  const known = written.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * millisecondsOfDay).toISOString().slice(0, 10);
  if (written.size < mostKept) written.set(day, date);
  return date;
}

/** addDays("2024-02-28", 2) //=> "2024-03-01" */
export function addDays(date: IsoDate, days: number): IsoDate {
  return fromDay(toDay(date) + days);
}

/** Calendar months, kept to the month's last day: addCalendarMonths("2024-02-29", 12) //=> "2025-02-28" */
export function addCalendarMonths(date: IsoDate, months: number): IsoDate {
  const month = monthNumber(date) + months;
  return fromDay(Math.min(firstOfMonth(month) + Number(date.slice(8, 10)), firstOfMonth(month + 1)) - 1);
}

/** endOfMonthOf("2024-02-10") //=> "2024-02-29" */
export function endOfMonthOf(date: IsoDate): IsoDate {
  return fromDay(firstOfMonth(monthNumber(date) + 1) - 1);
}

/** Days of `from..to`, both counted; 0 when `to` is before `from`. */
export function daysIn(from: IsoDate, to: IsoDate): number {
  return Math.max(0, toDay(to) - toDay(from) + 1);
}

export function earlier(a: IsoDate, b: IsoDate): IsoDate {
  return a < b ? a : b;
}

export function later(a: IsoDate, b: IsoDate): IsoDate {
  return a > b ? a : b;
}

/** "30 June 2024": how a page prints a day. */
export function longDate(date: IsoDate): string {
  const [year, month, day] = date.split("-");
  return `${Number(day)} ${monthNames[Number(month) - 1]} ${year}`;
}

/** In English, from January. */
export const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December"
] as const;

/** Months since January 1970; negative before. */
function monthNumber(date: IsoDate): number {
  return (Number(date.slice(0, 4)) - 1970) * 12 + Number(date.slice(5, 7)) - 1;
}

function firstOfMonth(month: number): DayNumber {
  return Date.UTC(1970, month) / millisecondsOfDay;
}
