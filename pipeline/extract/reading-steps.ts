import type {Engine} from "../warehouse/engine.ts";
import {whileRunning} from "../warehouse/while-running.ts";
import type {ExtractRequest} from "./contract.ts";

/**
 * Does one step of reading that is a statement of the engine, and says how far it is.
 *
 * @param rows In all; null where they are not counted yet.
 * @param sorts The engine knows how far it has taken rows in, and no more: that is no share of a step that sorts.
 */
export async function tellingReading<T>(
  engine: Engine,
  {progress}: Pick<ExtractRequest, "progress">,
  {what, rows, sorts = false}: {readonly what: string; readonly rows: number | null; readonly sorts?: boolean},
  work: () => Promise<T>
): Promise<T> {
  if (progress === undefined) return work();
  // The engine reads in large pieces, and says 0 until the first is done.
  const tell = (share: number | null) =>
    share === null || share === 0 || sorts
      ? progress({what, done: null, of: rows, share: null})
      : progress({what, done: rows === null ? null : Math.floor(share * rows), of: rows, share});
  tell(0);
  return whileRunning(engine, tell, work);
}
