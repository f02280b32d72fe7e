import type {Engine} from "../warehouse/engine.ts";
import {whileRunning} from "../warehouse/while-running.ts";
import type {ExtractRequest} from "./contract.ts";

/**
 * Does one step of reading that is a statement of the engine, and says how far it is.
 *
 * @param rows In all; null where they are not counted yet.
 */
export async function tellingReading<T>(
  engine: Engine,
  {progress}: Pick<ExtractRequest, "progress">,
  {what, rows}: {readonly what: string; readonly rows: number | null},
  work: () => Promise<T>
): Promise<T> {
  if (progress === undefined) return work();
  const tell = (share: number) =>
    progress({what, done: rows === null ? null : Math.floor(share * rows), of: rows, share});
  tell(0);
  return whileRunning(engine, tell, work);
}
