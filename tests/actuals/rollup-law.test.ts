import {rmSync} from "node:fs";
import fc from "fast-check";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openActuals} from "../../pipeline/actuals/known-actuals.ts";
import {fromDay, toDay} from "../../pipeline/calendar/iso-date.ts";
import type {Condition, SimpleCondition} from "../../pipeline/config/where.ts";
import {coverageOf} from "../../pipeline/facts/coverage.ts";
import {project, roster, source} from "../support/small-project.ts";
import {temporaryWarehouse} from "../support/stored-loads.ts";

// Counting in SQL, by classes and cubes, against a plain look at each row.

interface Row {
  readonly day: string;
  readonly area: string;
  readonly code: number | null;
  readonly kind: string | null;
  readonly modes: readonly string[] | null;
  readonly weight: number | null;
}

const lists = new Map([["some", ["1", "3"]]]);
const tree = roster("city C City", "bureau w W C", "bureau e E C", "area 1 A w", "area 2 B w", "area 3 D e 2024-01-03");
const segments = tree.segments.map(({type, code}) => ({type, code}));

const base = source(`
source: things
title: Things
files: ["x.csv"]
delivery: snapshot
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  code: {from: Code, type: integer}
  kind: {from: Kind, type: text}
  modes: {from: Modes, type: list}
  weight: {from: Weight, type: integer}
`);

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
      day: condition(simple.day)
    },
    {requiredKeys: []}
  )
  .map((where) => where as Record<string, Condition>);
const anyRow: fc.Arbitrary<Row> = fc.record({
  day: fc.integer({min: 0, max: 4}).map((offset) => fromDay(toDay("2024-01-01") + offset)),
  area: fc.constantFrom("1", "2", "3"),
  code: fc.option(code),
  kind: fc.option(kind),
  modes: fc.option(fc.uniqueArray(fc.constantFrom("m1", "m2", "m3"))),
  weight: fc.option(fc.integer({min: -5, max: 5}))
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

/** Area 3 came into the roster after the window's first day. */
function isNewIn({type, code: of}: {type: string; code: string}, from: string): boolean {
  return type === "area" && of === "3" && from < "2024-01-03";
}

let given: Awaited<ReturnType<typeof temporaryWarehouse>>;
beforeAll(async () => {
  given = await temporaryWarehouse();
  await given.engine.run("create schema facts");
});
afterAll(() => {
  given.engine.close();
  rmSync(given.warehouse, {recursive: true});
});

test("every measure, segment and window counts and sums the rows that meet its conditions", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyRow, {maxLength: 25}),
      fc.array(anyWhere, {minLength: 1, maxLength: 6}),
      async (rows, wheres) => {
        const shared = {title: "x", nature: "outcome", better: "lower", unit: "x"} as const;
        const measures = Object.fromEntries(
          wheres.flatMap((where, index) => [
            [`count${index}`, {...shared, count: "rows" as const, where}],
            [`sum${index}`, {...shared, sum: "weight", where}]
          ])
        );
        const things = {...base, measures};
        const values = rows.map(({day, area, code: of, kind: word, modes, weight}) => {
          const list = modes === null ? "null" : `[${modes.map((mode) => `'${mode}'`).join(", ")}]`;
          const text = word === null ? "null" : `'${word.replaceAll("'", "''")}'`;
          return `('a', 1, date '${day}', '${area}', ${of ?? "null"}, ${text}, ${list}, ${weight ?? "null"})`;
        });
        await given.engine.run(`create or replace view facts.things as
        select load, record, day, area, code::bigint as code, kind::varchar as kind, modes::varchar[] as modes, weight::bigint as weight
        from (values ${["('', 0, date '2000-01-01', '', null, null, null, null)", ...values].join(", ")})
            as given (load, record, day, area, code, kind, modes, weight)
        where load = 'a'`);
        const coverage = coverageOf(tree, things, [
          {
            id: "a",
            sequence: 1,
            at: "2024-05-01T00:00:00.000Z",
            extracted: null,
            covered: [{partition: null, days: [["2023-12-31", "2024-01-06"]]}],
            columns: ["day", "area", "code", "kind", "modes", "weight"]
          }
        ]);
        const actuals = await openActuals(
          given.engine,
          project([things], tree, lists),
          new Map([["things", coverage]])
        );
        for (const [index, where] of wheres.entries()) {
          for (const segment of segments) {
            for (const [from, to] of [
              ["2024-01-01", "2024-01-05"],
              ["2024-01-02", "2024-01-03"],
              ["2024-01-03", "2024-01-05"]
            ] as const) {
              if (isNewIn(segment, from)) {
                expect(actuals.over(`count${index}`, segment, from, to).value).toBeNull();
                continue;
              }
              const met = rows.filter(
                (row) =>
                  row.day >= from &&
                  row.day <= to &&
                  within(row, segment) &&
                  Object.entries(where).every((one) => meets(row, one))
              );
              const total = met.reduce((sum, {weight}) => sum + (weight ?? 0), 0);
              const of = JSON.stringify({where, segment, from, to});
              expect([of, actuals.over(`count${index}`, segment, from, to)]).toEqual([
                of,
                {value: met.length, rows_counted: met.length, reason: null}
              ]);
              expect([of, actuals.over(`sum${index}`, segment, from, to)]).toEqual([
                of,
                {value: total, rows_counted: met.length, reason: null}
              ]);
            }
          }
        }
      }
    ),
    {numRuns: 30}
  );
});
