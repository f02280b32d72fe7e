import {type DayNumber, type IsoDate, toDay} from "../calendar/iso-date.ts";

/** The values of one measure and segment by day, summed over any window in one subtraction. */
export interface DaySums {
  /** Sum over `from..to`, both counted. */
  value(from: IsoDate, to: IsoDate): number;
  rows(from: IsoDate, to: IsoDate): number;
}

/**
 * Reads the columns of a rollup, sorted by measure, segment and day, `day` as a day number.
 *
 * @returns By `JSON.stringify([measure, segment type, segment])`. Sums of whole numbers, so exact.
 */
export function daySums(columns: Readonly<Record<string, unknown[]>>): Map<string, DaySums> {
  const measures = columns.measure as string[];
  const types = columns.segment_type as string[];
  const segments = columns.segment as string[];
  const result = new Map<string, DaySums>();
  for (let start = 0; start < measures.length; ) {
    let end = start + 1;
    while (
      end < measures.length &&
      segments[end] === segments[start] &&
      types[end] === types[start] &&
      measures[end] === measures[start]
    ) {
      end += 1;
    }
    result.set(JSON.stringify([measures[start], types[start], segments[start]]), prefixSums(columns, start, end));
    start = end;
  }
  return result;
}

function prefixSums(columns: Readonly<Record<string, unknown[]>>, start: number, end: number): DaySums {
  const days = columns.day as DayNumber[];
  const values = columns.value as number[];
  const rows = columns.rows_counted as number[];
  const first = days[start]!;
  const last = days[end - 1]!;
  // Entry n is the sum of the days before first + n.
  const valueBefore = new Float64Array(last - first + 2);
  const rowsBefore = new Float64Array(last - first + 2);
  for (let at = start; at < end; at += 1) {
    valueBefore[days[at]! - first + 1] = values[at]!;
    rowsBefore[days[at]! - first + 1] = rows[at]!;
  }
  for (let at = 1; at < valueBefore.length; at += 1) {
    valueBefore[at]! += valueBefore[at - 1]!;
    rowsBefore[at]! += rowsBefore[at - 1]!;
  }
  const sum = (before: Float64Array, from: IsoDate, to: IsoDate) => {
    const begin = Math.max(toDay(from), first) - first;
    const stop = Math.min(toDay(to), last) - first + 1;
    return stop <= begin ? 0 : before[stop]! - before[begin]!;
  };
  return {value: (from, to) => sum(valueBefore, from, to), rows: (from, to) => sum(rowsBefore, from, to)};
}
