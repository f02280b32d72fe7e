import {z} from "zod";
import type {Engine} from "../warehouse/engine.ts";
import {whileRunning} from "../warehouse/while-running.ts";
import {blocksOf, blocksOfCounts, type CellPlaces, type Cells, type CountedCells} from "./cells.ts";
import {type Answers, type Classes, type Cube, classedColumns, classesOf, cubesOf} from "./cubes.ts";
import type {RolledMeasure, Rollup} from "./rollup.ts";
import {
  answersSql,
  classesTableSql,
  cubeSql,
  leavesSql,
  leavesTableSql,
  type Places,
  placesSql,
  rowsViewSql,
  spansSql,
  valuesTableSql
} from "./rollup-sql.ts";

/** So many series (load x leaf x tuple) are sorted at once, and so many places (series x day) counted in memory: 64 MiB. */
const mostSeries = 2 ** 22;
const mostPlaces = 2 ** 24;

/** So many rows are counted in memory, where each takes four bytes: 128 MiB. */
const mostRows = 2 ** 25;

/** So many loads, at most, are rolled up in one statement. */
const mostLoads = 500;

/**
 * Rolls up the rows of loads of one source, all of them and all its measures in one pass; sources whose measures have
 * little to do with one another take a few, see `cubesOf`.
 *
 * @param relations The rows of each load, as a select of `columnsRead` in their declared types.
 * @param counting Told again and again how many rows are counted, and how many there are.
 * @returns The cells of each load, in the same order.
 */
export async function countLoads(
  engine: Engine,
  rollup: Rollup,
  relations: readonly string[],
  counting: (done: number, of: number) => void = () => {}
): Promise<Cells[]> {
  const cells: Cells[] = [];
  for (let from = 0; from < relations.length; from += mostLoads) {
    cells.push(...(await countTogether(engine, rollup, relations.slice(from, from + mostLoads), counting)));
  }
  return cells;
}

async function countTogether(
  engine: Engine,
  rollup: Rollup,
  relations: readonly string[],
  counting: (done: number, of: number) => void
): Promise<Cells[]> {
  await engine.run(rowsViewSql(relations));
  const leaves = await leavesOf(engine, rollup);
  const spans = await spansOf(engine, rollup, relations);
  const answers = new Map<string, Answers>();
  for (const column of classedColumns(rollup)) {
    await engine.run(valuesTableSql(rollup, column));
    const given = await engine.rows(answersSql(column.column), z.strictObject({answer: z.string()}));
    answers.set(column.column, {tests: column.tests, given: given.map(({answer}) => answer)});
  }
  const cells = relations.map((): Cells[number][] => []);
  const cubes = cubesOf(rollup, answers);
  const all = spans.reduce((sum, span) => sum + (span?.rows ?? 0), 0);
  // Each row is read once a cube.
  let read = 0;
  const reading = <T>(rows: number, work: () => Promise<T>): Promise<T> => {
    const before = read;
    read += rows;
    return whileRunning(
      engine,
      (share) => counting(Math.floor((before + (share ?? 0) * rows) / cubes.length), all),
      work
    );
  };
  for (const cube of cubes) {
    const classed = cube.classed.map((column) => classesOf(cube, column, answers.get(column.column)!));
    for (const classes of classed) await engine.run(classesTableSql(classes));
    const tuples = tuplesOf(cube, classed);
    const columns = [...new Set(cube.measures.flatMap(({sum}) => sum ?? []))].sort();
    const series = leaves.length * tuples.kindOf.length;
    const inMemory = ({loads, days, rows}: Size) =>
      columns.length === 0 && loads * series * days <= mostPlaces && rows <= mostRows;
    const grouped = ({loads}: Size) => loads * series <= mostSeries;
    for (const {from, to, rows, ...days} of batchesOf(spans, columns.length === 0 ? inMemory : grouped)) {
      await engine.run(rowsViewSql(relations.slice(from, to)));
      const cellPlaces: CellPlaces = {loads: to - from, leaves, ...tuples, ...days};
      const places: Places = {leaves: leaves.length, classes: tuples.classes, ...days};
      const blocks = inMemory({loads: to - from, days: days.days, rows})
        ? blocksOfCounts(
            cellPlaces,
            await reading(rows, () =>
              countInMemory(engine, placesSql(rollup, cube, places), (to - from) * series * days.days)
            ),
            spans.slice(from, to)
          )
        : blocksOf(
            cellPlaces,
            await reading(rows, () => countGrouped(engine, cubeSql(rollup, cube, places, columns), columns))
          );
      for (const [at, block] of blocks.entries()) if (block !== null) cells[from + at]!.push(block);
    }
  }
  return cells;
}

