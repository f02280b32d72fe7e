// One measured run: node load-once.mjs copy|load|former|keyed FILE FOLDER. "former" keeps the rows of the file, a
// hundredth of them altered; "keyed" reads with a unique key and tells the difference from these. Prints seconds, processor seconds and peak memory as JSON.
import {mkdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import {sourceSchema} from "../../dist/config/source.js";
import {readExtract} from "../../dist/extract/read-extract.js";
import {changedRows} from "../../dist/facts/months.js";
import {openEngine} from "../../dist/warehouse/engine.js";
import {areas, columns, timestampFormat} from "./crime-file.mjs";

const roster = {
  types: ["area"],
  segments: areas.map((name, i) => ({
    type: "area",
    code: String(i + 1),
    name,
    aliases: [],
    parent: null,
    valid_from: null,
    valid_to: null
  }))
};
const [what, path, folder] = process.argv.slice(2);
const scratch = join(folder, what);
mkdirSync(scratch, {recursive: true});
const loads = join(folder, "loads");
mkdirSync(loads, {recursive: true});
const engine = await openEngine({temporary: join(folder, "engine"), reads: [path], writes: [scratch, loads]});
const began = performance.now();
const before = process.cpuUsage();
const steps = {copy, load: () => load(), former, keyed};
await steps[what]();
const {user, system} = process.cpuUsage(before);
const seconds = (performance.now() - began) / 1000;
engine.close();
rmSync(scratch, {recursive: true});
console.log(JSON.stringify({seconds, processor: (user + system) / 1e6, memory: process.resourceUsage().maxRSS * 1024}));

/** What somebody would write by hand who trusts the file. */
async function copy() {
  const types = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`);
  await engine.run(
    `copy (from read_csv('${path}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
       timestampformat = '${timestampFormat}', columns = {${types.join(", ")}}))
     to '${join(scratch, "copy.parquet")}' (format parquet, compression zstd)`
  );
}

/** @param key Columns that name a row; none where they are not held against each other. */
async function load(key) {
  const formats = ["MM/dd/yyyy hh:mm:ss a", "M/d/yyyy H:mm", "yyyy-MM-dd"];
  const source = sourceSchema.parse({
    source: "crime-incidents",
    title: "Crime incidents, one row a report",
    files: ["*.csv"],
    delivery: "snapshot",
    covers: {from: "rows"},
    date: "occurred_on",
    key,
    rejects: {at_most: "0.1%"},
    columns: {
      incident_id: {from: ["DR_NO"], type: "text", required: true},
      occurred_on: {from: ["DATE OCC"], type: "date", formats, required: true},
      reported_on: {from: ["Date Rptd"], type: "date", formats},
      area: {from: ["AREA"], segment: "area", required: true},
      crime_code: {from: ["Crm Cd"], type: "integer", required: true},
      mo_codes: {from: ["Mocodes"], type: "list", separator: " "},
      premise_code: {from: ["Premis Cd"], type: "integer"},
      weapon_code: {from: ["Weapon Used Cd"], type: "integer"},
      status: {from: ["Status"], type: "text"},
      victim_age: {from: ["Vict Age"], personal: "drop"},
      victim_sex: {from: ["Vict Sex"], personal: "drop"},
      victim_descent: {from: ["Vict Descent"], personal: "drop"}
    },
    ignore: Object.keys(columns)
  });
  const outcome = await readExtract(engine, {
    source: {...source, origin: {file: "sources/crime-incidents.yaml", line: 1}},
    roster,
    codeLists: new Map(),
    path,
    name: "crime-incidents.csv",
    scratch,
    today: "2030-01-01",
    covers: null
  });
  if (outcome.outcome !== "read" || outcome.rejected > 0) throw new Error(JSON.stringify(outcome.diagnostics, null, 2));
  return {source, outcome};
}

async function former() {
  const {outcome} = await load();
  await engine.run(
    `copy (
       select * replace (case when hash(record) % 100 = 0 then crime_code + 1 else crime_code end as crime_code)
       from read_parquet('${outcome.rowsFile}')
     ) to '${join(loads, "former.parquet")}' (format parquet, compression zstd)`
  );
}

async function keyed() {
  const {source, outcome} = await load(["incident_id"]);
  const held = outcome.columns.mapped.map(({column}) => column);
  const columns = Object.keys(source.columns).filter((name) => held.includes(name) && !source.columns[name].personal);
  const base = {file: "crime-incidents.csv", covered: outcome.covered, columns, extracted: null};
  const at = "2030-01-01T12:00:00Z";
  const before = {...base, id: "former", sequence: 1, at, rows_file: "loads/former.parquet"};
  const now = {...base, id: "now", sequence: 2, at, rows_file: outcome.rowsFile.slice(folder.length + 1)};
  const project = {roster, settings: {time_zone: "America/Los_Angeles"}};
  const {months} = await changedRows(engine, project, source, [before], [before, now], folder);
  const changed = months.reduce((sum, month) => sum + month.changed, 0);
  if (changed === 0 || months.some(({added, gone}) => added + gone > 0)) throw new Error(JSON.stringify(months));
}
