import type {IsoDate} from "../calendar/iso-date.ts";
import type {Goal} from "../config/goal.ts";
import type {Due, ProjectTarget} from "../config/project.ts";

/** What a target asks for on a day. */
export interface GoalInForce {
  readonly goal: Goal;
  /** Null: the period's last day. */
  readonly due: Due | null;
  /** Whether a revision is in force. */
  readonly revised: boolean;
  /** Whether one of those in force began after the period had. */
  readonly moved: boolean;
}

/** The goal and the due day as the last revisions in force on a day have them; as first set before all of them. */
export function goalOn({goal, due, revisions, period}: ProjectTarget, day: IsoDate): GoalInForce {
  const inForce = revisions.filter(({from}) => from <= day);
  return {
    goal: inForce.findLast((revision) => revision.goal !== null)?.goal ?? goal,
    due: inForce.findLast((revision) => revision.due !== null)?.due ?? due,
    revised: inForce.length > 0,
    moved: inForce.some(({from}) => from > period.from)
  };
}

/** As first set, whatever came later. */
export function firstGoal({goal, due}: ProjectTarget): GoalInForce {
  return {goal, due, revised: false, moved: false};
}
