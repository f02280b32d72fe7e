import type {DayNumber} from "../calendar/iso-date.ts";
import {never} from "./cells.ts";
import {type Decided, eachSeries} from "./decided-cells.ts";
import type {RolledPart} from "./rollup.ts";
import type {Territory} from "./territory.ts";

/** Rows of one part and leaf told apart by a value, in order of their day. Rows below 0 are taken away again. */
export interface Cases {
  readonly days: Int32Array;
  /** Day numbers and numbers as they are; of texts their place among all texts of the part. */
  readonly values: Int32Array | Float64Array;
  readonly rows: Int32Array;
}

/** Cases by part and segment, each put in order when they are first asked for. */
export interface SourceCases {
  /** The cases of all leaves of a segment, leaf by leaf. */
  of(part: RolledPart, territory: Territory): readonly Cases[];
  /** How many different texts a part has. */
  texts(part: RolledPart): number;
  /** The greatest of its numbers, signs left aside; 0 where it has none. */
  greatest(part: RolledPart): number;
}

interface PartCases {
  /** By place of the leaf. */
  readonly byLeaf: readonly Cases[];
  readonly texts: number;
}

export function sourceCases(decided: Decided): SourceCases {
  const made = new Map<string, PartCases>();
  const partCases = (part: RolledPart) => {
    const found = made.get(part.name) ?? casesOf(decided, part);
    made.set(part.name, found);
    return found;
  };
  const chosen = new Map<string, readonly Cases[]>();
  return {
    of: (part, territory) => {
      const key = `${part.name}\0${territory.key}`;
      const found =
        chosen.get(key) ??
        partCases(part).byLeaf.filter(({days}, place) => days.length > 0 && territory.holds(decided.leaves[place]!));
      chosen.set(key, found);
      return found;
    },
    texts: (part) => partCases(part).texts,
    greatest: (part) => {
      let greatest = 0;
      for (const {values} of partCases(part).byLeaf) {
        for (let at = 0; at < values.length; at += 1) greatest = Math.max(greatest, Math.abs(values[at]!));
      }
      return greatest;
    }
  };
}

function casesOf({blocks, first, last, leaves}: Decided, {name, told}: RolledPart): PartCases {
  const numbers = textNumbers();
  const counts = new Int32Array(leaves.length);
  eachSeries(blocks, name, ({block}, from, to, leaf, decided) => {
    for (let at = from; at < to; at += 1) if (decided === null || decided[block.days[at]!] === 1) counts[leaf]! += 1;
  });
  const Values = told?.as === "number" ? Float64Array : Int32Array;
  const byLeaf = Array.from(counts, (count) => ({
    days: new Int32Array(count),
    values: new Values(count),
    rows: new Int32Array(count)
  }));
  const filled = new Int32Array(leaves.length);
  eachSeries(blocks, name, ({block, sign}, from, to, leaf, decided) => {
    const {days, values, rows} = byLeaf[leaf]!;
    const {values: own, texts} = block.told!;
    const numberOf = texts === null ? null : numbers.of(texts);
    for (let at = from; at < to; at += 1) {
      if (decided !== null && decided[block.days[at]!] !== 1) continue;
      const place = filled[leaf]!;
      days[place] = block.days[at]! + block.first;
      values[place] = numberOf === null ? own[at]! : numberOf[own[at]!]!;
      rows[place] = sign * block.rows[at]!;
      filled[leaf] = place + 1;
    }
  });
  const ends = new Int32Array(Math.max(0, last - first + 2));
  return {byLeaf: byLeaf.map((cases) => inOrder(cases, first, ends)), texts: numbers.count()};
}

/** Numbers texts across blocks; each block's once. */
function textNumbers() {
  const numbers = new Map<string, number>();
  const ofBlock = new Map<readonly string[], Int32Array>();
  return {
    of: (texts: readonly string[]): Int32Array => {
      const found = ofBlock.get(texts);
      if (found !== undefined) return found;
      const own = Int32Array.from(texts, (text) => {
        const number = numbers.get(text) ?? numbers.size;
        numbers.set(text, number);
        return number;
      });
      ofBlock.set(texts, own);
      return own;
    },
    count: () => numbers.size
  };
}

