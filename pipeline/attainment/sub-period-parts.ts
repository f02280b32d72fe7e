import type {WindowValue} from "../actuals/contract.ts";
import {addCalendarMonths, addDays, type IsoDate, later} from "../calendar/iso-date.ts";
import {type Period, precedingPeriod, previousPeriod} from "../calendar/period.ts";
import {type SubPeriod, subPeriodsOf} from "../calendar/sub-periods.ts";
import {leavesBelow, type Segment, segmentsOfType} from "../config/roster.ts";
import {exact} from "../statistics/exact.ts";
import {readBaseline} from "./baseline.ts";
import {type JudgedPart, judgePart, measureOf, noBaseline, type PartBaseline, type PartsInput} from "./part-value.ts";
import {exactValue, readMeasure} from "./read-measure.ts";

/** A sub-period of a target's own. */
interface Cut extends SubPeriod {
  /** A class, where the source tells which rows are its own; null: the rows of its days. */
  readonly of: Segment | null;
  /** The one before it, where the calendar does not tell; null where nothing came before. */
  readonly before?: Cut | null;
}

/** The finished sub-periods of a row, and how many there will be in its period. */
export interface SubPeriodParts {
  readonly judged: readonly JudgedPart[];
  /** Null where nobody can know. */
  readonly planned: number | null;
}

/**
 * The goal of `every`, held against each sub-period that is over by `countedTo`; with units, of each of these while the
 * roster has it on all days of the sub-period. One whose cases are all still open is not over either.
 */
export function subPeriodParts(
  input: PartsInput,
  countedTo: IsoDate,
  units: readonly Segment[] | null
): SubPeriodParts {
  // Days of observation are a unit's own; all else the calendar tells for all of them at once.
  const shared = input.target.every === "observation" ? null : cutsOf(input, input.segment, countedTo);
  const all = (units ?? [input.segment]).map((segment) => {
    const cuts = (shared ?? cutsOf(input, segment, countedTo)).filter(
      (cut) => units === null || isValidThrough(segment, cut)
    );
    const judged = cuts.filter(({to}) => to <= countedTo).flatMap((cut) => judgeCut(input, cut, segment));
    return {judged, planned: input.target.every === "observation" ? null : cuts.length};
  });
  return {
    judged: all.flatMap(({judged}) => judged),
    planned: all.reduce<number | null>((sum, {planned}) => (sum === null || planned === null ? null : sum + planned), 0)
  };
}

function judgeCut(input: PartsInput, cut: Cut, segment: Segment): JudgedPart[] {
  const actual = cutValue(input, cut, segment);
  if (actual.value === null && (actual.undecided ?? 0) > 0) return [];
  const {name, from, to, shift} = cut;
  const baseline = baselineOf(input, cut, segment);
  const fixed = {due_on: null, pace: null, ends: to, over: true, leaves: false, metSince: false};
  return [judgePart(input, {part: "sub_period", segment, period: {name, from, to}, shift, actual, baseline, ...fixed})];
}

/** All sub-periods of the period that end with it, those to come with them; of observations those made so far. */
function cutsOf(input: PartsInput, segment: Segment, countedTo: IsoDate): Cut[] {
  const {project, target} = input;
  const cadence = target.every;
  if (cadence === "class") return classCuts(input);
  if (cadence === "observation") return observationCuts(input, segment, countedTo);
  if (cadence === undefined) throw new Error(`${target.target} has no every`);
  return subPeriodsOf(cadence, target.period, project.calendar).map((cut) => ({...cut, of: null}));
}

/**
 * The classes that end in the period, by the day on which they began. Of a source that names the class of a row it is
 * the class's own rows that count, else those of its days: two classes at one time then share them.
 */
function classCuts({project, target, segment}: PartsInput): Cut[] {
  const type = project.calendar.classes ?? "";
  const below = leavesBelow(project.roster, segment, type);
  const told = Object.values(project.sources.get(measureOf({project, target}).source)?.columns ?? {}).some(
    (column) => column.segment === type
  );
  const classes = (below.length > 0 ? below : segmentsOfType(project.roster, type))
    .flatMap((one) => {
      const {name, valid_from, valid_to} = one;
      if (valid_from === null || valid_to === null) return [];
      return [{name, kind: "any" as const, from: valid_from, to: valid_to, shift: null, of: told ? one : null}];
    })
    .sort((a, b) => (a.from === b.from ? 0 : a.from < b.from ? -1 : 1));
  return classes
    .map((cut, index): Cut => ({...cut, before: classes[index - 1] ?? null}))
    .filter(({to}) => to >= target.period.from && to <= target.period.to);
}

/** The days observed; before the first of the period stands the last one of the year before it. */
function observationCuts({actuals, target}: PartsInput, segment: Segment, countedTo: IsoDate): Cut[] {
  const {from} = target.period;
  const days = actuals.observations(target.measure, segment, from, countedTo);
  const eve = actuals.observations(target.measure, segment, addCalendarMonths(from, -12), addDays(from, -1)).at(-1);
  const cutOf = (day: IsoDate): Cut => ({name: day, kind: "any", from: day, to: day, shift: null, of: null});
  return days.map((day, index) => {
    const before = days[index - 1] ?? eve;
    return {...cutOf(day), before: before === undefined ? null : cutOf(before)};
  });
}

function cutValue(input: PartsInput, {from, to, shift, of}: Cut, segment: Segment): WindowValue {
  const {actuals, target, through} = input;
  if (shift !== null) return actuals.over(target.measure, segment, from, to, {shift});
  return readMeasure(actuals, measureOf(input), of ?? segment, {from, to, knownTo: later(to, through)});
}

/**
 * What a sub-period is held against: `preceding` is the sub-period before, of a shift the same one a day before,
 * `previous` the same a year earlier; a stated value is the same for all.
 */
function baselineOf(input: PartsInput, cut: Cut, segment: Segment): PartBaseline {
  const {baseline} = input.target;
  if (baseline === undefined) return noBaseline;
  if (baseline.value !== undefined) return {...noBaseline, value: exact(baseline.value)};
  const own = cut.shift !== null || cut.before !== undefined;
  const earlier = own ? earlierCut(cut, baseline.period) : undefined;
  if (earlier === undefined) {
    return readBaseline({...input.target, period: cut}, cut.of ?? segment, cut.to, input);
  }
  if (earlier === null) {
    return {...noBaseline, reason: {code: "baseline_not_covered", detail: `nothing came before ${cut.name}`}};
  }
  const read = cutValue(input, earlier, segment);
  const {from, to} = earlier;
  const value = exactValue(read);
  const reason = read.reason === null ? null : {...read.reason, code: "baseline_not_covered" as const};
  return {...noBaseline, value, to_date: value, windows: [{from, to, counted_to: to}], reason};
}

/** Undefined: a baseline that does not look at the sub-period before. */
function earlierCut(cut: Cut, period: string | undefined): Cut | null | undefined {
  const at = ({from, to}: Period): Cut => ({...cut, from, to});
  if (period === "preceding") return cut.shift === null ? cut.before : at(precedingPeriod(cut));
  return period === "previous" ? at(previousPeriod(cut)) : undefined;
}

function isValidThrough({valid_from, valid_to}: Segment, {from, to}: Cut): boolean {
  return (valid_from === null || valid_from <= from) && (valid_to === null || valid_to >= to);
}
