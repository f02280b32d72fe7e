import {addDays, earlier, type IsoDate, later, longDate, toDay} from "../calendar/iso-date.ts";
import {dateTicks} from "./axis.ts";
import type {Chart, TimelineInput} from "./contract.ts";
import {type Drawing, emptyDrawing, textAt} from "./drawing.ts";
import {type LegendPlace, legendOf} from "./legend.ts";
import {framed, type RuleItem, ruleLayer, type SymbolItem, symbolLayer, textLayer, tileLayer} from "./spec-parts.ts";
import {textWidth, wrapEvenly, wrapText} from "./text-metrics.ts";
import {type ChartWidth, fontSizes, palette, statusMarks} from "./theme.ts";
import {type Deadline, deadlineWords, inOrder, timelineAltText, timelineTable} from "./timeline-words.ts";

/** Where the columns stand, in px. On a phone title and words stand above and under the axis of their row. */
const layouts = {
  720: {plot: 262, plotEnd: 494, words: 514, end: 718, title: 240, titleLines: 3, stacked: false},
  360: {plot: 12, plotEnd: 342, words: 0, end: 358, title: 350, titleLines: 2, stacked: true}
} as const;
type Layout = (typeof layouts)[ChartWidth];

const lineHeight = 15;
const markSize = 13;
/** Of the names of months and of the day counted, above the rows. */
const headHeight = 78;

/** The day on which something is due: a bar across the line, told apart from every status by its shape. */
const duePath = "M-0.3,-1L0.3,-1L0.3,1L-0.3,1Z";

/**
 * Deadlines on one axis of days, the earliest first: the day on which each is due, the day on which it was done, between
 * them how much it was late, and the last day counted as a line through all.
 *
 * @param options `width` in px: 720 for pages and paper, 360 for phones; the id of the latter ends in `-narrow`.
 * @throws Error when there is no deadline.
 */
export function timelineChart(input: TimelineInput, {width = 720}: {readonly width?: ChartWidth} = {}): Chart {
  const {deadlines, through, title} = input;
  const id = width === 360 ? `${input.id}-narrow` : input.id;
  if (deadlines.length === 0) throw new Error(`chart "${id}": there is no deadline`);
  const layout = layouts[width];
  const drawing = emptyDrawing();
  const axis = axisOf(deadlines, through, layout);
  const rows = rowsOf(deadlines, layout);
  for (const row of rows) drawRow(row, layout, drawing);
  const legend = legendOf(legendItems, 0, width - 2);
  const bottom = rows.at(-1)!.bottom;
  const frame = {left: 1, right: 1, top: 2, bottom: 4, width: width - 2, height: Math.ceil(bottom)};
  return {
    id,
    title,
    alt_text: timelineAltText(input),
    spec: framed(frame, [
      ruleLayer([...drawing.rules, ...axisRules(axis, rows, layout)]),
      ruleLayer(throughRules(axis, rows, layout), [3, 3]),
      ruleLayer([...rows.flatMap((row) => stemOf(row, through, axis)), ...legendStems(legend.places)]),
      symbolLayer(rows.flatMap((row) => markOf(row, through, axis))),
      tileLayer([...rows.flatMap((row) => barOf(row, axis)), ...legendMarks(legend.places)]),
      textLayer([...drawing.texts, ...legend.texts, ...axisTexts(axis, width)])
    ]),
    table: timelineTable(input)
  };
}

const legendItems = [
  {text: "due", sample: 6},
  {text: "late, or done early", sample: 16},
  {text: "dashed: the last day counted", sample: 0}
] as const;

function legendMarks([due]: readonly LegendPlace[]): SymbolItem[] {
  return due === undefined ? [] : [{x: due.x + 3, y: due.y, path: duePath, colour: palette.ink, size: 13}];
}

function legendStems([, late]: readonly LegendPlace[]): RuleItem[] {
  return late === undefined ? [] : [{x: late.x, x2: late.x + 16, y: late.y, y2: late.y, colour: palette.bad, width: 3}];
}

interface Axis {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly left: number;
  readonly right: number;
  readonly through: IsoDate;
  readonly x: (day: IsoDate) => number;
}

/** All days that are drawn, with a fortnight of air either side. */
function axisOf(deadlines: readonly Deadline[], through: IsoDate, {plot, plotEnd}: Layout): Axis {
  const days = [through, ...deadlines.flatMap(({row}) => [row.due_on, row.done_on].filter((day) => day !== null))];
  const from = addDays(days.reduce(earlier), -14);
  const to = addDays(days.reduce(later), 14);
  const first = toDay(from);
  const span = toDay(to) - first;
  return {
    from,
    to,
    left: plot,
    right: plotEnd,
    through,
    x: (day) => plot + ((toDay(day) - first) / span) * (plotEnd - plot)
  };
}

/** On a phone the lines stop where a row has words. */
function bandsOf(rows: readonly Row[], {stacked}: Layout): {readonly y: number; readonly y2: number}[] {
  if (!stacked) return [{y: headHeight, y2: rows.at(-1)!.bottom}];
  return rows.map(({middle}) => ({y: middle - 11, y2: middle + 11}));
}

function axisRules({from, to, left, right, x}: Axis, rows: readonly Row[], layout: Layout): RuleItem[] {
  const bands = [{y: headHeight - 8, y2: headHeight}, ...bandsOf(rows, layout)];
  return dateTicks(from, to, right - left).flatMap(({day}) =>
    bands.map((band) => ({x: x(day), x2: x(day), ...band, colour: palette.grid, width: 1}))
  );
}

