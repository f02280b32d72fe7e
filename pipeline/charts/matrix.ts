import type {Chart, MatrixInput} from "./contract.ts";
import {type LegendItem, legendOf} from "./legend.ts";
import {figureNotes, type MatrixCell, type MatrixCells, matrixCells} from "./matrix-cells.ts";
import {
  groupGap,
  indentOf,
  type MatrixColumns,
  type MatrixRow,
  matrixColumns,
  matrixRows,
  weightOf
} from "./matrix-layout.ts";
import {marksIn, matrixAltText, matrixTable} from "./matrix-words.ts";
import {baselineAt, type TextItem} from "./placement.ts";
import {framed, type RuleItem, ruleLayer, type SymbolItem, symbolLayer, textLayer} from "./spec-parts.ts";
import {textWidth, wrapEvenly, wrapText} from "./text-metrics.ts";
import {type ChartWidth, type FontWeight, fontSizes, palette} from "./theme.ts";

const lineHeight = 14;
const markSize = 11;
/** Of a title in the key, in lines. */
const keyLines = 3;

interface Drawing {
  readonly texts: TextItem[];
  readonly rules: RuleItem[];
  readonly symbols: SymbolItem[];
}

/**
 * Segments down, targets across: each cell bears the mark of its status where the target binds or nothing can be
 * judged, elsewhere of ahead or behind, and its figure where all figures fit. Segments stand in the order given, which is the roster's. A pair
 * without a row is empty.
 *
 * @param options `width` in px; the id of the narrow one ends in `-narrow`.
 * @throws Error when there are no segments or no targets, or when a pair has two rows.
 */
export function matrixChart(input: MatrixInput, {width}: {readonly width: ChartWidth}): Chart {
  const id = width === 360 ? `${input.id}-narrow` : input.id;
  if (input.segments.length === 0 || input.targets.length === 0)
    throw new Error(`chart "${id}": there are no ${input.segments.length === 0 ? "segments" : "targets"}`);
  const cells = matrixCells(input);
  const figures = cells.flat().flatMap((cell) => (cell === null ? [] : [cell.figure]));
  const columns = matrixColumns(input, figures, width);
  const drawing: Drawing = {texts: [], rules: [], symbols: []};
  let y = drawLegend(cells, columns, width, drawing);
  for (const block of columns.blocks) y = drawBlock(input, cells, columns, block, y, width, drawing) + 18;
  return {
    id,
    title: input.title,
    alt_text: matrixAltText(input, cells),
    spec: framed({left: 0, top: 0, right: 0, bottom: 0, width, height: Math.ceil(y - 14)}, [
      ruleLayer(drawing.rules),
      symbolLayer(drawing.symbols),
      textLayer(drawing.texts)
    ]),
    table: matrixTable(input, cells)
  };
}

/** @returns The legend's lower edge. */
function drawLegend(cells: MatrixCells, columns: MatrixColumns, width: ChartWidth, drawing: Drawing): number {
  const known = cells.flat().filter((cell) => cell !== null);
  const binding = marksIn(known.filter(({row}) => row.binding));
  const others = marksIn(known.filter(({row}) => !row.binding));
  const isMixed = binding.length > 0 && others.length > 0;
  const groups = [
    ...(isMixed ? [[{mark: null, word: "Where a target binds:"}, ...binding]] : [binding]),
    ...(isMixed ? [[{mark: null, word: "Elsewhere:"}, ...others]] : [others]),
    !columns.isFigured ? [] : figureNotes(cells).map((word) => ({mark: null, word}))
  ];
  let y = 0;
  for (const group of groups) {
    const items: LegendItem[] = group.map(({mark, word}) => ({text: word, sample: mark === null ? 0 : markSize}));
    const legend = legendOf(items, y, width);
    for (const [index, {mark}] of group.entries()) {
      const place = legend.places[index]!;
      if (mark === null) continue;
      drawing.symbols.push({
        x: place.x + markSize / 2,
        y: place.y,
        path: mark.path,
        colour: mark.colour,
        size: markSize
      });
    }
    drawing.texts.push(...legend.texts);
    y = legend.bottom;
  }
  return y === 0 ? 0 : y + 8;
}

/** @returns The block's lower edge. */
function drawBlock(
  {segments, targets}: MatrixInput,
  cells: MatrixCells,
  columns: MatrixColumns,
  block: readonly number[],
  top: number,
  width: ChartWidth,
  drawing: Drawing
): number {
  const titles = block.map((target) => targets[target]!.title);
  const head =
    columns.titles === null
      ? drawKey(titles, block, columns, top, width, drawing)
      : drawTitles(
          block.map((target) => columns.titles![target]!),
          columns,
          top,
          drawing
        );
  const end = columns.left + block.length * columns.cell;
  const kept = width === 360 ? withCells(cells, block) : segments.map((_, index) => index);
  const rows = matrixRows(kept.map((index) => segments[index]!)).map((row) => ({
    ...row,
    segment: row.segment === null ? null : kept[row.segment]!
  }));
  drawing.rules.push({x: 0, x2: end, y: head, y2: head, colour: palette.rule, width: 1});
  for (const [index, row] of rows.entries()) {
    drawRow(row, segments, cells, columns, block, head, drawing);
    if (row.begins) drawing.rules.push(rowRule(head + row.top - groupGap / 2, end, palette.rule));
    if (rows[index + 1]?.begins !== true) drawing.rules.push(rowRule(head + row.bottom, end, palette.grid));
  }
  return head + rows.at(-1)!.bottom;
}

