import type {NullReason} from "../actuals/contract.ts";
import {earlier, type IsoDate, longDate} from "../calendar/iso-date.ts";
import {cadenceNoun, countedCadence} from "../config/cadence-words.ts";
import {countedSegments, nounOf, pluralOf} from "../config/segment-plural.ts";
import type {Cadence} from "../config/target.ts";
import {dividedBy, type Exact, exact, minus, toNumber} from "../statistics/exact.ts";
import type {AttainmentRow, BaselineWindow, Division, Measured, Part} from "./contract.ts";
import {type JudgedPart, measureOf, type PartsInput} from "./part-value.ts";
import {subPeriodParts} from "./sub-period-parts.ts";
import {paceOf, unitParts, unitsOf} from "./unit-parts.ts";

/** What a row with `every`, `each` or `done` is made of, in place of the measure over its period. */
export interface WholeFigures
  extends Pick<
    Measured,
    | "null_detail"
    | "parts"
    | "division"
    | "series"
    | "baseline"
    | "baseline_windows"
    | "bound"
    | "exact"
    | "expected_between"
    | "line"
    | "holds"
    | "holdsIfRaisedBy"
    | "pace"
    | "pace_fell_back"
  > {
  readonly row: Pick<
    AttainmentRow,
    | "unit"
    | "due_on"
    | "done_on"
    | "baseline_value"
    | "baseline_to_date"
    | "target_value"
    | "actual_value"
    | "numerator"
    | "denominator"
    | "expected_to_date"
    | "change_to_date"
    | "progress_share"
    | "gap"
    | "attainment_ratio"
    | "reason_code"
    | "rows_counted"
  >;
}

/**
 * A row with `every` or `each`: its parts, and what they come to. Of sub-periods the share that met the goal of those
 * over, of units the number that met it of those that the roster has.
 */
export function partsOf(input: PartsInput): WholeFigures {
  return input.target.every === undefined ? ofUnits(input) : ofSubPeriods(input);
}

function ofSubPeriods(input: PartsInput): WholeFigures {
  const {target} = input;
  const countedTo = earlier(input.through, target.period.to);
  const units = target.each === undefined ? null : unitsOf(input);
  const {judged, planned} = subPeriodParts(input, countedTo, units);
  const allow = target.allow ?? 0;
  const over = countedTo === target.period.to;
  const tally = tallyOf(judged);
  const known = tally.unknown === 0 || tally.no - tally.openNo > allow;
  const value = known && judged.length > 0 ? dividedBy(exact(tally.yes), exact(judged.length)) : null;
  const pending = planned === null ? 0 : planned - judged.length;
  const decided = decidedOf(tally, allow, over ? pending : Number.POSITIVE_INFINITY);
  const one = exact(1);
  return whole(input, judged, {
    unit: "share",
    due_on: null,
    value,
    target: one,
    expected: judged.length === 0 ? null : one,
    holds: value === null ? null : tally.no <= allow,
    reason:
      value === null
        ? (notBegun(input) ??
          reasonOf(judged, (count) => countedCadence(count, target.every!)) ??
          noneOver(target.every!, planned))
        : null,
    allow,
    division: {planned, decided, over, pace: null, next_due: null}
  });
}

function ofUnits(input: PartsInput): WholeFigures {
  const {target, through} = input;
  const {judged, planned, joining, due_on, over} = unitParts(input);
  const tally = tallyOf(judged);
  const known = tally.unknown === 0 || tally.no > tally.openNo;
  const type = target.each ?? "";
  const value = known && judged.length > 0 ? exact(tally.yes) : null;
  const all = exact(judged.length);
  const day = earlier(due_on ?? target.period.to, through);
  const nextDue = judged
    .flatMap(({part: {due_on: day, verdict}}) => (day !== null && day > through && verdict !== "yes" ? [day] : []))
    .sort()[0];
  return whole(input, judged, {
    unit: pluralOf(type),
    due_on,
    value,
    target: judged.length === 0 ? null : all,
    expected: over && judged.length > 0 ? all : null,
    holds: value === null ? null : tally.no === 0,
    reason:
      value === null
        ? (notBegun(input) ?? reasonOf(judged, (count) => countedSegments(count, type)) ?? noUnit(type, day))
        : null,
    allow: 0,
    division: {
      planned,
      decided: decidedOf(tally, 0, joining ? Number.POSITIVE_INFINITY : 0),
      over,
      pace: paceOf(input, judged),
      next_due: nextDue ?? null
    }
  });
}

interface Tally {
  readonly yes: number;
  readonly no: number;
  readonly unknown: number;
  /** Of those that met the goal and of those that did not: how many may still turn. */
  readonly openYes: number;
  readonly openNo: number;
}

function tallyOf(judged: readonly JudgedPart[]): Tally {
  const count = (test: (part: Part) => boolean) => judged.filter(({part}) => test(part)).length;
  return {
    yes: count(({verdict}) => verdict === "yes"),
    no: count(({verdict}) => verdict === "no"),
    unknown: count(({verdict}) => verdict === "unknown"),
    openYes: count(({verdict, final}) => verdict === "yes" && !final),
    openNo: count(({verdict, final}) => verdict === "no" && !final)
  };
}

