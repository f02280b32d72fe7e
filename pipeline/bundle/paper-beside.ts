import {once} from "node:events";
import {Worker} from "node:worker_threads";
import type {PageModel} from "./page-model.ts";
import {type Paper, type PaperAssets, paperInputs, renderPdf} from "./pdf.ts";
import type {Typesetting} from "./typeset.ts";

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
  // Typst is loaded there while the texts are made here: only they go over, for a whole model would be copied part by part.
  const worker = new Worker(new URL("./paper-worker.js", import.meta.url));
  try {
    const {template, truetype} = assets;
    const {inputs, unprintable} = paperInputs(model, truetype);
    const job: Typesetting = {template, inputs, truetype, made, scratch};
    worker.postMessage(job);
    const ended = once(worker, "exit").then(() => {
      throw new Error("the thread that sets the paper ended without one");
    });
    const [pdf] = (await Promise.race([once(worker, "message"), ended])) as [Uint8Array];
    return {pdf, unprintable};
  } finally {
    await worker.terminate();
  }
}
