import type {AttainmentRow} from "../attainment/contract.ts";
import type {Project} from "../config/project.ts";

/** A goal of a plan; both null for targets that are drawn from none. */
export interface GoalKey {
  readonly plan: string | null;
  readonly goal: string | null;
}

/** One text a goal, to find what belongs to it. */
export function goalKeyOf({plan, goal}: GoalKey): string {
  return `${plan} ${goal}`;
}

/** With more binding targets than these a report is long: a first page and a sheet of paper have no room for each of them. */
const mostShort = 60;

/** Whether a report has so many binding targets that some of what is told of each is kept for the screen. */
export function isLong(binding: readonly AttainmentRow[]): boolean {
  return binding.length > mostShort;
}

/**
 * Rows by goal, in the order in which the rows come; of several plans the one with the most rows first, and what is drawn
 * from none last.
 */
export function groupByGoal(rows: readonly AttainmentRow[]): [GoalKey, AttainmentRow[]][] {
  return group(rows, ({plan}) => String(plan))
    .sort((a, b) => Number(a[0]!.plan === null) - Number(b[0]!.plan === null) || b.length - a.length)
    .flatMap((ofPlan) => group(ofPlan, goalKeyOf).map((ofGoal): [GoalKey, AttainmentRow[]] => [ofGoal[0]!, ofGoal]));
}

/** Rows by initiative, in the order in which the rows come; the name is null where the plan has none. */
export function groupByInitiative(rows: readonly AttainmentRow[]): [string | null, AttainmentRow[]][] {
  return group(rows, ({initiative}) => String(initiative)).map((ofOne) => [ofOne[0]!.initiative, ofOne]);
}

/** Id of the section of the goal that comes at this place, from 0. */
export function goalSection(at: number): string {
  return `goal-${at + 1}`;
}

/**
 * "Goal 1. Protect Los Angeles"; "Targets" for those that are drawn from no plan. Of several plans that with the most
 * milestones is the project's own: goals of the others are named with their plan.
 */
export function goalTitle(project: Pick<Project, "plans">, key: GoalKey): string {
  const other = otherPlan(project, key);
  return other === null ? goalName(project, key) : `${other}: ${goalName(project, key)}`;
}

/** Title of a goal's plan where that is not the project's own; null where it is, and for targets of no plan. */
export function otherPlan({plans}: Pick<Project, "plans">, key: GoalKey): string | null {
  const own = [...plans].sort((a, b) => b.milestones.length - a.milestones.length)[0];
  const plan = plans.find((one) => one.plan === key.plan);
  return plan === undefined || plan === own ? null : plan.title;
}

/** The same without its plan: where that is said already. */
export function goalName({plans}: Pick<Project, "plans">, key: GoalKey): string {
  if (key.goal === null) return "Targets";
  const title = plans.find(({plan}) => plan === key.plan)?.goals.find(({goal}) => goal === key.goal)?.title;
  return `Goal ${key.goal}${title === undefined ? "" : `. ${title}`}`;
}

/** "Initiative 1.A. ..." */
export function initiativeTitle({plans}: Project, key: GoalKey, initiative: string): string {
  const goal = plans.find(({plan}) => plan === key.plan)?.goals.find(({goal}) => goal === key.goal);
  const title = goal?.initiatives.find((one) => one.initiative === initiative)?.title;
  return `Initiative ${initiative}${title === undefined ? "" : `. ${title}`}`;
}

function group(rows: readonly AttainmentRow[], keyOf: (row: AttainmentRow) => string): AttainmentRow[][] {
  const groups = new Map<string, AttainmentRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return [...groups.values()];
}
