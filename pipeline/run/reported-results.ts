import {readMeasure} from "../attainment/read-measure.ts";
import type {ReportedRow} from "../bundle/contract.ts";
import {earlier, type IsoDate} from "../calendar/iso-date.ts";
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
 * Results and claims of the plans, each with what its measure counts for the root: a sum over the claim's own period, since
 * one of other days says nothing about it; a state on the period's last day or, where the claim names no days or none that
 * are covered, on the last day that is.
 *
 * @param answer Counted with `reportedMeasures` among its measures.
 * @param through The last day to count.
 */
export function reportedResults(answer: Answer, {sections}: Pick<Report, "sections">, through: IsoDate): ReportedRow[] {
  if (!sections.includes("reported")) return [];
  return answer.project.plans.flatMap(({plan, milestones}) =>
    milestones.flatMap((milestone) =>
      milestone.reported === undefined ? [] : [rowOf(answer, through, plan, milestone, milestone.reported)]
    )
  );
}

function rowOf(
  answer: Answer,
  through: IsoDate,
  plan: string,
  {milestone, title}: Milestone,
  reported: Reported
): ReportedRow {
  const {
    value: claimed = null,
    comparator = null,
    unit = null,
    period = null,
    claimed_on,
    cite,
    measure = null
  } = reported;
  const days = period === null ? null : parsePeriod(period, answer.project.calendar);
  const [period_from, period_to] = [days?.from ?? null, days?.to ?? null];
  const said = {milestone, plan, title, claimed, comparator, unit, period, claimed_on, cite, measure};
  const found = measure === null ? undefined : answer.project.measures.get(measure);
  return {...said, period_from, period_to, ...counted(answer, found, days, through)};
}

type Counted = Pick<ReportedRow, "counted_from" | "counted_to" | "value" | "reason">;

function counted(answer: Answer, measure: ProjectMeasure | undefined, days: Period | null, through: IsoDate): Counted {
  const unknown = (reason: string) => ({counted_from: null, counted_to: null, value: null, reason});
  if (measure === undefined) return unknown("no measure here counts the same");
  const root = answer.project.roster.segments.find(({parent}) => parent === null)!;
  const isState = measure.shape === "stock";
  const over = (from: IsoDate, to: IsoDate) => {
    const {value, reason} = readMeasure(answer.actuals, measure, root, {from, to, knownTo: to});
    if (value !== null) return {counted_from: from, counted_to: to, value, reason: null};
    // "0 of 365 days are covered" is a long way to say it.
    const isEmpty = reason?.detail.startsWith("0 of ") === true;
    const detail = isEmpty ? "no extract covers the claim's days" : reason?.detail || "not known";
    return unknown(`${measure.title}: ${detail}`);
  };
  const own =
    days === null ? unknown(`${measure.title}: the claim names no days`) : over(isState ? days.to : days.from, days.to);
  if (own.value !== null || !isState) return own;
  const last = answer.actuals.knownTo(measure.name, root);
  return last === null ? own : over(earlier(last, through), earlier(last, through));
}
