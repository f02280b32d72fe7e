import type {Tell} from "./progress.ts";

/** What a load does to the world outside of the project's folder. */
export interface LoadEffects {
  /** The only clock: the time of the entries, and the day after which nothing can have happened. */
  readonly now: () => Date;
  /** Paths as typed are relative to it. */
  readonly cwd: string;
  /** Milepost's own version, written into each entry. */
  readonly version: string;
  /** What is being done now, and how far it is. */
  readonly progress: Tell;
}
