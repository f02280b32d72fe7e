import type {AttainmentRow} from "../attainment/contract.ts";
import {addDays, earlier, endOfMonthOf, type IsoDate, longDate} from "../calendar/iso-date.ts";
import {formatPercentChange, formatValue, notCalculable} from "../format/numbers.ts";
import {shortDate} from "./axis.ts";
import type {ChartTable, CumulativeInput} from "./contract.ts";
import {sentenceCase, signedDifference, standing} from "./standing.ts";
import {statusMarks} from "./theme.ts";

export function baselineName({baseline_name}: CumulativeInput): string {
  return baseline_name ?? "baseline";
}

/** What a chart is made of, with what it draws besides. */
export interface CumulativeCourse extends CumulativeInput {
  /** Actual minus expected on each day counted. */
  readonly differences: readonly {readonly day: IsoDate; readonly value: number}[];
}

export function withDifferences(input: CumulativeInput): CumulativeCourse {
  const asked = byDay(input.expected);
  const differences = input.actual.flatMap(({day, value}) => {
    const expected = asked.get(day);
    return expected === undefined ? [] : [{day, value: value - expected}];
  });
  return {...input, differences};
}

/** One row a day of the period, a column a line: the data that the specification carries. */
export function dailyRows(input: CumulativeCourse): Record<string, string | number | null>[] {
  const columns = {
    actual: byDay(input.actual),
    baseline: byDay(input.baseline),
    expected: byDay(input.expected),
    difference: byDay(input.differences)
  };
  const used = Object.entries(columns).filter(([, column]) => column.size > 0);
  const days = [...new Set(used.flatMap(([, column]) => [...column.keys()]))].sort();
  return days.map((day) => {
    const row: Record<string, string | number | null> = {day};
    for (const [name, column] of used) row[name] = rounded(column.get(day) ?? null);
    return row;
  });
}

/** The finding in words, made from the row's numbers. */
export function cumulativeAltText(input: CumulativeInput): string {
  const {row} = input;
  const show = (value: number | null) => formatValue(value, row.unit);
  const sentences = [
    `Line chart of ${row.unit === "share" ? "the share" : row.unit} from ${longDate(row.period_from)} ` +
      `through ${longDate(input.actual.at(-1)!.day)}, ${row.segment_name}: ${show(row.actual_value)}.`
  ];
  if (row.expected_to_date !== null && row.actual_value !== null) {
    const stands = standingPhrase(row, row.actual_value - row.expected_to_date);
    sentences.push(`The pace asks for ${show(row.expected_to_date)} by then: ${stands}.`);
  }
  if (row.baseline_to_date !== null) {
    const change = row.actual_value === null ? null : formatPercentChange(row.actual_value, row.baseline_to_date);
    const whole = row.baseline_value === null ? "" : ` and ${show(row.baseline_value)} in its whole period`;
    const name = sentenceCase(baselineName(input));
    const printed = change === null || change === notCalculable ? "" : ` (change ${change})`;
    sentences.push(`${name} had ${show(row.baseline_to_date)} by the same day${printed}${whole}.`);
  }
  if (row.target_value !== null) sentences.push(`The target for the whole period is ${show(row.target_value)}.`);
  if (input.provisional_from !== undefined)
    sentences.push(`Of the days from ${longDate(input.provisional_from)} on reports may still come in.`);
  sentences.push(`Status: ${statusMarks[row.status].word}. ${row.status_reason}`);
  return sentences.join(" ").trim();
}

/** "115.3 behind", "20 ahead", "on pace"; "15 more" where neither side is the good one. */
function standingPhrase(row: AttainmentRow, difference: number): string {
  const word = standing(row, difference);
  if (word === "on pace" || difference === 0) return "on pace";
  const size = signedDifference(Math.abs(difference), row.unit).replace("+", "");
  return `${size} ${word === "" ? (difference > 0 ? "more" : "fewer") : word}`;
}

/** By month: where each line stands on the month's last day, and on the last day counted. */
export function cumulativeTable(input: CumulativeInput): ChartTable {
  const {row} = input;
  const actual = byDay(input.actual);
  const baseline = byDay(input.baseline);
  const expected = byDay(input.expected);
  const through = input.actual.at(-1)!.day;
  const numeric = (title: string) => ({title, numeric: true});
  const name = baselineName(input);
  return {
    columns: [
      {title: "To the end of", numeric: false},
      numeric("Actual"),
      ...(expected.size > 0 ? [numeric("Pace"), numeric("Actual minus pace")] : []),
      ...(baseline.size > 0 ? [numeric(sentenceCase(name))] : [])
    ],
    rows: reportedDays(row, through).map((day) => {
      const asked = expected.get(day) ?? null;
      const counted = actual.get(day) ?? null;
      const difference = asked === null || counted === null ? null : counted - asked;
      return [
        shortDate(day),
        day > through ? "not yet" : formatValue(counted, row.unit),
        ...(expected.size > 0
          ? [formatValue(asked, row.unit), day > through ? "not yet" : signedDifference(difference, row.unit)]
          : []),
        ...(baseline.size > 0 ? [formatValue(baseline.get(day) ?? null, row.unit)] : [])
      ];
    })
  };
}

/** Last days of the period's months, the period's last day and the last day counted. */
function reportedDays({period_from, period_to}: AttainmentRow, through: IsoDate): IsoDate[] {
  const days = new Set([through, period_to]);
  for (let day = period_from; day <= period_to; day = addDays(endOfMonthOf(day), 1)) {
    days.add(earlier(endOfMonthOf(day), period_to));
  }
  return [...days].sort();
}

function byDay(points: readonly {readonly day: IsoDate; readonly value: number}[]): Map<IsoDate, number> {
  return new Map(points.map(({day, value}) => [day, value]));
}

/** To six digits after the point: a drawn position needs no more, and sums of fractions print long tails. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1e6) / 1e6;
}
