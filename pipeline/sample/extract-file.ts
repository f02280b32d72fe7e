import {createHash} from "node:crypto";
import {createWriteStream} from "node:fs";
import {mkdir, open, rename, rm} from "node:fs/promises";
import {dirname} from "node:path";
import {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {createGzip} from "node:zlib";
import {syncFolder, temporaryBeside} from "../warehouse/safe-files.ts";

export interface PendingExtract {
  /** Of the file as it stands on disk, lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** Waits until the file lies on the disk, and gives it its name. */
  readonly publish: () => Promise<void>;
  /** Removes the file, if it has no name yet. */
  readonly discard: () => Promise<void>;
}

/** So much may wait for the disk while more text is made. */
const bytesAhead = 8 * 2 ** 20;

/** Writes text as it comes, under a name that nobody looks for; a path that ends in `.gz` is compressed. */
export async function writeExtract(path: string, text: Iterable<string>): Promise<PendingExtract> {
  await mkdir(dirname(path), {recursive: true});
  const beside = temporaryBeside(path);
  const hash = createHash("sha256");
  let bytes = 0;
  const measured = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  const source = Readable.from(text, {objectMode: true}).map((chunk: string) => Buffer.from(chunk, "utf8"));
  try {
    const file = createWriteStream(beside, {flags: "wx", highWaterMark: bytesAhead});
    if (path.endsWith(".gz")) await pipeline(source, createGzip(), sameOnEverySystem, measured, file);
    else await pipeline(source, measured, file);
  } catch (error) {
    await rm(beside, {force: true});
    throw error;
  }
  // The disk works while the next file is made; a fault is told when the file is to get its name.
  const synced = sync(beside);
  synced.catch(() => {});
  const publish = async () => {
    await synced;
    await rename(beside, path);
    await syncFolder(dirname(path));
  };
  const discard = async () => {
    await synced.catch(() => {});
    await rm(beside, {force: true});
  };
  return {sha256: hash.digest("hex"), bytes, publish, discard};
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Byte 9 of a gzip file names the operating system: 255 is "unknown" (RFC 1952, 2.3.1). */
async function* sameOnEverySystem(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of chunks) {
    const named = 9 - at;
    if (named >= 0 && named < chunk.length) chunk[named] = 255;
    at += chunk.length;
    yield chunk;
  }
}
