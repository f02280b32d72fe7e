import type {Part} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import {cadenceNoun} from "../config/cadence-words.ts";
import {nounOf} from "../config/segment-plural.ts";
import type {Cadence} from "../config/target.ts";
import {formatCount, formatValue} from "../format/numbers.ts";
import {shortDate} from "./axis.ts";
import type {CalendarStripInput, ChartTable} from "./contract.ts";
import {
  actualWords,
  countedOutcomes,
  type Outcome,
  outcomeMarks,
  outcomeOf,
  partValue,
  reasonOf,
  someOf
} from "./part-words.ts";
import {sentenceCase} from "./standing.ts";
import {statusMarks} from "./theme.ts";
import {shortMonth} from "./trend-months.ts";

/** As many gaps as a sentence names. */
const mostNamed = 8;
/** Beyond as many rows a table tells the gaps of each month instead of each part. */
const longestTable = 120;

/** A sub-period as people say it: "week of 8 Jan 2024", "Jan 2024", "8 Jan 2024 night", "2024-Q1". */
export function subPeriodWords({name, from}: Part["period"], cadence: Cadence): string {
  switch (cadence) {
    case "week":
    case "two weeks":
      return `${name} (from ${shortDate(from)})`;
    case "month":
      return shortMonth(from.slice(0, 7));
    case "day":
    case "observation":
      return shortDate(from);
    case "shift":
      return `${shortDate(from)}${name.slice(10)}`;
    default:
      return name;
  }
}

/** A part as a sentence names it: its unit where there are several, its sub-period, its value. */
function partWords(part: Part, {every, each, unit, shape}: CalendarStripInput): string {
  const when = subPeriodWords(part.period, every);
  const value = part.actual_value === null ? "" : `: ${partValue(part, unit, shape)}`;
  return `${each === null ? "" : `${part.segment.name}, `}${when}${value}`;
}

/** The finding in words: how many met, which did not, which are not known. */
export function stripAltText(input: CalendarStripInput): string {
  const {row, parts, goal, every, each, allow} = input;
  const found = parts.map(outcomeOf);
  const of = (outcome: Outcome) => parts.filter((part) => outcomeOf(part) === outcome);
  const named = (outcome: Outcome, what: string) => {
    const own = of(outcome);
    return own.length === 0
      ? []
      : [
          `${what}: ${someOf(
            own.map((part) => partWords(part, input)),
            mostNamed
          )}.`
        ];
  };
  const asked = each === null ? `every ${every}` : `every ${every}, each ${nounOf(each)}`;
  return [
    `Calendar of ${row.title}, ${row.segment_name}, from ${longDate(row.period_from)} through ${longDate(row.through)}: ` +
      `asked ${asked}, ${goal}.`,
    found.length === 0
      ? `No ${cadenceNoun(every, 1)} is finished.`
      : `${row.actual_value === null ? "So far" : sentenceCase(actualWords(row, input))}: ${countedOutcomes(found)}.`,
    ...named("missed", "Missed"),
    ...named("open", "Not yet met"),
    ...named("unknown", "Not known"),
    ...(allow === 0 ? [] : [`${formatCount(allow)} may be missed.`]),
    ...(input.to_come.length === 0 ? [] : [`${formatCount(input.to_come.length)} to come.`]),
    `Status: ${statusMarks[row.status].word}.`
  ].join(" ");
}

/** A row a part; of very many parts a row a month (or a unit), with its gaps by name. */
export function stripTable(input: CalendarStripInput): ChartTable {
  if (input.parts.length <= longestTable) return wholeTable(input);
  return input.each === null ? monthTable(input) : unitTable(input);
}

const text = (title: string) => ({title, numeric: false});
const number = (title: string) => ({title, numeric: true});

function wholeTable({parts, every, each, unit, shape}: CalendarStripInput): ChartTable {
  const hasReasons = parts.some(({reason}) => reason !== null);
  return {
    columns: [
      ...(each === null ? [] : [text(sentenceCase(nounOf(each)))]),
      text(sentenceCase(cadenceNoun(every, 1))),
      number("Value"),
      ...(shape === "done" ? [] : [number("Asked")]),
      text("Result"),
      ...(hasReasons ? [text("Why it is not known")] : [])
    ],
    rows: parts.map((part) => [
      ...(each === null ? [] : [part.segment.name]),
      subPeriodWords(part.period, every),
      partValue(part, unit, shape),
      ...(shape === "done" ? [] : [formatValue(part.target_value, unit)]),
      outcomeMarks[outcomeOf(part)].word,
      ...(hasReasons ? [reasonOf(part)] : [])
    ])
  };
}

function monthTable(input: CalendarStripInput): ChartTable {
  const months = [...new Set(input.parts.map(({period}) => period.from.slice(0, 7)))];
  return summed(
    "Month",
    months.map((month) => [shortMonth(month), input.parts.filter(({period}) => period.from.startsWith(month))]),
    input,
    ({period}) => `${Number(period.from.slice(8))}${input.every === "shift" ? period.name.slice(10) : ""}`
  );
}

function unitTable(input: CalendarStripInput): ChartTable {
  const {parts, every, each} = input;
  const units = [...new Map(parts.map(({segment}) => [segment.code, segment])).values()];
  return summed(
    sentenceCase(nounOf(each ?? "unit")),
    units.map(({code, name}) => [name, parts.filter(({segment}) => segment.code === code)]),
    input,
    ({period}) => subPeriodWords(period, every)
  );
}

function summed(
  head: string,
  groups: readonly (readonly [string, readonly Part[]])[],
  {parts}: CalendarStripInput,
  nameOf: (part: Part) => string
): ChartTable {
  const shown = (["met", "missed", "open", "unknown"] as const).filter(
    (outcome) => outcome === "met" || parts.some((part) => outcomeOf(part) === outcome)
  );
  const gaps = shown.filter((outcome) => outcome !== "met");
  return {
    columns: [
      text(head),
      ...shown.map((outcome) => number(sentenceCase(outcomeMarks[outcome].word))),
      ...gaps.map((outcome) => text(`Which ${outcome === "unknown" ? "are not known" : outcomeMarks[outcome].word}`))
    ],
    rows: groups.map(([name, own]) => {
      const of = (outcome: Outcome) => own.filter((part) => outcomeOf(part) === outcome);
      return [
        name,
        ...shown.map((outcome) => formatCount(of(outcome).length)),
        ...gaps.map((outcome) => someOf(of(outcome).map(nameOf), 31))
      ];
    })
  };
}
