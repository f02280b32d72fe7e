import {mkdtemp} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {type Engine, openEngine} from "../warehouse/engine.ts";
import {discard} from "../warehouse/safe-files.ts";

/**
 * Works with an engine that may spill beside the warehouse, on its disk; where that folder is missing or must not be
 * written (a read-only share), in the system's temporary folder. Both are gone afterwards.
 *
 * @param reads Files, absolute, that the engine reads besides those of the warehouse: of loads that are not committed.
 */
export async function withEngine<T>(
  warehouse: string,
  work: (engine: Engine) => Promise<T>,
  reads: readonly string[] = []
): Promise<T> {
  const scratch = await mkdtemp(join(warehouse, ".scratch-")).catch(() => mkdtemp(join(tmpdir(), "milepost-scratch-")));
  try {
    const engine = await openEngine({
      temporary: join(scratch, "engine"),
      reads: [...readByEngine(warehouse), ...reads],
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

/** What of a warehouse the engine reads: the rows of loads, and what was made from them. Never rejects or the ledger. */
export function readByEngine(warehouse: string): string[] {
  return [join(warehouse, "loads"), join(warehouse, "cache")];
}
