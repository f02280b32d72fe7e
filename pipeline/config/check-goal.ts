import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {ProjectMeasure} from "./project.ts";
import {type GoalKind, goalOf, type Target} from "./target.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** Holds goal, baseline, pace and the measure's `better` against one another. */
export function checkGoal(target: Target, measure: ProjectMeasure | null, path: Path, yaml: YamlFile): Diagnostic[] {
  const goal = goalOf(target.goal);
  const goalPlace = yaml.placeOf([...path, "goal", goal.kind]);
  const faults: Diagnostic[] = [];
  const wanted = wantedDirection(goal.kind, goal.value ?? "");
  if (measure !== null && wanted !== null && measure.better !== "none" && measure.better !== wanted) {
    const parameters = {goal: `${goal.kind}: ${goal.value}`, measure: measure.name, better: measure.better, wanted};
    faults.push(complain("goal-against-better", goalPlace, parameters));
  }
  const problem = impossible(goal.kind, goal.value ?? "");
  if (problem !== null)
    faults.push(complain("goal-impossible", goalPlace, {goal: `${goal.kind}: ${goal.value}`, problem}));
  if (goal.kind === "change" && target.baseline === undefined) {
    faults.push(
      complain("baseline-missing", yaml.placeOfKey([...path, "goal"]), {goal: `${goal.kind}: ${goal.value}`})
    );
  }
  if (goal.kind !== "change" && goal.kind !== "track" && target.baseline !== undefined) {
    faults.push(complain("baseline-unwanted", yaml.placeOfKey([...path, "baseline"]), {goal: goal.kind}));
  }
  if (target.pace !== undefined) {
    const why = unwantedPace(goal.kind, target.pace);
    if (why !== null) faults.push(complain("pace-unwanted", yaml.placeOf([...path, "pace"]), {pace: target.pace, why}));
  }
  return faults;
}

function wantedDirection(kind: GoalKind, value: string): "lower" | "higher" | null {
  if (kind === "at_least") return "higher";
  if (kind === "at_most" || kind === "below") return "lower";
  if (kind === "track" || Number.parseFloat(value) === 0) return null;
  return value.startsWith("-") ? "lower" : "higher";
}

/** Measures count or add, so they are never negative and fall by the whole at most. */
function impossible(kind: GoalKind, value: string): string | null {
  const number = Number.parseFloat(value);
  if (kind === "change") return number < -100 ? "nothing can fall by more than 100%" : null;
  if (kind === "below" && number <= 0) return "a count is never below 0";
  return kind !== "track" && number < 0 ? "a count is never below 0" : null;
}

function unwantedPace(kind: GoalKind, pace: "baseline" | "linear"): string | null {
  if (kind === "track") return "a tracked measure has nothing to keep pace with";
  return pace === "baseline" && kind !== "change" ? `the goal ${kind} has no baseline` : null;
}