/** Missed once more parts have failed for good than may; met once not more can fail, those to come with them. */
function decidedOf({no, openNo, openYes, unknown}: Tally, allow: number, toCome: number): Division["decided"] {
  if (no - openNo > allow) return "missed";
  return no + openYes + unknown + toCome <= allow ? "met" : null;
}

interface WholeInput {
  readonly unit: string;
  readonly due_on: IsoDate | null;
  readonly value: Exact | null;
  readonly target: Exact | null;
  readonly expected: Exact | null;
  readonly holds: boolean | null;
  readonly reason: {readonly code: NullReason; readonly detail: string} | null;
  readonly allow: number;
  readonly division: Pick<Division, "planned" | "decided" | "over" | "pace" | "next_due">;
}

function whole(input: PartsInput, judged: readonly JudgedPart[], given: WholeInput): WholeFigures {
  const {target, actuals, through} = input;
  const {value, expected} = given;
  const {yes} = tallyOf(judged);
  const windows = distinctWindows(judged);
  const parts = judged.map(({part}) => part);
  const double = (one: Exact | null) => (one === null ? null : toNumber(one));
  const isLevel = input.goal.kind !== "change" && input.goal.kind !== "done";
  const ratio = value === null || expected === null || !isLevel ? null : dividedBy(value, expected);
  return {
    row: {
      unit: given.unit,
      due_on: given.due_on,
      done_on: lastDone(parts),
      baseline_value: null,
      baseline_to_date: null,
      target_value: double(given.target),
      actual_value: double(value),
      numerator: value === null ? null : yes,
      denominator: value === null ? null : judged.length,
      expected_to_date: double(expected),
      change_to_date: null,
      progress_share: null,
      gap: value === null || expected === null ? null : toNumber(minus(value, expected)),
      attainment_ratio: double(ratio),
      reason_code: given.reason?.code ?? null,
      rows_counted: value === null ? null : parts.reduce((sum, {rows_counted}) => sum + (rows_counted ?? 0), 0)
    },
    null_detail: given.reason?.detail ?? null,
    parts,
    division: {
      every: target.every ?? null,
      each: target.each ?? null,
      allow: given.allow,
      unit: measureOf(input).unit,
      ...given.division
    },
    series: {
      actual: actuals.series(target.measure, target.period.from, earlier(through, target.period.to)),
      baseline: [...new Set(windows.flatMap(({from, to}) => actuals.series(target.measure, from, to)))]
    },
    baseline: null,
    baseline_windows: windows,
    bound: "lower",
    exact: {actual: value, target: given.target, expected, baseline_to_date: null},
    expected_between: null,
    line: null,
    holds: given.holds,
    holdsIfRaisedBy: (share) => {
      if (given.holds === null) return null;
      const raised = judged.map((one) => one.holdsIfRaisedBy(share));
      return raised.includes(null) ? null : raised.filter((holds) => !holds).length <= given.allow;
    },
    pace: "hold",
    pace_fell_back: false
  };
}

/** Each run of days once, in the order in which the parts come. */
function distinctWindows(judged: readonly JudgedPart[]): BaselineWindow[] {
  const windows = judged.flatMap(({at}) => at.baseline.windows);
  return [...new Map(windows.map((window) => [`${window.from}/${window.to}`, window])).values()];
}

/** Of units that are all done the day on which the last of them was. */
function lastDone(parts: readonly Part[]): IsoDate | null {
  const days = parts.map(({done_on}) => done_on);
  return days.length === 0 || days.includes(null) ? null : days.sort().at(-1)!;
}

/** "2 of 12 months are not covered": why parts are not known. Null where all are. */
function reasonOf(
  judged: readonly JudgedPart[],
  counted: (count: number) => string
): {readonly code: NullReason; readonly detail: string} | null {
  const reasons = judged.flatMap(({part: {verdict, reason}}) =>
    verdict === "unknown" && reason !== null ? [reason] : []
  );
  const [first] = reasons;
  if (first === undefined) return null;
  const same = reasons.every(({code}) => code === first.code);
  const be = reasons.length === 1 ? "is" : "are";
  const why = same ? whyWords[first.code]?.(reasons.length === 1) : undefined;
  return {code: first.code, detail: `${reasons.length} of ${counted(judged.length)} ${why ?? `${be} not known`}`};
}

const whyWords: Partial<Record<NullReason, (one: boolean) => string>> = {
  not_covered: (one) => `${one ? "is" : "are"} not covered`,
  partition_missing: (one) => `${one ? "is" : "are"} not covered whole`,
  no_cases: (one) => `${one ? "has" : "have"} no cases`,
  baseline_not_covered: (one) => `${one ? "has" : "have"} no baseline to compare with`
};

function notBegun({through, target: {period}}: PartsInput): WholeInput["reason"] {
  if (through >= period.from) return null;
  return {code: "not_covered", detail: `the period begins on ${longDate(period.from)}`};
}

function noneOver(cadence: Cadence, planned: number | null): WholeInput["reason"] {
  if (planned === null) return {code: "no_cases", detail: "nothing was observed yet"};
  const noun = cadenceNoun(cadence, 1);
  return {code: "no_cases", detail: planned === 0 ? `the period holds no whole ${noun}` : `no ${noun} is over yet`};
}

function noUnit(type: string, day: IsoDate): WholeInput["reason"] {
  return {code: "no_cases", detail: `no ${nounOf(type)} is in the roster on ${longDate(day)}`};
}
