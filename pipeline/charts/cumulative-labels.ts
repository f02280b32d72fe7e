import {formatValue} from "../format/numbers.ts";
import type {CumulativeInput} from "./contract.ts";
import {type CumulativeScales, heights, linesOf} from "./cumulative-scales.ts";
import {baselineName} from "./cumulative-words.ts";
import {type Box, baselineAt, type Point, placeNear, spreadApart, type TextItem, textBox} from "./placement.ts";
import type {RuleItem} from "./spec-parts.ts";
import {textWidth} from "./text-metrics.ts";
import {type ChartWidth, fontSizes, palette} from "./theme.ts";

/** From the end of the lines to the labels that name them: room for a mark and a leader. */
const gap = 22;

/** What stands at the end of a line: "1,903 last year". */
export interface EndLabel {
  readonly line: "actual" | "expected" | "baseline";
  /** Where the line ends, in the measure's unit. */
  readonly value: number;
  readonly figure: string;
  readonly word: string;
  readonly colour: string;
}

/** The ends of the lines there are; the actual's first. */
export function endLabels(input: CumulativeInput): EndLabel[] {
  const {row} = input;
  const figure = (value: number) => formatValue(value, row.unit);
  const ends: EndLabel[] = [];
  const actual = input.actual.at(-1);
  if (actual !== undefined) {
    const shown = figure(row.actual_value ?? actual.value);
    ends.push({line: "actual", value: actual.value, figure: shown, word: "actual", colour: palette.ink});
  }
  const expected = input.expected.at(-1);
  if (expected !== undefined) {
    const shown = figure(row.target_value ?? expected.value);
    ends.push({line: "expected", value: expected.value, figure: shown, word: "target", colour: palette.pace});
  }
  const baseline = input.baseline.at(-1);
  if (baseline !== undefined) {
    const shown = figure(row.baseline_value ?? baseline.value);
    ends.push({
      line: "baseline",
      value: baseline.value,
      figure: shown,
      word: baselineName(input),
      colour: palette.neutralText
    });
  }
  return ends;
}

/** Room at the right of the lines for their labels, in px. On a phone figure and word stand one above the other. */
export function marginWidth(ends: readonly EndLabel[], width: ChartWidth): number {
  return Math.ceil(Math.max(...ends.map((end) => sizeOf(end, width).width))) + gap + 4;
}

/**
 * Sets the labels: at the right of the period's end, moved apart and led to their lines where these end close
 * together; the actual of a period not yet over beside its last point, where no line runs.
 */
export function placeEndLabels(
  ends: readonly EndLabel[],
  input: CumulativeInput,
  scales: CumulativeScales,
  width: ChartWidth
): {texts: TextItem[]; leaders: RuleItem[]} {
  const last = input.actual.at(-1)!;
  const complete = last.day >= input.row.period_to;
  const stacked = ends.filter(({line}) => complete || line !== "actual");
  const {texts, leaders} = stack(stacked, scales, width, complete);
  const actual = ends.find(({line}) => line === "actual");
  if (complete || actual === undefined) return {texts, leaders};
  const point = {x: scales.x(last.day), y: scales.values.y(last.value)};
  const box = placeNear(point, sizeOf(actual, 720), boundsOf(scales), {
    boxes: [...texts.map(textBox), {left: point.x - 8, top: point.y - 8, right: point.x + 8, bottom: point.y + 8}],
    lines: [...linesOf(input, scales), throughLine(point, scales)]
  });
  return {texts: [...texts, ...textsOf(actual, box.left, (box.top + box.bottom) / 2, 720)], leaders};
}

function stack(ends: readonly EndLabel[], {frame, values}: CumulativeScales, width: ChartWidth, complete: boolean) {
  const wanted = ends.map(({value}) => values.y(value));
  const height = Math.max(0, ...ends.map((end) => sizeOf(end, width).height));
  const middles = spreadApart(wanted, height, -6, heights.panel + 4);
  const isLed = middles.some((middle, index) => Math.abs(middle - wanted[index]!) > 3);
  const leaders: RuleItem[] = isLed
    ? ends.map((_, index) => ({
        x: frame.width + (complete ? 8 : 3),
        y: wanted[index]!,
        x2: frame.width + gap - 4,
        y2: middles[index]!,
        colour: palette.rule,
        width: 1
      }))
    : [];
  return {texts: ends.flatMap((end, index) => textsOf(end, frame.width + gap, middles[index]!, width)), leaders};
}

/** Size of a label with its air. */
function sizeOf(end: EndLabel, width: ChartWidth): {width: number; height: number} {
  const figure = textWidth(end.figure, figureSize(end), 600);
  const word = textWidth(end.word, fontSizes.label);
  if (width === 360) return {width: Math.max(figure, word), height: 33};
  return {width: figure + 4 + word, height: 19};
}

function textsOf(end: EndLabel, left: number, middle: number, width: ChartWidth): TextItem[] {
  const size = figureSize(end);
  const figure = {text: end.figure, size, weight: 600, colour: end.colour, align: "left"} as const;
  const word = {text: end.word, size: fontSizes.label, weight: 400, colour: end.colour, align: "left"} as const;
  if (width === 360)
    return [
      {x: left, y: middle - 2, ...figure},
      {x: left, y: middle + 12, ...word}
    ];
  const y = baselineAt(middle, fontSizes.label);
  return [
    {x: left, y, ...figure},
    {x: left + textWidth(end.figure, size, 600) + 4, y, ...word}
  ];
}

function figureSize({line}: EndLabel): number {
  return line === "actual" ? fontSizes.value : fontSizes.label;
}

function boundsOf({frame}: CumulativeScales): Box {
  return {left: 2, top: -4, right: frame.width + frame.right - 2, bottom: heights.panel - 2};
}

function throughLine(point: Point, {frame}: CumulativeScales): Point[] {
  return [
    {x: point.x, y: -4},
    {x: point.x, y: frame.height}
  ];
}
