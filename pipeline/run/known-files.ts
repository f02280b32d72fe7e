import {readFile, stat} from "node:fs/promises";
import {join, relative, sep} from "node:path";
import {z} from "zod";
import type {Project} from "../config/project.ts";
import {hashFile} from "../extract/file-bytes.ts";
import {writeFileSafely} from "../warehouse/safe-files.ts";
import {projectPaths} from "./paths.ts";

/** What the system says of a file; any write to it changes some of this. Whole numbers as text: nanoseconds are long. */
const markSchema = z.strictObject({
  bytes: z.string(),
  modified: z.string(),
  changed: z.string(),
  device: z.string(),
  inode: z.string()
});
const fileSchema = z.strictObject({...markSchema.shape, sha256: z.string().regex(/^[0-9a-f]{64}$/)});
const cacheSchema = z.record(z.string(), fileSchema);

/** A file as it was looked at. */
export type FileMark = z.output<typeof markSchema>;

/** Files whose hash is known from their size and times, so that a large one is not read again to know that it is the same. */
export interface KnownFiles {
  /** SHA-256 of the file, from the cache where it is known there. */
  hash(path: string): Promise<string>;
  /** To be asked before a file is read, for `remember`. */
  look(path: string): Promise<FileMark | null>;
  /** Keeps the hash of a file that was read since it was looked at, unless it has changed since, or only just before. */
  remember(path: string, sha256: string, before: FileMark | null): Promise<void>;
  /** Writes what was learnt; a disk that refuses it costs only time. */
  save(): Promise<void>;
}

/**
 * A file that was written less than this before it was looked at may be written again without a trace, within the
 * coarsest grain of times (2 s on FAT).
 */
const unsettled = 5_000_000_000n;

/** Opens `warehouse/cache/inbox.json`; deleting it changes no answer. */
export async function openKnownFiles(project: Project): Promise<KnownFiles> {
  const {warehouse} = projectPaths(project);
  const cache = join(warehouse, "cache", "inbox.json");
  const files = new Map(Object.entries(await readCache(cache)));
  const nameOf = (path: string) => relative(project.directory, path).split(sep).join("/");
  let changed = false;
  const remember = async (path: string, sha256: string, before: FileMark | null) => {
    const after = await lookAt(path);
    if (before === null || after === null || !isSame(before, after) || !isSettled(after)) return;
    files.set(nameOf(path), {...after, sha256});
    changed = true;
  };
  return {
    hash: async (path) => {
      const before = await lookAt(path);
      const known = files.get(nameOf(path));
      if (before !== null && known !== undefined && isSame(before, known)) return known.sha256;
      const {sha256} = await hashFile(path);
      await remember(path, sha256, before);
      return sha256;
    },
    look: lookAt,
    remember,
    save: async () => {
      // Where there is no warehouse nothing is kept.
      if (!changed || (await lookAt(warehouse)) === null) return;
      const there: [string, z.output<typeof fileSchema>][] = [];
      for (const [name, file] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
        if ((await lookAt(join(project.directory, name))) !== null) there.push([name, file]);
      }
      await writeFileSafely(cache, `${JSON.stringify(Object.fromEntries(there), null, 2)}\n`).catch(() => {});
    }
  };
}

async function readCache(path: string): Promise<z.output<typeof cacheSchema>> {
  try {
    return cacheSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return {};
  }
}

async function lookAt(path: string): Promise<FileMark | null> {
  const found = await stat(path, {bigint: true}).catch(() => null);
  if (found === null) return null;
  const {size, mtimeNs, ctimeNs, dev, ino} = found;
  return {
    bytes: String(size),
    modified: String(mtimeNs),
    changed: String(ctimeNs),
    device: String(dev),
    inode: String(ino)
  };
}

function isSame(a: FileMark, b: FileMark): boolean {
  return (["bytes", "modified", "changed", "device", "inode"] as const).every((part) => a[part] === b[part]);
}

/** By the machine's own clock, as the times of files are; the job's may be another one. */
function isSettled({modified, changed}: FileMark): boolean {
  const now = BigInt(Date.now()) * 1_000_000n;
  return [modified, changed].every((time) => now - BigInt(time) > unsettled);
}
