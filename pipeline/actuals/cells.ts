import type {DayNumber} from "../calendar/iso-date.ts";
import type {ToldColumn} from "./measure-parts.ts";

/** The rows of one load, counted and added up by day, leaf segment and the parts of measures that count them. */
export type Cells = readonly Block[];

/** Codes of the columns that tell a row's segments, in their order; null where a row has none. [] without columns. */
export type Leaf = readonly (string | null)[];

/** Cells of parts that were counted together. */
export interface Block {
  readonly leaves: readonly Leaf[];
  /** Kinds of rows: names of the parts that count them, at least one. A part may count several kinds. */
  readonly kinds: readonly (readonly string[])[];
  /**
   * Of each series of cells its leaf and its kind, by their places above: leaf 0, kind 0, leaf 1, kind 1 ... Several
   * series may have the same of both; they add up.
   */
  readonly series: Int32Array;
  /** Series n is the cells from `starts[n]` up to `starts[n + 1]`. */
  readonly starts: Int32Array;
  readonly first: DayNumber;
  readonly last: DayNumber;
  /** Of each cell, days since `first`, in any order. */
  readonly days: Uint16Array | Int32Array;
  /** Of each cell. */
  readonly rows: Uint8Array | Int32Array;
  /** Of each cell, by the name of the column that is added; whole numbers, exact up to 2^53. */
  readonly sums: Readonly<Record<string, Float64Array>>;
  /** Where rows of a day are told apart by what a column holds; left out where they are not. */
  readonly told?: ToldValues;
}

/** What a column holds in the rows of each cell. Rows that hold nothing are left out, but where days are told. */
export interface ToldValues extends ToldColumn {
  /** Of each cell: day number, or `never`; number; place among `texts`. */
  readonly values: Int32Array | Float64Array;
  /** Each once; null of days and numbers. */
  readonly texts: readonly string[] | null;
}

/** The day of what has not happened: after all others. */
export const never: DayNumber = 2 ** 31 - 1;

/** The places that cells of loads may have: ((load * leaves + leaf) * tuples + tuple) * days + day. */
export interface CellPlaces {
  readonly loads: number;
  readonly leaves: Block["leaves"];
  /** Kind of each tuple of classes and answers; -1 where no part counts its rows. */
  readonly kindOf: Int32Array;
  readonly kinds: Block["kinds"];
  readonly firstDay: DayNumber;
  readonly days: number;
}

/** Cells as they were counted. */
export interface CountedCells {
  /** In any order, each once; where values are told apart, each once with a value. */
  readonly places: Float64Array;
  readonly rows: Float64Array;
  readonly sums: Readonly<Record<string, Float64Array>>;
  /** `values` are places among `texts`, which may hold others too. */
  readonly told?: ToldColumn & {readonly values: Float64Array; readonly texts: readonly string[] | null};
}

/** @returns The cells of each load; null for one without any. */
export function blocksOf(all: CellPlaces, counted: CountedCells): (Block | null)[] {
  const {loads, leaves, kindOf, firstDay, days} = all;
  const {places} = counted;
  const tuples = kindOf.length;
  const ofLoad = leaves.length * tuples;
  // Whole numbers of 32 bits from here on: the remainder of a double takes ten times as long.
  const series = new Int32Array(places.length);
  const dayOf = new Int32Array(places.length);
  for (let cell = 0; cell < places.length; cell += 1) {
    series[cell] = places[cell]! / days;
    dayOf[cell] = places[cell]! - series[cell]! * days + firstDay;
  }
  // A counting sort by load, leaf and tuple.
  const ends = new Int32Array(loads * ofLoad + 1);
  for (let cell = 0; cell < series.length; cell += 1) {
    if (kindOf[series[cell]! % tuples] !== -1) ends[series[cell]! + 1]! += 1;
  }
  for (let one = 0; one < loads * ofLoad; one += 1) ends[one + 1]! += ends[one]!;
  const starts = ends.slice();
  const order = new Int32Array(starts.at(-1)!);
  for (let cell = 0; cell < series.length; cell += 1) {
    if (kindOf[series[cell]! % tuples] === -1) continue;
    order[ends[series[cell]!]!] = cell;
    ends[series[cell]!]! += 1;
  }
  return Array.from({length: loads}, (_, load) =>
    blockOf(all, {...counted, days: dayOf}, starts.subarray(load * ofLoad, (load + 1) * ofLoad + 1), order)
  );
}