/** First and last day number of a load's rows, and how many there are; null where it has none. */
type Span = {readonly first: number; readonly last: number; readonly rows: number} | null;

async function spansOf(engine: Engine, rollup: Rollup, relations: readonly string[]): Promise<Span[]> {
  const schema = z.strictObject({load: z.int(), first: z.int(), last: z.int(), rows: z.number()});
  const spans = relations.map((): Span => null);
  for (const {load, ...span} of await engine.rows(spansSql(rollup, relations), schema)) spans[load] = span;
  return spans;
}

interface Batch extends Pick<CellPlaces, "firstDay" | "days"> {
  /** Number of the first load, and of the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

interface Size {
  readonly loads: number;
  readonly days: number;
  readonly rows: number;
}

/** Loads that follow one another, as many as fit together; one that fits nowhere stands alone. */
function batchesOf(spans: readonly Span[], fits: (size: Size) => boolean): Batch[] {
  const batches: Batch[] = [];
  for (const [load, span] of spans.entries()) {
    if (span === null) continue;
    const last = batches.at(-1);
    const firstDay = Math.min(span.first, last?.firstDay ?? span.first);
    const days = Math.max(span.last + 1, last === undefined ? 0 : last.firstDay + last.days) - firstDay;
    const rows = span.rows + (last?.rows ?? 0);
    if (last !== undefined && fits({loads: load + 1 - last.from, days, rows})) {
      batches[batches.length - 1] = {from: last.from, to: load + 1, rows, firstDay, days};
    } else {
      const {first, last: end, rows: own} = span;
      batches.push({from: load, to: load + 1, rows: own, firstDay: first, days: end - first + 1});
    }
  }
  return batches;
}

async function leavesOf(engine: Engine, {leaf}: Rollup): Promise<(string | null)[]> {
  if (leaf === null) return [null];
  await engine.run(leavesTableSql(leaf.column));
  const rows = await engine.rows(leavesSql, z.strictObject({leaf: z.string().nullable()}));
  // Loads without rows have none; there is nothing to count then.
  return rows.length === 0 ? [null] : rows.map((row) => row.leaf);
}

/** The kinds into which the tests of a cube part the rows, by tuples of the class in each column and answers inline. */
interface Tuples extends Pick<CellPlaces, "kindOf" | "kinds"> {
  /** How many classes each classed column has. */
  readonly classes: readonly number[];
}

function tuplesOf(cube: Cube, classed: readonly Classes[]): Tuples {
  const parts: readonly Pick<Classes, "tests" | "holds">[] = [
    ...classed,
    ...cube.inline.map((test) => ({tests: [test], holds: [[false], [true]]}))
  ];
  const sizes = parts.map((part) => Math.max(1, part.holds.length));
  const count = sizes.reduce((product, size) => product * size, 1);
  const kindOf = new Int32Array(count).fill(-1);
  const kinds = new Map<string, {number: number; measures: string[]}>();
  const holds: boolean[] = [];
  for (let tuple = 0; tuple < count; tuple += 1) {
    let rest = tuple;
    for (let part = parts.length - 1; part >= 0; part -= 1) {
      const own = parts[part]!.holds[rest % sizes[part]!];
      for (const [at, test] of parts[part]!.tests.entries()) holds[test.number] = own?.[at] ?? false;
      rest = Math.floor(rest / sizes[part]!);
    }
    const measures = cube.measures.filter((measure) => counts(measure, holds)).map(({name}) => name);
    if (measures.length === 0) continue;
    const key = JSON.stringify(measures);
    const kind = kinds.get(key) ?? {number: kinds.size, measures};
    kinds.set(key, kind);
    kindOf[tuple] = kind.number;
  }
  return {classes: sizes.slice(0, classed.length), kindOf, kinds: [...kinds.values()].map(({measures}) => measures)};
}

function counts({conditions}: RolledMeasure, holds: readonly boolean[]): boolean {
  return conditions.every((one) => holds[one.test.number] === one.holds);
}

/** Counts rows as they come; adding up is left to the engine, whose sums do not lose a digit on their way. */
async function countInMemory(engine: Engine, select: string, size: number): Promise<Uint32Array> {
  const counts = new Uint32Array(size);
  await engine.integers(select, (places) => {
    for (let at = 0; at < places.length; at += 1) counts[places[at]!]! += 1;
  });
  return counts;
}

async function countGrouped(engine: Engine, select: string, columns: readonly string[]): Promise<CountedCells> {
  const [places, rows, ...sums] = (await engine.numbers(select)) as [Float64Array, Float64Array, ...Float64Array[]];
  return {places, rows, sums: Object.fromEntries(columns.map((column, at) => [column, sums[at]!]))};
}
