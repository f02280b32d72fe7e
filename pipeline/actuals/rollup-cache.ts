import {createHash} from "node:crypto";
import {readdir, rm, stat} from "node:fs/promises";
import {endianness} from "node:os";
import {join} from "node:path";
import {readKept, storeKept, unlessRefused} from "../warehouse/kept-value.ts";
import type {Cells} from "./cells.ts";
import {columnsRead, type Rollup, rollupText} from "./rollup.ts";

/*
 * Cells of loads, kept by the hash of all that they are made from: a load is rolled up once, and again only when its
 * source's measures change.
 */

/** Raised with every change of what the cells hold or mean. */
const version = 3;

/** Above so many bytes, files that the answer at hand does not need are removed, those written first before others. */
const budget = 256 * 2 ** 20;

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
export function readCells(folder: string, key: string): Promise<Cells | null> {
  return readKept(cellsFile(folder, key), key);
}

/** Keeps cells; where the disk does not let it, they are made again the next time. */
export function storeCells(folder: string, key: string, cells: Cells): Promise<void> {
  return storeKept(cellsFile(folder, key), key, cells);
}

/**
 * Removes what was written first until the folder is within its budget. What is needed now stays, however much it is.
 *
 * @param needed Keys.
 */
export async function trimCache(folder: string, needed: ReadonlySet<string>, most = budget): Promise<void> {
  await unlessRefused(async () => {
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

function sha256(contents: string): string {
  return createHash("sha256").update(contents).digest("hex");
}
