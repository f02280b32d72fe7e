import type {Measured} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import type {Project, ProjectMeasure, ProjectTarget} from "../config/project.ts";
import type {Condition, SimpleCondition} from "../config/where.ts";
import {formatCounted, formatFigure} from "../format/numbers.ts";

/** "a fall of 10% or more", "at most 40", "tracked, nothing to be met" */
export function goalWords({goal}: ProjectTarget): string {
  switch (goal.kind) {
    case "change": {
      const {change, written} = goal;
      if (change.form === "direction") return `${change.direction === "increase" ? "more" : "less"} than the baseline`;
      if (change.form === "multiple") return `${change.amount} times the baseline`;
      return `a ${written.startsWith("-") ? "fall" : "rise"} of ${written.slice(1)} or more`;
    }
    case "track":
      return "tracked, nothing to be met";
    case "to_be_set":
      return "a goal still to be set";
    case "done":
      return "to be completed";
    case "between":
      return `between ${goal.low} and ${goal.high}`;
    default:
      return `${goal.kind.replace("_", " ")} ${goal.written}`;
  }
}

/** "the year before: 1 April 2020 to 31 July 2020", "1,903, as stated in ..." */
export function baselineWords(target: ProjectTarget, {baseline: window}: Measured): string | null {
  const {baseline} = target;
  if (baseline === undefined) return null;
  if (baseline.value !== undefined)
    return `${formatFigure(Number(baseline.value))}, as stated in ${baseline.cite ?? ""}`;
  if (window === null) return null;
  const names: Readonly<Record<string, string>> = {
    previous: "the same period a year earlier",
    preceding: "the period before"
  };
  const name = names[baseline.period ?? ""] ?? baseline.period;
  return `${name}: ${longDate(window.from)} to ${longDate(window.to)}`;
}

/** "baseline: as the baseline went by the same day", "linear: evenly by day" */
export function paceWords({pace, pace_fell_back}: Measured): string | null {
  if (pace === null) return null;
  if (pace === "baseline") return "baseline: as much as the baseline had by the same day";
  return `linear: evenly by day${pace_fell_back ? ", because the baseline is not known by day" : ""}`;
}

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
