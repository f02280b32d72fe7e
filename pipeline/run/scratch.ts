import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {type Engine, openEngine} from "../warehouse/engine.ts";

/**
 * Works with an engine that may spill beside the warehouse, on its disk; where that folder is missing or must not be
 * written (a read-only share), in the system's temporary folder. Both are gone afterwards.
 */
export async function withEngine<T>(warehouse: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(warehouse, ".scratch-")).catch(() => mkdtemp(join(tmpdir(), "milepost-")));
  try {
    const engine = await openEngine({temporary: join(scratch, "engine")});
    try {
      return await work(engine);
    } finally {
      engine.close();
    }
  } finally {
    await rm(scratch, {recursive: true, force: true});
  }
}
