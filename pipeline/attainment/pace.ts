import {daysIn, type IsoDate} from "../calendar/iso-date.ts";
import type {Goal} from "../config/goal.ts";
import type {Shape} from "../config/measure.ts";
import type {PaceChoice} from "../config/target.ts";
import {
  dividedBy,
  type Exact,
  exact,
  fraction,
  isZero,
  minus,
  plus,
  roundedUp,
  times,
  wholePart
} from "../statistics/exact.ts";
import type {Measured, Pace} from "./contract.ts";
import {type MonthWeights, shareByMonths} from "./month-shares.ts";

export interface PaceInput {
  readonly goal: Goal;
  readonly shape: Shape;
  readonly nature: Measured["nature"];
  /** Whether the row has a due day that was set; a period's end is none. */
  readonly hasDue: boolean;
  /** Whether the baseline is known by day; a stated value is not. */
  readonly byDay: boolean;
  readonly declared: PaceChoice | undefined;
  /** Of the months: as declared, or of the years before; null where they are not known. */
  readonly weights: MonthWeights | null;
}

export interface ChosenPace {
  readonly name: Pace;
  /** The declared or usual pace could not be used, so `linear` was. */
  readonly fellBack: boolean;
}

/**
 * The pace as declared; else, of what is counted over days, `baseline` for a change, `step` for a level of outputs and
 * `linear` for one of outcomes. Averages hold, and so do stocks without a due day; a stock that is declared `linear`
 * goes straight to the period's end. `linear` where no baseline has days or the months are not known.
 */
export function choosePace({goal, shape, nature, hasDue, byDay, declared, weights}: PaceInput): ChosenPace {
  if (shape === "average" || shape === "done") return {name: "hold", fellBack: false};
  if (shape === "stock") return {name: hasDue || declared === "linear" ? "linear" : "hold", fellBack: false};
  const usual = goal.kind === "change" ? "baseline" : nature === "output" ? "step" : "linear";
  const wanted = typeof declared === "object" ? "months" : (declared ?? usual);
  const known = wanted === "baseline" ? byDay : wanted === "months" || wanted === "seasonal" ? weights !== null : true;
  return known ? {name: wanted, fellBack: false} : {name: "linear", fellBack: true};
}

/** The way over which a pace is laid, and where on it a day is. */
export interface Way {
  readonly name: Pace;
  /** First day, and the day by which the target value is to be reached. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Over the whole baseline, and to the day that answers; null without them. */
  readonly baseline: Exact | null;
  readonly baselineSoFar: Exact | null;
  readonly weights: MonthWeights | null;
  /** Of a stock; null of all others. */
  readonly line: Measured["line"];
  /** Whether less is wanted: whole units are then rounded up, so that a step is never harder than the even way. */
  readonly falls: boolean;
}

/**
 * What a pace asks for by a day, of a value to be reached at its end, in the measure's unit.
 *
 * - `baseline`: baseline so far x target value / baseline; over a baseline of 0 evenly by day
 * - `linear`: target value x days so far / days; of a stock from its value at the start, evenly to the target value
 * - `step`: the same in whole units, rounded down where more is wanted, up where less is
 * - `months`, `seasonal`: target value x the share of the months that are over
 * - `hold`: the target value
 *
 * @returns Null where the baseline is not known to that day.
 */
export function expectedBy(day: IsoDate, target: Exact, way: Way): Exact | null {
  const {from, to, baseline, baselineSoFar, weights, line, falls} = way;
  if (way.name === "hold") return target;
  if (line !== null) {
    const share = evenly(line.from, day, to, 0);
    return plus(line.start, times(minus(target, line.start), share));
  }
  const even = () => times(target, evenly(from, day, to, 1));
  switch (way.name) {
    case "linear":
      return even();
    case "step":
      return falls ? roundedUp(even()) : wholePart(even());
    case "months":
    case "seasonal": {
      const share = weights === null ? null : shareByMonths(weights, {from, to}, day);
      return share === null ? even() : times(target, share);
    }
    default:
      if (baseline === null || baselineSoFar === null) return null;
      if (isZero(baseline)) return isZero(target) ? target : even();
      return dividedBy(times(baselineSoFar, target), baseline);
  }
}

/** Days from one to another as a share of those to the end; `first` is 1 where the first day itself counts. */
function evenly(from: IsoDate, day: IsoDate, to: IsoDate, first: 0 | 1): Exact {
  const whole = daysIn(from, to) - 1 + first;
  const soFar = Math.min(whole, Math.max(0, daysIn(from, day) - 1 + first));
  return whole <= 0 ? exact(1) : fraction(soFar, whole);
}
