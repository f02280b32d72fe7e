import {main} from "../../pipeline/cli/program.ts";

/** What a command said and how it ended. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the program in this process as if it were started in the folder, at the time given. */
export async function runProgram(directory: string, now: string, words: readonly string[]): Promise<Said> {
  const said = {out: "", err: ""};
  const code = await main([...words], {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    now: () => new Date(now),
    cwd: directory,
    terminal: false,
    version: "0.0.0"
  });
  return {code, ...said};
}
