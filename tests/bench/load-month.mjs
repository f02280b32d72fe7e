// One measured command: node load-month.mjs PROJECT FILE... Loads and answers, prints what it took as JSON.
import {readProject} from "../../dist/config/read-project.js";
import {loadExtracts} from "../../dist/run/load.js";

const [directory, ...files] = process.argv.slice(2);
const {project, diagnostics} = await readProject(directory);
if (project === null) throw new Error(diagnostics.map(({message}) => message).join("\n"));
const began = performance.now();
const before = process.cpuUsage();
const {receipts} = await loadExtracts(
  project,
  {files, source: null, covers: null},
  {now: () => new Date("2030-01-01T12:00:00Z"), cwd: directory, version: "bench", progress: () => {}}
);
const {user, system} = process.cpuUsage(before);
const refused = receipts.find(({outcome}) => outcome !== "loaded");
if (refused !== undefined) throw new Error(JSON.stringify(refused.diagnostics, null, 2));
const {months, moved_keys, kept} = receipts.at(-1);
const changed = months.reduce((sum, month) => sum + month.added + month.changed + month.gone, 0);
console.log(
  JSON.stringify({
    seconds: (performance.now() - began) / 1000,
    processor: (user + system) / 1e6,
    memory: process.resourceUsage().maxRSS * 1024,
    kept,
    changed,
    moved_keys
  })
);
