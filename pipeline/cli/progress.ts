import {harmless} from "../diagnostics/terminal-text.ts";
import type {Context} from "./context.ts";

/** What a long command says while it works. */
export interface Progress {
  /** See `isForWatchers`; anything else stands in a log too. */
  readonly line: (text: string) => void;
  /** Called once, before the command's own answer. */
  readonly end: () => void;
}

/** Whether a text is only for who watches: one that ends in % or … is soon another. */
export function isForWatchers(text: string): boolean {
  return /[%\u2026]$/.test(text);
}

/** On a terminal one line drawn over itself, which is gone at the end; elsewhere a line for each file or step, for a log. */
export function progressOf({err, terminal}: Pick<Context, "err" | "terminal">): Progress {
  const clear = "\r\x1b[2K";
  let last = "";
  return {
    line: (given) => {
      const text = harmless(given);
      // The same percent again, thousands of times, would keep the terminal busy.
      if (text === last) return;
      if (terminal) err(`${clear}${text}`);
      else if (!isForWatchers(text)) err(`${text}\n`);
      last = text;
    },
    end: () => {
      if (terminal && last !== "") err(clear);
    }
  };
}

/** Does long work; what it says is gone from a terminal when it ends, well or not. */
export async function showingProgress<T>(
  context: Pick<Context, "err" | "terminal">,
  work: (progress: Progress["line"]) => Promise<T>
): Promise<T> {
  const progress = progressOf(context);
  try {
    return await work(progress.line);
  } finally {
    progress.end();
  }
}
