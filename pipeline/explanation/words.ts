import type {Measured, Pace} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import {spanWords} from "../calendar/span.ts";
import {type Change, falls, type Goal} from "../config/goal.ts";
import type {Project, ProjectMeasure, ProjectTarget} from "../config/project.ts";
import {nounOf} from "../config/segment-plural.ts";
import type {Baseline} from "../config/target.ts";
import type {Condition, SimpleCondition} from "../config/where.ts";
import {formatCounted, formatFigure} from "../format/numbers.ts";

/**
 * "a fall of 10% or more", "at most 40", "every week: at least 4; 2 may miss it": the goal in force, and since when where
 * it was revised.
 */
export function goalWords(target: ProjectTarget, measured: Measured): string {
  const {goal: inForce} = measured;
  const {every, each, joined, allow, revisions} = target;
  const goal = inForce ?? target.goal;
  const who = [
    ...(every === undefined ? [] : [`every ${every}`]),
    ...(each === undefined ? [] : [`each ${nounOf(each)}${joined === undefined ? "" : " that joined in the period"}`])
  ];
  const misses = allow === undefined || allow === 0 ? "" : `; ${formatCounted(allow, "part")} may miss it`;
  const words = `${who.length === 0 ? "" : `${who.join(", ")}: `}${askedWords(goal)}${misses}`;
  const due = dueWords(target, measured);
  const last = revisions.findLast(({goal: revised}) => revised !== null && revised === inForce);
  if (last === undefined) return `${words}${due}`;
  return `${words}${due}; since ${longDate(last.from)} (${last.reason}; approved by ${last.approved_by}), before that ${askedWords(target.goal)}`;
}

/** ", by 16 October 2025 (24 months after launch)"; "" where nothing but the period ends. */
function dueWords({due, revisions}: ProjectTarget, {row, counted_to}: Measured): string {
  const inForce = revisions.findLast((revision) => revision.due !== null && revision.from <= counted_to)?.due ?? due;
  const day = row.due_on === null ? null : longDate(row.due_on);
  switch (inForce?.kind) {
    case "event": {
      const after = `${spanWords(inForce.within)} after ${inForce.measure}`;
      return day === null ? `, by ${after}, which has not happened` : `, by ${day} (${after})`;
    }
    case "joined":
      return `, by ${spanWords(inForce.within)} after each joined`;
    default:
      return day === null ? "" : `, by ${day}`;
  }
}

function askedWords(goal: Goal): string {
  switch (goal.kind) {
    case "change":
      return changeWords(goal.change, goal.written);
    case "track":
      return "tracked, nothing to be met";
    case "to_be_set":
      return goal.by === null ? "a goal still to be set" : `a goal still to be set, by ${longDate(goal.by)}`;
    case "done":
      return "to be completed";
    case "between":
      return `between ${goal.written.replace(" to ", " and ")}`;
    case "above":
      return `more than ${goal.written}`;
    case "below":
      return `less than ${goal.written}`;
    default:
      return `${goal.kind.replace("_", " ")} ${goal.written}`;
  }
}

function changeWords(change: Change, written: string): string {
  if (change.form === "direction") return `${change.direction === "increase" ? "more" : "less"} than the baseline`;
  if (change.form === "multiple") return `${change.amount} times the baseline, or ${falls(change) ? "less" : "more"}`;
  return `a ${falls(change) ? "fall" : "rise"} of ${written.slice(1)} or more`;
}

/** "the year before: 1 April 2020 to 31 July 2020", "1,903, as stated in ...", "the target value of g1" */
export function baselineWords({baseline}: ProjectTarget, measured: Measured): string | null {
  if (baseline === undefined) return null;
  const windows = measured.baseline_windows.map(({from, to}) => `${longDate(from)} to ${longDate(to)}`).join("; ");
  if (baseline.value !== undefined)
    return `${formatFigure(Number(baseline.value))}, as stated in ${baseline.cite ?? ""}`;
  if (baseline.mean_of !== undefined) return `mean of the ${spanWords(baseline.mean_of)} before: ${windows}`;
  if (baseline.target !== undefined) return `${chainWords(baseline.target, baseline.chain ?? "actual")}: ${windows}`;
  const names: Readonly<Record<string, string>> = {
    previous: "the same period a year earlier",
    preceding: "the period before"
  };
  const fixed = baseline.fixed_at === undefined ? "" : `, as known on ${longDate(baseline.fixed_at)}`;
  const name = names[baseline.period ?? ""] ?? baseline.period;
  return `${name}${windows === "" ? "" : `: ${windows}`}${fixed}`;
}

function chainWords(earlier: string, chain: NonNullable<Baseline["chain"]>): string {
  if (chain === "compound") return `the target value of ${earlier}`;
  return chain === "additive"
    ? `the baseline of ${earlier}, its change and this one together`
    : `what was reached in the period of ${earlier}`;
}

/** "baseline: as the baseline went by the same day", "linear: evenly by day" */
export function paceWords({pace, pace_fell_back, line, division, row}: Measured): string | null {
  if (pace === null || division !== null || row.goal_kind === "done") return null;
  if (line !== null) return `linear: a straight line from ${longDate(line.from)} on`;
  const fell = pace_fell_back ? ", because the declared or usual pace is not known here" : "";
  return `${pace}: ${paceTexts[pace]}${fell}`;
}

const paceTexts: Readonly<Record<Pace, string>> = {
  baseline: "as much as the baseline had by the same day",
  linear: "evenly by day",
  step: "evenly by day, in whole units",
  months: "by the declared weights of the months",
  seasonal: "by the months of the three years before",
  hold: "the whole of it is asked for throughout"
};

/** "crime_code is one of the list part1 (32 codes)"; [] for a measure that counts every row. */
export function conditionWords({where}: Pick<ProjectMeasure, "where">, codeLists: Project["codeLists"]): string[] {
  return Object.entries(where).map(([column, condition]) => `${column} ${words(condition, codeLists)}`);
}

function words(condition: Condition, codeLists: Project["codeLists"]): string {
  if (typeof condition === "object" && "not" in condition) return `not (${words(condition.not, codeLists)})`;
  return simpleWords(condition, codeLists);
}

function simpleWords(condition: SimpleCondition, codeLists: Project["codeLists"]): string {
  if (typeof condition !== "object") return `is ${condition}`;
  if (Array.isArray(condition)) return `is one of ${condition.join(", ")}`;
  if ("in" in condition) {
    return `is one of the list ${condition.in} (${formatCounted(codeLists.get(condition.in)?.length ?? 0, "code")})`;
  }
  if ("like" in condition) return `is like ${condition.like}`;
  if ("contains" in condition) return `contains ${condition.contains}`;
  if ("present" in condition) return "is present";
  if ("absent" in condition) return "is absent";
  const {from, to} = condition as {readonly from?: number | string; readonly to?: number | string};
  if (from === undefined) return `is at most ${to}`;
  return to === undefined ? `is at least ${from}` : `is ${from} to ${to}`;
}
