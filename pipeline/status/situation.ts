import type {Measured} from "../attainment/contract.ts";
import {earlier, type IsoDate, toDay} from "../calendar/iso-date.ts";

/** Whether the actual is counted to the period's last day. */
export function isOver({counted_to, row}: Measured): boolean {
  return counted_to === row.period_to;
}

/** Days from `earlier` to `later`; negative when it is the other way round. */
export function daysBehind(earlier: IsoDate, later: IsoDate): number {
  return toDay(later) - toDay(earlier);
}

/** Counting methods that the verdict would rest on: of the actual, and of the baseline where the goal is a change. */
export function seriesTouched({row, series}: Measured): string[] {
  return [...new Set([...(row.goal_kind === "change" ? series.baseline : []), ...series.actual])];
}

/** The last day of the period that was asked for; null when no day was. */
export function wantedDay({asked_through, row}: Measured): IsoDate | null {
  return asked_through === null ? null : earlier(asked_through, row.period_to);
}
