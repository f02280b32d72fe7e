/** How far long work is, said again and again while it goes on: for who watches, not for a log. */
export interface Step {
  /** The file, or whatever else is worked on: "quarterly 2024-Q1". */
  readonly file: string;
  /** What is being done: "checking". */
  readonly what: string;
  /** Rows done so far; null where they are not counted. */
  readonly done: number | null;
  /** Rows in all; null where that is not known. */
  readonly of: number | null;
  /** Of the step, 0 to 1; null where it is not known. */
  readonly share: number | null;
  /** What is counted, in the plural; left out, rows. */
  readonly unit?: string;
}

/** Told a line when something begins, for a terminal and a log alike, and steps in between. */
export type Tell = (told: string | Step) => void;
