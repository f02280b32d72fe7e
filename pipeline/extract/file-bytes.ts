import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {open, stat} from "node:fs/promises";
import {pipeline} from "node:stream";
import {createGunzip} from "node:zlib";
import {UnpackedBytes} from "./unpacked-bytes.ts";

/** Large enough to cost few calls, small enough to stay in the processor's cache: measured best from 64 to 256 KiB. */
const chunkBytes = 256 * 1024;

const kinds = ["csv", "csv.gz", "parquet", "xlsx", "zip"] as const;

/** How an extract is read, by the end of its name; null for a name that says nothing known. */
export function extractKind(name: string): (typeof kinds)[number] | null {
  const lower = name.toLowerCase();
  return kinds.find((kind) => lower.endsWith(`.${kind}`)) ?? null;
}

/** A file that is something else than its name says; `is` names it with its article. */
export class OtherContent extends Error {
  readonly is: string;

  constructor(is: string) {
    super(`the file is ${is}`);
    this.name = "OtherContent";
    this.is = is;
  }
}

/** How files begin that are no text; no text begins so in any encoding that a source may declare. */
const beginnings: readonly (readonly [bytes: string, is: string])[] = [
  ["PK\x03\x04", "a zip file or an Excel workbook"],
  ["PK\x05\x06", "an empty zip file"],
  ["\x1f\x8b\x08", "a gzip file"],
  ["\xd0\xcf\x11\xe0", "an old Excel workbook (.xls), or one with a password"],
  ["PAR1\x15", "a Parquet file"],
  ["%PDF-", "a PDF file"]
];

/** What a file is by its first bytes, with its article; null for text, and what is not known. */
export function contentOf(head: Buffer): string | null {
  const text = head.subarray(0, 8).toString("latin1");
  return beginnings.find(([bytes]) => text.startsWith(bytes))?.[1] ?? null;
}

/** The bytes of a file in order; each chunk is valid only until the next is asked for. */
export async function* fileBytes(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const {bytesRead} = await file.read(buffer, 0, chunkBytes, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/**
 * The text of a CSV file as bytes, unpacked where its name ends in .gz, without a byte order mark of UTF-8.
 *
 * @param onChunk Sees each chunk as it was before the mark was taken off.
 * @throws Error of zlib (`code` begins with Z_) when a .gz is damaged or cut off. PackedBomb, OtherContent.
 */
export async function* csvBytes(path: string, onChunk?: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of ofText(observed(deliveredBytes(path), onChunk))) {
    yield first ? withoutMark(chunk) : chunk;
    first = false;
  }
}

/** The bytes of a .csv or .csv.gz file, unpacked. */
export function deliveredBytes(path: string): AsyncGenerator<Buffer> {
  return extractKind(path) === "csv.gz" ? unpacked(path) : fileBytes(path);
}

/**
 * The same bytes; the first chunk has at least the bytes by which other files are known, if there are so many.
 *
 * @throws OtherContent
 */
export async function* ofText(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    if (head.length < 8) {
      head = Buffer.from(head);
      continue;
    }
    const is = contentOf(head);
    if (is !== null) throw new OtherContent(is);
    yield head;
    head = null;
  }
  if (head !== null && head.length > 0) yield head;
}

async function* observed(
  bytes: AsyncIterable<Buffer>,
  onChunk: ((chunk: Buffer) => void) | undefined
): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    onChunk?.(chunk);
    yield chunk;
  }
}

/** SHA-256 of a file as it lies there, lower-case hex. */
export async function hashFile(path: string): Promise<{sha256: string; bytes: number}> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of fileBytes(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return {sha256: hash.digest("hex"), bytes};
}

/** Whether the error is zlib's complaint about its input. */
export function isDamagedGzip(error: unknown): error is Error {
  return error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith("Z_");
}

async function* unpacked(path: string): AsyncGenerator<Buffer> {
  const count = new UnpackedBytes((await stat(path)).size);
  const gunzip = createGunzip({chunkSize: chunkBytes});
  // The error reaches the reader by destroying gunzip; the callback only keeps it from being thrown as unhandled.
  pipeline(createReadStream(path, {highWaterMark: chunkBytes}), gunzip, () => {});
  for await (const chunk of gunzip as AsyncIterable<Buffer>) {
    count.add(chunk.length);
    yield chunk;
  }
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
