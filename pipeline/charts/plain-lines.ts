import {type IsoDate, toDay} from "../calendar/iso-date.ts";
import type {Point} from "./placement.ts";

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

/** A line through points; empty of one alone, which no line shows. */
export function linePath(points: readonly Point[]): string {
  return points.length < 2 ? "" : `M${through(points)}`;
}

/** What lies between points and a level. */
export function areaPath(points: readonly Point[], level: number): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) return "";
  const base = tenth(level);
  return `M${through(points)}L${tenth(last.x)},${base}L${tenth(first.x)},${base}Z`;
}

/** To a tenth of a px; points that lie level between two others are left out. */
function through(points: readonly Point[]): string {
  const places = points.map(({x, y}) => ({x: tenth(x), y: tenth(y)}));
  return places
    .filter(({y}, at) => at === 0 || at === places.length - 1 || places[at - 1]!.y !== y || places[at + 1]!.y !== y)
    .map(({x, y}) => `${x},${y}`)
    .join("L");
}

function tenth(place: number): number {
  return Math.round(place * 10) / 10;
}
