import type {Diagnostic} from "./diagnostic.ts";

/** 0 done · 1 the user's files or data · 2 the command line · 70 a bug. */
export type ExitCode = 0 | 1 | 2 | 70;

/** The only error that is not a bug: it carries what the user has to be told. */
export class RunFailure extends Error {
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: ExitCode;

  constructor(diagnostics: readonly Diagnostic[], exitCode: ExitCode = 1) {
    super(diagnostics.map(({message}) => message).join("\n"));
    this.name = "RunFailure";
    this.diagnostics = diagnostics;
    this.exitCode = exitCode;
  }
}
