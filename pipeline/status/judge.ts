import type {AttainmentRow, Flag, Measured, Status} from "../attainment/contract.ts";
import {attainmentColumns, flags} from "../attainment/contract.ts";
import {smallestPercentBase} from "../format/numbers.ts";
import {compare, exact, isZero, minus, times} from "../statistics/exact.ts";
import {atRiskRatio, fewestDays, fewestExpected, onTrackRatio, type RuleName, type Verdict} from "./contract.ts";
import {daysBehind, isOver, seriesTouched, wantedDay} from "./situation.ts";
import {reasonFor} from "./wording.ts";

/** Gives a row its status, reason and flags. No clock, no stored state: the same numbers give the same status. */
export function judge(measured: Measured): AttainmentRow {
  const {status, status_reason, flags} = verdictOn(measured);
  const whole: AttainmentRow = {...measured.row, status, original_status: status, status_reason, flags};
  // In the order of the columns, so that JSON has it too.
  return Object.fromEntries(attainmentColumns.map((column) => [column, whole[column]])) as AttainmentRow;
}

/** The verdict with the rule that decided: the first that holds. */
export function verdictOn(measured: Measured): Verdict {
  for (const [rule, holds] of tried) {
    const status = holds(measured);
    if (status === null) continue;
    return {status, rule, status_reason: reasonFor(rule, status, measured), flags: flagsOf(measured, rule, status)};
  }
  throw new Error(`no rule of status holds for ${measured.row.target}, ${measured.row.segment_name}`);
}

type Rule = (measured: Measured) => Status | null;

const tried: readonly (readonly [RuleName, Rule])[] = [
  ["tracked", ({bound}) => (bound === null ? "tracked" : null)],
  ["not_due", ({asked_through, row}) => ((asked_through ?? row.through) < row.period_from ? "not_due" : null)],
  ["no_data", (measured) => (isUnknown(measured) ? "no_data" : null)],
  ["not_comparable", (measured) => (seriesTouched(measured).length > 1 ? "not_comparable" : null)],
  ["decided", decided],
  ["undecided", (measured) => (isOver(measured) ? "at_risk" : null)],
  ["stale", (measured) => (isStale(measured) ? "no_data" : null)],
  ["too_early", (measured) => (isTooEarly(measured) ? "too_early" : null)],
  ["progress", progress]
];

/** A change needs its baseline too; a rise over a baseline of 0 can't be judged, so it is not known either. */
function isUnknown({row, holds}: Measured): boolean {
  return row.actual_value === null || (row.goal_kind === "change" && row.baseline_value === null) || holds === null;
}

/** Counts only grow, so a limit that is exceeded and a level that is reached stay so; a sum that can fall is none. */
function isDecidedEarly({bound, holds, can_fall}: Measured): boolean {
  if (can_fall) return false;
  return bound === "upper" ? holds === false : holds === true;
}

function decided(measured: Measured): Status | null {
  const settled = isDecidedEarly(measured) || (isOver(measured) && (isMature(measured) || isIrreversible(measured)));
  if (!settled) return null;
  return measured.holds === true ? "met" : "missed";
}

function isMature({mature, known_to, row}: Measured): boolean {
  return mature === null || (known_to !== null && daysBehind(row.period_to, known_to) >= mature.after);
}

/** Neither no late report nor twice the declared late share turns the verdict. */
function isIrreversible({holds, holdsIfRaisedBy, mature, can_fall}: Measured): boolean {
  return mature !== null && !can_fall && holds === holdsIfRaisedBy(2 * mature.late);
}

function isStale(measured: Measured): boolean {
  const wanted = wantedDay(measured);
  if (wanted === null || measured.freshness_error_after === null) return false;
  return daysBehind(measured.counted_to, wanted) > measured.freshness_error_after;
}

/**
 * Under 60 days counted, or under a third of a period shorter than half a year: that third is 60 days at most, so the
 * 60 days decide alone.
 */
function isTooEarly({nature, days_counted, exact: {target, expected}}: Measured): boolean {
  if (nature !== "outcome" || target === null || isZero(target)) return false;
  const fewExpected = expected !== null && !isZero(expected) && compare(expected, exact(fewestExpected)) < 0;
  return days_counted < fewestDays || fewExpected;
}

function progress(measured: Measured): Status {
  if (measured.row.goal_kind === "change") return progressOfChange(measured);
  return measured.nature === "output" ? progressOfOutput(measured) : progressOfLevel(measured);
}

/** At or better than expected, better than the baseline so far, or neither. */
function progressOfChange({bound, exact: {actual, expected, baseline_to_date}}: Measured): Status {
  if (actual === null || expected === null || baseline_to_date === null)
    throw new Error("a change without its figures");
  const better = bound === "upper" ? -1 : 1;
  if (compare(actual, expected) !== -better) return "on_track";
  return compare(actual, baseline_to_date) === better ? "at_risk" : "off_track";
}

/** The attainment ratio against its bands, on cross products; without a ratio, whether the goal holds now. */
function progressOfLevel({bound, holds, row, exact: {actual, expected}}: Measured): Status {
  if (actual === null || expected === null || row.attainment_ratio === null)
    return holds === true ? "on_track" : "off_track";
  const [part, whole] = bound === "lower" ? [actual, expected] : [expected, actual];
  if (compare(part, times(exact(onTrackRatio), whole)) >= 0) return "on_track";
  return compare(part, times(exact(atRiskRatio), whole)) >= 0 ? "at_risk" : "off_track";
}

/** Outputs are whole pieces of work: at pace, one behind, or more. */
function progressOfOutput({bound, exact: {actual, expected}}: Measured): Status {
  if (actual === null || expected === null) throw new Error("a level without its figures");
  const behind = bound === "lower" ? minus(expected, actual) : minus(actual, expected);
  if (compare(behind, exact(0)) <= 0) return "on_track";
  return compare(behind, exact(1)) <= 0 ? "at_risk" : "off_track";
}

function flagsOf(measured: Measured, rule: RuleName, status: Status): Flag[] {
  const {row} = measured;
  const size = row.baseline_value ?? row.actual_value;
  const raised: Partial<Record<Flag, boolean>> = {
    provisional: rule === "decided" && !isDecidedEarly(measured) && !isMature(measured),
    stale: status === "no_data" && isStale(measured),
    small_numbers: size !== null && Math.abs(size) < smallestPercentBase,
    pace_fallback: measured.pace_fell_back
  };
  return flags.filter((flag) => raised[flag] === true);
}
