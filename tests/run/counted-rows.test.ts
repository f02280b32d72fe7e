import {execFileSync} from "node:child_process";
import {rmSync} from "node:fs";
import {createRequire} from "node:module";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {coverageOf} from "../../pipeline/facts/coverage.ts";
import type {StoredLoad} from "../../pipeline/facts/known.ts";
import type {Knowledge} from "../../pipeline/ledger/contract.ts";
import type {CountedRows} from "../../pipeline/run/counted-from.ts";
import {countedColumns, countedRows, countSql} from "../../pipeline/run/counted-rows.ts";
import {countStored} from "../support/known-actuals.ts";
import {project, roster, source} from "../support/small-project.ts";
import {storeLoad, temporaryWarehouse} from "../support/stored-loads.ts";

// Birch left the roster after January; its row of 1 February counts all the same.
const of = roster(
  "city C City",
  "bureau west West C",
  "bureau east East C",
  "area 1 Alder west",
  "area 2 Birch west - 2024-01-31",
  "area 10 Cedar east"
);
const incidents = source(`
source: incidents
title: Incidents
files: ["x.csv"]
delivery: period
partition: [area]
covers: {from: rows}
date: day
columns:
  day: {from: A, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: B, segment: area, required: true}
  kind: {from: C, type: text}
  hurt: {from: D, type: integer}
  codes: {from: E, type: list}
measures:
  incidents: {title: a, count: rows, nature: outcome, better: lower, unit: x}
  thefts: {title: a, count: rows, where: {kind: ["it's", theft]}, nature: outcome, better: lower, unit: x}
  hurt: {title: a, sum: hurt, nature: outcome, better: lower, unit: people}
  coded: {title: a, count: rows, where: {codes: {contains: "b"}}, nature: outcome, better: lower, unit: x}
  none: {title: a, sum: hurt, where: {kind: arson}, nature: outcome, better: lower, unit: people}
`);
const small = project([incidents], of);

let given: Awaited<ReturnType<typeof temporaryWarehouse>>;
let loads: StoredLoad[];
beforeAll(async () => {
  given = await temporaryWarehouse();
  const columns = ["day", "area", "kind", "hurt", "codes"];
  const january = [["2024-01-01", "2024-01-31"]] as const;
  const both = [["2024-01-01", "2024-02-29"]] as const;
  loads = [
    await storeLoad(
      given,
      {id: "aaaaaaaaaaaa", sequence: 1, columns},
      ["1", "2", "10"].map((partition) => ({partition, days: january})),
      `(date '2024-01-05', '1', 'it''s', 2::bigint, ['a', 'b']), (date '2024-01-06', '2', 'theft', null, ['b']),
       (date '2024-01-07', '2', 'fight', 1, null), (date '2024-01-31', '10', 'theft', 4, ['a'])`
    ),
    // Decides all of Alder anew, and February of the others.
    await storeLoad(
      given,
      {id: "bbbbbbbbbbbb", sequence: 2, columns},
      [
        {partition: "1", days: both},
        {partition: "2", days: [["2024-02-01", "2024-02-29"]]},
        {partition: "10", days: [["2024-02-01", "2024-02-29"]]}
      ],
      `(date '2024-01-05', '1', 'theft', 3::bigint, ['b']), (date '2024-02-01', '2', 'theft', 1, ['b']),
       (date '2024-02-29', '10', '=cmd', 1, ['a', 'b'])`
    )
  ];
});
afterAll(() => {
  given.engine.close();
  rmSync(given.warehouse, {recursive: true});
});

function counted(more: Partial<CountedRows>): CountedRows {
  const known = loads.map((load) => ({...load, source: "incidents", file: `${load.id.slice(0, 1)}.csv`}));
  return {
    project: small,
    knowledge: {loads: known, refusals: [], retracted: [], as_of: null, definitions: null} as unknown as Knowledge,
    coverages: new Map([["incidents", coverageOf(of, incidents, loads, "America/Los_Angeles")]]),
    measure: "incidents",
    segment: {type: "city", code: "C"},
    from: "2024-01-01",
    to: "2024-02-29",
    ...more
  };
}

