import {mkdtemp} from "node:fs/promises";
import {tmpdir} from "node:os";
import {basename, dirname, join} from "node:path";
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
 * What of a warehouse the engine reads: the rows of loads, and what was made from them. Never rejects or the ledger.
 * A dry run asks a warehouse of its own, in a scratch folder of the true one, and reads the loads of both.
 */
export function readByEngine(warehouse: string): string[] {
  if (basename(warehouse).startsWith(scratchPrefix)) return [warehouse, ...readByEngine(dirname(warehouse))];
  return [join(warehouse, "loads"), join(warehouse, "cache")];
}
