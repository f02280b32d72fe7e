import {rmSync} from "node:fs";
import fc from "fast-check";
import {afterAll, beforeAll, expect, test} from "vitest";
import {z} from "zod";
import {cacheFolder} from "../../pipeline/actuals/rollup-cache.ts";
import {fromDay, type IsoDate, toDay} from "../../pipeline/calendar/iso-date.ts";
import {countedMonths} from "../../pipeline/facts/counted-months.ts";
import {coverageOf} from "../../pipeline/facts/coverage.ts";
import {changedRows} from "../../pipeline/facts/months.ts";
import type {Knowledge} from "../../pipeline/ledger/contract.ts";
import {type CountableLoad, countKnown} from "../../pipeline/run/count-known.ts";
import type {CountedRows} from "../../pipeline/run/counted-from.ts";
import {countedRows, countSql} from "../../pipeline/run/counted-rows.ts";
import {project, roster, source} from "../support/small-project.ts";
import {storeLoad, temporaryWarehouse} from "../support/stored-loads.ts";

// What is known, counted from cells and caches and by the query of an explanation, against a plain fold over all rows.

interface Row {
  readonly id: number;
  readonly day: IsoDate;
  readonly area: string;
  readonly kind: string;
  readonly weight: number;
}

interface Made {
  readonly load: CountableLoad;
  readonly rows: readonly Row[];
  readonly extracted: string | null;
  readonly covers: (area: string, day: IsoDate) => boolean;
  readonly areas: readonly string[];
}

interface Kind {
  readonly delivery: "snapshot" | "period" | "upsert" | "append";
  readonly partitioned: boolean;
  readonly keyed: boolean;
  readonly withdrawing: boolean;
}

const zone = "America/Los_Angeles";
const tree = roster("city C City", "bureau w W C", "bureau e E C", "area 1 A w", "area 2 B w", "area 3 D e");
const segments = tree.segments.map(({type, code}) => ({type, code}));
const areas = ["1", "2", "3"];
const days = Array.from({length: 6}, (_, offset) => fromDay(toDay("2024-01-29") + offset));
const columns = ["id", "day", "area", "kind", "weight"] as const;

const sourceOf = ({delivery, partitioned, keyed, withdrawing}: Kind) =>
  source(`
source: things
title: Things
files: ["x.csv"]
delivery: ${delivery}
${partitioned ? "partition: [area]" : ""}
${keyed ? "key: [id]" : ""}
${withdrawing ? "withdrawn: {kind: [gone]}" : ""}
covers: {from: rows}
date: day
columns:
  id: {from: Id, type: integer, required: true}
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  kind: {from: Kind, type: text}
  weight: {from: Weight, type: integer}
measures:
  things: {title: Things, count: rows, nature: outcome, better: lower, unit: things}
  odd: {title: Odd, count: rows, where: {kind: odd}, nature: outcome, better: lower, unit: things}
  weight: {title: Weight, sum: weight, nature: outcome, better: lower, unit: pounds}
`);

const anyKind: fc.Arbitrary<Kind> = fc.oneof(
  fc.record({
    delivery: fc.constantFrom("snapshot" as const, "period" as const),
    partitioned: fc.boolean(),
    keyed: fc.constantFrom(true, true, true, false),
    withdrawing: fc.constant(false)
  }),
  fc.record({
    delivery: fc.constant("upsert" as const),
    partitioned: fc.boolean(),
    keyed: fc.constant(true),
    withdrawing: fc.boolean()
  }),
  fc.record({
    delivery: fc.constant("append" as const),
    partitioned: fc.boolean(),
    keyed: fc.boolean(),
    withdrawing: fc.constant(false)
  })
);
const anyRow: fc.Arbitrary<Row> = fc.record({
  id: fc.integer({min: 1, max: 7}),
  day: fc.constantFrom(...days),
  area: fc.constantFrom(...areas),
  kind: fc.constantFrom("odd", "even", "gone"),
  weight: fc.integer({min: -3, max: 9})
});
const anyLoad = fc.record({
  rows: fc.uniqueArray(anyRow, {minLength: 4, maxLength: 7, selector: ({id}) => id}),
  covered: fc
    .tuple(fc.nat(days.length - 1), fc.nat(2))
    .map(([first, more]) => [days[first]!, days[Math.min(first + more, days.length - 1)]!]),
  areas: fc.uniqueArray(fc.constantFrom(...areas), {minLength: 1}),
  extracted: fc.constantFrom("2024-03-01", "2024-03-02", "2024-03-03")
});

