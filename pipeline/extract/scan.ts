import {isAscii, isUtf8} from "node:buffer";
import {createHash} from "node:crypto";
import {csvBytes, extractKind, hashFile, isDamagedGzip} from "./file-bytes.ts";
import {recordFields} from "./record-fields.ts";
import {RecordSplitter} from "./record-splitter.ts";

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
  /** The only blank in it is the space, and no value has a line end in it: trimming is simple. */
  readonly plain: boolean;
  /** The last line has no line end. */
  readonly lastLineOpen: boolean;
  readonly lineEnd: "\n" | "\r\n";
}

/** Tab, vertical tab, form feed. */
const otherBlanks = [0x09, 0x0b, 0x0c];

/**
 * Reads a file once: hashes it, counts its records, checks its encoding. The engine is only given bytes that passed:
 * a single byte that is not UTF-8 makes its reader fail in a way that takes the whole database with it.
 */
export async function scanCsv(path: string, delimiter: string, onShare?: (share: number) => void): Promise<Scan> {
  const packed = extractKind(path) === "csv.gz";
  const delivered = packed ? await hashFile(path) : null;
  const hash = createHash("sha256");
  let bytes = 0;
  let header: Scan["header"] = null;
  let width = 0;
  let records = 0;
  let blankBefore = false;
  let blankInside = false;
  let doubtfulWidth = false;
  let plain = true;
  const delimiterByte = delimiter.charCodeAt(0);
  const splitter = new RecordSplitter(delimiter, (buffer, from, to, line) => {
    if (from === to) {
      blankBefore = true;
      return;
    }
    if (blankBefore) blankInside = true;
    if (header === null) {
      header = {text: buffer.toString("utf8", from, to), line};
      width = recordFields(header.text, delimiter).fields.length;
      return;
    }
    records++;
    // The engine takes a record with one empty field too many for a good one.
    const last = buffer[to - 1];
    if (last === delimiterByte || (last === 0x22 && buffer[to - 2] === 0x22)) {
      doubtfulWidth ||= recordFields(buffer.toString("utf8", from, to), delimiter).fields.length !== width;
    }
  });
  const encoding = new EncodingCheck();
  let fault: ScanFault | null = null;
  try {
    for await (const chunk of csvBytes(path, (raw) => {
      if (!packed) hash.update(raw);
      bytes += raw.length;
    })) {
      const wrong = encoding.push(chunk);
      if (wrong !== null) {
        fault = {reason: wrong.reason, ...(await placeAt(path, wrong.offset))};
        break;
      }
      plain &&= isAscii(chunk) && otherBlanks.every((blank) => chunk.indexOf(blank) === -1);
      if (!splitter.push(chunk)) break;
      onShare?.(bytes);
    }
    if (fault === null) {
      const wrong = encoding.end();
      if (wrong !== null) fault = {reason: wrong.reason, ...(await placeAt(path, wrong.offset))};
    }
  } catch (error) {
    if (!isDamagedGzip(error)) throw error;
    fault = {reason: bytes === 0 && delivered?.bytes === 0 ? "empty_file" : "damaged_gzip", line: null, column: null};
  }
  if (fault === null) splitter.end();
  if (fault === null && splitter.unfinished !== null) fault = splitter.unfinished;
  if (fault === null && header === null) fault = {reason: "empty_file", line: null, column: null};
  const {lf, crlf, cr} = splitter.lineEnds;
  const identity = delivered ?? (fault === null ? {sha256: hash.digest("hex"), bytes} : await hashFile(path));
  return {
    ...identity,
    header,
    records,
    fault,
    ordinary:
      splitter.strayQuotes === 0 &&
      splitter.textAfterQuote === 0 &&
      cr === 0 &&
      (lf === 0 || crlf === 0) &&
      !blankInside &&
      !doubtfulWidth,
    plain: plain && splitter.quotedLineEnds === 0,
    lastLineOpen: splitter.lastLineOpen,
    lineEnd: crlf > 0 ? "\r\n" : "\n"
  };
}

interface WrongByte {
  readonly reason: "utf16" | "not_utf8" | "nul_byte";
  /** From the beginning of the text. */
  readonly offset: number;
}

/** Finds the first byte that can't stand in a UTF-8 text file. */
class EncodingCheck {
  #offset = 0;
  /** The beginning of a character whose end is in the next chunk. */
  #open: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): WrongByte | null {
    if (this.#offset === 0 && ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff))) {
      return {reason: "utf16", offset: 0};
    }
    const nul = chunk.indexOf(0);
    const text = this.#open.length === 0 ? chunk : Buffer.concat([this.#open, chunk]);
    const whole = text.length - openCharacter(text);
    const start = this.#offset - this.#open.length;
    if (!isUtf8(text.subarray(0, whole))) return {reason: "not_utf8", offset: start + firstWrong(text)};
    if (nul !== -1) return {reason: "nul_byte", offset: this.#offset + nul};
    this.#open = Buffer.from(text.subarray(whole));
    this.#offset += chunk.length;
    return null;
  }

  end(): WrongByte | null {
    return this.#open.length === 0 ? null : {reason: "not_utf8", offset: this.#offset - this.#open.length};
  }
}

/** How many bytes at the end are the beginning of a character that is not whole. */
function openCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}

/** By halves: the longest beginning that is good, an unfinished character at its end allowed. */
function firstWrong(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const part = bytes.subarray(0, middle);
    if (isUtf8(part.subarray(0, middle - openCharacter(part)))) good = middle;
    else bad = middle;
  }
  return bad - 1 - openCharacter(bytes.subarray(0, bad - 1));
}

/** Line and column of a byte of the text, columns in characters. */
async function placeAt(path: string, offset: number): Promise<{line: number; column: number}> {
  let line = 1;
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
