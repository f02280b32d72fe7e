import {type GridBlock, type GridCell, gridBlocks} from "./calendar-strip-blocks.ts";
import {subPeriodWords} from "./calendar-strip-words.ts";
import type {CalendarStripInput} from "./contract.ts";
import {type Drawing, textAt, widest} from "./drawing.ts";
import {outcomeMarks, outcomeOf, someOf} from "./part-words.ts";
import {baselineAt} from "./placement.ts";
import {textWidth, wrapText} from "./text-metrics.ts";
import {type ChartWidth, fontSizes, palette} from "./theme.ts";

const rowHeight = 18;
/** Of the names of rows at most, in px. */
const mostNames = {720: 170, 360: 112} as const;
/** Of a column at most, and of one that holds a number beside its mark at least. */
const columnWidths = {most: 24, figured: 32} as const;
const blockGap = 14;
/** Lines that name the gaps under the grid, and how many are named at most. */
const gapLines = 4;
const mostGaps = 40;

/**
 * Marks in rows and columns, and under them the gaps by name.
 *
 * @returns The lower edge.
 */
export function gridStrip(input: CalendarStripInput, top: number, width: ChartWidth, drawing: Drawing): number {
  const room = (names: readonly string[]) => Math.min(mostNames[width], widest(names, fontSizes.label)) + 10;
  const blocks = gridBlocks(input, width, (names, isFigured) =>
    Math.floor((width - 2 - room(names)) / (isFigured ? columnWidths.figured : width === 720 ? 13 : 14))
  );
  const left = room(blocks.flatMap(({rows}) => rows.map(({name}) => name)));
  const most = Math.max(...blocks.flatMap(({rows}) => rows.map(({cells}) => cells.length)));
  const isFigured = blocks.some(({rows}) => rows.some(({cells}) => cells.some((cell) => (cell?.count ?? 0) > 0)));
  const labels = widest(
    blocks.flatMap(({columns}) => columns),
    fontSizes.small
  );
  // Few columns are as wide as their names.
  const usual = Math.max(isFigured ? columnWidths.figured + 8 : columnWidths.most, labels + 8);
  const step = Math.min(usual, (width - 2 - left) / most);
  let y = top;
  for (const block of blocks) y = drawBlock(block, y, left, step, drawing) + blockGap;
  if (isFigured) {
    const note = "A number beside a mark: how many in that month";
    drawing.texts.push(textAt(note, 0, y, {size: fontSizes.small, colour: palette.neutralText}));
    y += 18;
  }
  return drawGaps(input, y - blockGap + 4, width, drawing);
}

function drawBlock(block: GridBlock, top: number, left: number, step: number, drawing: Drawing): number {
  let y = top;
  if (block.title !== "") {
    drawing.texts.push(textAt(block.title, 0, y + 12, {weight: 600}));
    y += 18;
  }
  const labels = columnLabels(block.columns, left, step, y + 11);
  drawing.texts.push(...labels);
  if (labels.length > 0) y += 16;
  for (const {name, cells} of block.rows) {
    const shown = wrapText(name, left - 6, 1, fontSizes.label)[0] ?? "";
    drawing.rules.push({x: 0, x2: left + cells.length * step, y, y2: y, colour: palette.grid, width: 1});
    drawing.texts.push(textAt(shown, 0, baselineAt(y + rowHeight / 2, fontSizes.label)));
    for (const [index, cell] of cells.entries()) {
      if (cell !== null) drawCell(cell, left + index * step, y + rowHeight / 2, step, drawing);
    }
    y += rowHeight;
  }
  return y;
}

function drawCell({outcome, count}: GridCell, left: number, middle: number, step: number, drawing: Drawing): void {
  const {path, colour, text_colour} = outcomeMarks[outcome];
  const size = Math.min(outcome === "met" ? 9.5 : 11.5, step - 2.5);
  if (count === 0) {
    drawing.symbols.push({x: left + step / 2, y: middle, path, colour, size});
    return;
  }
  drawing.symbols.push({x: left + size / 2 + 1, y: middle, path, colour, size});
  const y = baselineAt(middle, fontSizes.small);
  const look = {size: fontSizes.small, weight: 600, colour: text_colour} as const;
  drawing.texts.push(textAt(String(count), left + size + 5, y, look));
}

/** Over their columns, as many as have room, the first always. */
function columnLabels(columns: readonly string[], left: number, step: number, y: number) {
  let free = Number.NEGATIVE_INFINITY;
  return columns.flatMap((label, index) => {
    const width = textWidth(label, fontSizes.small);
    const x = left + index * step + (width <= step ? (step - width) / 2 : 1);
    if (label === "" || x < free || x + width > left + columns.length * step + 2) return [];
    free = x + width + 5;
    return [textAt(label, x, y, {size: fontSizes.small, colour: palette.neutralText})];
  });
}

/** "Missed: 3 Feb 2024, 19 Mar 2024": gaps are read, not hunted for. */
function drawGaps(input: CalendarStripInput, top: number, width: ChartWidth, drawing: Drawing): number {
  let y = top;
  for (const outcome of ["missed", "open", "unknown"] as const) {
    const gaps = input.parts.filter((part) => outcomeOf(part) === outcome);
    if (gaps.length === 0) continue;
    const names = gaps.map(
      ({segment, period}) => `${input.each === null ? "" : `${segment.name} `}${subPeriodWords(period, input.every)}`
    );
    const {word, text_colour} = outcomeMarks[outcome];
    const lines = fitted(`${word.charAt(0).toUpperCase()}${word.slice(1)}: `, names, width - 4);
    for (const line of lines) {
      y += 15;
      drawing.texts.push(textAt(line, 0, y, {size: fontSizes.small, colour: text_colour}));
    }
    y += 4;
  }
  return y + 4;
}

/** As many names as the lines hold, the others as a number. */
function fitted(lead: string, names: readonly string[], width: number): string[] {
  for (let most = Math.min(names.length, mostGaps); most > 0; most -= 1) {
    const lines = wrapText(`${lead}${someOf(names, most)}`, width, gapLines, fontSizes.small);
    if (!lines.some((line) => line.endsWith("\u2026"))) return lines;
  }
  return wrapText(`${lead}${names.length}`, width, 1, fontSizes.small);
}
