import {daysIn} from "../calendar/iso-date.ts";
import {type Calendar, type Period, parsePeriod, periodForms} from "../calendar/period.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean, nearest} from "../diagnostics/suggest.ts";
import {checkGoal} from "./check-goal.ts";
import {checkPlace, resolvePlace} from "./check-place.ts";
import {kindOf, type References, referencesOf} from "./goal.ts";
import type {Milestone, Plan} from "./plan.ts";
import type {ProjectMeasure, ProjectTarget} from "./project.ts";
import {dueOf, periodOf, resolveTarget} from "./resolve-target.ts";
import type {Roster} from "./roster.ts";
import type {Source} from "./source.ts";
import type {Target} from "./target.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** What targets may name; null where a file could not be read and has been complained about. */
export interface TargetContext {
  readonly calendar: Calendar | null;
  readonly roster: Roster | null;
  readonly references: References | null;
  readonly measures: ReadonlyMap<string, ProjectMeasure>;
  readonly sources: ReadonlyMap<string, Source>;
  /** Also those of sources at fault elsewhere: known, with nothing to say about them. Null: a source can't be read. */
  readonly measureNames: ReadonlySet<string> | null;
  readonly plans: readonly PlanAt[];
  /** Also those of plans at fault elsewhere. Null: a plan can't be read. */
  readonly milestoneNames: ReadonlySet<string> | null;
}

/** A plan with the folder whose targets are drawn from it. */
export interface PlanAt {
  readonly plan: Plan;
  /** `targets/lapd-strategic-plan-2023-2025` */
  readonly folder: string;
  /** By id. */
  readonly milestones: ReadonlyMap<string, Milestone>;
}

/**
 * Holds a target against everything that it names.
 *
 * @param path Where the target stands in its file.
 * @returns The target with its names resolved; null when one can't be.
 */
export function checkTarget(
  target: Target,
  path: Path,
  yaml: YamlFile,
  context: TargetContext
): {target: ProjectTarget | null; diagnostics: Diagnostic[]} {
  const measure = context.measures.get(target.measure) ?? null;
  const {calendar, references} = context;
  const planAt = planOf(yaml.path, target, context.plans);
  const milestone = planAt?.milestones.get(target.milestone ?? "") ?? null;
  const period = calendar === null ? null : periodOf(target, calendar, milestone);
  const resolved =
    calendar === null || references === null ? null : resolveTarget(target, calendar, references, milestone);
  const plan = planAt?.plan ?? null;
  const at = context.roster === null ? null : resolvePlace(target.at, context.roster);
  const diagnostics = [
    ...checkMeasure(target, path, yaml, context),
    ...checkPeriods(target, path, yaml, context.calendar, period),
    ...checkDue(target, path, yaml, context),
    ...checkReferences(target, path, yaml, references),
    ...checkMilestone(target, path, yaml, context, period),
    ...checkGoal(target, measure, path, yaml),
    ...(context.roster === null
      ? []
      : checkPlace(target, path, yaml, context.roster, measure, context.sources.get(measure?.source ?? "") ?? null))
  ];
  if (resolved === null || at === null || measure === null) return {target: null, diagnostics};
  const {line = 1} = yaml.placeOf(path);
  return {target: {...target, ...resolved, at, milestone, plan, origin: {file: yaml.path, line}}, diagnostics};
}

function checkMeasure({measure}: Target, path: Path, yaml: YamlFile, {measureNames}: TargetContext): Diagnostic[] {
  if (measureNames === null || measureNames.has(measure)) return [];
  const suggestion = didYouMean(measure, measureNames);
  return [complain("unknown-measure", yaml.placeOf([...path, "measure"]), {measure, suggestion})];
}

