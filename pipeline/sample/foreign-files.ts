import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {stat} from "node:fs/promises";
import {join} from "node:path";
import {pipeline} from "node:stream/promises";
import {recordedFiles} from "./sample-record.ts";

/**
 * Which of these files are there and were not written by `sample`, or were changed since: they must not be overwritten.
 *
 * @returns Names, in the order given.
 */
export async function foreignFiles(directory: string, names: readonly string[]): Promise<string[]> {
  const ours = new Map((await recordedFiles(directory)).map(({file, sha256}) => [file, sha256]));
  const foreign: string[] = [];
  for (const name of names) {
    const path = join(directory, name);
    if ((await stat(path).catch(() => null)) === null) continue;
    if (ours.get(name) !== (await sha256Of(path))) foreign.push(name);
  }
  return foreign;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
