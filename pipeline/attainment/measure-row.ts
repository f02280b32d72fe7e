import type {Actuals, WindowValue} from "../actuals/contract.ts";
import {addDays, daysIn, earlier, type IsoDate, longDate} from "../calendar/iso-date.ts";
import {rollingFrom} from "../calendar/span.ts";
import {boundOf, type Goal} from "../config/goal.ts";
import type {Project, ProjectMeasure, ProjectSource, ProjectTarget, SegmentKey} from "../config/project.ts";
import type {Segment} from "../config/roster.ts";
import {dividedBy, exact} from "../statistics/exact.ts";
import {type BaselineValue, readBaseline} from "./baseline.ts";
import type {Measured} from "./contract.ts";
import {doneOf} from "./done.ts";
import {dueOn} from "./due.ts";
import {type Figures, figures} from "./figures.ts";
import {type GoalAt, meets} from "./goal.ts";
import {firstGoal, type GoalInForce, goalOn} from "./goal-in-force.ts";
import {monthWeightsOf} from "./month-shares.ts";
import {choosePace} from "./pace.ts";
import {partsOf, type WholeFigures} from "./parts.ts";
import {type ReadValue, readMeasure} from "./read-measure.ts";
import {rowOf, rulesOf, statisticOf} from "./row-description.ts";
import {writtenGoal} from "./written-goal.ts";

export interface RowContext {
  readonly project: Project;
  readonly actuals: Actuals;
  /** What was known at the end of a day, for baselines fixed then. */
  readonly knownOn: (day: IsoDate) => Actuals;
  /** Time of the last ledger entry known; null when nothing was. */
  readonly as_of: string | null;
  /** The last day to count, as asked; null: the last day that every partition of a target's source covers. */
  readonly through: IsoDate | null;
  /** Without `through`: never count beyond this day, the last one of a report's period. */
  readonly until: IsoDate | null;
}

/** A row by the goal in force, with the same row by the goal as first set beside it where it was revised. */
export function measureRow(context: RowContext, target: ProjectTarget, segment: Segment): Measured {
  const {project, actuals, knownOn, as_of, until} = context;
  const measure = project.measures.get(target.measure);
  const source = project.sources.get(measure?.source ?? "");
  if (measure === undefined || source === undefined) throw new Error(`${target.target}: its measure was not checked`);
  const asked_through = context.through ?? context.until;
  const horizon = actuals.horizon(target.measure);
  const through = lastDay(context, actuals.lastCovered(target.measure), horizon, asked_through ?? target.period.to);
  const about = {project, actuals, knownOn, as_of, until, target, segment, measure, source, asked_through, through};

  // A deadline may be moved while its period is over; a goal may not be moved once the day that decides has passed.
  const latest = goalOn(target, isDated(about) ? through : earlier(through, target.period.to));
  const {endsOn} = endOf(about, latest);
  const current = goalOn(target, earlier(through, endsOn));
  const inForce = {...current, due: latest.due, revised: latest.revised, moved: latest.moved};
  const row = rowBy(about, inForce);
  if (!inForce.revised) return row;
  const original = rowBy(about, firstGoal(target));
  return {...row, row: {...row.row, original_target_value: original.row.target_value}, original};
}

interface About extends RowContext {
  readonly target: ProjectTarget;
  readonly segment: Segment;
  readonly measure: ProjectMeasure;
  readonly source: ProjectSource;
  readonly asked_through: IsoDate | null;
  /** The last day known of that was asked for. */
  readonly through: IsoDate;
}

/** Whether the row is looked at on its due day, wherever that lies, and not counted over its period. */
function isDated({target, measure}: About): boolean {
  if (target.every !== undefined) return false;
  return measure.shape === "stock" || measure.shape === "done" || target.each !== undefined;
}

interface End {
  /** Null without a due day, and before the event has happened that sets it. */
  readonly dueOn: IsoDate | null;
  /** See `Measured.awaits_event`. */
  readonly awaitsEvent: boolean;
  /** See `Measured.ends_on`. */
  readonly endsOn: IsoDate;
}

function endOf(about: About, {due}: Pick<GoalInForce, "due">): End {
  const {period, every} = about.target;
  const day = every === undefined ? dueOn(due, about) : null;
  const awaitsEvent = day === null && every === undefined && due?.kind === "event";
  if (day === null) return {dueOn: null, awaitsEvent, endsOn: period.to};
  const within = day >= period.from && day <= period.to;
  return {dueOn: day, awaitsEvent, endsOn: isDated(about) || within ? day : period.to};
}

