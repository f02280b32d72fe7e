import type {WindowValue} from "../actuals/contract.ts";
import {type IsoDate, toDay} from "../calendar/iso-date.ts";
import {boundOf, type Goal} from "../config/goal.ts";
import type {Due, Project, ProjectMeasure, ProjectTarget} from "../config/project.ts";
import type {Segment} from "../config/roster.ts";
import {dividedBy, exact, toNumber} from "../statistics/exact.ts";
import type {BaselineContext, BaselineValue} from "./baseline.ts";
import type {Part} from "./contract.ts";
import {type FigureInput, type Figures, figures} from "./figures.ts";
import {meets} from "./goal.ts";
import type {ChosenPace} from "./pace.ts";
import {exactValue} from "./read-measure.ts";

/** What the parts of a row are asked for. */
export interface PartsInput extends BaselineContext {
  readonly project: Project;
  readonly target: ProjectTarget;
  /** The goal and the due day in force: the target's own, or a revision's. */
  readonly goal: Goal;
  readonly due: Due | null;
  /** The row's. */
  readonly segment: Segment;
}

export type PartBaseline = Pick<BaselineValue, "value" | "to_date" | "windows" | "offset" | "reason">;

export const noBaseline: PartBaseline = {value: null, to_date: null, windows: [], offset: null, reason: null};

/** A part's days and what was counted in them. */
export interface PartAt {
  readonly part: Part["part"];
  readonly segment: Segment;
  readonly period: Part["period"];
  readonly shift: string | null;
  readonly due_on: IsoDate | null;
  readonly actual: WindowValue;
  readonly baseline: PartBaseline;
  /** Of a unit whose time runs on; null of sub-periods, which are judged when they are over. */
  readonly pace: ChosenPace | null;
  /** The last day that counts for the part, and whether it is over. */
  readonly ends: IsoDate;
  readonly over: boolean;
  /** Whether the part drops out of the row as days are added, because its unit leaves the roster. */
  readonly leaves: boolean;
  /** Whether the goal is met by now, where that is later than the day on which it was due. */
  readonly metSince: boolean;
}

/** A part, with what its verdict rests on. */
export interface JudgedPart extends Pick<Figures, "holdsIfRaisedBy" | "exact"> {
  readonly part: Part;
  readonly at: PartAt;
}

/** Holds a part against the goal. */
export function judgePart(input: PartsInput, at: PartAt): JudgedPart {
  const {actual, baseline} = at;
  const calculated = figures(figureInput(input, at));
  const {done_on = null} = actual;
  // What is completed after its due day is done, but was not done by then.
  const holds = done_on === null ? calculated.holds : done_on <= at.ends;
  const holdsIfRaisedBy = done_on === null ? calculated.holdsIfRaisedBy : () => holds;
  const {target} = calculated.exact;
  return {
    part: {
      part: at.part,
      segment: at.segment,
      period: at.period,
      shift: at.shift,
      due_on: at.due_on,
      done_on,
      actual_value: actual.value,
      numerator: actual.numerator ?? null,
      denominator: actual.denominator ?? null,
      baseline_value: baseline.value === null ? null : toNumber(baseline.value),
      target_value: target === null ? null : toNumber(target),
      rows_counted: actual.rows_counted,
      verdict: holds === null ? "unknown" : holds ? "yes" : "no",
      final: holds !== null && !at.leaves && isFinal(input, at, holds, holdsIfRaisedBy),
      late: holds === false && (done_on !== null || at.metSince),
      reason: actual.value === null ? actual.reason : holds === null ? whyUnknown(at) : null
    },
    at,
    exact: calculated.exact,
    holdsIfRaisedBy
  };
}

function figureInput(input: PartsInput, {actual, baseline, pace, period, ends}: PartAt): FigureInput {
  const {aggregate, shape} = measureOf(input);
  const ofRows = aggregate.kind === "share" && aggregate.weight === null;
  return {
    goal: input.goal,
    shape,
    actual: exactValue(actual),
    rowsOfShare: ofRows ? (actual.denominator ?? null) : null,
    baseline: baseline.value,
    offset: baseline.offset,
    baseline_to_date: baseline.to_date,
    pace,
    line: null,
    weights: null,
    from: period.from,
    endsOn: ends,
    countedTo: period.to
  };
}

function whyUnknown({baseline}: PartAt): WindowValue["reason"] {
  if (baseline.value === null) return baseline.reason;
  return {code: "zero_base", detail: "a rise from 0 can't be measured in percent"};
}

/** Whether neither a later day, nor a report still to come, nor a case still open can turn the verdict. */
function isFinal(input: PartsInput, at: PartAt, holds: boolean, holdsIfRaisedBy: Figures["holdsIfRaisedBy"]): boolean {
  if (at.actual.done_on != null) return true;
  if (!at.over) return cannotTurn(input, at, holds);
  if (!openCasesAgree(input, at, holds)) return false;
  const {actuals, target} = input;
  const {mature} = input.project.sources.get(measureOf(input).source) ?? {};
  const known = actuals.knownTo(target.measure, at.segment);
  if (mature === undefined || (known !== null && toDay(known) - toDay(at.ends) >= mature.after)) return true;
  return cannotTurn(input, at, holds) || (!fallsBack(input) && holdsIfRaisedBy(2 * mature.late) === holds);
}

/** Whether the open cases leave the verdict as it is, were all of them to end in time or none. */
function openCasesAgree({goal}: PartsInput, {actual, baseline}: PartAt, holds: boolean): boolean {
  const {undecided = 0, numerator, denominator} = actual;
  if (undecided === 0) return true;
  if (numerator == null || denominator == null) return false;
  const all = exact(denominator + undecided);
  return [numerator, numerator + undecided].every((ended) => {
    const share = dividedBy(exact(ended), all);
    return share !== null && meets(share, {goal, ...baseline, baseline: baseline.value}) === holds;
  });
}

/**
 * Counts only grow: a level that is reached stays so, and a limit that is exceeded. A bare direction is never decided
 * early.
 */
function cannotTurn(input: PartsInput, {actual}: PartAt, holds: boolean): boolean {
  const {goal} = input;
  if (measureOf(input).shape !== "flow" || fallsBack(input)) return false;
  if (goal.kind === "change" && goal.change.form === "direction") return false;
  const bound = boundOf(goal);
  if (bound !== "both") return bound === "lower" ? holds : !holds;
  const value = exactValue(actual);
  const most = mostOf(goal);
  return value !== null && most !== null && meets(value, {goal: atMost(most), baseline: null}) === false;
}

/** A sum with values below 0: more reports may lower it. */
function fallsBack(input: PartsInput): boolean {
  return measureOf(input).shape === "flow" && input.actuals.canFall(input.target.measure);
}

function mostOf(goal: Goal): string | null {
  if (goal.kind === "between") return goal.high;
  return goal.kind === "exactly" ? goal.level : null;
}

function atMost(level: string): Goal {
  return {kind: "at_most", level, written: level};
}

/** The measure of a target; all its names were checked. */
export function measureOf({project, target}: Pick<PartsInput, "project" | "target">): ProjectMeasure {
  const measure = project.measures.get(target.measure);
  if (measure === undefined) throw new Error(`${target.target}: its measure was not checked`);
  return measure;
}
