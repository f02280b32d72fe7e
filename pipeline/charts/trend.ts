import type {Trend, TrendMonth} from "../comparisons/contract.ts";
import {formatValue} from "../format/numbers.ts";
import type {Chart, TrendInput} from "./contract.ts";
import {baselineAt, type Point, type TextItem} from "./placement.ts";
import {firstProvisional, provisionalShade, shadeHints} from "./provisional.ts";
import {framed, lineLayer, type RuleItem, ruleLayer, type SymbolItem, symbolLayer, textLayer} from "./spec-parts.ts";
import {sentenceCase} from "./standing.ts";
import {textWidth, wrapText} from "./text-metrics.ts";
import {type ChartWidth, fontSizes, palette, statusMarks} from "./theme.ts";
import {labelMargin, placeTrendLabels, type TrendLabel} from "./trend-labels.ts";
import {daysOfMonth, linePoints, type MonthValue, runsOf, seriesChanges} from "./trend-months.ts";
import {monthlyScale, monthTicks, type TrendScales, trendScales, widestTick} from "./trend-scales.ts";
import {trendAltText, trendTable} from "./trend-words.ts";

/** Two years: this one and the one that its months are held against. */
const monthsShown = 24;
const heights = {360: 184, 720: 220} as const;
/** Of the parts above and below the panel, in px: caption, a line of a break's name, names of months and years. */
const rows = {caption: 26, name: 14, months: 36} as const;

/** Looks of the lines, told apart by weight and dash before colour. */
export const trendLooks = {
  value: {stroke: palette.ink, strokeWidth: 2.5},
  lastYear: {stroke: palette.neutral, strokeWidth: 1.25, strokeDash: [2, 2]}
} as const;

/** A month that is not counted to its end. */
export const openMark = statusMarks.too_early.path;

/**
 * A measure of one segment by month: this year strong, the same months of the year before thin and dotted, and what the
 * target asks for of each month as a step. A month that is not known is a gap, and so is a change of the counting
 * method. The last month cut short has an open mark.
 *
 * @param input Of its months the last 24 are shown.
 * @param options `width` in px: 360 stands side by side with others; the id of the one of 720 ends in `-wide`.
 * @throws Error when there are no months.
 */
export function trendChart(input: TrendInput, {width}: {readonly width: ChartWidth}): Chart {
  const {trend} = input;
  const id = width === 720 ? `${input.id}-wide` : input.id;
  const months = trend.months.slice(-monthsShown);
  if (months.length === 0) throw new Error(`chart "${id}": the trend has no months`);
  const runs = {
    value: runsOf(months, ({value}) => value),
    lastYear: runsOf(months, ({last_year}) => last_year),
    expected: runsOf(months, ({expected}) => expected)
  };
  const labels = labelsOf(input, months, runs);
  const names = breakNames(input, months);
  const values = monthlyScale(months, trend.unit, 4);
  const scales = trendScales(values, months.length, {
    left: widestTick(values) + 10,
    right: width - labelMargin(labels),
    top: rows.caption + Math.min(names.length, mostNames) * rows.name,
    bottom: heights[width] - rows.months
  });
  const steps = runs.expected.flat().map((point) => stepOf(point, scales));
  const breaks = breakRules(names, scales);
  const lines = [runs.value, runs.lastYear].flatMap((all) => all.map((run) => run.map(scales.place)));
  const placed = placeTrendLabels(labels, months.length - 1, scales, [...lines, ...[...steps, ...breaks].map(endsOf)]);
  return {
    id,
    title: `${trend.title} by month, ${trend.segment_name}`,
    alt_text: trendAltText(input, months),
    spec: framed({left: 0, top: 0, right: 0, bottom: 0, width, height: heights[width]}, [
      ruleLayer([
        ...provisionalShade(trend, months, scales),
        ...gridOf(scales),
        ...axisOf(months, scales),
        ...placed.leaders
      ]),
      ruleLayer(breaks, [2, 3]),
      lineLayer(linePoints(runs.lastYear, "year before", scales.place), trendLooks.lastYear),
      ruleLayer(steps),
      lineLayer(linePoints(runs.value, "this year", scales.place), trendLooks.value),
      symbolLayer([...marksOf(runs.lastYear, scales, palette.neutral), ...marksOf(runs.value, scales, palette.ink)]),
      textLayer([
        ...captions(trend, months, width),
        ...tickTexts(scales),
        ...monthTexts(months, scales),
        ...nameTexts(names, scales, width),
        ...placed.texts
      ])
    ]),
    table: trendTable(input, months)
  };
}

