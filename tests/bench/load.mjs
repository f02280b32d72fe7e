import {execFile} from "node:child_process";
import {mkdtempSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";
import {writeCrimeFile} from "./crime-file.mjs";

const run = promisify(execFile);
const promisedRatio = 1.5;
/** With a unique key, and the difference from a former load of equal size. */
const promisedKeyedRatio = 2.5;
const promisedRows = 10_000_000;
const promisedMemory = 1.5 * 2 ** 30;

/**
 * Reading, checking, typing, counting and hashing a file, against a typed copy of it by the engine alone. Each run is a
 * process of its own, so that the peak of memory is its own; the two take turns, so that a busy machine slows both.
 */
export async function* benchLoad({rows, log}) {
  for (const count of rows) {
    const folder = mkdtempSync(join(tmpdir(), "milepost-bench-"));
    try {
      const path = join(folder, "crime-incidents.csv");
      log(`writing ${count.toLocaleString("en-US")} rows`);
      writeCrimeFile(path, count);
      const size = statSync(path).size;
      const turns = count > 2_000_000 ? 1 : 3;
      const copies = [];
      const loads = [];
      const keyedLoads = [];
      await measure("former", path, folder);
      for (let turn = 0; turn < turns; turn++) {
        copies.push(await measure("copy", path, folder));
        loads.push(await measure("load", path, folder));
        keyedLoads.push(await measure("keyed", path, folder));
        const took = [copies, loads, keyedLoads].map((runs) => `${runs.at(-1).seconds.toFixed(1)} s`);
        log(`copy ${took[0]}, load ${took[1]}, with key and difference ${took[2]}`);
      }
      const [copy, load, keyed] = [median(copies), median(loads), median(keyedLoads)];
      const ratio = load.seconds / copy.seconds;
      const what = `load of ${count.toLocaleString("en-US")} rows x 28 columns (${(size / 1e9).toFixed(2)} GB)`;
      yield {
        what,
        measured: `${ratio.toFixed(2)} x the typed copy`,
        promised: count >= promisedRows ? `${promisedRatio} x` : `${promisedRatio} x of 10 million rows`,
        kept: count >= promisedRows ? ratio <= promisedRatio : null,
        detail: `load ${load.seconds.toFixed(2)} s (processor ${load.processor.toFixed(2)} s), typed copy ${copy.seconds.toFixed(2)} s (processor ${copy.processor.toFixed(2)} s), turns ${turns}`,
        rows: count,
        bytes: size,
        ratio,
        load,
        copy
      };
      yield {
        what: `${what}, peak memory`,
        measured: `${Math.round(load.memory / 2 ** 20)} MiB`,
        promised: `under ${promisedMemory / 2 ** 20} MiB`,
        kept: load.memory < promisedMemory,
        detail: `the whole process; the typed copy takes ${Math.round(copy.memory / 2 ** 20)} MiB`,
        rows: count,
        memory: load.memory
      };
      const keyedRatio = keyed.seconds / copy.seconds;
      yield {
        what: `${what}, with key and difference from a former load of equal size`,
        measured: `${keyedRatio.toFixed(2)} x the typed copy`,
        promised: count >= promisedRows ? `${promisedKeyedRatio} x` : `${promisedKeyedRatio} x of 10 million rows`,
        kept: count >= promisedRows ? keyedRatio <= promisedKeyedRatio : null,
        detail: `load ${keyed.seconds.toFixed(2)} s (processor ${keyed.processor.toFixed(2)} s), peak memory ${Math.round(keyed.memory / 2 ** 20)} MiB`,
        rows: count,
        ratio: keyedRatio,
        load: keyed,
        copy
      };
      yield {
        what: `${what}, with key and difference, peak memory`,
        measured: `${Math.round(keyed.memory / 2 ** 20)} MiB`,
        promised: `under ${promisedMemory / 2 ** 20} MiB`,
        kept: keyed.memory < promisedMemory,
        detail: "the whole process",
        rows: count,
        memory: keyed.memory
      };
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
  }
}

async function measure(what, path, folder) {
  const script = fileURLToPath(new URL("./load-once.mjs", import.meta.url));
  const {stdout} = await run(process.execPath, [script, what, path, folder], {maxBuffer: 1e8});
  return JSON.parse(stdout);
}

function median(runs) {
  return runs.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(runs.length / 2)];
}
