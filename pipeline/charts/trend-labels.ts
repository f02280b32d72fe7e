import {type Box, baselineAt, type Point, placeNear, spreadApart, type TextItem, textBox} from "./placement.ts";
import type {RuleItem} from "./spec-parts.ts";
import {textWidth, wrapText} from "./text-metrics.ts";
import {fontSizes, palette} from "./theme.ts";
import type {MonthValue} from "./trend-months.ts";
import type {TrendScales} from "./trend-scales.ts";

/** From the last month to the labels beside it: room for a mark and a leader, in px. */
const gap = 16;
/** Of a label of two lines with its air. */
const labelHeight = 29;

/** What names a line: its figure over its word, "41" over "December". */
export interface TrendLabel {
  /** Empty where the word says enough. */
  readonly figure: string;
  readonly word: string;
  readonly colour: string;
  readonly size: number;
  /** Where the line ends; null where there is no line, only words. */
  readonly end: MonthValue | null;
}

/** Room at the right of the panel, in px. */
export function labelMargin(labels: readonly TrendLabel[]): number {
  const widths = labels.flatMap(({figure, word, size}) => [
    textWidth(figure, size, 600),
    textWidth(word, fontSizes.small)
  ]);
  return gap + Math.ceil(Math.max(20, ...widths)) + 2;
}

/**
 * Labels of lines that reach the last month stand at the right, moved apart and led to their lines where these end
 * close together; the others beside their last point, where no line runs.
 *
 * @param last Index of the last month shown.
 * @param lines All that is drawn, for labels to keep clear of.
 */
export function placeTrendLabels(
  labels: readonly TrendLabel[],
  last: number,
  scales: TrendScales,
  lines: readonly (readonly Point[])[]
): {texts: TextItem[]; leaders: RuleItem[]} {
  const outer = labels.filter(({end}) => end === null || end.index === last);
  const {texts, leaders} = stack(outer, scales);
  for (const label of labels) {
    if (label.end === null || label.end.index === last) continue;
    texts.push(...beside(label, scales.place(label.end), scales, lines, texts.map(textBox)));
  }
  return {texts, leaders};
}

function stack(labels: readonly TrendLabel[], {right, top, bottom, step, place}: TrendScales) {
  const wanted = labels.map(({end}) => (end === null ? (top + bottom) / 2 : place(end).y));
  const middles = spreadApart(wanted, labelHeight, top - 8, bottom + 18);
  const isLed = middles.some((middle, index) => labels[index]!.end !== null && Math.abs(middle - wanted[index]!) > 3);
  const leaders: RuleItem[] = !isLed
    ? []
    : labels.flatMap(({end}, index) =>
        end === null
          ? []
          : [
              {
                x: right - step / 2 + 6,
                y: wanted[index]!,
                x2: right + gap - 3,
                y2: middles[index]!,
                colour: palette.rule,
                width: 1
              }
            ]
      );
  const texts = labels.flatMap(({figure, word, colour, size}, index): TextItem[] => [
    {x: right + gap, y: middles[index]! - 1, text: figure, size, weight: 600, colour, align: "left"},
    {x: right + gap, y: middles[index]! + 11, text: word, size: fontSizes.small, weight: 400, colour, align: "left"}
  ]);
  return {texts, leaders};
}

/** One line of words, not across the labels at the right. */
function beside(
  {figure, word, colour}: TrendLabel,
  point: Point,
  {left, right, top, bottom}: TrendScales,
  lines: readonly (readonly Point[])[],
  boxes: readonly Box[]
): TextItem[] {
  const [size, room] = [fontSizes.small, right + gap - 4 - left];
  const figureWidth = figure === "" ? 0 : textWidth(figure, size, 600) + 4;
  const shown = wrapText(word, Math.max(0, room - figureWidth), 1, size)[0] ?? "";
  const box = placeNear(
    point,
    {width: figureWidth + textWidth(shown, size), height: 15},
    {left, top: top - 2, right: left + room, bottom: bottom - 2},
    {boxes: [...boxes, {left: point.x - 5, top: point.y - 5, right: point.x + 5, bottom: point.y + 5}], lines}
  );
  const y = baselineAt((box.top + box.bottom) / 2, size);
  return [
    ...(figure === "" ? [] : [{x: box.left, y, text: figure, size, weight: 600, colour, align: "left"} as const]),
    {x: box.left + figureWidth, y, text: shown, size, weight: 400, colour, align: "left"}
  ];
}
