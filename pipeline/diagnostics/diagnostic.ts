/** The one shape of a complaint: made where the fault is found, worded in `messages.ts`, drawn in `render.ts`. */

/** A place in a file. Lines and columns count from 1; columns are characters, not bytes. */
export interface Place {
  /** As the user would type it: relative to the project, or as named on the command line. */
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** The text of that line, for the frame; leave out where values must be withheld. */
  readonly text?: string | undefined;
}

/** `error`: the command fails. `warning`: it goes on, somebody should look. `note`: worth knowing. */
export type Severity = "error" | "warning" | "note";

/** What a message says, composed from its parameters. */
export interface Text {
  /** One sentence: what is wrong. "must" when we know what was expected, "can't" when we do not. */
  readonly message: string;
  readonly found?: string | undefined;
  readonly expected?: string | undefined;
  /** What to do about it. */
  readonly fix?: string | undefined;
}

export interface Diagnostic extends Text {
  /** kebab-case; names the fault, not the fix. */
  readonly code: string;
  readonly severity: Severity;
  readonly place: Place | null;
}

/** Texts by code: a new code makes the compiler ask for its text, a call makes it ask for what the text needs. */
export type Texts<Parameters> = {readonly [Code in keyof Parameters]: (parameters: Parameters[Code]) => Text};
