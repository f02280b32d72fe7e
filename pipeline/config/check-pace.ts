import {monthsOf, type Period} from "../calendar/period.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {goalKindsOf} from "./check-goal.ts";
import type {ProjectMeasure} from "./project.ts";
import type {PaceChoice, Target} from "./target.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** Holds a declared pace against goal, measure and cadence: one that nothing would follow is never passed over. */
export function checkPace(
  target: Target,
  measure: ProjectMeasure | null,
  period: Period | null,
  path: Path,
  yaml: YamlFile
): Diagnostic[] {
  const {pace} = target;
  if (pace === undefined) return [];
  const why = objection(pace, target, measure, period);
  const place = yaml.placeOf([...path, "pace"]);
  return why === null
    ? []
    : [complain("pace-unwanted", place, {pace: typeof pace === "string" ? pace : "months", why})];
}

function objection(
  pace: PaceChoice,
  target: Target,
  measure: ProjectMeasure | null,
  period: Period | null
): string | null {
  const kinds = goalKindsOf(target);
  const [kind = "track"] = kinds;
  if (kinds.every((one) => one === "track")) return "a tracked measure has nothing to keep pace with";
  if (target.every !== undefined) return `with every: ${target.every}, each of them is met or missed by itself`;
  if (pace === "baseline" && kinds.every((one) => one !== "change" && one !== "to_be_set"))
    return `the goal ${kind} has no baseline`;
  if (pace === "baseline" && target.baseline?.value !== undefined) return "a stated baseline has no days to follow";
  if (typeof pace === "object" && period !== null && weightIn(pace.months, period) === 0)
    return "no month of the period has a weight";
  switch (measure?.shape) {
    case "done":
      return "a deliverable is done or not";
    case "average":
      return `"${measure.name}" is of the cases that there were, so the goal must hold at any time`;
    case "stock":
      return pace === "linear" ? null : `"${measure.name}" is the value of a day, which does not add up by months`;
    case "flow":
      return pace === "seasonal" && measure.nature === "output"
        ? `"${measure.name}" is an output: it is done by plan, not by season`
        : null;
    default:
      return null;
  }
}

/** Sum of the weights of the months that the period touches. */
function weightIn(weights: readonly number[], {from, to}: Period): number {
  return monthsOf(from, to).reduce((sum, {name}) => sum + (weights[Number(name.slice(5, 7)) - 1] ?? 0), 0);
}
