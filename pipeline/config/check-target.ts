import {type Calendar, type Period, parsePeriod} from "../calendar/period.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import {checkBaseline} from "./check-baseline.ts";
import {checkCadence} from "./check-cadence.ts";
import {checkDue} from "./check-due.ts";
import {checkGoals, goalsOf} from "./check-goal.ts";
import {checkPace} from "./check-pace.ts";
import {checkPlace, resolvePlace} from "./check-place.ts";
import {checkRevisions} from "./check-revisions.ts";
import {kindOf, type References, referencesOf} from "./goal.ts";
import {measureOfTarget} from "./measures-of-targets.ts";
import {noSuchPeriod} from "./no-such-period.ts";
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
  const ofTarget = context.measures.get(measureOfTarget(target));
  const measure = ofTarget ?? context.measures.get(target.measure) ?? null;
  const {calendar, references} = context;
  const planAt = planOf(yaml.path, target, context.plans);
  const milestone = planAt?.milestones.get(target.milestone ?? "") ?? null;
  const period = calendar === null ? null : periodOf(target, calendar, milestone);
  const resolved =
    calendar === null || references === null ? null : resolveTarget(target, calendar, references, milestone);
  const plan = planAt?.plan ?? null;
  const at = context.roster === null ? null : resolvePlace(target.at, context.roster);
  const diagnostics = [
    ...checkMeasure(target, period, path, yaml, context),
    ...checkPeriod(target, path, yaml, calendar, period),
    ...checkReferences(target, path, yaml, references),
    ...checkMilestone(target, path, yaml, context, period),
    ...checkGoals(target, measure, references, path, yaml),
    ...checkBaseline(target, measure, period, calendar, path, yaml),
    ...checkPace(target, measure, period, path, yaml),
    ...checkCadence(target, measure, period, path, yaml, context),
    ...checkDue(target, period, path, yaml, context),
    ...checkRevisions(target, period, path, yaml),
    ...(context.roster === null ? [] : checkPlace(target, path, yaml, measure, {...context, roster: context.roster}))
  ];
  if (resolved === null || at === null || measure === null) return {target: null, diagnostics};
  const {line = 1} = yaml.placeOf(path);
  const origin = {file: yaml.path, line};
  return {target: {...target, ...resolved, measure: measure.name, at, milestone, plan, origin}, diagnostics};
}

function checkMeasure(
  {measure}: Target,
  period: Period | null,
  path: Path,
  yaml: YamlFile,
  {measures, measureNames}: TargetContext
): Diagnostic[] {
  const place = yaml.placeOf([...path, "measure"]);
  if (measureNames !== null && !measureNames.has(measure)) {
    return [complain("unknown-measure", place, {measure, suggestion: didYouMean(measure, measureNames)})];
  }
  const since = measures.get(measure)?.cumulative?.since;
  if (since === undefined || period === null || since <= period.to) return [];
  return [complain("opening-after-period", place, {measure, since, period})];
}

function checkPeriod(
  target: Target,
  path: Path,
  yaml: YamlFile,
  calendar: Calendar | null,
  period: Period | null
): Diagnostic[] {
  if (calendar === null || period !== null) return [];
  if (target.period === undefined) return [complain("period-missing", yaml.placeOfKey([...path, "target"]), {})];
  return [noSuchPeriod(target.period, yaml.placeOf([...path, "period"]), calendar)];
}

function checkReferences(target: Target, path: Path, yaml: YamlFile, references: References | null): Diagnostic[] {
  if (references === null) return [];
  return goalsOf(target, path).flatMap(({goal, at}) =>
    referencesOf(goal)
      .filter((name) => !references.has(name))
      .map((reference) => {
        const suggestion = didYouMean(reference, references.keys());
        return complain("unknown-reference", yaml.placeOf([...at, kindOf(goal)]), {reference, suggestion});
      })
  );
}

function checkMilestone(
  {milestone: id, by}: Target,
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
  if (calendar === null || year === null || period === null) return [];
  // A day that the plan prints may lie beyond the year in whose column it stands: then the period reaches to it.
  const due = by === undefined ? null : dueOf(by, calendar);
  const last = due?.kind === "day" && due.on > year.to ? due.on : year.to;
  if (period.from >= year.from && period.to <= last) return [];
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
