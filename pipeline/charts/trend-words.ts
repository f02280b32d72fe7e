import type {Trend, TrendMonth} from "../comparisons/contract.ts";
import {formatCounted, formatPercentChange, formatValue} from "../format/numbers.ts";
import type {ChartTable, TrendInput} from "./contract.ts";
import {provisionalPhrase} from "./provisional.ts";
import {signedDifference} from "./standing.ts";
import {daysOfMonth, isOtherSeries, monthName, shortMonth, yearBefore} from "./trend-months.ts";

/** How many months back the target is asked for in words. */
const monthsJudged = 12;
/** How many months that are not known are named. */
const fewEnoughToName = 3;

/** The finding in words: the last month against last year, the last year of months against the target. */
export function trendAltText({trend, breaks}: TrendInput, months: readonly TrendMonth[]): string {
  const last = months.at(-1)!;
  const findings = [lastMonthPhrase(trend, last), ...targetPhrase(trend, months.slice(-monthsJudged))];
  const sentences = [`Line chart of ${trend.title} in ${trend.segment_name} by month: ${findings.join("; ")}.`];
  const known = months.findLast(({value}) => value !== null);
  if (last.value === null && known !== undefined)
    sentences.push(`The last month known is ${whenOf(known)}: ${formatValue(known.value, trend.unit)}.`);
  const unknown = months.filter(({value}) => value === null && known !== undefined);
  if (unknown.length > (last.value === null ? 1 : 0)) sentences.push(`Not known: ${named(unknown)}.`);
  for (const {month, name} of breaks.filter(({month}) => months.some((shown) => shown.month === month)))
    sentences.push(`From ${monthName(month)} on counted by another method (${name}): no line is drawn across.`);
  sentences.push(...provisionalPhrase(trend, months));
  return sentences.join(" ");
}

/** "December 2018", "1\u201329 December 2018" */
export function whenOf(month: TrendMonth): string {
  return `${daysOfMonth(month)} ${month.month.slice(0, 4)}`;
}

/** "41 in December 2018, 5 fewer than the 46 of December 2017 (\u221210.9%)" */
function lastMonthPhrase(trend: Trend, last: TrendMonth): string {
  const when = whenOf(last);
  if (last.value === null) return `${when} is not known`;
  const begin = `${formatValue(last.value, trend.unit)} in ${when}`;
  const before = monthName(yearBefore(last.month));
  const then = last.whole ? before : `${daysOfMonth(last)} ${before.slice(-4)}`;
  if (isOtherSeries(trend, last)) return `${begin}, not comparable with ${then}, which another method counted`;
  if (last.last_year === null) return `${begin}, ${then} is not known`;
  return `${begin}, ${differencePhrase(last.value, last.last_year, trend.unit)} of ${then}${percentOf(trend, last)}`;
}

function differencePhrase(value: number, before: number, unit: string): string {
  const base = formatValue(before, unit);
  const size = signedDifference(Math.abs(value - before), unit).replace("+", "");
  if (!/[1-9]/.test(size)) return `as many as the ${base}`;
  const words = unit === "share" ? ["higher", "lower"] : ["more", "fewer"];
  return `${size} ${value > before ? words[0] : words[1]} than the ${base}`;
}

/** " (\u221210.9%)"; N.C. over a base of 0, nothing over a base too small for a percentage. */
function percentOf({unit}: Trend, {value, last_year}: TrendMonth): string {
  if (unit === "share" || value === null || last_year === null) return "";
  const change = formatPercentChange(value, last_year);
  return change === null ? "" : ` (${change})`;
}

/** "above what the target asks for in 7 of the last 12 months" */
function targetPhrase({target, better, unit}: Trend, months: readonly TrendMonth[]): string[] {
  if (target === null) return [];
  const compared = months.flatMap(({value, expected}) =>
    value === null || expected === null ? [] : [value - expected]
  );
  if (compared.length === 0) return ["what the target asks for is not known"];
  // What prints as no difference is none: the target is a quotient, and a double of it may miss a whole number.
  const beyond = compared.filter(
    (difference) => /[1-9]/.test(formatValue(difference, unit)) && difference > 0 === (better !== "higher")
  );
  const count = beyond.length === 0 ? "none" : String(beyond.length);
  const of =
    compared.length === monthsJudged
      ? `the last ${monthsJudged} months`
      : `${formatCounted(compared.length, "month")} compared`;
  return [`${better === "higher" ? "below" : "above"} what the target asks for in ${count} of ${of}`];
}

function named(months: readonly TrendMonth[]): string {
  const names = months.slice(-fewEnoughToName).map(whenOf);
  const more = months.length - names.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${more} more`;
}

/** All months shown, newest last. */
export function trendTable({trend}: TrendInput, months: readonly TrendMonth[]): ChartTable {
  const {unit, target} = trend;
  const numeric = (title: string) => ({title, numeric: true});
  const hasPercent = unit !== "share";
  const hasMethods = new Set(months.map(({series}) => series)).size > 1;
  return {
    columns: [
      {title: "Month", numeric: false},
      numeric("This year"),
      numeric("Year before"),
      numeric("Difference"),
      ...(hasPercent ? [numeric("Change")] : []),
      ...(target === null ? [] : [numeric("Target asks for")]),
      ...(hasMethods ? [{title: "Counting method", numeric: false}] : [])
    ],
    rows: months.map((month) => [
      month.whole ? shortMonth(month.month) : whenOf(month),
      formatValue(month.value, unit),
      formatValue(month.last_year, unit),
      ...compared(trend, month, hasPercent),
      ...(target === null ? [] : [formatValue(month.expected, unit)]),
      ...(hasMethods ? [month.series] : [])
    ])
  };
}

/** Difference and change as printed. */
function compared(trend: Trend, month: TrendMonth, hasPercent: boolean): string[] {
  const {value, last_year} = month;
  const cells = (difference: string, change: string) => (hasPercent ? [difference, change] : [difference]);
  if (value !== null && isOtherSeries(trend, month)) return cells("not comparable", formatValue(null));
  if (value === null || last_year === null) return cells(formatValue(null), formatValue(null));
  const difference = signedDifference(value - last_year, trend.unit);
  return cells(difference, formatPercentChange(value, last_year) ?? "too few");
}
