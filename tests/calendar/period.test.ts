import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {addDays, daysIn, fromDay, isIsoDate, toDay} from "../../pipeline/calendar/iso-date.ts";
import {
  type Calendar,
  correspondingDay,
  lastWeekEnd,
  monthsOf,
  type Period,
  parsePeriod,
  periodAround,
  precedingPeriod,
  previousPeriod,
  weekdays
} from "../../pipeline/calendar/period.ts";

const calendar: Calendar = {
  week_starts: "sunday",
  fiscal_year_starts: "07-01",
  plan_years: {"2023-2024": {from: "2023-07-01", to: "2024-06-30"}, "year-2": {from: "2024-07-01", to: "2025-06-30"}}
};

function period(name: string, changes: Partial<Calendar> = {}): Period {
  const found = parsePeriod(name, {...calendar, ...changes});
  if (found === null) throw new Error(`no period ${name}`);
  return found;
}

test.each([
  ["2024", "calendar_year", "2024-01-01", "2024-12-31"],
  ["2024-H1", "half", "2024-01-01", "2024-06-30"],
  ["2024-H2", "half", "2024-07-01", "2024-12-31"],
  ["2024-Q1", "quarter", "2024-01-01", "2024-03-31"],
  ["2024-Q4", "quarter", "2024-10-01", "2024-12-31"],
  ["2024-02", "month", "2024-02-01", "2024-02-29"],
  ["2023-02", "month", "2023-02-01", "2023-02-28"],
  ["2024-12", "month", "2024-12-01", "2024-12-31"],
  ["FY2024", "fiscal_year", "2023-07-01", "2024-06-30"],
  ["FY2024-Q1", "fiscal_quarter", "2023-07-01", "2023-09-30"],
  ["FY2024-Q3", "fiscal_quarter", "2024-01-01", "2024-03-31"],
  ["FY2024-Q4", "fiscal_quarter", "2024-04-01", "2024-06-30"],
  ["28d-2024-03-30", "28_days", "2024-03-03", "2024-03-30"],
  ["2024-01-01/2024-06-30", "any", "2024-01-01", "2024-06-30"],
  ["2024-02-29/2024-02-29", "any", "2024-02-29", "2024-02-29"],
  ["2023-2024", "plan_year", "2023-07-01", "2024-06-30"],
  ["year-2", "plan_year", "2024-07-01", "2025-06-30"],
  // The week that holds 4 January is the first; weeks start on Sunday here.
  ["2024-W01", "week", "2023-12-31", "2024-01-06"],
  ["2024-W07", "week", "2024-02-11", "2024-02-17"],
  ["2025-W01", "week", "2024-12-29", "2025-01-04"]
])("%s is the %s of %s to %s", (name, kind, from, to) => {
  expect(period(name)).toEqual({name, kind, from, to});
});

test.each([
  ["2024-Q5"],
  ["2024-Q0"],
  ["2024-H3"],
  ["2024-13"],
  ["2024-00"],
  ["FY24"],
  ["2024-W00"],
  ["2024-W54"],
  ["28d-2024-02-30"],
  ["2024-06-30/2024-01-01"],
  ["2024-02-30/2024-03-01"],
  ["0024"],
  ["3024-01"],
  [" 2024"],
  ["2024 "],
  [""],
  // Names that every object has are no plan years.
  ["constructor"],
  ["__proto__"],
  ["toString"]
])("%j is no period", (name) => {
  expect(parsePeriod(name, calendar)).toBeNull();
});