/** A counting sort by day. */
function inOrder({days, values, rows}: Cases, first: DayNumber, ends: Int32Array): Cases {
  if (days.length < 2) return {days, values, rows};
  ends.fill(0);
  for (let at = 0; at < days.length; at += 1) ends[days[at]! - first + 1]! += 1;
  for (let day = 1; day < ends.length; day += 1) ends[day]! += ends[day - 1]!;
  const sorted = {days: days.slice(), values: values.slice(), rows: rows.slice()};
  for (let at = 0; at < days.length; at += 1) {
    const to = ends[days[at]! - first]!;
    ends[days[at]! - first]! += 1;
    sorted.days[to] = days[at]!;
    sorted.values[to] = values[at]!;
    sorted.rows[to] = rows[at]!;
  }
  return sorted;
}

/** The cases of a leaf in places `begin` up to `end`. */
export interface CaseRun extends Cases {
  readonly begin: number;
  readonly end: number;
}

/** The cases of days `from..to`, both counted, leaf by leaf: loops of millions go faster than calls for each. */
export function casesWithin(cases: readonly Cases[], from: DayNumber, to: DayNumber): CaseRun[] {
  return cases.map((one) => ({begin: firstFrom(one.days, from), end: firstFrom(one.days, to + 1), ...one}));
}

/** How many different texts cases have. */
export function differentTexts(
  runs: readonly CaseRun[],
  texts: number
): {readonly texts: number; readonly rows: number} {
  const rowsOf = new Int32Array(texts);
  let all = 0;
  for (const {values, rows, begin, end} of runs) {
    for (let at = begin; at < end; at += 1) {
      rowsOf[values[at]!]! += rows[at]!;
      all += rows[at]!;
    }
  }
  let different = 0;
  for (let text = 0; text < texts; text += 1) if (rowsOf[text]! > 0) different += 1;
  return {texts: different, rows: all};
}

/** Different values in order, each with how many rows hold it; none with 0. */
export type Tally = readonly (readonly [value: number, rows: number])[];

/** So far may values lie apart to be counted in an array: 8 MiB. */
const mostApart = 2 ** 20;

/** Values of which newer rows take away as many as there were are not there. */
export function tallyOf(runs: readonly CaseRun[]): Tally {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const {values, begin, end} of runs) {
    for (let at = begin; at < end; at += 1) {
      const value = values[at]!;
      if (value < least) least = value;
      if (value > most && value !== never) most = value;
    }
  }
  const tally: [number, number][] = [];
  if (most - least <= mostApart) {
    const counts = new Float64Array(Math.max(0, most - least + 1));
    let open = 0;
    for (const {values, rows, begin, end} of runs) {
      for (let at = begin; at < end; at += 1) {
        if (values[at] === never) open += rows[at]!;
        else counts[values[at]! - least]! += rows[at]!;
      }
    }
    for (let at = 0; at < counts.length; at += 1) if (counts[at]! > 0) tally.push([least + at, counts[at]!]);
    if (open > 0) tally.push([never, open]);
    return tally;
  }
  const rowsOf = new Map<number, number>();
  for (const {values, rows, begin, end} of runs) {
    for (let at = begin; at < end; at += 1) rowsOf.set(values[at]!, (rowsOf.get(values[at]!) ?? 0) + rows[at]!);
  }
  return [...rowsOf].filter(([, rows]) => rows > 0).sort(([a], [b]) => a - b);
}

/** Which day of a case: that of the row, that which was told of it, or that by which it has both begun and ended. */
export type CaseDay = "begun" | "told" | "over";

/** How many rows have a day up to another. */
export interface RowsByDay {
  upTo(day: DayNumber): number;
  /** All of them, those too whose day has not come. */
  readonly all: number;
  /** The last day of any; `never` where it has not come, or there is none. */
  readonly last: DayNumber;
}

export function rowsByDay(cases: readonly Cases[], by: CaseDay): RowsByDay {
  const of = cases.map(({days, values, rows}) => {
    const own = Int32Array.from(by === "begun" ? days : values);
    if (by === "over") for (let at = 0; at < own.length; at += 1) own[at] = Math.max(own[at]!, days[at]!);
    return {days, values: own, rows, begin: 0, end: own.length};
  });
  // A day is never told of fewer rows than are taken away from it again.
  const all = tallyOf(of);
  const tally = all.filter(([day]) => day !== never);
  const days = Int32Array.from(tally, ([day]) => day);
  const sums = new Float64Array(days.length + 1);
  for (let at = 0; at < days.length; at += 1) sums[at + 1] = sums[at]! + tally[at]![1];
  const open = all.length > tally.length ? all.at(-1)![1] : 0;
  return {
    upTo: (day) => sums[firstFrom(days, day + 1)]!,
    all: sums.at(-1)! + open,
    last: all.at(-1)?.[0] ?? never
  };
}

/** Place of the first day that is not before another. */
function firstFrom(days: Int32Array, from: DayNumber): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (days[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
