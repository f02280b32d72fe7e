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
