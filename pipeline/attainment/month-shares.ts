import type {Actuals} from "../actuals/contract.ts";
import {addCalendarMonths, addDays, daysIn, endOfMonthOf, type IsoDate} from "../calendar/iso-date.ts";
import {monthsOf, type Period} from "../calendar/period.ts";
import type {Project, ProjectTarget, SegmentKey} from "../config/project.ts";
import {findSegment} from "../config/roster.ts";
import {dividedBy, type Exact, exact, fraction, isZero, plus, times} from "../statistics/exact.ts";

/** How much of a year falls to each month, January first; only their proportions count. */
export type MonthWeights = readonly Exact[];

/** Years before the period whose months make its shape. */
const shapeYears = 3;

/** As many cases of the city stand beside a segment's own: a small segment's months are mostly chance. */
const cityCases = 100;

/**
 * The share of `from..to` that falls to `from..day`, by weights of the months, evenly within a month: 0 before, 1 at the
 * end.
 *
 * @returns Null where the months of `from..to` weigh nothing.
 */
export function shareByMonths(
  weights: MonthWeights,
  {from, to}: {readonly from: IsoDate; readonly to: IsoDate},
  day: IsoDate
): Exact | null {
  return dividedBy(weightOf(weights, from, day < to ? day : to), weightOf(weights, from, to));
}

function weightOf(weights: MonthWeights, from: IsoDate, to: IsoDate): Exact {
  return monthsOf(from, to).reduce((sum, month) => {
    const weight = weights[Number(month.name.slice(5, 7)) - 1] ?? exact(0);
    const whole = daysIn(`${month.name}-01`, endOfMonthOf(month.from));
    const counted = daysIn(month.from, month.to);
    return plus(sum, counted === whole ? weight : times(weight, fraction(counted, whole)));
  }, exact(0));
}

/** What falls to each month, where a target's pace goes by months; null where it does not, they are not known, or nothing falls to the period's. */
export function monthWeightsOf(
  {pace, measure, period}: ProjectTarget,
  segment: SegmentKey,
  known: {readonly actuals: Actuals; readonly roster: Project["roster"]}
): MonthWeights | null {
  const weights =
    typeof pace === "object"
      ? pace.months.map((weight) => exact(weight))
      : pace === "seasonal"
        ? seasonalWeights(measure, segment, period, known)
        : null;
  return weights === null || isZero(weightOf(weights, period.from, period.to)) ? null : weights;
}

/**
 * The shape of the three years (36 whole months) before a period: the root's cases by calendar month, and of another
 * segment its own beside 100 cases spread as the root's.
 *
 * @returns Null where they are not known whole, were counted by several methods, or hold no case: then there is no shape.
 */
function seasonalWeights(
  measure: string,
  segment: SegmentKey,
  period: Period,
  {actuals, roster}: {readonly actuals: Actuals; readonly roster: Project["roster"]}
): MonthWeights | null {
  const start = `${period.from.slice(0, 7)}-01`;
  const first = addCalendarMonths(start, -12 * shapeYears);
  if (actuals.series(measure, first, addDays(start, -1)).length > 1) return null;
  const root = rootOf(roster, segment);
  const city = countsByMonth(measure, root, start, actuals);
  if (city === null) return null;
  const cityTotal = total(city);
  if (isZero(cityTotal)) return null;
  if (root.type === segment.type && root.code === segment.code) return city;
  const own = countsByMonth(measure, segment, start, actuals);
  if (own === null) return null;
  // (n x own share + 100 x city's share) / (n + 100) is, by proportion, own count + 100 x city's share; and that times
  // the city's total has no fraction.
  return own.map((count, month) => plus(times(count, cityTotal), times(exact(cityCases), city[month]!)));
}

/** Added by calendar month, January first; null unless each month is known. */
function countsByMonth(measure: string, segment: SegmentKey, start: IsoDate, actuals: Actuals): Exact[] | null {
  const counts: Exact[] = Array.from({length: 12}, () => exact(0));
  for (let back = 12 * shapeYears; back > 0; back -= 1) {
    const from = addCalendarMonths(start, -back);
    const {value} = actuals.over(measure, segment, from, endOfMonthOf(from));
    if (value === null) return null;
    const month = Number(from.slice(5, 7)) - 1;
    counts[month] = plus(counts[month]!, exact(value));
  }
  return counts;
}

function total(counts: readonly Exact[]): Exact {
  return counts.reduce(plus, exact(0));
}

function rootOf(roster: Project["roster"], segment: SegmentKey): SegmentKey {
  let at = findSegment(roster, segment);
  while (at !== null && at.parent !== null) at = findSegment(roster, at.parent);
  return at ?? segment;
}
