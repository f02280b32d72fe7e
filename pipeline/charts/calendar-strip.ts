import {nounOf} from "../config/segment-plural.ts";
import {boxStrip} from "./calendar-strip-boxes.ts";
import {gridStrip} from "./calendar-strip-grid.ts";
import {stripAltText, stripTable} from "./calendar-strip-words.ts";
import type {CalendarStripInput, Chart} from "./contract.ts";
import {emptyDrawing} from "./drawing.ts";
import {legendOf} from "./legend.ts";
import {type Outcome, outcomeMarks, outcomeOf, outcomes} from "./part-words.ts";
import {framed, ruleLayer, textLayer, tileLayer} from "./spec-parts.ts";
import type {ChartWidth} from "./theme.ts";

/** Of the sample of a mark in the legend, in px. */
const sample = 11;

/**
 * The sub-periods of a row with `every`, one mark each: a met one is a plain tile, a missed one a cross. Few of them
 * stand in boxes with their names and values; days, shifts and pairs of unit and sub-period in a grid, with shifts as
 * rows of a day. Those that are still to come are dots, so that the whole period is seen.
 *
 * @param options `width` in px: 720 for pages and paper, 360 for phones; the id of the latter ends in `-narrow`.
 * @throws Error when there is no sub-period.
 */
export function calendarStripChart(
  input: CalendarStripInput,
  {width = 720}: {readonly width?: ChartWidth} = {}
): Chart {
  const {row, parts, to_come, every, each} = input;
  const id = partsChartId("calendar", row, width);
  if (parts.length + to_come.length === 0) throw new Error(`chart "${id}": there is no sub-period`);
  const drawing = emptyDrawing();
  const shown: Outcome[] = [...parts.map(outcomeOf), ...(to_come.length > 0 ? (["to_come"] as const) : [])];
  const used = outcomes.filter((outcome) => shown.includes(outcome));
  const legend = legendOf(
    used.map((outcome) => ({text: outcomeMarks[outcome].word, sample})),
    0,
    width - 2
  );
  drawing.texts.push(...legend.texts);
  for (const [index, {x, y}] of legend.places.entries()) {
    const {path, colour} = outcomeMarks[used[index]!];
    drawing.symbols.push({x: x + sample / 2, y, path, colour, size: sample});
  }
  const isGrid = each !== null || every === "day" || every === "shift";
  const bottom = (isGrid ? gridStrip : boxStrip)(input, legend.bottom + 10, width, drawing);
  const frame = {left: 1, right: 1, top: 2, bottom: 4, width: width - 2, height: Math.ceil(bottom)};
  return {
    id,
    title: `${row.title}: every ${every}${each === null ? "" : `, each ${nounOf(each)}`}, ${row.segment_name}`,
    alt_text: stripAltText(input),
    spec: framed(frame, [ruleLayer(drawing.rules), tileLayer(drawing.symbols), textLayer(drawing.texts)]),
    table: stripTable(input)
  };
}

/** City charts are named by the target alone; names of periods may hold a slash. */
export function partsChartId(
  kind: string,
  {target, segment_type, segment, period}: CalendarStripInput["row"],
  width: ChartWidth
): string {
  const place = segment_type === "city" ? "" : `-${segment_type}-${segment}`;
  return `${kind}-${target}${place}-${period}${width === 360 ? "-narrow" : ""}`.replace(/[^\w.-]/g, "_");
}
