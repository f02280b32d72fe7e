import {rmSync} from "node:fs";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {Actuals} from "../../pipeline/actuals/contract.ts";
import {countStored} from "../support/known-actuals.ts";
import {project, roster, source} from "../support/small-project.ts";
import {storeLoad, temporaryWarehouse} from "../support/stored-loads.ts";

const crimes = source(`
source: crimes
title: Crimes
files: ["crimes*.csv"]
delivery: period
partition: [area]
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  code: {from: Code, type: integer}
  kind: {from: Kind, type: text}
  victims: {from: Victims, type: integer}
  balance: {from: Balance, type: integer}
  modes: {from: Modes, type: list}
  dog: {from: Dog, type: boolean}
  known_on: {from: Known, type: date, formats: [yyyy-MM-dd]}
series:
  - {name: old, until: 2024-01-31}
  - {name: new, from: 2024-02-01}
measures:
  all_crimes: {title: a, count: rows, nature: outcome, better: lower, unit: crimes}
  violent: {title: a, count: rows, where: {code: {in: violent}}, nature: outcome, better: lower, unit: crimes}
  not_violent: {title: a, count: rows, where: {code: {not: {in: violent}}}, nature: outcome, better: lower, unit: crimes}
  victims: {title: a, sum: victims, where: {code: [110, 210]}, nature: outcome, better: lower, unit: people}
  shot: {title: a, count: rows, where: {modes: {contains: "0430"}, code: 110}, nature: outcome, better: lower, unit: crimes}
  street: {title: a, count: rows, where: {kind: {like: "STREET%"}}, nature: outcome, better: lower, unit: crimes}
  no_kind: {title: a, count: rows, where: {kind: {absent: true}}, nature: outcome, better: lower, unit: crimes}
  fees: {title: a, sum: balance, where: {kind: STREET}, nature: outcome, better: lower, unit: dollars}
  fees_and_refunds: {title: a, sum: balance, where: {kind: {present: true}}, nature: outcome, better: lower, unit: dollars}
  with_dog: {title: a, count: rows, where: {dog: true}, nature: outcome, better: lower, unit: crimes}
  low_codes: {title: a, count: rows, where: {code: {from: 110, to: 200}}, nature: outcome, better: lower, unit: crimes}
  known_late: {title: a, count: rows, where: {known_on: {from: "2024-02-01"}}, nature: outcome, better: lower, unit: crimes}
  in_birch: {title: a, count: rows, where: {area: "2"}, nature: outcome, better: lower, unit: crimes}
`);
const posts = source(`
source: posts
title: Posts
files: ["posts*.csv"]
delivery: snapshot
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
measures:
  posts: {title: a, count: rows, nature: output, better: higher, unit: posts}
`);

// Birch joined the east bureau's roster on 1 February as a new segment; Cedar is silent throughout.
const tree = roster(
  "city C City",
  "bureau west West C",
  "bureau east East C",
  "area 1 Alder west",
  "area 2 Birch west",
  "area 10 Cedar east",
  "area 11 Dogwood east 2024-02-01"
);
const city = {type: "city", code: "C"};
const area = (code: string) => ({type: "area", code});
const bureau = (code: string) => ({type: "bureau", code});

let given: Awaited<ReturnType<typeof temporaryWarehouse>>;
let actuals: Actuals;

beforeAll(async () => {
  given = await temporaryWarehouse();
  const of = project([crimes, posts], tree, new Map([["violent", ["110", "210", "230"]]]));
  const span = [["2024-01-01", "2024-02-29"]] as const;
  const load = await storeLoad(
    given,
    {id: "a", sequence: 1, columns: ["day", "area", "code", "kind", "victims", "modes", "dog", "known_on", "balance"]},
    [
      {partition: "1", days: span},
      {partition: "2", days: span},
      {partition: "10", days: span},
      {partition: "11", days: [["2024-01-01", "2024-02-20"]]}
    ],
    `(date '2024-01-05', '1', 110, 'STREET', 2, ['0430', '1100'], true, date '2024-01-06', 5),
     (date '2024-01-05', '1', 210, 'street', null, ['0344'], false, date '2024-02-01', null),
     (date '2024-01-31', '2', 330, 'STREET, LIT', 5, null, null, null, 7),
     (date '2024-02-01', '2', null, null, 1, ['0430'], true, date '2024-02-09', 1),
     (date '2024-02-02', '11', 230, 'ALLEY', 1, [], false, date '2024-02-03', -3),
     (date '2024-01-02', '11', 110, 'ALLEY', 1, [], false, date '2024-02-03', 4)`
  );
  const postLoad = await storeLoad(
    given,
    {id: "b", sequence: 2, columns: ["day"]},
    [{partition: null, days: [["2024-01-01", "2024-01-31"]]}],
    "(date '2024-01-05'), (date '2024-01-05')"
  );
  actuals = await countStored(given, of, {crimes: [load], posts: [postLoad]});
});
afterAll(() => {
  given.engine.close();
  rmSync(given.warehouse, {recursive: true});
});

