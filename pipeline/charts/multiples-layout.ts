import type {TextItem} from "./placement.ts";
import {textWidth, wrapText} from "./text-metrics.ts";
import {type ChartWidth, fontSizes, palette} from "./theme.ts";

/** Heights in px: a group's heading, a line of a panel's name, its plot, and the air under it. */
const heights = {heading: 24, name: 15, plot: 60, foot: 14} as const;
/** Between panels, and the least that a plot is wide. */
const widths = {gap: 12, plot: 44} as const;
const most = {720: 7, 360: 3} as const;

/** Where a panel's plot lies, in px of the picture. */
export interface PanelPlace {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface MultiplesLayout {
  /** In the order of the names. */
  readonly panels: readonly PanelPlace[];
  /** Names of groups and panels. */
  readonly texts: readonly TextItem[];
  readonly bottom: number;
}

/**
 * Panels in rows, each group from a new row on under its name.
 *
 * @param groups Of each panel, in its order.
 * @param left Room for the one axis, in px.
 * @param figure Room at a panel's right for its latest value, in px.
 */
export function multiplesLayout(
  names: readonly string[],
  groups: readonly string[],
  width: ChartWidth,
  {top, left, figure}: {readonly top: number; readonly left: number; readonly figure: number}
): MultiplesLayout {
  const parts = partsOf(groups);
  const columns = columnsOf(Math.max(...parts.map(({indexes}) => indexes.length)), width, width - left, figure);
  const cell = (width - left) / columns;
  const panels: PanelPlace[] = [];
  const texts: TextItem[] = [];
  let y = top;
  for (const {group, indexes} of parts) {
    if (group !== "") {
      const heading = wrapText(group, width - 2, 1, fontSizes.label, 600)[0] ?? "";
      texts.push(textOf(heading, 0, y + 15, 600));
      y += heights.heading;
    }
    for (let first = 0; first < indexes.length; first += columns) {
      const row = indexes.slice(first, first + columns);
      const lines = row.map((index) => wrapText(names[index]!, cell - widths.gap, 2, fontSizes.label));
      const nameLines = Math.max(...lines.map((name) => name.length));
      const plot = y + nameLines * heights.name + 6;
      for (const [column, name] of lines.entries()) {
        const x = left + column * cell;
        const above = nameLines - name.length;
        texts.push(...name.map((text, line) => textOf(text, x, y + (above + line) * heights.name + 11, 400)));
        panels.push({left: x, right: x + cell - widths.gap - figure, top: plot, bottom: plot + heights.plot});
      }
      y = plot + heights.plot + heights.foot;
    }
  }
  return {panels, texts, bottom: y};
}

/** As many as leave each plot its least width; a chart of few panels does not stretch them over the sheet. */
function columnsOf(longest: number, width: ChartWidth, room: number, figure: number): number {
  const wanted = Math.max(width === 720 ? 4 : 2, Math.min(most[width], longest));
  const fitting = Math.floor(room / (widths.plot + widths.gap + figure));
  return Math.max(1, Math.min(wanted, fitting));
}

/** Neighbours of one group. */
function partsOf(groups: readonly string[]): {group: string; indexes: number[]}[] {
  const parts: {group: string; indexes: number[]}[] = [];
  for (const [index, group] of groups.entries()) {
    if (parts.at(-1)?.group === group) parts.at(-1)!.indexes.push(index);
    else parts.push({group, indexes: [index]});
  }
  return parts;
}

function textOf(text: string, x: number, y: number, weight: 400 | 600): TextItem {
  return {x, y, text, size: fontSizes.label, weight, colour: palette.ink, align: "left"};
}

/** Room for the widest of some figures beside the end of a line, in px. */
export function figureRoom(figures: readonly string[]): number {
  return Math.ceil(Math.max(0, ...figures.map((figure) => textWidth(figure, fontSizes.label, 600)))) + 8;
}
