import type {Actuals, WindowValue} from "../actuals/contract.ts";
import {addDays, daysIn, type IsoDate} from "../calendar/iso-date.ts";
import {
  type Calendar,
  correspondingDay,
  type Period,
  parsePeriod,
  precedingPeriod,
  previousPeriod
} from "../calendar/period.ts";
import type {Project, ProjectMeasure, ProjectTarget, SegmentKey} from "../config/project.ts";
import {dividedBy, type Exact, exact, fraction, minus, plus, times} from "../statistics/exact.ts";
import type {BaselineWindow} from "./contract.ts";
import {targetValue} from "./goal.ts";
import {goalOn} from "./goal-in-force.ts";
import {readMeasure} from "./read-measure.ts";

/** What a target is held against, for one segment. */
export interface BaselineValue {
  readonly value: Exact | null;
  /** Over the days that answer those counted; null without them, with a stated value, and where it is not known. */
  readonly to_date: Exact | null;
  /** See `Measured.baseline` and `.baseline_windows`. */
  readonly window: BaselineWindow | null;
  readonly windows: readonly BaselineWindow[];
  /** What an earlier target's change adds to this one's; null of all but additive chains. */
  readonly offset: Exact | null;
  /** Why `value` is null, or else why `to_date` is, where its days are known; null where neither is, and without a baseline. */
  readonly reason: WindowValue["reason"];
}

const none: BaselineValue = {value: null, to_date: null, window: null, windows: [], offset: null, reason: null};

export interface BaselineContext {
  readonly project: Pick<Project, "targets" | "measures" | "calendar">;
  readonly actuals: Actuals;
  /** What was known at the end of a day, for baselines fixed then. */
  readonly knownOn: (day: IsoDate) => Actuals;
  /** The last day known of: cases of a baseline have ended or not by it. */
  readonly through: IsoDate;
}

/**
 * The runs of days that a target's baseline is made from, the latest first; [] for a stated value, without a baseline,
 * and of a chain, which has those of the targets before it.
 */
export function baselinePeriods({baseline, period}: ProjectTarget, calendar: Calendar): Period[] {
  if (baseline?.mean_of !== undefined) return yearsBefore(period, baseline.mean_of.count);
  if (baseline?.period === undefined) return [];
  if (baseline.period === "previous") return [previousPeriod(period)];
  if (baseline.period === "preceding") return [precedingPeriod(period)];
  const named = parsePeriod(baseline.period, calendar);
  if (named === null) throw new Error(`the baseline "${baseline.period}" was not checked`);
  return [named];
}

function yearsBefore(period: Period, count: number): Period[] {
  const years: Period[] = [];
  for (let year = period; years.length < count; ) {
    // A period's kind decides how days answer one another, and a year before is of the same kind.
    year = {...previousPeriod(year), kind: period.kind};
    years.push(year);
  }
  return years;
}

/**
 * Reads a baseline: over all its days, and over those that answer the days counted. Not known unless every day is
 * covered; nothing is scaled up. A stated value speaks for the segment where the target binds, and for no other. A
 * stock's is its value on the last of the days.
 *
 * @param countedTo Last day counted in the actual; null before the period begins.
 */
export function readBaseline(
  target: ProjectTarget,
  segment: SegmentKey,
  countedTo: IsoDate | null,
  context: BaselineContext
): BaselineValue {
  const {baseline} = target;
  if (baseline?.target !== undefined) return chained(target, segment, countedTo, context);
  if (baseline?.value !== undefined) {
    const binds = segment.type === target.at.type && segment.code === target.at.code;
    if (binds) return {...none, value: exact(baseline.value)};
    return {...none, reason: {code: "baseline_not_covered", detail: "its baseline is stated for another segment only"}};
  }
  const periods = baselinePeriods(target, context.project.calendar);
  return meanOf(periods.map((period) => readOver(target, period, segment, countedTo, context)));
}