describe("a measure over a window", () => {
  test.each([
    // measure, segment, value and rows over 2024-01-01..2024-02-20
    ["all_crimes", area("1"), 2, 2],
    ["all_crimes", area("2"), 2, 2],
    ["all_crimes", area("10"), 0, 0],
    ["all_crimes", bureau("west"), 4, 4],
    ["violent", bureau("west"), 2, 2],
    // A null code meets what is not met.
    ["not_violent", bureau("west"), 2, 2],
    ["victims", area("1"), 2, 2],
    ["victims", area("2"), 0, 0],
    ["shot", area("1"), 1, 1],
    ["shot", area("2"), 0, 0],
    ["street", bureau("west"), 2, 2],
    ["no_kind", bureau("west"), 1, 1],
    ["with_dog", bureau("west"), 2, 2],
    ["low_codes", bureau("west"), 1, 1],
    ["known_late", bureau("west"), 2, 2],
    ["in_birch", area("2"), 2, 2],
    ["in_birch", area("1"), 0, 0],
    // A row of January of an Area that was none then still happened: bureaus add up to their city.
    ["all_crimes", bureau("east"), 2, 2],
    ["all_crimes", city, 6, 6]
  ])("%s of %o is %d", (measure, segment, value, rows_counted) => {
    expect(actuals.over(measure, segment, "2024-01-01", "2024-02-20")).toEqual({value, rows_counted, reason: null});
  });

  test("ends on the days that are asked for", () => {
    expect(actuals.over("all_crimes", area("2"), "2024-01-31", "2024-01-31").value).toBe(1);
    expect(actuals.over("all_crimes", area("2"), "2024-02-01", "2024-02-01").value).toBe(1);
    expect(actuals.over("all_crimes", area("2"), "2024-02-02", "2024-02-29").value).toBe(0);
    expect(actuals.over("all_crimes", area("2"), "2024-02-02", "2024-02-01")).toEqual({
      value: 0,
      rows_counted: 0,
      reason: null
    });
  });

  test("is null outside of what is covered, with the reason", () => {
    expect(actuals.over("all_crimes", city, "2024-01-01", "2024-02-29").reason).toEqual({
      code: "partition_missing",
      detail: "3 of 4 Areas, Dogwood missing"
    });
    expect(actuals.over("all_crimes", city, "2024-01-01", "2024-12-31").reason).toEqual({
      code: "not_covered",
      detail: "51 of 366 days"
    });
    expect(actuals.over("all_crimes", area("1"), "2024-01-01", "2024-03-01")).toEqual({
      value: null,
      rows_counted: null,
      reason: {code: "not_covered", detail: "60 of 61 days"}
    });
  });

  test("is null where the segment was not in the roster on every day, whatever the loads cover", () => {
    expect(actuals.over("all_crimes", area("11"), "2024-01-01", "2024-02-20")).toEqual({
      value: null,
      rows_counted: null,
      reason: {code: "not_covered", detail: "Dogwood is in the roster on 20 of 51 days"}
    });
    expect(actuals.over("all_crimes", area("11"), "2024-02-01", "2024-02-20").value).toBe(1);
    expect(actuals.over("all_crimes", area("11"), "2024-02-01", "2024-02-21").reason?.detail).toBe("20 of 21 days");
  });

  test("of a source that tells no segment is the root's alone", () => {
    expect(actuals.over("posts", city, "2024-01-01", "2024-01-31").value).toBe(2);
    expect(actuals.over("posts", area("1"), "2024-01-01", "2024-01-31").reason).toEqual({
      code: "not_covered",
      detail: "posts does not tell Areas"
    });
  });
});

test("by day, nothing left out", () => {
  expect(actuals.daily("all_crimes", area("1"), "2024-01-04", "2024-01-06")).toEqual([
    {day: "2024-01-04", value: 0},
    {day: "2024-01-05", value: 2},
    {day: "2024-01-06", value: 0}
  ]);
});

test("how far it reaches and by which series it was counted", () => {
  expect([actuals.lastCovered("all_crimes"), actuals.horizon("all_crimes")]).toEqual(["2024-02-20", "2024-02-29"]);
  expect(actuals.series("all_crimes", "2024-01-01", "2024-01-31")).toEqual(["old"]);
  expect(actuals.series("all_crimes", "2024-01-31", "2024-02-01")).toEqual(["old", "new"]);
  expect(actuals.series("posts", "2024-01-01", "2024-01-31")).toEqual(["all"]);
});

test("how far a segment is known: an Area as far as its own loads reach", () => {
  const known = [area("1"), bureau("west"), area("11"), bureau("east"), city].map((one) =>
    actuals.knownTo("shot", one)
  );
  expect(known).toEqual(["2024-02-29", "2024-02-29", "2024-02-20", "2024-02-20", "2024-02-20"]);
  expect(actuals.knownTo("posts", city)).toBe("2024-01-31");
});

test("a sum can fall where a day has less than nothing, a count never", () => {
  expect(["fees_and_refunds", "fees", "all_crimes"].map(actuals.canFall)).toEqual([true, false, false]);
});
