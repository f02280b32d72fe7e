import type {DaySet} from "../calendar/day-set.ts";
import {type DayNumber, toDay} from "../calendar/iso-date.ts";
import type {SegmentKey} from "../config/project.ts";
import type {Ownership} from "../facts/contract.ts";
import type {Branch} from "./branches.ts";
import type {Block, Cells} from "./cells.ts";
import type {RolledMeasure} from "./rollup.ts";

/** The values of one measure and segment by day, summed over any window in one subtraction. */
export interface DaySums {
  /** Sum over `from..to`, both counted. */
  value(from: DayNumber, to: DayNumber): number;
  rows(from: DayNumber, to: DayNumber): number;
  /** Whether the value of a day is below 0. */
  readonly falls: boolean;
}

/** What is known of one source, counted: the cells of every load on the days that it decides. */
export interface KnownCells extends SourceCells {
  readonly ownership: readonly Ownership[];
  /** Whether the rows of a load that decides anything count wherever they lie. */
  readonly wherever: boolean;
}

/** The cells of a source's loads. */
export interface SourceCells {
  /** By load; all that own days are there. */
  readonly cells: ReadonlyMap<string, Cells>;
  /** Of rows among those that the loads decide which newer ones say anew: what they add up to is taken away again. */
  readonly superseded: readonly Cells[];
}

/** The days of one measure in a leaf or segment: entry n is the sum of the days before day n. */
interface Sums {
  readonly values: Numbers;
  /** The same array where each row counts 1. */
  readonly rows: Numbers;
}

type Numbers = Int32Array | Float64Array;

/** Sums by measure and segment, each added up when it is first asked for. */
export interface SourceSums {
  /** @returns Undefined where the segment is none that the source tells. */
  of(measure: RolledMeasure, segment: SegmentKey): DaySums | undefined;
  /**
   * Whether the sums of a measure can't be held exactly: its cells, all taken as positive, add up to more than doubles
   * tell whole numbers apart. Every sum over any days and segments lies below that total, so else all are exact.
   */
  isTooLarge(measure: RolledMeasure): boolean;
}

export function sourceSums(known: KnownCells, branches: readonly Branch[]): SourceSums {
  const decided = decidedCells(known);
  const {blocks, first, last} = decided;
  const leavesOf = new Map<string, (string | null)[]>();
  for (const {leaf, ...segment} of branches) {
    leavesOf.set(segmentKey(segment), [...(leavesOf.get(segmentKey(segment)) ?? []), leaf]);
  }
  const leaves = remembered((measure: RolledMeasure) => sumsOfLeaves(decided, measure));
  const made = remembered((_measure: RolledMeasure) => new Map<string, DaySums>());
  return {
    of: (measure, segment) => {
      const key = segmentKey(segment);
      const found = made(measure).get(key);
      const below = leavesOf.get(key);
      if (found !== undefined || below === undefined) return found;
      const parts = below.flatMap((leaf) => leaves(measure).get(leaf) ?? []);
      const sums = daySums(parts, first, last);
      made(measure).set(key, sums);
      return sums;
    },
    isTooLarge: (measure) => {
      const {sum} = measure;
      if (sum === null) return false;
      let total = 0;
      eachSeries(blocks, measure, ({block}, from, to, _leaf, decided) => {
        const values = block.sums[sum]!;
        for (let at = from; at < to; at += 1) {
          if (decided === null || decided[block.days[at]!] === 1) total += Math.abs(values[at]!);
        }
      });
      return total > Number.MAX_SAFE_INTEGER;
    }
  };
}

function segmentKey({type, code}: SegmentKey): string {
  return `${type}\0${code}`;
}

function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
}

/** A block of a load that decides some days. */
interface DecidedBlock {
  readonly block: Block;
  /** -1 where its cells are taken away. */
  readonly sign: 1 | -1;
  /** By leaf, in the order of the block's: of each day, whether the load decides it. */
  readonly decided: readonly ("all" | "none" | Uint8Array)[];
  /** By measure, those of the block's series that it counts. */
  readonly seriesOf: ReadonlyMap<string, readonly number[]>;
}

