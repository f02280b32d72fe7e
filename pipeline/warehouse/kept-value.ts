import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import {deserialize, serialize} from "node:v8";
import {writeFileSafely} from "./safe-files.ts";

/*
 * Values that can be made again, kept in files by the hash of all that they are made from. Nothing here is the only copy
 * of anything: a file that can't be read, or is not what its key says, is as good as none.
 */

/** How far a file's first line reaches: the SHA-256 of what follows, in hex, and a line end. */
const headLength = 65;

/** @returns Null where there is no such file, or it is damaged or was made from something else. */
export async function readKept<Value>(path: string, key: string): Promise<Value | null> {
  try {
    const bytes = await readFile(path);
    const contents = bytes.subarray(headLength);
    if (bytes.toString("latin1", 0, headLength) !== `${sha256(contents)}\n`) return null;
    const stored = deserialize(contents) as {readonly key: string; readonly value?: Value};
    return stored.key === key ? (stored.value ?? null) : null;
  } catch {
    return null;
  }
}

/**
 * Keeps a value: plain objects, maps, sets and texts, and no functions. Where the disk does not let it, the value is made
 * again the next time.
 */
export async function storeKept(path: string, key: string, value: unknown): Promise<void> {
  const contents = serialize({key, value});
  const bytes = Buffer.concat([Buffer.from(`${sha256(contents)}\n`, "latin1"), contents]);
  await unlessRefused(() => writeFileSafely(path, bytes));
}

/** What the disk refuses (read-only, full, another's) is not needed. */
export async function unlessRefused(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

function sha256(contents: Buffer): string {
  return createHash("sha256").update(contents).digest("hex");
}
