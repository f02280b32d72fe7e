import type {AttainmentRow} from "../attainment/contract.ts";
import {formatDifference, formatShare, formatValue} from "../format/numbers.ts";
import {roundTicks} from "./axis.ts";
import type {Chart} from "./contract.ts";
import type {GapOptions} from "./gap.ts";
import {baselineAt, type TextItem} from "./placement.ts";
import {isLevelGoal, type SegmentRow, segmentRows} from "./segment-rows.ts";
import {neededFigure, segmentAltText, segmentTable} from "./segment-words.ts";
import {framed, type RuleItem, ruleLayer, type SymbolItem, symbolLayer, textLayer} from "./spec-parts.ts";
import {sentenceCase} from "./standing.ts";
import {textWidth, wrapText} from "./text-metrics.ts";
import {beyondPaths, type ChartWidth, type FontWeight, fontSizes, palette} from "./theme.ts";

export interface SegmentGapOptions extends GapOptions {
  /** How people call the baseline: "last year"; "baseline" when absent. */
  readonly baseline_name?: string;
}

/** Columns in px: names from 0, the plot, then figures that end at their number, the word from its number. */
const layouts = {
  720: {plot: 140, plotEnd: 430, now: 500, base: 570, figure: 640, word: 654, end: 718},
  360: {plot: 104, plotEnd: 232, now: null, base: null, figure: 298, word: 308, end: 358}
} as const;
type Layout = (typeof layouts)[ChartWidth];

const rowHeight = 20;
/** Air before a row that begins a new group. */
const groupGap = 9;
/** Changes beyond this many times either way end in an arrow: one outlier must not press all others together. */
const furthest = 0.75;

/**
 * One target by segments: city, bureaus and Areas in the order given, which is the roster's and never a ranking. The
 * mark stands at the change to date, with a stem from no change, against a line at the change that is needed by now;
 * for level goals at the share of the level. A base under 10 is told in counts, without a mark.
 *
 * @param rows Rows of one target and period, in roster order (`inRosterOrder`).
 * @throws Error when there are none, or when they are of several targets.
 */
export function segmentGapChart(rows: readonly AttainmentRow[], options: SegmentGapOptions): Chart {
  const {id, title, width = 720, baseline_name = "baseline"} = options;
  if (rows.length === 0) throw new Error(`chart "${id}": there are no rows`);
  const targets = new Set(rows.map(({target, period}) => `${target} ${period}`));
  if (targets.size > 1) throw new Error(`chart "${id}": rows of several targets: ${[...targets].join(", ")}`);
  const segments = segmentRows(rows);
  const layout = layouts[width];
  const scale = scaleOf(segments, layout);
  const tops = rowTops(segments);
  const bottom = tops.at(-1)! + rowHeight;
  const spans = spansWithMarks(segments, tops);
  const frame = {left: 1, right: 1, top: 46, bottom: 4, width: width - 2, height: bottom};
  const drawn = segments.map((segment, index) => drawRow(segment, tops[index]! + rowHeight / 2, layout, scale));
  return {
    id: width === 360 ? `${id}-narrow` : id,
    title,
    alt_text: segmentAltText(segments, baseline_name),
    spec: framed(frame, [
      ruleLayer([...separators(segments, tops, layout), ...grid(scale, spans)]),
      ruleLayer(drawn.flatMap(({stems}) => stems)),
      ruleLayer(neededRules(segments, tops, scale, spans)),
      symbolLayer(drawn.flatMap(({symbols}) => symbols)),
      textLayer([...headings(segments, layout, scale, baseline_name), ...drawn.flatMap(({texts}) => texts)])
    ]),
    table: segmentTable(segments, baseline_name)
  };
}

interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly x: (value: number) => number;
}

