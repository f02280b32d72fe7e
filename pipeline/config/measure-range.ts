import type {ProjectMeasure} from "./project.ts";

/** Between which values a measure always is, with the words for what lies beyond. */
export interface Range {
  /** -Infinity where nothing says. */
  readonly least: number;
  /** Infinity where nothing says. */
  readonly most: number;
  readonly never: {readonly below: string; readonly above: string};
}

const anything: Range = {
  least: Number.NEGATIVE_INFINITY,
  most: Number.POSITIVE_INFINITY,
  never: {below: "", above: ""}
};
const counts: Range = {...anything, least: 0, never: {below: "a count is never below 0", above: ""}};
const times: Range = {...anything, least: 0, never: {below: "a time is never below 0 days", above: ""}};
const shares: Range = {
  least: 0,
  most: 1,
  never: {below: "a share is never below 0%", above: "a share is never above 100%"}
};

/**
 * rangeOf({aggregate: {kind: "share", ...}, ...}) //=> {least: 0, most: 1, ...}. Sums, means and quantiles of a column
 * may be negative where its values are, and a ratio may be anything. A share by a weight is taken to have no negative weights.
 */
export function rangeOf({aggregate, cumulative}: Pick<ProjectMeasure, "aggregate" | "cumulative">): Range {
  switch (aggregate.kind) {
    case "rows":
      // An opening balance may be below 0.
      return Number(cumulative?.opening ?? 0) < 0 ? anything : counts;
    case "distinct":
    case "standing":
    case "done":
      return counts;
    case "latest":
      return aggregate.of === "sum" ? anything : counts;
    case "share":
    case "share_within":
      return shares;
    case "duration":
      return times;
    default:
      return anything;
  }
}
