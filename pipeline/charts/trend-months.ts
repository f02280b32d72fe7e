import {longDate} from "../calendar/iso-date.ts";
import type {Trend, TrendMonth} from "../comparisons/contract.ts";
import {shortDate} from "./axis.ts";
import type {LinePoint} from "./spec-parts.ts";

/** monthName("2018-12") //=> "December 2018" */
export function monthName(month: string): string {
  return longDate(`${month}-01`).slice(2);
}

/** shortMonth("2018-12") //=> "Dec 2018" */
export function shortMonth(month: string): string {
  return shortDate(`${month}-01`).slice(2);
}

/** The days that a month counts, without its year: "December", or "1\u201329 December" where it is cut short. */
export function daysOfMonth({month, from, to, whole}: TrendMonth): string {
  const name = monthName(month).slice(0, -5);
  if (whole) return name;
  const [first, last] = [Number(from.slice(8)), Number(to.slice(8))];
  return `${first === last ? first : `${first}\u2013${last}`} ${name}`;
}

/** yearBefore("2018-12") //=> "2017-12" */
export function yearBefore(month: string): string {
  return `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`;
}

/** Whether a month and the same one a year before are known to be counted by two methods: why there is no `last_year`. */
export function isOtherSeries({months}: Trend, {month, series}: TrendMonth): boolean {
  const before = months.find((other) => other.month === yearBefore(month));
  return before !== undefined && before.series !== series;
}

/** A month's value that is known, with its place among the months shown. */
export interface MonthValue {
  readonly index: number;
  readonly month: string;
  readonly value: number;
  readonly whole: boolean;
}

/**
 * Neighbours that a line may join: both known, whole and counted by one method. A month of which two days are counted so
 * far would else look like a fall.
 */
export function runsOf(months: readonly TrendMonth[], read: (month: TrendMonth) => number | null): MonthValue[][] {
  const runs: MonthValue[][] = [];
  for (const [index, month] of months.entries()) {
    const value = read(month);
    if (value === null) continue;
    const before = runs.at(-1)?.at(-1);
    const isNext = before?.index === index - 1 && months[index - 1]?.series === month.series;
    const isJoined = isNext && before.whole && month.whole;
    const point = {index, month: month.month, value, whole: month.whole};
    if (isJoined) runs.at(-1)!.push(point);
    else runs.push([point]);
  }
  return runs;
}

/** The runs as points of lines: each names its run, its month and its value. */
export function linePoints(
  runs: readonly (readonly MonthValue[])[],
  name: string,
  place: (point: MonthValue) => {readonly x: number; readonly y: number}
): LinePoint[] {
  return runs.flatMap((run, number) =>
    run.map((point) => ({run: `${name} ${number + 1}`, month: point.month, value: point.value, ...place(point)}))
  );
}

/** Months from which on another method counts, by their index; the first month shown begins no other. */
export function seriesChanges(months: readonly TrendMonth[]): number[] {
  return months.flatMap(({series}, index) => (index > 0 && months[index - 1]!.series !== series ? [index] : []));
}
