import type {AttainmentRow} from "../attainment/contract.ts";
import type {Chart} from "./contract.ts";
import {type GapGroup, type GapRow, gapGroups} from "./gap-rows.ts";
import {gapAltText, gapTable, groupHeadings} from "./gap-words.ts";
import {ownValues, type Reading} from "./part-words.ts";
import {baselineAt, grown, overlap, type TextItem, textBox} from "./placement.ts";
import {framed, type RuleItem, ruleLayer, type SymbolItem, symbolLayer, textLayer} from "./spec-parts.ts";
import {textWidth, wrapEvenly, wrapText} from "./text-metrics.ts";
import {beyondPaths, type ChartWidth, type FontWeight, fontSizes, type Mark, palette} from "./theme.ts";

export interface GapOptions {
  /** Becomes the chart's id; the narrow one ends in `-narrow`. */
  readonly id: string;
  readonly title: string;
  /** In px: 720 for pages and paper, 360 for phones. Default 720. */
  readonly width?: ChartWidth;
  /** How each row's values are to be read; left out, all are their measures' own. */
  readonly readingOf?: (row: AttainmentRow) => Reading;
}

/** Where the columns stand, in px. On a phone the title stands above its mark. */
const layouts = {
  720: {plot: 276, plotEnd: 500, words: 524, end: 718, title: 246, titleLines: 3, stacked: false},
  360: {plot: 24, plotEnd: 170, words: 192, end: 358, title: 350, titleLines: 2, stacked: true}
} as const;
type Layout = (typeof layouts)[ChartWidth];

const lineHeight = 15;
const headingHeight = 54;
/** Of a row's mark with the two lines beside it. */
const markHeight = 40;
/** From the left edge of a status mark to its reason, where no figure is shown. */
const reasonIndent = 130;

interface Drawing {
  readonly texts: TextItem[];
  readonly rules: RuleItem[];
  readonly stems: RuleItem[];
  readonly symbols: SymbolItem[];
}

/**
 * The gap of all targets: a row a target, its mark where it stands, a stem from the line of the pace to it. Each group
 * of goals has its own scale; what lies beyond a scale ends in an arrow, and every row says its numbers.
 *
 * @param rows Binding whole rows; their order does not matter.
 * @throws Error when there are none.
 */
export function gapChart(rows: readonly AttainmentRow[], options: GapOptions): Chart {
  const {id, title, width = 720, readingOf = () => ownValues} = options;
  if (rows.length === 0) throw new Error(`chart "${id}": there are no rows`);
  const layout = layouts[width];
  const groups = gapGroups(rows, readingOf);
  const usual = mostCommon(rows.map(({segment_name}) => segment_name));
  const drawing: Drawing = {texts: [], rules: [], stems: [], symbols: []};
  let y = 0;
  for (const group of groups) y = drawGroup(group, y, layout, usual, drawing) + 14;
  const frame = {left: 1, right: 1, top: 4, bottom: 2, width: width - 2, height: Math.ceil(y - 14)};
  return {
    id: width === 360 ? `${id}-narrow` : id,
    title,
    alt_text: gapAltText(groups),
    spec: framed(frame, [
      ruleLayer(drawing.rules),
      ruleLayer(drawing.stems),
      symbolLayer(drawing.symbols),
      textLayer(drawing.texts)
    ]),
    table: gapTable(groups, readingOf)
  };
}

/** The place that need not be named with every title. */
function mostCommon(names: readonly string[]): string {
  const count = (name: string) => names.filter((other) => other === name).length;
  return names.reduce((best, name) => (count(name) > count(best) ? name : best), names[0] ?? "");
}

/** @returns The group's lower edge. */
function drawGroup(group: GapGroup, top: number, layout: Layout, usual: string, drawing: Drawing): number {
  const heading = wrapEvenly(groupHeadings[group.kind], layout.end, 2, fontSizes.heading, 600);
  drawing.texts.push(...lines(heading, 0, top + 12, fontSizes.heading, 600, palette.ink));
  const scale = scaleOf(group, layout);
  let y = top + (heading.length - 1) * lineHeight + (scale === null ? 24 : headingHeight);
  if (scale !== null) drawing.texts.push(...tickTexts(scale, y - 8));
  for (const row of group.rows) y = drawRow(row, y, layout, usual, scale, drawing);
  return y;
}

interface Scale {
  readonly low: number;
  readonly high: number;
  readonly x: (value: number) => number;
  readonly ticks: readonly {readonly value: number; readonly label: string}[];
}

/** From no change (or nothing) to the pace, and as far beyond, up to twice the way either side, as rows reach. */
function scaleOf({kind, rows}: GapGroup, {plot, plotEnd, stacked}: Layout): Scale | null {
  if (kind === "none") return null;
  const positions = rows.map(({position}) => position ?? 1);
  if (kind === "parts") return partsScale(plot, plotEnd);
  const low = kind === "level" ? 0 : Math.max(-1, Math.min(0, ...positions));
  const high = Math.min(2, Math.max(1.25, ...positions));
  const x = (value: number) => plot + ((value - low) / (high - low)) * (plotEnd - plot);
  const all = [
    {value: -1, label: "\u2212100%"},
    {value: 0, label: kind === "change" && !stacked ? "no change" : "0%"},
    {value: 1, label: "on pace"},
    {value: 2, label: "200%"}
  ];
  return {low, high, x, ticks: all.filter(({value}) => value >= low && value <= high)};
}

/** From none to all; there is nothing beyond. */
function partsScale(plot: number, plotEnd: number): Scale {
  const x = (value: number) => plot + (value / 1.06) * (plotEnd - plot);
  const ticks = [
    {value: 0, label: "none"},
    {value: 1, label: "all"}
  ];
  return {low: 0, high: 1, x, ticks};
}

