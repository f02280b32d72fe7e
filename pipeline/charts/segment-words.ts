import {longDate} from "../calendar/iso-date.ts";
import {countedSegments, segmentWords} from "../config/segment-plural.ts";
import {formatPercentChange, formatValue} from "../format/numbers.ts";
import type {ChartTable} from "./contract.ts";
import {isLevelGoal, type SegmentRow} from "./segment-rows.ts";
import {sentenceCase} from "./standing.ts";
import {standingMarks} from "./theme.ts";

/** A type with more members than this is told as how many are ahead and behind, never one by one. */
const fewEnoughToName = 6;

/** The finding in words: small types by name in roster order, large ones as counts; nobody is called best or worst. */
export function segmentAltText(rows: readonly SegmentRow[], baselineName: string): string {
  const first = rows[0]!.row;
  const isLevel = isLevelGoal(first);
  const needs = [...new Set(rows.filter(({needed}) => needed !== null).map(neededFigure))];
  const allTypes = rows.map(({row}) => row.segment_type);
  const types = [...new Set(allTypes)];
  const sentences = [
    `Dot chart of ${first.title} by ${segmentWords(allTypes, "and")}, through ${longDate(first.through)}: ` +
      (isLevel ? "share of the level asked for by now." : `change against ${baselineName}.`),
    ...(needs.length === 1 && !isLevel ? [`Needed by now: ${needs[0]}.`] : []),
    ...types.map((type) =>
      sentenceOf(
        rows.filter(({row}) => row.segment_type === type),
        type
      )
    )
  ];
  return sentences.join(" ");
}

function sentenceOf(rows: readonly SegmentRow[], type: string): string {
  if (rows.length <= fewEnoughToName) {
    const told = rows.map(({row, figure, mark, reason}) =>
      reason === ""
        ? `${row.segment_name} ${figure}${mark.word === "" ? "" : ` (${mark.word})`}`
        : `${row.segment_name}: ${reason}`
    );
    return `${told.join("; ")}.`;
  }
  const count = (word: string) => rows.filter(({mark, position}) => position !== null && mark.word === word).length;
  const missing = rows.filter(({position}) => position === null).length;
  const parts = [
    ...[...new Set(rows.filter(({position}) => position !== null).map(({mark}) => mark.word))]
      .sort()
      .map((word) => (word === standingMarks.plain.word ? `${count(word)} shown` : `${count(word)} ${word}`)),
    ...(missing === 0 ? [] : [`${missing} without a percentage`])
  ];
  return `Of ${countedSegments(rows.length, type)}: ${parts.join(", ")}.`;
}

/** All rows in the chart's order, with both counts. */
export function segmentTable(rows: readonly SegmentRow[], baselineName: string): ChartTable {
  const numeric = (title: string) => ({title, numeric: true});
  const isLevel = isLevelGoal(rows[0]!.row);
  const base = isLevel ? "Expected by now" : sentenceCase(baselineName);
  const asks = !isLevel && rows.some(({needed}) => needed !== null);
  const standings = rows.map(({reason, mark}) => (reason === "" ? mark.word : reason));
  const judged = standings.some((words) => words !== "");
  return {
    columns: [
      {title: "Where", numeric: false},
      numeric("Now"),
      numeric(base),
      numeric(isLevel ? "Reached" : "Change"),
      ...(asks ? [numeric("Needed by now")] : []),
      ...(judged ? [{title: "Stands", numeric: false}] : [])
    ],
    rows: rows.map((segment, index) => [
      segment.row.segment_name,
      formatValue(segment.row.actual_value, segment.row.unit),
      formatValue(isLevel ? segment.row.expected_to_date : segment.row.baseline_to_date, segment.row.unit),
      segment.figure,
      ...(asks ? [segment.needed === null ? formatValue(null) : neededFigure(segment)] : []),
      ...(judged ? [standings[index]!] : [])
    ])
  };
}

/** "-10.0%": what is asked for by now, against the base. */
export function neededFigure({row: {expected_to_date, baseline_to_date}}: SegmentRow): string {
  return formatPercentChange(expected_to_date ?? 0, baseline_to_date ?? 0) ?? formatValue(null);
}
