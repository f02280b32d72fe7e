import type {DayRange} from "../calendar/day-set.ts";
import type {Project, ProjectMeasure, SegmentKey} from "../config/project.ts";
import {findSegment} from "../config/roster.ts";
import {pluralOf} from "../config/segment-plural.ts";
import type {CoverageAnswer, SourceCoverage} from "../facts/contract.ts";
import type {WindowValue} from "./contract.ts";

/** What a value needs. */
export interface Needed {
  /** Days that must be covered. */
  readonly covered: DayRange;
  /** Days whose rows are read: their loads must hold the columns. */
  readonly read: DayRange;
  readonly columns: readonly string[];
}

/** @returns Null where all that is needed is known. */
export function whyNull(
  {roster}: Project,
  coverage: SourceCoverage,
  segment: SegmentKey,
  {covered, read, columns}: Needed
): WindowValue["reason"] {
  const [from, to] = covered;
  const answer = coverage.ask(segment, from, to, columns);
  if (answer.roster_days < answer.days) {
    const name = findSegment(roster, segment)?.name ?? segment.code;
    return {code: "not_covered", detail: `${name} is in the roster on ${answer.roster_days} of ${answer.days} days`};
  }
  if (answer.covered_days < answer.days) return gapOf(answer, coverage.partition_type);
  const same = read[0] === from && read[1] === to;
  const {missing_columns: missing} = same ? answer : coverage.ask(segment, read[0], read[1], columns);
  if (missing.length === 0) return null;
  return {code: "column_not_loaded", detail: `${missing.length === 1 ? "column" : "columns"} ${missing.join(", ")}`};
}

export function untold({source}: ProjectMeasure, type: string): WindowValue["reason"] {
  return {code: "not_covered", detail: `${source} does not tell ${pluralOf(type)}`};
}

/** Some partitions whole and others not is told by partition; days that all of them lack, by day. */
function gapOf(answer: CoverageAnswer, partitionType: string | null): WindowValue["reason"] {
  const {days, covered_days, partitions, missing_partitions: missing} = answer;
  if (partitionType === null || missing.length === 0 || missing.length === partitions) {
    return {code: "not_covered", detail: `${covered_days} of ${days} days`};
  }
  const named = missing.slice(0, 3).join(", ");
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : "";
  const whole = partitions - missing.length;
  return {
    code: "partition_missing",
    detail: `${whole} of ${partitions} ${pluralOf(partitionType)}, ${named}${more} missing`
  };
}
