import {Worker} from "node:worker_threads";
import type {PageModel} from "./page-model.ts";
import {type Paper, type PaperAssets, renderPdf} from "./pdf.ts";

/** What the thread is given. */
export interface PaperJob {
  readonly model: PageModel;
  readonly assets: PaperAssets;
  /** Seconds since 1970. */
  readonly made: number;
  /** Absolute. */
  readonly scratch: string;
}

/**
 * Sets the paper in a thread of its own, for Typst holds up the one it is called from: pages and data files are made
 * meanwhile. The same bytes as of `renderPdf`.
 *
 * @throws Error as `renderPdf` does.
 */
export async function paperBeside(
  model: PageModel,
  assets: PaperAssets,
  made: number,
  scratch: string
): Promise<Paper> {
  // Node starts threads of built files alone; tests run the sources.
  if (import.meta.url.endsWith(".ts")) return renderPdf(model, assets, made, scratch);
  const {template, truetype} = assets;
  const workerData: PaperJob = {model, assets: {template, truetype}, made, scratch};
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./paper-worker.js", import.meta.url), {workerData});
    worker.once("message", resolve);
    worker.once("error", reject);
    // After a message it comes too late to say anything.
    worker.once("exit", () => reject(new Error("the thread that sets the paper ended without one")));
  });
}
