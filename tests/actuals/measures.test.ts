import {rmSync} from "node:fs";
import {afterAll, beforeAll, expect, test} from "vitest";
import type {Actuals} from "../../pipeline/actuals/contract.ts";
import {countStored} from "../support/known-actuals.ts";
import {project, roster, source} from "../support/small-project.ts";
import {storeLoad, temporaryWarehouse} from "../support/stored-loads.ts";

// Every kind of measure over eight cases, calculated by hand.

const cases = source(`
source: cases
title: Cases
files: ["x.csv"]
delivery: snapshot
covers: {from: rows}
date: begun
shift: watch
columns:
  begun: {from: A, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: B, segment: area, required: true}
  ended: {from: C, type: date, formats: [yyyy-MM-dd]}
  hours: {from: D, type: decimal}
  person: {from: E, type: text}
  sex: {from: F, type: text}
  watch: {from: G, type: text}
measures:
  rows: {title: a, count: rows, nature: outcome, better: lower, unit: x}
  endings: {title: a, count: rows, date: ended, nature: output, better: higher, unit: x}
  people: {title: a, count: distinct(person), nature: outcome, better: lower, unit: people}
  hours: {title: a, sum: hours, nature: output, better: higher, unit: hours}
  mean: {title: a, mean: hours, better: higher, unit: hours}
  median: {title: a, median: hours, better: higher, unit: hours}
  p90: {title: a, percentile: {of: hours, at: 90}, better: higher, unit: hours}
  least: {title: a, min: hours, better: higher, unit: hours}
  most: {title: a, max: hours, better: higher, unit: hours}
  women: {title: a, share: {where: {sex: F}}, better: higher, unit: share}
  women_hours: {title: a, share: {where: {sex: F}, weight: hours}, better: higher, unit: share}
  hours_a_person: {title: a, ratio: {of: hours, to: people}, better: higher, unit: hours}
  mean_to_median: {title: a, ratio: {of: mean, to: median}, better: higher, unit: x}
  within_week: {title: a, share: {within: 7 days, from: begun, to: ended}, better: higher, unit: share}
  days: {title: a, duration: {from: begun, to: ended}, better: lower, unit: days}
  mean_days: {title: a, duration: {from: begun, to: ended, take: mean}, better: lower, unit: days}
  on_last_day: {title: a, latest: rows, where: {sex: F}, better: lower, unit: x}
  people_on_last_day: {title: a, latest: distinct(person), better: lower, unit: x}
  hours_on_last_day: {title: a, latest: sum(hours), better: lower, unit: x}
  open: {title: a, latest: {until: ended}, better: lower, unit: x}
  all_done: {title: a, done: ended, where: {person: p}, better: higher, unit: x}
  three_days: {title: a, count: rows, rolling: 3 days, nature: outcome, better: lower, unit: x}
  balance: {title: a, sum: hours, cumulative: {since: 2024-01-05, opening: "100.5"}, nature: outcome, better: lower, unit: x}
`);
const tree = roster("city C City", "area 1 Alder C", "area 2 Birch C");
const city = {type: "city", code: "C"};
const alder = {type: "area", code: "1"};

let given: Awaited<ReturnType<typeof temporaryWarehouse>>;
let actuals: Actuals;
beforeAll(async () => {
  given = await temporaryWarehouse();
  const load = await storeLoad(
    given,
    {id: "a", sequence: 1, columns: ["begun", "area", "ended", "hours", "person", "sex", "watch"]},
    [{partition: null, days: [["2024-01-01", "2024-01-31"]]}],
    `(date '2024-01-01', '1', date '2024-01-01', 0.1::decimal(18,4), 'p', 'F', 'Day'),
     (date '2024-01-02', '1', date '2024-01-09', 0.2, 'q', 'M', ' NIGHT '),
     (date '2024-01-03', '1', date '2024-01-11', 2.5, 'p', 'F', 'day'),
     (date '2024-01-04', '2', null, null, 'r', 'F', 'night'),
     (date '2024-01-05', '2', date '2024-01-02', 3, null, 'M', null),
     (date '2024-01-05', '2', date '2024-01-20', 4.25, 'q', null, 'day'),
     (date '2024-01-20', '1', date '2024-01-21', 1, 's', 'F', 'day'),
     (date '2024-01-20', '2', null, 7.75, 's', 'F', 'night')`
  );
  const small = project([cases], tree);
  actuals = await countStored(
    given,
    {
      ...small,
      settings: {...small.settings, calendar: {...small.settings.calendar, shifts: ["day", "night"]}},
      targets: [...small.measures.keys()].map(
        (measure) => ({measure, at: city, by_segment: [], every: "shift"}) as never
      )
    },
    {cases: [load]}
  );
});
afterAll(() => {
  given.engine.close();
  rmSync(given.warehouse, {recursive: true});
});

const of = (numerator: number, denominator: number, rows_counted = denominator) => ({
  value: numerator / denominator,
  rows_counted,
  numerator,
  denominator,
  reason: null
});
const value = (value: number, rows_counted: number) => ({value, rows_counted, reason: null});
const none = (code: string, detail: string) => ({value: null, rows_counted: null, reason: {code, detail}});