describe("fiscal years are named by the year they end in", () => {
  test.each([
    ["04-01", "FY2024", "2023-04-01", "2024-03-31"],
    ["10-01", "FY2024-Q2", "2024-01-01", "2024-03-31"],
    ["01-01", "FY2024", "2024-01-01", "2024-12-31"],
    ["01-01", "FY2024-Q4", "2024-10-01", "2024-12-31"],
    ["04-06", "FY2024", "2023-04-06", "2024-04-05"]
  ])("starting %s, %s is %s to %s", (fiscal_year_starts, name, from, to) => {
    expect(period(name, {fiscal_year_starts})).toMatchObject({from, to});
  });

  test("the quarters of any fiscal year follow one another without a gap and fill it", () => {
    const starts = fc.integer({min: 0, max: 364}).map((day) => fromDay(toDay("2023-01-01") + day).slice(5));
    fc.assert(
      fc.property(starts, fc.integer({min: 1990, max: 2060}), (fiscal_year_starts, year) => {
        const whole = period(`FY${year}`, {fiscal_year_starts});
        const quarters = [1, 2, 3, 4].map((q) => period(`FY${year}-Q${q}`, {fiscal_year_starts}));
        expect(quarters[0]?.from).toBe(whole.from);
        expect(quarters[3]?.to).toBe(whole.to);
        for (const q of [1, 2, 3]) expect(quarters[q]?.from).toBe(addDays(quarters[q - 1]?.to ?? "", 1));
        expect(period(`FY${year + 1}`, {fiscal_year_starts}).from).toBe(addDays(whole.to, 1));
      })
    );
  });
});

describe("weeks around New Year", () => {
  test.each([
    // Monday weeks are ISO weeks: 2020 had 53, 2021 began on a Friday of 2020's last.
    ["monday", "2021-01-01", "2020-W53", "2020-12-28", "2021-01-03"],
    ["monday", "2021-01-04", "2021-W01", "2021-01-04", "2021-01-10"],
    ["monday", "2024-12-30", "2025-W01", "2024-12-30", "2025-01-05"],
    ["monday", "2027-01-01", "2026-W53", "2026-12-28", "2027-01-03"],
    ["sunday", "2024-12-29", "2025-W01", "2024-12-29", "2025-01-04"],
    ["sunday", "2023-12-31", "2024-W01", "2023-12-31", "2024-01-06"],
    ["sunday", "2023-12-30", "2023-W52", "2023-12-24", "2023-12-30"],
    ["saturday", "2022-01-01", "2022-W01", "2022-01-01", "2022-01-07"]
  ] as const)("with weeks from %s, %s lies in %s, %s to %s", (week_starts, day, name, from, to) => {
    const found = periodAround(day, "week", {...calendar, week_starts});
    expect(found).toEqual({name, kind: "week", from, to});
    expect(period(name, {week_starts})).toEqual(found);
  });

  test("a year has 52 or 53 weeks, and no week belongs to two", () => {
    for (const week_starts of weekdays) {
      for (let year = 2015; year < 2035; year++) {
        const count = [52, 53, 54].filter(
          (n) => parsePeriod(`${year}-W${n}`, {...calendar, week_starts}) !== null
        ).length;
        expect([1, 2]).toContain(count);
        const last = period(`${year}-W${51 + count}`, {week_starts});
        expect(period(`${year + 1}-W01`, {week_starts}).from).toBe(addDays(last.to, 1));
      }
    }
  });
});

const day = fc.integer({min: toDay("1990-01-01"), max: toDay("2060-12-31")}).map(fromDay);
const weekStart = fc.constantFrom(...weekdays);

test("the period around a day holds it, and is read back by its name", () => {
  fc.assert(
    fc.property(day, weekStart, fc.constantFrom("week", "28 days", "month", "quarter"), (on, week_starts, kind) => {
      const found = periodAround(on, kind, {...calendar, week_starts});
      expect(found.from <= on && on <= found.to).toBe(true);
      expect(parsePeriod(found.name, {...calendar, week_starts})).toEqual(found);
    })
  );
});

