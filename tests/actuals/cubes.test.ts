import {rmSync} from "node:fs";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {countLoads} from "../../pipeline/actuals/count-loads.ts";
import {rollupOf} from "../../pipeline/actuals/rollup.ts";
import {countStored} from "../support/known-actuals.ts";
import {project, source} from "../support/small-project.ts";
import {storeLoad, temporaryWarehouse} from "../support/stored-loads.ts";

const codes = Array.from({length: 60}, (_, code) => code);
const measure = (name: string, where: string) =>
  `  ${name}: {title: x, count: rows, where: {${where}}, nature: outcome, better: lower, unit: x}`;
// Columns named as SQL might name its own.
const stops = source(`
source: stops
title: Stops
files: ["x.csv"]
delivery: snapshot
covers: {from: rows}
date: day
columns:
  day: {from: A, type: date, formats: [yyyy-MM-dd], required: true}
  value: {from: B, segment: area, required: true}
  class: {from: C, type: integer}
  cell: {from: D, type: integer}
  number: {from: E, type: integer}
  rows_counted: {from: F, type: boolean}
measures:
${codes.map((code) => measure(`by_class_${code}`, `class: ${code}`)).join("\n")}
${codes.map((code) => measure(`by_cell_${code}`, `cell: ${code}`)).join("\n")}
${measure("both", "class: 7, cell: 7, rows_counted: true")}
${measure("neither", "class: {not: 7}, cell: {not: 7}")}
  added: {title: x, sum: number, where: {class: {from: 0}}, nature: outcome, better: lower, unit: x}
`);
const city = {type: "city", code: "C"};
const columns = ["day", "value", "class", "cell", "number", "rows_counted"];

let given: Awaited<ReturnType<typeof temporaryWarehouse>>;
beforeAll(async () => {
  given = await temporaryWarehouse();
});
afterAll(() => {
  given.engine.close();
  rmSync(given.warehouse, {recursive: true});
});

/** Every class with every cell once a day, each time in another Area; `number` is the class. */
const everything = `select
    row_number() over () as record, date '1900-02-28' + (place % 3)::integer as day, ['1', '2', '10'][1 + (class + cell) % 3] as value,
    class::bigint as class, cell::bigint as cell, class::bigint as number, class = cell as rows_counted
from range(60) as classes (class), range(60) as cells (cell), range(3) as places (place)`;

describe("measures whose filters have nothing to do with one another", () => {
  test("are counted in passes of their own, and no less right", async () => {
    const all = project([stops]);
    const [cells] = await countLoads(given.engine, rollupOf(all, stops), [everything]);
    // In one pass there would be 3,600 kinds of rows, and nobody asks for them.
    expect(cells!.length).toBeGreaterThan(1);
    expect(Math.max(...cells!.map(({kinds}) => kinds.length))).toBeLessThan(200);

    const load = await storeLoad(
      given,
      {id: "all", sequence: 1, columns},
      [{partition: null, days: [["1900-02-01", "1900-03-31"]]}],
      "(date '1900-01-01', '1', 1::bigint, 1::bigint, 1::bigint, true)"
    );
    await given.engine.run(`copy (${everything}) to '${given.warehouse}/${load.rows_file}' (format parquet)`);
    const actuals = await countStored(given, all, {stops: [load]});
    const over = (name: string, segment = city) => actuals.over(name, segment, "1900-02-01", "1900-03-31").value;
    for (const code of codes) {
      expect([over(`by_class_${code}`), over(`by_cell_${code}`)]).toEqual([180, 180]);
      expect(over(`by_class_${code}`, {type: "area", code: "10"})).toBe(60);
    }
    expect([over("both"), over("neither")]).toEqual([3, 59 * 59 * 3]);
    expect(over("added")).toBe(((59 * 60) / 2) * 60 * 3);
    expect(actuals.over("both", city, "1900-03-01", "1900-03-01").value).toBe(1);
  });
});

