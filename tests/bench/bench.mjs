// The promises of the design, measured: node tests/bench/bench.mjs [--only load,startup] [--rows 1000000] [--json FILE]
// Ratios are taken within one run on one machine. Needs the built program: npm run build.
import {writeFileSync} from "node:fs";
import {availableParallelism, cpus, totalmem} from "node:os";
import {parseArgs} from "node:util";
import {benchAttain} from "./attain.mjs";
import {benchBundle} from "./bundle.mjs";
import {benchLoad} from "./load.mjs";
import {benchMonthly} from "./monthly.mjs";
import {benchRun} from "./run-nothing-new.mjs";
import {benchStartup} from "./startup.mjs";

const benches = {
  attain: benchAttain,
  bundle: benchBundle,
  load: benchLoad,
  monthly: benchMonthly,
  run: benchRun,
  startup: benchStartup
};

const {values} = parseArgs({
  options: {
    only: {type: "string"},
    rows: {type: "string"},
    json: {type: "string"}
  }
});
const names = values.only?.split(",") ?? Object.keys(benches);
const strange = names.find((name) => !(name in benches));
if (strange !== undefined) {
  console.error(`no bench is named "${strange}"; there are ${Object.keys(benches).join(", ")}`);
  process.exit(2);
}
const rows = values.rows?.split(",").map(Number) ?? [1_000_000, 10_000_000];

const results = [];
for (const name of names) {
  for await (const result of benches[name]({rows, log: (text) => console.error(text)})) {
    results.push({bench: name, ...result});
  }
}

console.table(
  results.map(({bench, what, measured, promised, kept}) => ({
    bench,
    what,
    measured,
    promised,
    kept: kept === null ? "" : kept ? "yes" : "NO"
  }))
);
for (const {what, detail} of results) console.log(`${what}: ${detail}`);
if (values.json !== undefined) {
  const machine = {
    node: process.version,
    processor: cpus()[0]?.model ?? "",
    threads: availableParallelism(),
    memory_gib: Number((totalmem() / 2 ** 30).toFixed(1))
  };
  writeFileSync(values.json, `${JSON.stringify({machine, results}, null, 2)}\n`);
}
process.exitCode = results.every(({kept}) => kept !== false) ? 0 : 1;
