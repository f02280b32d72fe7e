import type {Flag, Measured, Status} from "../attainment/contract.ts";
import {daysBehind} from "./situation.ts";

/** Whether a row is judged by its parts, or as a deliverable: such rows have these rules in place of the usual ones. */
export function isOfParts({division, row}: Measured): boolean {
  return division !== null || row.goal_kind === "done";
}

/** Waiting: for the day on which it is due, for the event that sets this day, or for the first sub-period to be over. */
export function partsNotDue({division, row, parts, holds, awaits_event}: Measured): Status | null {
  if (division === null) return row.actual_value === 0 && !isDue(row) ? "not_due" : null;
  if (division.each !== null && division.every === null) {
    const waits = row.due_on !== null || division.next_due !== null || awaits_event;
    return waits && !division.over && division.decided === null && holds === false ? "not_due" : null;
  }
  return parts.length === 0 && division.planned !== null && division.planned > 0 ? "not_due" : null;
}

/**
 * A deliverable is met when it was done by its due day, and missed when it was done later or is not done after it. Of
 * parts, what no later day and no late report can turn.
 */
export function partsDecided(measured: Measured): Status | null {
  const {division, row} = measured;
  if (division !== null) return division.decided;
  if (row.done_on !== null) return isInTime(row) ? "met" : "missed";
  if (row.actual_value === 1) return "met";
  return isDue(row) && isMature(measured) ? "missed" : null;
}

/** Nothing is to come but late reports, or cases still open, that may turn the verdict. */
export function partsUndecided({division, row}: Measured): Status | null {
  const over = division === null ? isDue(row) : division.over;
  return over ? "at_risk" : null;
}

/**
 * While the period runs: sub-periods are on track as long as no more have failed than may, and at risk where late
 * reports may still mend those that did. Of units the one furthest behind its own pace decides.
 */
export function partsProgress({division, holds}: Measured): Status {
  if (division === null || holds === true) return "on_track";
  if (division.pace === null) return division.every === null ? "off_track" : "at_risk";
  return division.pace === "at" ? "on_track" : division.pace === "near" ? "at_risk" : "off_track";
}

/** What is marked of such a row beside what is marked of all. */
export function partFlags(measured: Measured, status: Status): Flag[] {
  const {division, row, parts} = measured;
  const decidedAtEnd = (status === "met" || status === "missed") && (division === null ? isDue(row) : division.over);
  const late = division === null ? row.done_on !== null && !isInTime(row) : parts.some((part) => part.late);
  const open =
    division === null
      ? row.actual_value === 0 && row.due_on !== null && isDue(row)
      : parts.some((part) => part.due_on !== null && part.due_on <= row.through && part.verdict === "no" && !part.late);
  const raised: Partial<Record<Flag, boolean>> = {
    provisional: decidedAtEnd && row.done_on === null && !isMature(measured),
    overdue: open,
    done_late: late && !open
  };
  return (Object.keys(raised) as Flag[]).filter((flag) => raised[flag]);
}

/** The day itself is over once it is the last one known of. */
function isDue({due_on, through}: Measured["row"]): boolean {
  return due_on !== null && through >= due_on;
}

function isInTime({done_on, due_on}: Measured["row"]): boolean {
  return done_on === null || due_on === null || done_on <= due_on;
}

function isMature({mature, known_to, row}: Measured): boolean {
  const end = row.due_on ?? row.period_to;
  return mature === null || (known_to !== null && daysBehind(end, known_to) >= mature.after);
}