function rowBy(about: About, asked: GoalInForce): Measured {
  const {target, segment, measure, actuals, through, as_of, project} = about;
  const {period} = target;
  const ends = endOf(about, asked);
  const binding = isSame(segment, target.at);
  // A level is set for one segment: an Area held against the city's would always look well. What is asked of each unit,
  // and whether something is done, is the same wherever it is asked.
  const everywhere = asked.goal.kind === "change" || asked.goal.kind === "done" || target.each !== undefined;
  const goal = everywhere || binding ? asked.goal : null;
  const {row, ...counted} = countedBy(about, asked, goal, ends);
  const {baseline, actual} = counted.series;
  const series = [...new Set([...baseline, ...actual])].join("+");
  return {
    row: rowOf({target, measure, segment, goal_kind: asked.goal.kind, binding, through, as_of, series}, row),
    days: daysIn(period.from, ends.endsOn),
    days_counted: daysIn(period.from, earlier(counted.counted_to, ends.endsOn)),
    ends_on: ends.endsOn,
    awaits_event: ends.awaitsEvent,
    asked_through: about.asked_through,
    goal,
    goal_value: goal === null ? null : writtenGoal(goal, target, project.targets),
    shape: measure.shape,
    statistic: statisticOf(measure),
    original: null,
    goal_moved: asked.moved,
    nature: measure.nature ?? null,
    known_to: actuals.knownTo(target.measure, segment),
    can_fall: actuals.canFall(target.measure),
    ...rulesOf(about.source),
    ...counted
  };
}

interface Counted extends WholeFigures, Pick<Measured, "undecided" | "undecided_may_turn" | "counted_to"> {}

/** What the row counts: parts of it, whether something is done, or the measure over its days. */
function countedBy(about: About, asked: GoalInForce, goal: Goal | null, ends: End): Counted {
  const {target, through} = about;
  const counted_to = earlier(through, ends.endsOn);
  const decidedWhole = {undecided: 0, undecided_may_turn: false};
  if (boundOf(goal) !== null && (target.every !== undefined || target.each !== undefined))
    return {counted_to, ...decidedWhole, ...partsOf({goal: asked.goal, due: asked.due, ...about})};
  // What is done late is seen: a deliverable is looked at on the day asked for.
  if (goal?.kind === "done") {
    return {counted_to: through, ...decidedWhole, ...doneOf({goal: asked.goal, due: asked.due, ...about})};
  }
  return measuredOver(about, goal, ends);
}

/** The measure over the days of the period, or as it stands on a day of it. */
function measuredOver(about: About, goal: Goal | null, {dueOn: due_on, awaitsEvent, endsOn}: End): Counted {
  const {target, segment, measure, actuals, through, project} = about;
  const {period} = target;
  const counted_to = earlier(through, endsOn);
  const begun = counted_to >= period.from;
  const actual = begun
    ? readMeasure(actuals, measure, segment, {from: period.from, to: counted_to, knownTo: through})
    : notBegun(about);
  const baseline = readBaseline(target, segment, begun ? counted_to : null, about);
  const weights = monthWeightsOf(target, segment, {actuals, roster: project.roster});
  const pace =
    goal === null || awaitsEvent
      ? null
      : choosePace({
          goal,
          shape: measure.shape,
          nature: measure.nature ?? null,
          hasDue: due_on !== null,
          byDay: baseline.windows.length > 0,
          declared: target.pace,
          weights
        });
  const ofRows = measure.aggregate.kind === "share" && measure.aggregate.weight === null;
  const calculated = figures({
    goal,
    baseline: baseline.value,
    offset: baseline.offset,
    shape: measure.shape,
    actual: actual.exact,
    rowsOfShare: ofRows ? (actual.denominator ?? null) : null,
    baseline_to_date: baseline.to_date,
    pace,
    line: begun && pace?.name === "linear" ? lineOf(about, counted_to) : null,
    weights,
    from: period.from,
    endsOn,
    countedTo: begun ? counted_to : null
  });
  const series = seriesOf(about, begun ? counted_to : null, baseline);
  const methods = [...new Set([...series.baseline, ...series.actual])];
  const broken = baseline.windows.length > 0 && methods.length > 1;
  const reason = actual.reason ?? baseline.reason ?? (broken ? acrossBreak(methods) : overZero(calculated));
  const {over_zero: _, row, ...rest} = calculated;
  return {
    row: {
      unit: measure.unit,
      due_on,
      done_on: actual.done_on ?? null,
      numerator: actual.numerator ?? null,
      denominator: actual.denominator ?? null,
      reason_code: reason?.code ?? null,
      rows_counted: actual.rows_counted,
      ...row,
      // Counts of two methods stand side by side, but nothing is said of their difference.
      ...(broken ? {change_to_date: null, progress_share: null} : {})
    },
    null_detail: reason?.detail ?? null,
    parts: [],
    division: null,
    series,
    baseline: baseline.window,
    baseline_windows: baseline.windows,
    counted_to,
    undecided: actual.undecided ?? 0,
    undecided_may_turn: mayTurn(actual, {goal, baseline: baseline.value, offset: baseline.offset}),
    ...rest
  };
}

