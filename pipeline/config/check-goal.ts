import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {changeOf, type GoalKind, kindOf, type WrittenGoal} from "./goal.ts";
import type {ProjectMeasure} from "./project.ts";
import type {Target} from "./target.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** Holds goal, baseline, pace and the measure's `better` against one another. */
export function checkGoal(target: Target, measure: ProjectMeasure | null, path: Path, yaml: YamlFile): Diagnostic[] {
  const kind = kindOf(target.goal);
  const words = goalWords(target.goal);
  const goalPlace = yaml.placeOf([...path, "goal", kind]);
  const faults: Diagnostic[] = [];
  const wanted = wantedDirection(target.goal);
  if (measure !== null && wanted !== null && measure.better !== "none" && measure.better !== wanted) {
    const parameters = {goal: words, measure: measure.name, better: measure.better, wanted};
    faults.push(complain("goal-against-better", goalPlace, parameters));
  }
  const problem = impossible(target.goal);
  if (problem !== null) faults.push(complain("goal-impossible", goalPlace, {goal: words, problem}));
  if (kind === "change" && target.baseline === undefined) {
    faults.push(complain("baseline-missing", yaml.placeOfKey([...path, "goal"]), {goal: words}));
  }
  if (kind !== "change" && kind !== "track" && target.baseline !== undefined) {
    faults.push(complain("baseline-unwanted", yaml.placeOfKey([...path, "baseline"]), {goal: kind}));
  }
  if (target.pace !== undefined) {
    const why = unwantedPace(kind, target.pace);
    const pace = typeof target.pace === "string" ? target.pace : "months";
    if (why !== null) faults.push(complain("pace-unwanted", yaml.placeOf([...path, "pace"]), {pace, why}));
  }
  return faults;
}

/** goalWords({change: "-10%"}) //=> "change: -10%" */
function goalWords(goal: WrittenGoal): string {
  const kind = kindOf(goal);
  const value = goal[kind];
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return `${kind}: ${text}`;
}

function wantedDirection(goal: WrittenGoal): "lower" | "higher" | null {
  const kind = kindOf(goal);
  if (kind === "at_least" || kind === "above" || kind === "done") return "higher";
  if (kind === "at_most" || kind === "below") return "lower";
  if (goal.change === undefined) return null;
  const change = changeOf(goal.change);
  if (change.form === "direction") return change.direction === "increase" ? "higher" : "lower";
  const amount = Number(change.amount) - (change.form === "multiple" ? 1 : 0);
  return amount === 0 ? null : amount < 0 ? "lower" : "higher";
}

/** Measures count or add, so they are never negative and fall by the whole at most. */
function impossible(goal: WrittenGoal): string | null {
  const kind = kindOf(goal);
  if (goal.change !== undefined) {
    const change = changeOf(goal.change);
    return change.form === "percent" && Number(change.amount) < -100 ? "nothing can fall by more than 100%" : null;
  }
  const level =
    kind === "between" || kind === "done" || kind === "track" || kind === "to_be_set" ? undefined : goal[kind];
  if (typeof level !== "string") return null;
  const number = Number.parseFloat(level);
  if (number < 0 || (kind === "below" && number === 0)) return "a count is never below 0";
  return null;
}

function unwantedPace(kind: GoalKind, pace: NonNullable<Target["pace"]>): string | null {
  if (kind === "track") return "a tracked measure has nothing to keep pace with";
  return pace === "baseline" && kind !== "change" ? `the goal ${kind} has no baseline` : null;
}
