import type {Actuals, DayValue} from "../actuals/contract.ts";
import {addDays, type IsoDate} from "../calendar/iso-date.ts";
import {correspondence} from "../calendar/period.ts";
import type {Project, ProjectMeasure, ProjectTarget, SegmentKey} from "../config/project.ts";
import {exact, toNumber} from "../statistics/exact.ts";
import {baselinePeriods} from "./baseline.ts";
import type {Course, Measured} from "./contract.ts";
import {monthWeightsOf} from "./month-shares.ts";
import {expectedBy} from "./pace.ts";

/**
 * The course of a row through its period, for charts and tables; with the row it is a chart's `CumulativeInput`. What is
 * counted over days is cumulated, a stock is told as it stood on each day; an average has no course, nor has a
 * deliverable, nor a row that counts parts.
 */
export function courseOf(measured: Measured, project: Project, actuals: Actuals): Course {
  const counted = countedOf(measured, project);
  if (counted === null) return {actual: [], baseline: [], expected: []};
  const baseline = baselineByDay(measured, counted, project, actuals);
  return {
    actual: measured.row.actual_value === null ? [] : actualByDay(measured, counted.measure, actuals),
    baseline,
    expected: expectedByDay(measured, baseline, {target: counted.target, project, actuals})
  };
}

/** A course's `expected` alone: what is counted day by day takes most of the time. */
export function expectedCourse(measured: Measured, project: Project, actuals: Actuals): readonly DayValue[] {
  const counted = countedOf(measured, project);
  if (counted === null) return [];
  const baseline = baselineByDay(measured, counted, project, actuals);
  return expectedByDay(measured, baseline, {target: counted.target, project, actuals});
}

/** What a row that has a course counts. */
interface Counted {
  readonly target: ProjectTarget;
  readonly measure: ProjectMeasure;
}

function countedOf({row, shape, division}: Measured, project: Project): Counted | null {
  const target = project.targets.find((one) => one.target === row.target);
  const measure = project.measures.get(row.measure);
  if (target === undefined || measure === undefined) throw new Error(`${row.target} is no target of this project`);
  return division !== null || shape === "average" || shape === "done" ? null : {target, measure};
}

/** What the pace asks for by each day to the one that decides; [] where it asks for nothing. Its last value is the target value. */
function expectedByDay(
  measured: Measured,
  baseline: readonly DayValue[],
  {target, project, actuals}: {readonly target: ProjectTarget; readonly project: Project; readonly actuals: Actuals}
): DayValue[] {
  const {pace, row, bound, line, ends_on: to} = measured;
  const value = measured.exact.target;
  if (pace === null || value === null) return [];
  const way = {
    name: pace,
    from: row.period_from,
    to,
    baseline: row.baseline_value === null ? null : exact(row.baseline_value),
    baselineSoFar: null,
    weights: monthWeightsOf(target, segmentOf(row), {actuals, roster: project.roster}),
    line,
    falls: bound === "upper"
  };
  return daysOf(line?.from ?? row.period_from, to).flatMap((day, index) => {
    const soFar = baseline[index];
    const baselineSoFar = soFar === undefined ? null : exact(soFar.value);
    const expected = expectedBy(day, value, {...way, baselineSoFar});
    return expected === null ? [] : [{day, value: toNumber(expected)}];
  });
}

function actualByDay({row, counted_to}: Measured, measure: ProjectMeasure, actuals: Actuals): DayValue[] {
  return byDay(measure, segmentOf(row), {from: row.period_from, to: counted_to}, actuals);
}

/** The baseline on this period's dates: each day has what the baseline had by the day that answers it. */
function baselineByDay(
  {row, baseline, shape}: Measured,
  {target, measure}: Counted,
  {calendar}: Project,
  actuals: Actuals
): DayValue[] {
  const period = baselinePeriods(target, calendar)[0];
  if (baseline === null || period === undefined || row.baseline_value === null || shape === "stock") return [];
  const known = byDay(measure, segmentOf(row), baseline, actuals);
  const answering = correspondence(target.period, period);
  const values = new Map(known.map(({day, value}) => [day, value]));
  return daysOf(row.period_from, row.period_to).map((day) => ({day, value: values.get(answering(day)) ?? 0}));
}

/** By each day: what was counted since the first of them, or what stood. Days of which nothing is known are left out. */
function byDay(
  {name, aggregate, shape}: ProjectMeasure,
  segment: SegmentKey,
  {from, to}: {readonly from: IsoDate; readonly to: IsoDate},
  actuals: Actuals
): DayValue[] {
  if (shape === "flow" && (aggregate.kind === "rows" || aggregate.kind === "sum"))
    return cumulated(actuals.daily(name, segment, from, to));
  // Different values of days do not add up, so each day is asked for anew.
  return daysOf(from, to).flatMap((day) => {
    const {value} = actuals.over(name, segment, from, day);
    return value === null ? [] : [{day, value}];
  });
}

function cumulated(daily: readonly DayValue[]): DayValue[] {
  let sum = 0;
  return daily.map(({day, value}) => {
    sum += value;
    return {day, value: sum};
  });
}

function daysOf(from: IsoDate, to: IsoDate): IsoDate[] {
  const days: IsoDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

function segmentOf({segment_type, segment}: Measured["row"]): SegmentKey {
  return {type: segment_type, code: segment};
}
