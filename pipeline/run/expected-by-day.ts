import type {Measured} from "../attainment/contract.ts";
import {expectedCourse} from "../attainment/course.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import {addDays} from "../calendar/iso-date.ts";
import type {CompareOptions} from "../comparisons/compare.ts";
import type {Pace} from "../comparisons/trend.ts";
import {exact, minus, toNumber} from "../statistics/exact.ts";
import type {Answer} from "./answer.ts";

/**
 * What the targets' paces ask of any days, for charts by month. Of several targets on one measure it is the first, in
 * the plan's order, whose period holds the last day counted and whose pace asks for something: a chart has one line to
 * be held against. A pace that starts from a baseline of another counting method asks for nothing.
 *
 * @param through The last day counted.
 */
export function expectedByDay(
  {project, actuals, measured}: Pick<Answer, "project" | "actuals" | "measured">,
  through: IsoDate
): CompareOptions["expectedOf"] {
  return (measure, {type, code}) => {
    const candidates = measured.filter(
      ({row, series}) =>
        row.measure === measure &&
        row.segment_type === type &&
        row.segment === code &&
        row.period_from <= through &&
        through <= row.period_to &&
        new Set([...series.baseline, ...series.actual]).size === 1
    );
    for (const one of candidates) {
      const level = one.division === null && one.shape !== "flow" ? levelPace(one) : null;
      if (level !== null) return level;
      const expected = expectedCourse(one, project, actuals);
      if (expected.length > 0) return paceOf(one.row.target, expected);
    }
    return null;
  };
}

/** What an average or a stock must hold is asked of any days alike, and never cut to their number. */
function levelPace({row, pace, exact: {target}}: Measured): Pace | null {
  if (pace !== "hold" || target === null) return null;
  return {
    target: row.target,
    over: (from, to) => (from >= row.period_from && to <= row.period_to ? toNumber(target) : null)
  };
}

/** @param cumulated What is asked for by each day of the target's period, from its first day. */
function paceOf(target: string, cumulated: readonly {readonly day: IsoDate; readonly value: number}[]): Pace {
  const byDay = new Map(cumulated.map(({day, value}) => [day, value]));
  const first = cumulated[0]?.day;
  const upTo = (day: IsoDate) => byDay.get(day) ?? null;
  return {
    target,
    over: (from, to) => {
      const before = from === first ? 0 : upTo(addDays(from, -1));
      const after = upTo(to);
      // On decimals: a difference of two doubles would print a tail that nobody asked for.
      return before === null || after === null ? null : toNumber(minus(exact(after), exact(before)));
    }
  };
}
