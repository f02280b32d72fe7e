import type {Actuals} from "../actuals/contract.ts";
import {addCalendarMonths, addDays, endOfMonthOf, type IsoDate} from "../calendar/iso-date.ts";
import {monthsOf} from "../calendar/period.ts";
import type {ProjectMeasure, ProjectSource} from "../config/project.ts";
import type {Segment} from "../config/roster.ts";
import type {Trend, TrendMonth} from "./contract.ts";

/** What a target's pace asks for, for the charts by month. */
export interface Pace {
  /** Name of the target. */
  readonly target: string;
  /** What it asks of these days, in the measure's unit; null where they reach out of its period, or it is not known. */
  over(from: IsoDate, to: IsoDate): number | null;
}

/** Two years: each month of the last one stands beside its own of the year before on the same line. */
const monthsShown = 24;

/**
 * A measure of a segment by month: the last 24, of which the newest may end on the last day counted.
 *
 * @param mature How long reports take to come in; absent where the source does not say.
 */
export function trendOf(
  actuals: Actuals,
  measure: ProjectMeasure,
  segment: Segment,
  through: IsoDate,
  pace: Pace | null,
  mature: ProjectSource["mature"]
): Trend {
  const known = actuals.knownTo(measure.name, segment);
  const settling = mature === undefined || known === null ? {} : {provisional_from: addDays(known, 1 - mature.after)};
  const first = `${addCalendarMonths(through, 1 - monthsShown).slice(0, 7)}-01`;
  return {
    measure: measure.name,
    title: measure.title,
    unit: measure.unit,
    better: measure.better,
    segment_type: segment.type,
    segment: segment.code,
    segment_name: segment.name,
    target: pace?.target ?? null,
    ...settling,
    months: monthsOf(first, through).map(({name, from, to}): TrendMonth => {
      const whole = to === endOfMonthOf(to);
      const [fromBefore, toBefore] = [addCalendarMonths(from, -12), yearBefore(to, whole)];
      const series = actuals.series(measure.name, from, to);
      const before = actuals.series(measure.name, fromBefore, toBefore);
      const comparable = new Set([...series, ...before]).size === 1;
      return {
        month: name,
        from,
        to,
        whole,
        value: actuals.over(measure.name, segment, from, to).value,
        last_year: comparable ? actuals.over(measure.name, segment, fromBefore, toBefore).value : null,
        expected: pace?.over(from, to) ?? null,
        series: series.join("+")
      };
    })
  };
}

function yearBefore(day: IsoDate, whole: boolean): IsoDate {
  const same = addCalendarMonths(day, -12);
  return whole ? endOfMonthOf(same) : same;
}