/** On a phone a block leaves out the segments that it says nothing of; all of them stay where it has no cell at all. */
function withCells(cells: MatrixCells, block: readonly number[]): number[] {
  const all = cells.map((_, index) => index);
  const kept = all.filter((index) => block.some((target) => cells[index]![target] !== null));
  return kept.length === 0 ? all : kept;
}

/** Titles over their columns, the last line of each just above the rows. @returns Where the rows begin. */
function drawTitles(
  titles: readonly (readonly string[])[],
  columns: MatrixColumns,
  top: number,
  drawing: Drawing
): number {
  const most = Math.max(...titles.map((lines) => lines.length));
  for (const [column, lines] of titles.entries()) {
    for (const [line, text] of lines.entries()) {
      const y = top + (most - lines.length + line) * lineHeight + 11;
      drawing.texts.push(textOf(text, columns.left + column * columns.cell + 1, y, fontSizes.small, 400, palette.ink));
    }
  }
  return top + most * lineHeight + 5;
}

/** Numbers over the columns and, above them, which target each is. @returns Where the rows begin. */
function drawKey(
  titles: readonly string[],
  block: readonly number[],
  columns: MatrixColumns,
  top: number,
  width: ChartWidth,
  drawing: Drawing
): number {
  const numbers = block.map((target) => String(target + 1));
  const indent = Math.max(...numbers.map((number) => textWidth(number, fontSizes.small, 600))) + 8;
  const across = width === 720 && titles.length > 1 ? 2 : 1;
  const down = Math.ceil(titles.length / across);
  let bottom = top;
  for (let part = 0; part < across; part += 1) {
    const left = (part * width) / across;
    let y = top;
    for (let index = part * down; index < Math.min(titles.length, (part + 1) * down); index += 1) {
      const lines = wrapEvenly(titles[index]!, width / across - indent - 12, keyLines, fontSizes.small);
      drawing.texts.push(textOf(numbers[index]!, left, y + 11, fontSizes.small, 600, palette.ink));
      for (const [line, text] of lines.entries())
        drawing.texts.push(textOf(text, left + indent, y + 11 + line * lineHeight, fontSizes.small, 400, palette.ink));
      y += Math.max(1, lines.length) * lineHeight + 2;
    }
    bottom = Math.max(bottom, y);
  }
  for (const [column, number] of numbers.entries()) {
    const x = markAt(columns, column);
    const half = textWidth(number, fontSizes.label, 600) / 2;
    drawing.texts.push(textOf(number, x - half, bottom + 18, fontSizes.label, 600, palette.ink));
  }
  return bottom + 25;
}

function drawRow(
  {segment, name, top, bottom}: MatrixRow,
  segments: MatrixInput["segments"],
  cells: MatrixCells,
  columns: MatrixColumns,
  block: readonly number[],
  head: number,
  drawing: Drawing
): void {
  const y = head + (top + bottom) / 2;
  const [indent, weight] =
    segment === null ? [0, 600 as const] : [indentOf(segments[segment]!), weightOf(segments[segment]!)];
  const room = segment === null ? columns.left + block.length * columns.cell : columns.left - indent - 6;
  const shown = wrapText(name, room, 1, fontSizes.label, weight)[0] ?? "";
  drawing.texts.push(textOf(shown, indent, baselineAt(y, fontSizes.label), fontSizes.label, weight, palette.ink));
  if (segment === null) return;
  for (const [column, target] of block.entries()) {
    const cell = cells[segment]![target]!;
    if (cell !== null) drawCell(cell, markAt(columns, column), y, columns.isFigured, drawing);
  }
}

function rowRule(y: number, end: number, colour: string): RuleItem {
  return {x: 0, x2: end, y, y2: y, colour, width: 1};
}

/** Centre of a column's marks, in px: of the column where they stand alone. */
function markAt({left, cell, isFigured}: MatrixColumns, column: number): number {
  return left + column * cell + (isFigured ? 1 + markSize / 2 : cell / 2);
}

/** The figure begins at its mark: in narrow columns it would else seem to belong to the next. */
function drawCell({mark, figure}: MatrixCell, x: number, y: number, isFigured: boolean, drawing: Drawing): void {
  drawing.symbols.push({x, y, path: mark.path, colour: mark.colour, size: markSize});
  if (!isFigured || figure === "") return;
  const left = x + markSize / 2 + 4;
  drawing.texts.push(textOf(figure, left, baselineAt(y, fontSizes.small), fontSizes.small, 400, palette.ink));
}

function textOf(text: string, x: number, y: number, size: number, weight: FontWeight, colour: string): TextItem {
  return {x, y, text, size, weight, colour, align: "left"};
}
