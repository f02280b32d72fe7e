import type {AttainmentRow, Flag, Measured, Status} from "../attainment/contract.ts";
import {flags} from "../attainment/contract.ts";
import {smallestPercentBase} from "../format/numbers.ts";
import {compare, exact, isZero} from "../statistics/exact.ts";
import {fewestDays, fewestExpected, type RuleName, type Verdict} from "./contract.ts";
import {isOfParts, partFlags, partsDecided, partsNotDue, partsProgress, partsUndecided} from "./part-rules.ts";
import {progress} from "./progress.ts";
import {dayAsked, daysBehind, isCount, isDirection, isOver, seriesTouched, wantedDay} from "./situation.ts";
import {reasonFor} from "./wording.ts";

/** Gives a row its status, reason and flags. No clock, no stored state: the same numbers give the same status. */
export function judge(measured: Measured): AttainmentRow {
  const {row} = measured;
  const {status, status_reason, flags} = verdictOn(measured);
  const original_status = measured.original === null ? status : verdictOn(measured.original).status;
  // In the order of the columns, so that JSON has it too.
  return {
    target: row.target,
    milestone: row.milestone,
    plan: row.plan,
    goal: row.goal,
    initiative: row.initiative,
    activity: row.activity,
    owner: row.owner,
    title: row.title,
    measure: row.measure,
    unit: row.unit,
    better: row.better,
    goal_kind: row.goal_kind,
    segment_type: row.segment_type,
    segment: row.segment,
    segment_name: row.segment_name,
    part: row.part,
    binding: row.binding,
    period: row.period,
    period_from: row.period_from,
    period_to: row.period_to,
    due_on: row.due_on,
    done_on: row.done_on,
    through: row.through,
    as_of: row.as_of,
    series: row.series,
    baseline_value: row.baseline_value,
    baseline_to_date: row.baseline_to_date,
    target_value: row.target_value,
    original_target_value: row.original_target_value,
    actual_value: row.actual_value,
    numerator: row.numerator,
    denominator: row.denominator,
    expected_to_date: row.expected_to_date,
    change_to_date: row.change_to_date,
    progress_share: row.progress_share,
    gap: row.gap,
    attainment_ratio: row.attainment_ratio,
    probability: row.probability,
    projected_value: row.projected_value,
    projected_low: row.projected_low,
    projected_high: row.projected_high,
    status,
    original_status,
    reason_code: row.reason_code,
    status_reason,
    flags,
    rows_counted: row.rows_counted
  };
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

/** Of parts and deliverables by a rule of their own, else by the usual one. */
function either(ofParts: Rule, usual: Rule): Rule {
  return (measured) => (isOfParts(measured) ? ofParts : usual)(measured);
}

const tried: readonly (readonly [RuleName, Rule])[] = [
  ["to_be_set", ({row}) => (row.goal_kind === "to_be_set" ? "to_be_set" : null)],
  ["tracked", ({bound}) => (bound === null ? "tracked" : null)],
  ["not_due", either((measured) => partsNotDue(measured) ?? notBegun(measured), notBegun)],
  ["no_data", (measured) => (isUnknown(measured) ? "no_data" : null)],
  ["not_comparable", (measured) => (seriesTouched(measured).length > 1 ? "not_comparable" : null)],
  ["decided", either(partsDecided, decided)],
  ["undecided", either(partsUndecided, (measured) => (isOver(measured) ? "at_risk" : null))],
  ["stale", (measured) => (isStale(measured) ? "no_data" : null)],
  ["too_early", (measured) => (isTooEarly(measured) ? "too_early" : null)],
  ["progress", either(partsProgress, progress)]
];

/** The period, or the event that a due day is told from, lies ahead; what was done before is done all the same. */
function notBegun(measured: Measured): Status | null {
  const {row, awaits_event} = measured;
  if (awaits_event && row.actual_value !== null && row.done_on === null) return "not_due";
  return dayAsked(measured) < row.period_from && row.done_on === null ? "not_due" : null;
}

/** A change needs its baseline too; a rise over a baseline of 0 can't be judged, so it is not known either. */
function isUnknown(measured: Measured): boolean {
  const {row, holds} = measured;
  if (row.actual_value === null || holds === null) return true;
  return row.goal_kind === "change" && row.baseline_value === null && !isOfParts(measured);
}

/**
 * Counts only grow, so a limit that is exceeded and a level that is reached stay so; a sum that can fall is none. The
 * value of a day and the average of cases come and go, and a bare direction is held against all of the baseline.
 */
function isDecidedEarly(measured: Measured): boolean {
  const {
    bound,
    holds,
    can_fall,
    shape,
    goal,
    exact: {actual}
  } = measured;
  if (can_fall || shape !== "flow" || isDirection(measured)) return false;
  if (bound !== "both") return bound === "upper" ? holds === false : holds === true;
  const most = goal?.kind === "between" ? goal.high : goal?.kind === "exactly" ? goal.level : null;
  return most !== null && actual !== null && compare(actual, exact(most)) > 0;
}

function decided(measured: Measured): Status | null {
  const settled =
    isDecidedEarly(measured) ||
    (isOver(measured) && !measured.undecided_may_turn && (isMature(measured) || isIrreversible(measured)));
  if (!settled) return null;
  return measured.holds === true ? "met" : "missed";
}

function isMature({mature, known_to, ends_on}: Measured): boolean {
  return mature === null || (known_to !== null && daysBehind(ends_on, known_to) >= mature.after);
}

/** Neither no late report nor twice the declared late share turns the verdict. */
function isIrreversible({holds, holdsIfRaisedBy, mature, can_fall, shape}: Measured): boolean {
  const grows = shape === "average" || !can_fall;
  return mature !== null && grows && holds === holdsIfRaisedBy(2 * mature.late);
}

function isStale(measured: Measured): boolean {
  const wanted = wantedDay(measured);
  if (wanted === null || measured.freshness_error_after === null) return false;
  return daysBehind(measured.counted_to, wanted) > measured.freshness_error_after;
}

/**
 * Of what happens: under 60 days counted, or under a third of a period shorter than half a year: that third is 60 days at most, so the
 * 60 days decide alone.
 */
function isTooEarly({nature, shape, division, days_counted, exact: {target, expected}}: Measured): boolean {
  const ofOutcomes = division === null && (shape === "flow" || shape === "average") && nature !== "output";
  if (!ofOutcomes || target === null || isZero(target)) return false;
  const fewExpected =
    shape === "flow" && expected !== null && !isZero(expected) && compare(expected, exact(fewestExpected)) < 0;
  return days_counted < fewestDays || fewExpected;
}

function flagsOf(measured: Measured, rule: RuleName, status: Status): Flag[] {
  const ofParts = isOfParts(measured) ? partFlags(measured, status) : null;
  const raised: Partial<Record<Flag, boolean>> = {
    provisional: rule === "decided" && ofParts === null && !isDecidedEarly(measured) && !isMature(measured),
    stale: status === "no_data" && isStale(measured),
    overdue: isOverdue(measured),
    small_numbers: isSmall(measured),
    goal_moved: measured.goal_moved,
    pace_fallback: measured.pace_fell_back
  };
  return flags.filter((flag) => raised[flag] === true || ofParts?.includes(flag) === true);
}

/** A goal that is still to be set, past its day. */
function isOverdue(measured: Measured): boolean {
  const {goal} = measured;
  return goal?.kind === "to_be_set" && goal.by !== null && dayAsked(measured) > goal.by;
}

/** A few cases decide: of counts the count itself, of shares and averages the cases that they are of. */
function isSmall(measured: Measured): boolean {
  const {row, shape, division, parts, nature} = measured;
  // Work done by plan has no chance in it: two events of two that were asked for are all of them.
  if (nature === "output" && row.baseline_value === null && division === null) return false;
  if (division !== null)
    return parts.some(({denominator}) => denominator !== null && denominator < smallestPercentBase);
  const size = isCount(measured)
    ? (row.baseline_value ?? row.actual_value)
    : shape === "average" || row.denominator !== null
      ? (row.denominator ?? row.rows_counted)
      : null;
  return size !== null && Math.abs(size) < smallestPercentBase;
}
