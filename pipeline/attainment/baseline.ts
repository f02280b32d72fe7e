import type {Actuals, WindowValue} from "../actuals/contract.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import {
  type Calendar,
  correspondingDay,
  type Period,
  parsePeriod,
  precedingPeriod,
  previousPeriod
} from "../calendar/period.ts";
import type {ProjectTarget, SegmentKey} from "../config/project.ts";
import {type Exact, exact} from "../statistics/exact.ts";
import type {BaselineWindow} from "./contract.ts";

/** What a target is held against, for one segment. */
export interface BaselineValue {
  readonly value: Exact | null;
  readonly to_date: Exact | null;
  /** Null with a stated value and without a baseline. */
  readonly window: BaselineWindow | null;
  /** Why `value` is null; null where it is not, and without a baseline. */
  readonly reason: WindowValue["reason"];
}

const none: BaselineValue = {value: null, to_date: null, window: null, reason: null};

/** The days that a target's baseline is counted over; null for a stated value and without a baseline. */
export function baselinePeriod({baseline, period}: ProjectTarget, calendar: Calendar): Period | null {
  if (baseline?.period === undefined) return null;
  if (baseline.period === "previous") return previousPeriod(period);
  if (baseline.period === "preceding") return precedingPeriod(period);
  const named = parsePeriod(baseline.period, calendar);
  if (named === null) throw new Error(`the baseline "${baseline.period}" was not checked`);
  return named;
}

/**
 * Reads a baseline: over all its days, and over those that answer the days counted. Not known unless every day is
 * covered; nothing is scaled up. A stated value speaks for the segment where the target binds, and for no other.
 *
 * @param countedTo Last day counted in the actual; null before the period begins.
 */
export function readBaseline(
  target: ProjectTarget,
  segment: SegmentKey,
  countedTo: IsoDate | null,
  {actuals, calendar}: {readonly actuals: Actuals; readonly calendar: Calendar}
): BaselineValue {
  const stated = target.baseline?.value;
  if (stated !== undefined) {
    const binds = segment.type === target.at.type && segment.code === target.at.code;
    if (binds) return {...none, value: exact(stated)};
    return {...none, reason: {code: "baseline_not_covered", detail: "its baseline is stated for another segment only"}};
  }
  const period = baselinePeriod(target, calendar);
  if (period === null) return none;
  const counted_to = countedTo === null ? null : correspondingDay(countedTo, target.period, period);
  const whole = actuals.over(target.measure, segment, period.from, period.to);
  const toDate = counted_to === null ? null : actuals.over(target.measure, segment, period.from, counted_to).value;
  return {
    value: whole.value === null ? null : exact(whole.value),
    to_date: toDate === null ? null : exact(toDate),
    window: {from: period.from, to: period.to, counted_to},
    reason: whole.reason === null ? null : {...whole.reason, code: baselineCode(whole.reason.code)}
  };
}

function baselineCode(code: NonNullable<WindowValue["reason"]>["code"]) {
  return code === "not_covered" || code === "partition_missing" ? "baseline_not_covered" : code;
}