test("more rows on a day than a byte can count, and days further apart than two bytes", async () => {
  const rows = [300, 1].flatMap((count, at) =>
    Array.from(
      {length: count},
      () => `(date '${at === 0 ? "1500-01-01" : "2024-01-01"}', '2', 1::bigint, 1::bigint, -1::bigint, null::boolean)`
    )
  );
  const load = await storeLoad(
    given,
    {id: "far", sequence: 1, columns},
    [{partition: null, days: [["1500-01-01", "2024-12-31"]]}],
    rows.join(", ")
  );
  const actuals = await countStored(given, project([stops]), {stops: [load]});
  const over = (name: string, from: string, to: string) => actuals.over(name, city, from, to).value;
  expect(over("by_class_1", "1500-01-01", "1500-01-01")).toBe(300);
  expect(over("by_class_1", "1500-01-02", "2024-12-31")).toBe(1);
  expect(over("added", "1500-01-01", "2024-12-31")).toBe(-301);
  expect(actuals.canFall("added")).toBe(true);
});

test("rows on days without a name are in no cell, whichever others a load has", async () => {
  const all = project([stops]);
  const row = (day: string) => `select ${day} as day, '2' as value, 1::bigint as class, 1::bigint as cell,
    1::bigint as number, null::boolean as rows_counted`;
  const early = row("date '0999-12-31'");
  const late = row("date '10000-01-01'");
  const counted = await countLoads(given.engine, rollupOf(all, stops), [
    `${early} union all ${row("date '2024-02-29'")} union all ${late}`,
    `${early} union all ${late}`,
    `${row("null::date")}`
  ]);
  const rows = counted.map((cells) => cells.map((block) => [...block.rows].reduce((sum, one) => sum + one, 0)));
  const [named, ...others] = rows;
  expect(new Set(named)).toEqual(new Set([1]));
  expect(others).toEqual([[], []]);
});

describe("measures that ask each row for an entry of a list", () => {
  const entries = Array.from({length: 30}, (_, at) => `m${at}`);
  const lists = source(`
source: lists
title: Lists
files: ["x.csv"]
delivery: snapshot
covers: {from: rows}
date: day
columns:
  day: {from: A, type: date, formats: [yyyy-MM-dd], required: true}
  modes: {from: B, type: list}
measures:
${entries.map((entry) => measure(entry, `modes: {contains: "${entry}"}`)).join("\n")}
`);

  test("double the kinds of rows each, so thirty of them are never put into one pass", async () => {
    const all = project([lists]);
    // Row n holds the entries whose number divides n.
    const rows = `select
    row_number() over () as record, date '2024-01-01' + (row % 31)::integer as day,
    list_transform(list_filter(range(30), lambda n: row % (n + 1) = 0), lambda n: 'm' || n) as modes
from range(1, 1001) as rows (row)`;
    const [cells] = await countLoads(given.engine, rollupOf(all, lists), [rows]);
    expect(cells!.length).toBeGreaterThan(1);
    const load = await storeLoad(
      given,
      {id: "lists", sequence: 1, columns: ["day", "modes"]},
      [{partition: null, days: [["2024-01-01", "2024-01-31"]]}],
      "(date '2024-01-01', ['m0'])"
    );
    await given.engine.run(`copy (${rows}) to '${given.warehouse}/${load.rows_file}' (format parquet)`);
    const actuals = await countStored(given, all, {lists: [load]});
    const counts = entries.map((entry) => actuals.over(entry, city, "2024-01-01", "2024-01-31").value);
    expect(counts).toEqual(entries.map((_, at) => Math.floor(1000 / (at + 1))));
  });
});

test("an Area of a load without the column that tells Areas is not known; its city is", async () => {
  const told = source(`
source: told
title: Told
files: ["x.csv"]
delivery: period
covers: {from: rows}
date: day
columns:
  day: {from: A, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: B, segment: area}
measures:
${measure("told", "")}
`);
  const days = (month: string) => [{partition: null, days: [[`2024-${month}-01`, `2024-${month}-28`]] as const}];
  const loads = [
    await storeLoad(
      given,
      {id: "old", sequence: 1, columns: ["day"]},
      days("01"),
      "(date '2024-01-05'), (date '2024-01-06')"
    ),
    await storeLoad(given, {id: "new", sequence: 2, columns: ["day", "area"]}, days("02"), "(date '2024-02-05', '1')")
  ];
  const actuals = await countStored(given, project([told]), {told: loads});
  const area = {type: "area", code: "1"};
  expect(actuals.over("told", city, "2024-01-01", "2024-01-28").value).toBe(2);
  expect(actuals.over("told", area, "2024-01-01", "2024-01-28")).toEqual({
    value: null,
    rows_counted: null,
    reason: {code: "column_not_loaded", detail: "column area"}
  });
  expect(actuals.over("told", area, "2024-02-01", "2024-02-28").value).toBe(1);
});
