import {rmSync} from "node:fs";
import fc from "fast-check";
import {afterAll, beforeAll, expect, test} from "vitest";
import {z} from "zod";
import {cacheFolder} from "../../pipeline/actuals/rollup-cache.ts";
import {addDays, fromDay, type IsoDate, toDay} from "../../pipeline/calendar/iso-date.ts";
import type {Project, ProjectSource} from "../../pipeline/config/project.ts";
import type {Roster} from "../../pipeline/config/roster.ts";
import type {Condition} from "../../pipeline/config/where.ts";
import {coverageOf} from "../../pipeline/facts/coverage.ts";
import type {Knowledge} from "../../pipeline/ledger/contract.ts";
import {type CountableLoad, countKnown} from "../../pipeline/run/count-known.ts";
import type {CountedRows} from "../../pipeline/run/counted-from.ts";
import {countedRows, countSql} from "../../pipeline/run/counted-rows.ts";
import {project, roster, source} from "../support/small-project.ts";
import {storeLoad, temporaryWarehouse} from "../support/stored-loads.ts";
import {type CaseRow, type PlainWindow, plainValue} from "./plain-count.ts";

// Measures of every kind, of loads of every delivery, in every segment, window and shift, counted from cells and caches
// and by the query of an explanation, against a plain look at each row.

const zone = "America/Los_Angeles";
const base = roster("city C City", "bureau w W C", "bureau e E C", "area 1 A w", "area 2 B w", "area 3 D e 2024-01-03");
/** Classes lie below the city, beside the bureaus. */
const tree: Roster = {
  types: [...base.types, "class"],
  segments: [
    ...base.segments,
    ...["x", "y"].map((code) => ({
      type: "class",
      code,
      name: code,
      aliases: [],
      parent: {type: "city", code: "C"},
      valid_from: null,
      valid_to: null
    }))
  ]
};
const areas = ["1", "2", "3"];
const days = Array.from({length: 6}, (_, offset) => fromDay(toDay("2024-01-01") + offset));
const shifts = ["day", "night"];
const columns = ["id", "day", "area", "cls", "ended", "gone", "hours", "person", "sex", "watch"] as const;

const anyWhere = fc.constantFrom<Record<string, Condition>[]>(
  {},
  {},
  {sex: "F"},
  {sex: {not: "F"}},
  {hours: {from: 1}},
  {person: {present: true}},
  {ended: {absent: true}},
  {area: ["1", "2"]}
);
const counted = {nature: "outcome", better: "lower", unit: "x"} as const;
const kinds = {
  rows: {...counted, count: "rows"},
  dated: {...counted, count: "rows", date: "ended"},
  people: {...counted, count: "distinct(person)"},
  hours: {...counted, sum: "hours"},
  mean: {mean: "hours"},
  median: {median: "hours"},
  p12: {percentile: {of: "hours", at: 12.5}},
  least: {min: "hours"},
  most: {max: "hours"},
  women: {share: {where: {sex: "F"}}},
  women_hours: {share: {where: {sex: "F", hours: {from: 2}}, weight: "hours"}},
  within: {share: {within: {count: 2, unit: "day"}, from: "day", to: "ended"}},
  lasting: {duration: {from: "day", to: "ended"}},
  lasting30: {duration: {from: "day", to: "ended", percentile: 30}},
  mean_days: {duration: {from: "day", to: "ended", take: "mean"}},
  last_rows: {latest: "rows"},
  last_people: {latest: "distinct(person)"},
  last_hours: {latest: "sum(hours)"},
  open: {latest: {until: "ended"}},
  there: {latest: {until: "gone"}, date: "ended"},
  finished: {done: "ended"},
  rolling: {...counted, count: "rows", rolling: {count: 3, unit: "day"}},
  rolling_mean: {mean: "hours", rolling: {count: 2, unit: "day"}},
  balance: {...counted, sum: "hours", cumulative: {since: "2024-01-02", opening: "10.25"}}
} as const;
const names = Object.keys(kinds);
const ratios = {
  hours_a_person: {ratio: {of: "hours", to: "people"}},
  women_to_mean: {ratio: {of: "women", to: "mean"}}
};

