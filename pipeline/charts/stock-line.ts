import {longDate} from "../calendar/iso-date.ts";
import {formatValue} from "../format/numbers.ts";
import {type DateTick, dateTicks} from "./axis.ts";
import {partsChartId} from "./calendar-strip.ts";
import type {Chart, StockLineInput} from "./contract.ts";
import {textAt} from "./drawing.ts";
import {legendOf} from "./legend.ts";
import {outcomeMarks} from "./part-words.ts";
import {baselineAt, type Point, placeNear, spreadApart, type TextItem, textBox} from "./placement.ts";
import {
  framed,
  type LinePoint,
  lineLayer,
  type RuleItem,
  ruleLayer,
  type SymbolItem,
  symbolLayer,
  textLayer
} from "./spec-parts.ts";
import {type StockScales, stockHeights, stockScales} from "./stock-line-scales.ts";
import {captionOf, stockAltText, stockTable} from "./stock-line-words.ts";
import {textWidth} from "./text-metrics.ts";
import {type ChartWidth, fontSizes, palette, statusMarks} from "./theme.ts";

/** More points than these have no mark each; breaches always have. */
const mostMarked = 60;
const ringPath = "circle";
/** From the end of the days to the labels of the levels. */
const gap = 8;

/**
 * A stock by the day or an average by month against its level: steps between observations, the level as a line, each
 * point at which the goal does not hold as a cross. Never cumulated: a stock of ten on each of two days is ten.
 *
 * @param options `width` in px: 720 for pages and paper, 360 for phones; the id of the latter ends in `-narrow`.
 * @throws Error when no point is known.
 */
export function stockLineChart(input: StockLineInput, {width = 720}: {readonly width?: ChartWidth} = {}): Chart {
  const {row, kind, points, levels, expected} = input;
  const id = partsChartId(kind === "month" ? "months" : "stock", row, width);
  if (points.every(({value}) => value === null)) throw new Error(`chart "${id}": no point is known`);
  const names = levelNames(input);
  const margin = Math.max(textWidth("0", 12), ...names.map((name) => textWidth(name, fontSizes.label, 600))) + gap + 4;
  const scales = stockScales(input, Math.ceil(margin), width);
  const {frame, x, y, places} = scales;
  const runs = lineRuns(input, scales);
  const pace = expected.map(({day, value}) => ({run: "pace", x: x(day), y: y(value)}));
  const levelRules = levels.map(
    (level): RuleItem => ({x: 0, x2: frame.width, y: y(level), y2: y(level), colour: palette.pace, width: 2})
  );
  const marks = marksOf(input, scales);
  const legend = legendTexts(input, scales);
  const ticks = dateTicks(row.period_from, row.period_to, frame.width);
  return {
    id,
    title: `${row.title}: ${captionOf(input).toLowerCase()}, ${row.segment_name}`,
    alt_text: stockAltText(input),
    spec: framed(frame, [
      ruleLayer([...gridOf(scales), ...dateRules(ticks, input, scales)]),
      ruleLayer(levelRules),
      lineLayer(pace, {stroke: palette.pace, strokeWidth: 1.5, strokeDash: [5, 4]}),
      lineLayer(runs, {stroke: palette.ink, strokeWidth: kind === "month" || points.length > mostMarked ? 1.25 : 2.5}),
      ruleLayer(wholeRule(input, scales)),
      symbolLayer([...marks, ...legend.symbols]),
      textLayer([
        ...captions(input, scales),
        ...legend.texts,
        ...tickTexts(scales),
        ...dateTexts(ticks, scales),
        ...levelTexts(names, input, scales),
        ...actualText(input, scales, [...runs, ...pace], places)
      ])
    ]),
    table: stockTable(input)
  };
}

/** "100" at its line; the goal's words stand in the caption. */
function levelNames({levels, unit}: StockLineInput): string[] {
  return levels.map((level) => formatValue(level, unit));
}

