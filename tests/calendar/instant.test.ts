import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {dayOf, endOfDay, parseAsOf} from "../../pipeline/calendar/instant.ts";
import {addDays, fromDay} from "../../pipeline/calendar/iso-date.ts";

describe("--as-of", () => {
  test.each([
    // The end of a day of 24, of 23 and of 25 hours.
    ["2024-01-15", "America/Los_Angeles", "2024-01-16T07:59:59.999Z"],
    ["2024-03-10", "America/Los_Angeles", "2024-03-11T06:59:59.999Z"],
    ["2024-11-03", "America/Los_Angeles", "2024-11-04T07:59:59.999Z"],
    ["2024-11-02", "America/Los_Angeles", "2024-11-03T06:59:59.999Z"],
    ["2024-01-15", "UTC", "2024-01-15T23:59:59.999Z"],
    ["2024-01-15", "Pacific/Kiritimati", "2024-01-15T09:59:59.999Z"],
    // Where the clocks jump over midnight, the day begins at one o'clock.
    ["2024-03-30", "Asia/Beirut", "2024-03-30T21:59:59.999Z"],
    // What the commands print, as one time or the other of a minute that comes twice.
    ["2024-04-02 05:00", "America/Los_Angeles", "2024-04-02T12:00:59.999Z"],
    ["2024-11-03 01:30", "America/Los_Angeles", "2024-11-03T09:30:59.999Z"],
    ["2024-04-02 05:45", "Asia/Kathmandu", "2024-04-02T00:00:59.999Z"],
    ["2024-03-31T12:00Z", "America/Los_Angeles", "2024-03-31T12:00:00.000Z"],
    ["2024-03-31T12:00:00.5-07:00", "UTC", "2024-03-31T19:00:00.500Z"]
  ])("%s in %s is %s", (text, zone, instant) => {
    expect(parseAsOf(text, zone)).toBe(instant);
  });

  test.each([
    "",
    "2024-02-30",
    "2024-02-30T12:00:00Z",
    "2024-03-31T12:00:00",
    "2024-02-30 12:00",
    "2024-03-31 24:00",
    "yesterday",
    "2024-03-31T24:00:00Z"
  ])("%j is no moment", (text) => {
    expect(parseAsOf(text, "UTC")).toBeNull();
  });

  test("a minute that the clocks jump over is no moment", () => {
    expect(parseAsOf("2024-03-10 02:30", "America/Los_Angeles")).toBeNull();
    expect(parseAsOf("2024-03-10 02:30", "UTC")).toBe("2024-03-10T02:30:59.999Z");
  });
});

test("a day ends one millisecond before the next begins, in every zone and season", () => {
  const day = fc.integer({min: 0, max: 25_000}).map(fromDay);
  const zone = fc.constantFrom(
    "America/Los_Angeles",
    "Pacific/Auckland",
    "Asia/Beirut",
    "America/Havana",
    "Asia/Kolkata",
    "UTC"
  );
  fc.assert(
    fc.property(day, zone, (one, where) => {
      const end = Date.parse(endOfDay(one, where));
      expect(dayOf(new Date(end), where)).toBe(one);
      expect(dayOf(new Date(end + 1), where)).toBe(addDays(one, 1));
    }),
    {numRuns: 200}
  );
});