interface Kind {
  readonly delivery: "snapshot" | "period" | "upsert" | "append";
  readonly partitioned: boolean;
  readonly keyed: boolean;
}

const anyKind: fc.Arbitrary<Kind> = fc.oneof(
  fc.record({
    delivery: fc.constantFrom("snapshot" as const, "period" as const),
    partitioned: fc.boolean(),
    keyed: fc.boolean()
  }),
  fc.record({delivery: fc.constant("upsert" as const), partitioned: fc.boolean(), keyed: fc.constant(true)}),
  fc.record({delivery: fc.constant("append" as const), partitioned: fc.boolean(), keyed: fc.constant(false)})
);
const anyRow: fc.Arbitrary<CaseRow> = fc
  .record({
    id: fc.integer({min: 1, max: 12}),
    day: fc.constantFrom(...days),
    area: fc.constantFrom(...areas),
    cls: fc.constantFrom("x", "y", null),
    lasted: fc.option(fc.integer({min: -1, max: 4})),
    stayed: fc.option(fc.integer({min: -1, max: 4})),
    hours: fc.option(fc.integer({min: -2, max: 20}).map((quarters) => quarters / 4)),
    person: fc.option(fc.constantFrom("p", "q", "it's")),
    sex: fc.option(fc.constantFrom("F", "M")),
    watch: fc.option(fc.constantFrom("day", " Day", "NIGHT ", "other"))
  })
  .map(({lasted, stayed, ...row}) => ({
    ...row,
    ended: lasted === null ? null : addDays(row.day, lasted),
    gone: stayed === null ? null : addDays(row.day, stayed)
  }));
const anyLoad = fc.record({
  rows: fc.uniqueArray(anyRow, {minLength: 4, maxLength: 12, selector: ({id}) => id}),
  covered: fc
    .tuple(fc.nat(1), fc.integer({min: 2, max: days.length - 1}))
    .map(([first, more]) => [days[first]!, days[Math.min(first + more, days.length - 1)]!] as const),
  areas: fc.uniqueArray(fc.constantFrom(...areas), {minLength: 2})
});
type Drawn = typeof anyLoad extends fc.Arbitrary<infer Value> ? Value : never;

