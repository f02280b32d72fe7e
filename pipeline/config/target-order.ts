import {type Calendar, parsePeriod} from "../calendar/period.ts";
import type {ProjectTarget} from "./project.ts";

/**
 * Targets in order of plan, goal, initiative, activity, plan year and id; goals and initiatives as the plan lists them.
 * Targets without a milestone follow those of their plan, targets without a plan come last.
 */
export function inPlanOrder(targets: readonly ProjectTarget[], calendar: Calendar): ProjectTarget[] {
  const keyed = targets.map((target) => ({target, key: orderKey(target, calendar)}));
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({target}) => target);
}

type Key = readonly (string | number)[];

const last = Number.MAX_SAFE_INTEGER;

function orderKey({plan, milestone, target}: ProjectTarget, calendar: Calendar): Key {
  const goalAt = plan?.goals.findIndex(({goal}) => goal === milestone?.goal) ?? -1;
  const initiatives = plan?.goals[goalAt]?.initiatives ?? [];
  const initiativeAt = initiatives.findIndex(({initiative}) => initiative === milestone?.initiative);
  const year = milestone?.plan_year === undefined ? null : parsePeriod(milestone.plan_year, calendar);
  return [
    plan === null ? 1 : 0,
    plan?.plan ?? "",
    goalAt < 0 ? last : goalAt,
    // A milestone of the goal itself stands before those of its initiatives.
    initiativeAt,
    milestone?.activity ?? 0,
    year === null ? "" : year.from,
    target
  ];
}

/** Numbers within ids by their value: y1.2 before y1.10. */
const natural = new Intl.Collator("en-US", {numeric: true});

function compareKeys(a: Key, b: Key): number {
  for (const [index, one] of a.entries()) {
    const other = b[index] ?? "";
    if (one === other) continue;
    const order =
      typeof one === "number" && typeof other === "number" ? one - other : natural.compare(String(one), String(other));
    if (order !== 0) return order;
  }
  return 0;
}