test.each([
  ["rows", value(6, 6)],
  // Ended on 1, 9, 11 and 2 January; that of 20 January is after the window.
  ["endings", value(4, 4)],
  ["people", value(3, 5)],
  ["hours", value(10.05, 6)],
  ["mean", {...of(10.05, 5), value: 2.01}],
  ["median", value(2.5, 5)],
  // 0.1 0.2 2.5 3 4.25: place 3.6 from 0.
  ["p90", value(3.75, 5)],
  ["least", value(0.1, 5)],
  ["most", value(4.25, 5)],
  ["women", of(3, 6)],
  ["women_hours", of(2.6, 10.05, 6)],
  ["hours_a_person", {...of(10.05, 3), rows_counted: 6}],
  ["mean_to_median", {value: 0.804, rows_counted: 5, numerator: 10.05, denominator: 12.5, reason: null}],
  // Those of 1 to 4 January are a week old on the 11th, and 0 and 7 days made it; the one of the 5th is younger, and
  // the one that ended before it began is left out.
  ["within_week", {...of(2, 4), undecided: 1}],
  // 0, 7, 8 days; open after 7 and 6. 1 - 4/5 = 0.2 by day 0; by day 7, of 3, 1 - 0.8 * 3/4 = 0.4; by day 8 all.
  ["days", value(8, 5)],
  ["mean_days", {...of(15, 3), undecided: 2}],
  // The last day with any row up to the 11th is the 5th.
  ["on_last_day", value(0, 0)],
  ["people_on_last_day", value(1, 1)],
  ["hours_on_last_day", value(7.25, 2)],
  // Begun by the 11th and not ended on it: of the 4th and of the 5th.
  ["open", value(2, 2)],
  ["all_done", {...value(1, 2), done_on: "2024-01-11"}],
  ["three_days", value(0, 0)],
  ["balance", value(107.75, 2)]
])("%s of 1 to 11 January", (name, expected) => {
  expect(actuals.over(name, city, "2024-01-01", "2024-01-11")).toEqual(expected);
});

test.each([
  ["rows", "day", value(3, 3)],
  ["hours", "night", value(0.2, 2)],
  ["people", "night", value(2, 2)],
  ["women", "night", of(1, 2)],
  ["days", "day", value(8, 3)],
  ["on_last_day", "day", value(0, 0)],
  ["hours_on_last_day", "day", value(4.25, 1)],
  ["hours_a_person", "day", {...of(6.85, 2), rows_counted: 3}]
])("%s of 1 to 11 January by %s", (name, shift, expected) => {
  expect(actuals.over(name, city, "2024-01-01", "2024-01-11", {shift})).toEqual(expected);
});

test.each([
  ["rows", value(0, 0)],
  ["mean", none("no_cases", "no case")],
  ["median", none("no_cases", "no case")],
  ["women", none("no_cases", "no case")],
  ["days", none("no_cases", "no case")],
  ["within_week", {...none("no_cases", "no case"), undecided: 0}],
  ["hours_a_person", none("zero_base", "the divisor is 0")],
  ["on_last_day", value(0, 0)],
  ["three_days", value(0, 0)],
  ["all_done", {...value(0, 2), done_on: null}]
])("%s of days without a row", (name, expected) => {
  expect(actuals.over(name, city, "2024-01-06", "2024-01-10")).toEqual(expected);
});

test("what has ended is what was known by a day", () => {
  const known = (known_to: string) => actuals.over("within_week", city, "2024-01-01", "2024-01-05", {known_to});
  expect(known("2024-01-05")).toEqual({...none("no_cases", "no case"), undecided: 5});
  expect(known("2024-01-12")).toEqual({...of(2, 5), undecided: 0});
  const days = (known_to: string) => actuals.over("days", city, "2024-01-01", "2024-01-05", {known_to});
  expect(days("2024-01-07")).toEqual(none("no_cases", "fewer than half of the cases have ended"));
  expect(actuals.over("days", alder, "2024-01-01", "2024-01-05", {known_to: "2024-01-09"})).toEqual(value(7, 3));
});

test("a stock is that of its day, and needs no more to be known", () => {
  expect(actuals.over("open", city, "2023-01-01", "2024-01-19").value).toBe(2);
  expect(actuals.over("open", city, "2023-01-01", "2024-01-20").value).toBe(3);
  expect(actuals.over("three_days", city, "2024-01-05", "2024-01-05").value).toBe(4);
  expect(actuals.over("three_days", city, "2024-01-02", "2024-01-02").reason).toEqual({
    code: "not_covered",
    detail: "2 of 3 days"
  });
  expect(actuals.over("balance", city, "2024-01-01", "2024-01-04").value).toBe(100.5);
  expect(actuals.over("balance", city, "2024-01-01", "2024-01-03").reason?.code).toBe("not_covered");
  expect(actuals.over("open", city, "2024-01-01", "2024-02-01").reason?.code).toBe("not_covered");
  expect(actuals.observations("on_last_day", alder, "2024-01-03", "2024-01-31")).toEqual([
    "2024-01-03",
    "2024-01-04",
    "2024-01-05",
    "2024-01-20"
  ]);
});
