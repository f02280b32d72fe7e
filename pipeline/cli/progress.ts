import {harmless} from "../diagnostics/terminal-text.ts";
import type {Context} from "./context.ts";

/** What a long command says while it works. */
export interface Progress {
  /** A text that ends in % is only for who watches; anything else stands in a log too. */
  readonly line: (text: string) => void;
  /** Called once, before the command's own answer. */
  readonly end: () => void;
}

/** On a terminal one line drawn over itself, which is gone at the end; elsewhere a line for each file, for a log. */
export function progressOf({err, terminal}: Pick<Context, "err" | "terminal">): Progress {
  const clear = "\r\x1b[2K";
  let last = "";
  return {
    line: (given) => {
      const text = harmless(given);
      // The same percent again, thousands of times, would keep the terminal busy.
      if (text === last) return;
      if (terminal) err(`${clear}${text}`);
      else if (!text.endsWith("%")) err(`${text}\n`);
      last = text;
    },
    end: () => {
      if (terminal && last !== "") err(clear);
    }
  };
}
