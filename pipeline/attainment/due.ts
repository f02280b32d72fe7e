import type {Actuals} from "../actuals/contract.ts";
import {earlier, type IsoDate} from "../calendar/iso-date.ts";
import {addSpan} from "../calendar/span.ts";
import type {Due, ProjectTarget} from "../config/project.ts";
import type {Segment} from "../config/roster.ts";

/** What a due day is found by. */
export interface DueContext {
  readonly target: ProjectTarget;
  readonly actuals: Actuals;
  /** The last day known of: an event after it has not happened. */
  readonly through: IsoDate;
}

/**
 * The day on which a row is due: as it was set; or so long after the event, which is looked for where the target binds,
 * for a launch is one for all. An event counts as known at the end of `through`, or of the last day that its own source
 * covers.
 *
 * @returns Null without a due day, before the event has happened, and where each unit has its own.
 */
export function dueOn(due: Due | null, {target, actuals, through}: DueContext): IsoDate | null {
  if (due === null || due.kind === "joined") return null;
  if (due.kind === "day") return due.on;
  const known = actuals.knownTo(due.measure, target.at);
  if (known === null) return null;
  const day = earlier(known, through);
  const {done_on} = actuals.over(due.measure, target.at, day, day);
  return done_on == null ? null : addSpan(done_on, due.within);
}

/**
 * The day on which a unit is due: its own where it is told from the day on which it joined, else the row's. A unit
 * without such a day has been there since ever, so it is due as all are where nothing is said: with the period.
 */
export function unitDueOn(due: Due | null, unit: Segment, rowDue: IsoDate | null): IsoDate | null {
  if (due?.kind !== "joined") return rowDue;
  return unit.valid_from === null ? null : addSpan(unit.valid_from, due.within);
}
