import {smallestPercentBase} from "../format/numbers.ts";
import type {ChangeKind} from "./contract.ts";

export interface Change {
  /** A fraction of the base, unrounded: -0.1 is 10% fewer. Null unless the kind is `percent` or `counts_only`. */
  readonly change: number | null;
  readonly kind: ChangeKind;
}

/**
 * Holds a count against an earlier one, by the first rule that fits: one of them not known; counted by two methods;
 * a base of 0, also when nothing came after it; a base too small for a percentage. A base below 0, which only a sum
 * can have, measures nothing in percent either.
 *
 * @param series Names of the counting methods that the days of both touch.
 */
export function changeOf(current: number | null, base: number | null, series: readonly string[]): Change {
  if (current === null || base === null) return {change: null, kind: "not_known"};
  if (new Set(series).size > 1) return {change: null, kind: "series_break"};
  if (base <= 0) return {change: null, kind: "not_calculable"};
  // Divided once: the nearest double to the true fraction, so that it prints as the two counts would.
  return {change: (current - base) / base, kind: base < smallestPercentBase ? "counts_only" : "percent"};
}
