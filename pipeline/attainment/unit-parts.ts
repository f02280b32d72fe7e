import type {WindowValue} from "../actuals/contract.ts";
import {earlier, type IsoDate, later} from "../calendar/iso-date.ts";
import {boundOf} from "../config/goal.ts";
import {leavesBelow, type Segment} from "../config/roster.ts";
import {compare, exact, minus, times} from "../statistics/exact.ts";
import {readBaseline} from "./baseline.ts";
import type {Division} from "./contract.ts";
import {dueOn, unitDueOn} from "./due.ts";
import {meets} from "./goal.ts";
import {choosePace} from "./pace.ts";
import {type JudgedPart, judgePart, measureOf, noBaseline, type PartBaseline, type PartsInput} from "./part-value.ts";
import {exactValue, readMeasure} from "./read-measure.ts";

/** The units of a row, held against the goal. */
export interface UnitParts {
  readonly judged: readonly JudgedPart[];
  /** Units of the row's last day to come: those of today that stay, and those that the roster lets join. */
  readonly planned: number;
  /** Whether a unit is to join that can't be judged yet. */
  readonly joining: boolean;
  /** The day by which all are due; null where each has its own, or nothing but the period ends. */
  readonly due_on: IsoDate | null;
  /** Whether every unit's time is over. */
  readonly over: boolean;
}

/**
 * The goal of `each`, held against every unit of the roster: those at or below the row's segment that are valid on the
 * row's last day, which is the due day where there is one. None that is in the roster is left out: one without a row is
 * 0, and one that joined late is counted from the day on which it joined. One that has left by then is not counted.
 *
 * A class (a unit of the calendar's type of classes) counts when its days touch the period, over or not, and by all its
 * own days; one that has not begun is to come.
 */
export function unitParts(input: PartsInput): UnitParts {
  const {target, due, through} = input;
  const due_on = dueOn(due, input);
  const awaits = due?.kind === "event" && due_on === null;
  const countedTo = earlier(through, target.period.to);
  const lastDay = due_on ?? target.period.to;
  const isClass = target.each === input.project.calendar.classes;
  const all = unitsOf(input);
  const counts = (unit: Segment, day: IsoDate) =>
    isClass ? touches(unit, target.period.from, day) : touches(unit, day, day);
  const begun = through >= target.period.from;
  const present = all.filter((unit) => begun && counts(unit, due_on === null ? countedTo : earlier(due_on, through)));
  const staying = all.filter((unit) => counts(unit, lastDay));
  const judged = present.map((unit) =>
    judgeUnit(input, unit, {due_on, awaits, isClass, leaves: !staying.includes(unit)})
  );
  const joining = staying.some((unit) => !present.includes(unit));
  return {judged, planned: staying.length, joining, due_on, over: !joining && judged.every(({at}) => at.over)};
}

/** Members of the type of `each` at or below the row's segment; with `joined` those that joined the roster in the period. */
export function unitsOf({project, target, segment}: PartsInput): readonly Segment[] {
  const {each = "", joined, period} = target;
  const all = leavesBelow(project.roster, segment, each);
  if (joined === undefined) return all;
  return all.filter(({valid_from}) => valid_from !== null && valid_from >= period.from && valid_from <= period.to);
}

interface UnitContext {
  readonly due_on: IsoDate | null;
  /** The event has not happened that the due day is told from. */
  readonly awaits: boolean;
  readonly isClass: boolean;
  readonly leaves: boolean;
}

function judgeUnit(input: PartsInput, unit: Segment, {due_on, awaits, isClass, leaves}: UnitContext): JudgedPart {
  const {target, goal, through} = input;
  const {period} = target;
  const due = unitDueOn(input.due, unit, due_on);
  // A class ends with its last day; what is due, on its due day; all else with the period.
  const ends = due ?? (isClass ? earlier(unit.valid_to ?? period.to, period.to) : period.to);
  const from = isClass ? (unit.valid_from ?? period.from) : later(period.from, unit.valid_from ?? period.from);
  const to = earlier(earlier(ends, through), unit.valid_to ?? ends);
  const {shape, nature = null} = measureOf(input);
  const now = earlier(through, unit.valid_to ?? through);
  const actual = valueOver(input, unit, from, shape === "done" ? now : to);
  const baseline = baselineOf(input, unit, earlier(to, period.to));
  const isDue = due !== null && through >= due;
  return judgePart(input, {
    part: "unit",
    segment: unit,
    period: {name: period.name, from, to},
    shift: null,
    due_on: due,
    actual,
    baseline,
    pace: choosePace({
      goal,
      shape,
      nature,
      hasDue: due !== null,
      byDay: baseline.to_date !== null,
      declared: target.pace === "seasonal" ? undefined : target.pace,
      weights: null
    }),
    ends,
    over: !awaits && through >= ends,
    leaves,
    metSince: isDue && shape !== "done" && to < now && isMetBy(input, unit, from, now, baseline)
  });
}

function valueOver(input: PartsInput, unit: Segment, from: IsoDate, to: IsoDate): WindowValue {
  return readMeasure(input.actuals, measureOf(input), unit, {from, to, knownTo: later(to, input.through)});
}

function isMetBy(input: PartsInput, unit: Segment, from: IsoDate, to: IsoDate, baseline: PartBaseline): boolean {
  if (boundOf(input.goal) !== "lower") return false;
  const value = exactValue(valueOver(input, unit, from, to));
  const at = {goal: input.goal, baseline: baseline.value, offset: baseline.offset};
  return value !== null && meets(value, at) === true;
}

/** Each unit's own; a stated value is the same for all. */
function baselineOf(input: PartsInput, unit: Segment, countedTo: IsoDate): PartBaseline {
  const {baseline} = input.target;
  if (baseline === undefined) return noBaseline;
  if (baseline.value !== undefined) return {...noBaseline, value: exact(baseline.value)};
  return readBaseline(input.target, unit, countedTo, input);
}

function touches({valid_from, valid_to}: Segment, from: IsoDate, to: IsoDate): boolean {
  return (valid_from === null || valid_from <= to) && (valid_to === null || valid_to >= from);
}

const paces = ["behind", "near", "at"] as const;

/** How the unit furthest behind stands against its own pace, of those whose time runs on; null where none does. */
export function paceOf(input: PartsInput, judged: readonly JudgedPart[]): Division["pace"] {
  const running = judged.filter(({part, at}) => !part.final && !at.over && part.verdict !== "unknown");
  const stands = running.map((one) => paceOfUnit(input, one));
  return paces.find((pace) => stands.includes(pace)) ?? null;
}

/** Of outputs one behind is near, of a change what is better than the baseline so far, of other levels 85% of the way. */
function paceOfUnit(input: PartsInput, {part, exact: {actual, expected, baseline_to_date}}: JudgedPart) {
  const {shape, nature} = measureOf(input);
  const holds = part.verdict === "yes";
  if (shape !== "flow" || actual === null || expected === null) return holds ? "at" : "behind";
  const bound = boundOf(input.goal);
  const isChange = input.goal.kind === "change";
  if (bound === "both" || (bound === "upper" && !isChange)) return holds || bound === "both" ? "at" : "behind";
  const better = bound === "upper" ? -1 : 1;
  if (compare(actual, expected) !== -better) return "at";
  if (isChange) return baseline_to_date !== null && compare(actual, baseline_to_date) === better ? "near" : "behind";
  const isNear =
    nature === "output"
      ? compare(minus(expected, actual), exact(1)) <= 0
      : compare(actual, times(exact("0.85"), expected)) >= 0;
  return isNear ? "near" : "behind";
}
