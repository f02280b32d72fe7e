import {addDays, type IsoDate, later, toDay} from "../calendar/iso-date.ts";
import {formatShare, formatValue} from "../format/numbers.ts";
import {roundTicks, tickFormat} from "./axis.ts";
import type {StockLineInput} from "./contract.ts";
import {widest} from "./drawing.ts";
import type {Point} from "./placement.ts";
import type {Frame} from "./spec-parts.ts";
import {type ChartWidth, fontSizes} from "./theme.ts";

/** Heights of the parts in px: captions and legend, panel, axis of dates. */
export const stockHeights = {captions: 64, panel: 220, dates: 44} as const;

/** Where the values begin this near to each other, an axis from 0 would hide what is asked about. */
const nearness = 0.6;

export interface StockScales {
  readonly frame: Frame;
  readonly x: (day: IsoDate) => number;
  readonly y: (value: number) => number;
  readonly low: number;
  readonly ticks: readonly {readonly value: number; readonly label: string}[];
  /** Of each point, in their order; null where its value is not known. */
  readonly places: readonly (Point | null)[];
}

/** @param right Width of the margin that names levels, in px. */
export function stockScales(input: StockLineInput, right: number, width: ChartWidth): StockScales {
  const {row, kind, points, unit, levels, expected} = input;
  const values = [
    ...points.flatMap(({value}) => value ?? []),
    ...levels,
    ...expected.map(({value}) => value),
    ...(row.actual_value === null || kind !== "month" ? [] : [row.actual_value])
  ];
  const least = values.reduce((low, value) => Math.min(low, value), values[0] ?? 0);
  const most = values.reduce((high, value) => Math.max(high, value), values[0] ?? 0);
  const isCut = least > 0 && least >= nearness * most && least < most;
  const air = (most - least) * 0.12;
  const low = isCut ? least - air : Math.min(0, least);
  const high = most === low ? low + 1 : most + (most - low) * 0.06;
  const isWhole = unit !== "share" && values.every((value) => Number.isInteger(value));
  const ticks = roundTicks(low, high, 4, isWhole);
  const decimals = tickFormat(ticks, "share") === ".0%" ? 0 : 1;
  const labels = ticks.map((value) => ({
    value,
    label: unit === "share" ? formatShare(value, decimals) : formatValue(value, unit)
  }));
  const left =
    widest(
      labels.map(({label}) => label),
      fontSizes.label
    ) + 12;
  const frame = {
    left,
    right,
    top: stockHeights.captions,
    bottom: stockHeights.dates,
    width: width - left - right,
    height: stockHeights.panel
  };
  const last = later(row.period_to, addDays(row.period_from, 1));
  const first = toDay(row.period_from);
  const span = toDay(last) - first;
  const x = (day: IsoDate) => (Math.min(span, Math.max(0, toDay(day) - first)) / span) * frame.width;
  const y = (value: number) => (stockHeights.panel * (high - value)) / (high - low);
  const places = points.map(({from, day, value}) =>
    value === null ? null : {x: kind === "month" ? (x(from) + x(day)) / 2 : x(day), y: y(value)}
  );
  return {frame, x, y, low, ticks: labels, places};
}
