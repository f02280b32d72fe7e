import {mkdir, mkdtemp, rmdir} from "node:fs/promises";
import {tmpdir} from "node:os";
import {basename, dirname, join, relative, sep} from "node:path";
import {type Engine, openEngine} from "../warehouse/engine.ts";
import {discard} from "../warehouse/safe-files.ts";

const scratchPrefix = ".scratch-";

/**
 * Works with an engine that may spill beside the warehouse, on its disk; where that folder is missing or must not be
 * written (a read-only share), in the system's temporary folder. Both are gone afterwards.
 */
export async function withEngine<T>(warehouse: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(warehouse, scratchPrefix)).catch(() =>
    mkdtemp(join(tmpdir(), "milepost-scratch-"))
  );
  try {
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
  } finally {
    await discard(scratch);
  }
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
  const made = (await mkdir(warehouse, {recursive: true})) ?? null;
  return {folder: await mkdtemp(join(warehouse, scratchPrefix)), made};
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