/** With nothing known there is no day to go back to, so the question stands as it was asked. */
function lastDay(
  {through, until}: Pick<RowContext, "through" | "until">,
  lastCovered: IsoDate | null,
  horizon: IsoDate | null,
  asked: IsoDate
): IsoDate {
  if (horizon === null) return asked;
  if (through !== null) return earlier(through, horizon);
  const complete = lastCovered ?? horizon;
  return until == null ? complete : earlier(until, complete);
}

/** No day of the period is counted: because it lies ahead, or because what is known ends before it. */
function notBegun({actuals, target, segment, asked_through}: About): ReadValue {
  const {from, to} = target.period;
  const unknown = {value: null, rows_counted: null, exact: null};
  if (asked_through !== null && asked_through >= from) {
    const missing = actuals.over(target.measure, segment, from, earlier(asked_through, to));
    if (missing.value === null) return {...unknown, reason: missing.reason};
  }
  return {...unknown, reason: {code: "not_covered", detail: `the period begins on ${longDate(from)}`}};
}

/** Where a stock's way to its due day begins: on the eve of its period, or on the first day of it that is known. */
function lineOf({target, measure, segment, actuals}: About, countedTo: IsoDate): Measured["line"] {
  if (measure.shape !== "stock") return null;
  for (let day = addDays(target.period.from, -1); day <= countedTo; day = addDays(day, 1)) {
    const start = readMeasure(actuals, measure, segment, {from: day, to: day, knownTo: day}).exact;
    if (start !== null) return {from: day, start};
  }
  return null;
}

/** Whether the cases that are not decided yet may turn the verdict, were all of them to end in time or none. */
function mayTurn({undecided = 0, numerator, denominator, exact: value}: ReadValue, at: GoalAt): boolean {
  if (undecided === 0 || numerator == null || denominator == null || value === null) return false;
  const all = exact(denominator + undecided);
  const verdicts = [numerator, numerator + undecided].map((ended) => meets(dividedBy(exact(ended), all)!, at));
  return verdicts.some((verdict) => verdict !== meets(value, at));
}

function seriesOf(
  {actuals, target, measure}: About,
  countedTo: IsoDate | null,
  {windows}: BaselineValue
): Measured["series"] {
  const touched = (from: IsoDate, to: IsoDate) => {
    if (measure.rolling !== undefined) return actuals.series(target.measure, rollingFrom(to, measure.rolling), to);
    if (measure.cumulative !== undefined) return actuals.series(target.measure, measure.cumulative.since, to);
    // A stock is what stands on a day, however it was counted before.
    return actuals.series(target.measure, measure.shape === "stock" ? to : from, to);
  };
  return {
    actual: touched(target.period.from, countedTo ?? target.period.from),
    baseline: [...new Set([...windows].reverse().flatMap(({from, to}) => touched(from, to)))]
  };
}

function acrossBreak(methods: readonly string[]): {readonly code: "series_break"; readonly detail: string} {
  return {code: "series_break", detail: `counted by ${methods.join(" and ")}`};
}

function overZero({over_zero}: Figures): WindowValue["reason"] {
  if (over_zero.length === 0) return null;
  return {code: "zero_base", detail: `${over_zero.join(", ")} would be divided by 0`};
}

function isSame(a: SegmentKey, b: SegmentKey): boolean {
  return a.type === b.type && a.code === b.code;
}
