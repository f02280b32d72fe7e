import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {cronFields, cronProblem, occurrenceAfter, occurrenceUpTo} from "../../pipeline/calendar/cron.ts";

const zone = "America/Los_Angeles";

/** The next occurrences after a moment. */
function next(cron: string, from: string, count: number, timeZone = zone): string[] {
  const found: string[] = [];
  for (let at: Date | null = new Date(from); found.length < count; ) {
    at = occurrenceAfter(cron, timeZone, at);
    if (at === null) break;
    found.push(at.toISOString());
  }
  return found;
}

describe("an occurrence", () => {
  test("that the clocks skip comes right after the gap, once", () => {
    expect(next("30 2 * * *", "2024-03-09T12:00:00Z", 3)).toEqual([
      "2024-03-10T10:00:00.000Z",
      "2024-03-11T09:30:00.000Z",
      "2024-03-12T09:30:00.000Z"
    ]);
    expect(next("15,45 2 * * *", "2024-03-10T00:00:00Z", 3).filter((at) => at < "2024-03-11")).toEqual([
      "2024-03-10T10:00:00.000Z"
    ]);
  });

  test("that the clocks repeat comes the first time only", () => {
    expect(next("30 1 * * *", "2024-11-02T12:00:00Z", 2)).toEqual([
      "2024-11-03T08:30:00.000Z",
      "2024-11-04T09:30:00.000Z"
    ]);
    expect(next("30 1,13 * * *", "2024-11-03T00:00:00Z", 3)).toEqual([
      "2024-11-03T08:30:00.000Z",
      "2024-11-03T21:30:00.000Z",
      "2024-11-04T09:30:00.000Z"
    ]);
  });

  test("of midnight comes where the clocks skip midnight", () => {
    expect(next("0 0 * * *", "2024-03-30T00:00:00Z", 2, "Asia/Beirut")).toEqual([
      "2024-03-30T22:00:00.000Z",
      "2024-03-31T21:00:00.000Z"
    ]);
  });

  test("of 29 February waits for a leap year", () => {
    expect(next("0 6 29 2 *", "2024-03-01T00:00:00Z", 2)).toEqual([
      "2028-02-29T14:00:00.000Z",
      "2032-02-29T14:00:00.000Z"
    ]);
  });

  test("at this very moment is the last, not the next", () => {
    const at = new Date("2024-01-08T14:00:00.000Z");
    expect(occurrenceUpTo("0 6 * * 1", zone, at)).toEqual(at);
    expect(occurrenceUpTo("0 6 * * 1", zone, new Date(at.getTime() - 1))?.toISOString()).toBe(
      "2024-01-01T14:00:00.000Z"
    );
    expect(occurrenceAfter("0 6 * * 1", zone, at)?.toISOString()).toBe("2024-01-15T14:00:00.000Z");
    expect(occurrenceAfter("0 6 * * 1", zone, new Date(at.getTime() - 1))).toEqual(at);
  });

  test("looked for from before and from after is the same", () => {
    const minute = fc.integer({min: 0, max: 59});
    const hour = fc.integer({min: 0, max: 23});
    const day = fc.constantFrom("*", "1", "10", "29", "L");
    const weekday = fc.constantFrom("*", "0", "1-5", "SAT");
    const moment = fc.date({min: new Date("2023-01-01"), max: new Date("2026-12-31"), noInvalidDate: true});
    fc.assert(
      fc.property(minute, hour, day, weekday, moment, (m, h, d, w, from) => {
        const cron = `${m} ${h} ${d} * ${w}`;
        const following = occurrenceAfter(cron, zone, from)!;
        expect(following.getTime()).toBeGreaterThan(from.getTime());
        expect(occurrenceUpTo(cron, zone, following)).toEqual(following);
        const former = occurrenceUpTo(cron, zone, new Date(following.getTime() - 1))!;
        expect(former.getTime()).toBeLessThanOrEqual(from.getTime());
        expect(occurrenceAfter(cron, zone, former)).toEqual(following);
      }),
      {numRuns: 300}
    );
  });
});

test.each([
  ["0 6 * * 1", null],
  ["0 6 * * MON", null],
  ["0 6 29 2 *", null],
  ["0 6 L * *", null],
  ["0 6 31 2 *", "never"],
  ["0 6 30,31 2 *", "never"],
  ["", "unreadable"],
  ["0 6 * *", "unreadable"],
  ["0 0 6 * * 1", "unreadable"],
  ["60 6 * * 1", "unreadable"],
  ["0 6 * * Monday", "unreadable"],
  ["2024-01-01T06:00:00", "unreadable"]
])("the expression %j has the problem %j", (cron, problem) => {
  expect(cronProblem(cron)).toBe(problem);
});

test("an expression is spelt out, and what no list can say is not", () => {
  expect(cronFields("*/20 6,18 1-3,L 1,4 mon,7")).toEqual({
    minutes: [0, 20, 40],
    hours: [6, 18],
    days: [1, 2, 3],
    lastDay: true,
    months: [1, 4],
    weekdays: [0, 1]
  });
  expect(cronFields("0 6 * * *")).toMatchObject({days: null, weekdays: null, lastDay: false});
  for (const cron of ["0 6 15W * *", "0 6 LW * *", "0 6 * * MON#1", "0 6 * * 5L", "0 6 13 * +5"]) {
    expect(cronProblem(cron)).toBeNull();
    expect(cronFields(cron), cron).toBeNull();
  }
});