let given: Awaited<ReturnType<typeof temporaryWarehouse>>;
let stored = 0;
beforeAll(async () => {
  given = await temporaryWarehouse();
});
afterAll(() => {
  given.engine.close();
  rmSync(given.warehouse, {recursive: true});
});

type Drawn = typeof anyLoad extends fc.Arbitrary<infer Value> ? Value : never;

/** @returns Null of a file without a row that may stand in it. */
async function store(one: Drawn, sequence: number, kind: Kind, dated: boolean): Promise<Made | null> {
  const [from, to] = one.covered as [IsoDate, IsoDate];
  const speaksFor = (area: string) => !kind.partitioned || one.areas.includes(area);
  const covers = (area: string, day: IsoDate) => speaksFor(area) && day >= from && day <= to;
  // A file of changes speaks of older days than it covers, never of later ones.
  const first = kind.delivery === "upsert" ? days[0]! : from;
  const span = toDay(to) - toDay(first) + 1;
  const within = (day: IsoDate) => fromDay(toDay(first) + ((toDay(day) - toDay(days[0]!)) % span));
  const rows = one.rows.filter(({area}) => speaksFor(area)).map((row) => ({...row, day: within(row.day)}));
  if (rows.length === 0) return null;
  const values = rows.map(
    ({id, day, area, kind: of, weight}) => `(${id}::bigint, date '${day}', '${area}', '${of}', ${weight}::bigint)`
  );
  stored += 1;
  const load = await storeLoad(
    given,
    {id: `load-${stored}`, sequence, columns, ...(dated ? {extracted: one.extracted} : {})},
    (kind.partitioned ? one.areas : [null]).map((partition) => ({partition, days: [[from, to]]})),
    values.join(", ")
  );
  return {load: {...load, source: "things"}, rows, extracted: load.extracted, covers, areas: one.areas};
}

interface Counted {
  readonly row: Row;
  readonly load: string;
}

/** What is known: the rows that count, and which rows the loads decide, displaced by key or not. */
interface Known {
  readonly counting: readonly Counted[];
  readonly decided: ReadonlySet<string>;
}

const named = (load: string, {id}: Row) => `${load} ${id}`;

/** The newest load first, each row held against what newer ones said. */
function fold(loads: readonly Made[], kind: Kind): Known {
  const newestFirst = loads.toSorted((a, b) => {
    if (a.extracted !== b.extracted) return (a.extracted ?? "") < (b.extracted ?? "") ? 1 : -1;
    return b.load.sequence - a.load.sequence;
  });
  const taken = new Set<string>();
  const said = new Set<number>();
  const counting: Counted[] = [];
  const decided = new Set<string>();
  for (const {load, rows, covers, areas: own} of newestFirst) {
    const place = (area: string, day: IsoDate) =>
      kind.delivery === "snapshot" ? (kind.partitioned ? area : "all") : `${area} ${day}`;
    const isOwned = ({area, day}: Row) =>
      kind.delivery === "upsert" || kind.delivery === "append" || !taken.has(place(area, day));
    const owned = rows.filter(isOwned);
    for (const row of owned) {
      decided.add(named(load.id, row));
      const isDisplaced = kind.keyed && kind.delivery !== "append" && said.has(row.id);
      if (!isDisplaced && !(kind.withdrawing && row.kind === "gone")) counting.push({row, load: load.id});
    }
    for (const {id} of owned) said.add(id);
    for (const area of areas) {
      if (kind.delivery === "snapshot" && (!kind.partitioned || own.includes(area))) taken.add(place(area, ""));
      for (const day of days) if (covers(area, day) && kind.delivery === "period") taken.add(place(area, day));
    }
  }
  return {counting, decided};
}

