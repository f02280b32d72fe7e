import {mkdtemp, rmdir} from "node:fs/promises";
import {tmpdir} from "node:os";
import {basename, dirname, join, relative, sep} from "node:path";
import {type Engine, openEngine} from "../warehouse/engine.ts";
import {discard, makeFolder} from "../warehouse/safe-files.ts";
import {sweepTemporary} from "./leftovers.ts";

const scratchPrefix = ".scratch-";

/**
 * Works with a folder of its own in the warehouse, on its disk; where that is missing or must not be written (a
 * read-only share), in the system's temporary folder. It is gone afterwards.
 *
 * The name tells which process works in it: nobody else's sweep takes it away while that one lives.
 */
export async function withScratch<T>(warehouse: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeScratch(warehouse).catch(async () => {
    await sweepTemporary();
    return mkdtemp(join(tmpdir(), `milepost-scratch-${process.pid}-`));
  });
  try {
    return await work(folder);
  } finally {
    await discard(folder);
  }
}

/** Works with an engine that may spill into a scratch folder. */
export async function withEngine<T>(warehouse: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  return withScratch(warehouse, async (scratch) => {
    const engine = await openEngine({
      temporary: join(scratch, "engine"),
      reads: readByEngine(warehouse),
      writes: [scratch]
    });
    try {
      return await work(engine);
    } finally {
      engine.close();
    }
  });
}

/** A scratch folder in a warehouse, for its owner alone. */
export function makeScratch(warehouse: string): Promise<string> {
  return mkdtemp(join(warehouse, `${scratchPrefix}${process.pid}-`));
}

/**
 * What of a warehouse the engine reads: the rows of loads. Never rejects, the ledger or the cache.
 * A dry run asks a warehouse of its own, in a scratch folder of the true one, and reads the loads of both.
 */
export function readByEngine(warehouse: string): string[] {
  if (basename(warehouse).startsWith(scratchPrefix)) return [warehouse, ...readByEngine(dirname(warehouse))];
  return [join(warehouse, "loads")];
}

export interface Scratch {
  readonly folder: string;
  /** The first folder on the way to the warehouse that was made for it; null where the warehouse was there. */
  readonly made: string | null;
}

/** Makes a folder for what a load is made of, on the disk of the warehouse, for its owner alone. */
export async function openScratch(warehouse: string): Promise<Scratch> {
  const made = await makeFolder(warehouse);
  return {folder: await makeScratch(warehouse), made};
}

/** Removes it; a warehouse that was made for it and in which nothing came to rest goes too. */
export async function closeScratch(warehouse: string, {folder, made}: Scratch): Promise<void> {
  await discard(folder);
  if (made === null) return;
  const levels = relative(made, warehouse)
    .split(sep)
    .filter((part) => part !== "").length;
  let empty = warehouse;
  for (let level = 0; level <= levels; level += 1) {
    const removed = await rmdir(empty).then(
      () => true,
      () => false
    );
    if (!removed) return;
    empty = dirname(empty);
  }
}
