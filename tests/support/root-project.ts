import {cpSync, mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {runProgram} from "./run-program.ts";

/** A copy of the repository's own project in a temporary folder, and the command line in it. */
export interface RootProject {
  readonly directory: string;
  /** Runs one command line as if typed there. */
  milepost(...words: string[]): Promise<{exitCode: number; out: string; err: string}>;
}

/** @param now The clock of every command. */
export function copyRootProject(now: string): RootProject {
  const directory = mkdtempSync(join(tmpdir(), "milepost-root-"));
  for (const name of ["milepost.yaml", "targets", "sources", "reports", "seeds"]) {
    cpSync(name, join(directory, name), {recursive: true});
  }
  return {
    directory,
    milepost: async (...words) => {
      const {code, ...said} = await runProgram(directory, now, words);
      return {exitCode: code, ...said};
    }
  };
}
