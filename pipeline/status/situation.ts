import type {Measured} from "../attainment/contract.ts";
import {earlier, type IsoDate, toDay} from "../calendar/iso-date.ts";

/** Whether the actual is counted to the day that decides. */
export function isOver({counted_to, ends_on, division}: Measured): boolean {
  return division?.over ?? counted_to >= ends_on;
}

/** The day asked for; where none was, the last one counted. */
export function dayAsked({asked_through, row}: Measured): IsoDate {
  return asked_through ?? row.through;
}

/** Days from `earlier` to `later`; negative when it is the other way round. */
export function daysBehind(earlier: IsoDate, later: IsoDate): number {
  return toDay(later) - toDay(earlier);
}

/** Counting methods that the verdict would rest on: of the actual, and of the baseline where the goal is a change. */
export function seriesTouched({row, series}: Measured): string[] {
  return [...new Set([...(row.goal_kind === "change" ? series.baseline : []), ...series.actual])];
}

/** The last day that was asked for, the one that decides at the latest; null when no day was. */
export function wantedDay({asked_through, ends_on}: Measured): IsoDate | null {
  return asked_through === null ? null : earlier(asked_through, ends_on);
}

/** Whether the value is a number of cases: shares, averages and ratios are none, so no few of them decide. */
export function isCount({shape, row}: Measured): boolean {
  return shape !== "average" && shape !== "done" && row.unit !== "share" && row.denominator === null;
}

/** A bare direction asks for a change, of whatever size. */
export function isDirection({goal}: Measured): boolean {
  return goal?.kind === "change" && goal.change.form === "direction";
}