/** All blocks of which any day is decided, with what their sums need. */
interface Decided {
  readonly blocks: readonly DecidedBlock[];
  readonly first: DayNumber;
  readonly last: DayNumber;
  /** A place for each leaf, from 0. */
  readonly places: ReadonlyMap<string | null, number>;
  /** Holds the number of all rows. */
  readonly Counts: typeof Int32Array | typeof Float64Array;
}

function decidedCells(known: KnownCells): Decided {
  const blocks = decidedBlocks(known);
  const leaves = new Set(blocks.flatMap(({block}) => block.leaves));
  const rows = blocks.reduce((sum, {block}) => sum + total(block.rows), 0);
  return {
    blocks,
    first: blocks.reduce((least, {block}) => Math.min(least, block.first), Number.POSITIVE_INFINITY),
    last: blocks.reduce((most, {block}) => Math.max(most, block.last), Number.NEGATIVE_INFINITY),
    places: new Map([...leaves].map((leaf, place) => [leaf, place])),
    Counts: rows < 2 ** 31 ? Int32Array : Float64Array
  };
}

function total(rows: Block["rows"]): number {
  let sum = 0;
  for (let at = 0; at < rows.length; at += 1) sum += rows[at]!;
  return sum;
}

function decidedBlocks({ownership, cells, superseded, wherever}: KnownCells): DecidedBlock[] {
  const owned = new Map<string, Map<string | null, DaySet>>();
  for (const {load, partition, days} of ownership) {
    owned.set(load, (owned.get(load) ?? new Map<string | null, DaySet>()).set(partition, days));
  }
  const counted = [...owned].flatMap(([load, byPartition]) =>
    cells.get(load)!.map((block): DecidedBlock => {
      const daysOf = (leaf: string | null) => decidedDays(block, byPartition.get(null) ?? byPartition.get(leaf));
      return {
        block,
        sign: 1,
        decided: block.leaves.map((leaf) => (wherever ? "all" : daysOf(leaf))),
        seriesOf: seriesOfBlock(block)
      };
    })
  );
  const taken = superseded.flat().map((block): DecidedBlock => {
    return {block, sign: -1, decided: block.leaves.map(() => "all"), seriesOf: seriesOfBlock(block)};
  });
  return [...counted, ...taken];
}

const seriesOfBlocks = new WeakMap<Block, DecidedBlock["seriesOf"]>();

/** Found once a block: the answers before and after a load look at the same ones. */
function seriesOfBlock(block: Block): DecidedBlock["seriesOf"] {
  const found = seriesOfBlocks.get(block) ?? seriesByMeasure(block);
  seriesOfBlocks.set(block, found);
  return found;
}

function seriesByMeasure({kinds, series, starts}: Block): DecidedBlock["seriesOf"] {
  const own = new Map(kinds.flat().map((measure): [string, number[]] => [measure, []]));
  const byKind = kinds.map((measures) => measures.map((measure) => own.get(measure)!));
  for (let at = 0; at < starts.length - 1; at += 1) for (const list of byKind[series[2 * at + 1]!]!) list.push(at);
  return own;
}

/**
 * The cells that a measure counts, a series at a time: those from place `from` up to `to`, of a leaf.
 *
 * `decided` says of each day of the block whether the load decides it; null: all of them.
 */
function eachSeries(
  blocks: readonly DecidedBlock[],
  {name}: RolledMeasure,
  visit: (block: DecidedBlock, from: number, to: number, leaf: string | null, decided: Uint8Array | null) => void
): void {
  for (const one of blocks) {
    const {block, decided, seriesOf} = one;
    const {series, starts, leaves} = block;
    for (const at of seriesOf.get(name) ?? []) {
      const leaf = series[2 * at]!;
      const days = decided[leaf]!;
      if (days !== "none") visit(one, starts[at]!, starts[at + 1]!, leaves[leaf]!, days === "all" ? null : days);
    }
  }
}

