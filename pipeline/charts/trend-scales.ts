import type {TrendMonth} from "../comparisons/contract.ts";
import {formatFigure, formatShare} from "../format/numbers.ts";
import {roundTicks, tickFormat} from "./axis.ts";
import type {Point} from "./placement.ts";
import {textWidth} from "./text-metrics.ts";
import {fontSizes} from "./theme.ts";
import {shortMonth} from "./trend-months.ts";

/** Values to px, from 0: lengths from 0 are what the eye compares. */
export interface MonthlyScale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly {readonly value: number; readonly label: string}[];
  /** Share of the height at which a value stands, from the top. */
  readonly share: (value: number) => number;
}

/**
 * @param months All that will be drawn on it; nulls are left out.
 * @param count About how many ticks; counts have them at whole numbers only, though a pace falls between them.
 */
export function monthlyScale(
  months: readonly Pick<TrendMonth, "value" | "last_year" | "expected">[],
  unit: string,
  count: number
): MonthlyScale {
  const counted = months.flatMap(({value, last_year}) => [value, last_year]).filter((value) => value !== null);
  const known = [...counted, ...months.flatMap(({expected}) => expected ?? [])];
  const low = known.reduce((least, value) => Math.min(least, value), 0);
  const highest = known.reduce((most, value) => Math.max(most, value), 0);
  const high = highest === low ? low + 1 : highest;
  const isWhole = unit !== "share" && counted.every((value) => Number.isInteger(value));
  const ticks = roundTicks(low, high, count, isWhole);
  const decimals = tickFormat(ticks, "share") === ".0%" ? 0 : 1;
  const label = (tick: number) => (unit === "share" ? formatShare(tick, decimals) : formatFigure(tick));
  const top = high + (high - low) * 0.04;
  return {
    low,
    high,
    ticks: ticks.map((value) => ({value, label: label(value)})),
    share: (value) => (top - value) / (top - low)
  };
}

/** Width of the widest tick, in px. */
export function widestTick({ticks}: MonthlyScale): number {
  return Math.ceil(Math.max(...ticks.map(({label}) => textWidth(label, fontSizes.label))));
}

/** Where a trend's panel lies in its picture, and where months and values stand in it; px. */
export interface TrendScales {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Width of a month. */
  readonly step: number;
  readonly values: MonthlyScale;
  readonly place: (at: {readonly index: number; readonly value: number}) => Point;
}

export function trendScales(
  values: MonthlyScale,
  months: number,
  panel: {readonly left: number; readonly right: number; readonly top: number; readonly bottom: number}
): TrendScales {
  const {left, right, top, bottom} = panel;
  const step = (right - left) / months;
  return {
    ...panel,
    step,
    values,
    place: ({index, value}) => ({x: left + (index + 0.5) * step, y: top + values.share(value) * (bottom - top)})
  };
}

/** Months that are named below the axis. */
export interface MonthTick {
  readonly index: number;
  /** "Jan" */
  readonly label: string;
  /** Under the first named month of each year; else empty. */
  readonly year: string;
}

/** Each month, or every 2nd, 3rd, 6th or 12th counted from January, as labels of real width fit. */
export function monthTicks(months: readonly TrendMonth[], step: number): MonthTick[] {
  const widest = Math.max(textWidth("May", fontSizes.label), textWidth("2000", fontSizes.label)) + 6;
  const every = [1, 2, 3, 6, 12].find((candidate) => candidate * step >= widest) ?? 12;
  const numberOf = (index: number) => Number(months[index]!.month.slice(5));
  const due = months.map((_, index) => index).filter((index) => (numberOf(index) - 1) % every === 0);
  const named = due.length === 0 ? [0] : due;
  const yearOf = (index: number) => months[index]!.month.slice(0, 4);
  return named.map((index, place) => ({
    index,
    label: shortMonth(months[index]!.month).slice(0, 3),
    year: place === 0 || yearOf(named[place - 1]!) !== yearOf(index) ? yearOf(index) : ""
  }));
}
