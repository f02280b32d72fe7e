import {rmSync} from "node:fs";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {z} from "zod";
import type {Cells} from "../pipeline/actuals/cells.ts";
import {countLoads} from "../pipeline/actuals/count-loads.ts";
import {columnsRead, rollupOf} from "../pipeline/actuals/rollup.ts";
import {loadRows, ownedRows, type StoredLoad} from "../pipeline/facts/known.ts";
import {changedRows, monthsSql} from "../pipeline/facts/months.ts";
import {ownershipOf} from "../pipeline/facts/ownership.ts";
import {countedRowsSql, placesOf, standingLoads} from "../pipeline/facts/standing.ts";
import {supersededRows} from "../pipeline/facts/superseded.ts";
import {project, smallRoster, source} from "./support/small-project.ts";
import {storeLoad, temporaryWarehouse} from "./support/stored-loads.ts";

// Names with quotes, blanks and SQL's own words in them; every kind of column and of condition.
const awkward = (delivery: string, extra: string) =>
  source(`
source: awk-${delivery}
title: Awkward names
files: ["x.csv"]
delivery: ${delivery}
${extra}
covers: {from: rows}
date: select
columns:
  select: {from: A, type: date, formats: [yyyy-MM-dd], required: true}
  group: {from: B, segment: area, required: true}
  from: {from: C, type: integer}
  table.1: {from: D, type: text}
  order: {from: E, type: list}
  where: {from: F, type: boolean}
  Sum: {from: G, type: decimal}
measures:
  m-1: {title: a, count: rows, nature: outcome, better: lower, unit: x}
  m.2: {title: a, count: rows, where: {from: {in: "list-1"}, group: "1"}, nature: outcome, better: lower, unit: x}
  m3: {title: a, sum: from, where: {table.1: ["it's", "\\"x\\""]}, nature: outcome, better: lower, unit: x}
  m4: {title: a, count: rows, where: {table.1: {not: {like: "a%'"}}}, nature: outcome, better: lower, unit: x}
  m5: {title: a, count: rows, where: {order: {contains: "o'x"}, where: false}, nature: outcome, better: lower, unit: x}
  m6: {title: a, count: rows, where: {Sum: {from: 0.5, to: 2}, select: {to: "2024-01-31"}}, nature: outcome, better: lower, unit: x}
  m7: {title: a, sum: from, where: {order: {present: true}, table.1: {absent: true}}, nature: outcome, better: lower, unit: x}
  m8: {title: a, count: rows, where: {from: {from: 3}, group: {not: ["1", "2"]}}, nature: outcome, better: lower, unit: x}
`);
const sources = [
  awkward("period", "partition: [group]"),
  awkward("snapshot", "key: [table.1, from]"),
  awkward("upsert", 'key: [from, select]\nwithdrawn: {table.1: ["it\'s"], where: [false], from: [7]}'),
  awkward("append", "partition: [group]\nkey: [from]")
];
const columns = ["select", "group", "from", "table.1", "order", "where", "Sum"];
const described = z.strictObject({column_name: z.string(), column_type: z.string()});

let given: Awaited<ReturnType<typeof temporaryWarehouse>>;
beforeAll(async () => {
  given = await temporaryWarehouse();
});
afterAll(() => {
  given.engine.close();
  rmSync(given.warehouse, {recursive: true});
});

async function columnsOf(select: string): Promise<string[]> {
  await given.engine.run(`explain ${select}`);
  const rows = await given.engine.rows(`select column_name, column_type from (describe ${select})`, described);
  return rows.map((column) => `${column.column_name} ${column.column_type}`);
}

