import type {DaySet} from "../calendar/day-set.ts";
import {type DayNumber, type IsoDate, toDay} from "../calendar/iso-date.ts";
import type {SegmentKey} from "../config/project.ts";
import type {Ownership} from "../facts/contract.ts";
import type {Branch} from "./branches.ts";
import type {Block, Cells} from "./cells.ts";
import type {RolledMeasure} from "./rollup.ts";

/** The values of one measure and segment by day, summed over any window in one subtraction. */
export interface DaySums {
  /** Sum over `from..to`, both counted. */
  value(from: IsoDate, to: IsoDate): number;
  rows(from: IsoDate, to: IsoDate): number;
  /** Whether the value of a day is below 0. */
  readonly falls: boolean;
}

/** What is known of one source, counted: the cells of every load on the days that it decides. */
export interface KnownCells {
  readonly ownership: readonly Ownership[];
  /** By load; all that own days are there. */
  readonly cells: ReadonlyMap<string, Cells>;
}

/** The days of one measure in a leaf or segment: entry n is the sum of the days before day n. */
interface Sums {
  readonly values: Float64Array;
  /** The same array where each row counts 1. */
  readonly rows: Float64Array;
}

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
  const blocks = decidedBlocks(known);
  const first = blocks.reduce((least, {block}) => Math.min(least, block.first), Number.POSITIVE_INFINITY);
  const last = blocks.reduce((most, {block}) => Math.max(most, block.last), Number.NEGATIVE_INFINITY);
  const leavesOf = new Map<string, (string | null)[]>();
  for (const {leaf, ...segment} of branches) {
    leavesOf.set(segmentKey(segment), [...(leavesOf.get(segmentKey(segment)) ?? []), leaf]);
  }
  const leaves = remembered((measure: RolledMeasure) => sumsOfLeaves(blocks, measure, first, last));
  const made = remembered((_measure: RolledMeasure) => new Map<string, DaySums>());
  return {
    of: (measure, segment) => {
      const key = segmentKey(segment);
      const found = made(measure).get(key);
      const below = leavesOf.get(key);
      if (found !== undefined || below === undefined) return found;
      const parts = below.flatMap((leaf) => leaves(measure).get(leaf) ?? []);
      const sums = parts.length === 0 ? nothing : daySums(together(parts), first, last);
      made(measure).set(key, sums);
      return sums;
    },
    isTooLarge: (measure) => {
      const {sum} = measure;
      if (sum === null) return false;
      let total = 0;
      eachSeries(blocks, measure, (block, from, to, _leaf, decided) => {
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
  /** By leaf, in the order of the block's: of each day, whether the load decides it. */
  readonly decided: readonly ("all" | "none" | Uint8Array)[];
}

function decidedBlocks({ownership, cells}: KnownCells): DecidedBlock[] {
  const owned = new Map<string, Map<string | null, DaySet>>();
  for (const {load, partition, days} of ownership) {
    owned.set(load, (owned.get(load) ?? new Map<string | null, DaySet>()).set(partition, days));
  }
  return [...owned].flatMap(([load, byPartition]) =>
    cells.get(load)!.map((block) => ({
      block,
      decided: block.leaves.map((leaf) => decidedDays(block, byPartition.get(null) ?? byPartition.get(leaf)))
    }))
  );
}

/**
 * The cells that a measure counts, a series at a time: those from place `from` up to `to`, of a leaf.
 *
 * `decided` says of each day of the block whether the load decides it; null: all of them.
 */
function eachSeries(
  blocks: readonly DecidedBlock[],
  {name}: RolledMeasure,
  visit: (block: Block, from: number, to: number, leaf: string | null, decided: Uint8Array | null) => void
): void {
  for (const {block, decided} of blocks) {
    const counting = block.kinds.map((measures) => measures.includes(name));
    if (!counting.includes(true)) continue;
    const {series, starts, leaves} = block;
    for (let at = 0; at < starts.length - 1; at += 1) {
      if (counting[series[2 * at + 1]!] !== true) continue;
      const leaf = series[2 * at]!;
      const days = decided[leaf]!;
      if (days !== "none") visit(block, starts[at]!, starts[at + 1]!, leaves[leaf]!, days === "all" ? null : days);
    }
  }
}

function decidedDays({first, last}: Block, owned: DaySet | undefined): "all" | "none" | Uint8Array {
  if (owned === undefined) return "none";
  const decided = new Uint8Array(last - first + 1);
  for (const [from, to] of owned) decided.fill(1, Math.max(0, toDay(from) - first), Math.max(0, toDay(to) - first + 1));
  return decided.includes(0) ? decided : "all";
}

function sumsOfLeaves(
  blocks: readonly DecidedBlock[],
  measure: RolledMeasure,
  first: DayNumber,
  last: DayNumber
): Map<string | null, Sums> {
  const {sum} = measure;
  const leaves = new Map<string | null, Sums>();
  eachSeries(blocks, measure, (block, from, to, leaf, decided) => {
    const sums = leaves.get(leaf) ?? emptySums(last - first + 2, sum !== null);
    leaves.set(leaf, sums);
    const {days, rows} = block;
    const added = sum === null ? null : block.sums[sum]!;
    const offset = block.first - first + 1;
    for (let at = from; at < to; at += 1) {
      if (decided !== null && decided[days[at]!] !== 1) continue;
      sums.rows[days[at]! + offset]! += rows[at]!;
      if (added !== null) sums.values[days[at]! + offset]! += added[at]!;
    }
  });
  for (const {rows, values} of leaves.values()) {
    for (const sums of new Set([rows, values])) {
      for (let at = 1; at < sums.length; at += 1) sums[at]! += sums[at - 1]!;
    }
  }
  return leaves;
}

function emptySums(length: number, added: boolean): Sums {
  const rows = new Float64Array(length);
  return {rows, values: added ? new Float64Array(length) : rows};
}

/** Sums of sums add up as the days themselves do. */
function together(parts: readonly Sums[]): Sums {
  if (parts.length === 1) return parts[0]!;
  const whole = emptySums(parts[0]!.rows.length, parts[0]!.values !== parts[0]!.rows);
  const pairs = parts.flatMap((part): [Float64Array, Float64Array][] =>
    part.values === part.rows
      ? [[part.rows, whole.rows]]
      : [
          [part.rows, whole.rows],
          [part.values, whole.values]
        ]
  );
  for (const [from, to] of pairs) {
    for (let at = 0; at < to.length; at += 1) to[at]! += from[at]!;
  }
  return whole;
}

const nothing: DaySums = {value: () => 0, rows: () => 0, falls: false};

function daySums({values, rows}: Sums, first: DayNumber, last: DayNumber): DaySums {
  const within = (of: Float64Array, from: IsoDate, to: IsoDate) => {
    const begin = Math.max(toDay(from), first) - first;
    const end = Math.min(toDay(to), last) - first + 1;
    return end <= begin ? 0 : of[end]! - of[begin]!;
  };
  return {
    value: (from, to) => within(values, from, to),
    rows: (from, to) => within(rows, from, to),
    // A count is never below 0.
    falls: values !== rows && values.some((sum, at) => at > 0 && sum < values[at - 1]!)
  };
}
