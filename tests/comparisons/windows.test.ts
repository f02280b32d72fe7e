import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {addDays, daysIn, fromDay, toDay} from "../../pipeline/calendar/iso-date.ts";
import {windowsTo} from "../../pipeline/comparisons/windows.ts";
import "../support/property-seed.ts";

const anyDay = fc.integer({min: toDay("1904-01-01"), max: toDay("2095-12-31")}).map(fromDay);
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const weekdaysOf = ({from, to}: {from: string; to: string}) => {
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (let day = toDay(from); day <= toDay(to); day++) counts[((day % 7) + 7) % 7]! += 1;
  return counts;
};

describe("the columns of the table", () => {
  test("of a Saturday in December", () => {
    expect(windowsTo("2018-12-29")).toEqual({
      current: {from: "2018-12-02", to: "2018-12-29"},
      previous: {from: "2018-11-04", to: "2018-12-01"},
      year_to_date: {from: "2018-01-01", to: "2018-12-29"},
      last_year: {from: "2017-01-01", to: "2017-12-29"},
      two_years_before: {from: "2016-01-01", to: "2016-12-29"}
    });
  });

  test.each([
    // 29 February stands on its own side only, and the years that lack it end on the 28th.
    ["2020-02-29", "2019-02-28", "2018-02-28", [60, 59, 59]],
    ["2020-02-28", "2019-02-28", "2018-02-28", [59, 59, 59]],
    ["2020-03-01", "2019-03-01", "2018-03-01", [61, 60, 60]],
    ["2021-02-28", "2020-02-28", "2019-02-28", [59, 59, 59]],
    ["2021-03-06", "2020-03-06", "2019-03-06", [65, 66, 65]],
    ["2022-12-31", "2021-12-31", "2020-12-31", [365, 365, 366]],
    ["2019-01-05", "2018-01-05", "2017-01-05", [5, 5, 5]]
  ])("to %s the years before end on %s and %s", (last, lastYear, twoYears, lengths) => {
    const {year_to_date, last_year, two_years_before} = windowsTo(last);
    expect([last_year.to, two_years_before.to]).toEqual([lastYear, twoYears]);
    expect([year_to_date, last_year, two_years_before].map(({from, to}) => daysIn(from, to))).toEqual(lengths);
  });

  test("28 days are four whole weeks, side by side without a gap, on any day", () => {
    fc.assert(
      fc.property(anyDay, (last) => {
        const {current, previous} = windowsTo(last);
        expect(current.to).toBe(last);
        expect(addDays(previous.to, 1)).toBe(current.from);
        for (const window of [current, previous]) expect(weekdaysOf(window)).toEqual([4, 4, 4, 4, 4, 4, 4]);
      })
    );
  });

  test("years run from 1 January to the same date, never overlap, and differ by 29 February alone", () => {
    fc.assert(
      fc.property(anyDay, (last) => {
        const {year_to_date, last_year, two_years_before} = windowsTo(last);
        const leapDay = last.slice(5) === "02-29";
        const lengths = [year_to_date, last_year, two_years_before].map(({from, to}, back) => {
          const year = Number(last.slice(0, 4)) - back;
          expect(from).toBe(`${year}-01-01`);
          expect(to).toBe(`${year}-${leapDay && back > 0 ? "02-28" : last.slice(5)}`);
          return daysIn(from, to) - (isLeap(year) && to.slice(5) >= "02-29" ? 1 : 0);
        });
        // Without their 29 February all three hold the same dates.
        expect(new Set(lengths).size).toBe(1);
        expect(two_years_before.to < last_year.from && last_year.to < year_to_date.from).toBe(true);
      })
    );
  });
});
