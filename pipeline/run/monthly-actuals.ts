import type {AttainmentRow} from "../attainment/contract.ts";
import type {ActualRow} from "../bundle/contract.ts";
import {addCalendarMonths, earlier, type IsoDate, later} from "../calendar/iso-date.ts";
import {monthsOf} from "../calendar/period.ts";
import type {Comparisons} from "../comparisons/contract.ts";
import type {Answer} from "./answer.ts";

type Subject = Pick<ActualRow, "measure" | "segment_type" | "segment">;

/** A measure of a segment, and the days of it that the report speaks of. */
interface Span {
  readonly of: Subject;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/**
 * Each measure by calendar month and segment: of the rows over their periods and baselines, and of what the report
 * compares over all its columns and trends, with the same months of the year before. The last month is cut to the last
 * day counted. A month of which a day is not covered has no value.
 *
 * @param shown Rows that the report shows.
 * @param compared Null where the report compares nothing.
 */
export function monthlyActuals(
  {actuals, measured, rows}: Pick<Answer, "actuals" | "measured" | "rows">,
  shown: readonly AttainmentRow[],
  compared: Comparisons | null
): ActualRow[] {
  const ofRows = shown.flatMap((row): Span[] => {
    const {baseline, counted_to} = measured[rows.indexOf(row)]!;
    if (counted_to < row.period_from) return [];
    return [{of: row, from: earlier(baseline?.from ?? row.period_from, row.period_from), to: counted_to}];
  });
  const spans = joined([...ofRows, ...(compared === null ? [] : spansCompared(compared))]);
  return spans.flatMap(({of: {measure, segment_type, segment}, from, to}) =>
    monthsOf(from, to).map((month): ActualRow => {
      const {
        value,
        rows_counted,
        numerator = null,
        denominator = null
      } = actuals.over(measure, {type: segment_type, code: segment}, month.from, month.to);
      return {
        measure,
        segment_type,
        segment,
        grain: "month",
        period_from: month.from,
        period_to: month.to,
        numerator,
        denominator,
        value,
        rows_counted
      };
    })
  );
}

function spansCompared({windows, rows, trends}: Comparisons): Span[] {
  const columns = Object.values(windows);
  const from = columns.map((window) => window.from).reduce(earlier);
  const to = columns.map((window) => window.to).reduce(later);
  const ofTrends = trends.flatMap(({months, ...of}): Span[] => {
    const [first, last] = [months[0], months.at(-1)];
    return first === undefined || last === undefined
      ? []
      : [{of, from: addCalendarMonths(first.from, -12), to: last.to}];
  });
  return [...rows.map((of) => ({of, from, to})), ...ofTrends];
}

/** One span for each measure and segment, from the first day of any to the last, in the order of their first. */
function joined(spans: readonly Span[]): Span[] {
  const known = new Map<string, Span>();
  for (const {of, from, to} of spans) {
    const key = JSON.stringify([of.measure, of.segment_type, of.segment]);
    const other = known.get(key);
    known.set(key, {of, from: earlier(from, other?.from ?? from), to: later(to, other?.to ?? to)});
  }
  return [...known.values()];
}
