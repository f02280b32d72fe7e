import {execFile} from "node:child_process";
import {mkdirSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";
import {commitEntry} from "../../dist/ledger/entries.js";
import {answerKnown} from "../../dist/run/answer.js";
import {openEngine} from "../../dist/warehouse/engine.js";
import {analystRollup, queryPerTarget} from "./attain-by-hand.mjs";
import {loadOf, manyMeasures, writeFacts, writeProject, years} from "./attain-project.mjs";

const run = promisify(execFile);
const entry = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const promisedRows = 10_000_000;
const promisedRatio = 1.5;
const promisedGain = 5;
const promisedAgain = 1;
const measuresInAll = 150;
const turns = 3;

/**
 * All targets x all segments out of facts that nothing was counted of before: milepost's whole answer, rollup by day and
 * Area, coverage, pace and status, and its cache written; against the two statements that a skilled analyst would write
 * for the same sums (checked to be the same), and against a query a target. The same Parquet file, the same engine
 * settings; they take turns. Then the same question again, and with one month more.
 */
export async function* benchAttain({rows, log}) {
  for (const count of rows) {
    const folder = mkdtempSync(join(tmpdir(), "milepost-bench-"));
    try {
      log(`writing ${count.toLocaleString("en-US")} facts`);
      const facts = join(folder, "facts.parquet");
      await withEngine(folder, (engine) => writeFacts(engine, facts, count));
      yield* benchProject({directory: join(folder, "own"), facts, count, of: {everyYear: true}, log});
      yield* benchProject({
        directory: join(folder, "many"),
        facts,
        count,
        of: {measures: manyMeasures(measuresInAll)},
        log
      });
      yield* benchMonths({directory: join(folder, "months"), facts, count, log});
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
  }
}

async function* benchProject({directory, facts, count, of, log}) {
  const project = await writeProject(directory, of);
  const many = project.measures.size >= measuresInAll;
  const what = `${project.measures.size} measures`;
  const warehouse = join(directory, "warehouse");
  mkdirSync(join(warehouse, "loads"), {recursive: true});
  await withEngine(directory, (engine) =>
    engine.run(
      `copy (from '${facts}' order by record) to '${join(warehouse, "loads/facts.parquet")}' (format parquet, compression zstd)`
    )
  );
  const load = await loadOf(project, "loads/facts.parquet", 1);
  const known = {loads: [{...load.load, ...load}], refusals: [], as_of: load.at, definitions: null};
  const rowsFile = join(warehouse, load.load.rows_file);
  const ours = [];
  const analyst = [];
  let answer;
  for (let turn = 0; turn < turns; turn++) {
    rmSync(join(warehouse, "cache"), {recursive: true, force: true});
    ours.push(await seconds(async () => (answer = await answerKnown(project, known, {through: null}))));
    let small;
    analyst.push(
      await seconds(
        async () => (small = await withEngine(directory, (engine) => analystRollup(engine, project, answer, rowsFile)))
      )
    );
    compare(answer, small);
    log(`${what}: milepost ${ours.at(-1).toFixed(2)} s, by hand ${analyst.at(-1).toFixed(2)} s`);
  }
  const again = [];
  for (let turn = 0; turn < turns; turn++)
    again.push(await seconds(() => answerKnown(project, known, {through: null})));
  const size = `${count.toLocaleString("en-US")} facts, ${what}, ${answer.rows.length.toLocaleString("en-US")} rows`;
  const promised = count >= promisedRows;
  const ratio = median(ours) / median(analyst);
  yield {
    what: `attain from ${size}`,
    measured: `${ratio.toFixed(2)} x a rollup by hand`,
    promised: promised ? `${promisedRatio} x` : `${promisedRatio} x of 10 million facts`,
    kept: promised ? ratio <= promisedRatio : null,
    detail: `milepost ${all(ours)} s, by hand ${all(analyst)} s; from the cache ${all(again)} s`,
    rows: count,
    ratio,
    seconds: median(ours),
    by_hand: median(analyst),
    from_cache: median(again)
  };
  let singly;
  const each = await seconds(
    async () => (singly = await withEngine(directory, (engine) => queryPerTarget(engine, project, answer, rowsFile)))
  );
  compare(answer, singly);
  // Whoever asks a query a target has still to hold the targets against the answers, as our second answer does.
  const gain = (each + median(again)) / median(ours);
  yield {
    what: `attain from ${size}, a query a target`,
    measured: `${gain.toFixed(1)} x as long`,
    promised: many ? `at least ${promisedGain} x` : "",
    kept: promised && many ? gain >= promisedGain : null,
    detail: `${project.targets.length} queries ${each.toFixed(2)} s, and ${median(again).toFixed(2)} s to hold the targets against them`,
    rows: count,
    gain,
    seconds: each
  };
}

/** A warehouse of one load a month: the command again with nothing new, and with a month that came in. */
async function* benchMonths({directory, facts, count, log}) {
  const project = await writeProject(directory);
  const warehouse = join(directory, "warehouse");
  mkdirSync(join(warehouse, "loads"), {recursive: true});
  const months = years.flatMap((year) => Array.from({length: 12}, (_, month) => [year, month + 1]));
  log(`writing ${months.length} monthly loads`);
  await withEngine(directory, async (engine) => {
    for (const [year, month] of months) {
      await engine.run(
        `copy (from '${facts}' where year(occurred_on) = ${year} and month(occurred_on) = ${month} order by record)
         to '${join(warehouse, `loads/${year}-${month}.parquet`)}' (format parquet, compression zstd)`
      );
    }
  });
  const commit = async ([year, month], sequence) => {
    const days = [new Date(Date.UTC(year, month - 1, 1)), new Date(Date.UTC(year, month, 0))];
    const {load, receipt, at} = await loadOf(
      project,
      `loads/${year}-${month}.parquet`,
      sequence,
      days.map((day) => day.toISOString().slice(0, 10))
    );
    const {definitions} = project;
    await commitEntry(warehouse, {kind: "load", at, milepost: "0", definitions, load, receipt}, sequence - 1);
  };
  for (const [at, month] of months.slice(0, -1).entries()) await commit(month, at + 1);
  const attain = () =>
    seconds(() => run(process.execPath, [entry, "attain", "--project", directory], {maxBuffer: 1e8}));
  const cold = await attain();
  const again = [];
  for (let turn = 0; turn < 5; turn++) again.push(await attain());
  await commit(months.at(-1), months.length);
  const later = await attain();
  const what = `milepost attain, ${count.toLocaleString("en-US")} facts in ${months.length} monthly loads`;
  yield {
    what: `${what}, nothing new`,
    measured: `${median(again).toFixed(2)} s`,
    promised: `under ${promisedAgain} s`,
    kept: median(again) < promisedAgain,
    detail: `the whole command, ${all(again)} s; the first time ${cold.toFixed(2)} s; with one month more ${later.toFixed(2)} s`,
    rows: count,
    seconds: median(again),
    cold,
    one_month_more: later
  };
}

/** @param sums By target, then segment: actual, baseline, baseline to date. */
function compare({rows}, sums) {
  for (const row of rows) {
    const found = sums.get(row.target)?.get(`${row.segment_type} ${row.segment}`) ?? [0, 0, 0];
    const own = [row.actual_value, row.baseline_value, row.baseline_to_date];
    if (own.join() !== found.join()) throw new Error(`${row.target} of ${row.segment_name}: ${own}, by hand ${found}`);
  }
}

async function withEngine(folder, work) {
  const engine = await openEngine({temporary: join(folder, "engine")});
  try {
    return await work(engine);
  } finally {
    engine.close();
  }
}

async function seconds(work) {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

function median(runs) {
  return runs.toSorted((a, b) => a - b)[Math.floor(runs.length / 2)];
}

function all(runs) {
  return runs.map((run) => run.toFixed(2)).join(", ");
}
