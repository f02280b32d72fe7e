import type {Actuals, DayValue} from "../actuals/contract.ts";
import {addDays, type IsoDate} from "../calendar/iso-date.ts";
import {correspondence} from "../calendar/period.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import {exact, toNumber} from "../statistics/exact.ts";
import {baselinePeriod} from "./baseline.ts";
import type {Course, Measured} from "./contract.ts";
import {expectedAfter} from "./pace.ts";

/** The course of a row through its period, for charts and tables; with the row it is a chart's `CumulativeInput`. */
export function courseOf(measured: Measured, project: Project, actuals: Actuals): Course {
  const target = project.targets.find((one) => one.target === measured.row.target);
  if (target === undefined) throw new Error(`${measured.row.target} is no target of this project`);
  const baseline = baselineByDay(measured, target, project, actuals);
  return {
    actual: measured.row.actual_value === null ? [] : actualByDay(measured, actuals),
    baseline,
    expected: expectedByDay(measured, baseline)
  };
}

/** What the pace asks for by each day of the period; [] where it asks for nothing. Its last value is the target value. */
export function expectedByDay(measured: Measured, baseline: readonly DayValue[]): DayValue[] {
  const {pace, days, row} = measured;
  const target = measured.exact.target;
  if (pace === null || target === null) return [];
  const whole = row.baseline_value === null ? null : exact(row.baseline_value);
  return daysOf(row.period_from, row.period_to).flatMap((day, index) => {
    const soFar = baseline[index];
    const baselineSoFar = soFar === undefined ? null : exact(soFar.value);
    const value = expectedAfter(pace, {target, baseline: whole}, {days, daysSoFar: index + 1, baselineSoFar});
    return value === null ? [] : [{day, value: toNumber(value)}];
  });
}

function actualByDay({row, counted_to}: Measured, actuals: Actuals): DayValue[] {
  return cumulated(actuals.daily(row.measure, segmentOf(row), row.period_from, counted_to));
}

/** The baseline on this period's dates: each day has what the baseline had by the day that answers it. */
function baselineByDay(
  {row, baseline}: Measured,
  target: ProjectTarget,
  {calendar}: Project,
  actuals: Actuals
): DayValue[] {
  const period = baselinePeriod(target, calendar);
  if (baseline === null || period === null || row.baseline_value === null) return [];
  const known = cumulated(actuals.daily(row.measure, segmentOf(row), baseline.from, baseline.to));
  const answering = correspondence(target.period, period);
  const byDay = new Map(known.map(({day, value}) => [day, value]));
  return daysOf(row.period_from, row.period_to).map((day) => ({
    day,
    value: byDay.get(answering(day)) ?? 0
  }));
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

function segmentOf({segment_type, segment}: Measured["row"]) {
  return {type: segment_type, code: segment};
}
