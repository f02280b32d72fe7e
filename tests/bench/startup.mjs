import {execFile} from "node:child_process";
import {existsSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";

const run = promisify(execFile);
const entry = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const promisedSeconds = 0.25;
const turns = 9;

/** Node on the built entry point, from the start of the process to its end. */
export async function* benchStartup() {
  if (!existsSync(entry)) throw new Error("the program is not built: npm run build");
  const seconds = [];
  for (let turn = 0; turn < turns; turn++) {
    const began = performance.now();
    await run(process.execPath, [entry, "--help"]);
    seconds.push((performance.now() - began) / 1000);
  }
  seconds.sort((a, b) => a - b);
  const median = seconds[Math.floor(turns / 2)];
  yield {
    what: "milepost --help",
    measured: `${median.toFixed(3)} s`,
    promised: `under ${promisedSeconds} s`,
    kept: median < promisedSeconds,
    detail: `median of ${turns}, ${seconds[0].toFixed(3)} to ${seconds.at(-1).toFixed(3)} s`,
    seconds: median
  };
}
