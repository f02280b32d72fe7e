// One measured run: node load-once.mjs copy|load FILE FOLDER. Prints seconds, processor seconds and peak memory as JSON.
import {mkdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import {sourceSchema} from "../../dist/config/source.js";
import {readExtract} from "../../dist/extract/read-extract.js";
import {openEngine} from "../../dist/warehouse/engine.js";
import {areas, columns, timestampFormat} from "./crime-file.mjs";

const [what, path, folder] = process.argv.slice(2);
const scratch = join(folder, what);
mkdirSync(scratch, {recursive: true});
const engine = await openEngine({temporary: join(folder, "engine"), reads: [path], writes: [scratch]});
const began = performance.now();
const before = process.cpuUsage();
await (what === "copy" ? copy() : load());
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

async function load() {
  const formats = ["MM/dd/yyyy hh:mm:ss a", "M/d/yyyy H:mm", "yyyy-MM-dd"];
  const source = sourceSchema.parse({
    source: "crime-incidents",
    title: "Crime incidents, one row a report",
    files: ["*.csv"],
    delivery: "snapshot",
    covers: {from: "rows"},
    date: "occurred_on",
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
    roster: {
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
    },
    codeLists: new Map(),
    path,
    name: "crime-incidents.csv",
    scratch,
    today: "2030-01-01",
    covers: null
  });
  if (outcome.outcome !== "read" || outcome.rejected > 0) throw new Error(JSON.stringify(outcome.diagnostics, null, 2));
}
