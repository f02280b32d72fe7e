import type {MatrixInput} from "./contract.ts";
import {textWidth, wrapEvenly} from "./text-metrics.ts";
import {type ChartWidth, fontSizes} from "./theme.ts";

type MatrixSegment = MatrixInput["segments"][number];

/** Widths in px: of names at most, of a cell with its mark alone, of what stands beside a figure, of a cell at most. */
const widths = {names: {720: 150, 360: 106}, mark: 26, beside: 20, cell: 132} as const;
/** Blocks that one may have to look through for the sake of figures; the next step is marks alone. */
const mostBlocks = {720: 1, 360: 2} as const;
/** Of a title over its own column. */
const titleLines = 4;

/** How the columns stand. */
export interface MatrixColumns {
  /** Indexes of the targets, a list a block. */
  readonly blocks: readonly (readonly number[])[];
  /** Where the first column begins, and how wide each is; px. */
  readonly left: number;
  readonly cell: number;
  /** Whether cells hold their figure beside their mark. */
  readonly isFigured: boolean;
  /** Lines of each target's title over its column; null where columns are numbered and a key tells the titles. */
  readonly titles: readonly (readonly string[])[] | null;
}

/**
 * All columns side by side with their figures, if these fit; else marks alone, on a phone only after a second block.
 *
 * @param figures All that may be shown.
 */
export function matrixColumns(
  {segments, targets}: MatrixInput,
  figures: readonly string[],
  width: ChartWidth
): MatrixColumns {
  const names = segments.map(
    (segment) => indentOf(segment) + textWidth(segment.name, fontSizes.label, weightOf(segment))
  );
  const left = Math.ceil(Math.min(widths.names[width], Math.max(0, ...names))) + 10;
  const room = width - left - 1;
  const figure = Math.ceil(Math.max(0, ...figures.map((text) => textWidth(text, fontSizes.small))));
  const inOneBlock = (least: number) => Math.max(1, Math.floor(room / least));
  const blocksOf = (least: number) => Math.max(1, Math.ceil(targets.length / inOneBlock(least)));
  const isFigured = figure > 0 && blocksOf(figure + widths.beside) <= mostBlocks[width];
  const blockCount = blocksOf(isFigured ? figure + widths.beside : widths.mark);
  const perBlock = Math.ceil(targets.length / blockCount);
  const cell = Math.min(widths.cell, Math.floor(room / Math.max(1, perBlock)));
  return {
    blocks: Array.from({length: blockCount}, (_, block) =>
      targets.map((_, index) => index).slice(block * perBlock, (block + 1) * perBlock)
    ).filter((block) => block.length > 0),
    left,
    cell,
    isFigured,
    titles: titlesIn(targets, cell - 12)
  };
}

/** Null where a title would be cut. */
function titlesIn(targets: MatrixInput["targets"], width: number): string[][] | null {
  const titles = targets.map(({title}) => wrapEvenly(title, width, titleLines, fontSizes.small));
  return titles.some((lines) => lines.some((line) => line.endsWith("\u2026"))) ? null : titles;
}

/** Segments within a group stand under its name. */
export function indentOf({name, group}: MatrixSegment): number {
  return group === null || group === name ? 0 : 10;
}

export function weightOf(segment: MatrixSegment): 400 | 600 {
  return indentOf(segment) === 0 ? 600 : 400;
}

const rowHeight = 20;
/** Air before a group, in px. */
export const groupGap = 8;

/** A segment's row or a group's heading, in px from the first row's top. */
export interface MatrixRow {
  /** Index of the segment; null for a heading. */
  readonly segment: number | null;
  readonly name: string;
  readonly top: number;
  readonly bottom: number;
  /** Whether a group begins with it. */
  readonly begins: boolean;
}

/** Rows in the order given; a group whose own row does not stand above its members gets a heading. */
export function matrixRows(segments: readonly MatrixSegment[]): MatrixRow[] {
  const rows: MatrixRow[] = [];
  let top = 0;
  const add = (segment: number | null, name: string, begins: boolean) => {
    if (begins) top += groupGap;
    rows.push({segment, name, top, bottom: top + rowHeight, begins});
    top += rowHeight;
  };
  for (const [index, segment] of segments.entries()) {
    const before = segments[index - 1];
    const isMember = indentOf(segment) > 0;
    const isHeaded = before !== undefined && (before.name === segment.group || before.group === segment.group);
    if (isMember && !isHeaded) add(null, segment.group!, before !== undefined);
    const begins = before !== undefined && !isMember && (indentOf(before) > 0 || before.type !== segment.type);
    add(index, segment.name, begins);
  }
  return rows;
}
