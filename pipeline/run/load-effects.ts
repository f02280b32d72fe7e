/** What a load does to the world outside of the project's folder. */
export interface LoadEffects {
  /** The only clock: the time of the entries, and the day after which nothing can have happened. */
  readonly now: () => Date;
  /** Paths as typed are relative to it. */
  readonly cwd: string;
  /** Milepost's own version, written into each entry. */
  readonly version: string;
  /** A line for a log or a terminal: what is being done now. */
  readonly progress: (line: string) => void;
}
