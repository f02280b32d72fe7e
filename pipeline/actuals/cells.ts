import type {DayNumber} from "../calendar/iso-date.ts";

/** The rows of one load, counted and added up by day, leaf segment and the measures that count them. */
export type Cells = readonly Block[];

/** Cells of measures that were counted together. */
export interface Block {
  /** Code; null stands for rows without a leaf. */
  readonly leaves: readonly (string | null)[];
  /** Kinds of rows: names of the measures that count them, at least one. A measure may count several kinds. */
  readonly kinds: readonly (readonly string[])[];
  /** Of each series of cells its leaf and its kind, by their places above: leaf 0, kind 0, leaf 1, kind 1 ... */
  readonly series: Int32Array;
  /** Series n is the cells from `starts[n]` up to `starts[n + 1]`. */
  readonly starts: Int32Array;
  readonly first: DayNumber;
  readonly last: DayNumber;
  /** Of each cell, days since `first`. A day may have several cells in a series, in any order: they add up. */
  readonly days: Uint16Array | Int32Array;
  /** Of each cell. */
  readonly rows: Uint8Array | Int32Array;
  /** Of each cell, by the name of the column that is added; whole numbers, exact up to 2^53. */
  readonly sums: Readonly<Record<string, Float64Array>>;
}

/** Cells as they were counted, in any order. */
export interface CountedCells {
  readonly leaves: Block["leaves"];
  readonly kinds: Block["kinds"];
  /** Of each cell: (load * leaves + leaf) * kinds + kind. */
  readonly places: Int32Array;
  readonly days: Int32Array;
  readonly rows: Int32Array;
  readonly sums: Readonly<Record<string, Float64Array>>;
}

/**
 * Parts the cells by load and puts them in order of leaf and kind.
 *
 * @param loads How many there are; the places are of loads from 0.
 * @returns A block for each load; null for one without cells.
 */
export function blocksOf(counted: CountedCells, loads: number): (Block | null)[] {
  const {places, leaves, kinds} = counted;
  const ofLoad = leaves.length * kinds.length;
  const ends = new Int32Array(loads * ofLoad + 1);
  for (const place of places) ends[place + 1]! += 1;
  for (let place = 0; place < loads * ofLoad; place += 1) ends[place + 1]! += ends[place]!;
  const starts = ends.slice();
  const order = new Int32Array(places.length);
  for (let cell = 0; cell < places.length; cell += 1) {
    const place = places[cell]!;
    order[ends[place]!] = cell;
    ends[place]! += 1;
  }
  return Array.from({length: loads}, (_, load) =>
    blockOf(counted, starts.subarray(load * ofLoad, (load + 1) * ofLoad + 1), order)
  );
}

/** @param starts Of all places of the load, empty ones too, and the end of the last. */
function blockOf({leaves, kinds, days, rows, sums}: CountedCells, starts: Int32Array, order: Int32Array): Block | null {
  const cells = order.subarray(starts[0], starts.at(-1));
  if (cells.length === 0) return null;
  const present = Array.from(starts.keys()).filter((place) => starts[place]! < (starts[place + 1] ?? 0));
  const own = new Map<number, number>();
  for (const place of present) own.set(place % kinds.length, 0);
  const kept = [...own.keys()].sort((a, b) => a - b);
  for (const [at, kind] of kept.entries()) own.set(kind, at);
  let [first, last, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const cell of cells) {
    first = Math.min(first, days[cell]!);
    last = Math.max(last, days[cell]!);
    most = Math.max(most, rows[cell]!);
  }
  const taken = <A extends Uint8Array | Uint16Array | Int32Array | Float64Array>(
    from: ArrayLike<number>,
    to: A,
    less = 0
  ) => {
    for (let at = 0; at < cells.length; at += 1) to[at] = from[cells[at]!]! - less;
    return to;
  };
  return {
    leaves,
    kinds: kept.map((kind) => kinds[kind]!),
    series: Int32Array.from(
      present.flatMap((place) => [Math.floor(place / kinds.length), own.get(place % kinds.length)!])
    ),
    starts: Int32Array.from([...present.map((place) => starts[place]! - starts[0]!), cells.length]),
    first,
    last,
    days: taken(days, last - first < 2 ** 16 ? new Uint16Array(cells.length) : new Int32Array(cells.length), first),
    rows: taken(rows, most < 2 ** 8 ? new Uint8Array(cells.length) : new Int32Array(cells.length)),
    sums: Object.fromEntries(
      Object.entries(sums).map(([column, values]) => [column, taken(values, new Float64Array(cells.length))])
    )
  };
}