function checkPeriods(
  target: Target,
  path: Path,
  yaml: YamlFile,
  calendar: Calendar | null,
  period: Period | null
): Diagnostic[] {
  if (calendar === null) return [];
  const planYears = Object.keys(calendar.plan_years);
  const unknown = (name: string, at: Path, also: readonly string[]) => {
    const near = nearest(name, [...also, ...planYears]);
    return complain("no-such-period", yaml.placeOf([...path, ...at]), {
      period: name,
      forms: [...also, periodForms].join(", "),
      suggestion: near === null ? undefined : `Did you mean "${near}"?`
    });
  };
  const faults: Diagnostic[] = [];
  if (period === null && target.period !== undefined) faults.push(unknown(target.period, ["period"], []));
  else if (period === null) faults.push(complain("period-missing", yaml.placeOfKey([...path, "target"]), {}));
  const named = target.baseline?.period;
  if (named === undefined || named === "previous" || named === "preceding") return faults;
  const baseline = parsePeriod(named, calendar);
  const at = ["baseline", "period"];
  if (baseline === null) return [...faults, unknown(named, at, ["previous", "preceding"])];
  if (period === null) return faults;
  const place = yaml.placeOf([...path, ...at]);
  if (baseline.from >= period.from) faults.push(complain("baseline-not-earlier", place, {baseline, period}));
  else if (lengthsDiffer(baseline, period))
    faults.push(complain("baseline-of-other-length", place, {baseline, period}, "warning"));
  return faults;
}

/** Days, periods and events that `by` names, in the target and its revisions. */
function checkDue(
  target: Target,
  path: Path,
  yaml: YamlFile,
  {calendar, measureNames, measures}: TargetContext
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
    if (due.kind !== "event" || measureNames === null) return [];
    const place = yaml.placeOf([...at, "after"]);
    if (!measureNames.has(due.measure)) {
      const suggestion = didYouMean(due.measure, measureNames);
      return [complain("unknown-measure", place, {measure: due.measure, suggestion})];
    }
    const shape = measures.get(due.measure)?.shape ?? "done";
    return shape === "done" ? [] : [complain("event-not-done", place, {measure: due.measure})];
  });
}

function checkReferences(target: Target, path: Path, yaml: YamlFile, references: References | null): Diagnostic[] {
  if (references === null) return [];
  const goals = [
    {goal: target.goal, at: [...path, "goal"]},
    ...target.revisions.flatMap(({goal}, index) =>
      goal === undefined ? [] : [{goal, at: [...path, "revisions", index, "goal"]}]
    )
  ];
  return goals.flatMap(({goal, at}) =>
    referencesOf(goal)
      .filter((name) => !references.has(name))
      .map((reference) => {
        const suggestion = didYouMean(reference, references.keys());
        return complain("unknown-reference", yaml.placeOf([...at, kindOf(goal)]), {reference, suggestion});
      })
  );
}

/** Quarters are 90 to 92 days long, years 365 or 366; more apart than that is another kind of period. */
function lengthsDiffer(a: Period, b: Period): boolean {
  return Math.abs(daysIn(a.from, a.to) - daysIn(b.from, b.to)) > 3;
}

function checkMilestone(
  {milestone: id}: Target,
  path: Path,
  yaml: YamlFile,
  {plans, milestoneNames, calendar}: TargetContext,
  period: Period | null
): Diagnostic[] {
  if (id === undefined) return [];
  const place = yaml.placeOf([...path, "milestone"]);
  if (milestoneNames !== null && !milestoneNames.has(id)) {
    return [complain("unknown-milestone", place, {milestone: id, suggestion: didYouMean(id, milestoneNames)})];
  }
  const around = planAround(yaml.path, plans);
  const owner = plans.find(({milestones}) => milestones.has(id));
  if (around !== undefined && owner !== undefined && owner !== around) {
    return [complain("milestone-of-other-plan", place, {milestone: id, plan: owner.plan.plan, folder: owner.folder})];
  }
  const milestone = owner?.milestones.get(id);
  const year =
    calendar === null || milestone?.plan_year === undefined ? null : parsePeriod(milestone.plan_year, calendar);
  if (year === null || period === null || (period.from >= year.from && period.to <= year.to)) return [];
  const parameters = {milestone: id, year, period};
  return [complain("period-outside-plan-year", yaml.placeOf([...path, "period"]), parameters, "warning")];
}

/** The plan in whose folder the target stands; elsewhere the plan that has its milestone. */
function planOf(file: string, {milestone}: Target, plans: readonly PlanAt[]): PlanAt | null {
  return planAround(file, plans) ?? plans.find(({milestones}) => milestones.has(milestone ?? "")) ?? null;
}

/** The plan in whose folder the file lies; the nearest where plans lie in one another. */
function planAround(file: string, plans: readonly PlanAt[]): PlanAt | null {
  const around = plans.filter(({folder}) => file.startsWith(`${folder}/`));
  return around.sort((a, b) => b.folder.length - a.folder.length)[0] ?? null;
}
