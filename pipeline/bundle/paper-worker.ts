import {once} from "node:events";
import {parentPort} from "node:worker_threads";
import {type Typesetting, typeset} from "./typeset.ts";

/** The thread of `paperBeside`. It is given one job. */
const [job] = (await once(parentPort!, "message")) as [Typesetting];
parentPort!.postMessage(await typeset(job));