/** Rows that stay decided, and of which a load says the key anew on another day or in another partition. */
function moved(before: Known, after: Known, {keyed, delivery, partitioned}: Kind): number {
  if (!keyed || delivery === "append") return 0;
  return after.counting.filter(({row, load}) => {
    const was = before.counting.find((one) => one.row.id === row.id);
    if (was === undefined || !after.decided.has(named(was.load, was.row)) || before.decided.has(named(load, row)))
      return false;
    return was.row.day !== row.day || (partitioned && was.row.area !== row.area);
  }).length;
}

function within({area}: Row, {type, code}: {type: string; code: string}): boolean {
  if (type === "city") return true;
  return type === "area" ? area === code : (area === "3" ? "e" : "w") === code;
}

const wants: Record<string, (row: Row) => boolean> = {
  things: () => true,
  odd: ({kind}) => kind === "odd",
  weight: () => true
};

/** Rows by month that came, changed and went between two answers, and those that only moved. */
function difference(before: readonly {row: Row}[], after: readonly {row: Row}[], {keyed}: Kind) {
  const nameOf = ({row}: {row: Row}) => (keyed ? String(row.id) : JSON.stringify(row));
  const months = new Map<string, {added: number; changed: number; gone: number; down: number}>();
  const of = (day: IsoDate) => {
    const month = day.slice(0, 7);
    const counts = months.get(month) ?? {added: 0, changed: 0, gone: 0, down: 0};
    months.set(month, counts);
    return counts;
  };
  const left = new Map<string, Row[]>();
  for (const one of before) left.set(nameOf(one), [...(left.get(nameOf(one)) ?? []), one.row]);
  for (const one of after) {
    const was = left.get(nameOf(one))?.shift();
    if (was === undefined) of(one.row.day).added += 1;
    else if (JSON.stringify(was) !== JSON.stringify(one.row)) {
      of(one.row.day).changed += 1;
      if (one.row.weight < was.weight) of(one.row.day).down += 1;
    }
  }
  for (const row of [...left.values()].flat()) of(row.day).gone += 1;
  return [...months]
    .filter(([, {added, changed, gone}]) => added + changed + gone > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, {down, ...counts}]) => ({month, ...counts, ...(keyed ? {down} : {})}));
}

