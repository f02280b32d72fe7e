import {open} from "node:fs/promises";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {type DeclaredEncoding, DecodingError, decoded} from "./decode-text.ts";
import {ofText} from "./file-bytes.ts";
import {Unreadable} from "./unreadable.ts";

/** How the text of a file differs from the plainest: UTF-8 with the header on line 1. */
export interface TextShape {
  readonly encoding: DeclaredEncoding;
  /** Lines above the header. */
  readonly banner: number;
}

/**
 * Writes a text in the plainest shape, so that all that reads it afterwards knows one shape only.
 *
 * @param file How messages name it.
 * @returns What is worth a warning.
 * @throws Unreadable with the place of what has no meaning in the encoding. OtherContent, and what the bytes throw.
 */
export async function writePlainText(
  bytes: AsyncIterable<Buffer>,
  {encoding, banner}: TextShape,
  target: string,
  file: string
): Promise<Diagnostic[]> {
  const warnings: Diagnostic[] = [];
  const lines = new LineCount();
  const onSeemsUtf8 = () => void warnings.push(complain("seems-utf-8", {file}, {}, "warning"));
  const output = await open(target, "w", 0o600);
  try {
    const text = counted(decoded(ofText(bytes), encoding, onSeemsUtf8), lines);
    for await (const chunk of withoutLines(text, banner)) await output.appendFile(chunk);
  } catch (error) {
    if (!(error instanceof DecodingError)) throw error;
    throw new Unreadable(complainOfEncoding(error.reason, {file, ...lines.place()}));
  } finally {
    await output.close();
  }
  return warnings;
}

function complainOfEncoding(
  reason: DecodingError["reason"],
  place: {readonly file: string; readonly line: number; readonly column: number}
): Diagnostic {
  switch (reason) {
    case "not_utf16":
      return complain("not-utf-16", {file: place.file}, {found: "no byte order mark and none of its line ends"});
    case "wrong_utf16":
      return complain("not-utf-16", place, {found: "half a character"});
    case "utf8_mark":
      return complain("not-windows-1252", place, {found: "a byte order mark of UTF-8"});
    case "not_windows_1252":
      return complain("not-windows-1252", place, {found: "a byte that stands for no character"});
  }
}

/** A text without its first lines, however they end. */
export async function* withoutLines(text: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  let afterCr = false;
  for await (const chunk of text) {
    let at = 0;
    for (; at < chunk.length; at++) {
      const byte = chunk[at];
      const secondHalf = afterCr && byte === 0x0a;
      afterCr = false;
      if (secondHalf) continue;
      if (left === 0) break;
      if (byte === 0x0a || byte === 0x0d) left--;
      afterCr = byte === 0x0d;
    }
    if (at < chunk.length) yield chunk.subarray(at);
  }
}

/** Where a text ends, as it comes. */
class LineCount {
  #line = 1;
  #column = 1;
  #afterCr = false;

  push(chunk: Buffer): void {
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte !== 0x0a && byte !== 0x0d) continue;
      if (!(byte === 0x0a && (i === 0 ? this.#afterCr : chunk[i - 1] === 0x0d))) this.#line++;
      this.#column = 1;
      start = i + 1;
    }
    if (chunk.length > 0) this.#afterCr = chunk.at(-1) === 0x0d;
    this.#column += chunk.toString("utf8", start).length;
  }

  /** Of what follows: line and column from 1, columns in characters. */
  place(): {line: number; column: number} {
    return {line: this.#line, column: this.#column};
  }
}

async function* counted(text: AsyncIterable<Buffer>, lines: LineCount): AsyncGenerator<Buffer> {
  for await (const chunk of text) {
    lines.push(chunk);
    yield chunk;
  }
}
