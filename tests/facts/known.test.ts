import {rmSync} from "node:fs";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {z} from "zod";
import {partitionsOf} from "../../pipeline/facts/coverage.ts";
import {checkRowsAreThere, loadRows, ownedRows, type StoredLoad} from "../../pipeline/facts/known.ts";
import {changedMonths} from "../../pipeline/facts/months.ts";
import {ownershipOf} from "../../pipeline/facts/ownership.ts";
import {project, smallRoster, source} from "../support/small-project.ts";
import {storeLoad, temporaryWarehouse} from "../support/stored-loads.ts";

const yaml = (key: string) => `
source: calls
title: Calls
files: ["calls*.csv"]
delivery: period
partition: [area]
covers: {from: rows}
${key}
date: day
columns:
  id: {from: Id, type: integer, required: true}
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  kind: {from: Kind, type: text}
  age: {from: Age, personal: drop}
`;
const keyed = source(yaml("key: [id]"));
const nameless = source(yaml(""));
const columns = ["id", "day", "area", "kind"];
const january = [["2024-01-01", "2024-01-31"]] as const;

let given: Awaited<ReturnType<typeof temporaryWarehouse>>;
let first: StoredLoad;
let second: StoredLoad;
let later: StoredLoad;
const rowSchema = z.strictObject({load: z.string(), record: z.string(), day: z.string(), kind: z.string().nullable()});

beforeAll(async () => {
  given = await temporaryWarehouse();
  first = await storeLoad(
    given,
    {id: "first", sequence: 1, columns: columns.slice(0, 3)},
    [
      {partition: "1", days: [["2024-01-01", "2024-02-29"]]},
      {partition: "2", days: january}
    ],
    "(1, date '2024-01-05', '1'), (2, date '2024-01-31', '1'), (3, date '2024-02-01', '1'), (4, date '2024-01-05', '2')"
  );
  second = await storeLoad(
    given,
    {id: "second", sequence: 2, columns},
    [{partition: "1", days: january}],
    "(1, date '2024-01-06', '1', 'a'), (5, date '2024-01-07', '1', null), (6, date '2024-01-07', '1', null)"
  );
  later = await storeLoad(
    given,
    {id: "later", sequence: 3, columns},
    [{partition: "1", days: january}],
    "(1, date '2024-01-06', '1', 'b'), (5, date '2024-01-07', '1', null)"
  );
});
afterAll(() => {
  given.engine.close();
  rmSync(given.warehouse, {recursive: true});
});

function relationOf(loads: readonly StoredLoad[]): string {
  const owned = ownershipOf(keyed.delivery, loads, partitionsOf(smallRoster, keyed), "America/Los_Angeles");
  return ownedRows(keyed, loads, owned, given.warehouse);
}

async function known(loads: readonly StoredLoad[]) {
  return given.engine.rows(
    `select load, record, day, kind from (${relationOf(loads)}) order by day, load, record`,
    rowSchema
  );
}

describe("what is known of a source", () => {
  test("is empty and typed before the first load", async () => {
    expect(await known([])).toEqual([]);
    const described = await given.engine.rows(
      `select column_name, column_type from (describe ${relationOf([])})`,
      z.strictObject({column_name: z.string(), column_type: z.string()})
    );
    expect(described.map((column) => `${column.column_name} ${column.column_type}`)).toEqual([
      "load VARCHAR",
      "record BIGINT",
      "id BIGINT",
      "day DATE",
      "area VARCHAR",
      "kind VARCHAR"
    ]);
  });

  test("takes each day and partition from the load that decides it; a column that a load lacks is null", async () => {
    expect(await known([first, second])).toEqual([
      {load: "first", record: "4", day: "2024-01-05", kind: null},
      {load: "second", record: "1", day: "2024-01-06", kind: "a"},
      {load: "second", record: "2", day: "2024-01-07", kind: null},
      {load: "second", record: "3", day: "2024-01-07", kind: null},
      {load: "first", record: "3", day: "2024-02-01", kind: null}
    ]);
  });
});

describe("the rows of one load", () => {
  test("are all of them, whatever it decides, in declared types and null where a column is not held", async () => {
    const select = loadRows(keyed, first, ["kind", "id"], given.warehouse);
    expect(
      await given.engine.rows(
        `select kind, id from (${select}) order by id`,
        z.strictObject({kind: z.null(), id: z.string()})
      )
    ).toEqual(["1", "2", "3", "4"].map((id) => ({kind: null, id})));
  });

  test("are missed only where the load decides something", () => {
    const gone = {...first, id: "gone", rows_file: "loads/test/gone.parquet"};
    const owned = [{load: "gone", partition: "1", days: january}];
    expect(() => checkRowsAreThere([first, gone], [], given.warehouse)).not.toThrow();
    expect(() => checkRowsAreThere([first, gone], owned, given.warehouse)).toThrowError(
      expect.objectContaining({diagnostics: [expect.objectContaining({code: "rows-lost"})]})
    );
  });
});

describe("months that a load changes", () => {
  const months = (of: typeof keyed, before: readonly StoredLoad[], after: readonly StoredLoad[]) =>
    changedMonths(given.engine, project([of]), of, before, after, given.warehouse);

  test("of a first load are all added", async () => {
    expect(await months(keyed, [], [first])).toEqual([
      {month: "2024-01", added: 3, changed: 0, gone: 0},
      {month: "2024-02", added: 1, changed: 0, gone: 0}
    ]);
  });

  test("by key: a moved record is changed, a column that came later makes no difference", async () => {
    // Record 1 moved a day, 2 is gone, 5 and 6 came; 3 and 4 lie outside of what the new load decides.
    expect(await months(keyed, [first], [first, second])).toEqual([{month: "2024-01", added: 2, changed: 1, gone: 1}]);
    expect(await months(keyed, [first, second], [first, second, later])).toEqual([
      {month: "2024-01", added: 0, changed: 1, gone: 1}
    ]);
  });

  test("without a key: multiset differences", async () => {
    expect(await months(nameless, [first, second], [first, second, later])).toEqual([
      {month: "2024-01", added: 1, changed: 0, gone: 2}
    ]);
  });

  test("are none where nothing is decided anew", async () => {
    expect(await months(keyed, [first], [first])).toEqual([]);
  });
});
