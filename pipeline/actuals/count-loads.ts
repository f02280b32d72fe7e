import {z} from "zod";
import type {Engine} from "../warehouse/engine.ts";
import {blocksOf, type Cells, type CountedCells} from "./cells.ts";
import {type Cube, classedColumns, cubesOf, type Truths} from "./cubes.ts";
import type {RolledMeasure, Rollup, Test} from "./rollup.ts";
import {
  classesSql,
  classesTableSql,
  cubeSql,
  dayOffset,
  dayPlaces,
  leavesSql,
  leavesTableSql,
  type Radix,
  rowsViewSql,
  testKey,
  truthsSql,
  valuesTableSql
} from "./rollup-sql.ts";

/** So many places (load x leaf x kind) are sorted at once; more loads than fit are counted one after another. */
const mostPlaces = 2 ** 22;

/** So many loads, at most, are rolled up in one statement. */
const mostLoads = 500;

const truthSchema = z.record(z.string(), z.union([z.boolean(), z.number()]));

/**
 * Rolls up the rows of loads of one source, all of them and all its measures in one pass; sources whose measures have
 * little to do with one another take a few, see `cubesOf`.
 *
 * @param relations The rows of each load, as a select of `columnsRead` in their declared types.
 * @returns The cells of each load, in the same order.
 */
export async function countLoads(engine: Engine, rollup: Rollup, relations: readonly string[]): Promise<Cells[]> {
  const cells: Cells[] = [];
  for (let from = 0; from < relations.length; from += mostLoads) {
    cells.push(...(await countTogether(engine, rollup, relations.slice(from, from + mostLoads))));
  }
  return cells;
}

async function countTogether(engine: Engine, rollup: Rollup, relations: readonly string[]): Promise<Cells[]> {
  await engine.run(rowsViewSql(relations));
  const leaves = await leavesOf(engine, rollup);
  const truths = new Map<string, Truths>();
  for (const column of classedColumns(rollup)) {
    await engine.run(valuesTableSql(rollup, column));
    const answers = await engine.rows(truthsSql(column), truthSchema);
    truths.set(
      column.column,
      answers.map((answer) => rollup.tests.map((test) => answer[testKey(test)] === true))
    );
  }
  const cells = relations.map((): Cells[number][] => []);
  for (const cube of cubesOf(rollup, truths)) {
    for (const column of cube.classed) await engine.run(classesTableSql(cube, column));
    const tuples = await tuplesOf(engine, cube);
    const radix = {leaves: leaves.length, classes: tuples.classes};
    const step = Math.max(1, Math.floor(mostPlaces / (leaves.length * tuples.kindOf.length)));
    for (let from = 0; from < relations.length; from += step) {
      const loads = Math.min(step, relations.length - from);
      const counted = await countCube(engine, rollup, cube, {radix, leaves, tuples, from, loads});
      for (const [at, block] of blocksOf(counted, loads).entries()) if (block !== null) cells[from + at]!.push(block);
    }
  }
  return cells;
}

async function leavesOf(engine: Engine, {leaf}: Rollup): Promise<(string | null)[]> {
  if (leaf === null) return [null];
  await engine.run(leavesTableSql(leaf.column));
  const rows = await engine.rows(leavesSql, z.strictObject({leaf: z.string().nullable()}));
  // Loads without rows have none; there is nothing to count then.
  return rows.length === 0 ? [null] : rows.map((row) => row.leaf);
}

/** The kinds into which the tests of a cube part the rows, by the number that stands for classes and answers inline. */
interface Tuples {
  /** How many classes each classed column has. */
  readonly classes: readonly number[];
  /** Kind of each tuple; -1 where no measure counts its rows. */
  readonly kindOf: Int32Array;
  readonly kinds: readonly (readonly string[])[];
}

async function tuplesOf(engine: Engine, cube: Cube): Promise<Tuples> {
  const parts: {tests: readonly Test[]; answers: readonly (readonly boolean[])[]}[] = [];
  for (const column of cube.classed) {
    const rows = await engine.rows(classesSql(column), truthSchema);
    parts.push({
      tests: column.tests,
      answers: rows.map((row) => column.tests.map((test) => row[testKey(test)] === true))
    });
  }
  const classes = parts.map(({answers}) => Math.max(1, answers.length));
  for (const test of cube.inline) parts.push({tests: [test], answers: [[false], [true]]});
  const count = parts.reduce((product, {answers}) => product * Math.max(1, answers.length), 1);
  const kindOf = new Int32Array(count).fill(-1);
  const kinds = new Map<string, {number: number; measures: string[]}>();
  const holds: boolean[] = [];
  for (let tuple = 0; tuple < count; tuple += 1) {
    let rest = tuple;
    for (const {tests, answers} of parts.toReversed()) {
      const answer = answers[rest % Math.max(1, answers.length)] ?? [];
      for (const [at, test] of tests.entries()) holds[test.number] = answer[at] ?? false;
      rest = Math.floor(rest / Math.max(1, answers.length));
    }
    const measures = cube.measures.filter((measure) => counts(measure, holds)).map(({name}) => name);
    if (measures.length === 0) continue;
    const key = JSON.stringify(measures);
    const kind = kinds.get(key) ?? {number: kinds.size, measures};
    kinds.set(key, kind);
    kindOf[tuple] = kind.number;
  }
  return {classes, kindOf, kinds: [...kinds.values()].map(({measures}) => measures)};
}

function counts({conditions}: RolledMeasure, holds: readonly boolean[]): boolean {
  return conditions.every((one) => holds[one.test.number] === one.holds);
}

interface Counting {
  readonly radix: Radix;
  readonly leaves: readonly (string | null)[];
  readonly tuples: Tuples;
  /** The first load to count, and how many. */
  readonly from: number;
  readonly loads: number;
}

async function countCube(
  engine: Engine,
  rollup: Rollup,
  cube: Cube,
  {radix, leaves, tuples: {kindOf, kinds}, from, loads}: Counting
): Promise<CountedCells> {
  const columns = [...new Set(cube.measures.flatMap(({sum}) => sum ?? []))].sort();
  const select = cubeSql(rollup, cube, radix, columns, [from, from + loads - 1]);
  const counted = await engine.numbers(select);
  const [cell, rows_counted, ...values] = counted as [Float64Array, Float64Array, ...Float64Array[]];
  let count = 0;
  const places = new Int32Array(cell.length);
  const days = new Int32Array(cell.length);
  const rows = new Int32Array(cell.length);
  const sums = columns.map(() => new Float64Array(cell.length));
  for (let at = 0; at < cell.length; at += 1) {
    const series = Math.floor(cell[at]! / dayPlaces);
    const kind = kindOf[series % kindOf.length]!;
    if (kind === -1) continue;
    const leaf = Math.floor(series / kindOf.length) - from * leaves.length;
    places[count] = leaf * kinds.length + kind;
    days[count] = (cell[at]! % dayPlaces) - dayOffset;
    rows[count] = rows_counted[at]!;
    for (const [column, of] of values.entries()) sums[column]![count] = of[at]!;
    count += 1;
  }
  return {
    leaves,
    kinds,
    places: places.subarray(0, count),
    days: days.subarray(0, count),
    rows: rows.subarray(0, count),
    sums: Object.fromEntries(columns.map((column, at) => [column, sums[at]!.subarray(0, count)]))
  };
}
