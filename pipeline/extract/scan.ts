import {createHash} from "node:crypto";
import {type CsvText, widthOf} from "./csv-text.ts";
import {EncodingCheck, type WrongByte} from "./encoding.ts";
import {csvBytes, extractKind, hashFile, isDamagedGzip} from "./file-bytes.ts";
import {placeInRecord, recordFields} from "./record-fields.ts";
import {RecordSplitter} from "./record-splitter.ts";

const quote = 0x22;

/** Why no part of a file can be trusted; places count from 1, null where the file has none. */
export interface ScanFault {
  readonly reason:
    | "empty_file"
    | "damaged_gzip"
    | "utf16"
    | "not_utf8"
    | "nul_byte"
    | "unclosed_quote"
    | "record_too_long";
  readonly line: number | null;
  readonly column: number | null;
}

/** What one pass over the bytes of a CSV file found, before the engine sees any of them. */
export interface Scan {
  /** Of the file as delivered. */
  readonly sha256: string;
  readonly bytes: number;
  /** The first record, as text; null when the file has none. */
  readonly header: {readonly text: string; readonly line: number} | null;
  /** Records after the header; lines with nothing on them are none. */
  readonly records: number;
  readonly fault: ScanFault | null;
  /** The engine's reader is known to read such a file as we do: nothing in it is out of the ordinary. */
  readonly ordinary: boolean;
  /** The first value that seems to hold whole records, because a quote was not closed; null when none does. */
  readonly recordsInValue: {readonly line: number; readonly column: number; readonly lines: number} | null;
  /** The only blank in it is the space, and no value has a line end in it: trimming is simple. */
  readonly plain: boolean;
  /** The last line has no line end. */
  readonly lastLineOpen: boolean;
  readonly lineEnd: "\n" | "\r\n";
}

/**
 * Reads a file once: hashes it, counts its records, checks its encoding. The engine is only given bytes that passed:
 * a single byte that is not UTF-8 makes its reader fail in a way that takes the whole database with it.
 *
 * @param onBytes How many bytes of the file were read so far, and how many records were cut.
 */
export async function scanCsv(text: CsvText, onBytes?: (bytes: number, records: number) => void): Promise<Scan> {
  const {path, delimiter, firstLine} = text;
  const count = new RecordCount(text);
  let quotedLineEnds = 0;
  const splitter = new RecordSplitter(
    delimiter,
    (bytes, from, to, line) => {
      count.add(bytes, from, to, line);
      if (splitter.quotedLineEnds > quotedLineEnds) count.lookInside(bytes, from, to, line);
      quotedLineEnds = splitter.quotedLineEnds;
    },
    firstLine
  );
  const encoding = new EncodingCheck();
  const hash = createHash("sha256");
  let bytes = 0;
  const onChunk = (raw: Buffer) => {
    hash.update(raw);
    bytes += raw.length;
  };
  const fault = await findFault(text, csvBytes(path, onChunk), encoding, splitter, () =>
    onBytes?.(bytes, count.records)
  );
  // The pass hashed what it read: all of the file as delivered only if it is not packed and was read to its end.
  const whole = fault === null && extractKind(path) === "csv";
  const delivered = whole ? {sha256: hash.digest("hex"), bytes} : await hashFile(path);
  const {lf, crlf, cr} = splitter.lineEnds;
  const oneLineEnd = cr === 0 && splitter.strayReturns === 0 && (lf === 0 || crlf === 0);
  return {
    ...delivered,
    header: count.header,
    records: count.records,
    fault: delivered.bytes === 0 || (fault === null && count.header === null) ? emptyFile : fault,
    ordinary: splitter.strayQuotes === 0 && splitter.textAfterQuote === 0 && oneLineEnd && count.ordinary,
    recordsInValue: count.recordsInValue,
    plain: encoding.plain && splitter.quotedLineEnds === 0 && splitter.strayReturns === 0,
    lastLineOpen: splitter.lastLineOpen,
    lineEnd: crlf > 0 ? "\r\n" : "\n"
  };
}

const emptyFile: ScanFault = {reason: "empty_file", line: null, column: null};

