import {type IsoDate, toDay} from "../calendar/iso-date.ts";
import type {Point} from "./placement.ts";
import {type Pen, placeOf} from "./plain-paths.ts";

export type Rows = readonly Readonly<Record<string, unknown>>[];

/** Day to px of an axis of days. */
export function xScale(from: IsoDate, to: IsoDate, width: number): (day: IsoDate) => number {
  const first = toDay(from);
  const span = toDay(to) - first;
  return (day) => ((toDay(day) - first) / span) * width;
}

/** Value to px. */
export function yScale(
  [low, high]: readonly [number, number],
  [bottom, top]: readonly [number, number]
): (value: number) => number {
  return (value) => bottom + ((value - low) / (high - low)) * (top - bottom);
}

/** Where the values of a field stand, in runs: one that is not known parts them. */
export function placesOf(
  rows: Rows,
  field: string,
  {x, y}: {readonly x: (day: IsoDate) => number; readonly y: (value: number) => number}
): Point[][] {
  const runs: Point[][] = [[]];
  for (const row of rows) {
    const value = row[field];
    if (typeof value === "number") runs.at(-1)!.push({x: x(String(row.day)), y: y(value)});
    else if (runs.at(-1)!.length > 0) runs.push([]);
  }
  return runs;
}

/** Draws a line through points; of one alone, which no line shows, nothing. */
export function drawLine(pen: Pen, points: readonly Point[]): void {
  if (points.length < 2) return;
  for (const [at, {x, y}] of needed(points).entries()) {
    if (at === 0) pen.moveTo(placeOf(x), placeOf(y));
    else pen.lineTo(placeOf(x), placeOf(y));
  }
}

/** Draws what lies between points and a level. */
export function drawArea(pen: Pen, points: readonly Point[], level: number): void {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) return;
  drawLine(pen, points);
  pen.lineTo(placeOf(last.x), placeOf(level));
  pen.lineTo(placeOf(first.x), placeOf(level));
  pen.steps("z", 0, placeOf(first.y) - placeOf(level));
}

/** No farther from its points does a line run, px: half of what places are told to. */
const near = 0.05;

/**
 * The points that a line can't do without: a swinging door, whose two wings turn about the last point kept and close
 * with each point that the line must pass near.
 */
function needed(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  let from = points[0]!;
  let last = from;
  let [lowest, highest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  kept.push(from);
  for (const point of points.slice(1)) {
    const slope = (point.y - from.y) / (point.x - from.x);
    if (last !== from && !(slope >= lowest && slope <= highest)) {
      kept.push(last);
      from = last;
      [lowest, highest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    }
    const across = point.x - from.x;
    lowest = Math.max(lowest, (point.y - near - from.y) / across);
    highest = Math.min(highest, (point.y + near - from.y) / across);
    last = point;
  }
  kept.push(last);
  return kept;
}