test("what is known is a fold over all loads, whatever they deliver, in any order", async () => {
  const held = {values: 0, moved: 0, nulls: 0};
  await fc.assert(
    fc.asyncProperty(
      anyKind,
      fc.array(anyLoad, {minLength: 2, maxLength: 5}),
      fc.boolean(),
      fc.integer({min: 0, max: 4}),
      async (kind, drawn, dated, retracted) => {
        const things = sourceOf(kind);
        const all = project([things], tree, new Map());
        const made: Made[] = [];
        // An append says no key twice; else it is refused before it is a load.
        const said = new Set<number>();
        for (const [at, one] of drawn.entries()) {
          const rows = kind.delivery === "append" ? one.rows.filter(({id}) => !said.has(id)) : one.rows;
          const load = await store({...one, rows}, at + 1, kind, dated);
          for (const {id} of load?.rows ?? []) said.add(id);
          if (load !== null) made.push(load);
        }
        const hold = async (loads: readonly Made[]) => {
          const own = loads.map(({load}) => load);
          const coverage = coverageOf(tree, things, own, zone);
          const known = await countKnown(
            all,
            own,
            new Map([["things", coverage]]),
            given.warehouse,
            new Set(Object.keys(wants))
          );
          const plain = fold(loads, kind);
          const context = JSON.stringify({kind, loads: loads.map(({load, rows}) => ({...load, rows}))});
          const part = [[days[1]!, days[2]!] as const, [days[4]!, days[4]!] as const];
          const where = {warehouse: given.warehouse, timeZone: zone};
          const counted = await countedMonths(given.engine, things, own, coverage.ownership, part, where);
          const inPart = plain.counting.filter(({row: {day}}) => part.some(([from, to]) => day >= from && day <= to));
          const inMonth = (month: string) => inPart.filter(({row: {day}}) => day.startsWith(month)).length;
          const months = ["2024-01", "2024-02"].flatMap((month) =>
            inMonth(month) > 0 ? [[month, inMonth(month)]] : []
          );
          expect([context, [...counted].sort()]).toEqual([context, months]);
          for (const [measure, isWanted] of Object.entries(wants)) {
            for (const segment of segments) {
              const rows = plain.counting.map(({row}) => row).filter((row) => isWanted(row) && within(row, segment));
              const over = (from: IsoDate, to: IsoDate) => {
                const inside = rows.filter(({day}) => day >= from && day <= to);
                return {
                  rows_counted: inside.length,
                  value: measure === "weight" ? inside.reduce((sum, {weight}) => sum + weight, 0) : inside.length
                };
              };
              const expected = days.map((day) => ({day, value: over(day, day).value}));
              const daily = known.daily(measure, segment, days[0]!, days.at(-1)!);
              expect([context, measure, segment, daily]).toEqual([context, measure, segment, expected]);
              const [from, to] = [days[1]!, days[3]!];
              const value = known.over(measure, segment, from, to);
              if (value.value === null) {
                held.nulls += 1;
                continue;
              }
              expect(value).toEqual({...over(from, to), reason: null});
              held.values += 1;
              if (measure === "things" || segment.type === "bureau") continue;
              // The query of an explanation, and its rows, say the same.
              const knowledge = {loads: own} as unknown as Knowledge;
              const coverages = new Map([["things", coverage]]);
              const asked: CountedRows = {project: all, knowledge, coverages, measure, segment, from, to};
              const sql = countSql(asked)!.replaceAll("read_parquet('loads", `read_parquet('${globbed()}loads`);
              const inFolder = sql.replaceAll(/read_parquet\(\['loads[^\]]*\]/g, (list) =>
                list.replaceAll("'loads", `'${globbed()}loads`)
              );
              const [answer] = await given.engine.rows(
                inFolder.replace(/;$/, ""),
                z.strictObject({value: z.coerce.number()})
              );
              expect([context, inFolder, answer?.value]).toEqual([context, inFolder, value.value]);
              const shown = await countedRows(given.engine, asked, given.warehouse);
              expect(shown).toHaveLength(value.rows_counted ?? -1);
            }
          }
          return plain;
        };
        let before = await hold([]);
        for (let count = 1; count <= made.length; count += 1) {
          const [was, is] = [made.slice(0, count - 1), made.slice(0, count)];
          const after = await hold(is);
          const told = await changedRows(
            given.engine,
            all,
            things,
            was.map(({load}) => load),
            is.map(({load}) => load),
            given.warehouse
          );
          expect([JSON.stringify({kind, is: is.map(({load, rows}) => ({...load, rows}))}), told.months]).toEqual([
            JSON.stringify({kind, is: is.map(({load, rows}) => ({...load, rows}))}),
            difference(before.counting, after.counting, kind)
          ]);
          expect(told.moved_keys).toBe(moved(before, after, kind));
          if (kind.delivery !== "upsert") held.moved += told.moved_keys;
          before = after;
        }
        // A load that is retracted is as if it had never been.
        await hold(made.filter((_, at) => at !== retracted));
        rmSync(cacheFolder(given.warehouse), {recursive: true, force: true});
        await hold(made);
        rmSync(cacheFolder(given.warehouse), {recursive: true, force: true});
      }
    ),
    {numRuns: 30}
  );
  expect(held.values).toBeGreaterThan(100);
  expect(held.moved).toBeGreaterThan(5);
}, 300_000);

/** Where the engine finds the loads, as a pattern that means itself. */
function globbed(): string {
  return `${given.warehouse.replace(/[*?[]/g, "[$&]")}/`;
}
