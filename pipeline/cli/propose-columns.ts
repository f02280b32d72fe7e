import {parse} from "csv-parse/sync";
import {readDateFormat} from "../calendar/date-format.ts";
import {type Roster, resolveSegment} from "../config/roster.ts";
import type {StarterColumn} from "../config/starter-source.ts";

/** Records that are looked at. */
const mostRecords = 500;
/** A column with more ways to write a day holds something else as well. */
const mostFormats = 3;

const isoFormats = [
  "yyyy-MM-dd",
  "yyyy-MM-dd HH:mm:ss",
  "yyyy-MM-dd'T'HH:mm:ss",
  "yyyy-MM-dd'T'HH:mm:ss.SSS",
  "yyyy/MM/dd",
  "yyyyMMdd"
];
const times = ["", " HH:mm", " H:mm", " hh:mm:ss a", " h:mm:ss a", " HH:mm:ss"];
const monthFirst = ["MM/dd/yyyy", "M/d/yyyy"].flatMap((day) => times.map((time) => `${day}${time}`));
const dayFirst = ["dd/MM/yyyy", "d/M/yyyy", "dd.MM.yyyy", "d.M.yyyy"].flatMap((day) =>
  times.map((time) => `${day}${time}`)
);
/** In order of preference: 01/02/2024 is 2 January where no record tells, as in the United States. */
const styles = [
  [...isoFormats, ...monthFirst, "M/d/yy"],
  [...dayFirst, "d/M/yy"]
].map((formats) => formats.map((format) => ({format, shape: new RegExp(`^${readDateFormat(format).shape}$`)})));

/** Words of headers that tell of a person. */
const personal =
  /(^|[^a-z])(dob|birth|ssn|social security|surname|first name|last name|full name|phone|mobile|e-?mail|address|street|location|licen[cs]e|passport|victim name|suspect name|officer name)([^a-z]|$)/i;

/** Names that milepost stores columns of its own under. */
const reserved = ["record", "load", "file_index"];

export interface ProposedColumns {
  readonly columns: readonly StarterColumn[];
  /** The first column of days; null when none is. */
  readonly date: string | null;
  readonly delimiter: string;
}

/**
 * Proposes what the columns of a CSV file become, from its header and first records. A proposal to go through by hand:
 * nothing of it is guessed again when the file is loaded.
 *
 * @param text The beginning of the file; a record that is cut off at its end is not looked at.
 * @returns Null where there is no header with a record below it.
 */
export function proposeColumns(text: string, roster: Roster | null): ProposedColumns | null {
  const delimiter = delimiterOf(text);
  const [header = [], ...records] = recordsOf(text, delimiter);
  if (header.length === 0 || records.length === 0) return null;
  const names = uniqueNames(header);
  const proposed = header.map((written, index): StarterColumn => {
    const trimmed = written.trim();
    const twice = trimmed === "" || header.filter((other) => other.trim() === trimmed).length > 1;
    const values = records.map((record) => record[index]?.trim() ?? "").filter((value) => value !== "");
    return {
      name: names[index] ?? "",
      header: trimmed === "" ? `column ${index + 1}` : trimmed,
      position: twice ? index + 1 : null,
      required: false,
      ...kindOf(trimmed, values, roster)
    };
  });
  const date = proposed.find(({kind}) => kind === "date")?.name ?? null;
  const columns = proposed.map((column) => (column.name === date ? {...column, required: true} : column));
  return {columns, date, delimiter};
}

function recordsOf(text: string, delimiter: string): string[][] {
  const whole = text.includes("\n") ? text : `${text}\n`;
  return parse(whole, {
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    to: mostRecords + 1,
    on_record: (record: string[]) => record
  }) as string[][];
}

/** The one that parts the header into most cells. */
function delimiterOf(text: string): string {
  const [header = ""] = text.split(/\r?\n/, 1);
  const counts = [",", ";", "\t", "|"].map((one) => ({one, count: header.split(one).length}));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).one;
}

/** uniqueNames(["Date Rptd", "AREA", "area"]) //=> ["date_rptd", "area", "area_2"] */
function uniqueNames(header: readonly string[]): string[] {
  const taken = new Set(reserved);
  return header.map((written, index) => {
    const plain = plainName(written) || `column_${index + 1}`;
    let name = plain;
    for (let count = 2; taken.has(name); count += 1) name = `${plain}_${count}`;
    taken.add(name);
    return name;
  });
}

/** plainName("Date Rptd.") //=> "date_rptd" */
export function plainName(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
}

function kindOf(
  header: string,
  values: readonly string[],
  roster: Roster | null
): Pick<StarterColumn, "kind" | "formats" | "note"> {
  const type = segmentTypeOf(header, values, roster);
  if (type !== null) return {kind: {segment: type}, formats: [], note: null};
  if (personal.test(header)) return {kind: "personal", formats: [], note: "told of a person, as it seems"};
  if (values.length === 0) return {kind: "text", formats: [], note: "empty in these records"};
  const [usual, other] = styles.map((_, style) => formatsFor(values, style));
  const formats = usual ?? other ?? null;
  if (formats !== null) {
    const doubt = usual != null && other != null;
    return {kind: "date", formats, note: doubt ? "or the day first? No record here tells" : null};
  }
  // A leading zero is a part of a code, and a number would lose it.
  if (values.every((value) => /^-?(0|[1-9]\d{0,14})$/.test(value))) return {kind: "integer", formats: [], note: null};
  if (values.every((value) => /^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)))
    return {kind: "decimal", formats: [], note: null};
  return {kind: "text", formats: [], note: null};
}

/** Codes alone tell of no segment, for many numbers are as small: then the header must name the type. */
function segmentTypeOf(header: string, values: readonly string[], roster: Roster | null): string | null {
  if (roster === null || values.length === 0) return null;
  const words = plainName(header).split("_");
  const type = roster.types.find((one) => {
    const named = plainName(one)
      .split("_")
      .some((word) => words.includes(word));
    const wordy = values.every((value) => /\p{L}/u.test(value));
    return (named || wordy) && values.every((value) => resolveSegment(roster, one, value) !== null);
  });
  return type ?? null;
}

/** The fewest formats that read all values, those of most first; null where a value has none, and for too many. */
function formatsFor(values: readonly string[], style: number): string[] | null {
  const found: string[] = [];
  let left = values;
  if (!values.every((value) => isMonthInPlace(value, style === 1))) return null;
  while (left.length > 0) {
    const counts = (styles[style] ?? []).map(({format, shape}) => {
      return {format, unread: left.filter((value) => !shape.test(value))};
    });
    const best = counts.reduce((a, b) => (b.unread.length < a.unread.length ? b : a));
    if (best.unread.length === left.length || found.length === mostFormats) return null;
    found.push(best.format);
    left = best.unread;
  }
  return found;
}

function isMonthInPlace(value: string, dayFirst: boolean): boolean {
  const [, a = "", b = ""] = /^(\d{1,2})[/.](\d{1,2})[/.]/.exec(value) ?? [];
  return a === "" || Number(dayFirst ? b : a) <= 12;
}
