import {z} from "zod";
import type {Engine} from "../warehouse/engine.ts";
import {whileRunning} from "../warehouse/while-running.ts";
import {blocksOf, blocksOfCounts, type CellPlaces, type Cells, type CountedCells, type Leaf} from "./cells.ts";
import {type Answers, type Classes, type Cube, classedColumns, classesOf, cubesOf} from "./cubes.ts";
import type {ToldColumn} from "./measure-parts.ts";
import {addedBy, addedName, type RolledPart, type Rollup} from "./rollup.ts";
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
  textsSql,
  textsTableSql,
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
  const texts = await textsOf(engine, rollup);
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
    const told = toldBy(cube.parts);
    const onlyCounts = told.length === 0 && cube.parts.every(({added}) => added === null);
    const series = leaves.length * tuples.count;
    const inMemory = ({loads, days, rows}: Size) =>
      onlyCounts && loads * series * days <= mostPlaces && rows <= mostRows;
    const grouped = ({loads}: Size) => loads * series <= mostSeries;
    for (const {from, to, rows, ...days} of batchesOf(spans, onlyCounts ? inMemory : grouped)) {
      await engine.run(rowsViewSql(relations.slice(from, to)));
      const cellPlaces: CellPlaces = {loads: to - from, leaves, ...tuples.of(null), ...days};
      const places: Places = {leaves: leaves.length, classes: tuples.classes, ...days};
      const blocks = inMemory({loads: to - from, days: days.days, rows})
        ? blocksOfCounts(
            cellPlaces,
            await reading(rows, () =>
              countInMemory(engine, placesSql(rollup, cube, places), (to - from) * series * days.days)
            ),
            spans.slice(from, to)
          )
        : (await reading(rows, () => countGrouped(engine, rollup, cube, places, told, texts))).flatMap((counted) =>
            blocksOf({...cellPlaces, ...tuples.of(counted.told ?? null)}, counted)
          );
      for (const [at, block] of blocks.entries()) if (block !== null) cells[from + (at % (to - from))]!.push(block);
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

async function leavesOf(engine: Engine, {leaves: columns}: Rollup): Promise<Leaf[]> {
  if (columns.length === 0) return [[]];
  await engine.run(leavesTableSql(columns));
  const rows = await engine.rows(leavesSql(columns), z.record(z.string(), z.string().nullable()));
  // Loads without rows have none; there is nothing to count then.
  if (rows.length === 0) return [columns.map(() => null)];
  return rows.map((row) => columns.map((_, at) => row[`leaf_${at}`] ?? null));
}

/** The texts that columns hold which are told apart by them, by column. */
async function textsOf(engine: Engine, rollup: Rollup): Promise<Map<string, readonly string[]>> {
  const texts = new Map<string, readonly string[]>();
  for (const told of toldBy(rollup.parts).filter(({as}) => as === "text")) {
    await engine.run(textsTableSql(rollup, told));
    const {text = []} = await engine.columns(textsSql(told.column));
    texts.set(told.column, text as string[]);
  }
  return texts;
}

/** What rows are told apart by, each once, in order. */
function toldBy(parts: readonly RolledPart[]): ToldColumn[] {
  const told = new Map(
    parts.flatMap((part) => (part.told === null ? [] : [[toldName(part.told), part.told] as const]))
  );
  return [...told].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function toldName({column, as}: ToldColumn): string {
  return `${column} ${as}`;
}

/** The kinds into which the tests of a cube part the rows, by tuples of the class in each column and answers inline. */
interface Tuples {
  /** How many classes each classed column has. */
  readonly classes: readonly number[];
  /** How many tuples there are. */
  readonly count: number;
  /** The kinds of the parts that tell rows apart by a column; null: of those that do not. */
  of(told: ToldColumn | null): Pick<CellPlaces, "kindOf" | "kinds">;
}

function tuplesOf(cube: Cube, classed: readonly Classes[]): Tuples {
  const parts: readonly Pick<Classes, "tests" | "holds">[] = [
    ...classed,
    ...cube.inline.map((test) => ({tests: [test], holds: [[false], [true]]}))
  ];
  const sizes = parts.map((part) => Math.max(1, part.holds.length));
  const count = sizes.reduce((product, size) => product * size, 1);
  const named = cube.parts.map((part) => ({part, told: part.told === null ? null : toldName(part.told)}));
  const kindsOf = new Map([null, ...named.map(({told}) => told)].map((told) => [told, new Kinds(count)]));
  const holds: boolean[] = [];
  for (let tuple = 0; tuple < count; tuple += 1) {
    let rest = tuple;
    for (let part = parts.length - 1; part >= 0; part -= 1) {
      const own = parts[part]!.holds[rest % sizes[part]!];
      for (const [at, test] of parts[part]!.tests.entries()) holds[test.number] = own?.[at] ?? false;
      rest = Math.floor(rest / sizes[part]!);
    }
    const counting = named.filter(({part}) => counts(part, holds));
    for (const [told, kinds] of kindsOf) {
      kinds.add(
        tuple,
        counting.filter((one) => one.told === told).map(({part}) => part.name)
      );
    }
  }
  return {
    classes: sizes.slice(0, classed.length),
    count,
    of: (told) => kindsOf.get(told === null ? null : toldName(told))!.places()
  };
}

/** Tuples of which the same parts count the rows, put together. */
class Kinds {
  readonly #kindOf: Int32Array;
  readonly #kinds = new Map<string, {readonly number: number; readonly parts: readonly string[]}>();

  constructor(tuples: number) {
    this.#kindOf = new Int32Array(tuples).fill(-1);
  }

  add(tuple: number, parts: readonly string[]): void {
    if (parts.length === 0) return;
    const key = JSON.stringify(parts);
    const kind = this.#kinds.get(key) ?? {number: this.#kinds.size, parts};
    this.#kinds.set(key, kind);
    this.#kindOf[tuple] = kind.number;
  }

  places(): Pick<CellPlaces, "kindOf" | "kinds"> {
    return {kindOf: this.#kindOf, kinds: [...this.#kinds.values()].map(({parts}) => parts)};
  }
}

function counts({conditions}: RolledPart, holds: readonly boolean[]): boolean {
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

/** The cells of a cube, and once more for each column told, by its values. */
async function countGrouped(
  engine: Engine,
  rollup: Rollup,
  cube: Cube,
  places: Places,
  told: readonly ToldColumn[],
  texts: ReadonlyMap<string, readonly string[]>
): Promise<CountedCells[]> {
  const counted = await engine.numbers(cubeSql(rollup, cube, places, told));
  const [all, rows] = counted as [Float64Array, Float64Array];
  const [toldBy, values] = counted.slice(-2) as [Float64Array, Float64Array];
  const names = addedBy(cube.parts).map(addedName);
  const sums = Object.fromEntries(names.map((name, at) => [name, counted[2 + at]!]));
  if (told.length === 0) return [{places: all, rows, sums}];
  return [null, ...told].map((one, at): CountedCells => {
    const own = toldBy.reduce((count, told) => count + (told === at - 1 ? 1 : 0), 0);
    const picked = (from: Float64Array) => {
      const of = new Float64Array(own);
      let to = 0;
      for (let cell = 0; cell < from.length; cell += 1) {
        if (toldBy[cell] !== at - 1) continue;
        of[to] = from[cell]!;
        to += 1;
      }
      return of;
    };
    const cells = {places: picked(all), rows: picked(rows)};
    if (one === null) {
      return {...cells, sums: Object.fromEntries(Object.entries(sums).map(([name, from]) => [name, picked(from)]))};
    }
    const ofColumn = {values: picked(values), texts: one.as === "text" ? texts.get(one.column)! : null};
    return {...cells, sums: {}, told: {...one, ...ofColumn}};
  });
}
