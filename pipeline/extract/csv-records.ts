import type {CsvText} from "./csv-text.ts";
import {csvBytes} from "./file-bytes.ts";
import {RecordSplitter} from "./record-splitter.ts";

/** One record of a CSV file, valid during the call. */
export interface CsvRecord {
  /** From 1; the header is 0. */
  readonly number: number;
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** Its text without the line end. */
  readonly text: () => string;
}

/**
 * All records of a file that passed the scan, header first, lines with nothing on them left out: the exact reader, by
 * the same rules by which the scan counted.
 *
 * @param onRecord Answers false when it has seen enough.
 */
export async function readRecords(
  {path, delimiter, firstLine}: CsvText,
  onRecord: (record: CsvRecord) => boolean
): Promise<void> {
  let number = 0;
  let wanted = true;
  const splitter = new RecordSplitter(
    delimiter,
    (bytes, from, to, line) => {
      if (!wanted || from === to) return;
      wanted = onRecord({number: number++, line, text: () => bytes.toString("utf8", from, to)});
    },
    firstLine
  );
  for await (const chunk of csvBytes(path)) {
    splitter.push(chunk);
    if (!wanted) return;
  }
  splitter.end();
}
