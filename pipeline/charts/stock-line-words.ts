import {longDate} from "../calendar/iso-date.ts";
import {formatCount, formatCounted, formatValue} from "../format/numbers.ts";
import {shortDate} from "./axis.ts";
import type {ChartTable, StockLineInput} from "./contract.ts";
import {someOf} from "./part-words.ts";
import {sentenceCase} from "./standing.ts";
import {statusMarks} from "./theme.ts";
import {shortMonth} from "./trend-months.ts";

type Point = StockLineInput["points"][number];

const mostNamed = 8;

/** What a point stands for: a day, or the days of a month. */
export function pointName({from, day}: Point, kind: StockLineInput["kind"]): string {
  if (kind !== "month") return shortDate(day);
  const month = shortMonth(from.slice(0, 7));
  const isWhole = from.endsWith("-01") && Number(day.slice(8)) >= 28;
  return isWhole ? month : `${Number(from.slice(8))}\u2013${Number(day.slice(8))} ${month}`;
}

/** What holds a value, in words: "people on the day", "share by month". */
export function captionOf({unit, kind}: Pick<StockLineInput, "unit" | "kind">): string {
  return kind === "month" ? `${sentenceCase(unit)} by month` : `${sentenceCase(unit)} on the day`;
}

/** The finding in words: the value, the level, each breach. */
export function stockAltText(input: StockLineInput): string {
  const {row, kind, points, unit, goal, due_on} = input;
  const show = (value: number | null) => formatValue(value, unit);
  const known = points.filter(({value}) => value !== null);
  const last = known.at(-1);
  const named = (point: Point) => `${pointName(point, kind)} (${show(point.value)})`;
  const breaches = points.filter(({holds}) => holds === false);
  const values = known.map(({value}) => value!);
  const looked = {observed: "observation", sampled: "value", month: "month"}[kind];
  const isCounted = input.points.some(({holds}) => holds !== null);
  return [
    `Line chart of ${row.title}, ${row.segment_name}, from ${longDate(row.period_from)} through ${longDate(row.through)}: ` +
      `${formatCounted(known.length, looked)}` +
      (known.length < 2 ? "." : `, from ${show(Math.min(...values))} to ${show(Math.max(...values))}.`),
    ...(last === undefined ? [] : [`The last is ${show(last.value)}, ${pointName(last, kind)}.`]),
    ...(kind === "month" && row.actual_value !== null ? [`Over all of them it is ${show(row.actual_value)}.`] : []),
    ...(goal === null ? [] : [`Asked: ${goal}${due_on === null ? "" : ` by ${longDate(due_on)}`}.`]),
    ...(breaches.length > 0
      ? [
          `${kind === "month" ? "Taken alone it would not be met in" : "It does not hold at"} ` +
            `${formatCount(breaches.length)} of ${formatCounted(known.length, looked)}: ${someOf(breaches.map(named), mostNamed)}.`
        ]
      : isCounted
        ? [`It holds at ${known.length === 1 ? "this one" : "all of them"}.`]
        : []),
    ...(known.length < points.length
      ? [
          `Without a value: ${someOf(
            points.filter(({value}) => value === null).map((point) => pointName(point, kind)),
            mostNamed
          )}.`
        ]
      : []),
    `Status: ${statusMarks[row.status].word}. ${row.status_reason}`
  ].join(" ");
}

/** A row a point. */
export function stockTable({kind, points, unit, goal}: StockLineInput): ChartTable {
  const judged = points.some(({holds}) => holds !== null);
  return {
    columns: [
      {title: kind === "month" ? "Month" : kind === "observed" ? "Observed on" : "On", numeric: false},
      {title: "Value", numeric: true},
      ...(judged ? [{title: `Asked: ${goal ?? ""}`, numeric: false}] : [])
    ],
    rows: points.map((point) => [
      pointName(point, kind),
      formatValue(point.value, unit),
      ...(judged ? [point.value === null ? "no value" : point.holds === true ? "holds" : "does not hold"] : [])
    ])
  };
}
