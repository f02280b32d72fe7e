import {cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeEach, describe, expect, test} from "vitest";
import type {Cells} from "../../pipeline/actuals/cells.ts";
import {rollupOf} from "../../pipeline/actuals/rollup.ts";
import {cellsKey, readCells, storeCells, trimCache} from "../../pipeline/actuals/rollup-cache.ts";
import {project, source} from "../support/small-project.ts";

const root = mkdtempSync(join(tmpdir(), "milepost-cache-"));
let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(root, "of-")), "cache", "rollups");
});
afterAll(() => rmSync(root, {recursive: true}));

const cells: Cells = [
  {
    leaves: [["1"], [null]],
    kinds: [["calls", "fires"], ["calls"]],
    series: Int32Array.of(0, 0, 1, 1),
    starts: Int32Array.of(0, 2, 3),
    first: -5,
    last: 70_000,
    days: Int32Array.of(0, 70_005, 3),
    rows: Int32Array.of(1, 300, 2),
    sums: {hurt: Float64Array.of(-1, Number.MAX_SAFE_INTEGER, 0)}
  }
];
const key = "a".repeat(64);
const other = "b".repeat(64);
const fileOf = (name: string) => join(folder, `${name}.cells`);

describe("cells that are kept", () => {
  test("come back as they went", async () => {
    await storeCells(folder, key, cells);
    expect(await readCells(folder, key)).toEqual(cells);
    await storeCells(folder, other, []);
    expect(await readCells(folder, other)).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual([`${key}.cells`, `${other}.cells`]);
  });

  test("are not there before they are stored, nor under another name", async () => {
    expect(await readCells(folder, key)).toBeNull();
    await storeCells(folder, key, cells);
    cpSync(fileOf(key), fileOf(other));
    expect(await readCells(folder, other)).toBeNull();
    expect(await readCells(folder, key)).toEqual(cells);
  });

  test("are not believed when a single bit is another, wherever it is", async () => {
    await storeCells(folder, key, cells);
    const whole = readFileSync(fileOf(key));
    for (let at = 0; at < whole.length; at += 1) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 1 << (at % 8);
      writeFileSync(fileOf(key), damaged);
      expect([at, await readCells(folder, key)]).toEqual([at, null]);
    }
  });

  test("are not believed when the file ends anywhere before its end", async () => {
    await storeCells(folder, key, cells);
    const whole = readFileSync(fileOf(key));
    for (let length = 0; length < whole.length; length += 1) {
      writeFileSync(fileOf(key), whole.subarray(0, length));
      expect([length, await readCells(folder, key)]).toEqual([length, null]);
    }
    await storeCells(folder, key, cells);
    expect(await readCells(folder, key)).toEqual(cells);
  });

  test("are stored by many at once, and each reader sees all or nothing", async () => {
    const reads: Promise<unknown>[] = [];
    const writes = Array.from({length: 20}, async () => {
      reads.push(readCells(folder, key));
      await storeCells(folder, key, cells);
      reads.push(readCells(folder, key));
    });
    await Promise.all(writes);
    for (const read of await Promise.all(reads)) expect([null, cells]).toContainEqual(read);
    expect(readdirSync(folder)).toEqual([`${key}.cells`]);
  });

  test("need not be: where nothing can be written, nothing is, and nobody complains", async () => {
    mkdirSync(join(folder, "..", ".."), {recursive: true});
    writeFileSync(join(folder, ".."), "a file stands where the folder should");
    await storeCells(folder, key, cells);
    await trimCache(folder, new Set([key]));
    expect(await readCells(folder, key)).toBeNull();
  });
});