/** @param starts Of all series of the load, empty ones too, and the end of the last. */
function blockOf(
  all: CellPlaces,
  counted: Pick<CountedCells, "rows" | "sums" | "told"> & {readonly days: Int32Array},
  starts: Int32Array,
  order: Int32Array
): Block | null {
  const cells = order.subarray(starts[0], starts.at(-1));
  if (cells.length === 0) return null;
  // Loops, for there are millions: `from` with a function goes an iterator's way, ten times as long.
  const days = new Int32Array(cells.length);
  const rows = new Int32Array(cells.length);
  for (let at = 0; at < cells.length; at += 1) {
    days[at] = counted.days[cells[at]!]!;
    rows[at] = counted.rows[cells[at]!]!;
  }
  const [first, last] = ends(days);
  for (let at = 0; at < days.length; at += 1) days[at]! -= first;
  const [, most] = ends(rows);
  return {
    ...seriesOf(all, starts),
    first,
    last,
    days: last - first < 2 ** 16 ? new Uint16Array(days) : days,
    rows: most < 2 ** 8 ? new Uint8Array(rows) : rows,
    sums: Object.fromEntries(Object.entries(counted.sums).map(([column, values]) => [column, picked(values, cells)])),
    ...(counted.told === undefined ? {} : {told: toldOf(counted.told, cells)})
  };
}

function toldOf(told: NonNullable<CountedCells["told"]>, cells: Int32Array): ToldValues {
  const {column, as, texts} = told;
  const values = picked(told.values, cells);
  if (texts === null) return {column, as, values: as === "day" ? Int32Array.from(values) : values, texts};
  // Only the texts of this load: what is kept of it must not depend on others that were counted with it.
  const own = [...new Set(values)].sort((a, b) => a - b);
  const places = new Map(own.map((text, place) => [text, place]));
  return {
    column,
    as,
    values: Int32Array.from(values, (text) => places.get(text)!),
    texts: own.map((text) => texts[text]!)
  };
}

/**
 * Blocks of rows that were counted in memory, where cells lie in order: no sum is added up that way.
 *
 * @param counts Rows by place; of kinds that no measure counts too. They are overwritten.
 * @param spans First and last day number of each load's rows; null where it has none.
 * @returns The cells of each load; null for one without any.
 */
export function blocksOfCounts(
  all: CellPlaces,
  counts: Uint32Array,
  spans: readonly (Readonly<Record<"first" | "last", DayNumber>> | null)[]
): (Block | null)[] {
  const ofLoad = all.leaves.length * all.kindOf.length * all.days;
  return spans.map((span, load) =>
    span === null ? null : blockOfCounts(all, counts.subarray(load * ofLoad, (load + 1) * ofLoad), span)
  );
}

function blockOfCounts(
  all: CellPlaces,
  counts: Uint32Array,
  {first, last}: Readonly<Record<"first" | "last", DayNumber>>
): Block | null {
  const {leaves, kindOf, days: length, firstDay} = all;
  const seriesInAll = leaves.length * kindOf.length;
  const width = last - first + 1;
  // Half of the places of a busy source are empty, in no order: a branch for each would be guessed wrong. So every one
  // is written, and the next overwrites it where it was empty. Rows are written over the counts that were read already.
  const days = width <= 2 ** 16 ? new Uint16Array(seriesInAll * width + 1) : new Int32Array(seriesInAll * width + 1);
  const starts = new Int32Array(seriesInAll + 1);
  let cells = 0;
  let bits = 0;
  for (let series = 0; series < seriesInAll; series += 1) {
    if (kindOf[series % kindOf.length] !== -1) {
      const from = series * length + first - firstDay;
      for (let day = 0; day < width; day += 1) {
        const counted = counts[from + day]! | 0;
        days[cells] = day;
        counts[cells] = counted;
        bits |= counted;
        cells += (counted | -counted) >>> 31;
      }
    }
    starts[series + 1] = cells;
  }
  if (cells === 0) return null;
  return {
    ...seriesOf(all, starts),
    first,
    last,
    days: days.slice(0, cells),
    rows: bits < 2 ** 8 ? new Uint8Array(counts.subarray(0, cells)) : new Int32Array(counts.subarray(0, cells)),
    sums: {}
  };
}

/** @param starts Of all series of a load, empty ones too, and the end of the last. */
function seriesOf(
  {leaves, kindOf, kinds}: CellPlaces,
  starts: Int32Array
): Pick<Block, "leaves" | "kinds" | "series" | "starts"> {
  const tuples = kindOf.length;
  const present = Array.from(starts.keys()).filter((series) => starts[series]! < (starts[series + 1] ?? 0));
  const kept = [...new Set(present.map((series) => kindOf[series % tuples]!))].sort((a, b) => a - b);
  const own = new Map(kept.map((kind, at) => [kind, at]));
  return {
    leaves,
    kinds: kept.map((kind) => kinds[kind]!),
    series: Int32Array.from(
      present.flatMap((series) => [Math.floor(series / tuples), own.get(kindOf[series % tuples]!)!])
    ),
    starts: Int32Array.from([...present.map((series) => starts[series]! - starts[0]!), starts.at(-1)! - starts[0]!])
  };
}

function picked(values: Float64Array, cells: Int32Array): Float64Array {
  const own = new Float64Array(cells.length);
  for (let at = 0; at < cells.length; at += 1) own[at] = values[cells[at]!]!;
  return own;
}

function ends(numbers: Int32Array): [least: number, most: number] {
  let least = numbers[0] ?? 0;
  let most = least;
  for (let at = 1; at < numbers.length; at += 1) {
    const one = numbers[at]!;
    if (one < least) least = one;
    if (one > most) most = one;
  }
  return [least, most];
}
