import {textWidth} from "./text-metrics.ts";
import type {FontWeight} from "./theme.ts";

/** A rectangle in px, y downwards. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One line of text where it stands: `y` is its baseline. */
export interface TextItem extends Point {
  readonly text: string;
  readonly size: number;
  readonly weight: FontWeight;
  readonly colour: string;
  readonly align: "left" | "center" | "right";
}

/** Shares of the size that letters of Public Sans rise above and fall below the baseline; its figures rise 0.72. */
const ascent = 0.76;
const descent = 0.21;

/** The rectangle that a text's letters stand in. */
export function textBox({x, y, text, size, weight, align}: TextItem): Box {
  const width = textWidth(text, size, weight);
  const left = align === "left" ? x : align === "right" ? x - width : x - width / 2;
  return {left, top: y - ascent * size, right: left + width, bottom: y + descent * size};
}

/** Baseline of a text of a size whose letters are centred on `middle`. */
export function baselineAt(middle: number, size: number): number {
  return middle + 0.36 * size;
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/**
 * Moves blocks apart along one axis, as little as can be, keeping their order: the pool-adjacent-violators answer.
 *
 * @param middles Where each block wants its middle.
 * @param height Of a block, in px, its air included.
 * @returns The middles, none closer than `height`, all between `from` and `to` where they fit there.
 */
export function spreadApart(middles: readonly number[], height: number, from: number, to: number): number[] {
  const order = middles.map((_, index) => index).sort((a, b) => middles[a]! - middles[b]! || a - b);
  const pools: {sum: number; count: number}[] = [];
  for (const [rank, index] of order.entries()) {
    pools.push({sum: middles[index]! - rank * height, count: 1});
    while (pools.length > 1 && mean(pools.at(-1)!) < mean(pools.at(-2)!)) {
      const last = pools.pop()!;
      const before = pools.pop()!;
      pools.push({sum: last.sum + before.sum, count: last.count + before.count});
    }
  }
  const first = from + height / 2;
  const last = Math.max(first, to - height / 2 - (middles.length - 1) * height);
  const starts = pools.flatMap(
    (pool) => Array(pool.count).fill(Math.min(last, Math.max(first, mean(pool)))) as number[]
  );
  const spread: number[] = [];
  for (const [rank, index] of order.entries()) spread[index] = starts[rank]! + rank * height;
  return spread;
}

function mean({sum, count}: {sum: number; count: number}): number {
  return sum / count;
}

export interface Obstacles {
  readonly boxes: readonly Box[];
  /** Lines that a label should not lie on. */
  readonly lines: readonly (readonly Point[])[];
}

/**
 * Finds the place nearest to a point where a label of a size meets nothing.
 *
 * @param bounds The label stays inside.
 * @returns Its box; the least bad one where no place is free: another label weighs more than a line.
 */
export function placeNear(
  point: Point,
  size: {width: number; height: number},
  bounds: Box,
  {boxes: others, lines}: Obstacles
): Box {
  let best: {box: Box; cost: number} | null = null;
  const all = candidates(point, size).filter(({box}) => isInside(box, bounds));
  const reach = grown(around(all.map(({box}) => box)), 2);
  const within = lines.map((line) => stepsOf(line).filter((step) => isNear(step, reach)));
  // By what is less liked, so that the first free place is the answer.
  for (const {box, cost: away} of all.sort((a, b) => a.cost - b.cost)) {
    const larger = grown(box, 2);
    const boxes = others.filter((other) => overlap(box, other)).length;
    const crossed = within.filter((steps) => steps.some((step) => stepCrosses(step, larger))).length;
    if (boxes === 0 && crossed === 0) return box;
    const cost = boxes * 1e6 + crossed * 1e3 + away;
    if (best === null || cost < best.cost) best = {box, cost};
  }
  return best?.box ?? boxAt(bounds.left, bounds.top, size);
}

/** Beside the point, then above and below it, in steps of 4 px up to 100 px away; the cost is what is less liked. */
function candidates(point: Point, size: {width: number; height: number}): {box: Box; cost: number}[] {
  const sides = [
    {left: point.x + 10, cost: 0},
    {left: point.x - size.width - 10, cost: 3},
    {left: point.x + 24, cost: 20},
    {left: point.x - size.width - 24, cost: 23},
    {left: point.x - size.width / 2, cost: 12}
  ];
  const steps = Array.from({length: 51}, (_, step) => (step - 25) * 4);
  return sides.flatMap(({left, cost}) =>
    steps.map((dy) => ({box: boxAt(left, point.y + dy - size.height / 2, size), cost: cost + Math.abs(dy)}))
  );
}

function isInside(box: Box, bounds: Box): boolean {
  return box.left >= bounds.left && box.right <= bounds.right && box.top >= bounds.top && box.bottom <= bounds.bottom;
}

/** The least rectangle that holds all; one that holds nothing, of none. */
function around(boxes: readonly Box[]): Box {
  const {POSITIVE_INFINITY: far, NEGATIVE_INFINITY: near} = Number;
  return boxes.reduce(
    (a, b) => ({
      left: Math.min(a.left, b.left),
      top: Math.min(a.top, b.top),
      right: Math.max(a.right, b.right),
      bottom: Math.max(a.bottom, b.bottom)
    }),
    {left: far, top: far, right: near, bottom: near}
  );
}

function boxAt(left: number, top: number, {width, height}: {width: number; height: number}): Box {
  return {left, top, right: left + width, bottom: top + height};
}

export function grown(box: Box, by: number): Box {
  return {left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by};
}

/** Whether a line through points touches a box. */
export function crosses(line: readonly Point[], box: Box): boolean {
  return stepsOf(line).some((step) => stepCrosses(step, box));
}

type Step = readonly [from: Point, to: Point];

/** A point alone is a step of no length. */
function stepsOf(line: readonly Point[]): Step[] {
  return line.length === 1 ? [[line[0]!, line[0]!]] : line.slice(1).map((to, index) => [line[index]!, to]);
}

function isNear([from, to]: Step, box: Box): boolean {
  if (Math.max(from.x, to.x) < box.left || Math.min(from.x, to.x) > box.right) return false;
  return Math.max(from.y, to.y) >= box.top && Math.min(from.y, to.y) <= box.bottom;
}

function stepCrosses(step: Step, box: Box): boolean {
  return isNear(step, box) && segmentCrosses(step[0], step[1], box);
}

/** Liang and Barsky's clipping: the part of the segment between both edges of one axis must meet that of the other. */
function segmentCrosses(point: Point, next: Point, box: Box): boolean {
  const [enterX, leaveX] = inside(point.x, next.x - point.x, box.left, box.right);
  const [enterY, leaveY] = inside(point.y, next.y - point.y, box.top, box.bottom);
  return Math.max(0, enterX, enterY) <= Math.min(1, leaveX, leaveY);
}

/** Where a segment lies between two edges of one axis, as shares of its length. It does touch them, if it is flat. */
function inside(from: number, delta: number, low: number, high: number): [number, number] {
  if (delta === 0) return [0, 1];
  const a = (low - from) / delta;
  const b = (high - from) / delta;
  return [Math.min(a, b), Math.max(a, b)];
}