interface Runs {
  readonly value: readonly (readonly MonthValue[])[];
  readonly lastYear: readonly (readonly MonthValue[])[];
  readonly expected: readonly (readonly MonthValue[])[];
}

function labelsOf({trend}: TrendInput, months: readonly TrendMonth[], runs: Runs): TrendLabel[] {
  const last = months.at(-1)!;
  const [value, lastYear, expected] = [runs.value, runs.lastYear, runs.expected].map((run) => run.at(-1)?.at(-1));
  const plain = {size: fontSizes.label, colour: palette.neutralText};
  const actual = {size: fontSizes.value, colour: palette.ink};
  const labelOf = (end: MonthValue, word: string, look: Pick<TrendLabel, "size" | "colour">): TrendLabel => {
    // Of a line that ends earlier the figure would need its month: only this year's has room for it.
    const isPast = look !== actual && end.index < months.length - 1;
    return {figure: isPast ? "" : formatValue(end.value, trend.unit), word, end, ...look};
  };
  const unknown = {...plain, figure: "not known", word: daysOfMonth(last), end: null};
  return [
    ...(value === undefined ? [] : [labelOf(value, daysOfMonth(months[value.index]!), actual)]),
    ...(last.value === null ? [unknown] : []),
    ...(expected === undefined ? [] : [labelOf(expected, "target", {...plain, colour: palette.pace})]),
    ...(lastYear === undefined ? [] : [labelOf(lastYear, "last year", plain)])
  ];
}

/** A month's step: what is asked for holds for the whole of it. */
function stepOf(point: MonthValue, {place, step}: TrendScales): RuleItem {
  const {x, y} = place(point);
  const half = Math.min(step * 0.4, 14);
  return {x: x - half, x2: x + half, y, y2: y, colour: palette.pace, width: 2};
}

function endsOf({x, y, x2, y2}: RuleItem): Point[] {
  return [
    {x, y},
    {x: x2, y: y2}
  ];
}

function gridOf({left, right, top, bottom, values}: TrendScales): RuleItem[] {
  return values.ticks.map(({value}) => {
    const y = top + values.share(value) * (bottom - top);
    return {x: left, x2: right, y, y2: y, colour: value === 0 ? palette.rule : palette.grid, width: 1};
  });
}

function tickTexts({left, top, bottom, values}: TrendScales): TextItem[] {
  const style = {size: fontSizes.label, weight: 400, colour: palette.neutralText, align: "right"} as const;
  return values.ticks.map(({value, label}) => ({
    x: left - 8,
    y: baselineAt(top + values.share(value) * (bottom - top), fontSizes.label),
    text: label,
    ...style
  }));
}

/** A tick a named month, and a line where a year begins. */
function axisOf(months: readonly TrendMonth[], {left, top, bottom, step}: TrendScales): RuleItem[] {
  const januaries = months.flatMap(({month}, index) =>
    index > 0 && month.endsWith("-01") ? [left + index * step] : []
  );
  return [
    ...januaries.map((x) => ({x, x2: x, y: top, y2: bottom, colour: palette.grid, width: 1})),
    ...monthTicks(months, step).map(({index}) => {
      const x = left + (index + 0.5) * step;
      return {x, x2: x, y: bottom, y2: bottom + 4, colour: palette.rule, width: 1};
    })
  ];
}