function scaleOf(segments: readonly SegmentRow[], {plot, plotEnd}: Layout): Scale {
  const isLevel = isLevelGoal(segments[0]!.row);
  const limit = isLevel ? 2 : furthest;
  const values = segments.flatMap(({position, needed}) => [position, needed]).filter((value) => value !== null);
  const low = Math.max(isLevel ? 0 : -limit, Math.min(0, ...values));
  const high = Math.min(limit, Math.max(0, ...values));
  const span = high - low || 0.1;
  const from = low === 0 && isLevel ? 0 : low - span * 0.04;
  const to = low + span * 1.04;
  const x = (value: number) => plot + ((value - from) / (to - from)) * (plotEnd - plot);
  return {low, high, ticks: values.length === 0 ? [] : roundTicks(low, low + span, 4, false), x};
}

function rowTops(segments: readonly SegmentRow[]): number[] {
  let top = 0;
  return segments.map(({depth}, index) => {
    if (index > 0) top += rowHeight + (begins(segments, index, depth) ? groupGap : 0);
    return top;
  });
}

/** A wider segment begins a group, and so does the first narrower one under the widest. */
function begins(segments: readonly SegmentRow[], index: number, depth: number): boolean {
  const before = segments[index - 1]!.depth;
  return depth < before || (before === 0 && depth > 0);
}

function separators(segments: readonly SegmentRow[], tops: readonly number[], {end}: Layout): RuleItem[] {
  return segments.flatMap(({depth}, index) => {
    if (index > 0 && !begins(segments, index, depth)) return [];
    const y = tops[index]! - (index === 0 ? 2 : groupGap / 2);
    return [{x: 0, x2: end, y, y2: y, colour: palette.grid, width: 1}];
  });
}

interface Span {
  readonly top: number;
  readonly bottom: number;
}

/** Runs of rows with marks: lines of the scale stop where a row has words in their place. */
function spansWithMarks(segments: readonly SegmentRow[], tops: readonly number[]): Span[] {
  const spans: Span[] = [];
  for (const [index, {position}] of segments.entries()) {
    if (position === null) continue;
    const top = tops[index]!;
    const isNext = index > 0 && segments[index - 1]!.position !== null;
    const before = isNext ? spans.pop() : undefined;
    spans.push({top: before?.top ?? (index === 0 ? -2 : top), bottom: top + rowHeight});
  }
  return spans;
}

function grid({ticks, x}: Scale, spans: readonly Span[]): RuleItem[] {
  return spans.flatMap(({top, bottom}) =>
    ticks.map((tick) => ({
      x: x(tick),
      x2: x(tick),
      y: top,
      y2: bottom,
      colour: tick === 0 ? palette.rule : palette.grid,
      width: 1
    }))
  );
}

/** One line for all where all need the same, else a tick a row. */
function neededRules(
  segments: readonly SegmentRow[],
  tops: readonly number[],
  scale: Scale,
  spans: readonly Span[]
): RuleItem[] {
  const style = {colour: palette.ink, width: 1.5};
  const shared = sharedNeed(segments);
  if (shared !== null) {
    const x = scale.x(shared);
    return [{top: -22, bottom: -2}, ...spans].map(({top, bottom}) => ({x, x2: x, y: top, y2: bottom, ...style}));
  }
  return segments.flatMap(({needed}, index) => {
    if (needed === null || needed < scale.low || needed > scale.high) return [];
    const x = scale.x(needed);
    return [{x, x2: x, y: tops[index]! + 2, y2: tops[index]! + rowHeight - 2, ...style}];
  });
}

function sharedNeed(segments: readonly SegmentRow[]): number | null {
  const needs = segments.flatMap(({needed}) => (needed === null ? [] : [needed]));
  const first = needs[0];
  return first !== undefined && needs.every((need) => Math.abs(need - first) < 5e-4) ? first : null;
}