/** Runs a query in a process of its own that was started in the warehouse's folder, as a person at a terminal would. */
function runInWarehouse(sql: string): number {
  const duckdb = createRequire(import.meta.url).resolve("@duckdb/node-api");
  const program = `
    const {DuckDBInstance} = require(${JSON.stringify(duckdb)});
    DuckDBInstance.create(":memory:")
      .then((instance) => instance.connect())
      .then((connection) => connection.runAndReadAll(process.argv[1]))
      .then((reader) => console.log(String(reader.getRowsJson()[0][0])));`;
  return Number(execFileSync(process.execPath, ["-e", program, sql], {cwd: given.warehouse, encoding: "utf8"}));
}

describe("the query of an explanation", () => {
  test.each([
    // measure, segment, from, to, by hand
    ["incidents", "city", "C", "2024-01-01", "2024-02-29", 6],
    ["incidents", "bureau", "west", "2024-01-01", "2024-02-29", 4],
    ["incidents", "bureau", "east", "2024-01-01", "2024-02-29", 2],
    ["incidents", "area", "1", "2024-01-01", "2024-01-31", 1],
    ["thefts", "city", "C", "2024-01-01", "2024-01-31", 3],
    ["hurt", "city", "C", "2024-01-01", "2024-02-29", 10],
    ["coded", "city", "C", "2024-01-01", "2024-02-29", 4],
    ["none", "city", "C", "2024-01-01", "2024-02-29", 0]
  ])("%s of %s %s, %s to %s, gives what the rollup gives: %d... ", async (measure, type, code, from, to, byHand) => {
    const actuals = await countStored(given, small, {incidents: loads});
    expect(actuals.over(measure, {type, code}, from, to).value).toBe(byHand);
    expect(runInWarehouse(countSql(counted({measure, segment: {type, code}, from, to}))!)).toBe(byHand);
  });

  test("names only the loads that decide the days, relative to the warehouse", () => {
    const sql = countSql(counted({segment: {type: "area", code: "1"}}))!;
    expect(sql).toContain("'loads/test/bbbbbbbbbbbb.parquet'");
    expect(sql).not.toContain("aaaaaaaaaaaa");
    expect(sql).not.toContain(given.warehouse);
  });

  test("there is none where no load decides any of the days", () => {
    expect(countSql(counted({from: "2025-01-01", to: "2025-01-31"}))).toBeNull();
  });
});

