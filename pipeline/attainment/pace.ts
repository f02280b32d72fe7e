import type {GoalKind} from "../config/goal.ts";
import {dividedBy, type Exact, exact, times} from "../statistics/exact.ts";
import type {Measured} from "./contract.ts";

export type PaceName = NonNullable<Measured["pace"]>;

export interface PaceInput {
  readonly kind: GoalKind;
  /** For the whole period; null where nothing is to be met. */
  readonly target: Exact | null;
  /** Whether the baseline is known by day; a stated value is not. */
  readonly byDay: boolean;
  readonly declared: PaceName | undefined;
}

export interface Pace {
  /** Null where nothing is to be met, and where a change has no baseline. */
  readonly name: PaceName | null;
  /** The declared or usual pace could not be used, so `linear` was. */
  readonly fellBack: boolean;
}

/** The pace as declared, else `baseline` for a change and `linear` for a level; `linear` where no baseline has days. */
export function choosePace({kind, target, byDay, declared}: PaceInput): Pace {
  if (target === null) return {name: null, fellBack: false};
  const wanted = declared ?? (kind === "change" ? "baseline" : "linear");
  return wanted === "linear" || byDay ? {name: wanted, fellBack: false} : {name: "linear", fellBack: true};
}

/** How far the period has come, in days and by the baseline's own course. */
export interface SoFar {
  readonly days: number;
  readonly daysSoFar: number;
  /** Null where it is not known by day. */
  readonly baselineSoFar: Exact | null;
}

/**
 * What the pace asks for by a day of the period, in the measure's unit.
 *
 * - `baseline`: baseline so far x target value / baseline value; over a baseline of 0 the target, which is 0 as well
 * - `linear`: target value x days so far / days of the period
 */
export function expectedAfter(
  pace: PaceName,
  {target, baseline}: {readonly target: Exact; readonly baseline: Exact | null},
  {days, daysSoFar, baselineSoFar}: SoFar
): Exact | null {
  if (pace === "linear") return times(target, {over: exact(daysSoFar).over, under: exact(days).over});
  if (baseline === null || baselineSoFar === null) return null;
  return dividedBy(times(baselineSoFar, target), baseline) ?? target;
}