describe("the last end of a week", () => {
  test.each([
    ["2019-01-15", "sunday", "2019-01-12"],
    ["2019-01-12", "sunday", "2019-01-12"],
    ["2019-01-13", "sunday", "2019-01-12"],
    ["2024-02-18", "monday", "2024-02-18"],
    ["2024-02-17", "monday", "2024-02-11"],
    ["2024-03-01", "friday", "2024-02-29"]
  ] as const)("on %s or before it, of weeks that start on %s, is %s", (on, week_starts, end) => {
    expect(lastWeekEnd(on, {...calendar, week_starts})).toBe(end);
  });

  test("lies in the week before, or is the day itself, and ends the 28 days around itself", () => {
    fc.assert(
      fc.property(day, weekStart, (on, week_starts) => {
        const own = {...calendar, week_starts};
        const end = lastWeekEnd(on, own);
        expect(daysIn(end, on)).toBeGreaterThanOrEqual(1);
        expect(daysIn(end, on)).toBeLessThanOrEqual(7);
        const around = periodAround(end, "28 days", own);
        expect([around.name, around.to, daysIn(around.from, around.to)]).toEqual([`28d-${end}`, end, 28]);
        expect(periodAround(addDays(end, 1), "28 days", own).name).toBe(`28d-${addDays(end, 7)}`);
      })
    );
  });
});

describe("the previous period", () => {
  test.each([
    ["2023-2024", "2022-07-01", "2023-06-30"],
    ["2024", "2023-01-01", "2023-12-31"],
    ["2024-Q1", "2023-01-01", "2023-03-31"],
    ["FY2024-Q3", "2023-01-01", "2023-03-31"],
    // A month that ends on a leap day answers the whole month before, and the other way round.
    ["2024-02", "2023-02-01", "2023-02-28"],
    ["2025-02", "2024-02-01", "2024-02-29"],
    ["2024-01-01/2024-02-29", "2023-01-01", "2023-02-28"],
    ["2025-01-01/2025-02-28", "2024-01-01", "2024-02-29"],
    ["2024-01-01/2024-02-28", "2023-01-01", "2023-02-28"],
    ["2021-04-01/2021-07-31", "2020-04-01", "2020-07-31"],
    // Weeks and 28 days go back 364 days, to the same weekdays.
    ["2024-W07", "2023-02-12", "2023-02-18"],
    ["28d-2024-03-30", "2023-03-05", "2023-04-01"]
  ])("of %s is %s to %s", (name, from, to) => {
    expect(previousPeriod(period(name))).toMatchObject({from, to});
  });
});

describe("the preceding period", () => {
  test.each([
    ["2023-2024", "2022-07-01", "2023-06-30"],
    ["2024-Q1", "2023-10-01", "2023-12-31"],
    ["2024-03", "2024-02-01", "2024-02-29"],
    ["2024-02", "2024-01-01", "2024-01-31"],
    ["2024-W01", "2023-12-24", "2023-12-30"],
    ["28d-2024-03-30", "2024-02-04", "2024-03-02"],
    ["2024-01-10/2024-01-19", "2023-12-31", "2024-01-09"]
  ])("of %s is %s to %s", (name, from, to) => {
    expect(precedingPeriod(period(name))).toMatchObject({from, to});
  });

  test("ends the day before, and is as long where it is not whole months", () => {
    fc.assert(
      fc.property(day, fc.integer({min: 2, max: 500}), (from, days) => {
        const to = addDays(from, days - 1);
        fc.pre(!from.endsWith("-01"));
        const before = precedingPeriod({name: "", kind: "any", from, to});
        expect(before.to).toBe(addDays(from, -1));
        expect(daysIn(before.from, before.to)).toBe(days);
      })
    );
  });
});

