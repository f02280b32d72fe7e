import {daysIn, fromDay, type IsoDate, toDay} from "./iso-date.ts";

/** Both ends counted. */
export type DayRange = readonly [from: IsoDate, to: IsoDate];

/** A set of days as sorted ranges that neither touch nor overlap. */
export type DaySet = readonly DayRange[];

export function union(a: DaySet, b: DaySet): DaySet {
  const merged: [number, number][] = [];
  for (const [from, to] of numbers([...a, ...b])) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return dates(merged);
}

export function intersect(a: DaySet, b: DaySet): DaySet {
  const result: [number, number][] = [];
  for (const [aFrom, aTo] of numbers(a)) {
    for (const [bFrom, bTo] of numbers(b)) {
      const from = Math.max(aFrom, bFrom);
      const to = Math.min(aTo, bTo);
      if (from <= to) result.push([from, to]);
    }
  }
  return dates(result.sort(([x], [y]) => x - y));
}

/** The days of `a` that are not in `b`. */
export function subtract(a: DaySet, b: DaySet): DaySet {
  let rest = numbers(a);
  for (const [bFrom, bTo] of numbers(b)) {
    rest = rest.flatMap(([from, to]): [number, number][] => {
      if (bTo < from || bFrom > to) return [[from, to]];
      const parts: [number, number][] = [];
      if (from < bFrom) parts.push([from, bFrom - 1]);
      if (bTo < to) parts.push([bTo + 1, to]);
      return parts;
    });
  }
  return dates(rest);
}

/** How many days the set holds. */
export function countDays(set: DaySet): number {
  return set.reduce((sum, [from, to]) => sum + daysIn(from, to), 0);
}

function numbers(set: DaySet): [number, number][] {
  return set.map(([from, to]): [number, number] => [toDay(from), toDay(to)]).sort(([x], [y]) => x - y);
}

function dates(set: readonly (readonly [number, number])[]): DaySet {
  return set.map(([from, to]) => [fromDay(from), fromDay(to)] as const);
}
