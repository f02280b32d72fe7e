import {type IsoDate, isIsoDate} from "../calendar/iso-date.ts";
import {type Calendar, type Period, parsePeriod} from "../calendar/period.ts";
import {addSpan} from "../calendar/span.ts";
import {type References, resolveGoal} from "./goal.ts";
import type {Milestone} from "./plan.ts";
import type {Due, ProjectTarget, Revision} from "./project.ts";
import type {Target, WrittenBy} from "./target.ts";

/** What a target's words mean: its names looked up. Null where one can't be; `checkTarget` complains of it. */
export interface ResolvedTarget extends Pick<ProjectTarget, "goal" | "due" | "revisions"> {
  readonly period: Period;
}

export function resolveTarget(
  target: Target,
  calendar: Calendar,
  references: References,
  milestone: Milestone | null
): ResolvedTarget | null {
  const period = periodOf(target, calendar, milestone);
  const goal = resolveGoal(target.goal, references);
  const due = target.by === undefined ? null : dueOf(target.by, calendar);
  const revisions = target.revisions.map((revision): Revision | null => {
    const {from, reason, approved_by} = revision;
    const revised = revision.goal === undefined ? null : resolveGoal(revision.goal, references);
    const moved = revision.by === undefined ? null : dueOf(revision.by, calendar);
    if ((revised === null && revision.goal !== undefined) || (moved === null && revision.by !== undefined)) return null;
    return {from, goal: revised, due: moved, reason, approved_by};
  });
  if (period === null || goal === null || (due === null && target.by !== undefined)) return null;
  return {period, goal, due, revisions: revisions.filter((one) => one !== null)};
}

/**
 * The period as named; else the plan year of the milestone; else the plan year that holds the day on which it is due,
 * else that day's fiscal year.
 */
export function periodOf(
  {period, by}: Pick<Target, "period" | "by">,
  calendar: Calendar,
  milestone: Milestone | null
): Period | null {
  if (period !== undefined) return parsePeriod(period, calendar);
  if (milestone?.plan_year !== undefined) return parsePeriod(milestone.plan_year, calendar);
  const due = by === undefined ? null : dueOf(by, calendar);
  return due?.kind === "day" ? yearAround(due.on, calendar) : null;
}

/** A period is due on its last day. Null: no such day or period. */
export function dueOf(by: WrittenBy, calendar: Calendar): Due | null {
  if (typeof by === "object") {
    const {within, after} = by;
    if (after === "joined") return {kind: "joined", within};
    return isIsoDate(after) ? {kind: "day", on: addSpan(after, within)} : {kind: "event", within, measure: after};
  }
  if (isIsoDate(by)) return {kind: "day", on: by};
  const period = parsePeriod(by, calendar);
  return period === null ? null : {kind: "day", on: period.to};
}

function yearAround(day: IsoDate, calendar: Calendar): Period | null {
  const names = Object.entries(calendar.plan_years).flatMap(([name, {from, to}]) =>
    from <= day && day <= to ? [name] : []
  );
  const year = Number(day.slice(0, 4));
  const around = [...names, `FY${year}`, `FY${year + 1}`].map((name) => parsePeriod(name, calendar));
  return around.find((period) => period !== null && period.from <= day && day <= period.to) ?? null;
}