/** The measure over one run of days. */
function readOver(
  target: ProjectTarget,
  baselinePeriod: Period,
  segment: SegmentKey,
  countedTo: IsoDate | null,
  {project, actuals, knownOn, through}: BaselineContext
): BaselineValue {
  const measure = measureOf(project, target);
  const {from, to} = baselinePeriod;
  const fixed = target.baseline?.fixed_at;
  const known = fixed === undefined ? actuals : knownOn(fixed);
  const counted_to = countedTo === null ? null : correspondingDay(countedTo, target.period, baselinePeriod);
  const whole = readMeasure(known, measure, segment, {from, to, knownTo: through});
  const toDate =
    counted_to === null || countedTo === null
      ? null
      : readMeasure(known, measure, segment, {
          from,
          to: counted_to,
          // As long after the last day counted as the actual is looked at.
          knownTo: addDays(counted_to, daysIn(countedTo, through) - 1)
        });
  const window = {from, to, counted_to};
  const reason = whole.reason ?? toDate?.reason ?? null;
  return {
    ...none,
    value: whole.exact,
    to_date: toDate?.exact ?? null,
    window,
    windows: [window],
    reason: reason === null ? null : {...reason, code: baselineCode(reason.code)}
  };
}

/** One run of days as it is; of several the mean, not known unless each of them is. */
function meanOf(all: readonly BaselineValue[]): BaselineValue {
  if (all.length <= 1) return all[0] ?? none;
  const mean = (values: readonly (Exact | null)[]) => {
    const known = values.filter((value) => value !== null);
    return known.length < values.length ? null : times(known.reduce(plus, exact(0)), fraction(1, all.length));
  };
  const unknown = all.find(({value}) => value === null) ?? all.find(({reason}) => reason !== null);
  return {
    ...none,
    value: mean(all.map(({value}) => value)),
    to_date: mean(all.map(({to_date}) => to_date)),
    windows: all.flatMap(({windows}) => windows),
    reason: unknown?.reason ?? null
  };
}

/**
 * What an earlier target asks for, or was held against. Its goal is the one in force at its period's end.
 *
 * - `compound`: its target value; to date its baseline's course, raised or lowered as its goal asks
 * - `additive`: its baseline, and its change on top of this one
 * - `actual`: what was reached in its period
 */
function chained(
  target: ProjectTarget,
  segment: SegmentKey,
  countedTo: IsoDate | null,
  context: BaselineContext
): BaselineValue {
  const {chain, target: name} = target.baseline!;
  const earlier = context.project.targets.find((one) => one.target === name);
  if (earlier === undefined) throw new Error(`the target "${name}" that ${target.target} follows on was not checked`);
  if (chain === "actual") return readOver(target, earlier.period, segment, countedTo, context);
  const counted = countedTo === null ? null : correspondingDay(countedTo, target.period, earlier.period);
  const before = readBaseline(earlier, segment, counted, context);
  const {goal} = goalOn(earlier, earlier.period.to);
  const binds = segment.type === earlier.at.type && segment.code === earlier.at.code;
  const asked = goal.kind === "change" || binds ? goal : null;
  const value = targetValue({goal: asked, baseline: before.value, offset: before.offset}, null);
  if (value === null) {
    const detail = `the earlier target ${earlier.target} asks for no value here`;
    return {...before, value: null, to_date: null, reason: before.reason ?? {code: "baseline_not_covered", detail}};
  }
  if (chain === "additive" && before.value !== null) return {...before, offset: minus(value, before.value)};
  const course =
    before.to_date === null || before.value === null ? null : dividedBy(times(before.to_date, value), before.value);
  // Over a baseline of 0 there is no course to raise: it is held as a stated value is.
  const windows = course === null && before.to_date !== null ? [] : before.windows;
  return {...before, value, to_date: course, window: null, windows, offset: null, reason: null};
}

function measureOf({measures}: Pick<Project, "measures">, target: ProjectTarget): ProjectMeasure {
  const measure = measures.get(target.measure);
  if (measure === undefined) throw new Error(`${target.target}: its measure was not checked`);
  return measure;
}

function baselineCode(code: NonNullable<WindowValue["reason"]>["code"]) {
  return code === "not_covered" || code === "partition_missing" ? "baseline_not_covered" : code;
}
