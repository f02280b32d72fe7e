import {parentPort, workerData} from "node:worker_threads";
import {openTypesetter, type TypesetterParts, type Typesetting} from "./typeset.ts";

/** What the thread of `paperBeside` is told, in order: drawings that the paper will show, then the paper, once. */
export type PaperWorkerMessage = {readonly drawings: readonly string[]} | {readonly job: Typesetting};

const typesetter = await openTypesetter(workerData as TypesetterParts);
// Messages wait for who hears them, so none is lost while Typst is loaded.
parentPort!.on("message", async (told: PaperWorkerMessage) => {
  if ("drawings" in told) {
    typesetter.expect(told.drawings);
    return;
  }
  const pdf = typesetter.set(told.job);
  await typesetter.close();
  parentPort!.postMessage(pdf);
});
