import {rmSync} from "node:fs";
import {afterAll, beforeAll, expect, test} from "vitest";
import {z} from "zod";
import {countLoads} from "../../pipeline/actuals/count-loads.ts";
import {columnsRead, rollupOf} from "../../pipeline/actuals/rollup.ts";
import {loadRows} from "../../pipeline/facts/known.ts";
import type {Engine} from "../../pipeline/warehouse/engine.ts";
import {project, smallRoster, source} from "../support/small-project.ts";
import {storeLoad, temporaryWarehouse} from "../support/stored-loads.ts";

// What the engine means to do for a source with measures of every kind: its plan, as it says it.

const stops = source(`
source: stops
title: Stops
files: ["x.csv"]
delivery: snapshot
covers: {from: rows}
date: day
columns:
  day: {from: A, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: B, segment: area}
  ended: {from: C, type: date, formats: [yyyy-MM-dd]}
  minutes: {from: D, type: integer}
  officer: {from: E, type: text}
  released: {from: G, type: date, formats: [yyyy-MM-dd]}
  searched: {from: F, type: boolean}
measures:
  stops: {title: a, count: rows, nature: outcome, better: lower, unit: x}
  endings: {title: a, count: rows, date: ended, where: {searched: true}, nature: output, better: higher, unit: x}
  officers: {title: a, count: distinct(officer), where: {area: {present: true}}, nature: outcome, better: lower, unit: x}
  minutes: {title: a, sum: minutes, nature: output, better: higher, unit: minutes}
  mean: {title: a, mean: minutes, better: higher, unit: minutes}
  median: {title: a, median: minutes, where: {searched: true}, better: higher, unit: minutes}
  longest: {title: a, max: minutes, where: {officer: {present: true}}, better: higher, unit: minutes}
  searched: {title: a, share: {where: {searched: true}}, better: higher, unit: share}
  a_stop: {title: a, ratio: {of: minutes, to: stops}, better: higher, unit: minutes}
  in_time: {title: a, share: {within: 1 days, from: day, to: ended}, better: higher, unit: share}
  lasting: {title: a, duration: {from: day, to: ended}, better: lower, unit: days}
  at_work: {title: a, latest: distinct(officer), better: lower, unit: x}
  open: {title: a, latest: {until: ended}, better: lower, unit: x}
  held: {title: a, latest: {until: ended}, date: released, better: lower, unit: x}
  all_over: {title: a, done: ended, better: higher, unit: x}
`);

let given: Awaited<ReturnType<typeof temporaryWarehouse>>;
beforeAll(async () => {
  given = await temporaryWarehouse();
});
afterAll(() => {
  given.engine.close();
  rmSync(given.warehouse, {recursive: true});
});

test("one statement that reads the rows once counts all measures of a source, medians and distinct counts too", async () => {
  const load = await storeLoad(
    given,
    {id: "a", sequence: 1, columns: ["day", "area", "ended", "minutes", "officer", "searched", "released"]},
    [{partition: null, days: [["2024-01-01", "2024-01-31"]]}],
    `(date '2024-01-05', '1', date '2024-01-06', 5::bigint, 'p', true, date '2024-01-05'),
     (date '2024-01-05', '2', null, null, 'q', false, null),
     (date '2024-01-06', null, date '2024-01-06', 7, 'p', null, date '2024-01-07')`
  );
  const rollup = rollupOf(project([stops], smallRoster), stops);
  const plans: string[] = [];
  const watched: Engine = {
    ...given.engine,
    numbers: async (sql) => {
      const plan = await given.engine.rows(
        `explain (format json) ${sql}`,
        z.object({explain_key: z.string(), explain_value: z.string()})
      );
      plans.push(plan.map(({explain_value}) => explain_value).join());
      return given.engine.numbers(sql);
    },
    integers: () => {
      throw new Error("rows are counted once more");
    }
  };
  const [cells] = await countLoads(watched, rollup, [loadRows(stops, load, columnsRead(rollup), given.warehouse)]);
  expect(plans).toHaveLength(1);
  expect(plans[0]!.match(/"name": "(READ_PARQUET|PARQUET_SCAN) *"/gi)).toHaveLength(1);
  // Rows by day, and once more by what each of five columns tells.
  expect(cells!.map(({told}) => told?.column ?? null)).toEqual([null, "ended", "minutes", "officer", "released"]);
});
