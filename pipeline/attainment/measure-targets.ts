import type {Actuals, WindowValue} from "../actuals/contract.ts";
import {daysIn, earlier, type IsoDate, longDate} from "../calendar/iso-date.ts";
import type {Project, ProjectMeasure, ProjectSource, ProjectTarget, SegmentKey} from "../config/project.ts";
import {findSegment, leavesBelow, type Segment} from "../config/roster.ts";
import {exact} from "../statistics/exact.ts";
import {type BaselineValue, readBaseline} from "./baseline.ts";
import type {Measured} from "./contract.ts";
import {type Figures, figures} from "./figures.ts";

export interface MeasureOptions {
  /** Time of the last ledger entry known; null when nothing was. */
  readonly as_of: string | null;
  /** The last day to count, as asked; null: the last day that every partition of a target's source covers. */
  readonly through: IsoDate | null;
  /** Without `through`: never count beyond this day, the last one of a report's period. */
  readonly until?: IsoDate | null | undefined;
  /** Which targets and segments are wanted; all where it is left out. */
  readonly wants?: ((target: ProjectTarget, segment: Segment) => boolean) | undefined;
}

/**
 * Holds every target against the actuals: one row a target and segment, the binding one first, then the segments of
 * `by_segment` that lie below it and belong to the roster in the period, in the roster's order.
 *
 * `row.through` is the day asked for by `through`, or the last day that any partition covers where that is earlier:
 * what lacks in other partitions is told as a null with its reason, never hidden by going back to a day on which all
 * were complete. With no day asked it is the last day that every partition covers, `until` at the latest: a report
 * counts what is complete and says through when. It may lie after the period; the actual is counted to `counted_to`,
 * the earlier of it and the period's end.
 */
export function measureTargets(project: Project, actuals: Actuals, options: MeasureOptions): Measured[] {
  return project.targets.flatMap((target) =>
    segmentsOf(project, target)
      .filter((segment) => options.wants?.(target, segment) ?? true)
      .map((segment) => measure(project, actuals, target, segment, options))
  );
}

function segmentsOf({roster}: Project, target: ProjectTarget): Segment[] {
  const at = findSegment(roster, target.at);
  if (at === null) throw new Error(`${target.target}: its segment was not checked`);
  const shown = target.by_segment.flatMap((type) =>
    leavesBelow(roster, at, type).filter((segment) => !isSame(segment, at) && isValidIn(segment, target.period))
  );
  return [at, ...shown];
}

function measure(
  project: Project,
  actuals: Actuals,
  target: ProjectTarget,
  segment: Segment,
  {as_of, ...options}: MeasureOptions
): Measured {
  const {period} = target;
  const aboutMeasure = project.measures.get(target.measure);
  const source = project.sources.get(aboutMeasure?.source ?? "");
  if (aboutMeasure === undefined || source === undefined)
    throw new Error(`${target.target}: its measure was not checked`);
  const binding = isSame(segment, target.at);

  const horizon = actuals.horizon(target.measure);
  const asked = options.through ?? options.until ?? null;
  const through = lastDay(options, actuals.lastCovered(target.measure), horizon, asked ?? period.to);
  const counted_to = earlier(through, period.to);
  const begun = counted_to >= period.from;
  const actual = begun
    ? actuals.over(target.measure, segment, period.from, counted_to)
    : notBegun(actuals, target, segment, asked);
  const baseline = readBaseline(target, segment, begun ? counted_to : null, {actuals, calendar: project.calendar});

  const {kind} = target.goal;
  // A level is set for one segment; an Area held against the city's would always look well.
  const goal = kind === "change" || binding ? target.goal : null;
  const days = daysIn(period.from, period.to);
  const days_counted = daysIn(period.from, counted_to);
  const calculated = figures({
    kind,
    goal,
    declaredPace: target.pace === "baseline" || target.pace === "linear" ? target.pace : undefined,
    days,
    days_counted,
    actual: actual.value === null ? null : exact(actual.value),
    baseline: baseline.value,
    baseline_to_date: baseline.to_date,
    byDay: baseline.window !== null
  });
  const series = seriesOf(actuals, target, begun ? counted_to : null, baseline);
  const methods = [...new Set([...series.baseline, ...series.actual])];
  const broken = baseline.window !== null && methods.length > 1;
  const reason = actual.reason ?? baseline.reason ?? (broken ? acrossBreak(methods) : overZero(calculated));
  return {
    row: {
      ...descriptionOf(target, aboutMeasure, segment, binding),
      through,
      as_of,
      series: methods.join("+"),
      ...calculated.row,
      // Counts of two methods stand side by side, but nothing is said of their difference.
      ...(broken ? {change_to_date: null, progress_share: null} : {}),
      numerator: null,
      denominator: null,
      probability: null,
      projected_value: null,
      projected_low: null,
      projected_high: null,
      reason_code: reason?.code ?? null,
      rows_counted: actual.rows_counted
    },
    days,
    days_counted,
    counted_to,
    ends_on: period.to,
    asked_through: asked,
    null_detail: reason?.detail ?? null,
    goal,
    goal_value: goal?.written ?? null,
    shape: aboutMeasure.shape,
    original: null,
    parts: [],
    division: null,
    goal_moved: false,
    undecided: actual.undecided ?? 0,
    bound: calculated.bound,
    nature: aboutMeasure.nature ?? null,
    known_to: actuals.knownTo(target.measure, segment),
    can_fall: actuals.canFall(target.measure),
    ...rulesOf(source),
    series,
    baseline: baseline.window,
    baseline_windows: baseline.window === null ? [] : [baseline.window],
    expected_between: null,
    line: null,
    exact: calculated.exact,
    holds: calculated.holds,
    holdsIfRaisedBy: calculated.holdsIfRaisedBy,
    pace: calculated.pace,
    pace_fell_back: calculated.pace_fell_back
  };
}