function gridOf({x, ticks}: Scale, top: number, bottom: number): RuleItem[] {
  return ticks.map(({value}) => ({
    x: x(value),
    x2: x(value),
    y: top,
    y2: bottom,
    colour: value === 1 ? palette.ink : palette.grid,
    width: value === 1 ? 1.5 : 1
  }));
}

/** The pace is always named, then no change; the outer ticks only where they leave room. */
function tickTexts({x, ticks}: Scale, y: number): TextItem[] {
  const texts: TextItem[] = [];
  for (const {value, label} of [...ticks].sort((a, b) => Math.abs(a.value - 0.9) - Math.abs(b.value - 0.9))) {
    const weight: FontWeight = value === 1 ? 600 : 400;
    const colour = value === 1 ? palette.ink : palette.neutralText;
    const text = {x: x(value), y, text: label, size: fontSizes.small, weight, colour, align: "center"} as const;
    if (!texts.some((other) => overlap(grown(textBox(other), 4), textBox(text)))) texts.push(text);
  }
  return texts;
}

/** @returns The row's lower edge. */
function drawRow(
  gap: GapRow,
  top: number,
  layout: Layout,
  usual: string,
  scale: Scale | null,
  drawing: Drawing
): number {
  const {row, position} = gap;
  const title = row.segment_name === usual ? row.title : `${row.title} \u00B7 ${row.segment_name}`;
  const titleLines = wrapEvenly(title, layout.title, layout.titleLines, fontSizes.label);
  const titleHeight = titleLines.length * lineHeight;
  const marksTop = layout.stacked ? top + titleHeight + 6 : top;
  const titleTop = (height: number) => (layout.stacked ? top + 16 : top + (height - titleHeight) / 2 + 11.5);
  drawing.rules.push({x: 0, x2: layout.end, y: top, y2: top, colour: palette.grid, width: 1});
  const room = layout.stacked ? 0 : titleHeight + 14;
  const bottom =
    position === null || scale === null
      ? drawWords(gap, marksTop, room, layout, drawing)
      : drawMark(gap, position, marksTop, room, layout, scale, drawing);
  drawing.texts.push(...lines(titleLines, 0, titleTop(bottom - top), fontSizes.label, 400, palette.ink));
  return bottom;
}

/** @returns The row's lower edge. */
function drawMark(
  {progress, detail, mark}: GapRow,
  position: number,
  top: number,
  room: number,
  layout: Layout,
  scale: Scale,
  drawing: Drawing
): number {
  const progressLeft = layout.words + textWidth(mark.word, fontSizes.label, 600) + 6;
  const isBeside = progressLeft + textWidth(progress, fontSizes.label) <= layout.end;
  const details = wrapText(
    isBeside ? detail : `${progress}: ${detail}`,
    layout.end - layout.words,
    isBeside ? 2 : 3,
    fontSizes.small
  );
  const height = Math.max(markHeight + (details.length - 1) * 14, room);
  const y = top + height / 2;
  const wordsTop = y - 4 - (details.length - 1) * 7;
  const shown = Math.min(scale.high, Math.max(scale.low, position));
  const x = scale.x(shown);
  drawing.rules.push(...gridOf(scale, top, top + height));
  drawing.stems.push({x: scale.x(1), x2: x, y, y2: y, colour: mark.colour, width: 3});
  drawing.symbols.push({x, y, path: mark.path, colour: mark.colour, size: 14}, ...arrowOf(position, shown, x, y, mark));
  drawing.texts.push(
    ...lines([mark.word], layout.words, wordsTop, fontSizes.label, 600, mark.text_colour),
    ...lines(isBeside ? [progress] : [], progressLeft, wordsTop, fontSizes.label, 400, palette.ink),
    ...lines(details, layout.words, wordsTop + 16, fontSizes.small, 400, palette.neutralText, 14)
  );
  return top + height;
}

/** Beside a mark that stands at the end of its scale because its value lies beyond. */
function arrowOf(position: number, shown: number, x: number, y: number, {colour}: Mark): SymbolItem[] {
  if (shown === position) return [];
  const path = position < shown ? beyondPaths.low : beyondPaths.high;
  return [{x: x + (position < shown ? -13 : 13), y, path, colour, size: 8}];
}

/**
 * No mark on a scale: the word and the reason, across the place of the plot.
 *
 * @returns The row's lower edge.
 */
function drawWords({detail, mark}: GapRow, top: number, room: number, layout: Layout, drawing: Drawing): number {
  const left = layout.stacked ? 0 : layout.plot;
  const reasonLeft = layout.stacked ? 22 : left + reasonIndent;
  const reason = wrapText(detail, layout.end - reasonLeft, 3, fontSizes.small);
  const height = layout.stacked ? 34 + reason.length * 14 : Math.max(markHeight, room, reason.length * 14 + 14);
  const wordY = layout.stacked ? top + 12 : top + height / 2;
  const reasonTop = layout.stacked ? top + 31 : wordY - ((reason.length - 1) * 14) / 2 + 4;
  drawing.symbols.push({x: left + 7, y: wordY, path: mark.path, colour: mark.colour, size: 13});
  drawing.texts.push(
    ...lines([mark.word], left + 22, baselineAt(wordY, fontSizes.label), fontSizes.label, 600, mark.text_colour),
    ...lines(reason, reasonLeft, reasonTop, fontSizes.small, 400, palette.neutralText, 14)
  );
  return top + height;
}

function lines(
  texts: readonly string[],
  x: number,
  y: number,
  size: number,
  weight: FontWeight,
  colour: string,
  height: number = lineHeight
): TextItem[] {
  return texts.map((text, index) => ({x, y: y + index * height, text, size, weight, colour, align: "left"}));
}
