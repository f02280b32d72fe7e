import type {Texts} from "./diagnostic.ts";
import {didYouMean} from "./suggest.ts";

export interface CliParameters {
  "unknown-command": {command: string; known: readonly string[]};
  "unknown-option": {option: string; command: string; known: readonly string[]};
  "bad-arguments": {command: string; problem: string; usage: string};
  "not-a-sample": Record<never, never>;
  "file-is-there": Record<never, never>;
  "header-unreadable": {problem: string};
}

export const cliTexts: Texts<CliParameters> = {
  "unknown-command": ({command, known}) => ({
    message: `milepost has no command "${command}"`,
    fix: `${didYouMean(command, known)}  All commands: milepost --help`
  }),
  "unknown-option": ({option, command, known}) => ({
    message: `"milepost ${command}" has no option ${option}`,
    fix: `${didYouMean(option, known)}  All options: milepost ${command} --help`
  }),
  "bad-arguments": ({command, problem, usage}) => ({
    message: `milepost ${command}: ${problem}`,
    expected: usage,
    fix: `More: milepost ${command} --help`
  }),
  "not-a-sample": () => ({
    message: "milepost sample would overwrite this file, and it did not write it as it is now",
    fix: "Move it away, or write the synthetic extracts elsewhere: milepost sample --out DIR"
  }),
  "file-is-there": () => ({
    message: "milepost new never overwrites a file, and this one is there already",
    fix: "Choose another name, or edit the file"
  }),
  "header-unreadable": ({problem}) => ({
    message: `No source can be proposed from this file: ${problem}`,
    expected: "a .csv file with a header, records, and a column of days",
    fix: "Leave --from out, and fill in the columns by hand"
  })
};
