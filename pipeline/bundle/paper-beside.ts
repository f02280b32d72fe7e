import {Worker} from "node:worker_threads";
import type {PageModel} from "./page-model.ts";
import type {PaperWorkerMessage} from "./paper-worker.ts";
import {type Paper, type PaperAssets, paperInputs, renderPdf} from "./pdf.ts";

/** Somebody who waits for a model to set. */
export interface PaperBeside {
  /** Told of drawings as they are made: those that the paper shows have been read when it is set. Afterwards it hears none. */
  readonly expect: (drawing: string) => void;
  /**
   * The same bytes as of `renderPdf`. Asked once.
   *
   * @throws Error as `renderPdf` does.
   */
  readonly set: (model: PageModel, made: number) => Promise<Paper>;
  /** To be called in any case, whether anything was set or not: a thread would keep the process. */
  readonly end: () => Promise<void>;
}

/** Drawings that go over together: one by one they would take half as long again. */
const inOneGo = 8;

/**
 * Sets the paper in a thread of its own, for Typst holds up the one it is called from: pages and data files are made
 * meanwhile. The thread loads Typst and reads the drawings while they are made.
 *
 * @param scratch Absolute: a folder that nobody else clears; nothing is left there.
 */
export function paperBeside({template, truetype}: PaperAssets, scratch: string): PaperBeside {
  // Node starts threads of built files alone; tests run the sources.
  if (import.meta.url.endsWith(".ts")) return paperHere({template, truetype}, scratch);
  const worker = new Worker(new URL("./paper-worker.js", import.meta.url), {workerData: {truetype, scratch}});
  const tell = (told: PaperWorkerMessage) => worker.postMessage(told);
  const answered = new Promise<Uint8Array>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    // After a message it comes too late to say anything.
    worker.once("exit", () => reject(new Error("the thread that sets the paper ended without one")));
  });
  // Told to who asks for the paper, and to nobody where nothing is asked any more.
  answered.catch(() => {});
  let waiting: string[] = [];
  let isSet = false;
  return {
    expect(drawing) {
      if (isSet) return;
      waiting.push(drawing);
      if (waiting.length < inOneGo) return;
      tell({drawings: waiting});
      waiting = [];
    },
    async set(model, made) {
      // Only texts go over: a whole model would be copied part by part.
      const {inputs, unprintable} = paperInputs(model, truetype);
      isSet = true;
      tell({job: {template, inputs, made}});
      return {pdf: await answered, unprintable};
    },
    end: async () => void (await worker.terminate())
  };
}

/** The same in this thread, when it is asked for. */
export function paperHere(assets: PaperAssets, scratch: string): PaperBeside {
  return {
    expect: () => {},
    set: (model, made) => renderPdf(model, assets, made, scratch),
    end: async () => {}
  };
}
