const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** No record may be longer: a quote that is never closed would otherwise swallow a file of any size into memory. */
export const longestRecord = 1_000_000;

/**
 * One record without its line end: `bytes` from `from` to `to`, valid only during the call. `line` is the line of the
 * file on which it begins, from 1. A line with nothing on it comes as an empty record (`from === to`).
 */
export type OnRecord = (bytes: Buffer, from: number, to: number, line: number) => void;

export interface Unfinished {
  readonly reason: "unclosed_quote" | "record_too_long";
  readonly line: number;
  readonly column: number;
}

/**
 * Cuts a stream of CSV bytes into records. A quote opens a quoted field only at a field's start; inside it two quotes
 * are one and line ends are text; any other quote closes it. Records end with LF or CRLF. A lone CR ends them in a file
 * whose first line ends with one; elsewhere it is a part of the cell, as systems write that know line ends by their own
 * LF only. Searching with `indexOf`, which is native, makes it several times as fast as looking at each byte.
 */
export class RecordSplitter {
  /** Quotes in the middle of an unquoted field: taken as text. */
  strayQuotes = 0;
  /** Fields that go on after their closing quote. */
  textAfterQuote = 0;
  /** Line ends that are part of a value. */
  quotedLineEnds = 0;
  /** Lone CRs that are part of an unquoted value. */
  strayReturns = 0;
  /** Records by how they end. */
  readonly lineEnds = {lf: 0, crlf: 0, cr: 0};
  /** Why and where the stream stopped, the place being the open quote's or else the record's; null while it has not. */
  unfinished: Unfinished | null = null;
  /** The last record ended with the file, not with a line end. */
  lastLineOpen = false;

  readonly #delimiter: number;
  readonly #onRecord: OnRecord;
  /** Holds the record that is not finished yet and behind it the chunk; one buffer for all, because making them costs. */
  #buffer: Buffer = Buffer.allocUnsafe(1 << 19);
  /** Bytes of the unfinished record, and where in them to go on. */
  #rest = 0;
  #at = 0;
  #quoted = false;
  /** Line and place in the record of the quote that opened the present field. */
  #opening = {line: 1, offset: 0};
  /** Line of the byte at `#at`, and of the present record's start. */
  #line = 1;
  #recordLine = 1;
  /** Whether a lone CR ends a record; null until the first line end has said it. */
  #returnEnds: boolean | null = null;

  /** @param firstLine Number of the line on which the stream begins. */
  constructor(delimiter: string, onRecord: OnRecord, firstLine = 1) {
    this.#line = firstLine;
    this.#recordLine = firstLine;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#onRecord = onRecord;
  }

  /** @returns False when nothing more is wanted, see `unfinished`. */
  push(chunk: Buffer): boolean {
    if (this.unfinished !== null) return false;
    const length = this.#rest + chunk.length;
    if (length > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(2 * length);
      this.#buffer.copy(larger, 0, 0, this.#rest);
      this.#buffer = larger;
    }
    chunk.copy(this.#buffer, this.#rest);
    const bytes = this.#buffer.subarray(0, length);
    // One byte is held back, so that a quote or a CR always sees what follows it.
    const start = this.#cut(bytes, length - 1, false);
    bytes.copyWithin(0, start);
    this.#rest = length - start;
    this.#at -= start;
    if (this.#rest > longestRecord) this.#stop("record_too_long");
    return this.unfinished === null;
  }

  /** The stream is over: hands out the last record. */
  end(): void {
    if (this.unfinished !== null) return;
    const bytes = this.#buffer.subarray(0, this.#rest);
    const start = this.#cut(bytes, bytes.length, true);
    if (start === bytes.length || this.unfinished !== null) return;
    if (this.#quoted) {
      bytes.copyWithin(0, start);
      this.#stop("unclosed_quote");
      return;
    }
    if (isBlank(bytes, start, bytes.length)) return;
    this.lastLineOpen = true;
    this.#onRecord(bytes, start, bytes.length, this.#recordLine);
  }

  #countQuoted(): void {
    this.#line++;
    this.quotedLineEnds++;
  }

  #stop(reason: Unfinished["reason"]): void {
    // Inside quotes a record is too long because its quote is not closed.
    if (this.#quoted) reason = "unclosed_quote";
    const {line, offset} = this.#quoted ? this.#opening : {line: this.#recordLine, offset: 0};
    // The record begins at the buffer's start by now.
    const before = this.#buffer.toString("utf8", 0, offset);
    this.unfinished = {reason, line, column: columnAfter(before)};
  }

  /** Cuts what can be decided before `limit`; returns where the unfinished record begins. */
  #cut(bytes: Buffer, limit: number, final: boolean): number {
    const next = (byte: number, from: number) => {
      const found = bytes.indexOf(byte, from);
      return found === -1 ? Number.POSITIVE_INFINITY : found;
    };
    let start = 0;
    let at = this.#at;
    let nextQuote = -1;
    let nextLf = -1;
    let nextCr = -1;
    while (at < limit) {
      if (nextQuote < at) nextQuote = next(quote, at);
      if (nextLf < at) nextLf = next(lineFeed, at);
      if (nextCr < at) nextCr = next(carriageReturn, at);
      if (this.#quoted) {
        const until = Math.min(nextQuote, limit);
        for (; nextLf < until; nextLf = next(lineFeed, nextLf + 1)) this.#countQuoted();
        for (; nextCr < until; nextCr = next(carriageReturn, nextCr + 1)) {
          if (bytes[nextCr + 1] !== lineFeed) this.#countQuoted();
        }
        at = until;
        if (nextQuote >= limit) break;
        const follows = bytes[nextQuote + 1];
        at = nextQuote + 1;
        if (follows === quote) at++;
        else {
          this.#quoted = false;
          const ends = follows === this.#delimiter || follows === lineFeed || follows === carriageReturn;
          if (!ends && !(final && at === bytes.length)) this.textAfterQuote++;
        }
        continue;
      }
      const event = Math.min(nextQuote, nextLf, nextCr);
      if (event >= limit) {
        at = limit;
        break;
      }
      at = event + 1;
      if (event === nextQuote) {
        if (event === start || bytes[event - 1] === this.#delimiter) {
          this.#quoted = true;
          this.#opening = {line: this.#line, offset: event - start};
        } else this.strayQuotes++;
        continue;
      }
      const loneReturn = event === nextCr && bytes[at] !== lineFeed;
      this.#returnEnds ??= loneReturn;
      if (loneReturn && !this.#returnEnds) {
        this.strayReturns++;
        this.#line++;
        continue;
      }
      if (event === nextLf) this.lineEnds.lf++;
      else if (loneReturn) this.lineEnds.cr++;
      else {
        this.lineEnds.crlf++;
        at++;
      }
      if (event - start > longestRecord) {
        this.#stop("record_too_long");
        break;
      }
      this.#onRecord(bytes, isBlank(bytes, start, event) ? event : start, event, this.#recordLine);
      this.#recordLine = ++this.#line;
      start = at;
    }
    this.#at = at;
    return start;
  }
}

/** A line of nothing but lone CRs, which are no line ends there, has nothing on it either. */
function isBlank(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== carriageReturn) return false;
  return true;
}

/** Column, from 1, of what follows the text. */
function columnAfter(text: string): number {
  return text.length - Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r"));
}
