import {addCalendarMonths, addDays, endOfMonthOf, type IsoDate} from "./iso-date.ts";
import {type Calendar, type Period, parsePeriod, periodAround} from "./period.ts";

/** Runs of time that a calendar alone tells. */
export type CalendarCadence = keyof typeof monthsOfBlock | "day" | "week" | "two weeks" | "shift";

const monthsOfBlock = {month: 1, "two months": 2, quarter: 3, half: 6, year: 12} as const;

/** One of the runs of time that a period is cut into. */
export interface SubPeriod extends Period {
  /** Of a shift its name; `from` and `to` are its day. */
  readonly shift: string | null;
}

/**
 * The whole days, weeks, months ... that lie in a period, in order; one that reaches over its edge is none of it.
 *
 * - Weeks begin on the calendar's weekday; two weeks are pairs from the first whole week on, a single one left at the
 *   end is none.
 * - Months and longer are counted from the period's first day where that is the first of a month, so that a plan year
 *   from July has quarters and halves of its own; else those of the calendar year.
 * - Names: 2024-01-08, 2024-W02, "2024-W02 and W03", 2024-01, "2024-01 and 02", 2024-Q1, 2024-H1, 2024; a block that has
 *   no such name by its months, "2024-02 to 04", a year by the calendar's name of it, FY2024 or a plan year.
 * - Shifts: each of the calendar's on each day, "2024-01-08 night".
 */
export function subPeriodsOf(cadence: CalendarCadence, period: Period, calendar: Calendar): SubPeriod[] {
  switch (cadence) {
    case "day":
      return days(period).map((day) => whole({name: day, kind: "any", from: day, to: day}));
    case "shift":
      return days(period).flatMap((day) =>
        (calendar.shifts ?? []).map((shift): SubPeriod => {
          return {name: `${day} ${shift}`, kind: "any", from: day, to: day, shift};
        })
      );
    case "week":
      return weeks(period, calendar).map(whole);
    case "two weeks":
      return pairs(weeks(period, calendar)).map(whole);
    default:
      return blocks(monthsOfBlock[cadence], period, calendar).map(whole);
  }
}

function whole(period: Period): SubPeriod {
  return {...period, shift: null};
}

function days({from, to}: Period): IsoDate[] {
  const result: IsoDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) result.push(day);
  return result;
}

function weeks({from, to}: Period, calendar: Calendar): Period[] {
  const around = periodAround(from, "week", calendar);
  const result: Period[] = [];
  for (
    let start = around.from < from ? addDays(around.from, 7) : from;
    addDays(start, 6) <= to;
    start = addDays(start, 7)
  )
    result.push(periodAround(start, "week", calendar));
  return result;
}

/** Weeks go back by whole weeks, so do pairs of them: their kind says so. */
function pairs(weeks: readonly Period[]): Period[] {
  return weeks.flatMap((first, index): Period[] => {
    const second = weeks[index + 1];
    if (index % 2 === 1 || second === undefined) return [];
    const [year, number] = second.name.split("-");
    const name = `${first.name} and ${first.name.startsWith(`${year}-`) ? number : second.name}`;
    return [{name, kind: "week", from: first.from, to: second.to}];
  });
}

function blocks(months: number, {from, to}: Period, calendar: Calendar): Period[] {
  const start = from.endsWith("-01") ? from : firstOfBlock(months, from);
  const result: Period[] = [];
  for (let at = 0; ; at += months) {
    const first = addCalendarMonths(start, at);
    const last = addDays(addCalendarMonths(start, at + months), -1);
    if (last > to) return result;
    result.push(named(months, first, last, calendar));
  }
}

/** The first block of the calendar year, counted from January, that begins after the day. */
function firstOfBlock(months: number, day: IsoDate): IsoDate {
  const month = addDays(endOfMonthOf(day), 1);
  const into = (Number(month.slice(5, 7)) - 1) % months;
  return addCalendarMonths(month, into === 0 ? 0 : months - into);
}

function named(months: number, from: IsoDate, to: IsoDate, calendar: Calendar): Period {
  const year = Number(from.slice(0, 4));
  const month = Number(from.slice(5, 7));
  const names: Readonly<Record<number, readonly string[]>> = {
    1: [from.slice(0, 7)],
    3: [`${year}-Q${Math.ceil(month / 3)}`],
    6: [`${year}-H${Math.ceil(month / 6)}`],
    12: [String(year), ...Object.keys(calendar.plan_years), `FY${year}`, `FY${year + 1}`]
  };
  for (const name of names[months] ?? []) {
    const period = parsePeriod(name, calendar);
    if (period?.from === from && period.to === to) return period;
  }
  const end = to.startsWith(`${year}-`) ? to.slice(5, 7) : to.slice(0, 7);
  return {name: `${from.slice(0, 7)} ${months === 2 ? "and" : "to"} ${end}`, kind: "any", from, to};
}
