import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {daysIn, fromDay, toDay} from "../../pipeline/calendar/iso-date.ts";
import {type CoveringLoad, coverageOf} from "../../pipeline/facts/coverage.ts";
import {roster, smallRoster, source} from "../support/small-project.ts";

const yaml = (partition: string) => `
source: calls
title: Calls
files: ["calls*.csv"]
delivery: period
${partition}
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  kind: {from: Kind, type: text}
`;
const byArea = source(yaml("partition: [area]"));
const whole = source(yaml(""));

function load(
  id: string,
  sequence: number,
  covered: CoveringLoad["covered"],
  columns = ["day", "area", "kind"]
): CoveringLoad {
  return {id, sequence, at: "2024-05-01T00:00:00.000Z", extracted: null, covered, columns};
}

const city = {type: "city", code: "C"};
const west = {type: "bureau", code: "west"};
const year = ["2024-01-01", "2024-12-31"] as const;

describe("coverage by partition", () => {
  const coverage = coverageOf(
    smallRoster,
    byArea,
    [
      load("a", 1, [
        {partition: "1", days: [year]},
        {partition: "2", days: [year]},
        {partition: "10", days: [["2024-01-01", "2024-06-30"]]}
      ])
    ],
    "America/Los_Angeles"
  );

  test("a segment above the partitions needs all of them", () => {
    expect(coverage.ask(west, ...year, [])).toEqual({
      days: 366,
      roster_days: 366,
      covered_days: 366,
      partitions: 2,
      missing_partitions: [],
      missing_columns: []
    });
    expect(coverage.ask(city, ...year, [])).toMatchObject({
      covered_days: 182,
      partitions: 3,
      missing_partitions: ["Cedar"]
    });
    expect(coverage.ask(city, "2024-01-01", "2024-06-30", [])).toMatchObject({
      covered_days: 182,
      missing_partitions: []
    });
  });

  test("first and last are of all partitions, horizon of any", () => {
    expect(coverage).toMatchObject({first: "2024-01-01", last: "2024-06-30", horizon: "2024-12-31"});
  });

  test("with no loads nothing is covered", () => {
    const nothing = coverageOf(smallRoster, byArea, [], "America/Los_Angeles");
    expect(nothing).toMatchObject({first: null, last: null, horizon: null});
    expect(nothing.ask(city, ...year, ["kind"])).toMatchObject({
      covered_days: 0,
      missing_partitions: ["Alder", "Birch", "Cedar"],
      missing_columns: []
    });
  });
});

test("without partition a load speaks for every segment", () => {
  const coverage = coverageOf(
    smallRoster,
    whole,
    [load("a", 1, [{partition: null, days: [["2024-01-01", "2024-01-31"]]}])],
    "America/Los_Angeles"
  );
  expect(coverage.ask({type: "area", code: "10"}, "2024-01-01", "2024-02-01", [])).toMatchObject({
    days: 32,
    covered_days: 31,
    partitions: 1,
    missing_partitions: []
  });
});

test("an Area counts for the city only on the days on which it was one", () => {
  const moving = roster("city C City", "area 1 Old C - 2024-01-31", "area 2 New C 2024-02-01", "area 3 Always C");
  const coverage = coverageOf(
    moving,
    byArea,
    [
      load("a", 1, [
        {partition: "1", days: [["2024-01-01", "2024-01-31"]]},
        {partition: "2", days: [["2024-02-01", "2024-02-29"]]},
        {partition: "3", days: [["2024-01-01", "2024-02-29"]]}
      ])
    ],
    "America/Los_Angeles"
  );
  expect(coverage.ask(city, "2024-01-01", "2024-02-29", [])).toMatchObject({days: 60, covered_days: 60, partitions: 3});
  expect(coverage.ask(city, "2024-02-01", "2024-02-29", [])).toMatchObject({covered_days: 29, partitions: 2});
  expect(coverage.ask({type: "area", code: "2"}, "2024-01-30", "2024-02-01", [])).toMatchObject({
    days: 3,
    covered_days: 1
  });
});

test("no segment is covered on days on which it is not in the roster, with and without partition", () => {
  const young = roster("city C City", "bureau w W C 2024-02-10", "area 1 Alder w", "area 2 Dogwood w 2024-02-16");
  const days = [year];
  const quarter = ["2024-01-01", "2024-03-31"] as const;
  const coverages = [
    coverageOf(young, whole, [load("a", 1, [{partition: null, days}])], "America/Los_Angeles"),
    coverageOf(
      young,
      byArea,
      [
        load(
          "a",
          1,
          ["1", "2"].map((partition) => ({partition, days}))
        )
      ],
      "America/Los_Angeles"
    )
  ];
  for (const coverage of coverages) {
    const ask = (type: string, code: string) => coverage.ask({type, code}, ...quarter, []);
    expect(ask("area", "1")).toMatchObject({days: 91, roster_days: 91, covered_days: 91});
    expect(ask("area", "2")).toMatchObject({days: 91, roster_days: 45, covered_days: 45});
    expect(ask("bureau", "w")).toMatchObject({days: 91, roster_days: 51, covered_days: 51});
    expect(ask("city", "C")).toMatchObject({days: 91, roster_days: 91, covered_days: 91});
    expect(coverage.ask({type: "area", code: "2"}, "2024-02-16", "2024-03-31", []).covered_days).toBe(45);
  }
  const closed = roster("city C City", "area 1 Alder C - 2024-02-15");
  const known = coverageOf(closed, whole, [load("a", 1, [{partition: null, days}])], "America/Los_Angeles");
  expect(known.knownTo({type: "area", code: "1"})).toBe("2024-12-31");
});

