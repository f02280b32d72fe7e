import {createHash} from "node:crypto";
import {readdir, readFile, rm, stat} from "node:fs/promises";
import {endianness} from "node:os";
import {join} from "node:path";
import {deserialize, serialize} from "node:v8";
import {writeFileSafely} from "../warehouse/safe-files.ts";
import type {Cells} from "./cells.ts";
import {columnsRead, type Rollup, rollupText} from "./rollup.ts";

/*
 * Cells of loads, kept by the hash of all that they are made from: a load is rolled up once, and again only when its
 * source's measures change. Nothing here is the only copy of anything: a file that can't be read, or is not what its
 * name says, is as good as none.
 */

/** Raised with every change of what the cells hold or mean. */
const version = 2;

/** Above so many bytes, files that the answer at hand does not need are removed, those written first before others. */
const budget = 256 * 2 ** 20;

/** How far a file's first line reaches: the SHA-256 of what follows, in hex, and a line end. */
const headLength = 65;

/** What the cells of a load are made from. */
export interface RolledUpLoad {
  readonly rows_sha256: string;
  readonly columns: readonly string[];
}

export function cacheFolder(warehouse: string): string {
  return join(warehouse, "cache", "rollups");
}

/** SHA-256 of everything that the cells of a load are made from, in hex. */
export function cellsKey(rollup: Rollup, {rows_sha256, columns}: RolledUpLoad): string {
  const held = [...columnsRead(rollup), ...Object.keys(rollup.source.withdrawn ?? {})].filter((name) =>
    columns.includes(name)
  );
  return sha256(JSON.stringify({version, bytes: endianness(), rows_sha256, held, rollup: rollupText(rollup)}));
}

/**
 * The same of the cells of rows that a load supersedes.
 *
 * @param superseding Its name; see `supersedingNames`.
 */
export function supersededKey(rollup: Rollup, superseding: string): string {
  return sha256(JSON.stringify({version, bytes: endianness(), superseding, rollup: rollupText(rollup)}));
}

/** @returns Null where there is no such file, or it is damaged or another's. */
export async function readCells(folder: string, key: string): Promise<Cells | null> {
  try {
    const bytes = await readFile(cellsFile(folder, key));
    const contents = bytes.subarray(headLength);
    if (bytes.toString("latin1", 0, headLength) !== `${sha256(contents)}\n`) return null;
    const stored = deserialize(contents) as {readonly key: string; readonly cells: Cells};
    return stored.key === key ? stored.cells : null;
  } catch {
    return null;
  }
}

/** Keeps cells; where the disk does not let it, they are made again the next time. */
export async function storeCells(folder: string, key: string, cells: Cells): Promise<void> {
  const contents = serialize({key, cells});
  const bytes = Buffer.concat([Buffer.from(`${sha256(contents)}\n`, "latin1"), contents]);
  await optional(() => writeFileSafely(cellsFile(folder, key), bytes));
}

/**
 * Removes what was written first until the folder is within its budget. What is needed now stays, however much it is.
 *
 * @param needed Keys.
 */
export async function trimCache(folder: string, needed: ReadonlySet<string>, most = budget): Promise<void> {
  await optional(async () => {
    const kept = new Set([...needed].map((key) => cellsFile(folder, key)));
    const names = (await readdir(folder)).sort();
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(folder, name);
        const {size, mtimeMs} = await stat(path);
        return {path, size, written: mtimeMs};
      })
    );
    let size = files.reduce((sum, file) => sum + file.size, 0);
    for (const file of files.sort((a, b) => a.written - b.written)) {
      if (size <= most) return;
      if (kept.has(file.path)) continue;
      await rm(file.path, {force: true});
      size -= file.size;
    }
  });
}

function cellsFile(folder: string, key: string): string {
  return join(folder, `${key}.cells`);
}

/** What the disk refuses (read-only, full, another's) is not needed. */
async function optional(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

function sha256(contents: string | Buffer): string {
  return createHash("sha256").update(contents).digest("hex");
}
