import type {ExitCode} from "../diagnostics/failure.ts";

/** Everything a command may touch besides files; tests pass their own. */
export interface Context {
  /** Data: standard output. */
  readonly out: (text: string) => void;
  /** Talk: standard error. */
  readonly err: (text: string) => void;
  /** The only clock. */
  readonly now: () => Date;
  /** Paths on the command line are relative to it. */
  readonly cwd: string;
  /** Standard error is a terminal: progress may be drawn over itself. */
  readonly terminal: boolean;
  /** Milepost's own version. */
  readonly version: string;
  /** SHA-256 of the program's own files; left out where they are not gathered, as in tests. */
  readonly build?: string;
}

/** A parsed command line: only declared options, each of its declared type. */
export interface Given {
  readonly positionals: readonly string[];
  /** The text of a string option; undefined when it was not given. */
  text(option: string): string | undefined;
  /** Whether a boolean option was given. */
  is(option: string): boolean;
}

/** Each command is one file that exports one of these under its own name. User faults are thrown as `RunFailure`. */
export type Command = (given: Given, context: Context) => Promise<ExitCode>;
