import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import type {Plan} from "./plan.ts";
import type {Settings} from "./settings.ts";
import type {YamlFile} from "./yaml-file.ts";

/**
 * Holds a plan against itself, the declared plan years and the targets drawn from it: every milestone has a target
 * or says why not, and not both.
 *
 * @param measureNames Names of all measures, also of those at fault; null: not known.
 * @param measured Ids of the milestones that some target names, also targets that are at fault; null: not known.
 */
export function checkPlan(
  plan: Plan,
  yaml: YamlFile,
  settings: Settings | null,
  measured: ReadonlySet<string> | null,
  measureNames: ReadonlySet<string> | null
): Diagnostic[] {
  return [
    ...checkOutline(plan, yaml),
    ...checkOwners(plan, yaml),
    ...checkMilestones(plan, yaml, settings, measured),
    ...checkReported(plan, yaml, measureNames)
  ];
}

function checkOutline(plan: Plan, yaml: YamlFile): Diagnostic[] {
  const faults: Diagnostic[] = [];
  const goals = new Map<string, number>();
  plan.goals.forEach(({goal, initiatives}, index) => {
    const place = yaml.placeOf(["goals", index, "goal"]);
    const line = goals.get(goal);
    if (line === undefined) goals.set(goal, place.line ?? 1);
    else faults.push(complain("repeated-name", place, {kind: "goal", name: goal, first: `${yaml.path}:${line}`}));
    const seen = new Map<string, number>();
    initiatives.forEach(({initiative}, entry) => {
      const at = yaml.placeOf(["goals", index, "initiatives", entry, "initiative"]);
      const earlier = seen.get(initiative);
      if (earlier === undefined) seen.set(initiative, at.line ?? 1);
      else
        faults.push(
          complain("repeated-name", at, {kind: "initiative", name: initiative, first: `${yaml.path}:${earlier}`})
        );
    });
  });
  return faults;
}

/** Owners that no list explains, each once, where it first stands. */
function checkOwners({owners, milestones}: Plan, yaml: YamlFile): Diagnostic[] {
  if (owners === undefined) return [];
  const faults: Diagnostic[] = [];
  const listed = new Set<string>();
  owners.forEach(({owner}, index) => {
    const entry = {entry: owner, list: "owners"};
    if (listed.has(owner)) faults.push(complain("repeated-entry", yaml.placeOf(["owners", index, "owner"]), entry));
    listed.add(owner);
  });
  const unlisted = new Set<string>();
  milestones.forEach(({owner}, index) => {
    if (owner === undefined || listed.has(owner) || unlisted.has(owner)) return;
    unlisted.add(owner);
    const place = yaml.placeOf(["milestones", index, "owner"]);
    faults.push(complain("unknown-owner", place, {owner, suggestion: didYouMean(owner, listed)}));
  });
  return faults;
}

function checkMilestones(
  plan: Plan,
  yaml: YamlFile,
  settings: Settings | null,
  measured: ReadonlySet<string> | null
): Diagnostic[] {
  const goals = new Map(plan.goals.map((goal) => [goal.goal, goal.initiatives.map(({initiative}) => initiative)]));
  const years = settings === null ? null : Object.keys(settings.calendar.plan_years);
  return plan.milestones.flatMap(
    ({milestone, goal, initiative, plan_year, not_measured, reported}, index): Diagnostic[] => {
      const place = (key: string) => yaml.placeOf(["milestones", index, key]);
      const faults: Diagnostic[] = [];
      const initiatives = goals.get(goal);
      if (initiatives === undefined) {
        faults.push(complain("unknown-goal", place("goal"), {goal, suggestion: didYouMean(goal, goals.keys())}));
      } else if (initiative !== undefined && !initiatives.includes(initiative)) {
        const parameters = {initiative, goal, suggestion: didYouMean(initiative, initiatives)};
        faults.push(complain("unknown-initiative", place("initiative"), parameters));
      }
      if (plan_year !== undefined && years !== null && !years.includes(plan_year)) {
        const suggestion = didYouMean(plan_year, years);
        faults.push(complain("unknown-plan-year", place("plan_year"), {plan_year, suggestion}));
      }
      if (not_measured === undefined && reported === undefined && measured?.has(milestone) === false) {
        faults.push(complain("milestone-without-target", place("milestone"), {milestone}));
      }
      if (not_measured !== undefined && measured?.has(milestone) === true) {
        faults.push(complain("milestone-excused-and-measured", place("not_measured"), {milestone}));
      }
      return faults;
    }
  );
}

/** What a document claims, beside a measure that counts the same. */
function checkReported(plan: Plan, yaml: YamlFile, measureNames: ReadonlySet<string> | null): Diagnostic[] {
  if (measureNames === null) return [];
  return plan.milestones.flatMap(({reported}, index) => {
    const measure = reported?.measure;
    if (measure === undefined || measureNames.has(measure)) return [];
    const place = yaml.placeOf(["milestones", index, "reported", "measure"]);
    return [complain("unknown-measure", place, {measure, suggestion: didYouMean(measure, measureNames)})];
  });
}
