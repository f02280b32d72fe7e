import {type CumulativeScales, differenceTop, heights, tickTexts, type ValueScale} from "./cumulative-scales.ts";
import type {CumulativeCourse} from "./cumulative-words.ts";
import {baselineAt, placeNear, type TextItem} from "./placement.ts";
import {dayChannel, type Layer, type RuleItem, type SymbolItem, splitAtZero, valueChannel} from "./spec-parts.ts";
import {goodSide, signedDifference, standing} from "./standing.ts";
import {textWidth} from "./text-metrics.ts";
import {type ChartWidth, fontSizes, palette} from "./theme.ts";

/** The lower panel: how far the actual is from the pace, day by day. */
export interface DifferencePanel {
  readonly layers: readonly Layer[];
  readonly rules: readonly RuleItem[];
  readonly symbols: readonly SymbolItem[];
  readonly texts: readonly TextItem[];
}

export function differencePanel(
  input: CumulativeCourse,
  scales: CumulativeScales,
  scale: ValueScale,
  width: ChartWidth
): DifferencePanel {
  const zero = scale.y(0);
  const last = input.differences.at(-1);
  return {
    layers: layersOf(input, scales, scale),
    rules: [{x: 0, y: zero, x2: scales.frame.width, y2: zero, colour: palette.pace, width: 1}],
    symbols: last === undefined ? [] : [{x: scales.x(last.day), y: scale.y(last.value), ...endMark}],
    texts: [...tickTexts(scale), ...captionOf(input, scales, width), ...endTexts(input, scales, scale)]
  };
}

const endMark = {path: "circle", colour: palette.ink, size: 7};

/** Colours by side of the zero line: the side itself tells the same. */
function layersOf(input: CumulativeCourse, scales: CumulativeScales, scale: ValueScale): Layer[] {
  const side = goodSide(input.row);
  const above = side === null ? palette.neutral : side === "above" ? palette.good : palette.bad;
  const below = side === null ? palette.neutral : side === "below" ? palette.good : palette.bad;
  const x = dayChannel(scales.days);
  const range = [differenceTop, differenceTop + heights.difference] as const;
  const area = (field: string, colour: string): Layer => ({
    mark: {type: "area", order: false, color: colour, opacity: 0.3},
    encoding: {x, y: valueChannel(field, scale.domain, range), y2: {datum: 0}}
  });
  return [
    {
      transform: splitAtZero("difference"),
      resolve: {scale: {y: "shared"}},
      layer: [
        area("above", above),
        area("below", below),
        {
          mark: {type: "line", order: false, stroke: palette.ink, strokeWidth: 1.5, strokeJoin: "round"},
          encoding: {x, y: valueChannel("difference", scale.domain, range)}
        }
      ]
    }
  ];
}

function captionOf({row}: CumulativeCourse, {frame}: CumulativeScales, width: ChartWidth): TextItem[] {
  const side = goodSide(row);
  const y = differenceTop - 14;
  const size = fontSizes.label;
  const caption = "Actual minus pace";
  const hint = side === null ? "" : width === 360 ? `${side} 0 is ahead` : `${side} 0 is ahead of the goal`;
  const x = -frame.left + textWidth(caption, size, 600) + 8;
  return [
    {x: -frame.left, y, text: caption, size, weight: 600, colour: palette.ink, align: "left"},
    ...(hint === "" ? [] : [{x, y, text: hint, size, weight: 400, colour: palette.neutralText, align: "left"} as const])
  ];
}

/** Room that the last day's label needs at the right of a period counted to its end, in px. */
export function differenceMargin(input: CumulativeCourse): number {
  const label = endLabel(input);
  return label === null || label.day < input.row.period_to ? 0 : Math.ceil(label.width) + 16;
}

/** "+115.3 behind" at the last day counted. */
function endTexts(input: CumulativeCourse, scales: CumulativeScales, scale: ValueScale): TextItem[] {
  const label = endLabel(input);
  if (label === null) return [];
  const {day, value, figure, figureWidth, word, colour, width} = label;
  const point = {x: scales.x(day), y: scale.y(value)};
  const {frame} = scales;
  const box = placeNear(
    point,
    {width, height: 16},
    {left: 2, top: differenceTop - 8, right: frame.width + frame.right - 2, bottom: frame.height + heights.foot - 2},
    {
      boxes: [{left: point.x - 6, top: point.y - 6, right: point.x + 6, bottom: point.y + 6}],
      lines: [
        input.differences.map((at) => ({x: scales.x(at.day), y: scale.y(at.value)})),
        [
          {x: 0, y: scale.y(0)},
          {x: frame.width, y: scale.y(0)}
        ],
        [
          {x: point.x, y: scale.y(0)},
          {x: point.x, y: point.y}
        ]
      ]
    }
  );
  const y = baselineAt((box.top + box.bottom) / 2, fontSizes.label);
  const style = {y, size: fontSizes.label, colour, align: "left"} as const;
  return [
    {x: box.left, text: figure, weight: 600, ...style},
    ...(word === "" ? [] : [{x: box.left + figureWidth + 4, text: word, weight: 400, ...style} as const])
  ];
}

function endLabel(input: CumulativeCourse) {
  const last = input.differences.at(-1);
  if (last === undefined) return null;
  const word = standing(input.row, last.value);
  const figure = signedDifference(last.value, input.row.unit);
  const colour = word === "ahead" ? palette.good : word === "behind" ? palette.bad : palette.ink;
  const figureWidth = textWidth(figure, fontSizes.label, 600);
  return {...last, word, figure, colour, figureWidth, width: figureWidth + 4 + textWidth(word, fontSizes.label)};
}
