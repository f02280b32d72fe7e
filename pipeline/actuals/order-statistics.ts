import {dividedBy, exact, toNumber} from "../statistics/exact.ts";
import {exactPercent} from "./time-to-end.ts";
import type {Tally} from "./told-cases.ts";

export function rowsIn(tally: Tally): number {
  return tally.reduce((sum, [, rows]) => sum + rows, 0);
}

/**
 * The percentile of values, interpolated between two neighbours: type 7 of Hyndman, Fan: Sample quantiles in
 * statistical packages, 1996. The nearest double of the exact value.
 *
 * @param tally Not empty; whole numbers.
 * @param at In percent.
 * @param scale What the values are to be divided by.
 */
export function percentileOf(tally: Tally, at: number, scale: number): number {
  const [share, whole] = exactPercent(at);
  const steps = BigInt(rowsIn(tally) - 1) * share;
  const [before, rest] = [Number(steps / whole), steps % whole];
  const low = BigInt(valueAt(tally, before));
  const high = rest === 0n ? low : BigInt(valueAt(tally, before + 1));
  return quotient(low * (whole - rest) + high * rest, whole * BigInt(scale));
}

/** The nearest double; `under` is not 0. */
export function quotient(over: bigint | number, under: bigint | number): number {
  return toNumber(dividedBy(exactly(over), exactly(under))!);
}

function exactly(value: bigint | number) {
  return exact(typeof value === "bigint" ? value.toString() : value);
}

function valueAt(tally: Tally, place: number): number {
  let passed = 0;
  for (const [value, rows] of tally) {
    passed += rows;
    if (place < passed) return value;
  }
  throw new Error(`no value in place ${place}`);
}
