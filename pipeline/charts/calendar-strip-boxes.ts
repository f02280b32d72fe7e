import type {Part} from "../attainment/contract.ts";
import {addCalendarMonths} from "../calendar/iso-date.ts";
import type {Cadence} from "../config/target.ts";
import {shortDate} from "./axis.ts";
import type {CalendarStripInput} from "./contract.ts";
import {type Drawing, textAt, widest} from "./drawing.ts";
import {type Outcome, outcomeMarks, outcomeOf, partValue} from "./part-words.ts";
import {wrapText} from "./text-metrics.ts";
import {type ChartWidth, fontSizes, palette} from "./theme.ts";

/** Of a box in px: its lines, and the air between boxes. */
const heights = {name: 15, day: 14, mark: 20, word: 15, air: 10} as const;
const markSize = 12;
/** Between a mark and its value. */
const beside = 5;
/** Of one box at least and at most. */
const widths = {least: 44, most: 140, air: 10} as const;

interface Box {
  readonly name: string;
  readonly day: string;
  readonly outcome: Outcome;
  readonly value: string;
}

/**
 * Sub-periods one after the other in lines of equal length: name, first day, mark, value, and in words what is no met
 * one.
 *
 * @returns The lower edge.
 */
export function boxStrip(input: CalendarStripInput, top: number, width: ChartWidth, drawing: Drawing): number {
  const {parts, to_come, every, unit, shape} = input;
  const boxes: Box[] = [
    ...parts.map((part) => {
      const value = part.actual_value === null ? "" : partValue(part, unit, shape);
      return {...namesOf(part.period, every), outcome: outcomeOf(part), value};
    }),
    ...to_come.map((period) => ({...namesOf(period, every), outcome: "to_come" as const, value: ""}))
  ];
  const words = boxes.map(({outcome}) => wordOf(outcome));
  const needed = Math.max(
    widths.least,
    widest(
      boxes.map(({name}) => name),
      fontSizes.label,
      600
    ),
    widest(
      boxes.map(({day}) => day),
      fontSizes.small
    ),
    widest(words, fontSizes.small, 600),
    widest(
      boxes.map(({value}) => value),
      fontSizes.label
    ) +
      markSize +
      beside
  );
  const cell = Math.min(widths.most, needed) + widths.air;
  const inLine = Math.max(1, Math.floor(width / cell));
  const lines = Math.ceil(boxes.length / inLine);
  const columns = Math.ceil(boxes.length / lines);
  const step = Math.min(width / columns, cell * 1.6);
  const hasDays = boxes.some(({day}) => day !== "");
  const height = heights.name + (hasDays ? heights.day : 0) + heights.mark + heights.word + heights.air;
  for (const [index, box] of boxes.entries()) {
    drawBox(box, (index % columns) * step, top + Math.floor(index / columns) * height, step, hasDays, drawing);
  }
  return top + lines * height - heights.air;
}

function drawBox(box: Box, left: number, top: number, step: number, hasDays: boolean, drawing: Drawing): void {
  const {path, colour, text_colour} = outcomeMarks[box.outcome];
  const room = step - widths.air;
  const isAhead = box.outcome === "to_come";
  const ink = isAhead ? palette.neutralText : palette.ink;
  const fitted = (text: string, size: number, weight: 400 | 600) => wrapText(text, room, 1, size, weight)[0] ?? "";
  drawing.rules.push({x: left, x2: left + room, y: top, y2: top, colour: palette.grid, width: 1});
  drawing.texts.push(
    textAt(fitted(box.name, fontSizes.label, 600), left, top + heights.name, {weight: 600, colour: ink})
  );
  if (box.day !== "") {
    const y = top + heights.name + heights.day - 1;
    drawing.texts.push(textAt(box.day, left, y, {size: fontSizes.small, colour: palette.neutralText}));
  }
  const middle = top + heights.name + (hasDays ? heights.day : 0) + heights.mark / 2 + 2;
  drawing.symbols.push({x: left + markSize / 2, y: middle, path, colour, size: markSize});
  if (box.value !== "") {
    const value = wrapText(box.value, room - markSize - beside, 1, fontSizes.label)[0] ?? "";
    drawing.texts.push(textAt(value, left + markSize + beside, middle + 4.5));
  }
  const word = wordOf(box.outcome);
  if (word === "") return;
  const y = middle + heights.mark / 2 + 10;
  drawing.texts.push(textAt(word, left, y, {size: fontSizes.small, weight: 600, colour: text_colour}));
}

/** What was met, and what is to come, is said by the legend: words stand at the gaps alone. */
function wordOf(outcome: Outcome): string {
  return outcome === "met" || outcome === "to_come" ? "" : outcomeMarks[outcome].word;
}

/** A sub-period's short name, and its first day where the name does not say it. */
function namesOf({name, from}: Part["period"], cadence: Cadence): {readonly name: string; readonly day: string} {
  const [day, month, year] = shortDate(from).split(" ");
  switch (cadence) {
    case "week":
    case "two weeks":
      return {name: name.replace(/^\d+-/, "").replace(" and W", "+"), day: `${day} ${month}`};
    case "month":
      return {name: month!, day: year!};
    case "two months":
      return {name: `${month}\u2013${shortDate(addCalendarMonths(from, 1)).split(" ")[1]}`, day: year!};
    case "day":
    case "observation":
      return {name: `${day} ${month}`, day: year!};
    default:
      return {name, day: ""};
  }
}