describe("the folder", () => {
  const store = async (names: readonly string[]) => {
    for (const [at, name] of names.entries()) {
      await storeCells(folder, name, cells);
      utimesSync(fileOf(name), at + 1, at + 1);
    }
  };
  const names = ["c", "a", "d", "b"];

  test("keeps everything while it is within its budget", async () => {
    await store(names);
    await trimCache(folder, new Set());
    expect(readdirSync(folder)).toHaveLength(4);
  });

  test("loses what was written first, but nothing that is needed", async () => {
    await store(names);
    const size = readFileSync(fileOf("a")).length;
    await trimCache(folder, new Set(["c"]), 2 * size);
    expect(readdirSync(folder)).toEqual(["b.cells", "c.cells"]);
    await trimCache(folder, new Set(["b", "c"]), 0);
    expect(readdirSync(folder)).toEqual(["b.cells", "c.cells"]);
  });

  test("loses what a killed process left half written", async () => {
    await store(names);
    writeFileSync(join(folder, ".e.cells.123.abc.tmp"), Buffer.alloc(1000));
    utimesSync(join(folder, ".e.cells.123.abc.tmp"), 0, 0);
    const size = readFileSync(fileOf("a")).length;
    await trimCache(folder, new Set(), 4 * size);
    expect(readdirSync(folder)).toEqual(["a.cells", "b.cells", "c.cells", "d.cells"]);
  });
});

describe("the name under which cells are kept", () => {
  const yaml = `
source: calls
title: Calls
files: ["x.csv"]
delivery: period
partition: [area]
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  seen: {from: Seen, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  code: {from: Code, type: integer}
  note: {from: Note, type: text}
  hurt: {from: Hurt, type: integer}
measures:
  calls: {title: Calls, count: rows, nature: outcome, better: lower, unit: calls}
  some: {title: Some, count: rows, where: {code: {in: some}}, nature: outcome, better: lower, unit: calls}
  hurt: {title: Hurt, sum: hurt, nature: outcome, better: lower, unit: people}
`;
  const columns = ["day", "seen", "area", "code", "note", "hurt"];
  const keyOf = (text = yaml, codes = ["1", "3"], held = columns, rows = "0".repeat(64)) => {
    const calls = source(text);
    const lists = new Map([
      ["some", codes],
      ["unused", codes]
    ]);
    return cellsKey(rollupOf(project([calls], undefined, lists), calls), {rows_sha256: rows, columns: held});
  };

  test("is the same whatever is only said about them", () => {
    expect(keyOf()).toMatch(/^[0-9a-f]{64}$/);
    expect(
      keyOf(yaml.replaceAll("title: Some", "title: Others").replace("delivery: period", "delivery: snapshot"))
    ).toBe(keyOf());
    // A column that no measure reads.
    expect(keyOf(yaml, undefined, ["hurt", "code", "area", "day", "seen"])).toBe(keyOf());
  });

  test.each([
    ["other rows", keyOf(yaml, undefined, undefined, "1".repeat(64))],
    ["another code in a list", keyOf(yaml, ["1", "2"])],
    [
      "a column that is not held",
      keyOf(
        yaml,
        undefined,
        columns.filter((name) => name !== "hurt")
      )
    ],
    ["another condition", keyOf(yaml.replace("code: {in: some}", "code: {not: {in: some}}"))],
    ["a condition more", keyOf(yaml.replace("{in: some}", "{in: some}, note: x"))],
    ["a measure more", keyOf(`${yaml}  more: {title: M, count: rows, nature: outcome, better: lower, unit: calls}`)],
    ["a measure by another name", keyOf(yaml.replace("  some:", "  others:"))],
    ["another column that is added", keyOf(yaml.replace("sum: hurt", "sum: code"))],
    ["another day that rows count for", keyOf(yaml.replace("date: day", "date: seen"))],
    ["a column of another type", keyOf(yaml.replace("Code, type: integer", "Code, type: text"))],
    ["no leaf", keyOf(yaml.replace("partition: [area]", "").replace("segment: area", "type: text"))]
  ])("is another with %s", (_what, changed) => {
    expect(changed).not.toBe(keyOf());
  });
});
