import type {GoalKind} from "../config/goal.ts";
import type {ProjectMeasure, ProjectSource, ProjectTarget} from "../config/project.ts";
import type {Segment} from "../config/roster.ts";
import type {Measured} from "./contract.ts";

/** What a row says of its target, whatever was counted. */
export function descriptionOf(
  {
    target,
    measure,
    segment
  }: {
    readonly target: ProjectTarget;
    readonly measure: ProjectMeasure;
    readonly segment: Segment;
  },
  goal_kind: GoalKind,
  binding: boolean
) {
  return {
    target: target.target,
    milestone: target.milestone?.milestone ?? null,
    plan: target.plan?.plan ?? null,
    goal: target.milestone?.goal ?? null,
    initiative: target.milestone?.initiative ?? null,
    activity: target.milestone?.activity ?? null,
    owner: target.milestone?.owner ?? null,
    title: target.title,
    measure: target.measure,
    unit: measure.unit,
    better: measure.better,
    goal_kind,
    segment_type: segment.type,
    segment: segment.code,
    segment_name: segment.name,
    part: "whole" as const,
    binding,
    period: target.period.name,
    period_from: target.period.from,
    period_to: target.period.to
  };
}

/** What the source says of its own lateness. */
export function rulesOf({mature, freshness}: ProjectSource): Pick<Measured, "mature" | "freshness_error_after"> {
  return {mature: mature ?? null, freshness_error_after: freshness?.error_after ?? null};
}

/** See `Measured.statistic`. */
export function statisticOf({aggregate}: ProjectMeasure): string | null {
  switch (aggregate.kind) {
    case "mean":
      return "mean";
    case "min":
      return "least";
    case "max":
      return "greatest";
    case "percentile":
      return percentileName(aggregate.at);
    case "duration":
      return aggregate.at === null ? "mean" : percentileName(aggregate.at);
    default:
      return null;
  }
}

/** percentileName(92) //=> "92nd percentile" */
function percentileName(at: number): string {
  if (at === 50) return "median";
  const ending = at % 100 >= 11 && at % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][at % 10] ?? "th");
  return `${at}${ending} percentile`;
}
