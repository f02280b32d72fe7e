import {cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {cacheFolder} from "../../pipeline/actuals/rollup-cache.ts";
import {coverageOf} from "../../pipeline/facts/coverage.ts";
import {type CountableLoad, countKnown} from "../../pipeline/run/count-known.ts";
import {project, smallRoster, source} from "../support/small-project.ts";
import {storeLoad, temporaryWarehouse} from "../support/stored-loads.ts";

const yaml = `
source: calls
title: Calls
files: ["x.csv"]
delivery: period
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  code: {from: Code, type: integer}
measures:
  calls: {title: Calls, count: rows, nature: outcome, better: lower, unit: calls}
`;
const calls = source(yaml);
const posts = source(yaml.replaceAll("calls", "posts"));
const january = ["2024-01-01", "2024-01-31"] as const;
const february = ["2024-02-01", "2024-02-29"] as const;

let given: Awaited<ReturnType<typeof temporaryWarehouse>>;
let old: CountableLoad;
let first: CountableLoad;
let second: CountableLoad;

async function store(
  id: string,
  sequence: number,
  days: readonly [string, string],
  rows: string
): Promise<CountableLoad> {
  const load = await storeLoad(
    given,
    {id, sequence, columns: ["day", "code"]},
    [{partition: null, days: [days]}],
    rows
  );
  return {...load, source: "calls"};
}

beforeEach(async () => {
  given = await temporaryWarehouse();
  old = await store("old", 1, january, "(date '2024-01-05', 9::bigint)");
  first = await store("first", 2, january, "(date '2024-01-05', 1::bigint), (date '2024-01-06', 2::bigint)");
  second = await store("second", 3, february, "(date '2024-02-05', 1::bigint)");
});
afterEach(() => {
  given.engine.close();
  rmSync(given.warehouse, {recursive: true});
});

async function count(
  loads: readonly CountableLoad[],
  of = calls,
  measures = ["calls"],
  warehouse = given.warehouse
): Promise<number | null> {
  const coverages = new Map(
    [of, posts].map((one) => [
      one.source,
      coverageOf(
        smallRoster,
        one,
        loads.filter((load) => load.source === one.source),
        "America/Los_Angeles"
      )
    ])
  );
  const actuals = await countKnown(project([of, posts]), loads, coverages, warehouse, new Set(measures));
  return actuals.over("calls", {type: "city", code: "C"}, "2024-01-01", "2024-02-29").value;
}

const kept = () => readdirSync(cacheFolder(given.warehouse)).sort();

test("a load is counted once, and a new one alone", async () => {
  expect(await count([old, first])).toBeNull();
  const before = kept();
  // Nothing of the older load counts any more.
  expect(before).toHaveLength(1);
  // It can't be read again, and need not be.
  writeFileSync(join(given.warehouse, first.rows_file), "not a row");
  expect(await count([old, first, second])).toBe(3);
  expect(kept()).toHaveLength(2);
  expect(kept()).toEqual(expect.arrayContaining(before));
});

test("another definition of a measure counts anew; the former cells are there when it is taken back", async () => {
  expect(await count([first, second])).toBe(3);
  const other = source(yaml.replace("count: rows", "count: rows, where: {code: 1}"));
  expect(await count([first, second], other)).toBe(2);
  expect(kept()).toHaveLength(4);
  for (const {rows_file} of [first, second]) writeFileSync(join(given.warehouse, rows_file), "not a row");
  expect(await count([first, second])).toBe(3);
  expect(await count([first, second], other)).toBe(2);
});

test("a cache that is deleted, damaged or another's changes no answer", async () => {
  expect(await count([first, second])).toBe(3);
  const files = kept().map((name) => join(cacheFolder(given.warehouse), name));
  cpSync(files[0]!, files[1]!);
  expect(await count([first, second])).toBe(3);
  writeFileSync(files[0]!, "nothing of the kind");
  expect(await count([first, second])).toBe(3);
  expect(kept()).toHaveLength(2);
  rmSync(join(given.warehouse, "cache"), {recursive: true});
  expect(await count([first, second])).toBe(3);
  rmSync(join(given.warehouse, "cache"), {recursive: true});
  writeFileSync(join(given.warehouse, "cache"), "no folder: nothing can be kept");
  expect(await count([first, second])).toBe(3);
});

test("rows that are lost are told of, counted or not", async () => {
  expect(await count([first, second])).toBe(3);
  rmSync(join(given.warehouse, first.rows_file));
  rmSync(join(given.warehouse, old.rows_file));
  await expect(count([old, first, second])).rejects.toMatchObject({diagnostics: [{code: "rows-lost"}]});
});

test("rows that were altered, cut off or replaced are refused, not counted; where they are counted already they are not read", async () => {
  const path = join(given.warehouse, first.rows_file);
  const whole = readFileSync(path);
  // Rows as good as any, of another load.
  cpSync(join(given.warehouse, second.rows_file), path);
  const refused = {code: "rows-changed", place: {file: path}, expected: expect.stringContaining(first.rows_sha256)};
  await expect(count([first, second])).rejects.toMatchObject({
    diagnostics: [
      {
        ...refused,
        message: expect.stringContaining("load first"),
        found: expect.stringContaining(second.rows_sha256),
        fix: expect.stringContaining("milepost load first.csv")
      }
    ]
  });
  for (const bytes of [whole.subarray(0, -100), "", "not a row"]) {
    writeFileSync(path, bytes);
    await expect(count([first, second])).rejects.toMatchObject({diagnostics: [refused]});
  }
  writeFileSync(path, whole);
  expect(await count([first, second])).toBe(3);
  writeFileSync(path, "not a row");
  expect(await count([first, second])).toBe(3);
});

test("a load that is not committed may lie in a scratch folder, from which the others are asked", async () => {
  const scratch = join(given.warehouse, ".scratch-1");
  mkdirSync(scratch);
  renameSync(join(given.warehouse, second.rows_file), join(scratch, "rows.parquet"));
  const loads = [
    {...first, rows_file: `../${first.rows_file}`},
    {...second, rows_file: "rows.parquet"}
  ];
  expect(await count(loads, calls, ["calls"], scratch)).toBe(3);
});

test("two at once get the same", async () => {
  expect(await Promise.all([1, 2, 3].map(() => count([first, second])))).toEqual([3, 3, 3]);
  expect(kept()).toHaveLength(2);
});

test("a source that no measure asked for is of is not read", async () => {
  const lost = {...second, id: "lost", source: "posts", rows_file: "loads/posts/lost.parquet"};
  expect(await count([first, second, lost])).toBe(3);
  await expect(count([first, second, lost], calls, ["calls", "posts"])).rejects.toMatchObject({
    diagnostics: [{code: "rows-lost"}]
  });
  await expect(count([first, second], calls, ["posts"])).rejects.toThrow('measure "calls" was not counted');
});

test("a ratio reads both its sources, and is known as far as both are", async () => {
  const both = source(
    `${yaml.replaceAll("calls", "posts")}  a_call: {title: Posts a call, ratio: {of: posts, to: calls}, better: none, unit: posts}\n`
  );
  const all = project([calls, both]);
  const third = {...(await store("third", 4, january, "(date '2024-01-07', 1::bigint)")), source: "posts"};
  const answer = async (loads: readonly CountableLoad[]) => {
    const coverages = new Map(
      [calls, both].map((one) => {
        const own = loads.filter((load) => load.source === one.source);
        return [one.source, coverageOf(smallRoster, one, own, "America/Los_Angeles")] as const;
      })
    );
    return countKnown(all, loads, coverages, given.warehouse, new Set(["a_call"]));
  };
  const known = await answer([first, second, third]);
  const city = {type: "city", code: "C"};
  expect(known.over("a_call", city, "2024-01-01", "2024-01-31")).toEqual({
    value: 1 / 2,
    rows_counted: 3,
    numerator: 1,
    denominator: 2,
    reason: null
  });
  expect(known.over("a_call", city, "2024-01-01", "2024-02-29").reason).toEqual({
    code: "not_covered",
    detail: "31 of 60 days"
  });
  expect([known.lastCovered("a_call"), known.horizon("a_call"), known.knownTo("a_call", city)]).toEqual(
    Array.from({length: 3}, () => "2024-01-31")
  );
  expect((await answer([first, second])).lastCovered("a_call")).toBeNull();
});