function throughRules({through, x}: Axis, rows: readonly Row[], layout: Layout): RuleItem[] {
  const at = {x: x(through), x2: x(through), colour: palette.ink, width: 1.5};
  return [{y: 38, y2: headHeight}, ...bandsOf(rows, layout)].map((band) => ({...at, ...band}));
}

/** Months and years, and over them the last day counted. */
function axisTexts({from, to, left, right, through, x}: Axis, width: ChartWidth) {
  const words = `through ${longDate(through)}`;
  const half = textWidth(words, fontSizes.small, 600) / 2;
  const middle = Math.min(width - half - 6, Math.max(half + 2, x(through)));
  const look = {size: fontSizes.small, colour: palette.neutralText} as const;
  const ticks = dateTicks(from, to, right - left).filter(
    ({day, label}) => x(day) + 4 + textWidth(label, fontSizes.small) <= right + 8
  );
  return [
    textAt(words, middle, 34, {size: fontSizes.small, weight: 600, align: "center"}),
    ...ticks.flatMap(({day, label, year}) => [
      textAt(label, x(day) + 3, headHeight - 10, look),
      ...(year === "" || x(day) + 3 + textWidth(year, fontSizes.small) > right + 14
        ? []
        : [textAt(year, x(day) + 3, headHeight - 24, look)])
    ])
  ];
}

/** A deadline with its words, and where its row lies; px. */
interface Row {
  readonly deadline: Deadline;
  readonly titles: readonly string[];
  readonly details: readonly string[];
  readonly top: number;
  readonly middle: number;
  readonly bottom: number;
}

/** Where the words of a row begin: on a phone beside the status. */
function wordsLeft({deadline: {row}}: Pick<Row, "deadline">, {stacked, words}: Layout): number {
  return stacked ? textWidth(statusMarks[row.status].word, fontSizes.label, 600) + 8 : words;
}

function rowsOf(deadlines: readonly Deadline[], layout: Layout): Row[] {
  let top: number = headHeight;
  return inOrder(deadlines).map((deadline) => {
    const titles = wrapEvenly(deadline.row.title, layout.title, layout.titleLines, fontSizes.label);
    const room = layout.end - wordsLeft({deadline}, layout);
    const details = wrapText(deadlineWords(deadline), room, 3, fontSizes.small);
    const height = layout.stacked
      ? titles.length * lineHeight + 26 + details.length * 14 + 12
      : Math.max(titles.length * lineHeight, lineHeight + details.length * 14, 30) + 12;
    const middle = layout.stacked ? top + titles.length * lineHeight + 20 : top + height / 2;
    const row = {deadline, titles, details, top, middle, bottom: top + height};
    top = row.bottom;
    return row;
  });
}

function drawRow(row: Row, layout: Layout, drawing: Drawing): void {
  const {deadline, titles, details, top, middle} = row;
  const {stacked, words, end} = layout;
  const mark = statusMarks[deadline.row.status];
  drawing.rules.push({x: 0, x2: end, y: top, y2: top, colour: palette.grid, width: 1});
  const titleTop = stacked ? top + 15 : middle - (titles.length * lineHeight) / 2 + 11.5;
  for (const [index, line] of titles.entries()) drawing.texts.push(textAt(line, 0, titleTop + index * lineHeight));
  const wordsTop = stacked ? middle + 22 : middle - (lineHeight + details.length * 14) / 2 + 11.5;
  drawing.texts.push(textAt(mark.word, words, wordsTop, {weight: 600, colour: mark.text_colour}));
  const left = wordsLeft(row, layout);
  for (const [index, line] of details.entries()) {
    const y = wordsTop + (stacked ? 0 : lineHeight) + index * 14;
    drawing.texts.push(textAt(line, left, y, {size: fontSizes.small, colour: palette.neutralText}));
  }
}

/** A deliverable of the row's own segment: what is late of others is told by their parts. */
function isPlain({row, reading}: Deadline): boolean {
  return row.actual_value !== null && reading.shape === "done" && reading.every === null && reading.each === null;
}

/** From the day on which it is due to the day on which it was done, or to the day counted while it is overdue. */
function stemOf({deadline, middle}: Row, through: IsoDate, {x}: Axis): RuleItem[] {
  const {due_on, done_on} = deadline.row;
  if (due_on === null) return [];
  const until = done_on ?? (isPlain(deadline) && due_on < through ? through : due_on);
  if (until === due_on) return [];
  const colour = until > due_on ? palette.bad : palette.good;
  return [{x: x(due_on), x2: x(until), y: middle, y2: middle, colour, width: 3}];
}

function barOf({deadline, middle}: Row, {x}: Axis): SymbolItem[] {
  const {due_on} = deadline.row;
  return due_on === null ? [] : [{x: x(due_on), y: middle, path: duePath, colour: palette.ink, size: 15}];
}

/** The status where it was done, or where it is overdue; beside the day on which it is due while nothing is. */
function markOf({deadline, middle}: Row, through: IsoDate, {x}: Axis): SymbolItem[] {
  const {due_on, done_on, status} = deadline.row;
  const {path, colour} = statusMarks[status];
  const isOverdue = isPlain(deadline) && done_on === null && due_on !== null && due_on < through;
  const at = done_on ?? (isOverdue ? through : due_on);
  return at === null ? [] : [{x: x(at) + (at === due_on ? 14 : 0), y: middle, path, colour, size: markSize}];
}
