import {addDays, type IsoDate, later, toDay} from "../calendar/iso-date.ts";
import {formatFigure, formatShare} from "../format/numbers.ts";
import {roundTicks, tickFormat} from "./axis.ts";
import type {CumulativeInput} from "./contract.ts";
import type {CumulativeCourse} from "./cumulative-words.ts";
import {baselineAt, type Point, type TextItem} from "./placement.ts";
import type {Frame, RuleItem} from "./spec-parts.ts";
import {textWidth} from "./text-metrics.ts";
import {type ChartWidth, fontSizes, palette} from "./theme.ts";

/** Heights of the parts, in px, from the top: captions, panel, axis of dates, caption, panel of the difference. */
export const heights = {captions: 46, panel: 240, dates: 38, caption: 30, difference: 80, foot: 12} as const;

/** Top of the panel of the difference, in the frame. */
export const differenceTop = heights.panel + heights.dates + heights.caption;

/** One scale of values. */
export interface ValueScale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly {readonly value: number; readonly label: string}[];
  /** Value to px of the frame. */
  readonly y: (value: number) => number;
}

/** Where things stand in the frame of one chart. */
export interface CumulativeScales {
  readonly frame: Frame;
  readonly x: (day: IsoDate) => number;
  /** Ends of the axis of dates; at least a day apart. */
  readonly days: readonly [IsoDate, IsoDate];
  readonly values: ValueScale;
  /** Null where there is no pace to differ from. */
  readonly differences: ValueScale | null;
}

/** @param right Width of the margin that names the lines' ends, in px. */
export function scalesOf(input: CumulativeCourse, right: number, width: ChartWidth): CumulativeScales {
  const {row} = input;
  const values = valueScale(input);
  const difference = differenceScale(input, values);
  const labels = [...values.ticks, ...(difference?.ticks ?? [])].map(({label}) => label);
  const left = Math.ceil(Math.max(...labels.map((label) => textWidth(label, fontSizes.label)))) + 12;
  const frame = {
    left,
    top: heights.captions,
    right,
    bottom: heights.foot + (difference === null ? heights.dates : 0),
    width: width - left - right,
    height: difference === null ? heights.panel : differenceTop + heights.difference
  };
  const days = [row.period_from, later(row.period_to, addDays(row.period_from, 1))] as const;
  const from = toDay(days[0]);
  const span = toDay(days[1]) - from;
  return {frame, x: (day) => ((toDay(day) - from) / span) * frame.width, days, values, differences: difference};
}

/** The lines as they will be drawn, for labels to keep clear of. */
export function linesOf({actual, baseline, expected}: CumulativeInput, {x, values}: CumulativeScales): Point[][] {
  return [actual, baseline, expected]
    .filter((points) => points.length > 0)
    .map((points) => points.map(({day, value}) => ({x: x(day), y: values.y(value)})));
}

/** From 0, because lengths from 0 are what the eye compares. */
function valueScale({row, actual, baseline, expected}: CumulativeInput): ValueScale {
  const highest = Math.max(0, ...[...actual, ...baseline, ...expected].map(({value}) => value));
  const top = highest > 0 ? highest : 1;
  return {
    domain: [0, top * 1.02],
    ticks: labelled(roundTicks(0, top, 5, row.unit !== "share"), row.unit, ""),
    y: (value) => heights.panel * (1 - value / (top * 1.02))
  };
}

/**
 * Of the difference from the pace, 0 included. Never finer than a 25th of the scale of values: a day's one case more
 * or less must not look like a mountain.
 */
function differenceScale(input: CumulativeCourse, values: ValueScale): ValueScale | null {
  if (input.expected.length === 0) return null;
  const found = input.differences.map(({value}) => value);
  const low = Math.min(0, ...found);
  const high = Math.max(0, ...found);
  const air = Math.max(0, values.domain[1] / 25 - (high - low)) / 2;
  const domain = [low - air, high + air] as const;
  return {
    domain,
    ticks: labelled(roundTicks(domain[0], domain[1], 3, input.row.unit !== "share"), input.row.unit, "+"),
    y: (value) => differenceTop + (heights.difference * (domain[1] - value)) / (domain[1] - domain[0])
  };
}

/**
 * Ticks with what stands beside them; zero has no sign, whatever the others have.
 *
 * @param plus Before what is above 0.
 */
function labelled(ticks: readonly number[], unit: string, plus: "" | "+"): ValueScale["ticks"] {
  const decimals = tickFormat(ticks, "share") === ".0%" ? 0 : 1;
  return ticks.map((value) => {
    const figure = unit === "share" ? formatShare(value, decimals) : formatFigure(value);
    return {value, label: value === 0 ? "0" : value > 0 ? `${plus}${figure}` : figure};
  });
}

/** Lines through the panel at its ticks, each on whole px: thin ones would else be grey over two. */
export function tickRules({ticks, y}: ValueScale, {width}: Frame): RuleItem[] {
  return ticks.map(({value}) => {
    const at = Math.round(y(value)) + 0.5;
    return {x: 0, x2: width, y: at, y2: at, colour: palette.grid, width: 1};
  });
}

export function tickTexts({ticks, y}: ValueScale): TextItem[] {
  const style = {size: fontSizes.label, weight: 400, colour: palette.neutralText, align: "right"} as const;
  return ticks.map(({value, label}) => ({x: -8, y: baselineAt(y(value), fontSizes.label), text: label, ...style}));
}
