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

/** Rows by goal, in the order in which the rows come. */
export function groupByGoal(rows: readonly AttainmentRow[]): [GoalKey, AttainmentRow[]][] {
  return group(rows, goalKeyOf).map((ofGoal) => [ofGoal[0]!, ofGoal]);
}

/** Rows by initiative, in the order in which the rows come; the name is null where the plan has none. */
export function groupByInitiative(rows: readonly AttainmentRow[]): [string | null, AttainmentRow[]][] {
  return group(rows, ({initiative}) => String(initiative)).map((ofOne) => [ofOne[0]!.initiative, ofOne]);
}

/** Id of the section of the goal that comes at this place, from 0. */
export function goalSection(at: number): string {
  return `goal-${at + 1}`;
}

/** "Goal 1. Protect Los Angeles"; "Targets" for those that are drawn from no plan. */
export function goalTitle({plans}: Pick<Project, "plans">, key: GoalKey): string {
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
