import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {addDays, daysIn} from "../../pipeline/calendar/iso-date.ts";
import {type Calendar, type Period, parsePeriod} from "../../pipeline/calendar/period.ts";
import {type CalendarCadence, subPeriodsOf} from "../../pipeline/calendar/sub-periods.ts";

const calendar: Calendar = {
  week_starts: "sunday",
  fiscal_year_starts: "07-01",
  plan_years: {"2023-2024": {from: "2023-07-01", to: "2024-06-30"}},
  shifts: ["day", "night"]
};

const cut = (cadence: CalendarCadence, name: string, by = calendar) =>
  subPeriodsOf(cadence, parsePeriod(name, by)!, by).map(({name, from, to}) => `${name}: ${from} to ${to}`);

describe("the sub-periods of a period", () => {
  test("are whole weeks, from the calendar's weekday on", () => {
    const weeks = cut("week", "2023-2024");
    expect(weeks).toHaveLength(52);
    expect(weeks[0]).toBe("2023-W27: 2023-07-02 to 2023-07-08");
    expect(weeks.at(-1)).toBe("2024-W26: 2024-06-23 to 2024-06-29");
    const mondays = cut("week", "2024-01", {...calendar, week_starts: "monday"});
    expect(mondays.map((week) => week.slice(0, 8))).toEqual(["2024-W01", "2024-W02", "2024-W03", "2024-W04"]);
  });

  test("are pairs of weeks from the first whole one on; a single one at the end is none", () => {
    expect(cut("two weeks", "2023-12-01/2024-01-20")).toEqual([
      "2023-W49 and W50: 2023-12-03 to 2023-12-16",
      "2023-W51 and W52: 2023-12-17 to 2023-12-30",
      "2024-W01 and W02: 2023-12-31 to 2024-01-13"
    ]);
    expect(cut("two weeks", "2023-12-10/2024-01-07").at(-1)).toBe("2023-W52 and 2024-W01: 2023-12-24 to 2024-01-06");
  });

  test("of months are blocks from the period's own first month", () => {
    expect(cut("quarter", "2023-2024").map((quarter) => quarter.slice(0, 7))).toEqual([
      "2023-Q3",
      "2023-Q4",
      "2024-Q1",
      "2024-Q2"
    ]);
    expect(cut("half", "2023-2024")).toEqual([
      "2023-H2: 2023-07-01 to 2023-12-31",
      "2024-H1: 2024-01-01 to 2024-06-30"
    ]);
    expect(cut("year", "2023-2024")).toEqual(["2023-2024: 2023-07-01 to 2024-06-30"]);
    expect(cut("year", "2022-07-01/2024-06-30")[0]).toBe("FY2023: 2022-07-01 to 2023-06-30");
    expect(cut("two months", "2023-11-01/2024-02-29")).toEqual([
      "2023-11 and 12: 2023-11-01 to 2023-12-31",
      "2024-01 and 02: 2024-01-01 to 2024-02-29"
    ]);
    expect(cut("two months", "2023-12-01/2024-01-31")).toEqual(["2023-12 and 2024-01: 2023-12-01 to 2024-01-31"]);
    expect(cut("quarter", "2024-02-01/2024-07-31")).toEqual([
      "2024-02 to 04: 2024-02-01 to 2024-04-30",
      "2024-05 to 07: 2024-05-01 to 2024-07-31"
    ]);
  });

  test("of months in a period that begins within one are the calendar's", () => {
    expect(cut("month", "2024-01-15/2024-04-14")).toEqual([
      "2024-02: 2024-02-01 to 2024-02-29",
      "2024-03: 2024-03-01 to 2024-03-31"
    ]);
    expect(cut("quarter", "2024-01-15/2024-12-31").map((quarter) => quarter.slice(0, 7))).toEqual([
      "2024-Q2",
      "2024-Q3",
      "2024-Q4"
    ]);
    expect(cut("quarter", "2024-01-15/2024-03-31")).toEqual([]);
  });

  test("are each shift of each day, in the calendar's order", () => {
    const shifts = subPeriodsOf("shift", parsePeriod("2024-01-08/2024-01-09", calendar)!, calendar);
    expect(shifts.map(({name, shift, from}) => [name, shift, from])).toEqual([
      ["2024-01-08 day", "day", "2024-01-08"],
      ["2024-01-08 night", "night", "2024-01-08"],
      ["2024-01-09 day", "day", "2024-01-09"],
      ["2024-01-09 night", "night", "2024-01-09"]
    ]);
    expect(cut("shift", "2024-01", {...calendar, shifts: undefined})).toEqual([]);
  });

  const longest: Partial<Record<CalendarCadence, number>> = {
    day: 1,
    week: 7,
    "two weeks": 14,
    month: 31,
    "two months": 62,
    quarter: 92,
    half: 184,
    year: 366
  };
  const cadences = Object.keys(longest) as CalendarCadence[];

  test("lie in it, in order, side by side and each under a name of its own, whatever the period", () => {
    const anyPeriod = fc
      .tuple(fc.integer({min: 0, max: 2000}), fc.integer({min: 0, max: 1500}))
      .map(([skip, length]): Period => {
        const from = addDays("2020-01-01", skip);
        const to = addDays(from, length);
        return {name: `${from}/${to}`, kind: "any", from, to};
      });
    fc.assert(
      fc.property(
        anyPeriod,
        fc.constantFrom(...cadences),
        fc.constantFrom("sunday", "monday"),
        (period, cadence, week_starts) => {
          const parts = subPeriodsOf(cadence, period, {...calendar, week_starts});
          expect(new Set(parts.map(({name}) => name)).size).toBe(parts.length);
          for (const [index, {from, to}] of parts.entries()) {
            expect(from >= period.from && to <= period.to && from <= to).toBe(true);
            if (index > 0) expect(from).toBe(addDays(parts[index - 1]!.to, 1));
          }
          // No room for another one is left at either end.
          if (parts.length === 0) return;
          expect(daysIn(period.from, addDays(parts[0]!.from, -1))).toBeLessThan(longest[cadence]!);
          expect(daysIn(addDays(parts.at(-1)!.to, 1), period.to)).toBeLessThan(longest[cadence]!);
        }
      )
    );
  });
});