/** With nothing known there is no day to go back to, so the question stands as it was asked. */
function lastDay(
  {through, until}: Pick<MeasureOptions, "through" | "until">,
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
function notBegun(actuals: Actuals, target: ProjectTarget, segment: SegmentKey, asked: IsoDate | null): WindowValue {
  const {from, to} = target.period;
  if (asked !== null && asked >= from) {
    const missing = actuals.over(target.measure, segment, from, earlier(asked, to));
    if (missing.value === null) return missing;
  }
  return {
    value: null,
    rows_counted: null,
    reason: {code: "not_covered", detail: `the period begins on ${longDate(from)}`}
  };
}

function seriesOf(
  actuals: Actuals,
  {measure, period}: ProjectTarget,
  countedTo: IsoDate | null,
  {window}: BaselineValue
): Measured["series"] {
  return {
    actual: actuals.series(measure, period.from, countedTo ?? period.from),
    baseline: window === null ? [] : actuals.series(measure, window.from, window.to)
  };
}

function acrossBreak(methods: readonly string[]): {readonly code: "series_break"; readonly detail: string} {
  return {code: "series_break", detail: `counted by ${methods.join(" and ")}`};
}

function overZero({over_zero}: Figures): WindowValue["reason"] {
  if (over_zero.length === 0) return null;
  return {code: "zero_base", detail: `${over_zero.join(", ")} would be divided by 0`};
}

function descriptionOf(target: ProjectTarget, measure: ProjectMeasure, segment: Segment, binding: boolean) {
  return {
    target: target.target,
    milestone: target.milestone?.milestone ?? null,
    plan: target.plan?.plan ?? null,
    goal: target.milestone?.goal ?? null,
    initiative: target.milestone?.initiative ?? null,
    activity: target.milestone?.activity ?? null,
    owner: target.milestone?.owner ?? null,
    title: target.title,
    measure: target.measure,
    unit: measure.unit,
    better: measure.better,
    goal_kind: target.goal.kind,
    segment_type: segment.type,
    segment: segment.code,
    segment_name: segment.name,
    part: "whole" as const,
    binding,
    period: target.period.name,
    period_from: target.period.from,
    period_to: target.period.to,
    due_on: null,
    done_on: null
  };
}

function rulesOf({mature, freshness}: ProjectSource): Pick<Measured, "mature" | "freshness_error_after"> {
  return {mature: mature ?? null, freshness_error_after: freshness?.error_after ?? null};
}

function isSame(a: SegmentKey, b: SegmentKey): boolean {
  return a.type === b.type && a.code === b.code;
}

function isValidIn(
  {valid_from, valid_to}: Segment,
  {from, to}: {readonly from: IsoDate; readonly to: IsoDate}
): boolean {
  return (valid_from === null || valid_from <= to) && (valid_to === null || valid_to >= from);
}
