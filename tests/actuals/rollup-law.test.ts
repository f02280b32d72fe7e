import {rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import fc from "fast-check";
import {afterAll, beforeAll, expect, test} from "vitest";
import type {Actuals} from "../../pipeline/actuals/contract.ts";
import {cacheFolder} from "../../pipeline/actuals/rollup-cache.ts";
import {fromDay, type IsoDate, toDay} from "../../pipeline/calendar/iso-date.ts";
import type {Condition, SimpleCondition} from "../../pipeline/config/where.ts";
import {coverageOf} from "../../pipeline/facts/coverage.ts";
import {type CountableLoad, countKnown} from "../../pipeline/run/count-known.ts";
import {countStored} from "../support/known-actuals.ts";
import {project, roster, source} from "../support/small-project.ts";
import {storeLoad, temporaryWarehouse} from "../support/stored-loads.ts";

// Counting in SQL, by classes and cubes, a load at a time, anew or from the cache, against a plain look at each row.

interface Row {
  readonly day: string;
  readonly area: string;
  readonly code: number | null;
  readonly kind: string | null;
  readonly modes: readonly string[] | null;
  readonly dog: boolean | null;
  readonly weight: number | null;
}

const lists = new Map([["some", ["1", "3"]]]);
const tree = roster("city C City", "bureau w W C", "bureau e E C", "area 1 A w", "area 2 B w", "area 3 D e 2024-01-03");
const segments = tree.segments.map(({type, code}) => ({type, code}));
const areas = ["1", "2", "3"];
const days = Array.from({length: 5}, (_, offset) => fromDay(toDay("2024-01-01") + offset));
const windows = [
  ["2024-01-01", "2024-01-05"],
  ["2024-01-02", "2024-01-03"],
  ["2024-01-03", "2024-01-05"],
  ["2024-01-04", "2024-01-04"]
] as const;

const base = (partition: string) =>
  source(`
source: things
title: Things
files: ["x.csv"]
delivery: period
${partition}
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  code: {from: Code, type: integer}
  kind: {from: Kind, type: text}
  modes: {from: Modes, type: list}
  dog: {from: Dog, type: boolean}
  weight: {from: Weight, type: integer}
`);
const bases = [base("partition: [area]"), base("")];

const code = fc.integer({min: 0, max: 4});
const kind = fc.constantFrom("ax", "ay", "b", "it's");
const simple = {
  code: fc.oneof<fc.Arbitrary<SimpleCondition>[]>(
    code,
    fc.array(code, {minLength: 1, maxLength: 3}),
    fc.constant({in: "some"}),
    fc.record({from: code, to: code}),
    fc.constantFrom<SimpleCondition[]>({present: true}, {absent: true})
  ),
  kind: fc.oneof<fc.Arbitrary<SimpleCondition>[]>(
    kind,
    fc.constantFrom<SimpleCondition[]>({like: "a%"}, {like: "_"}, {present: true}, {absent: true})
  ),
  modes: fc.constantFrom<SimpleCondition[]>({contains: "m1"}, {contains: "m2"}, {present: true}),
  dog: fc.constantFrom<SimpleCondition[]>(true, false, {absent: true}),
  area: fc.constantFrom<SimpleCondition[]>("1", ["2", "3"]),
  day: fc.record({from: fc.constantFrom("2024-01-02", "2024-01-03")})
};
const condition = (of: fc.Arbitrary<SimpleCondition>): fc.Arbitrary<Condition> =>
  fc.oneof<fc.Arbitrary<Condition>[]>(
    of,
    of.map((not) => ({not}))
  );
const anyWhere = fc
  .record(
    {
      code: condition(simple.code),
      kind: condition(simple.kind),
      modes: condition(simple.modes),
      dog: condition(simple.dog),
      area: condition(simple.area),
      day: condition(simple.day)
    },
    {requiredKeys: []}
  )
  .map((where) => where as Record<string, Condition>);
const anyRow: fc.Arbitrary<Row> = fc.record({
  day: fc.constantFrom(...days),
  area: fc.constantFrom(...areas),
  code: fc.option(code),
  kind: fc.option(kind),
  modes: fc.option(fc.uniqueArray(fc.constantFrom("m1", "m2", "m3"))),
  dog: fc.option(fc.boolean()),
  weight: fc.option(fc.integer({min: -5, max: 5}))
});
const columns = ["day", "area", "code", "kind", "modes", "dog", "weight"] as const;
/** A load says which days it covers, and may lack a column; its rows are cut to its days. */
const anyLoad = fc.record({
  rows: fc.array(anyRow, {maxLength: 12}),
  covered: fc.tuple(fc.constantFrom(...days), fc.constantFrom(...days)).map((pair) => pair.toSorted()),
  areas: fc.uniqueArray(fc.constantFrom(...areas), {minLength: 1}),
  lacks: fc.option(fc.constantFrom("kind", "dog", "weight"))
});

function meets(row: Row, [column, of]: [string, Condition]): boolean {
  if (typeof of === "object" && "not" in of) return !meets(row, [column, of.not]);
  const value = row[column as keyof Row];
  if (typeof of === "object" && "absent" in of) return value === null;
  if (value === null) return false;
  if (typeof of !== "object") return value === of;
  if (Array.isArray(of)) return of.includes(value as number);
  if ("present" in of) return true;
  if ("in" in of) return lists.get(of.in)!.includes(String(value));
  if ("like" in of) return new RegExp(`^${of.like.replace("%", ".*").replace("_", ".")}$`).test(String(value));
  if ("contains" in of) return (value as string[]).includes(String(of.contains));
  const {from, to} = of as {from?: number | string; to?: number | string};
  return (from === undefined || value >= from) && (to === undefined || value <= to);
}

/** Which rows are a segment's: an Area counts for its bureau on any day, also before it was in the roster. */
function within(row: Row, {type, code: of}: {type: string; code: string}): boolean {
  if (type === "city") return true;
  return type === "area" ? row.area === of : (row.area === "3" ? "e" : "w") === of;
}

let given: Awaited<ReturnType<typeof temporaryWarehouse>>;
let stored = 0;
beforeAll(async () => {
  given = await temporaryWarehouse();
});
afterAll(() => {
  given.engine.close();
  rmSync(given.warehouse, {recursive: true});
});

function sqlRow({day, area, code: of, kind: word, modes, dog, weight}: Row, held: readonly string[]): string {
  const list = modes === null ? "null" : `[${modes.map((mode) => `'${mode}'`).join(", ")}]`;
  const cells: Record<string, string> = {
    day: `date '${day}'`,
    area: `'${area}'`,
    code: `${of ?? "null"}::bigint`,
    kind: `${word === null ? "null" : `'${word.replaceAll("'", "''")}'`}::varchar`,
    modes: `${list}::varchar[]`,
    dog: `${dog ?? "null"}::boolean`,
    weight: `${weight ?? "null"}::bigint`
  };
  return `(${held.map((column) => cells[column]).join(", ")})`;
}

interface MadeLoad {
  readonly load: CountableLoad;
  readonly rows: readonly Row[];
  readonly covers: (area: string, day: IsoDate) => boolean;
}

/** Stores a load; without partition it speaks for all Areas. */
async function store(
  {rows, covered, areas: some, lacks}: {rows: readonly Row[]; covered: string[]; areas: string[]; lacks: string | null},
  sequence: number,
  partitioned: boolean
): Promise<MadeLoad> {
  const range = [covered[0]!, covered[1]!] as const;
  const covers = (area: string, day: IsoDate) =>
    day >= range[0] && day <= range[1] && (!partitioned || some.includes(area));
  const kept = rows
    .filter(({area, day}) => covers(area, day))
    .map((row) => (lacks === null ? row : {...row, [lacks]: null}));
  const held = columns.filter((column) => column !== lacks);
  const filler = {day: "1999-01-01", area: "1", code: 0, kind: "", modes: [], dog: false, weight: 0};
  const written = kept.length === 0 ? [filler] : kept;
  stored += 1;
  const load = await storeLoad(
    given,
    {id: `load-${stored}`, sequence, columns: held},
    partitioned ? some.map((partition) => ({partition, days: [range]})) : [{partition: null, days: [range]}],
    written.map((row) => sqlRow(row, held)).join(", ")
  );
  return {load: {...load, source: "things"}, rows: kept, covers};
}

function expected(loads: readonly MadeLoad[], where: Record<string, Condition>) {
  // The newest load that covers a day of an Area decides it.
  const met = loads.flatMap(({rows, load}) =>
    rows.filter(
      (row) =>
        loads.findLast(({covers}) => covers(row.area, row.day))?.load === load &&
        Object.entries(where).every((one) => meets(row, one))
    )
  );
  return (segment: {type: string; code: string}, from: IsoDate, to: IsoDate) => {
    const own = met.filter((row) => row.day >= from && row.day <= to && within(row, segment));
    return {rows: own.length, sum: own.reduce((sum, {weight}) => sum + (weight ?? 0), 0)};
  };
}

/** Every value that is not null against a plain look at the rows. */
function hold(
  actuals: Actuals,
  loads: readonly MadeLoad[],
  wheres: readonly Record<string, Condition>[],
  added: boolean
): number {
  let held = 0;
  for (const [index, where] of wheres.entries()) {
    const answer = expected(loads, where);
    for (const segment of segments) {
      for (const [from, to] of windows) {
        const count = actuals.over(`count${index}`, segment, from, to);
        const {rows, sum: total} = answer(segment, from, to);
        const of = JSON.stringify({where, segment, from, to});
        if (count.value !== null) {
          expect([of, count]).toEqual([of, {value: rows, rows_counted: rows, reason: null}]);
          held += 1;
        }
        if (!added) continue;
        const sum = actuals.over(`sum${index}`, segment, from, to);
        if (sum.value !== null) expect([of, sum]).toEqual([of, {value: total, rows_counted: rows, reason: null}]);
      }
      // By day nothing looks at coverage: what no load decides is not counted.
      const daily = actuals.daily(`count${index}`, segment, days[0]!, days.at(-1)!);
      expect(daily).toEqual(days.map((day) => ({day, value: answer(segment, day, day).rows})));
    }
  }
  return held;
}

test("every measure, segment and window counts and sums the rows that meet its conditions, cached or not", async () => {
  let held = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...bases),
      fc.array(anyLoad, {minLength: 1, maxLength: 4}),
      fc.array(anyWhere, {minLength: 1, maxLength: 6}),
      fc.boolean(),
      async (of, given_loads, wheres, added) => {
        const shared = {title: "x", nature: "outcome", better: "lower", unit: "x"} as const;
        const measures = Object.fromEntries(
          wheres.flatMap((where, index) => [
            [`count${index}`, {...shared, count: "rows" as const, where}],
            ...(added ? [[`sum${index}`, {...shared, sum: "weight", where}] as const] : [])
          ])
        );
        const things = project([{...of, measures}], tree, lists);
        const partitioned = of.partition !== undefined;
        const loads: MadeLoad[] = [];
        for (const [at, one] of given_loads.entries()) loads.push(await store(one, at + 1, partitioned));
        held += hold(await countStored(given, things, {things: loads.map(({load}) => load)}), loads, wheres, added);
        // As loads come: each is counted once, and what a newer one takes from those before changes no cell.
        const names = new Set(things.measures.keys());
        const known = async (part: readonly MadeLoad[]) => {
          const own = part.map(({load}) => load);
          const coverages = new Map([
            ["things", coverageOf(tree, things.sources.get("things")!, own, "America/Los_Angeles")]
          ]);
          return countKnown(things, own, coverages, given.warehouse, names);
        };
        held += hold(await known(loads.slice(0, -1)), loads.slice(0, -1), wheres, added);
        held += hold(await known(loads), loads, wheres, added);
        // Nothing is read again that was counted once.
        for (const {load} of loads) writeFileSync(join(given.warehouse, load.rows_file), "not a row");
        held += hold(await known(loads), loads, wheres, added);
        rmSync(cacheFolder(given.warehouse), {recursive: true, force: true});
      }
    ),
    {numRuns: 40}
  );
  expect(held).toBeGreaterThan(500);
}, 240_000);
