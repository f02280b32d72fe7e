import {rmSync} from "node:fs";
import {afterAll, beforeAll, expect, test} from "vitest";
import {z} from "zod";
import type {Actuals} from "../../pipeline/actuals/contract.ts";
import {coverageOf} from "../../pipeline/facts/coverage.ts";
import type {Knowledge} from "../../pipeline/ledger/contract.ts";
import {type CountableLoad, countKnown} from "../../pipeline/run/count-known.ts";
import {countSql} from "../../pipeline/run/counted-rows.ts";
import {project, roster, source} from "../support/small-project.ts";
import {storeLoad, temporaryWarehouse} from "../support/stored-loads.ts";

// Who is trained and in service on a day, by hand: of two extracts, the second one made half a year later.

const zone = "America/Los_Angeles";
const training = source(`
source: training
title: Training
files: ["x.csv"]
delivery: snapshot
covers: {from: rows}
date: assigned_on
columns:
  assigned_on: {from: A, type: date, formats: [yyyy-MM-dd], required: true}
  completed_on: {from: B, type: date, formats: [yyyy-MM-dd]}
  left_on: {from: C, type: date, formats: [yyyy-MM-dd]}
  area: {from: D, segment: area, required: true}
measures:
  trained: {title: a, latest: {until: left_on}, date: completed_on, better: higher, unit: officers}
  trained_since: {title: a, count: rows, date: completed_on, cumulative: {since: 2023-01-01}, where: {left_on: {absent: true}}, nature: output, better: higher, unit: officers}
`);
const tree = roster("city C City", "area 1 Alder C", "area 2 Birch C");
const small = project([training], tree);
const city = {type: "city", code: "C"};
const birch = {type: "area", code: "2"};

/** Assigned, completed, left, area; of each person what is known in June, and in December. */
const people = [
  // Trained in March, and stays.
  ["2023-01-10", "2024-03-05", null, "2024-03-05", null, "1"],
  // Trained before they are assigned it, as where a certificate is brought along; leaves in August.
  ["2024-05-20", "2024-02-01", null, "2024-02-01", "2024-08-15", "2"],
  // Left in May, trained in April.
  ["2023-01-10", "2024-04-02", "2024-05-01", "2024-04-02", "2024-05-01", "2"],
  // Trained on the day on which they leave: never a trained officer.
  ["2023-01-10", "2024-04-10", "2024-04-10", "2024-04-10", "2024-04-10", "1"],
  // A completion entered after the day on which they left: no more than a clerk's error, on no day and never less than none.
  ["2023-01-10", "2024-06-20", "2024-04-01", "2024-06-20", "2024-04-01", "2"],
  // Never trained, and gone.
  ["2023-01-10", null, "2024-04-20", null, "2024-04-20", "2"],
  // Not trained in June.
  ["2023-01-10", null, null, "2024-09-09", null, "1"]
] as const;

type Person = (typeof people)[number];
type Cell = string | null;

interface Known {
  readonly actuals: Actuals;
  /** The query of an explanation, of the city. */
  readonly sql: (day: string) => string;
}

let given: Awaited<ReturnType<typeof temporaryWarehouse>>;
let june: Known;
let december: Known;

async function known(id: string, to: string, of: (person: Person) => readonly [Cell, Cell]): Promise<Known> {
  const day = (value: Cell) => (value === null ? "null::date" : `date '${value}'`);
  const rows = people.map((person) => {
    const [completed, left] = of(person);
    return `(${day(person[0])}, ${day(completed)}, ${day(left)}, '${person[5]}')`;
  });
  const load = await storeLoad(
    given,
    {id, sequence: 1, columns: ["assigned_on", "completed_on", "left_on", "area"]},
    [{partition: null, days: [["2023-01-01", to]]}],
    rows.join(", ")
  );
  const loads: CountableLoad[] = [{...load, source: "training"}];
  const coverages = new Map([["training", coverageOf(tree, training, loads, zone)]]);
  const actuals = await countKnown(small, loads, coverages, given.warehouse, new Set(small.measures.keys()));
  const knowledge = {loads} as unknown as Knowledge;
  const asked = {project: small, knowledge, coverages, measure: "trained", segment: city};
  const sql = (day: string) =>
    countSql({...asked, from: day, to: day})?.replace("read_parquet('", `read_parquet('${given.warehouse}/`) ?? "";
  return {actuals, sql};
}

beforeAll(async () => {
  given = await temporaryWarehouse();
  june = await known("a", "2024-06-30", ([, completed, left]) => [completed, left]);
  december = await known("b", "2024-12-31", ([, , , completed, left]) => [completed, left]);
});
afterAll(() => {
  given.engine.close();
  rmSync(given.warehouse, {recursive: true});
});

const days = [
  ["2024-01-31", 0, 0],
  ["2024-02-01", 1, 1],
  ["2024-03-05", 2, 1],
  ["2024-04-01", 2, 1],
  // Of the two who complete it in these days one stands.
  ["2024-04-10", 3, 2],
  ["2024-04-30", 3, 2],
  ["2024-05-01", 2, 1],
  ["2024-06-30", 2, 1]
] as const;

test.each(days)("on %s so many are trained and in service, in June and in December", (day, all, inBirch) => {
  const value = (rows: number) => ({value: rows, rows_counted: rows, reason: null});
  for (const {actuals} of [june, december]) {
    expect(actuals.over("trained", city, day, day)).toEqual(value(all));
    expect(actuals.over("trained", birch, "2023-01-01", day)).toEqual(value(inBirch));
  }
});

test("who leaves later is gone from that day on, and a count of those who serve today is another number", () => {
  expect(december.actuals.over("trained", city, "2024-08-14", "2024-08-14").value).toBe(2);
  expect(december.actuals.over("trained", city, "2024-08-15", "2024-08-15").value).toBe(1);
  expect(december.actuals.over("trained", city, "2024-12-31", "2024-12-31").value).toBe(2);
  expect(june.actuals.over("trained_since", city, "2024-06-30", "2024-06-30").value).toBe(2);
  expect(december.actuals.over("trained_since", city, "2024-06-30", "2024-06-30").value).toBe(1);
});

test.each(days)("the query of an explanation says the same of %s", async (day, all) => {
  const [answer] = await given.engine.rows(december.sql(day), z.strictObject({value: z.coerce.number()}));
  expect(answer?.value).toBe(all);
});
