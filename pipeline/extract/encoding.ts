import {isAscii, isUtf8} from "node:buffer";

/** A byte that can't stand in a UTF-8 text file. */
export interface WrongByte {
  readonly reason: "utf16" | "not_utf8" | "nul_byte";
  /** From the beginning of the text. */
  readonly offset: number;
}

/** Tab, vertical tab, form feed. */
const otherBlanks = [0x09, 0x0b, 0x0c];

/** Finds the first wrong byte of a text that comes in chunks. */
export class EncodingCheck {
  /** Every byte so far is ASCII, and the only blank among them the space. */
  plain = true;
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
    this.plain &&= isAscii(chunk) && otherBlanks.every((blank) => chunk.indexOf(blank) === -1);
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