test("a segment is known to the last day of the slowest of its Areas of that day", () => {
  const moving = roster(
    "city C City",
    "bureau w W C",
    "bureau e E C",
    "area 1 Old w - 2024-01-31",
    "area 2 New w 2024-02-01",
    "area 3 Far e"
  );
  const coverage = coverageOf(
    moving,
    byArea,
    [
      load("a", 1, [
        {partition: "1", days: [["2024-01-01", "2024-01-31"]]},
        {partition: "2", days: [["2024-02-01", "2024-03-31"]]},
        {partition: "3", days: [["2024-01-01", "2024-02-10"]]}
      ])
    ],
    "America/Los_Angeles"
  );
  const areas = ["1", "2", "3"].map((code) => coverage.knownTo({type: "area", code}));
  expect(areas).toEqual(["2024-01-31", "2024-03-31", "2024-02-10"]);
  expect(coverage.knownTo({type: "bureau", code: "w"})).toBe("2024-03-31");
  expect(coverage.knownTo(city)).toBe("2024-02-10");
  expect(coverageOf(moving, byArea, [], "America/Los_Angeles").knownTo(city)).toBeNull();
  const late = coverageOf(moving, byArea, [load("a", 1, [{partition: "1", days: [year]}])], "America/Los_Angeles");
  expect([late.knownTo({type: "area", code: "1"}), late.knownTo(city)]).toEqual(["2024-12-31", null]);
});

test("a segment below the partitions is covered where its partition is", () => {
  const sites = roster("city C City", "area 1 Alder C", "area 2 Birch C", "site s1 Pier 1");
  const coverage = coverageOf(
    sites,
    byArea,
    [load("a", 1, [{partition: "1", days: [["2024-01-01", "2024-01-31"]]}])],
    "America/Los_Angeles"
  );
  expect(coverage.ask({type: "site", code: "s1"}, "2024-01-01", "2024-01-31", [])).toMatchObject({
    covered_days: 31,
    partitions: 1
  });
});

test("a column that a deciding load lacks is told, and only for the days and partitions that it decides", () => {
  const coverage = coverageOf(
    smallRoster,
    byArea,
    [
      load("old", 1, [{partition: "1", days: [["2024-01-01", "2024-01-31"]]}], ["day", "area"]),
      load("new", 2, [
        {partition: "1", days: [["2024-02-01", "2024-02-29"]]},
        {partition: "2", days: [["2024-01-01", "2024-02-29"]]}
      ])
    ],
    "America/Los_Angeles"
  );
  const ask = (area: string, from: string, to: string) =>
    coverage.ask({type: "area", code: area}, from, to, ["kind"]).missing_columns;
  expect(ask("1", "2024-01-31", "2024-02-10")).toEqual(["kind"]);
  expect(ask("1", "2024-02-01", "2024-02-10")).toEqual([]);
  expect(ask("2", "2024-01-01", "2024-02-10")).toEqual([]);
});

test("covered days are what a look at each day finds", () => {
  const start = toDay("2024-02-20");
  const day = fc.integer({min: 0, max: 25}).map((offset) => fromDay(start + offset));
  const range = fc.tuple(day, day).map(([a, b]) => (a < b ? ([a, b] as const) : ([b, a] as const)));
  const covered = fc.tuple(
    ...["1", "2", "10"].map((partition) => fc.array(range, {maxLength: 3}).map((days) => ({partition, days})))
  );
  fc.assert(
    fc.property(
      covered,
      covered,
      range,
      fc.constantFrom(city, west, {type: "area", code: "10"}),
      (one, two, [from, to], segment) => {
        const coverage = coverageOf(smallRoster, byArea, [load("a", 1, one), load("b", 2, two)], "America/Los_Angeles");
        const parts = segment === city ? ["1", "2", "10"] : segment === west ? ["1", "2"] : ["10"];
        let days = 0;
        for (let offset = 0; offset < daysIn(from, to); offset += 1) {
          const at = fromDay(toDay(from) + offset);
          const holds = (partition: string) =>
            [...one, ...two].some((c) => c.partition === partition && c.days.some(([a, b]) => a <= at && at <= b));
          if (parts.every(holds)) days += 1;
        }
        const answer = coverage.ask(segment, from, to, []);
        expect(answer.covered_days).toBe(days);
        expect(answer.missing_partitions.length === 0).toBe(days === answer.days);
      }
    )
  );
});
