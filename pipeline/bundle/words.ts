import {TZDate} from "@date-fns/tz";
import {format} from "date-fns/format";
import type {AttainmentRow, Flag} from "../attainment/contract.ts";
import {type IsoDate, longDate} from "../calendar/iso-date.ts";
import {type Mark, signedDifference, standingMarks, statusMarks} from "../charts/contract.ts";
import {boundOf} from "../config/goal.ts";
import type {ProjectTarget} from "../config/project.ts";
import {
  formatDifference,
  formatPercentChange,
  formatPercentSize,
  formatValue,
  smallestPercentBase,
  unknownValue
} from "../format/numbers.ts";
import type {Standing} from "./page-model.ts";

/** Where a section of a target stands in the page. */
export function targetSection(target: string): string {
  return `target-${target}`;
}

/** Where a section of a segment stands, by `segmentKeyOf`. */
export function segmentSection(key: string): string {
  return `segment-${key}`;
}

/** Shape, word and colour of every standing that a page prints. */
export const marks: Readonly<Record<Standing, Mark>> = {
  ...statusMarks,
  ahead: standingMarks.ahead,
  behind: standingMarks.behind
};

/** "On track" */
export function statusWord(status: Standing): string {
  return capital(marks[status].word);
}

/** capital("area") //=> "Area" */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** "1 January to 31 March 2024"; the year is said once where both ends share it. */
export function dayRange(from: IsoDate, to: IsoDate): string {
  const start = from.slice(0, 4) === to.slice(0, 4) ? longDate(from).slice(0, -5) : longDate(from);
  return from === to ? longDate(to) : `${start} to ${longDate(to)}`;
}

/**
 * The same, short, for the head of a column: "2\u201329 Dec 2018", "4 Nov\u20131 Dec 2018". Its only blank that a line may
 * break at stands before the last year.
 */
export function shortRange(from: IsoDate, to: IsoDate): string {
  const [start, end] = [from, to].map((date) => {
    const [day, month, year] = longDate(date).split(" ");
    return {day, month: `${day}\u00a0${month!.slice(0, 3)}`, year};
  });
  const until = `${end!.month} ${end!.year}`;
  if (from === to) return until;
  if (from.slice(0, 7) === to.slice(0, 7)) return `${start!.day}\u2013${until}`;
  return `${start!.month}${start!.year === end!.year ? "" : `\u00a0${start!.year}`}\u2013${until}`;
}

/** "12 April 2024, 09:30 (America/Los Angeles)": a moment as the project's clocks show it. */
export function momentWords(instant: string, timeZone: string): string {
  return `${format(new TZDate(instant, timeZone), "d MMMM yyyy, HH:mm")} (${timeZone.replaceAll("_", " ")})`;
}

/**
 * The change against the same days of the baseline, as a cell: a percentage, `N.C.` over 0, and the counts alone where
 * the base is too small for a percentage.
 */
export function changeText({actual_value, baseline_to_date, reason_code, unit}: AttainmentRow): string {
  // Never a percentage between counts of two methods.
  if (actual_value === null || baseline_to_date === null || reason_code === "series_break") return unknownValue;
  if (unit === "share") return signedDifference(actual_value - baseline_to_date, unit);
  return formatPercentChange(actual_value, baseline_to_date) ?? formatDifference(actual_value - baseline_to_date);
}

/** "Down 3.9%", "Up 12 from 4", "No change": the change in words, null where it is not known. */
export function changeWords({actual_value, baseline_to_date, unit}: AttainmentRow): string | null {
  if (actual_value === null || baseline_to_date === null) return null;
  const difference = actual_value - baseline_to_date;
  if (difference === 0) return "No change";
  const way = difference < 0 ? "Down" : "Up";
  if (unit === "share") return `${way} ${signedDifference(Math.abs(difference), unit).replace("+", "")}`;
  if (Math.abs(baseline_to_date) >= smallestPercentBase) {
    return `${way} ${formatPercentSize(actual_value, baseline_to_date)}`;
  }
  return `${way} by ${formatValue(Math.abs(difference), unit)}`;
}

/** Whether the goal asks for less, for more, or for nothing. */
export function goalDirection({goal}: ProjectTarget): "less" | "more" | "none" {
  const bound = boundOf(goal);
  if (bound === null || bound === "both") return "none";
  return bound === "upper" ? "less" : "more";
}

const flagTexts: Readonly<Record<Flag, string>> = {
  provisional: "Provisional: late reports may still change the number.",
  stale: "Stale: the newest extract is older than the source allows.",
  overdue: "Overdue.",
  done_late: "Done after it was due.",
  within_noise: "Within the usual ups and downs of such numbers.",
  signal_better: "A change for the better beyond the usual ups and downs.",
  signal_worse: "A change for the worse beyond the usual ups and downs.",
  small_numbers: "Small numbers: a few cases decide.",
  goal_moved: "The goal was changed after its data was known.",
  pace_fallback: "The declared pace could not be used; another was.",
  withheld: "Withheld."
};

/** What a flag means, as a sentence. */
export function flagWords(flag: Flag): string {
  return flagTexts[flag];
}