async function loads(): Promise<StoredLoad[]> {
  const row = "(date '2024-01-01', '1', 1::bigint, 'x', ['a'], true, 1.5::decimal(18,4))";
  const days = [["2024-01-01", "2024-01-31"]] as const;
  const covered = [
    {partition: null, days},
    {partition: "1", days: [["2024-01-01", "2024-02-29"]] as const}
  ];
  const quoted = columns.map((name) => `"${name}"`);
  const whole = await storeLoad(given, {id: "it's", sequence: 1, columns: quoted}, covered, row);
  const part = await storeLoad(
    given,
    {id: "b", sequence: 2, columns: quoted.slice(0, 4)},
    [covered[1]!],
    "(date '2024-01-01', '1', 1::bigint, 'x')"
  );
  return [
    {...whole, columns},
    {...part, columns: columns.slice(0, 4)}
  ];
}

function measuresOf(cells: Cells): string[] {
  return [...new Set(cells.flatMap(({kinds}) => kinds.flat()))].sort();
}

describe.each(sources)("every statement over $source is bound", (of) => {
  const byPartition = of.partition === undefined ? null : ["1", "2", "10"];

  test("what is known", async () => {
    const expected = [
      "load VARCHAR",
      "record BIGINT",
      "select DATE",
      "group VARCHAR",
      "from BIGINT",
      "table.1 VARCHAR",
      "order VARCHAR[]",
      "where BOOLEAN",
      "Sum DECIMAL(18,4)"
    ];
    for (const known of [[], await loads()]) {
      const owned = ownershipOf(of.delivery, known, byPartition, "America/Los_Angeles");
      expect(await columnsOf(ownedRows(of, known, owned, given.warehouse))).toEqual(expected);
    }
  });

  test("months that a load changes", async () => {
    const [first, second] = (await loads()) as [StoredLoad, StoredLoad];
    const before = ownershipOf(of.delivery, [first], byPartition, "America/Los_Angeles");
    const after = ownershipOf(of.delivery, [first, second], byPartition, "America/Los_Angeles");
    const numbers = ["added", "changed", "gone", "down", "ended", "moved"].map((name) => `${name} INTEGER`);
    const expected = ["month VARCHAR", ...numbers];
    for (const [was, is] of [
      [[], before],
      [before, after],
      [before, []]
    ] as const) {
      expect(await columnsOf(monthsSql(of, [first, second], was, is, given.warehouse))).toEqual(expected);
    }
  });

  test("what counts, what newer loads say anew, and what changes by it", async () => {
    const known = await loads();
    const all = project([of]);
    const days = [["2024-01-01", "2024-01-31"]] as const;
    const owned = known.map(({id}) => ({load: id, partition: byPartition === null ? null : "1", days}));
    const counted = countedRowsSql(of, known, known, owned, given.warehouse, "America/Los_Angeles");
    expect((await columnsOf(counted)).slice(0, 3)).toEqual(["load VARCHAR", "record BIGINT", "select DATE"]);
    const standing = standingLoads(of, known, owned, placesOf(known, "America/Los_Angeles"));
    expect(standing).toHaveLength(of.key === undefined || of.delivery === "append" ? 0 : 2);
    if (standing.length > 0) {
      const reading = {warehouse: given.warehouse, beforeReading: async () => {}};
      const rows = await supersededRows(given.engine, of, standing, new Set([1]), ["where", "group"], reading);
      // The one row of the older load is the newer one's.
      const found = await given.engine.rows(rows.get(1)!, z.strictObject({where: z.boolean(), group: z.string()}));
      expect(found).toEqual([{where: true, group: "1"}]);
    }
    const [first] = known as [StoredLoad, StoredLoad];
    const {months} = await changedRows(given.engine, all, of, [first], known, given.warehouse);
    expect(months.length).toBeLessThan(2);
  });

  test("the rollup of loads", async () => {
    const all = project([of], smallRoster, new Map([["list-1", ["110", "113"]]]));
    const rollup = rollupOf(all, of);
    const relations = (await loads()).map((load) => loadRows(of, load, columnsRead(rollup), given.warehouse));
    const cells = await countLoads(given.engine, rollup, relations);
    // A row of 1 in "from": in no list, nor at least 3, nor outside of Areas 1 and 2; the other load holds fewer columns.
    expect(cells.map(measuresOf)).toEqual([
      ["m-1", "m4", "m6"],
      ["m-1", "m4"]
    ]);
  });
});
