import {type DayNumber, fromDay, type IsoDate, toDay} from "../calendar/iso-date.ts";
import {addSpan, type Span} from "../calendar/span.ts";
import type {Aggregate} from "../config/measure.ts";
import type {WindowValue} from "./contract.ts";
import type {DaySums} from "./day-sums.ts";
import type {Role} from "./measure-parts.ts";
import {percentileOf, quotient, rowsIn} from "./order-statistics.ts";
import {daysUntilEnded, timesToEnd, total} from "./time-to-end.ts";
import {
  type CaseDay,
  type CaseRun,
  type Cases,
  casesWithin,
  differentTexts,
  type RowsByDay,
  tallyOf
} from "./told-cases.ts";

/** The counted parts of a measure in the leaves of a segment. */
export interface CountedParts {
  sums(role: Role): DaySums;
  cases(): readonly Cases[];
  /** How many texts the measure's column has. */
  texts(): number;
  /** @param role Part that tells days: itself, or those that ended. */
  rowsBy(day: CaseDay, role?: Role): RowsByDay;
  /** What the added or told numbers of a column are to be divided by: 10,000 of decimals, else 1. */
  readonly scale: number;
}

/** How values are read that are made from rows of a window. */
export interface Reading {
  readonly from: DayNumber;
  readonly to: DayNumber;
  /** Last day of which is known what has ended. */
  readonly known: DayNumber;
}

/** A value of rows that are covered. */
export type Found = WindowValue;

type OfWindow = Exclude<Aggregate, {readonly kind: "ratio" | "latest"}>;

/** The value of a measure over the rows of a window that is covered. */
export function windowValue(aggregate: OfWindow, parts: CountedParts, {from, to, known}: Reading): Found {
  const within = () => casesWithin(parts.cases(), from, to);
  switch (aggregate.kind) {
    case "rows": {
      const rows =
        aggregate.date === null
          ? parts.sums("itself").rows(from, to)
          : parts.rowsBy("told").upTo(to) - parts.rowsBy("told").upTo(from - 1);
      return counted(rows, rows);
    }
    case "sum": {
      const sums = parts.sums("itself");
      return counted(sums.value(from, to) / parts.scale, sums.rows(from, to));
    }
    case "distinct": {
      const {texts, rows} = differentTexts(within(), parts.texts());
      return counted(texts, rows);
    }
    case "mean": {
      const cases = parts.sums("entries").value(from, to);
      return divided(parts.sums("itself").value(from, to) / parts.scale, cases, cases);
    }
    case "share": {
      const [of, whole] = [parts.sums("itself"), parts.sums("whole")];
      const rows = whole.rows(from, to);
      return divided(of.value(from, to) / parts.scale, whole.value(from, to) / parts.scale, rows);
    }
    case "percentile":
    case "min":
    case "max": {
      const tally = tallyOf(within());
      if (tally.length === 0) return noCases();
      const value =
        aggregate.kind === "percentile"
          ? percentileOf(tally, aggregate.at, parts.scale)
          : tally.at(aggregate.kind === "min" ? 0 : -1)![0] / parts.scale;
      return counted(value, rowsIn(tally));
    }
    case "share_within":
      return shareWithin(within(), aggregate.within, known);
    case "duration":
      return duration(within(), aggregate.at, known);
    case "standing": {
      const [begun, over] =
        aggregate.date === null
          ? [parts.rowsBy("begun"), parts.rowsBy("over")]
          : [parts.rowsBy("told"), parts.rowsBy("told", "ended")];
      const rows = begun.upTo(to) - over.upTo(to);
      return counted(rows, rows);
    }
    case "done":
      return done(parts, to);
  }
}

/** A value of rows that are added up, or of days as far as they are observed. */
export function counted(value: number, rows_counted: number): Found {
  return {value, rows_counted, reason: null};
}

export function noCases(detail = "no case"): Found {
  return {value: null, rows_counted: null, reason: {code: "no_cases", detail}};
}

function divided(numerator: number, denominator: number, rows_counted: number): Found {
  if (denominator === 0) return noCases();
  return {value: quotient(numerator, denominator), rows_counted, numerator, denominator, reason: null};
}

/**
 * Of the cases whose time is over, those that ended within it. A case that began on day d counts from the day on which
 * the time after d is over; younger ones are left out, ended or not: the fast ones alone would flatter.
 */
function shareWithin(runs: readonly CaseRun[], within: Span, known: DayNumber): Found {
  let [ended, decided, undecided] = [0, 0, 0];
  for (const {days, values, rows, begin, end} of runs) {
    let [day, limit] = [Number.NaN, 0];
    for (let at = begin; at < end; at += 1) {
      const [begun, over] = [days[at]!, values[at]!];
      if (begun > known || over < begun) continue;
      if (begun !== day) [day, limit] = [begun, limitOf(begun, within)];
      if (limit > known) undecided += rows[at]!;
      else {
        decided += rows[at]!;
        if (over <= limit) ended += rows[at]!;
      }
    }
  }
  if (decided === 0) return {...noCases(), undecided};
  return {...divided(ended, decided, decided), undecided};
}

/** The last day on which a case ends in time. */
function limitOf(begun: DayNumber, {count, unit}: Span): DayNumber {
  if (unit === "day" || unit === "week") return begun + count * (unit === "week" ? 7 : 1);
  return toDay(addSpan(fromDay(begun), {count, unit}));
}

function duration(runs: readonly CaseRun[], at: number | null, known: DayNumber): Found {
  const times = timesToEnd(runs, known);
  const [ended, open] = [total(times.ended), total(times.open)];
  if (at === null) {
    let days = 0;
    for (let time = 0; time < times.ended.length; time += 1) days += time * times.ended[time]!;
    return {...divided(days, ended, ended), undecided: open};
  }
  if (ended + open === 0) return noCases();
  const days = daysUntilEnded(times, at);
  if (days !== null) return counted(days, ended + open);
  return noCases(`fewer than ${at === 50 ? "half" : `${at}%`} of the cases have ended`);
}

/** All rows, whatever their day: a deliverable is there from the moment it is planned. */
function done(parts: CountedParts, to: DayNumber): Found {
  const {all, last} = parts.rowsBy("told");
  const done_on: IsoDate | null = last <= to ? fromDay(last) : null;
  return {...counted(done_on === null ? 0 : 1, all), done_on};
}
