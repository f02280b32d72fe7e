import type {Part} from "../attainment/contract.ts";
import {daysIn, type IsoDate, longDate} from "../calendar/iso-date.ts";
import {cadenceNoun} from "../config/cadence-words.ts";
import {nounOf, pluralOf} from "../config/segment-plural.ts";
import {formatCount, formatValue} from "../format/numbers.ts";
import {shortDate} from "./axis.ts";
import type {ChartTable, RosterInput} from "./contract.ts";
import {
  actualWords,
  againstDue,
  type Outcome,
  outcomeMarks,
  outcomeOf,
  partValue,
  reasonOf,
  someOf
} from "./part-words.ts";
import {sentenceCase} from "./standing.ts";
import {statusMarks} from "./theme.ts";

const mostNamed = 12;

/** Of which a row of the roster is: the unit, or the class where each class is asked. */
export function nameOfUnit({segment, period}: Part, {each}: RosterInput): string {
  return each === null ? period.name : segment.name;
}

/** What a unit is called: "Area", "class". */
export function nounOfUnits({each, every}: RosterInput, count: number): string {
  if (each !== null) return count === 1 ? nounOf(each) : pluralOf(each);
  return every === null ? "unit" : cadenceNoun(every, count);
}

/** The day on which all units are due; null where there is none, or each has its own. */
export function commonDue(parts: readonly Part[]): IsoDate | null {
  const days = new Set(parts.map(({due_on}) => due_on));
  return days.size === 1 ? ([...days][0] ?? null) : null;
}

/**
 * What came of a unit, from the fullest words to the shortest: "missed, 12 days late", "not yet, due 3 Mar 2024".
 *
 * @param told The day on which it is due, where that is said elsewhere.
 */
export function resultWords(part: Part, told: IsoDate | null): string[] {
  const {word} = outcomeMarks[outcomeOf(part)];
  const {late, done_on, due_on} = part;
  if (late && done_on !== null && due_on !== null) {
    const days = againstDue(daysIn(due_on, done_on) - 1);
    return [`${word}, ${days}`, days, word];
  }
  if (late) return [`${word}, met late`, "met late"];
  if (outcomeOf(part) === "open" && due_on !== null && due_on !== told) {
    return [
      `${word}, due ${shortDate(due_on)}`,
      `due ${shortDate(due_on)}`,
      `due ${shortDate(due_on).slice(0, -5)}`,
      word
    ];
  }
  return [word];
}

/** The finding in words: who has, who has not, of whom it is not known. */
export function rosterAltText(input: RosterInput): string {
  const {row, parts, goal, unit, shape} = input;
  const of = (outcome: Outcome) => parts.filter((part) => outcomeOf(part) === outcome);
  const valued = (part: Part) => `${nameOfUnit(part, input)} (${partValue(part, unit, shape)})`;
  const sentence = (outcome: Outcome, lead: string, told: (part: Part) => string) => {
    const own = of(outcome);
    return own.length === 0 ? [] : [`${lead}: ${someOf(own.map(told), mostNamed)}.`];
  };
  const counted = actualWords(row, {every: input.every, each: input.each, shape});
  const due = commonDue(parts);
  const by = due === null ? "" : ` by ${longDate(due)}`;
  return [
    `Roster of ${row.title}, through ${longDate(row.through)}: asked of each ${nounOfUnits(input, 1)}${by}: ${goal}.`,
    row.actual_value === null
      ? `Met: ${formatCount(of("met").length)} of ${formatCount(parts.length)}.`
      : `Met: ${counted}.`,
    ...sentence("missed", "Missed", valued),
    ...sentence("open", "Not yet met", valued),
    ...sentence("unknown", "Not known", (part) => nameOfUnit(part, input)),
    ...sentence("met", "Met", valued),
    `Status: ${statusMarks[row.status].word}.`
  ].join(" ");
}

/** All units in the order of the roster. */
export function rosterTable(input: RosterInput): ChartTable {
  const {parts, unit, shape} = input;
  const text = (title: string) => ({title, numeric: false});
  const number = (title: string) => ({title, numeric: true});
  const hasDue = new Set(parts.map(({due_on}) => due_on)).size > 1;
  const hasReasons = parts.some(({reason}) => reason !== null);
  const hasBaseline = parts.some(({baseline_value}) => baseline_value !== null);
  return {
    columns: [
      text(sentenceCase(nounOfUnits(input, 1))),
      shape === "done" ? text("Done") : number("Value"),
      ...(hasBaseline ? [number("Before")] : []),
      ...(shape === "done" ? [] : [number("Asked")]),
      ...(hasDue ? [text("Due")] : []),
      text("Result"),
      ...(hasReasons ? [text("Why it is not known")] : [])
    ],
    rows: parts.map((part) => [
      nameOfUnit(part, input),
      partValue(part, unit, shape),
      ...(hasBaseline ? [formatValue(part.baseline_value, unit)] : []),
      ...(shape === "done" ? [] : [formatValue(part.target_value, unit)]),
      ...(hasDue ? [part.due_on === null ? formatValue(null) : shortDate(part.due_on)] : []),
      resultWords(part, null)[0] ?? "",
      ...(hasReasons ? [reasonOf(part)] : [])
    ])
  };
}