interface Made {
  readonly load: CountableLoad;
  readonly rows: readonly CaseRow[];
  readonly covers: (area: string, day: IsoDate) => boolean;
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

function sourceOf({delivery, partitioned, keyed}: Kind): ProjectSource {
  return source(`
source: things
title: Things
files: ["x.csv"]
delivery: ${delivery}
${partitioned ? "partition: [area]" : ""}
${keyed ? "key: [id]" : ""}
covers: {from: rows}
date: day
shift: watch
columns:
  id: {from: Id, type: integer, required: true}
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  cls: {from: Class, segment: class}
  ended: {from: Ended, type: date, formats: [yyyy-MM-dd]}
  gone: {from: Left, type: date, formats: [yyyy-MM-dd]}
  hours: {from: Hours, type: decimal}
  person: {from: Person, type: text}
  sex: {from: Sex, type: text}
  watch: {from: Watch, type: text}
`);
}

/** A project with one target for each measure, by shift and for each class. */
function projectOf(kind: Kind, wheres: readonly Record<string, Condition>[]): Project {
  const shared = {title: "x", better: "lower", unit: "share"} as const;
  const measures = Object.fromEntries([
    ...Object.entries(kinds).map(([name, spec], at) => [name, {...shared, ...spec, where: wheres[at]!}]),
    ...Object.entries(ratios).map(([name, spec]) => [name, {...shared, ...spec, where: {}}])
  ]);
  const all = project([{...sourceOf(kind), measures} as never], tree);
  const {settings} = all;
  const targets = Object.keys(measures).map((measure) => ({
    measure,
    at: {type: "city", code: "C"},
    by_segment: [],
    each: "class",
    every: "shift"
  }));
  return {
    ...all,
    settings: {...settings, calendar: {...settings.calendar, shifts}},
    targets: targets as unknown as Project["targets"]
  };
}

function sqlRow(row: CaseRow): string {
  const text = (value: string | null) => (value === null ? "null::varchar" : `'${value.replaceAll("'", "''")}'`);
  const date = (value: string | null) => (value === null ? "null::date" : `date '${value}'`);
  return `(${[
    `${row.id}::bigint`,
    date(row.day),
    text(row.area),
    text(row.cls),
    date(row.ended),
    date(row.gone),
    `${row.hours ?? "null"}::decimal(18,4)`,
    text(row.person),
    text(row.sex),
    text(row.watch)
  ].join(", ")})`;
}

async function store(one: Drawn, sequence: number, kind: Kind): Promise<Made | null> {
  const [from, to] = one.covered;
  const speaksFor = (area: string) => !kind.partitioned || one.areas.includes(area);
  const rows = one.rows.filter(
    ({area, day}) => speaksFor(area) && day <= to && (kind.delivery === "upsert" || day >= from)
  );
  if (rows.length === 0) return null;
  stored += 1;
  const load = await storeLoad(
    given,
    {id: `load-${stored}`, sequence, columns},
    (kind.partitioned ? one.areas : [null]).map((partition) => ({partition, days: [[from, to]]})),
    rows.map(sqlRow).join(", ")
  );
  return {
    load: {...load, source: "things"},
    rows,
    covers: (area, day) => speaksFor(area) && day >= from && day <= to
  };
}

/** The rows that count: the newest load first, each row held against what newer ones said. */
function fold(loads: readonly Made[], {delivery, partitioned, keyed}: Kind): CaseRow[] {
  const counting: CaseRow[] = [];
  const said = new Set<number>();
  const newer: Made[] = [];
  for (const made of loads.toReversed()) {
    const isTaken = ({area, day}: CaseRow) => {
      if (delivery === "upsert" || delivery === "append") return false;
      if (delivery === "period") return newer.some(({covers}) => covers(area, day));
      return newer.some(({covers}) => !partitioned || days.some((one) => covers(area, one)));
    };
    const owned = made.rows.filter((row) => !isTaken(row));
    counting.push(...owned.filter(({id}) => !(keyed && delivery !== "append" && said.has(id))));
    for (const {id} of owned) said.add(id);
    newer.push(made);
  }
  return counting;
}

const isWithin =
  ({type, code}: {readonly type: string; readonly code: string}) =>
  (row: CaseRow): boolean => {
    if (type === "city") return true;
    if (type === "class") return row.cls === code;
    return type === "area" ? row.area === code : (row.area === "3" ? "e" : "w") === code;
  };

/** Of a class all partitions are observed, of a bureau its own; the one of Area 3 begins on 3 January. */
function observedBy(kind: Kind, segment: {readonly type: string; readonly code: string}, to: IsoDate) {
  if (!kind.partitioned) return [() => true];
  const own = segment.type === "class" ? areas : areas.filter((area) => isWithin(segment)({area} as CaseRow));
  return own.filter((area) => area !== "3" || to >= "2024-01-03").map((area) => (row: CaseRow) => row.area === area);
}

const segments = tree.segments.map(({type, code}) => ({type, code}));
const windows = [
  ["2024-01-01", "2024-01-06"],
  ["2024-01-02", "2024-01-04"],
  ["2024-01-04", "2024-01-04"]
] as const;
const scarce = new Set(["not_covered", "partition_missing"]);

test("every kind of measure is what a plain look at each row finds, whatever is delivered, cached or not", async () => {
  const held = new Map<string, number>();
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(
      anyKind,
      fc.array(anyLoad, {minLength: 1, maxLength: 3}),
      fc.array(anyWhere, {minLength: names.length, maxLength: names.length}),
      async (kind, drawn, wheres) => {
        const all = projectOf(kind, wheres);
        const things = all.sources.get("things")!;
        const loads: Made[] = [];
        for (const [at, one] of drawn.entries()) {
          const made = await store(one, at + 1, kind);
          if (made !== null) loads.push(made);
        }
        const own = loads.map(({load}) => load);
        const coverage = coverageOf(tree, things, own, zone);
        const coverages = new Map([["things", coverage]]);
        const count = () => countKnown(all, own, coverages, given.warehouse, new Set(all.measures.keys()));
        const known = await count();
        const again = await count();
        const rows = fold(loads, kind);
        const context = JSON.stringify({kind, loads: loads.map(({load, rows: of}) => ({covered: load.covered, of}))});
        for (const [index, name] of [...names, ...Object.keys(ratios)].entries()) {
          for (const [at, segment] of segments.entries()) {
            for (const [from, to] of windows) {
              for (const shift of (index + at) % 2 === 0 ? [null] : [shifts[at % 2]!]) {
                const known_to = (index + at) % 3 === 0 ? addDays(to, 2) : undefined;
                const options = {...(shift === null ? {} : {shift}), ...(known_to === undefined ? {} : {known_to})};
                const value = known.over(name, segment, from, to, options);
                const what = JSON.stringify([name, wheres[index], segment, from, to, options]) + context;
                expect(again.over(name, segment, from, to, options), what).toEqual(value);
                if (value.reason !== null && scarce.has(value.reason.code)) continue;
                const window: PlainWindow = {
                  from,
                  to,
                  known: known_to ?? to,
                  shift,
                  isOwn: isWithin(segment),
                  observed: observedBy(kind, segment, to)
                };
                const plain = plainValue(all.measures, name, rows, window);
                const near = plain.value === null ? null : expect.closeTo(plain.value, 9);
                expect(value, what).toMatchObject({
                  value: near,
                  rows_counted: plain.value === null ? null : plain.rows,
                  ...(plain.undecided === undefined ? {} : {undecided: plain.undecided}),
                  ...(plain.done_on === undefined ? {} : {done_on: plain.done_on})
                });
                held.set(name, (held.get(name) ?? 0) + (value.value === null ? 0 : 1));
                if (value.value === null || at % 3 !== index % 3 || from !== windows[1][0]) continue;
                // The query of an explanation, and its rows, say the same.
                const knowledge = {loads: own} as unknown as Knowledge;
                const counted: CountedRows = {
                  project: all,
                  knowledge,
                  coverages,
                  measure: name,
                  segment,
                  from,
                  to,
                  ...options
                };
                const sql = inFolder(countSql(counted));
                const [answer] = await given.engine.rows(sql, z.strictObject({value: z.coerce.number()}));
                expect(answer?.value, `${sql}\n${what}`).toBeCloseTo(value.value, 9);
                const shown = await countedRows(given.engine, counted, given.warehouse);
                if (name in ratios) expect(shown.length, what).toBeGreaterThanOrEqual(value.rows_counted ?? 0);
                else expect(shown.length, what).toBe(value.rows_counted);
                asked += 1;
              }
            }
          }
        }
        rmSync(cacheFolder(given.warehouse), {recursive: true, force: true});
      }
    ),
    {numRuns: 8}
  );
  // Each kind had values to be held against.
  for (const name of [...names, ...Object.keys(ratios)])
    expect([name, held.get(name)]).toEqual([name, expect.any(Number)]);
  expect(Math.min(...held.values())).toBeGreaterThan(8);
  expect(asked).toBeGreaterThan(80);
}, 300_000);

/** As if started in the warehouse's folder; its name has signs that a path must not be read as. */
function inFolder(sql: string | null): string {
  const folder = given.warehouse.replace(/[*?[]/g, "[$&]");
  return (sql ?? "").replaceAll("'loads/", `'${folder}/loads/`).replace(/;$/, "");
}