function decidedDays({first, last}: Block, owned: DaySet | undefined): "all" | "none" | Uint8Array {
  if (owned === undefined) return "none";
  const decided = new Uint8Array(last - first + 1);
  for (const [from, to] of owned) decided.fill(1, Math.max(0, toDay(from) - first), Math.max(0, toDay(to) - first + 1));
  return decided.includes(0) ? decided : "all";
}

/** @returns By leaf that has cells in any block. */
function sumsOfLeaves(
  {blocks, first, last, places, Counts}: Decided,
  measure: RolledMeasure
): Map<string | null, Sums> {
  const {sum} = measure;
  const length = last - first + 2;
  // One array for all leaves: thousands of small ones would take longer to make than to fill.
  const allRows = new Counts(places.size * length);
  const allValues = sum === null ? allRows : new Float64Array(places.size * length);
  eachSeries(blocks, measure, ({block, sign}, from, to, leaf, decided) => {
    const offset = places.get(leaf)! * length + block.first - first + 1;
    addDays(allRows, sign, offset, block.days, block.rows, from, to, decided);
    if (sum !== null) addDays(allValues, sign, offset, block.days, block.sums[sum]!, from, to, decided);
  });
  const own = (numbers: Numbers, place: number) => {
    const sums = numbers.subarray(place * length, (place + 1) * length);
    addUp(sums);
    return sums;
  };
  return new Map(
    [...places].map(([leaf, place]) => {
      const rows = own(allRows, place);
      return [leaf, {rows, values: sum === null ? rows : own(allValues, place)}];
    })
  );
}

function addDays(
  sums: Numbers,
  sign: 1 | -1,
  offset: number,
  days: Block["days"],
  added: Block["rows"] | Float64Array,
  from: number,
  to: number,
  decided: Uint8Array | null
): void {
  if (decided === null) {
    for (let at = from; at < to; at += 1) sums[days[at]! + offset]! += sign * added[at]!;
  } else {
    for (let at = from; at < to; at += 1) if (decided[days[at]!] === 1) sums[days[at]! + offset]! += sign * added[at]!;
  }
}

function addUp(sums: Numbers): void {
  let before = 0;
  for (let at = 0; at < sums.length; at += 1) {
    before += sums[at]!;
    sums[at] = before;
  }
}

/** Sums of sums add up as the days themselves do. */
function together(parts: readonly Sums[]): Sums {
  const [one, ...others] = parts as [Sums, ...Sums[]];
  if (others.length === 0) return one;
  const rows = one.rows.slice();
  for (const part of others) addTo(rows, part.rows);
  if (one.values === one.rows) return {rows, values: rows};
  const values = one.values.slice();
  for (const part of others) addTo(values, part.values);
  return {rows, values};
}

function addTo(sums: Numbers, others: Numbers): void {
  for (let at = 0; at < sums.length; at += 1) sums[at]! += others[at]!;
}

/** A segment that was asked so often has its leaves added up; for a few windows that takes longer than it saves. */
const askedOften = 50;

function daySums(leaves: readonly Sums[], first: DayNumber, last: DayNumber): DaySums {
  let parts = leaves;
  let asked = 0;
  const within = (of: keyof Sums, from: DayNumber, to: DayNumber) => {
    asked += 1;
    if (asked === askedOften && parts.length > 1) parts = [together(parts)];
    const begin = Math.max(from, first) - first;
    const end = Math.min(to, last) - first + 1;
    if (end <= begin) return 0;
    let sum = 0;
    for (const part of parts) sum += part[of][end]! - part[of][begin]!;
    return sum;
  };
  return {
    value: (from, to) => within("values", from, to),
    rows: (from, to) => within("rows", from, to),
    get falls() {
      // A count is never below 0.
      if (parts.every(({values, rows}) => values === rows)) return false;
      const {values} = together(parts);
      return values.some((sum, at) => at > 0 && sum < values[at - 1]!);
    }
  };
}
