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

/** Some cells of one load and leaf that a measure counts. */
interface Run {
  readonly block: Block;
  /** Places of the first cell and of the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Of each day of the block, whether the load decides it; null: all of them. */
  readonly decided: Uint8Array | null;
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
  const blocks = [...known.cells.values()].flat();
  const first = blocks.reduce((least, block) => Math.min(least, block.first), Number.POSITIVE_INFINITY);
  const last = blocks.reduce((most, block) => Math.max(most, block.last), Number.NEGATIVE_INFINITY);
  const leavesOf = new Map<string, (string | null)[]>();
  for (const {leaf, ...segment} of branches) {
    leavesOf.set(segmentKey(segment), [...(leavesOf.get(segmentKey(segment)) ?? []), leaf]);
  }
  const runs = remembered((measure: string) => runsOf(known, measure));
  const sums = remembered((_measure: string) => new Map<string, DaySums>());
  return {
    of: ({name, sum}, segment) => {
      const key = segmentKey(segment);
      const found = sums(name).get(key);
      const leaves = leavesOf.get(key);
      if (found !== undefined || leaves === undefined) return found;
      const own = leaves.flatMap((leaf) => runs(name).get(leaf) ?? []);
      const made = daySums(own, sum, first, last);
      sums(name).set(key, made);
      return made;
    },
    isTooLarge: ({name, sum}) => {
      if (sum === null) return false;
      let total = 0;
      for (const run of [...runs(name).values()].flat()) {
        const values = run.block.sums[sum]!;
        for (let at = run.from; at < run.to; at += 1) if (isDecided(run, at)) total += Math.abs(values[at]!);
      }
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

/** The cells that a measure counts, by leaf. */
function runsOf({ownership, cells}: KnownCells, measure: string): Map<string | null, Run[]> {
  const runs = new Map<string | null, Run[]>();
  const owned = new Map<string, Map<string | null, DaySet>>();
  for (const {load, partition, days} of ownership) {
    owned.set(load, (owned.get(load) ?? new Map<string | null, DaySet>()).set(partition, days));
  }
  for (const [load, byPartition] of owned) {
    for (const block of cells.get(load)!) {
      const counting = block.kinds.map((measures) => measures.includes(measure));
      if (!counting.includes(true)) continue;
      const decided = remembered((leaf: string | null) =>
        decidedDays(block, byPartition.get(null) ?? byPartition.get(leaf))
      );
      for (let at = 0; at < block.starts.length - 1; at += 1) {
        if (counting[block.series[2 * at + 1]!] !== true) continue;
        const leaf = block.leaves[block.series[2 * at]!]!;
        const days = decided(leaf);
        if (days === "none") continue;
        const run: Run = {
          block,
          from: block.starts[at]!,
          to: block.starts[at + 1]!,
          decided: days === "all" ? null : days
        };
        const ofLeaf = runs.get(leaf);
        if (ofLeaf === undefined) runs.set(leaf, [run]);
        else ofLeaf.push(run);
      }
    }
  }
  return runs;
}

function decidedDays({first, last}: Block, owned: DaySet | undefined): "all" | "none" | Uint8Array {
  if (owned === undefined) return "none";
  const decided = new Uint8Array(last - first + 1);
  for (const [from, to] of owned) decided.fill(1, Math.max(0, toDay(from) - first), Math.max(0, toDay(to) - first + 1));
  return decided.includes(0) ? decided : "all";
}

function isDecided({block, decided}: Run, cell: number): boolean {
  return decided === null || decided[block.days[cell]!] === 1;
}

const nothing: DaySums = {value: () => 0, rows: () => 0, falls: false};

function daySums(runs: readonly Run[], sum: string | null, first: DayNumber, last: DayNumber): DaySums {
  if (runs.length === 0) return nothing;
  // Entry n becomes the sum of the days before day n.
  const length = last - first + 2;
  const rowsBefore = new Float64Array(length);
  const valuesBefore = sum === null ? rowsBefore : new Float64Array(length);
  for (const run of runs) {
    const {days, rows, sums} = run.block;
    const offset = run.block.first - first + 1;
    for (let at = run.from; at < run.to; at += 1) {
      if (!isDecided(run, at)) continue;
      rowsBefore[days[at]! + offset]! += rows[at]!;
      if (sum !== null) valuesBefore[days[at]! + offset]! += sums[sum]![at]!;
    }
  }
  // A count is never below 0.
  const falls = sum !== null && valuesBefore.some((value) => value < 0);
  for (const sums of new Set([rowsBefore, valuesBefore])) {
    for (let at = 1; at < length; at += 1) sums[at]! += sums[at - 1]!;
  }
  const within = (of: Float64Array, from: IsoDate, to: IsoDate) => {
    const begin = Math.max(toDay(from), first) - first;
    const end = Math.min(toDay(to), last) - first + 1;
    return end <= begin ? 0 : of[end]! - of[begin]!;
  };
  return {
    value: (from, to) => within(valuesBefore, from, to),
    rows: (from, to) => within(rowsBefore, from, to),
    falls
  };
}
