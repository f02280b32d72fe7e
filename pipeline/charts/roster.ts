import type {Part} from "../attainment/contract.ts";
import {formatCount} from "../format/numbers.ts";
import {shortDate} from "./axis.ts";
import {partsChartId} from "./calendar-strip.ts";
import type {Chart, RosterInput} from "./contract.ts";
import {type Drawing, emptyDrawing, textAt, widest} from "./drawing.ts";
import {outcomeMarks, outcomeOf, partValue, reasonOf} from "./part-words.ts";
import {baselineAt} from "./placement.ts";
import {commonDue, nameOfUnit, nounOfUnits, resultWords, rosterAltText, rosterTable} from "./roster-words.ts";
import {framed, type RuleItem, ruleLayer, symbolLayer, textLayer} from "./spec-parts.ts";
import {textWidth, wrapEvenly, wrapText} from "./text-metrics.ts";
import {type ChartWidth, fontSizes, palette, statusMarks} from "./theme.ts";

const rowHeight = 22;
const markSize = 13;
/** Where names begin, beside their mark; px. */
const nameLeft = 22;
/** Widths of the columns in px: of names at most, of bars, of words at least. */
const layouts = {720: {names: 220, bars: 230}, 360: {names: 132, bars: 64}} as const;
/** Where bars end on a page: the words beside them need the rest. */
const mostBarEnd = 500;
/** A longer roster shows those that have not, and counts the others. */
const mostRows = 60;
const barHeight = 9;

interface Columns {
  readonly names: number;
  readonly plot: number;
  readonly plotEnd: number;
  readonly words: number;
  readonly end: number;
}

/**
 * A row a unit of the roster, in its order: who has and who has not, the value as a bar against the level that is asked
 * of it; those of whom nothing is known apart. Nobody is ranked.
 *
 * @param options `width` in px: 720 for pages and paper, 360 for phones; the id of the latter ends in `-narrow`.
 * @throws Error when there is no unit.
 */
export function rosterChart(input: RosterInput, {width = 720}: {readonly width?: ChartWidth} = {}): Chart {
  const {row, parts, goal} = input;
  const id = partsChartId("roster", row, width);
  if (parts.length === 0) throw new Error(`chart "${id}": there is no unit`);
  const drawing = emptyDrawing();
  const bars: RuleItem[] = [];
  const levels: RuleItem[] = [];
  const columns = columnsOf(input, width);
  const known = parts.filter((part) => outcomeOf(part) !== "unknown");
  const unknown = parts.filter((part) => outcomeOf(part) === "unknown");
  const shown = known.length > mostRows ? known.filter((part) => outcomeOf(part) !== "met") : known;
  const x = scaleOf(shown, columns);
  const due = commonDue(parts);
  const by = due === null ? "" : ` by ${shortDate(due)}`;
  const line = x === null ? "" : " (the black line)";
  const asked = `Asked of each ${nounOfUnits(input, 1)}${by}: ${goal}${line}`;
  const heading = wrapEvenly(asked, width - 4, 3, fontSizes.label);
  let y = 0;
  for (const line of heading) {
    y += 15;
    drawing.texts.push(textAt(line, 0, y, {colour: palette.neutralText}));
  }
  y += 8;
  for (const part of shown) {
    drawRow(part, y, input, columns, drawing);
    if (x !== null) drawBar(part, y, x, bars, levels);
    y += rowHeight;
  }
  if (shown.length < known.length) {
    const rest = known.length - shown.length;
    const words = `${formatCount(rest)} ${nounOfUnits(input, rest)} met: they stand in the table of the numbers`;
    y += 18;
    drawing.texts.push(textAt(wrapText(words, width - 4, 1, fontSizes.label)[0] ?? "", 0, y));
    y += 6;
  }
  if (unknown.length > 0) {
    y += 24;
    drawing.texts.push(textAt("Not known", 0, y, {weight: 600}));
    y += 6;
    for (const part of unknown.slice(0, mostRows)) {
      drawRow(part, y, input, columns, drawing);
      y += rowHeight;
    }
  }
  const frame = {left: 1, right: 1, top: 2, bottom: 4, width: width - 2, height: Math.ceil(y)};
  return {
    id,
    title: `${row.title}: each ${nounOfUnits(input, 1)}, ${row.segment_name}`,
    alt_text: rosterAltText(input),
    spec: framed(frame, [
      ruleLayer(drawing.rules),
      ruleLayer(bars),
      ruleLayer(levels),
      symbolLayer(drawing.symbols),
      textLayer(drawing.texts)
    ]),
    table: rosterTable(input)
  };
}

