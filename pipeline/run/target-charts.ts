import type {AttainmentRow, Measured} from "../attainment/contract.ts";
import {courseOf, expectedCourse} from "../attainment/course.ts";
import {meets} from "../attainment/goal.ts";
import {readMeasure} from "../attainment/read-measure.ts";
import type {PageChart} from "../bundle/contract.ts";
import {baselineName} from "../bundle/target-words.ts";
import {addDays, daysIn, type IsoDate, later} from "../calendar/iso-date.ts";
import {monthsOf} from "../calendar/period.ts";
import {subPeriodsOf} from "../calendar/sub-periods.ts";
import {calendarStripChart} from "../charts/calendar-strip.ts";
import {type CumulativeInput, goalWords, type StockLineInput} from "../charts/contract.ts";
import {cumulativeChart} from "../charts/cumulative.ts";
import {rosterChart} from "../charts/roster.ts";
import {stockLineChart} from "../charts/stock-line.ts";
import type {Goal} from "../config/goal.ts";
import type {Project, ProjectMeasure, ProjectTarget} from "../config/project.ts";
import type {Cadence} from "../config/target.ts";
import {formatValue} from "../format/numbers.ts";
import {exact} from "../statistics/exact.ts";
import type {Answer} from "./answer.ts";
import {type Draw, drawnForBoth} from "./drawn-for-both.ts";

/** A row with what its chart is made of. */
export interface ChartedRow {
  readonly row: AttainmentRow;
  readonly measured: Measured;
  readonly target: ProjectTarget;
}

/** Stocks that change from day to day are looked at on each day of a period up to so long, else once a week, or a month. */
const longestDaily = 62;
const longestWeekly = 750;

/**
 * The chart of a target's own page, by what its row counts: a cadence as a calendar, units as a roster, a stock or an
 * average against its level, what is counted over days cumulated against its pace. Null where there is nothing to be
 * drawn: nothing is known, two counting methods would be joined by a line, or it is a deliverable, which stands on the
 * timeline of its goal.
 */
export async function targetChart(answer: Answer, charted: ChartedRow, draw: Draw): Promise<PageChart | null> {
  const {measured, row, target} = charted;
  const measure = answer.project.measures.get(row.measure);
  if (measure === undefined) throw new Error(`${row.target}: its measure was not checked`);
  if (measured.division !== null) return partsChart(answer, charted, measure, draw);
  if (measured.shape === "done" || !isOneLine(measured)) return null;
  if (measured.shape === "flow") {
    if (row.actual_value === null) return null;
    const input = {
      row,
      baseline_name: baselineName(target),
      ...courseOf(measured, answer.project, answer.actuals),
      ...provisional(measured)
    };
    return drawnForBoth(draw, (width) => cumulativeChart(input, {width}));
  }
  const input = measured.shape === "average" ? byMonth(answer, charted, measure) : byDay(answer, charted, measure);
  if (input.points.every(({value}) => value === null)) return null;
  return drawnForBoth(draw, (width) => stockLineChart(input, {width}));
}

/** The days counted that are not as old yet as the source says its reports take to come in. */
function provisional({mature, known_to, counted_to, row}: Measured): Pick<CumulativeInput, "provisional_from"> {
  if (mature === null || known_to === null) return {};
  const from = later(row.period_from, addDays(known_to, 1 - mature.after));
  return from < counted_to ? {provisional_from: from} : {};
}

/** A day at least is counted, and by one method: a change of method is never a drawn line. */
function isOneLine({days_counted, series}: Measured): boolean {
  return days_counted > 0 && new Set([...series.baseline, ...series.actual]).size === 1;
}

async function partsChart(
  {project}: Answer,
  {row, measured, target}: ChartedRow,
  {shape}: ProjectMeasure,
  draw: Draw
): Promise<PageChart | null> {
  const {division, parts} = measured;
  if (division === null || parts.every(({verdict}) => verdict === "unknown")) return null;
  const {every, each, unit, allow} = division;
  const goal = goalAsked(measured, unit);
  if (every === "observation" && each === null) {
    const input = observations(measured, row, goal ?? "");
    return input.points.every(({value}) => value === null)
      ? null
      : drawnForBoth(draw, (width) => stockLineChart(input, {width}));
  }
  const about = {row, parts, unit, shape, goal: goal ?? "", each};
  if (every === null || (every === "class" && each === null))
    return drawnForBoth(draw, (width) => rosterChart({...about, every}, {width}));
  const known = new Set(parts.map(({period}) => period.name));
  const to_come = planned(every, target, project).filter(({name}) => !known.has(name));
  return drawnForBoth(draw, (width) => calendarStripChart({...about, every, allow, to_come}, {width}));
}

