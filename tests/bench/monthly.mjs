import {execFile} from "node:child_process";
import {cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";
import {fileName, monthFile, wholeFile, writeMonthlyProject} from "./monthly-project.mjs";

const run = promisify(execFile);
const months = 120;
const few = 12;
const turns = 5;
/** Ten times the history may make a month so much dearer: it is looked up, not counted again. */
const promised = 1.5;

/**
 * A month onto ten years against the same month onto one: load, receipt and what it changes in the targets, each in a
 * process of its own. The two take turns, so that a busy machine slows both; the best of each, in processor time.
 */
export async function* benchMonthly({rows, log}) {
  for (const count of rows) {
    for (const delivery of ["period", "append", "upsert", "snapshot"]) {
      const folder = mkdtempSync(join(tmpdir(), "milepost-bench-"));
      try {
        yield await oneDelivery(folder, delivery, Math.round(count / months), log);
      } finally {
        rmSync(folder, {recursive: true, force: true});
      }
    }
  }
}

async function oneDelivery(folder, delivery, rows, log) {
  const sizes = [few, months];
  for (const history of sizes) {
    log(`${delivery}: ${history} months of ${rows.toLocaleString("en-US")} rows`);
    await writeHistory(join(folder, String(history)), delivery, history, rows);
  }
  const took = new Map(sizes.map((history) => [history, []]));
  for (let turn = 0; turn < turns; turn += 1) {
    for (const history of sizes) took.get(history).push(await loadNext(folder, history));
  }
  const [short, long] = sizes.map((history) => took.get(history).toSorted((a, b) => a.processor - b.processor)[0]);
  const ratio = long.processor / short.processor;
  const each = (long.processor - short.processor) / (months - few);
  const follows = delivery === "snapshot" ? long.kept / short.kept : 1;
  return {
    what: `${delivery}: a month of ${rows.toLocaleString("en-US")} rows onto ten years`,
    measured: `${ratio.toFixed(2)} x the same onto one year`,
    promised: delivery === "snapshot" ? `follows the file, ${follows.toFixed(1)} x` : `${promised} x`,
    kept: ratio <= (delivery === "snapshot" ? follows : promised),
    detail: `onto one year ${wordsOf(short)}; onto ten years ${wordsOf(long)}: ${(1000 * each).toFixed(1)} ms for each of ${months - few} more former months`,
    rows,
    ratio,
    secondsEachFormer: each,
    short,
    long
  };
}

function wordsOf({seconds, processor, kept, changed, memory}) {
  return `${processor.toFixed(2)} processor seconds (${seconds.toFixed(2)} s, ${Math.round(memory / 2 ** 20)} MiB) for ${kept} rows, ${changed} changes`;
}

/** A project with so many months loaded, counted once, and the next month's file. */
async function writeHistory(project, delivery, history, rows) {
  writeMonthlyProject(project, delivery);
  const inbox = join(project, "inbox");
  mkdirSync(inbox, {recursive: true});
  const files = [];
  if (delivery === "snapshot") {
    files.push(fileName(history - 1));
    writeFileSync(join(inbox, files[0]), wholeFile(history - 1, rows));
    writeFileSync(join(project, "next.csv"), wholeFile(history, rows));
  } else {
    for (let month = 0; month < history; month += 1) {
      files.push(fileName(month));
      writeFileSync(join(inbox, files.at(-1)), monthFile(delivery, month, rows));
    }
    writeFileSync(join(project, "next.csv"), monthFile(delivery, history, rows));
  }
  await measured(
    project,
    files.map((name) => join(inbox, name))
  );
}

async function loadNext(folder, history) {
  const copy = join(folder, "copy");
  rmSync(copy, {recursive: true, force: true});
  cpSync(join(folder, String(history)), copy, {recursive: true});
  const next = join(copy, "inbox", fileName(history));
  cpSync(join(copy, "next.csv"), next);
  return measured(copy, [next]);
}

async function measured(project, files) {
  const script = fileURLToPath(new URL("./load-month.mjs", import.meta.url));
  const {stdout} = await run(process.execPath, [script, project, ...files], {maxBuffer: 1e8});
  return JSON.parse(stdout);
}
