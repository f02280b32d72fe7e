import {type Calendar, type Period, periodForms} from "../calendar/period.ts";
import {spanWords} from "../calendar/span.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import {goalKindsOf} from "./check-goal.ts";
import type {ProjectMeasure} from "./project.ts";
import {dueOf} from "./resolve-target.ts";
import type {Target, WrittenBy} from "./target.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

export interface DueContext {
  readonly calendar: Calendar | null;
  readonly measures: ReadonlyMap<string, ProjectMeasure>;
  /** Also those of sources at fault elsewhere. Null: a source can't be read. */
  readonly measureNames: ReadonlySet<string> | null;
}

/** Days, periods and events that `by` names, in the target and its revisions. */
export function checkDue(
  target: Target,
  period: Period | null,
  path: Path,
  yaml: YamlFile,
  {calendar, measures, measureNames}: DueContext
): Diagnostic[] {
  if (calendar === null) return [];
  const written = [
    {by: target.by, at: [...path, "by"]},
    ...target.revisions.map(({by}, index) => ({by, at: [...path, "revisions", index, "by"]}))
  ];
  return written.flatMap(({by, at}): Diagnostic[] => {
    if (by === undefined) return [];
    const due = dueOf(by, calendar);
    if (due === null) {
      const parameters = {period: String(by), forms: `2024-06-30, ${periodForms}`, suggestion: undefined};
      return [complain("no-such-period", yaml.placeOf(at), parameters)];
    }
    const after = yaml.placeOf([...at, ...(typeof by === "object" ? ["after"] : [])]);
    const unfit = (problem: string, fix: string) => [complain("due-unfit", after, {by: byWords(by), problem, fix})];
    if (target.every !== undefined) {
      return unfit(
        `with every: ${target.every}, each of them is due when it ends`,
        "Leave by out: the period says until when"
      );
    }
    if (due.kind === "joined") {
      if (target.each !== undefined) return [];
      return unfit("nobody joins a target without each", "Add each: and the type of the roster whose members join");
    }
    if (due.kind === "day") {
      if (period === null) return [];
      if (due.on < period.from) {
        return unfit(`it lies before the period, which begins on ${period.from}`, "Correct the day, or the period");
      }
      if (due.on <= period.to || target.each !== undefined || goalKindsOf(target).includes("done")) return [];
      return unfit(
        `nothing is counted after ${period.to}, the last day of the period`,
        "Correct the day, or write a period that reaches to it"
      );
    }
    if (measureNames === null) return [];
    if (!measureNames.has(due.measure)) {
      const suggestion = didYouMean(due.measure, measureNames);
      return [complain("unknown-measure", after, {measure: due.measure, suggestion})];
    }
    const shape = measures.get(due.measure)?.shape ?? "done";
    if (shape !== "done") return [complain("event-not-done", after, {measure: due.measure})];
    if (due.measure !== target.measure) return [];
    return unfit("it waits for what it is the deadline of", "Name the measure of an event before it, or a day");
  });
}

function byWords(by: WrittenBy): string {
  return typeof by === "object" ? `by: {within: ${spanWords(by.within)}, after: ${by.after}}` : `by: ${by}`;
}
