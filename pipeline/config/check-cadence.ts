import type {Calendar, Period} from "../calendar/period.ts";
import {subPeriodsOf} from "../calendar/sub-periods.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {goalKindsOf} from "./check-goal.ts";
import {sourcesOf} from "./check-measure.ts";
import type {PlaceContext} from "./check-place.ts";
import type {ProjectMeasure} from "./project.ts";
import {type Roster, segmentsOfType} from "./roster.ts";
import type {Cadence, Target} from "./target.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** What a cadence is held against; null where it could not be read and has been complained about. */
export interface CadenceContext extends Pick<PlaceContext, "measures" | "sources"> {
  readonly calendar: Calendar | null;
  readonly roster: Roster | null;
}

interface Unfit {
  readonly problem: string;
  readonly fix: string;
}

/** Holds `every` against the calendar, the period, and what the measure's source tells; and it and `each` against the goal. */
export function checkCadence(
  target: Target,
  measure: ProjectMeasure | null,
  period: Period | null,
  path: Path,
  yaml: YamlFile,
  context: CadenceContext
): Diagnostic[] {
  const complaint = (key: "every" | "each", unfit: Unfit | null) =>
    unfit === null
      ? []
      : [complain("cadence-unfit", yaml.placeOf([...path, key]), {asked: `${key}: ${target[key]}`, ...unfit})];
  const {every, each} = target;
  return [
    ...(every === undefined
      ? []
      : complaint(
          "every",
          unfitGoal("every", target) ??
            unfitFor(every, measure, context) ??
            noneInPeriod(every, period, target, context)
        )),
    ...(each === undefined ? [] : complaint("each", unfitGoal("each", target)))
  ];
}

function unfitGoal(key: "every" | "each", target: Target): Unfit | null {
  const kinds = goalKindsOf(target);
  if (kinds.every((kind) => kind === "track")) {
    const fix = key === "every" ? "Leave every out" : "Leave each out; by_segment shows a number for each";
    return {problem: "of a tracked measure nothing is to be met", fix};
  }
  if (key === "every" && kinds.includes("done")) {
    return {problem: "a deliverable is completed once", fix: "Leave every out, and say by when with by"};
  }
  return null;
}

function unfitFor(every: Cadence, measure: ProjectMeasure | null, context: CadenceContext): Unfit | null {
  const {calendar, roster, measures, sources} = context;
  if (every === "observation" && measure !== null && measure.aggregate.kind !== "latest") {
    const problem = `"${measure.name}" is not observed day by day`;
    return {problem, fix: "Name a measure with latest: rows, distinct(column) or sum(column)"};
  }
  if (every === "shift" && calendar !== null) {
    if (calendar.shifts === undefined) {
      return {problem: "the calendar has no shifts", fix: "Add shifts: [day, night] to calendar in milepost.yaml"};
    }
    const made = measure === null ? [] : sourcesOf(measure, measures).map((name) => sources.get(name));
    const without = made.find((source) => source !== undefined && source.shift === undefined);
    if (without !== undefined) {
      const problem = `no column of the source "${without.source}" says on which shift a row falls`;
      return {problem, fix: "Add shift: and the name of such a text column to the source"};
    }
  }
  if (every === "class" && calendar !== null) {
    if (calendar.classes === undefined) {
      const fix = "Add classes: and the type of the roster that holds them to calendar in milepost.yaml";
      return {problem: "the calendar does not say what a class is", fix};
    }
    const undated = segmentsOfType(roster ?? {segments: [], types: []}, calendar.classes).find(
      ({valid_from}) => valid_from === null
    );
    if (undated !== undefined) {
      return {problem: `the roster does not say when ${undated.name} began`, fix: "Give it a valid_from there"};
    }
  }
  return null;
}

/**
 * A period in which none of them lies would be met by nobody, and missed by nobody. Classes and observations are not
 * counted: those to come are in no roster yet.
 */
function noneInPeriod(
  every: Cadence,
  period: Period | null,
  {allow = 0}: Target,
  {calendar}: CadenceContext
): Unfit | null {
  if (period === null || calendar === null || every === "observation" || every === "class") return null;
  const count = subPeriodsOf(every, period, calendar).length;
  if (count === 0) {
    const one = every === "two weeks" || every === "two months" ? `run of ${every}` : every;
    return {
      problem: `no whole ${one} lies in the period ${period.name}`,
      fix: "Write a longer period, or leave every out"
    };
  }
  if (allow < count) return null;
  return {problem: `allow: ${allow} lets all ${count} of the period miss the goal`, fix: `Allow at most ${count - 1}`};
}
