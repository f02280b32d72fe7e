import {Worker} from "node:worker_threads";
import {paperInputs, renderPdf} from "./pdf.ts";
import type {Typesetting} from "./typeset.ts";

/** Somebody who waits for a model to set. */
export interface PaperBeside {
  /**
   * Asked once.
   *
   * @throws Error as `renderPdf` does.
   */
  readonly set: typeof renderPdf;
  /** To be called in any case, whether anything was set or not: a thread would keep the process. */
  readonly end: () => void;
}

/**
 * Sets the paper in a thread of its own, for Typst holds up the one it is called from: pages and data files are made
 * meanwhile. The same bytes as of `renderPdf`. The thread loads Typst while the model is made.
 */
export function paperBeside(): PaperBeside {
  // Node starts threads of built files alone; tests run the sources.
  if (import.meta.url.endsWith(".ts")) return {set: renderPdf, end: () => {}};
  const worker = new Worker(new URL("./paper-worker.js", import.meta.url));
  const answered = new Promise<Uint8Array>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    // After a message it comes too late to say anything.
    worker.once("exit", () => reject(new Error("the thread that sets the paper ended without one")));
  });
  // Told to who asks for the paper, and to nobody where nothing is asked any more.
  answered.catch(() => {});
  return {
    async set(model, {template, truetype}, made, scratch) {
      // Only texts go over: a whole model would be copied part by part.
      const {inputs, unprintable} = paperInputs(model, truetype);
      const job: Typesetting = {template, inputs, truetype, made, scratch};
      worker.postMessage(job);
      return {pdf: await answered, unprintable};
    },
    end: () => void worker.terminate()
  };
}
