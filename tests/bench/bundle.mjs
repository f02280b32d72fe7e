import {execFile} from "node:child_process";
import {existsSync, mkdtempSync, readdirSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";
import {planOf, writeProject} from "./bundle-project.mjs";

const run = promisify(execFile);
const entry = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
/** Crime reports a year: a tenth of the city's. What a report costs beyond them is its charts and pages. */
const rowsAYear = 23_000;
const promisedSeconds = 5;
/** Four times the charts, and a little for what grows with the number of pages. */
const promisedGrowth = 4.4;
const turns = 3;

/** The quarterly report as its user makes it: from the start of the process to the last file in its folder. */
export async function* benchBundle({log}) {
  if (!existsSync(entry)) throw new Error("the program is not built: npm run build");
  const folder = mkdtempSync(join(tmpdir(), "milepost-bench-"));
  const milepost = (...words) => run(process.execPath, [entry, ...words, "--project", folder], {maxBuffer: 1e8});
  try {
    writeProject(folder);
    planOf(folder, 1);
    log(`loading synthetic extracts of ${rowsAYear.toLocaleString("en-US")} crime reports a year`);
    await milepost("sample", "--rows", String(rowsAYear));
    await milepost("load");
    const runs = [];
    for (const targets of [50, 200]) {
      planOf(folder, targets);
      const seconds = [];
      for (let turn = 0; turn < turns; turn++) {
        rmSync(join(folder, "out"), {recursive: true, force: true});
        const began = performance.now();
        await milepost("report", "quarterly", "--period", "2023-Q4");
        seconds.push((performance.now() - began) / 1000);
      }
      // Whatever else the machine does only adds.
      const fastest = Math.min(...seconds);
      const draft = join(folder, "out/quarterly/2023-Q4/internal/draft");
      const charts = readdirSync(join(draft, "charts")).filter((name) => name.endsWith(".svg")).length;
      const bytes = (name) => statSync(join(draft, name)).size;
      runs.push({charts, seconds, fastest, html: bytes("index.html"), pdf: bytes("report.pdf")});
      log(`${charts} charts: ${seconds.map((second) => second.toFixed(1)).join(", ")} s`);
    }
    const [first, second] = runs;
    const megabytes = (size) => `${(size / 1e6).toFixed(1)} MB`;
    yield {
      what: `report of ${first.charts} charts: HTML, PDF, CSV`,
      measured: `${first.fastest.toFixed(2)} s`,
      promised: `under ${promisedSeconds} s on 2 cores`,
      kept: first.fastest < promisedSeconds,
      detail: `the whole command, fastest of ${turns}; page ${megabytes(first.html)}, PDF ${megabytes(first.pdf)}`,
      ...first
    };
    const growth = second.fastest / first.fastest;
    yield {
      what: `report of ${second.charts} charts`,
      measured: `${growth.toFixed(2)} x`,
      promised: `${promisedGrowth} x: linear in charts`,
      kept: growth <= promisedGrowth,
      detail: `${second.fastest.toFixed(2)} s; page ${megabytes(second.html)}, PDF ${megabytes(second.pdf)}`,
      ...second
    };
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}
