import {parentPort, workerData} from "node:worker_threads";
import type {PaperJob} from "./paper-beside.ts";
import {renderPdf} from "./pdf.ts";

/** The thread of `paperBeside`. */
const {model, assets, made, scratch} = workerData as PaperJob;
const {pdf, unprintable} = await renderPdf(model, assets, made, scratch);
parentPort!.postMessage({pdf, unprintable});
