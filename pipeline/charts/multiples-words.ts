import type {Trend, TrendMonth} from "../comparisons/contract.ts";
import {formatCounted, formatValue} from "../format/numbers.ts";
import {shortDate} from "./axis.ts";
import type {ChartTable, MultiplesInput} from "./contract.ts";
import {provisionalPhrase} from "./provisional.ts";
import {shortMonth} from "./trend-months.ts";
import {whenOf} from "./trend-words.ts";

/** A segment's panel: the trend and the months of it that are shown. */
export interface Panel {
  readonly trend: Trend;
  readonly months: readonly TrendMonth[];
}

/**
 * The place of the month whose value stands as a panel's figure: the last that is counted to its end. One of which some
 * days are counted so far would say less than the line shows. Without a whole one, the last.
 */
export function figuredMonth(months: readonly TrendMonth[]): number {
  const whole = months.findLastIndex((month) => month.whole);
  return whole < 0 ? months.length - 1 : whole;
}

/** The finding in words, of the month whose figures stand there: how many have fewer than a year before and how many more; nobody is called best or worst. */
export function multiplesAltText({title}: MultiplesInput, panels: readonly Panel[]): string {
  const {unit} = panels[0]!.trend;
  const at = figuredMonth(panels[0]!.months);
  const latest = panels.map(({months}) => months[at]!.value).filter((value) => value !== null);
  const sentences = [
    `${formatCounted(panels.length, "small line chart")} on one scale, ${title}, ` +
      `${monthsPhrase(panels[0]!.months)}. In ${whenOf(panels[0]!.months[at]!)}: ${comparedPhrase(panels, at)}.`
  ];
  if (latest.length > 1) {
    const [low, high] = [Math.min(...latest), Math.max(...latest)].map((value) => formatValue(value, unit));
    sentences.push(low === high ? `All stand at ${low}.` : `They lie between ${low} and ${high}.`);
  }
  sentences.push(...provisionalPhrase(panels[0]!.trend, panels[0]!.months));
  return sentences.join(" ");
}

/** "January 2018 to 29 Dec 2018" */
export function monthsPhrase(months: readonly TrendMonth[]): string {
  const [first, last] = [months[0]!, months.at(-1)!];
  if (first === last) return first.whole ? shortMonth(first.month) : whenOf(first);
  return `${shortMonth(first.month)} to ${last.whole ? shortMonth(last.month) : shortDate(last.to)}`;
}

/** "9 fewer than a year before, 11 more, 1 not known" */
function comparedPhrase(panels: readonly Panel[], at: number): string {
  const {unit} = panels[0]!.trend;
  const words = unit === "share" ? ["lower", "higher"] : ["fewer", "more"];
  const signs = panels.map(({months}) => {
    const {value, last_year} = months[at]!;
    if (value === null) return null;
    return last_year === null ? Number.NaN : Math.sign(value - last_year);
  });
  const count = (sign: number | null) => signs.filter((other) => Object.is(other, sign)).length;
  const equal = signs.filter((sign) => sign === 0).length;
  const parts = [
    ...(count(-1) + count(1) + equal === 0
      ? []
      : [`${count(-1)} ${words[0]} than a year before`, `${count(1)} ${words[1]}`]),
    ...(equal === 0 ? [] : [`${equal} the same`]),
    ...(count(Number.NaN) === 0 ? [] : [`${count(Number.NaN)} without a year before to compare`]),
    ...(count(null) === 0 ? [] : [`${count(null)} not known`])
  ];
  return parts.join(", ");
}

/** Two rows a segment, a column a month. */
export function multiplesTable(panels: readonly Panel[]): ChartTable {
  const {months} = panels[0]!;
  return {
    columns: [
      {title: "Where", numeric: false},
      {title: "Line", numeric: false},
      ...months.map((month) => ({title: month.whole ? shortMonth(month.month) : whenOf(month), numeric: true}))
    ],
    rows: panels.flatMap(({trend, months: shown}) => [
      [trend.segment_name, "this year", ...shown.map(({value}) => formatValue(value, trend.unit))],
      [trend.segment_name, "year before", ...shown.map(({last_year}) => formatValue(last_year, trend.unit))]
    ])
  };
}
