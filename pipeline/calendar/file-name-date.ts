import type {DayRange} from "./day-set.ts";
import {endOfMonthOf, isIsoDate} from "./iso-date.ts";

/**
 * The days that a file's name says: `crime-{yyyy}-{MM}*` reads a month, with `{dd}` a day, with `{yyyy}` alone a year;
 * `*` is any run of characters. The pattern speaks of the whole name, with or without its ending.
 *
 * @returns Null when the name does not match or says no real date.
 */
export function daysOfFileName(pattern: string, name: string): DayRange | null {
  const groups =
    expression(pattern).exec(name)?.groups ??
    expression(pattern).exec(name.replace(/(\.csv|\.parquet|\.csv\.gz|(\.csv|\.parquet)?\.zip|\.xlsx)$/i, ""))?.groups;
  if (groups === undefined) return null;
  const {yyyy = "", MM, dd} = groups;
  const first = `${yyyy}-${MM ?? "01"}-${dd ?? "01"}`;
  if (!isIsoDate(first)) return null;
  if (MM === undefined) return [first, `${yyyy}-12-31`];
  return [first, dd === undefined ? endOfMonthOf(first) : first];
}

/** What is wrong with a pattern, as the end of a sentence, or null when nothing is. */
export function fileNamePatternProblem(pattern: string): string | null {
  const parts = [...pattern.matchAll(/\{([^}]*)\}?/g)].map(([, part]) => part as string);
  const strange = parts.find((part) => !["yyyy", "MM", "dd"].includes(part));
  if (strange !== undefined) return `has "{${strange}}", which is not supported; supported: {yyyy} {MM} {dd}`;
  if (new Set(parts).size < parts.length) return "says a part of the date twice";
  if (!parts.includes("yyyy")) return "has no {yyyy}";
  if (parts.includes("dd") && !parts.includes("MM")) return "has {dd} without {MM}";
  return null;
}

function expression(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.+?()[\]|]/g, "\\$&")
    .replaceAll("*", ".*")
    .replace(/\{(yyyy|MM|dd)\}/g, (_, part: string) => `(?<${part}>[0-9]{${part.length}})`);
  return new RegExp(`^${source}$`, "is");
}
