import {CsvError, parse} from "csv-parse/sync";
import type {Diagnostic, Place} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import type {DefinitionFile} from "./project.ts";
import {placeAt, readText, type TextFile} from "./text-file.ts";

/** One row of a seed by the names of its columns; a cell is trimmed, "" when it is empty. */
export interface SeedRow<Column extends string> {
  readonly cells: Readonly<Record<Column, string>>;
  placeOf(column: Column): Place;
}

/**
 * Reads a CSV of `seeds/`: UTF-8, commas, a header in any order, a record a line.
 *
 * @param required Columns that must stand in the header.
 * @param optional Columns that may; an empty cell stands for a missing one.
 * @returns The rows in order of the file; [] when the header is not right.
 */
export function readSeed<Column extends string>(
  definition: DefinitionFile,
  required: readonly Column[],
  optional: readonly Column[]
): {rows: SeedRow<Column>[]; diagnostics: Diagnostic[]} {
  const {file, diagnostics} = readText(definition);
  if (diagnostics.length > 0) return {rows: [], diagnostics};
  const records = parseRecords(file);
  if (!Array.isArray(records)) return {rows: [], diagnostics: [records]};
  const [header, ...body] = records;
  if (header === undefined) return {rows: [], diagnostics: [complain("empty-definition", placeAt(file, 1, 1), {})]};
  const headerFaults = checkHeader(file, header, required, [...required, ...optional]);
  if (headerFaults.length > 0) return {rows: [], diagnostics: headerFaults};
  const positions = new Map(header.record.map((name, index) => [name.trim(), index]));
  const faults: Diagnostic[] = [];
  const rows: SeedRow<Column>[] = [];
  for (const {record, line} of body) {
    if (record.length !== header.record.length || record.some((cell) => cell.includes("\n"))) {
      const counts = {fields: record.length, columns: header.record.length};
      faults.push(complain("seed-record", placeAt(file, line, 1), counts));
      continue;
    }
    const cell = (column: Column) => record[positions.get(column) ?? -1]?.trim() ?? "";
    rows.push({
      cells: Object.fromEntries([...required, ...optional].map((name) => [name, cell(name)])) as Record<Column, string>,
      placeOf: (column) => placeAt(file, line, columnOf(file.lines[line - 1] ?? "", positions.get(column) ?? 0))
    });
  }
  return {rows, diagnostics: faults};
}

interface SeedRecord {
  readonly record: readonly string[];
  /** From 1; its first line where a quoted cell holds line breaks. */
  readonly line: number;
}

function parseRecords(file: TextFile): SeedRecord[] | Diagnostic {
  try {
    const parsed = parse(file.text, {
      info: true,
      relax_column_count: true,
      record_delimiter: "\n",
      skip_empty_lines: true
    }) as unknown as {record: string[]; info: {lines: number}}[];
    return parsed.map(({record, info}) => ({record, line: firstLine(file, record, info.lines)}));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const problem = csvProblems[error.code] ?? error.message;
    const place = error.code === "CSV_QUOTE_NOT_CLOSED" ? openQuote(file) : placeAt(file, Number(error.lines ?? 1), 1);
    return complain("seed-syntax", place, {problem});
  }
}

/** The reader tells the line on which a record ends. */
function firstLine(file: TextFile, record: readonly string[], counted: number): number {
  const breaks = record.join("").split("\n").length - 1;
  return Math.min(counted, file.lines.length) - breaks;
}

/** Where the quote stands that is never closed: the last one that opened. */
function openQuote(file: TextFile): Place {
  let line = 1;
  let column = 0;
  let opened: [line: number, column: number] | null = null;
  let last: [line: number, column: number] = [1, 1];
  for (const character of file.text) {
    column += character.length;
    if (character === "\n") [line, column] = [line + 1, 0];
    if (character !== '"') continue;
    if (opened === null) last = [line, column];
    opened = opened === null ? [line, column] : null;
  }
  return placeAt(file, ...last);
}

const csvProblems: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quoted cell begins here and never ends",
  INVALID_OPENING_QUOTE: "a quote stands inside a cell that is not quoted",
  CSV_INVALID_CLOSING_QUOTE: "text stands behind the closing quote of a cell"
};

function checkHeader(
  file: TextFile,
  header: SeedRecord,
  required: readonly string[],
  known: readonly string[]
): Diagnostic[] {
  const names = header.record.map((name) => name.trim());
  const faults = names.flatMap((name, index): Diagnostic[] => {
    const place = placeAt(file, header.line, columnOf(file.lines[header.line - 1] ?? "", index));
    if (!known.includes(name)) {
      const free = known.filter((word) => !names.includes(word));
      return [complain("unknown-seed-column", place, {column: name, suggestion: didYouMean(name, free)})];
    }
    return names.indexOf(name) === index ? [] : [complain("repeated-seed-column", place, {column: name})];
  });
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) faults.push(complain("missing-seed-column", placeAt(file, header.line, 1), {missing}));
  return faults;
}

/** Where the cell of this index begins in a line, from 1. */
function columnOf(line: string, index: number): number {
  let quoted = false;
  let passed = 0;
  for (let at = 0; at < line.length && passed <= index; at++) {
    if (passed === index) return at + 1;
    if (line[at] === '"') quoted = !quoted;
    else if (line[at] === "," && !quoted) passed++;
  }
  return line.length + (passed === index ? 1 : 0) || 1;
}
