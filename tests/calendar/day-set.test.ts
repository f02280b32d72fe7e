import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {countDays, type DaySet, intersect, subtract, union} from "../../pipeline/calendar/day-set.ts";
import {fromDay, toDay} from "../../pipeline/calendar/iso-date.ts";

const january: DaySet = [["2024-01-01", "2024-01-31"]];

describe("by hand", () => {
  test("ranges that overlap or touch become one", () => {
    expect(union(january, [["2024-01-20", "2024-02-10"]])).toEqual([["2024-01-01", "2024-02-10"]]);
    expect(union(january, [["2024-02-01", "2024-02-10"]])).toEqual([["2024-01-01", "2024-02-10"]]);
    expect(union(january, [["2024-02-02", "2024-02-10"]])).toEqual([
      ["2024-01-01", "2024-01-31"],
      ["2024-02-02", "2024-02-10"]
    ]);
  });

  test("a day taken out of the middle leaves two ranges", () => {
    expect(subtract(january, [["2024-01-10", "2024-01-10"]])).toEqual([
      ["2024-01-01", "2024-01-09"],
      ["2024-01-11", "2024-01-31"]
    ]);
  });

  test("nothing is the empty set", () => {
    expect(union([], [])).toEqual([]);
    expect(intersect(january, [["2024-02-01", "2024-02-02"]])).toEqual([]);
    expect(subtract(january, january)).toEqual([]);
    expect(countDays([])).toBe(0);
  });

  test("29 February counts", () => {
    expect(countDays([["2024-02-01", "2024-03-01"]])).toBe(30);
    expect(countDays([["2023-02-01", "2023-03-01"]])).toBe(29);
  });
});

/** Sixty days around 29 February 2024, so that sets overlap, touch and lie inside one another often. */
const first = toDay("2024-02-01");
const range = fc
  .tuple(fc.nat(60), fc.nat(12))
  .map(([from, length]): DaySet => [[fromDay(first + from), fromDay(first + from + length)]]);
const daySet = fc.array(range, {maxLength: 6}).map((ranges) => ranges.reduce<DaySet>((a, b) => union(a, b), []));

/** The same set, day by day. */
function naive(set: DaySet): Set<number> {
  const days = new Set<number>();
  for (const [from, to] of set) for (let day = toDay(from); day <= toDay(to); day++) days.add(day);
  return days;
}

function expectSame(set: DaySet, days: ReadonlySet<number>): void {
  expect([...naive(set)].sort()).toEqual([...days].sort());
  expect(countDays(set)).toBe(days.size);
  // Sorted, and neither touching nor overlapping.
  for (const [index, [from, to]] of set.entries()) {
    expect(from <= to).toBe(true);
    const next = set[index + 1];
    if (next !== undefined) expect(toDay(next[0])).toBeGreaterThan(toDay(to) + 1);
  }
}

describe("against sets of single days", () => {
  test("union, intersection and difference", () => {
    fc.assert(
      fc.property(daySet, daySet, (a, b) => {
        const [inA, inB] = [naive(a), naive(b)];
        expectSame(union(a, b), new Set([...inA, ...inB]));
        expectSame(intersect(a, b), new Set([...inA].filter((day) => inB.has(day))));
        expectSame(subtract(a, b), new Set([...inA].filter((day) => !inB.has(day))));
      })
    );
  });

  test("what is taken away and put back is the whole", () => {
    fc.assert(
      fc.property(daySet, daySet, (a, b) => {
        expect(union(subtract(a, b), intersect(a, b))).toEqual(a);
        expect(intersect(subtract(a, b), b)).toEqual([]);
      })
    );
  });
});
