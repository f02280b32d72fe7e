import type {Engine} from "./engine.ts";

/** A tenth of a second: as often as somebody who watches can read. */
const between = 100;

/**
 * Does work of the engine, and says how far the statement is that runs.
 *
 * @param tell Given a share, 0 to 1, or null where the engine can't say, again and again; never for work that is done
 * in less than a tenth of a second.
 */
export async function whileRunning<T>(
  engine: Pick<Engine, "progress">,
  tell: (share: number | null) => void,
  work: () => Promise<T>
): Promise<T> {
  const timer = setInterval(() => {
    const percent = engine.progress();
    tell(percent < 0 ? null : Math.min(1, percent / 100));
  }, between);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
