import {readMeasure} from "../attainment/read-measure.ts";
import type {ReportedRow} from "../bundle/contract.ts";
import {type Period, parsePeriod} from "../calendar/period.ts";
import type {Milestone, Reported} from "../config/plan.ts";
import type {Project, ProjectMeasure} from "../config/project.ts";
import type {Report} from "../config/report.ts";
import type {Answer} from "./answer.ts";

/** Names of the measures that count what a report's plans claim: for the question that it is answered from. */
export function reportedMeasures({plans}: Project, {sections}: Pick<Report, "sections">): string[] {
  if (!sections.includes("reported")) return [];
  const named = plans.flatMap(({milestones}) => milestones.flatMap(({reported}) => reported?.measure ?? []));
  return [...new Set(named)];
}

/**
 * Results and claims of the plans, each with what its measure counts for the root over the claim's own period: nothing is
 * held against a claim of other days.
 *
 * @param answer Counted with `reportedMeasures` among its measures.
 */
export function reportedResults(answer: Answer, {sections}: Pick<Report, "sections">): ReportedRow[] {
  if (!sections.includes("reported")) return [];
  return answer.project.plans.flatMap(({plan, milestones}) =>
    milestones.flatMap((milestone) =>
      milestone.reported === undefined ? [] : [rowOf(answer, plan, milestone, milestone.reported)]
    )
  );
}

function rowOf(answer: Answer, plan: string, {milestone, title}: Milestone, reported: Reported): ReportedRow {
  const {
    value: claimed = null,
    comparator = null,
    unit = null,
    period = null,
    claimed_on,
    cite,
    measure = null
  } = reported;
  const said = {milestone, plan, title, claimed, comparator, unit, period, claimed_on, cite, measure};
  const days = period === null ? null : parsePeriod(period, answer.project.calendar);
  const dated = {...said, period_from: days?.from ?? null, period_to: days?.to ?? null};
  const found = measure === null ? undefined : answer.project.measures.get(measure);
  if (found === undefined) return {...dated, value: null, reason: "no measure here counts the same"};
  if (days === null) return {...dated, value: null, reason: `${found.title}: the claim names no days`};
  const {value, detail} = countOf(answer, found, days);
  return {...dated, value, reason: value === null ? `${found.title}: ${detail}` : null};
}

function countOf({project, actuals}: Answer, measure: ProjectMeasure, {from, to}: Period) {
  const root = project.roster.segments.find(({parent}) => parent === null)!;
  const first = measure.shape === "stock" ? to : from;
  const {value, reason} = readMeasure(actuals, measure, root, {from: first, to, knownTo: to});
  // "0 of 365 days are covered" is a long way to say it.
  const isEmpty = reason?.detail.startsWith("0 of ") === true;
  const detail = isEmpty ? "no extract covers the claim's days" : reason?.detail || "not known";
  return {value, detail};
}