/** Observed values hold until the next one; what is not known parts the line. */
function lineRuns({kind, points, row}: StockLineInput, {places, x}: StockScales): LinePoint[] {
  const line: LinePoint[] = [];
  let run = 0;
  let before: Point | null = null;
  for (const [index, place] of places.entries()) {
    if (place === null) {
      run += 1;
      before = null;
      continue;
    }
    if (kind === "observed" && before !== null) line.push({run: `value ${run}`, x: place.x, y: before.y});
    line.push({run: `value ${run}`, ...place});
    before = place;
    const isLast = index === places.length - 1;
    const through = x(row.through);
    if (isLast && kind === "observed" && points[index]!.day < row.through && through > place.x)
      line.push({run: `value ${run}`, x: through, y: place.y});
  }
  return line;
}

/** Breaches as crosses; other points as dots, where these can be told apart; the last with the row's status. */
function marksOf({points, row, kind}: StockLineInput, {places, x, y}: StockScales): SymbolItem[] {
  const isCrowded = places.length > mostMarked;
  const marks = places.flatMap((place, index): SymbolItem[] => {
    if (place === null) return [];
    if (points[index]!.holds === false) {
      const {path, colour} = outcomeMarks.missed;
      return [{...place, path, colour, size: isCrowded ? 6 : 10}];
    }
    return isCrowded ? [] : [{...place, path: ringPath, colour: palette.ink, size: 6}];
  });
  const end = kind === "month" ? null : places.findLast((place) => place !== null);
  const {path, colour} = statusMarks[row.status];
  if (kind === "month") {
    if (row.actual_value === null) return marks;
    return [...marks, {x: x(row.through), y: y(row.actual_value), path, colour, size: 13}];
  }
  return end == null ? marks : [...marks, {x: Math.max(end.x, x(row.through)), y: end.y, path, colour, size: 13}];
}

/** Of an average: its value over all days counted, which no point of a month is. */
function wholeRule({kind, row}: StockLineInput, {x, y}: StockScales): RuleItem[] {
  if (kind !== "month" || row.actual_value === null) return [];
  const at = y(row.actual_value);
  return [{x: x(row.period_from), x2: x(row.through), y: at, y2: at, colour: statusMarks[row.status].colour, width: 2}];
}

function gridOf({ticks, frame, y}: StockScales): RuleItem[] {
  return ticks.map(({value}) => ({
    x: 0,
    x2: frame.width,
    y: y(value),
    y2: y(value),
    colour: palette.grid,
    width: 1
  }));
}

function tickTexts({ticks, y}: StockScales): TextItem[] {
  return ticks.map(({value, label}) =>
    textAt(label, -8, baselineAt(y(value), fontSizes.label), {colour: palette.neutralText, align: "right"})
  );
}

function dateRules(ticks: readonly DateTick[], {row}: StockLineInput, {frame, x}: StockScales): RuleItem[] {
  const rule = {colour: palette.rule, width: 1};
  const foot = {y: frame.height, y2: frame.height};
  const day = x(row.through);
  return [
    {x: 0, x2: frame.width, ...foot, ...rule},
    ...ticks.map((tick) => ({
      x: x(tick.day),
      x2: x(tick.day),
      y: frame.height,
      y2: frame.height + 6,
      ...rule
    })),
    ...(row.through >= row.period_to ? [] : [{x: day, x2: day, y: -6, y2: frame.height, ...rule}])
  ];
}

function dateTexts(ticks: readonly DateTick[], {frame, x}: StockScales): TextItem[] {
  const look = {colour: palette.neutralText};
  return ticks.flatMap(({day, label, year}) => [
    textAt(label, x(day) + 4, frame.height + 15, look),
    ...(year === "" ? [] : [textAt(year, x(day) + 4, frame.height + 30, look)])
  ]);
}

