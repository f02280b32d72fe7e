import type {DaySet} from "../calendar/day-set.ts";
import {type DayNumber, toDay} from "../calendar/iso-date.ts";
import type {Ownership} from "../facts/contract.ts";
import type {Block, Cells, Leaf} from "./cells.ts";

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

/** A block of a load that decides some days. */
export interface DecidedBlock {
  readonly block: Block;
  /** -1 where its cells are taken away. */
  readonly sign: 1 | -1;
  /** By leaf, in the order of the block's: of each day, whether the load decides it. */
  readonly decided: readonly ("all" | "none" | Uint8Array)[];
  /** By part, those of the block's series that it counts. */
  readonly seriesOf: ReadonlyMap<string, readonly number[]>;
  /** Places of the block's leaves among those of all blocks. */
  readonly places: readonly number[];
}

/** All blocks of which any day is decided, with what their sums need. */
export interface Decided {
  readonly blocks: readonly DecidedBlock[];
  readonly first: DayNumber;
  readonly last: DayNumber;
  /** Of all blocks, each once. */
  readonly leaves: readonly Leaf[];
  /** Number of all rows, some of them several times. */
  readonly rows: number;
}

export function decidedCells(known: KnownCells): Decided {
  const leaves = new Map<string, {readonly leaf: Leaf; readonly place: number}>();
  const placeOf = (leaf: Leaf) => {
    const key = JSON.stringify(leaf);
    const found = leaves.get(key) ?? {leaf, place: leaves.size};
    leaves.set(key, found);
    return found.place;
  };
  const blocks = decidedBlocks(known, placeOf);
  return {
    blocks,
    first: blocks.reduce((least, {block}) => Math.min(least, block.first), Number.POSITIVE_INFINITY),
    last: blocks.reduce((most, {block}) => Math.max(most, block.last), Number.NEGATIVE_INFINITY),
    leaves: [...leaves.values()].map(({leaf}) => leaf),
    rows: blocks.reduce((sum, {block}) => sum + total(block.rows), 0)
  };
}

function total(rows: Block["rows"]): number {
  let sum = 0;
  for (let at = 0; at < rows.length; at += 1) sum += rows[at]!;
  return sum;
}

function decidedBlocks(
  {ownership, cells, superseded, wherever}: KnownCells,
  placeOf: (leaf: Leaf) => number
): DecidedBlock[] {
  const owned = new Map<string, Map<string | null, DaySet>>();
  for (const {load, partition, days} of ownership) {
    owned.set(load, (owned.get(load) ?? new Map<string | null, DaySet>()).set(partition, days));
  }
  const decidedBlock = (block: Block, sign: 1 | -1, decided: DecidedBlock["decided"]): DecidedBlock => {
    return {block, sign, decided, seriesOf: seriesOfBlock(block), places: block.leaves.map(placeOf)};
  };
  const counted = [...owned].flatMap(([load, byPartition]) =>
    cells.get(load)!.map((block) => {
      // The column of the partition is the first that tells a segment.
      const daysOf = ([first = null]: Leaf) => decidedDays(block, byPartition.get(null) ?? byPartition.get(first));
      return decidedBlock(
        block,
        1,
        block.leaves.map((leaf) => (wherever ? "all" : daysOf(leaf)))
      );
    })
  );
  const taken = superseded.flat().map((block) =>
    decidedBlock(
      block,
      -1,
      block.leaves.map(() => "all")
    )
  );
  return [...counted, ...taken];
}

const seriesOfBlocks = new WeakMap<Block, DecidedBlock["seriesOf"]>();

/** Found once a block: the answers before and after a load look at the same ones. */
function seriesOfBlock(block: Block): DecidedBlock["seriesOf"] {
  const found = seriesOfBlocks.get(block) ?? seriesByPart(block);
  seriesOfBlocks.set(block, found);
  return found;
}

function seriesByPart({kinds, series, starts}: Block): DecidedBlock["seriesOf"] {
  const own = new Map(kinds.flat().map((part): [string, number[]] => [part, []]));
  const byKind = kinds.map((parts) => parts.map((part) => own.get(part)!));
  for (let at = 0; at < starts.length - 1; at += 1) for (const list of byKind[series[2 * at + 1]!]!) list.push(at);
  return own;
}

/**
 * The cells that a part counts, a series at a time: those from place `from` up to `to`, of the leaf in a place.
 *
 * `decided` says of each day of the block whether the load decides it; null: all of them.
 */
export function eachSeries(
  blocks: readonly DecidedBlock[],
  part: string,
  visit: (block: DecidedBlock, from: number, to: number, leaf: number, decided: Uint8Array | null) => void
): void {
  for (const one of blocks) {
    const {block, decided, seriesOf, places} = one;
    const {series, starts} = block;
    for (const at of seriesOf.get(part) ?? []) {
      const leaf = series[2 * at]!;
      const days = decided[leaf]!;
      if (days !== "none") visit(one, starts[at]!, starts[at + 1]!, places[leaf]!, days === "all" ? null : days);
    }
  }
}

function decidedDays({first, last}: Block, owned: DaySet | undefined): "all" | "none" | Uint8Array {
  if (owned === undefined) return "none";
  const decided = new Uint8Array(last - first + 1);
  for (const [from, to] of owned) decided.fill(1, Math.max(0, toDay(from) - first), Math.max(0, toDay(to) - first + 1));
  return decided.includes(0) ? decided : "all";
}