function monthTexts(months: readonly TrendMonth[], {left, bottom, step}: TrendScales): TextItem[] {
  const style = {size: fontSizes.label, weight: 400, colour: palette.neutralText, align: "center"} as const;
  return monthTicks(months, step).flatMap(({index, label, year}) => {
    const half = Math.max(textWidth(label, style.size), textWidth(year, style.size)) / 2;
    const x = Math.max(left - 4 + half, left + (index + 0.5) * step);
    return [
      {x, y: bottom + 17, text: label, ...style},
      ...(year === "" ? [] : [{x, y: bottom + 32, text: year, ...style}])
    ];
  });
}

function captions(trend: Trend, months: readonly TrendMonth[], width: number): TextItem[] {
  const hasGap = months.some(({value}) => value === null);
  const isShaded = firstProvisional(trend, months) !== null;
  const notes = [hasGap ? "gap: not known" : "", isShaded ? shadeHints[hasGap ? 1 : 0] : ""];
  const note = notes.filter((one) => one !== "").join("; ");
  const noteWidth = note === "" ? 0 : textWidth(note, fontSizes.small) + 12;
  const caption =
    wrapText(`${sentenceCase(trend.unit)} by month`, width - noteWidth - 2, 1, fontSizes.label, 600)[0] ?? "";
  const small = {size: fontSizes.small, weight: 400, colour: palette.neutralText, align: "right"} as const;
  return [
    {x: 0, y: 12, text: caption, size: fontSizes.label, weight: 600, colour: palette.ink, align: "left"},
    ...(note === "" ? [] : [{x: width - 1, y: 12, text: note, ...small}])
  ];
}

/** A point that no line shows, and the ends of months cut short. */
function marksOf(runs: readonly (readonly MonthValue[])[], {place}: TrendScales, colour: string): SymbolItem[] {
  const isActual = colour === palette.ink;
  return runs.flatMap((run) =>
    run.flatMap((point, index): SymbolItem[] => {
      const isEnd = isActual && run === runs.at(-1) && index === run.length - 1;
      if (isActual && !point.whole) return [{...place(point), path: openMark, colour, size: 9}];
      if (isEnd || run.length === 1) return [{...place(point), path: "circle", colour, size: isActual ? 7 : 4}];
      return [];
    })
  );
}

/** Names of breaks that are written; the others stand in the alternative text and the table. */
const mostNames = 2;

interface BreakName {
  /** Of the first month of the new method. */
  readonly index: number;
  readonly name: string;
}

/** Where the counting method changes: by its name where one is given, else by the name of the series. */
function breakNames({breaks}: TrendInput, months: readonly TrendMonth[]): BreakName[] {
  const given = breaks.map(({month, name}) => ({index: months.findIndex((shown) => shown.month === month), name}));
  const shown = given.filter(({index}) => index >= 0);
  // A month of both methods differs from both its neighbours: the change that is named explains the second one too.
  const isExplained = (index: number) => shown.some((known) => index === known.index || index === known.index + 1);
  const unnamed = seriesChanges(months).filter((index) => !isExplained(index));
  const all = [...shown, ...unnamed.map((index) => ({index, name: months[index]!.series}))];
  return all.sort((a, b) => a.index - b.index);
}

function breakRules(names: readonly BreakName[], {left, step, bottom, top}: TrendScales): RuleItem[] {
  return names.map(({index}, row) => {
    const x = left + index * step;
    const from = row < mostNames ? rows.caption - 8 + row * rows.name : top;
    return {x, x2: x, y: from, y2: bottom, colour: palette.neutralText, width: 1};
  });
}

function nameTexts(names: readonly BreakName[], {left, step}: TrendScales, width: number): TextItem[] {
  const style = {size: fontSizes.small, weight: 400, colour: palette.neutralText} as const;
  return names.slice(0, mostNames).map(({index, name}, row) => {
    const x = left + index * step;
    const isLeft = x > width / 2;
    const room = isLeft ? x - 8 : width - x - 8;
    const text = wrapText(`counted by ${name}`, room, 1, style.size)[0] ?? "";
    return {
      x: isLeft ? x - 4 : x + 4,
      y: rows.caption + row * rows.name,
      text,
      align: isLeft ? "right" : "left",
      ...style
    };
  });
}
