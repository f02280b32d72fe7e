import {createHash} from "node:crypto";
import {createWriteStream} from "node:fs";
import {mkdir, open, rename, rm} from "node:fs/promises";
import {dirname} from "node:path";
import {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {createGzip} from "node:zlib";
import {syncFolder, temporaryBeside} from "../warehouse/safe-files.ts";

/**
 * Writes text as it comes, beside its place and then renamed; a name that ends in `.gz` is compressed.
 *
 * @returns SHA-256 of the file as it stands on disk, lower-case hex, and its length.
 */
export async function writeExtract(path: string, text: Iterable<string>): Promise<{sha256: string; bytes: number}> {
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
    const file = createWriteStream(beside, {flags: "wx"});
    if (path.endsWith(".gz")) await pipeline(source, createGzip(), sameOnEverySystem, measured, file);
    else await pipeline(source, measured, file);
    const handle = await open(beside, "r+");
    await handle.sync();
    await handle.close();
    await rename(beside, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(beside, {force: true});
    throw error;
  }
  return {sha256: hash.digest("hex"), bytes};
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