function columnsOf(input: RosterInput, width: ChartWidth): Columns {
  const {names, bars} = layouts[width];
  const own = widest(
    input.parts.map((part) => nameOfUnit(part, input)),
    fontSizes.label
  );
  const isPlain = input.shape === "done";
  const nameEnd = nameLeft + Math.min(isPlain ? names + bars / 2 : names, own);
  const plot = nameEnd + 14;
  const plotEnd = isPlain ? nameEnd : width === 720 ? mostBarEnd : plot + bars;
  return {names: nameEnd - nameLeft, plot, plotEnd, words: plotEnd + 14, end: width - 4};
}

/** From 0, because lengths from 0 are what the eye compares; null where nothing has a length. */
function scaleOf(parts: readonly Part[], {plot, plotEnd}: Columns): ((value: number) => number) | null {
  const values = parts.flatMap(({actual_value, target_value}) => [actual_value ?? 0, target_value ?? 0]);
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  if (plotEnd <= plot || high === low) return null;
  return (value) => plot + ((value - low) / (high - low)) * (plotEnd - plot);
}

function drawRow(part: Part, top: number, input: RosterInput, columns: Columns, drawing: Drawing): void {
  const outcome = outcomeOf(part);
  const {colour, text_colour} = outcomeMarks[outcome];
  const path = outcome === "met" ? statusMarks.met.path : outcomeMarks[outcome].path;
  const middle = top + rowHeight / 2;
  const y = baselineAt(middle, fontSizes.label);
  drawing.rules.push({x: 0, x2: columns.end, y: top, y2: top, colour: palette.grid, width: 1});
  drawing.symbols.push({x: markSize / 2 + 1, y: middle, path, colour, size: outcome === "missed" ? 11 : markSize});
  const name = wrapText(nameOfUnit(part, input), columns.names, 1, fontSizes.label)[0] ?? "";
  drawing.texts.push(textAt(name, nameLeft, y));
  if (outcome === "unknown") {
    const left = nameLeft + columns.names + 14;
    const why = wrapText(reasonOf(part) || "not known", columns.end - left, 1, fontSizes.small)[0] ?? "";
    drawing.texts.push(textAt(why, left, y, {size: fontSizes.small, colour: palette.neutralText}));
    return;
  }
  const value = partValue(part, input.unit, input.shape);
  const room = columns.end - columns.words;
  drawing.texts.push(textAt(wrapText(value, room, 1, fontSizes.label, 600)[0] ?? "", columns.words, y, {weight: 600}));
  const left = columns.words + textWidth(value, fontSizes.label, 600) + 7;
  const word = resultWords(part, commonDue(input.parts)).find(
    (candidate) => textWidth(candidate, fontSizes.label) <= columns.end - left
  );
  if (word !== undefined) drawing.texts.push(textAt(word, left, y, {colour: text_colour}));
}

function drawBar(part: Part, top: number, x: (value: number) => number, bars: RuleItem[], levels: RuleItem[]): void {
  const {actual_value, target_value} = part;
  const middle = top + rowHeight / 2;
  if (actual_value !== null && actual_value !== 0) {
    const {colour} = outcomeMarks[outcomeOf(part)];
    bars.push({x: x(0), x2: x(actual_value), y: middle, y2: middle, colour, width: barHeight});
  }
  bars.push({x: x(0), x2: x(0), y: top, y2: top + rowHeight, colour: palette.rule, width: 1});
  if (target_value === null) return;
  levels.push({x: x(target_value), x2: x(target_value), y: top, y2: top + rowHeight, colour: palette.ink, width: 1.5});
}