/** What is drawn and what is asked; how far is counted; and that the axis does not begin at 0, where it does not. */
function captions(input: StockLineInput, {frame, x, low}: StockScales): TextItem[] {
  const {row} = input;
  const through = `through ${longDate(row.through)}`;
  const half = textWidth(through, fontSizes.small) / 2;
  const middle = Math.min(frame.width + frame.right - half - 2, Math.max(half - frame.left + 2, x(row.through)));
  const heading = captionOf(input);
  const cut = low > 0 ? "the axis does not begin at 0" : "";
  return [
    textAt(heading, -frame.left, -50, {weight: 600}),
    ...(cut === ""
      ? []
      : [
          textAt(cut, -frame.left + textWidth(heading, fontSizes.label, 600) + 10, -50, {
            size: fontSizes.small,
            colour: palette.neutralText
          })
        ]),
    textAt(through, middle, -11, {size: fontSizes.small, colour: palette.neutralText, align: "center"})
  ];
}

/** Under the caption: the goal, what a cross is, what the dashed line is. */
function legendTexts({goal, points, expected, kind, levels}: StockLineInput, {frame}: StockScales) {
  const {missed} = outcomeMarks;
  const isJudged = points.some(({holds}) => holds === false);
  const items = [
    ...(goal === null ? [] : [{text: levels.length === 0 ? `asked: ${goal}` : `line: ${goal}`, sample: 0}]),
    ...(expected.length === 0 ? [] : [{text: "dashed: pace", sample: 0}]),
    ...(isJudged ? [{text: kind === "month" ? "month that alone would not do" : "does not hold", sample: 11}] : [])
  ];
  const legend = legendOf(items, -44, frame.left + frame.width + frame.right - 2);
  const cross = isJudged ? legend.places.at(-1) : undefined;
  const shift = (text: TextItem) => ({...text, x: text.x - frame.left});
  return {
    texts: legend.texts.map(shift),
    symbols:
      cross === undefined
        ? []
        : [{x: cross.x - frame.left + 5.5, y: cross.y, path: missed.path, colour: missed.colour, size: 10}]
  };
}

/** At the right end of their lines, moved apart where they are close. */
function levelTexts(names: readonly string[], {levels}: StockLineInput, {frame, y}: StockScales): TextItem[] {
  const middles = spreadApart(levels.map(y), 16, -6, stockHeights.panel + 6);
  return names.map((name, index) =>
    textAt(name, frame.width + gap, baselineAt(middles[index]!, fontSizes.label), {weight: 600, colour: palette.pace})
  );
}

/** The value that counts, beside its mark, where no line runs. */
function actualText(
  {row, points, kind, levels, unit}: StockLineInput,
  {frame, x, y}: StockScales,
  lines: readonly Point[],
  places: readonly (Point | null)[]
): TextItem[] {
  const end = places.findLast((place) => place !== null);
  const isMonthly = kind === "month";
  // Asked for at every observation the row's own value is the share of those that hold, not what stands on a day.
  const value = isMonthly ? row.actual_value : (points.findLast((point) => point.value !== null)?.value ?? null);
  if (end == null || value === null) return [];
  const figure = formatValue(value, unit);
  const word = isMonthly ? " to date" : "";
  const point = {
    x: isMonthly ? x(row.through) : Math.max(end.x, x(row.through)),
    y: isMonthly ? y(value) : end.y
  };
  const size = {
    width: textWidth(figure, fontSizes.value, 600) + textWidth(word, fontSizes.label) + 4,
    height: 18
  };
  const bounds = {left: 2, top: -4, right: frame.width - 2, bottom: frame.height - 2};
  const own = {left: point.x - 8, top: point.y - 8, right: point.x + 8, bottom: point.y + 8};
  const across = levels.map((level) => [
    {x: 0, y: y(level)},
    {x: frame.width, y: y(level)}
  ]);
  const whole = isMonthly
    ? [
        [
          {x: 0, y: point.y},
          {x: point.x, y: point.y}
        ]
      ]
    : [];
  const box = placeNear(point, size, bounds, {boxes: [own], lines: [[...lines], ...across, ...whole]});
  const base = baselineAt((box.top + box.bottom) / 2, fontSizes.value);
  const text = textAt(figure, box.left, base, {size: fontSizes.value, weight: 600});
  return [
    text,
    ...(word === "" ? [] : [textAt(word.trim(), textBox(text).right + 4, base, {colour: palette.neutralText})])
  ];
}