/** Drives the bytes through the checks until the end or the first fault. */
async function findFault(
  text: CsvText,
  bytes: AsyncIterable<Buffer>,
  encoding: EncodingCheck,
  splitter: RecordSplitter,
  onChunk: () => void
): Promise<ScanFault | null> {
  let wrong: WrongByte | null = null;
  try {
    for await (const chunk of bytes) {
      wrong = encoding.push(chunk);
      if (wrong !== null || !splitter.push(chunk)) break;
      onChunk();
    }
  } catch (error) {
    if (!isDamagedGzip(error)) throw error;
    return {reason: "damaged_gzip", line: null, column: null};
  }
  wrong ??= splitter.unfinished === null ? encoding.end() : null;
  if (wrong !== null) return {reason: wrong.reason, ...(await placeAt(text, wrong.offset))};
  splitter.end();
  return splitter.unfinished;
}

/** Counts records as they are cut, and looks for what the engine's reader takes otherwise than we do. */
class RecordCount {
  header: Scan["header"] = null;
  records = 0;
  /** No line with nothing on it between records, and no record with an empty field too many. */
  ordinary = true;
  recordsInValue: Scan["recordsInValue"] = null;
  readonly #text: CsvText;
  readonly #delimiterByte: number;
  #width = 0;
  #blankBefore = false;

  constructor(text: CsvText) {
    this.#text = text;
    this.#delimiterByte = text.delimiter.charCodeAt(0);
  }

  add(bytes: Buffer, from: number, to: number, line: number): void {
    if (from === to) {
      this.#blankBefore = true;
      return;
    }
    if (this.#blankBefore) this.ordinary = false;
    if (this.header === null) {
      this.header = {text: bytes.toString("utf8", from, to), line};
      const {fields} = recordFields(this.header.text, this.#text.delimiter);
      this.#width = widthOf(this.#text, fields);
      if (this.#width !== fields.length) this.ordinary = false;
      return;
    }
    this.records++;
    // The engine takes a record with one empty field too many for a good one.
    const last = bytes[to - 1];
    // It would take any text in the field that must be empty.
    if (this.#text.trailing && last !== this.#delimiterByte) this.ordinary = false;
    const endsEmpty = last === this.#delimiterByte || (last === quote && bytes[to - 2] === quote);
    if (this.ordinary && endsEmpty && this.#fields(bytes, from, to) !== this.#width) this.ordinary = false;
  }

  /**
   * Looks at a record with line ends in a value. A quote that is not closed and meets another one further down leaves a
   * record that is well formed, and a value with as many delimiters to each line end as a record has.
   */
  lookInside(bytes: Buffer, from: number, to: number, line: number): void {
    if (this.recordsInValue !== null || this.#width < 2) return;
    const text = bytes.toString("utf8", from, to);
    const {fields, starts} = recordFields(text, this.#text.delimiter);
    const at = fields.findIndex((field) => {
      const lineEnds = field.match(/\r\n|\n|\r/g)?.length ?? 0;
      return lineEnds > 0 && field.split(this.#text.delimiter).length - 1 === lineEnds * (this.#width - 1);
    });
    if (at === -1) return;
    const lines = (fields[at] as string).split(/\r\n|\n|\r/).length;
    this.recordsInValue = {...placeInRecord(text, line, starts[at] as number), lines};
  }

  /** Fields of a record whose quotes are in order; of others the splitter knows that they are not. */
  #fields(bytes: Buffer, from: number, to: number): number {
    let fields = 1;
    let quoted = false;
    for (let i = from; i < to; i++) {
      const byte = bytes[i];
      if (byte === quote) quoted = !quoted;
      else if (byte === this.#delimiterByte && !quoted) fields++;
    }
    return fields;
  }
}

/** Line and column of a byte of the text, columns in characters. */
async function placeAt({path, firstLine}: CsvText, offset: number): Promise<{line: number; column: number}> {
  let line = firstLine;
  let lineStart: Buffer[] = [];
  let left = offset;
  let afterCr = false;
  for await (const chunk of csvBytes(path)) {
    const part = chunk.subarray(0, left);
    let start = 0;
    for (let i = 0; i < part.length; i++) {
      const byte = part[i];
      if (byte !== 0x0a && byte !== 0x0d) continue;
      if (!(byte === 0x0a && (i === 0 ? afterCr : part[i - 1] === 0x0d))) line++;
      start = i + 1;
      lineStart = [];
    }
    lineStart.push(Buffer.from(part.subarray(start)));
    afterCr = part.at(-1) === 0x0d;
    left -= part.length;
    if (left === 0) break;
  }
  return {line, column: Buffer.concat(lineStart).toString("utf8").length + 1};
}
