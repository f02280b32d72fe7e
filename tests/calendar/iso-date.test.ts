import {UTCDate} from "@date-fns/utc";
import {addMonths, endOfMonth} from "date-fns";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {
  addCalendarMonths,
  addDays,
  daysIn,
  earlier,
  endOfMonthOf,
  fromDay,
  isIsoDate,
  later,
  longDate,
  toDay
} from "../../pipeline/calendar/iso-date.ts";

/** Days of 1000-01-01 to 9999-12-31. */
const day = fc.integer({min: -354_285, max: 2_932_896});
const date = day.map(fromDay);

test.each([
  ["2024-06-30", true],
  ["2024-02-29", true],
  ["2023-02-29", false],
  ["1900-02-29", false],
  ["2000-02-29", true],
  ["2024-06-31", false],
  ["2024-00-10", false],
  ["2024-13-01", false],
  ["2024-6-30", false],
  ["24-06-30", false],
  ["0999-12-31", false],
  ["1000-01-01", true],
  ["9999-12-31", true],
  ["2024-06-30T00:00", false],
  [" 2024-06-30", false],
  ["2024-06-30\n", false],
  ["", false]
])("%j is a day: %s", (text, is) => {
  expect(isIsoDate(text)).toBe(is);
});

test.each([
  ["1970-01-01", 0],
  ["1970-01-02", 1],
  ["1969-12-31", -1],
  ["2000-03-01", 11_017],
  ["2024-02-29", 19_782]
])("%s is day %i", (text, number) => {
  expect(toDay(text)).toBe(number);
  expect(fromDay(number)).toBe(text);
});

test.each([
  ["2024-01-31", 1, "2024-02-29"],
  ["2023-01-31", 1, "2023-02-28"],
  ["2024-02-29", 12, "2025-02-28"],
  ["2024-02-29", -12, "2023-02-28"],
  ["2024-02-29", 48, "2028-02-29"],
  ["2024-12-31", 2, "2025-02-28"],
  ["2024-01-15", -1, "2023-12-15"],
  ["2024-03-31", 0, "2024-03-31"]
])("%s and %i months are %s", (from, months, to) => {
  expect(addCalendarMonths(from, months)).toBe(to);
});

test.each([
  ["2024-02-10", "2024-02-29"],
  ["2023-02-01", "2023-02-28"],
  ["2024-04-30", "2024-04-30"],
  ["2024-12-01", "2024-12-31"]
])("the month of %s ends on %s", (from, to) => {
  expect(endOfMonthOf(from)).toBe(to);
});

test("a page prints the day first and the month in words", () => {
  expect(longDate("2024-06-05")).toBe("5 June 2024");
});

describe("for any day", () => {
  test("number and date are one another's inverse, and dates sort as text", () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        expect(toDay(fromDay(a))).toBe(a);
        expect(fromDay(a) < fromDay(b)).toBe(a < b);
        expect(isIsoDate(fromDay(a))).toBe(true);
      })
    );
  });

  test("both ends count, and nothing is shorter than none", () => {
    fc.assert(
      fc.property(date, fc.integer({min: -400, max: 400}), (from, days) => {
        const to = addDays(from, days);
        fc.pre(isIsoDate(to));
        expect(daysIn(from, to)).toBe(Math.max(0, days + 1));
        expect(addDays(to, -days)).toBe(from);
        expect(earlier(from, to) <= later(from, to)).toBe(true);
      })
    );
  });

  test("a month's end is the day before some first of a month", () => {
    fc.assert(
      fc.property(date, (from) => {
        const end = endOfMonthOf(from);
        expect(end.slice(0, 7)).toBe(from.slice(0, 7));
        expect(end === "9999-12-31" || addDays(end, 1).endsWith("-01")).toBe(true);
      })
    );
  });
});

test("months are those of date-fns", () => {
  const written = (date: Date) => date.toISOString().slice(0, 10);
  fc.assert(
    fc.property(fc.integer({min: -300_000, max: 2_900_000}), fc.integer({min: -500, max: 500}), (number, months) => {
      const [from, utc] = [fromDay(number), new UTCDate(number * 864e5)];
      expect(addCalendarMonths(from, months)).toBe(written(addMonths(utc, months)));
      expect(endOfMonthOf(from)).toBe(written(endOfMonth(utc)));
    })
  );
});
