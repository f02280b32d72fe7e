import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {readFile, stat} from "node:fs/promises";
import {join} from "node:path";
import {pipeline} from "node:stream/promises";
import {z} from "zod";
import {sampleRecordName} from "./write-sample.ts";

const recordSchema = z.object({files: z.array(z.object({file: z.string(), sha256: z.string()}))});

/**
 * Which of these files are there and were not written by `sample`, or were changed since: they must not be overwritten.
 *
 * @returns Names, in the order given.
 */
export async function foreignFiles(directory: string, names: readonly string[]): Promise<string[]> {
  const ours = await readRecord(directory);
  const foreign: string[] = [];
  for (const name of names) {
    const path = join(directory, name);
    if ((await stat(path).catch(() => null)) === null) continue;
    if (ours.get(name) !== (await sha256Of(path))) foreign.push(name);
  }
  return foreign;
}

async function readRecord(directory: string): Promise<Map<string, string>> {
  try {
    const {files} = recordSchema.parse(JSON.parse(await readFile(join(directory, sampleRecordName), "utf8")));
    return new Map(files.map(({file, sha256}) => [file, sha256]));
  } catch {
    // No record that can be read: then nothing there is known to be ours.
    return new Map();
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
