import {rename} from "node:fs/promises";
import {setTimeout} from "node:timers/promises";

/** What a rename touches, so that a test can play a disk that is slow to let go. */
export interface RenameEffects {
  rename(from: string, to: string): Promise<void>;
  /** @param milliseconds How long. */
  wait(milliseconds: number): Promise<void>;
}

/** What Windows and network shares answer while a file is open: by a reader, a virus scanner, an indexer. */
const held = new Set(["EPERM", "EBUSY", "EACCES"]);

/** Milliseconds between attempts: a reader of ours lets go within the first, a scanner within the last; 1.3 s in all. */
const pauses = [10, 20, 40, 80, 160, 320, 640];

/**
 * Renames, and tries again for a moment where somebody holds one of the two open.
 *
 * @throws Error the last refusal; any other at once.
 */
export async function renamePatiently(
  from: string,
  to: string,
  effects: RenameEffects = {rename, wait: (milliseconds) => setTimeout(milliseconds)}
): Promise<void> {
  for (const pause of pauses) {
    try {
      return await effects.rename(from, to);
    } catch (error) {
      if (!held.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
      await effects.wait(pause);
    }
  }
  return effects.rename(from, to);
}
