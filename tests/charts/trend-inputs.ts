import {addCalendarMonths, addDays, endOfMonthOf} from "../../pipeline/calendar/iso-date.ts";
import type {TrendInput} from "../../pipeline/charts/contract.ts";
import type {Trend, TrendMonth} from "../../pipeline/comparisons/contract.ts";

/** The `index`th month from `first` (`2017-01`), whole and known, to be changed where a case needs it. */
export function monthOf(first: string, index: number, changes: Partial<TrendMonth> = {}): TrendMonth {
  const from = addCalendarMonths(`${first}-01`, index);
  return {
    month: from.slice(0, 7),
    from,
    to: endOfMonthOf(from),
    whole: true,
    value: 40,
    last_year: 44,
    expected: 41.8,
    series: "all",
    ...changes
  };
}

/** The month counted to one of its days only. */
export function cutAt(month: TrendMonth, day: number): TrendMonth {
  return {...month, to: addDays(month.from, day - 1), whole: false};
}

/** Violent crime in Harbor from January 2017 on: the values of two years and of the one before, 5% fewer asked for. */
export function trendOf(
  values: readonly (number | null)[],
  before: readonly (number | null)[],
  changes: Partial<Trend> = {}
): Trend {
  const known = [...before, ...values];
  return {
    measure: "violent_crime",
    title: "Violent crime",
    unit: "incidents",
    better: "lower",
    segment_type: "area",
    segment: "5",
    segment_name: "Harbor",
    target: "t1",
    months: values.map((value, index) => {
      const last_year = known[before.length + index - 12] ?? null;
      return monthOf("2017-01", index, {value, last_year, expected: last_year === null ? null : last_year * 0.95});
    }),
    ...changes
  };
}

export function inputOf(trend: Trend, breaks: TrendInput["breaks"] = []): TrendInput {
  return {id: `trend-${trend.segment_type}-${trend.segment}-${trend.measure}`, trend, breaks};
}

const harborBefore = [38, 41, 44, 39, 47, 52, 55, 49, 44, 46, 42, 45];
const harborValues = [36, 35, 45, 42, 51, 50, 58, 53, 41, 44, 39, 46, 40, 37, 39, 45, 46, 54, 52, 47, 45, 38, 36, 41];

/** Two years, the last month counted to the 29th. */
export function harbor(changes: Partial<Trend> = {}): Trend {
  const trend = trendOf(harborValues, harborBefore, changes);
  return {...trend, months: trend.months.map((month, index) => (index === 23 ? cutAt(month, 29) : month))};
}