describe("the query of a measure of every other kind", () => {
  const cases = source(`
source: incidents
title: Cases
files: ["x.csv"]
delivery: period
partition: [area]
covers: {from: rows}
date: day
columns:
  day: {from: A, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: B, segment: area, required: true}
  kind: {from: C, type: text}
  hurt: {from: D, type: integer}
  codes: {from: E, type: list}
  select: {from: F, type: date, formats: [yyyy-MM-dd]}
measures:
  kinds: {title: a, count: distinct(kind), nature: outcome, better: none, unit: x}
  mean: {title: a, mean: hurt, better: none, unit: x}
  median: {title: a, median: hurt, better: none, unit: x}
  most: {title: a, max: hurt, better: none, unit: x}
  thefts: {title: a, share: {where: {kind: theft}}, better: none, unit: share}
  hurt_in_thefts: {title: a, share: {where: {kind: theft}, weight: hurt}, better: none, unit: share}
  a_case: {title: a, ratio: {of: mean, to: kinds}, better: none, unit: x}
  within: {title: a, share: {within: 2 days, from: day, to: select}, better: none, unit: share}
  lasting: {title: a, duration: {from: day, to: select}, better: none, unit: days}
  last_kinds: {title: a, latest: distinct(kind), better: none, unit: x}
  open: {title: a, latest: {until: select}, better: none, unit: x}
  done: {title: a, done: select, where: {kind: fight}, better: none, unit: x}
  ended: {title: a, count: rows, date: select, nature: output, better: none, unit: x}
  balance: {title: a, sum: hurt, cumulative: {since: 2024-01-06, opening: "2.5"}, nature: output, better: none, unit: x}
`);
  const all = project([cases], of);
  const coverages = new Map<string, ReturnType<typeof coverageOf>>();
  let load: StoredLoad;
  beforeAll(async () => {
    load = await storeLoad(
      given,
      {id: "cccccccccccc", sequence: 1, columns: ["day", "area", "kind", "hurt", "codes", '"select"']},
      ["1", "2", "10"].map((partition) => ({partition, days: [["2024-01-01", "2024-01-31"]]})),
      `(date '2024-01-05', '1', 'it''s', 2::bigint, ['a'], date '2024-01-06'),
       (date '2024-01-06', '2', 'theft', null, ['b'], null),
       (date '2024-01-07', '2', 'fight', 1, null, date '2024-01-10'),
       (date '2024-01-08', '10', 'theft', 4, ['a'], date '2024-01-12')`
    );
    const columns = load.columns.map((name) => name.replaceAll('"', ""));
    load = {...load, columns};
    coverages.set("incidents", coverageOf(of, cases, [load], "America/Los_Angeles"));
  });

  test.each([
    ["kinds", 3, 4],
    ["mean", 7 / 3, 3],
    ["median", 2, 3],
    ["most", 4, 3],
    ["thefts", 2 / 4, 4],
    ["hurt_in_thefts", 4 / 7, 4],
    // Of both its measures.
    ["a_case", 7 / 9, 4],
    // Decided are those of the 5th to the 8th; one of four ended in time.
    ["within", 1 / 4, 4],
    // 1 and 3 days; open after 4 and 2: one of four, and with one of those two that could still end more than half.
    ["lasting", 3, 4],
    // Of three Areas the last days are the 5th, 7th and 8th.
    ["last_kinds", 3, 3],
    ["open", 2, 2],
    ["done", 1, 1],
    ["ended", 2, 2],
    ["balance", 7.5, 3]
  ])("%s is %d", async (measure, byHand, rows) => {
    const asked = {...counted({measure, to: "2024-01-10"}), project: all, coverages};
    const files = [{...load, source: "incidents", file: "c.csv"}];
    const own = {...asked, knowledge: {...asked.knowledge, loads: files} as unknown as Knowledge};
    const actuals = await countStored(given, all, {incidents: [load]});
    const value = actuals.over(measure, own.segment, own.from, own.to);
    expect([value.value, value.rows_counted]).toEqual([expect.closeTo(byHand, 12), rows]);
    expect(runInWarehouse(countSql(own)!)).toBeCloseTo(byHand, 12);
    expect(await countedRows(given.engine, own, given.warehouse)).toHaveLength(measure === "a_case" ? 3 + 4 : rows);
  });
});

test("the rows come with load, file and record, as many as were counted", async () => {
  const asked = counted({measure: "thefts"});
  expect(countedColumns(asked)).toEqual(["load", "file", "record", "day", "area", "kind", "hurt", "codes"]);
  expect(await countedRows(given.engine, asked, given.warehouse)).toEqual([
    {
      load: "aaaaaaaaaaaa",
      file: "a.csv",
      record: "2",
      day: "2024-01-06",
      area: "2",
      kind: "theft",
      hurt: null,
      codes: "b"
    },
    {
      load: "aaaaaaaaaaaa",
      file: "a.csv",
      record: "4",
      day: "2024-01-31",
      area: "10",
      kind: "theft",
      hurt: "4",
      codes: "a"
    },
    {
      load: "bbbbbbbbbbbb",
      file: "b.csv",
      record: "1",
      day: "2024-01-05",
      area: "1",
      kind: "theft",
      hurt: "3",
      codes: "b"
    },
    {
      load: "bbbbbbbbbbbb",
      file: "b.csv",
      record: "2",
      day: "2024-02-01",
      area: "2",
      kind: "theft",
      hurt: "1",
      codes: "b"
    }
  ]);
  expect(await countedRows(given.engine, counted({from: "2025-01-01", to: "2025-01-31"}), given.warehouse)).toEqual([]);
});
