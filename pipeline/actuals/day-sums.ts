import {type DayNumber, type IsoDate, toDay} from "../calendar/iso-date.ts";
import type {ProjectMeasure, SegmentKey} from "../config/project.ts";
import type {Branch} from "./branches.ts";

/** The values of one measure and segment by day, summed over any window in one subtraction. */
export interface DaySums {
  /** Sum over `from..to`, both counted. */
  value(from: IsoDate, to: IsoDate): number;
  rows(from: IsoDate, to: IsoDate): number;
  /** Whether the value of a day is below 0. */
  readonly falls: boolean;
}

/** The columns of `rollupSql`'s answer. */
export type RolledUp = Readonly<Record<string, unknown[]>>;

/** Values and rows of one measure and leaf or segment by day, from the first day of the answer. */
interface Days {
  readonly values: Float64Array;
  /** The same array where each row counts 1. */
  readonly rows: Float64Array;
}

/**
 * Adds up the leaves of a rollup to every segment above them.
 *
 * @param measures Of the family, in the order by which the answer names them.
 * @returns By `sumsKey`. Sums of whole numbers, so exact unless `tooLarge`.
 */
export function daySums(
  columns: RolledUp,
  measures: readonly ProjectMeasure[],
  branches: readonly Branch[]
): Map<string, DaySums> {
  const result = new Map<string, DaySums>();
  const [first, last] = span(columns.day as DayNumber[]);
  if (first > last) return result;
  const leaves = byLeaf(columns, measures, first, last);
  for (const [place, {name}] of measures.entries()) {
    const segments = new Map<string, Days>();
    for (const branch of branches) {
      const part = leaves.get(leafKey(place, branch.leaf));
      if (part === undefined) continue;
      const key = sumsKey(name, branch);
      const whole = segments.get(key) ?? emptyDays(first, last, part.values !== part.rows);
      segments.set(key, whole);
      add(part, whole);
    }
    for (const [key, days] of segments) result.set(key, prefixSums(days, first, last));
  }
  return result;
}

/**
 * The measures of a family whose sums can't be held exactly: their values, all taken as positive, add up to more than
 * doubles tell whole numbers apart. Every sum over any days and segments lies below that total, so without these all
 * are exact.
 */
export function tooLarge(columns: RolledUp, measures: readonly ProjectMeasure[]): ProjectMeasure[] {
  const totals = measures.map(() => 0);
  for (const [at, place] of (columns.measure as number[]).entries()) {
    totals[place]! += Math.abs((columns.value as number[])[at]!);
  }
  return measures.filter((_, place) => totals[place]! > Number.MAX_SAFE_INTEGER);
}

export function sumsKey(measure: string, {type, code}: SegmentKey): string {
  return JSON.stringify([measure, type, code]);
}

function span(days: readonly DayNumber[]): readonly [first: DayNumber, last: DayNumber] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const day of days) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return [first, last];
}

function byLeaf(
  columns: RolledUp,
  measures: readonly ProjectMeasure[],
  first: DayNumber,
  last: DayNumber
): Map<string, Days> {
  const places = columns.measure as number[];
  const codes = columns.leaf as (string | null)[];
  const days = columns.day as DayNumber[];
  const values = columns.value as number[];
  const rows = columns.rows_counted as number[];
  const leaves = new Map<string, Days>();
  for (let at = 0; at < places.length; at += 1) {
    const key = leafKey(places[at]!, codes[at]!);
    let leaf = leaves.get(key);
    if (leaf === undefined) {
      leaf = emptyDays(first, last, measures[places[at]!]!.sum !== undefined);
      leaves.set(key, leaf);
    }
    leaf.values[days[at]! - first] = values[at]!;
    leaf.rows[days[at]! - first] = rows[at]!;
  }
  return leaves;
}

function leafKey(place: number, leaf: string | null): string {
  return leaf === null ? `${place}` : `${place} ${leaf}`;
}

function emptyDays(first: DayNumber, last: DayNumber, summed: boolean): Days {
  const rows = new Float64Array(last - first + 1);
  return {rows, values: summed ? new Float64Array(rows.length) : rows};
}

function add(part: Days, whole: Days): void {
  for (const [day, rows] of part.rows.entries()) whole.rows[day]! += rows;
  if (part.values === part.rows) return;
  for (const [day, value] of part.values.entries()) whole.values[day]! += value;
}

function prefixSums({values, rows}: Days, first: DayNumber, last: DayNumber): DaySums {
  const rowsBefore = before(rows);
  const valuesBefore = values === rows ? rowsBefore : before(values);
  const sum = (of: Float64Array, from: IsoDate, to: IsoDate) => {
    const begin = Math.max(toDay(from), first) - first;
    const end = Math.min(toDay(to), last) - first + 1;
    return end <= begin ? 0 : of[end]! - of[begin]!;
  };
  return {
    value: (from, to) => sum(valuesBefore, from, to),
    rows: (from, to) => sum(rowsBefore, from, to),
    falls: values.some((value) => value < 0)
  };
}

/** Entry n is the sum of the entries before n. */
function before(days: Float64Array): Float64Array {
  const sums = new Float64Array(days.length + 1);
  for (const [at, value] of days.entries()) sums[at + 1] = sums[at]! + value;
  return sums;
}
