import {execFile} from "node:child_process";
import {existsSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const entry = join(root, "dist/program/main.js");
const turns = 9;
/** On the repository's own project, the whole plan. */
const promises = [
  {words: ["--help"], seconds: 0.25},
  {words: ["check"], seconds: 1}
];

/** Node on the built entry point, from the start of the process to its end. */
export async function* benchStartup() {
  if (!existsSync(entry)) throw new Error("the program is not built: npm run build");
  for (const {words, seconds: promised} of promises) {
    const seconds = [];
    for (let turn = 0; turn < turns; turn++) {
      const began = performance.now();
      await run(process.execPath, [entry, ...words], {cwd: root});
      seconds.push((performance.now() - began) / 1000);
    }
    seconds.sort((a, b) => a - b);
    const median = seconds[Math.floor(turns / 2)];
    yield {
      what: `milepost ${words.join(" ")}`,
      measured: `${median.toFixed(3)} s`,
      promised: `under ${promised} s`,
      kept: median < promised,
      detail: `median of ${turns}, ${seconds[0].toFixed(3)} to ${seconds.at(-1).toFixed(3)} s`,
      seconds: median
    };
  }
}