function headings(segments: readonly SegmentRow[], layout: Layout, scale: Scale, baselineName: string): TextItem[] {
  const isLevel = isLevelGoal(segments[0]!.row);
  const style = {y: -8, size: fontSizes.small, weight: 400, colour: palette.neutralText} as const;
  const shared = sharedNeed(segments);
  const ticks = scale.ticks
    .map((tick) => ({
      x: scale.x(tick),
      text: isLevel ? formatShare(tick, 0) : `${formatDifference(Math.round(tick * 100))}%`,
      align: "center" as const,
      ...style
    }))
    // The line of what is needed bears its own number and would cross the one below it.
    .filter(({x, text}) => shared === null || Math.abs(x - scale.x(shared)) > textWidth(text, style.size, 400) / 2 + 3);
  const column = (x: number | null, text: string): TextItem[] =>
    x === null ? [] : [{x, text, align: "right", ...style}];
  return [
    ...ticks,
    ...neededHeading(segments, layout, scale),
    ...column(layout.now, "Now"),
    ...column(layout.base, isLevel ? "Expected" : (wrapText(sentenceCase(baselineName), 68, 1, style.size)[0] ?? "")),
    ...column(layout.figure, isLevel ? "Reached" : "Change")
  ];
}

function neededHeading(segments: readonly SegmentRow[], {plot, plotEnd}: Layout, scale: Scale): TextItem[] {
  const known = segments.find(({needed}) => needed !== null);
  if (known === undefined) return [];
  const shared = sharedNeed(segments);
  const figure = isLevelGoal(known.row) ? "on pace" : `needed ${neededFigure(known)}`;
  const text = shared === null ? "black tick: needed by now" : figure;
  const half = textWidth(text, fontSizes.small, 600) / 2;
  const middle = shared === null ? (plot + plotEnd) / 2 : scale.x(shared);
  const x = Math.max(half, Math.min(plotEnd + 40 - half, middle));
  return [{x, y: -28, text, size: fontSizes.small, weight: 600, colour: palette.ink, align: "center"}];
}

function drawRow(segment: SegmentRow, y: number, layout: Layout, scale: Scale) {
  const {row, depth, position, figure, mark, reason} = segment;
  const texts: TextItem[] = [];
  const write = (text: string, x: number, align: "left" | "right", colour: string, weight: FontWeight = 400) => {
    texts.push({x, y: baselineAt(y, fontSizes.label), text, size: fontSizes.label, weight, colour, align});
  };
  const weight = depth < 2 && row.segment_type !== "area" ? 600 : 400;
  const indent = depth * 10;
  write(
    wrapText(row.segment_name, layout.plot - indent - 8, 1, fontSizes.label, weight)[0] ?? "",
    indent,
    "left",
    palette.ink,
    weight
  );
  if (layout.now !== null) {
    const base = isLevelGoal(row) ? row.expected_to_date : row.baseline_to_date;
    write(formatValue(row.actual_value, row.unit), layout.now, "right", palette.ink);
    write(formatValue(base, row.unit), layout.base, "right", palette.neutralText);
  }
  write(figure, layout.figure, "right", palette.ink, 600);
  if (position === null) {
    write(
      wrapText(reason, layout.plotEnd - layout.plot - 8, 1, fontSizes.label)[0] ?? "",
      layout.plot + 8,
      "left",
      palette.neutralText
    );
    return {texts, stems: [], symbols: []};
  }
  write(mark.word, layout.word, "left", mark.text_colour);
  return {texts, ...markOf(position, mark, y, scale)};
}

function markOf(position: number, mark: SegmentRow["mark"], y: number, scale: Scale) {
  const shown = Math.min(scale.high, Math.max(scale.low, position));
  const x = scale.x(shown);
  const stems: RuleItem[] = [{x: scale.x(0), x2: x, y, y2: y, colour: palette.rule, width: 2}];
  const symbols: SymbolItem[] = [{x, y, path: mark.path, colour: mark.colour, size: 11}];
  if (shown !== position) {
    const path = position < shown ? beyondPaths.low : beyondPaths.high;
    symbols.push({x: x + (position < shown ? -11 : 11), y, path, colour: mark.colour, size: 7});
  }
  return {stems, symbols};
}