/** Sub-periods that the calendar tells; classes and observations come as they come. */
function planned(every: Cadence, {period}: ProjectTarget, {calendar}: Project) {
  if (every === "class" || every === "observation") return [];
  return subPeriodsOf(every, period, calendar);
}

/** What is asked of each part, or of each point of a line; null where nothing is. */
function goalAsked({goal, shape, row, division}: Measured, unit: string): string | null {
  if (goal === null || goal.kind === "track" || goal.kind === "to_be_set") return null;
  const base = division === null && row.baseline_value !== null ? formatValue(row.baseline_value, unit) : null;
  return goalWords(goal, {unit, shape, isNamed: division !== null, base});
}

/** Each observation against the level that it must hold. */
function observations({parts, goal, division}: Measured, row: AttainmentRow, words: string): StockLineInput {
  const first = parts[0];
  return {
    row: {...row, unit: division?.unit ?? row.unit},
    kind: "observed",
    points: parts.map(({period, actual_value, verdict}) => ({
      from: period.from,
      day: period.to,
      value: actual_value,
      holds: verdict === "unknown" ? null : verdict === "yes"
    })),
    unit: division?.unit ?? row.unit,
    goal: words,
    levels: levelsOf(goal, first?.target_value ?? null),
    expected: [],
    due_on: null
  };
}

function levelsOf(goal: Goal | null, target: number | null): number[] {
  if (goal?.kind === "between") return [Number(goal.low), Number(goal.high)];
  return target === null ? [] : [target];
}

/** Whether a single point does what the goal asks for; null of a change, which is asked of the whole alone. */
function holdsAt(goal: Goal | null, value: number | null): boolean | null {
  if (goal === null || goal.kind === "change" || value === null) return null;
  return meets(exact(value), {goal, baseline: null});
}

/** An average of the cases of each month of the period, and never a sum of them. */
function byMonth({actuals}: Answer, {row, measured, target}: ChartedRow, measure: ProjectMeasure): StockLineInput {
  const segment = {type: row.segment_type, code: row.segment};
  return {
    ...lineOf(row, measured, measure),
    kind: "month",
    points: monthsOf(target.period.from, measured.counted_to).map(({from, to}) => {
      const {value} = readMeasure(actuals, measure, segment, {from, to, knownTo: row.through});
      return {from, day: to, value, holds: holdsAt(measured.goal, value)};
    })
  };
}

/** A stock as it stood: on each day on which it was observed, or looked at now and then. */
function byDay({actuals, project}: Answer, {row, measured}: ChartedRow, measure: ProjectMeasure): StockLineInput {
  const segment = {type: row.segment_type, code: row.segment};
  const {aggregate, rolling, cumulative} = measure;
  const [from, to] = [row.period_from, measured.counted_to];
  const isObserved = aggregate.kind === "latest" && rolling === undefined && cumulative === undefined;
  const days = isObserved
    ? [...new Set([from, ...actuals.observations(measure.name, segment, from, to)])]
    : lookedAt(from, to);
  // On days of a goal's way to its level nothing is asked yet.
  const mustHold = measured.pace === "hold";
  const points = days.map((day) => {
    const {value} = actuals.over(measure.name, segment, day, day);
    return {from: day, day, value, holds: mustHold ? holdsAt(measured.goal, value) : null};
  });
  const [first, ...rest] = points;
  return {
    ...lineOf(row, measured, measure),
    kind: isObserved ? "observed" : "sampled",
    // What stood before the first observation of the period may be known or not.
    points: first?.value === null && rest.length > 0 ? rest : points,
    expected: mustHold || measured.line === null ? [] : expectedCourse(measured, project, actuals)
  };
}

function lineOf(row: AttainmentRow, measured: Measured, {unit}: ProjectMeasure) {
  return {
    row,
    unit,
    goal: goalAsked(measured, unit),
    levels: levelsOf(measured.goal, row.target_value),
    expected: [],
    due_on: row.due_on
  };
}

/** Days up to the last one counted, which is always one of them. */
function lookedAt(from: IsoDate, to: IsoDate): IsoDate[] {
  const length = daysIn(from, to);
  if (length > longestWeekly) return [from, ...monthsOf(from, to).map((month) => month.to)];
  const step = length > longestDaily ? 7 : 1;
  const days = Array.from({length: Math.ceil(length / step)}, (_, index) => addDays(from, index * step));
  return days.at(-1) === to ? days : [...days, to];
}
