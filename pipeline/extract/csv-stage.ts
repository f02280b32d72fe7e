import {join} from "node:path";
import {type Engine, QueryError} from "../warehouse/engine.ts";
import {readRecords} from "./csv-records.ts";
import {type CsvText, wrongCount} from "./csv-text.ts";
import {PlainCsvFile, readCsv} from "./engine-csv.ts";
import {closingQuote, placeInRecord, recordFields} from "./record-fields.ts";
import type {Scan} from "./scan.ts";
import {type Stage, type StageColumn, writeStage} from "./stage.ts";

/** A CSV file that passed the scan. */
export interface CsvFile {
  readonly text: CsvText;
  readonly scan: Scan;
  /** Fields of a record, see `widthOf`. */
  readonly width: number;
}

export interface CsvStage extends Stage {
  /** Records that are no rows: too many or too few fields, or text after a closing quote. */
  readonly malformed: {readonly wrong_field_count: number; readonly text_after_quote: number};
  /** Where the file ends in the middle of its last record, and how many fields that has; else null. */
  readonly cutOff: {readonly line: number; readonly column: number; readonly fields: number} | null;
  /**
   * The first quote whose value runs over line ends in a malformed record, and the line on which that record ends. Such a
   * quote was probably never closed where it should have been, and has swallowed the records between; null when none is.
   */
  readonly swallowing: {readonly line: number; readonly column: number; readonly to: number} | null;
}

/**
 * Types a CSV file. The engine reads it directly where the scan found nothing out of the ordinary and both count the
 * same records; else our own reader writes its records out in the plainest form, and the engine reads those.
 */
export async function stageCsv(
  engine: Engine,
  file: CsvFile,
  columns: readonly StageColumn[],
  stageFolder: string
): Promise<CsvStage> {
  if (file.scan.ordinary) {
    const stage = await stageDirectly(engine, file, columns, stageFolder);
    if (stage !== null && stage.records === file.scan.records) {
      return {...stage, malformed: {wrong_field_count: 0, text_after_quote: 0}, cutOff: null, swallowing: null};
    }
  }
  return stageExactly(engine, file, columns, stageFolder);
}

/** @returns Null where the engine refuses the file. */
async function stageDirectly(
  engine: Engine,
  {text: {path, delimiter}, scan, width}: CsvFile,
  columns: readonly StageColumn[],
  stageFolder: string
): Promise<Stage | null> {
  const cells = {
    from: readCsv(path, {
      delimiter,
      header: true,
      lineEnd: scan.lineEnd,
      columns: Array.from({length: width}, (_, i) => [`c${i + 1}`, "varchar"] as const)
    }),
    text: ({position}: StageColumn) => `c${position}`,
    native: () => null,
    record: null,
    plain: scan.plain
  };
  try {
    return await writeStage(engine, cells, columns, join(stageFolder, "direct.parquet"));
  } catch (error) {
    if (error instanceof QueryError) return null;
    throw error;
  }
}

async function stageExactly(
  engine: Engine,
  file: CsvFile,
  columns: readonly StageColumn[],
  stageFolder: string
): Promise<CsvStage> {
  const normalised = join(stageFolder, "normalised.csv");
  const {written, ...found} = await normalise(file, columns, normalised);
  const cells = {
    from: readCsv(normalised, {
      delimiter: ",",
      header: false,
      lineEnd: "\n",
      columns: [["record", "bigint"], ...columns.map((_, i) => [`c${i}`, "varchar"] as const)]
    }),
    text: (column: StageColumn) => `c${columns.indexOf(column)}`,
    native: () => null,
    record: "record",
    plain: file.scan.plain
  };
  const stage = await writeStage(engine, cells, columns, join(stageFolder, "exact.parquet"));
  if (stage.records !== written) {
    throw new Error(`${written} records were written out for the engine and ${stage.records} read back`);
  }
  return {...stage, records: written + found.malformed.wrong_field_count + found.malformed.text_after_quote, ...found};
}

/** Writes the wanted cells of well-formed records, each in quotes, behind the record's number. */
async function normalise(
  {text: csv, scan, width}: CsvFile,
  columns: readonly StageColumn[],
  target: string
): Promise<{written: number} & Pick<CsvStage, "malformed" | "cutOff" | "swallowing">> {
  const malformed = {wrong_field_count: 0, text_after_quote: 0};
  let written = 0;
  let cutOff: CsvStage["cutOff"] = null;
  let swallowing: CsvStage["swallowing"] = null;
  const output = new PlainCsvFile(target);
  try {
    await readRecords(csv, ({number, line, text}) => {
      if (number === 0) return true;
      const raw = text();
      const record = recordFields(raw, csv.delimiter);
      const {fields, starts, textAfterQuote} = record;
      const counts = wrongCount(csv, width, record);
      if (textAfterQuote !== null || counts !== null) swallowing ??= quoteOverLines(raw, line, starts);
      if (textAfterQuote !== null) malformed.text_after_quote++;
      else if (counts !== null) {
        malformed.wrong_field_count++;
        if (number === scan.records && scan.lastLineOpen && fields.length < width) {
          cutOff = {...placeInRecord(raw, line, raw.length), fields: counts.found};
        }
      } else {
        written++;
        output.add(
          [number],
          columns.map(({position}) => fields[position - 1] as string)
        );
      }
      return true;
    });
    output.flush();
  } finally {
    output.close();
  }
  return {written, malformed, cutOff, swallowing};
}

function quoteOverLines(raw: string, line: number, starts: readonly number[]): CsvStage["swallowing"] {
  const from = starts.find(
    (start) => raw[start] === '"' && /[\n\r]/.test(raw.slice(start, closingQuote(raw, start + 1)))
  );
  return from === undefined ? null : {...placeInRecord(raw, line, from), to: placeInRecord(raw, line, raw.length).line};
}