describe("the corresponding day of an earlier period", () => {
  test.each([
    // Whole years apart: by calendar date, 29 February on its own side only.
    ["2023-2024", "2023-07-01", "2022-07-01"],
    ["2023-2024", "2024-02-28", "2023-02-28"],
    ["2023-2024", "2024-02-29", "2023-02-28"],
    ["2023-2024", "2024-03-01", "2023-03-01"],
    ["2023-2024", "2024-06-30", "2023-06-30"],
    ["year-2", "2025-02-28", "2024-02-28"],
    ["year-2", "2025-03-01", "2024-03-01"],
    // The last day answers the last day.
    ["2025-02", "2025-02-28", "2024-02-29"],
    ["2025-02", "2025-02-27", "2024-02-27"],
    ["2024-W07", "2024-02-13", "2023-02-14"],
    ["28d-2024-03-30", "2024-03-03", "2023-03-05"]
  ])("in %s, %s answers %s of the previous", (name, on, answer) => {
    const now = period(name);
    expect(correspondingDay(on, now, previousPeriod(now))).toBe(answer);
  });

  test.each([
    ["2024-Q2", "2024-05-31", "2024-02-29"],
    ["2024-03", "2024-03-30", "2024-02-29"],
    ["2024-W02", "2024-01-09", "2024-01-02"]
  ])("in %s, %s answers %s of the preceding", (name, on, answer) => {
    const now = period(name);
    expect(correspondingDay(on, now, precedingPeriod(now))).toBe(answer);
  });

  test("lies in the earlier period, never goes back, and leads from first to first and last to last", () => {
    const names = fc.oneof(
      fc.integer({min: 1995, max: 2050}).map(String),
      fc.tuple(fc.integer({min: 1995, max: 2050}), fc.integer({min: 1, max: 4})).map(([y, q]) => `${y}-Q${q}`),
      fc
        .tuple(fc.integer({min: 1995, max: 2050}), fc.integer({min: 1, max: 12}))
        .map(([y, m]) => `${y}-${String(m).padStart(2, "0")}`),
      fc
        .tuple(fc.integer({min: 1995, max: 2050}), fc.integer({min: 1, max: 52}))
        .map(([y, w]) => `${y}-W${String(w).padStart(2, "0")}`),
      fc.integer({min: 1995, max: 2050}).map((y) => `FY${y}`),
      fc.tuple(day, fc.nat(400)).map(([from, days]) => `${from}/${addDays(from, days)}`)
    );
    fc.assert(
      fc.property(names, fc.constantFrom(previousPeriod, precedingPeriod), (name, before) => {
        const now = period(name);
        const then = before(now);
        expect(isIsoDate(then.from) && isIsoDate(then.to) && then.from <= then.to).toBe(true);
        let last = then.from;
        for (let on = now.from; on <= now.to; on = addDays(on, 1)) {
          const answer = correspondingDay(on, now, then);
          expect(answer >= last && answer <= then.to).toBe(true);
          last = answer;
        }
        if (now.from !== now.to) expect(correspondingDay(now.from, now, then)).toBe(then.from);
        expect(correspondingDay(now.to, now, then)).toBe(then.to);
      }),
      {numRuns: 100}
    );
  });
});

describe("the months of a range", () => {
  test("are whole months, the first and the last cut to the range", () => {
    expect(monthsOf("2023-12-15", "2024-02-10")).toEqual([
      {name: "2023-12", kind: "month", from: "2023-12-15", to: "2023-12-31"},
      {name: "2024-01", kind: "month", from: "2024-01-01", to: "2024-01-31"},
      {name: "2024-02", kind: "month", from: "2024-02-01", to: "2024-02-10"}
    ]);
    expect(monthsOf("2024-02-10", "2024-02-09")).toEqual([]);
  });

  test("fill it without gap or overlap", () => {
    fc.assert(
      fc.property(day, fc.nat(1500), (from, days) => {
        const to = addDays(from, days);
        const months = monthsOf(from, to);
        expect(months[0]?.from).toBe(from);
        expect(months.at(-1)?.to).toBe(to);
        for (const [index, month] of months.entries()) {
          expect(month.from.slice(0, 7)).toBe(month.to.slice(0, 7));
          if (index > 0) expect(month.from).toBe(addDays(months[index - 1]?.to ?? "", 1));
        }
      })
    );
  });
});
