import fc from "fast-check";
import {expect, test} from "vitest";
import {addDays, daysIn, fromDay, toDay} from "../../pipeline/calendar/iso-date.ts";
import {
  type Calendar,
  correspondingDay,
  type Period,
  parsePeriod,
  precedingPeriod,
  previousPeriod
} from "../../pipeline/calendar/period.ts";

const calendar: Calendar = {
  week_starts: "sunday",
  fiscal_year_starts: "07-01",
  plan_years: {"2023-2024": {from: "2023-07-01", to: "2024-06-30"}}
};

test.each([
  // day, period, answers
  ["2024-02-28", "2024", "2023-02-28"],
  ["2024-02-29", "2024", "2023-02-28"],
  ["2024-03-01", "2024", "2023-03-01"],
  ["2025-02-28", "2025", "2024-02-28"],
  ["2025-03-01", "2025", "2024-03-01"],
  ["2024-02-29", "2024-02", "2023-02-28"],
  ["2025-02-28", "2025-02", "2024-02-29"],
  ["2024-03-31", "2023-2024", "2023-03-31"],
  ["2024-03-30", "28d-2024-03-30", "2023-04-01"],
  ["2024-02-15", "2024-W07", "2023-02-16"]
])("%s of %s answers %s of the year before", (day, name, answer) => {
  const period = parsePeriod(name, calendar)!;
  expect(correspondingDay(day, period, previousPeriod(period))).toBe(answer);
});

test("a quarter's days answer those of the quarter before, kept within it", () => {
  const quarter = parsePeriod("2024-Q2", calendar)!;
  const before = precedingPeriod(quarter);
  expect(["2024-04-01", "2024-05-31", "2024-06-30"].map((day) => correspondingDay(day, quarter, before))).toEqual([
    "2024-01-01",
    "2024-02-29",
    "2024-03-31"
  ]);
});

test("no day answers one after a shorter period's end", () => {
  const period = parsePeriod("2024-03-10/2024-06-30", calendar)!;
  const short = parsePeriod("2024-01-05/2024-02-10", calendar)!;
  expect(correspondingDay("2024-06-01", period, short)).toBe("2024-02-10");
});

const days = {min: toDay("2019-01-01"), max: toDay("2026-12-31")};
const periods = fc.oneof(
  fc
    .tuple(fc.integer({min: 2020, max: 2026}), fc.constantFrom("", "-Q1", "-Q3", "-H1", "-02", "-11", "-W09"))
    .map(([year, part]) => `${year}${part}`),
  fc.integer(days).map((day) => `28d-${fromDay(day)}`),
  fc
    .tuple(fc.integer(days), fc.integer({min: 0, max: 500}))
    .map(([day, length]) => `${fromDay(day)}/${fromDay(day + length)}`)
);

test("answers never go back, stay within the earlier period and end with it", () => {
  fc.assert(
    fc.property(periods, fc.constantFrom(previousPeriod, precedingPeriod), (name, before) => {
      const period = parsePeriod(name, calendar) as Period;
      const earlier = before(period);
      let last = earlier.from;
      for (let day = period.from; day <= period.to; day = addDays(day, 1)) {
        const answer = correspondingDay(day, period, earlier);
        expect(answer >= last && answer <= earlier.to).toBe(true);
        last = answer;
      }
      expect(last).toBe(earlier.to);
    }),
    {numRuns: 300}
  );
});

test("a calendar year's days answer their own dates, but 29 February", () => {
  fc.assert(
    fc.property(fc.integer({min: 2019, max: 2026}), fc.nat(), (year, offset) => {
      const period = parsePeriod(String(year), calendar)!;
      const day = addDays(period.from, offset % daysIn(period.from, period.to));
      const answer = correspondingDay(day, period, previousPeriod(period));
      expect(answer).toBe(`${year - 1}-${day.endsWith("02-29") ? "02-28" : day.slice(5)}`);
    })
  );
});

test("a start that months don't lead back to is answered by days", () => {
  const period = parsePeriod("2022-09-30/2023-01-29", calendar)!;
  const before = precedingPeriod(period);
  expect([before.from, before.to]).toEqual(["2022-05-31", "2022-09-29"]);
  expect(correspondingDay("2022-09-30", period, before)).toBe("2022-05-31");
  expect(correspondingDay("2022-10-01", period, before)).toBe("2022-06-01");
});
