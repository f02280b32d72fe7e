import type {DayNumber} from "../calendar/iso-date.ts";
import {type Block, never} from "./cells.ts";
import {type Decided, eachSeries} from "./decided-cells.ts";
import {addedName, type RolledPart} from "./rollup.ts";
import type {Territory} from "./territory.ts";

/** The values of one part and segment by day, summed over any window in one subtraction. */
export interface DaySums {
  /** Sum over `from..to`, both counted; of decimals in ten thousandths. */
  value(from: DayNumber, to: DayNumber): number;
  rows(from: DayNumber, to: DayNumber): number;
  /** Last day up to `to` with a row; null when there is none. */
  lastDay(to: DayNumber): DayNumber | null;
  /** Whether the value of a day is below 0. */
  readonly falls: boolean;
}

/** The days of one part in a leaf or segment: entry n from `at` on is the sum of the days before day n. */
interface Sums {
  readonly at: number;
  readonly values: Numbers;
  /** The same array where each row counts 1. */
  readonly rows: Numbers;
}

type Numbers = Int32Array | Float64Array;

/** Sums by part and segment, each added up when it is first asked for. */
export interface SourceSums {
  of(part: RolledPart, territory: Territory): DaySums;
  extent(part: RolledPart): Extent;
}

export interface Extent {
  /**
   * What the cells of a part add up to, all taken as positive. Every sum over any days and segments lies below that
   * total: where doubles tell whole numbers up to it apart, all are exact.
   */
  readonly total: number;
  /** Whether a cell is below 0, or is taken away: without one no sum over a day is. */
  readonly lowers: boolean;
}

export function sourceSums(decided: Decided): SourceSums {
  const {first, last} = decided;
  const leaves = remembered((part: RolledPart) => sumsOf(decided, part, decided.leaves.length, (leaf) => leaf));
  const made = remembered((_part: RolledPart) => new Map<string, DaySums>());
  return {
    of: (part, territory) => {
      const found = made(part).get(territory.key);
      if (found !== undefined) return found;
      // Of most measures nobody asks for less than the whole.
      const isAll = decided.leaves.every(territory.holds);
      const parts = isAll
        ? sumsOf(decided, part, 1, () => 0)
        : leaves(part).filter((_, place) => territory.holds(decided.leaves[place]!));
      const sums = daySums(parts, first, last);
      made(part).set(territory.key, sums);
      return sums;
    },
    extent: remembered((part: RolledPart) => extentOf(decided, part))
  };
}

function extentOf({blocks}: Decided, {name, added}: RolledPart): Extent {
  let [total, lowers] = [0, false];
  if (added === null) return {total, lowers};
  const sums = addedName(added);
  eachSeries(blocks, name, ({block, sign}, from, to, _leaf, days) => {
    const values = block.sums[sums]!;
    for (let at = from; at < to; at += 1) {
      if (days !== null && days[block.days[at]!] !== 1) continue;
      const value = values[at]!;
      total += Math.abs(value);
      if (sign * value < 0) lowers = true;
    }
  });
  return {total, lowers};
}

function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
}

/**
 * @param count How many sums there are to be.
 * @param placeOf Which of them a leaf's days are added to, by the leaf's place.
 */
function sumsOf(
  {blocks, first, last, rows: all}: Decided,
  {name, added}: RolledPart,
  count: number,
  placeOf: (leaf: number) => number
): Sums[] {
  if (blocks.length === 0) return [];
  const length = last - first + 2;
  const Counts = all < 2 ** 31 ? Int32Array : Float64Array;
  // One array for all of them: thousands of small ones would take longer to make than to fill.
  const allRows = new Counts(count * length);
  const allValues = added === null ? allRows : new Float64Array(count * length);
  eachSeries(blocks, name, ({block, sign}, from, to, leaf, decided) => {
    const offset = placeOf(leaf) * length + block.first - first + 1;
    addDays(allRows, sign, offset, block.days, block.rows, from, to, decided);
    if (added !== null) addDays(allValues, sign, offset, block.days, block.sums[addedName(added)]!, from, to, decided);
  });
  for (let at = 0; at < allRows.length; at += length) {
    addUp(allRows, at, length);
    if (allValues !== allRows) addUp(allValues, at, length);
  }
  return Array.from({length: count}, (_, place) => ({at: place * length, values: allValues, rows: allRows}));
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

function addUp(sums: Numbers, from: number, length: number): void {
  let before = 0;
  for (let at = from; at < from + length; at += 1) {
    before += sums[at]!;
    sums[at] = before;
  }
}

/** Sums of sums add up as the days themselves do; of one part at least. */
function together(parts: readonly Sums[], length: number): Sums {
  const [one, ...others] = parts as [Sums, ...Sums[]];
  if (others.length === 0) return one;
  const addedUp = (of: "values" | "rows") => {
    const sums = one[of].slice(one.at, one.at + length);
    for (const part of others) addTo(sums, part[of], part.at);
    return sums;
  };
  const rows = addedUp("rows");
  return {at: 0, values: one.values === one.rows ? rows : addedUp("values"), rows};
}

function addTo(sums: Numbers, others: Numbers, from: number): void {
  for (let at = 0; at < sums.length; at += 1) sums[at]! += others[from + at]!;
}

/** A segment that was asked so often has its leaves added up; for a few windows that takes longer than it saves. */
const askedOften = 50;

function daySums(leaves: readonly Sums[], first: DayNumber, last: DayNumber): DaySums {
  const length = last - first + 2;
  let parts = leaves;
  let asked = 0;
  let lastDays: Int32Array | null = null;
  const within = (of: "values" | "rows", from: DayNumber, to: DayNumber) => {
    asked += 1;
    if (asked === askedOften && parts.length > 1) parts = [together(parts, length)];
    const begin = Math.max(from, first) - first;
    const end = Math.min(to, last) - first + 1;
    if (end <= begin) return 0;
    let sum = 0;
    for (const part of parts) sum += part[of][part.at + end]! - part[of][part.at + begin]!;
    return sum;
  };
  return {
    value: (from, to) => within("values", from, to),
    rows: (from, to) => within("rows", from, to),
    lastDay: (to) => {
      if (to < first || parts.length === 0) return null;
      lastDays ??= lastDaysOf(parts, first, length);
      const day = lastDays[Math.min(to, last) - first]!;
      return day === never ? null : day;
    },
    get falls() {
      // A count is never below 0.
      if (parts.every(({values, rows}) => values === rows)) return false;
      const {at, values} = together(parts, length);
      for (let day = at + 1; day < at + length; day += 1) if (values[day]! < values[day - 1]!) return true;
      return false;
    }
  };
}

/** Of each day the last one up to it with a row; `never` before there is one. */
function lastDaysOf(parts: readonly Sums[], first: DayNumber, length: number): Int32Array {
  const days = new Int32Array(length - 1).fill(never);
  const {at, rows} = together(parts, length);
  let latest = never;
  for (let day = 0; day < days.length; day += 1) {
    if (rows[at + day + 1]! > rows[at + day]!) latest = first + day;
    days[day] = latest;
  }
  return days;
}
