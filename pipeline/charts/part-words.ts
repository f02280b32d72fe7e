import type {AttainmentRow, Part} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import {cadenceNoun} from "../config/cadence-words.ts";
import type {Shape} from "../config/measure.ts";
import {nounOf, pluralOf} from "../config/segment-plural.ts";
import type {Cadence} from "../config/target.ts";
import {formatCount, formatCounted, formatValue} from "../format/numbers.ts";
import {shortDate} from "./axis.ts";
import {type Mark, palette, statusMarks} from "./theme.ts";

/** How a row's values are to be read: the measure's own, parts that are counted, or a deliverable. */
export interface Reading {
  readonly every: Cadence | null;
  /** Type of the units. */
  readonly each: string | null;
  readonly shape: Shape;
}

/** Of a measure's own values. */
export const ownValues: Reading = {every: null, each: null, shape: "flow"};

/**
 * What a row counts, where it counts parts: "weeks", "Areas", "weeks of Areas"; null where its values are the measure's
 * own.
 */
export function countedParts({every, each}: Pick<Reading, "every" | "each">, count: number): string | null {
  if (every !== null) return `${cadenceNoun(every, count)}${each === null ? "" : ` of ${pluralOf(each)}`}`;
  if (each === null) return null;
  return count === 1 ? nounOf(each) : pluralOf(each);
}

/** A row's actual in words: "1,828", "46 of 47 weeks", "3 of 4 bureaus", "done on 12 Nov 2024", "not done". */
export function actualWords(row: AttainmentRow, reading: Reading): string {
  const {actual_value, numerator, denominator, done_on, unit} = row;
  const parts = countedParts(reading, denominator ?? 2);
  if (parts !== null && numerator !== null && denominator !== null)
    return `${formatCount(numerator)} of ${formatCount(denominator)} ${parts}`;
  if (parts === null && reading.shape === "done" && actual_value !== null)
    return done_on === null ? "not done" : `done on ${shortDate(done_on)}`;
  return formatValue(actual_value, unit);
}

/** A part's value: "3", "28.6%", "done on 12 Nov 2024", "not done"; a dash where it is not known. */
export function partValue({actual_value, done_on}: Part, unit: string, shape: Shape): string {
  if (shape !== "done" || actual_value === null) return formatValue(actual_value, unit);
  return done_on === null ? "not done" : `done on ${shortDate(done_on)}`;
}

/** How a part came out. */
export type Outcome = "met" | "missed" | "open" | "unknown" | "to_come";

/** What may still be met has not missed. */
export function outcomeOf({verdict, final}: Pick<Part, "verdict" | "final">): Outcome {
  if (verdict === "unknown") return "unknown";
  if (verdict === "yes") return "met";
  return final ? "missed" : "open";
}

const cross = "M-1,-0.62L-0.62,-1L0,-0.38L0.62,-1L1,-0.62L0.38,0L1,0.62L0.62,1L0,0.38L-0.62,1L-1,0.62L-0.38,0Z";
const tile = "M-1,-1L1,-1L1,1L-1,1Z";
const point = "M0.34,0A0.34,0.34,0,1,1,-0.34,0A0.34,0.34,0,1,1,0.34,0Z";

/**
 * Outcomes of parts that stand close together: a met one is a plain tile, so that what lies between, a cross, a bar or
 * a ring, is seen as a gap without any colour.
 */
export const outcomeMarks: Readonly<Record<Outcome, Mark>> = {
  met: {...statusMarks.met, word: "met", shape: "tile", path: tile},
  missed: {...statusMarks.missed, word: "missed", shape: "cross", path: cross},
  open: {
    ...statusMarks.too_early,
    word: "not yet",
    colour: palette.warning,
    text_colour: palette.warningText
  },
  unknown: {...statusMarks.no_data, word: "not known"},
  to_come: {...statusMarks.to_be_set, word: "to come", shape: "dot", path: point}
};

/** In the order in which legends and sentences list them. */
export const outcomes: readonly Outcome[] = ["met", "missed", "open", "unknown", "to_come"];

/** "46 met, 1 missed, 5 not known"; outcomes that do not occur are left out. */
export function countedOutcomes(found: readonly Outcome[]): string {
  return outcomes
    .flatMap((outcome) => {
      const count = found.filter((other) => other === outcome).length;
      return count === 0 ? [] : [`${formatCount(count)} ${outcomeMarks[outcome].word}`];
    })
    .join(", ");
}

/**
 * A list that may be long, as a sentence part: the first ones by name, the others as a number.
 *
 * @example someOf(["W02", "W07", "W09"], 2) //=> "W02, W07 and 1 more"
 */
export function someOf(names: readonly string[], most: number): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${formatCount(names.length - most)} more`;
}

/** Why a part is not known: "2 of 7 days" as "only 2 of 7 days are covered"; empty where it is known. */
export function reasonOf({reason}: Part): string {
  if (reason === null) return "";
  if (reason.code === "no_cases") return reason.detail === "" ? "no cases" : reason.detail;
  if (/^0 of 1 \w+$/.test(reason.detail)) return "its day is not covered";
  return reason.detail.replace(/^(\d[\d,]* of \d[\d,]* \w+)(, .* missing)?$/, "only $1 are covered$2");
}

/** "12 days late", "12 days early", "on the day". */
export function againstDue(days: number): string {
  if (days === 0) return "on the day";
  return `${formatCounted(Math.abs(days), "day")} ${days > 0 ? "late" : "early"}`;
}

/** "through 31 March 2024" */
export function throughWords({through}: Pick<AttainmentRow, "through">): string {
  return `through ${longDate(through)}`;
}
