import type {ProjectMeasure, ProjectSource, ProjectTarget} from "../config/project.ts";
import type {Segment} from "../config/roster.ts";
import type {AttainmentRow, Measured} from "./contract.ts";
import type {WholeFigures} from "./parts.ts";

export interface RowAbout extends Pick<AttainmentRow, "goal_kind" | "binding" | "through" | "as_of" | "series"> {
  readonly target: ProjectTarget;
  readonly measure: ProjectMeasure;
  readonly segment: Segment;
}

/**
 * A row with what it says of its target, whatever was counted. Name by name: a spread that other names follow takes a
 * hundred times as long, and there are thousands of rows.
 */
export function rowOf(about: RowAbout, figures: WholeFigures["row"]): Measured["row"] {
  const {target, measure, segment} = about;
  const {milestone, period} = target;
  return {
    target: target.target,
    milestone: milestone?.milestone ?? null,
    plan: target.plan?.plan ?? null,
    goal: milestone?.goal ?? null,
    initiative: milestone?.initiative ?? null,
    activity: milestone?.activity ?? null,
    owner: milestone?.owner ?? null,
    title: target.title,
    measure: target.measure,
    unit: figures.unit,
    better: measure.better,
    goal_kind: about.goal_kind,
    segment_type: segment.type,
    segment: segment.code,
    segment_name: segment.name,
    part: "whole",
    binding: about.binding,
    period: period.name,
    period_from: period.from,
    period_to: period.to,
    due_on: figures.due_on,
    done_on: figures.done_on,
    through: about.through,
    as_of: about.as_of,
    series: about.series,
    baseline_value: figures.baseline_value,
    baseline_to_date: figures.baseline_to_date,
    target_value: figures.target_value,
    original_target_value: figures.target_value,
    actual_value: figures.actual_value,
    numerator: figures.numerator,
    denominator: figures.denominator,
    expected_to_date: figures.expected_to_date,
    change_to_date: figures.change_to_date,
    progress_share: figures.progress_share,
    gap: figures.gap,
    attainment_ratio: figures.attainment_ratio,
    probability: null,
    projected_value: null,
    projected_low: null,
    projected_high: null,
    reason_code: figures.reason_code,
    rows_counted: figures.rows_counted
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
