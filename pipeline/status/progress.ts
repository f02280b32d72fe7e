import type {Measured, Status} from "../attainment/contract.ts";
import {compare, type Exact, exact, isZero, minus, times} from "../statistics/exact.ts";
import {atRiskRatio, onTrackRatio} from "./contract.ts";
import {isDirection} from "./situation.ts";

/** How a row that is not decided stands against its pace. */
export function progress(measured: Measured): Status {
  if (measured.row.goal_kind === "change") return progressOfChange(measured);
  if (measured.expected_between !== null && measured.shape === "flow")
    return progressBetween(measured, measured.expected_between);
  if (isStepped(measured)) return progressOfOutput(measured);
  return progressOfLevel(measured);
}

/** Outputs are whole pieces of work: what is counted of them, or is to be there by a day. */
export function isStepped({nature, shape, line, row}: Measured): boolean {
  return nature === "output" && row.denominator === null && (shape === "flow" || line !== null);
}

/**
 * At or better than expected, better than the baseline so far, or neither. A bare direction must be better than the
 * baseline, so that to be at it is a risk.
 */
function progressOfChange(measured: Measured): Status {
  const {bound, exact: own} = measured;
  const {actual, expected, baseline_to_date} = own;
  if (actual === null || expected === null) throw new Error("a change without its figures");
  const better = bound === "upper" ? -1 : 1;
  const side = compare(actual, expected);
  if (isDirection(measured)) return side === better ? "on_track" : side === 0 ? "at_risk" : "off_track";
  if (side !== -better) return "on_track";
  // Nothing is known of the baseline's same days where they hold no case: then its whole stands for them.
  const before = baseline_to_date ?? (measured.row.baseline_value === null ? null : exact(measured.row.baseline_value));
  return before !== null && compare(actual, before) === better ? "at_risk" : "off_track";
}

/**
 * The attainment ratio against its bands, on cross products. Without a ratio (over 0, or of a level of 0) at or better
 * than expected; behind it, a stock that has at least moved the right way since the start is at risk.
 */
function progressOfLevel({bound, holds, line, row, pace, exact: {actual, expected}}: Measured): Status {
  if (actual === null || expected === null) throw new Error("a level without its figures");
  if (row.attainment_ratio !== null) {
    const band = bound === "lower" ? banded(actual, expected) : banded(expected, actual);
    // Where all are asked for, one that was not is not made up for by those to come.
    const allAsked = row.unit === "share" && row.target_value === 1 && line === null;
    return allAsked && band === "on_track" && compare(actual, expected) < 0 ? "at_risk" : band;
  }
  if (pace === "hold") return holds === true ? "on_track" : "off_track";
  const better = bound === "lower" ? 1 : -1;
  if (compare(actual, expected) !== -better) return "on_track";
  return line !== null && compare(actual, line.start) === better ? "at_risk" : "off_track";
}

/** A part of a whole against the bands of the attainment ratio. */
function banded(part: Exact, whole: Exact): Status {
  if (compare(part, times(exact(onTrackRatio), whole)) >= 0) return "on_track";
  return compare(part, times(exact(atRiskRatio), whole)) >= 0 ? "at_risk" : "off_track";
}

/** Between two levels: as well as the worse of the two sides stands, each against its own pace. */
function progressBetween(measured: Measured, {low, high}: NonNullable<Measured["expected_between"]>): Status {
  const {actual} = measured.exact;
  if (actual === null) throw new Error("a level without its figures");
  if (isStepped(measured)) return worse(pieces(minus(low, actual)), pieces(minus(actual, high)));
  const least = isZero(low) ? "on_track" : banded(actual, low);
  const most = isZero(actual) ? "on_track" : banded(high, actual);
  return worse(least, most);
}

function worse(a: Status, b: Status): Status {
  const order: readonly Status[] = ["on_track", "at_risk", "off_track"];
  return order[Math.max(order.indexOf(a), order.indexOf(b))]!;
}

/** At pace, one behind, or more. */
function progressOfOutput({bound, exact: {actual, expected}}: Measured): Status {
  if (actual === null || expected === null) throw new Error("a level without its figures");
  return pieces(bound === "lower" ? minus(expected, actual) : minus(actual, expected));
}

function pieces(behind: Exact): Status {
  if (compare(behind, exact(0)) <= 0) return "on_track";
  return compare(behind, exact(1)) <= 0 ? "at_risk" : "off_track";
}
