import {rmSync} from "node:fs";
import {afterAll, beforeAll, expect, test} from "vitest";
import {countStored} from "../support/known-actuals.ts";
import {project, source} from "../support/small-project.ts";
import {storeLoad, temporaryWarehouse} from "../support/stored-loads.ts";

// Beyond 2^53 a double takes a number for its neighbour: such sums are refused, all others are exact.

const permits = source(`
source: permits
title: Permits
files: ["x.csv"]
delivery: snapshot
covers: {from: rows}
date: day
columns:
  day: {from: A, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: B, segment: area, required: true}
  cost: {from: C, type: integer}
  fee: {from: D, type: integer}
measures:
  costs: {title: a, sum: cost, nature: output, better: none, unit: dollars}
  fees: {title: a, sum: fee, nature: output, better: none, unit: dollars}
  permits: {title: a, count: rows, nature: output, better: none, unit: permits}
`);
const city = {type: "city", code: "C"};

let given: Awaited<ReturnType<typeof temporaryWarehouse>>;
beforeAll(async () => {
  given = await temporaryWarehouse();
});
afterAll(() => {
  given.engine.close();
  rmSync(given.warehouse, {recursive: true});
});

async function actualsOf(id: string, rows: string) {
  const columns = ["day", "area", "cost", "fee"];
  const load = await storeLoad(
    given,
    {id, sequence: 1, columns},
    [{partition: null, days: [["2024-01-01", "2024-01-31"]]}],
    rows
  );
  return countStored(given, project([permits]), {permits: [load]});
}

test("a sum up to the greatest exact number is exact", async () => {
  const actuals = await actualsOf(
    "exact",
    `(date '2024-01-05', '1', 9007199254740000, 1), (date '2024-01-05', '2', 990, 1),
     (date '2024-01-06', '10', 1, 1)`
  );
  expect(actuals.over("costs", city, "2024-01-01", "2024-01-31").value).toBe(Number.MAX_SAFE_INTEGER);
  expect(actuals.over("costs", city, "2024-01-06", "2024-01-31").value).toBe(1);
});

test.each([
  ["in one row", "(date '2024-01-05', '1', 9007199254740992, 1)"],
  ["in one day and Area", "(date '2024-01-05', '1', 9007199254740991, 1), (date '2024-01-05', '1', 1, 1)"],
  ["of Areas", "(date '2024-01-05', '1', 9007199254740991, 1), (date '2024-01-05', '2', 1, 1)"],
  ["of days", "(date '2024-01-05', '1', 9007199254740991, 1), (date '2024-01-07', '1', 1, 1)"],
  ["below 0", "(date '2024-01-05', '1', -9007199254740991, 1), (date '2024-01-07', '1', -1, 1)"],
  ["that cancels out", "(date '2024-01-05', '1', 9007199254740991, 1), (date '2024-01-07', '1', -9007199254740990, 1)"],
  [
    "beyond what a bigint holds",
    "(date '2024-01-05', '1', 9223372036854775807, 1), (date '2024-01-05', '1', 9223372036854775807, 1)"
  ]
])("a larger sum is refused, and no other measure with it: %s", async (name, rows) => {
  await expect(actualsOf(name.replaceAll(" ", "-"), rows)).rejects.toMatchObject({
    name: "RunFailure",
    diagnostics: [
      {
        code: "sum-too-large",
        severity: "error",
        place: {file: "sources/source.yaml"},
        message: 'The values of "costs" are too large to be added exactly'
      }
    ]
  });
});
