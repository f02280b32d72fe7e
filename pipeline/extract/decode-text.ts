import {EncodingCheck} from "./encoding.ts";

/** Encodings that a source may declare. */
export type DeclaredEncoding = "utf-8" | "utf-16" | "windows-1252";

/** The text of a file is not in the encoding that its source declares; what came before it was handed out already. */
export class DecodingError extends Error {
  readonly reason: "not_utf16" | "wrong_utf16" | "not_windows_1252" | "utf8_mark";

  constructor(reason: DecodingError["reason"]) {
    super(`the text can't be decoded: ${reason}`);
    this.name = "DecodingError";
    this.reason = reason;
  }
}

/**
 * Text in a declared encoding -> UTF-8, as a stream. UTF-8 goes through as it is: the scan checks it.
 *
 * @param onSeemsUtf8 Told at the end of a text declared to be Windows-1252 that has characters beyond ASCII and is
 *   UTF-8 throughout: read as declared, each of them would be two or three wrong ones.
 * @throws DecodingError where a byte has no meaning.
 */
export function decoded(
  bytes: AsyncIterable<Buffer>,
  encoding: DeclaredEncoding,
  onSeemsUtf8: () => void
): AsyncIterable<Buffer> {
  switch (encoding) {
    case "utf-8":
      return bytes;
    case "utf-16":
      return fromUtf16(bytes);
    case "windows-1252":
      return fromWindows1252(bytes, onSeemsUtf8);
  }
}

/** What 0x80 to 0x9f mean in Windows-1252; five of them mean nothing. All other bytes are as in Latin-1. */
const upperControls = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

const utf8Mark = Buffer.from("\ufeff");

async function* fromWindows1252(bytes: AsyncIterable<Buffer>, onSeemsUtf8: () => void): AsyncGenerator<Buffer> {
  const utf8 = new EncodingCheck();
  let seemsUtf8 = true;
  let ascii = true;
  let start = true;
  for await (const chunk of bytes) {
    if (start && chunk.subarray(0, 3).equals(utf8Mark)) throw new DecodingError("utf8_mark");
    start = false;
    seemsUtf8 &&= utf8.push(chunk) === null;
    const text = chunk.toString("latin1");
    const beyond = /[\x80-\xff]/.test(text);
    if (!beyond) {
      yield chunk;
      continue;
    }
    ascii = false;
    const undefinedAt = text.search(/[\x81\x8d\x8f\x90\x9d]/);
    const good = undefinedAt === -1 ? text : text.slice(0, undefinedAt);
    yield Buffer.from(good.replace(/[\x80-\x9f]/g, (c) => upperControls[c.charCodeAt(0) - 0x80] as string));
    if (undefinedAt !== -1) throw new DecodingError("not_windows_1252");
  }
  if (!ascii && seemsUtf8 && utf8.end() === null) onSeemsUtf8();
}

async function* fromUtf16(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bigEndian: boolean | null = null;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const all = Buffer.concat([rest, chunk]);
    if (bigEndian === null) {
      if (all.length < 2) {
        rest = all;
        continue;
      }
      bigEndian = all.readUInt16BE(0) === 0xfeff;
      if (!bigEndian && all.readUInt16LE(0) !== 0xfeff && !hasHighZero(all)) throw new DecodingError("not_utf16");
    }
    // An odd byte, and the first half of a character of two halves, wait for what follows.
    let whole = all.length & ~1;
    if (whole > 0 && isFirstHalf(bigEndian ? all.readUInt16BE(whole - 2) : all.readUInt16LE(whole - 2))) whole -= 2;
    rest = Buffer.from(all.subarray(whole));
    yield* wellFormed(bigEndian ? Buffer.from(all.subarray(0, whole)).swap16() : all.subarray(0, whole));
  }
  if (rest.length > 0) throw new DecodingError(bigEndian === null ? "not_utf16" : "wrong_utf16");
}

/** A line end and a delimiter are ASCII, whose second byte is 0 in little-endian UTF-16; other encodings have none there. */
function hasHighZero(bytes: Buffer): boolean {
  for (let i = 1; i < bytes.length; i += 2) if (bytes[i] === 0) return true;
  return false;
}

function isFirstHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function* wellFormed(littleEndian: Buffer): Generator<Buffer> {
  const text = littleEndian.toString("utf16le");
  // With the flag u the class means halves that stand alone only.
  const wrong = text.search(/\p{Surrogate}/u);
  yield Buffer.from(wrong === -1 ? text : text.slice(0, wrong));
  if (wrong !== -1) throw new DecodingError("wrong_utf16");
}
