import type {AttainmentRow} from "../attainment/contract.ts";
import type {ActualRow} from "../bundle/contract.ts";
import {earlier, type IsoDate, later} from "../calendar/iso-date.ts";
import {monthsOf} from "../calendar/period.ts";
import type {Answer} from "./answer.ts";

/**
 * Each measure of the rows by calendar month and segment, over the rows' periods and baselines; the last month is cut
 * to the last day counted. A month of which a day is not covered has no value.
 */
export function monthlyActuals(
  {actuals, measured, rows}: Pick<Answer, "actuals" | "measured" | "rows">,
  shown: readonly AttainmentRow[]
): ActualRow[] {
  const windows = new Map<string, {row: AttainmentRow; from: IsoDate; to: IsoDate}>();
  for (const row of shown) {
    const {baseline, counted_to} = measured[rows.indexOf(row)]!;
    if (counted_to < row.period_from) continue;
    const key = JSON.stringify([row.measure, row.segment_type, row.segment]);
    const known = windows.get(key);
    const from = earlier(baseline?.from ?? row.period_from, known?.from ?? row.period_from);
    windows.set(key, {row, from, to: later(counted_to, known?.to ?? counted_to)});
  }
  return [...windows.values()].flatMap(({row, from, to}) =>
    monthsOf(from, to).map((month): ActualRow => {
      const {measure, segment_type, segment} = row;
      const {value, rows_counted} = actuals.over(measure, {type: segment_type, code: segment}, month.from, month.to);
      return {
        measure,
        segment_type,
        segment,
        grain: "month",
        period_from: month.from,
        period_to: month.to,
        numerator: null,
        denominator: null,
        value,
        rows_counted
      };
    })
  );
}
