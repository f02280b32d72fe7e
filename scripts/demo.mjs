// npm run demo: milepost's whole way on synthetic extracts, in a folder of its own that git ignores.
import {spawnSync} from "node:child_process";
import {cpSync, existsSync, mkdirSync, statfsSync} from "node:fs";
import {dirname, join, relative, resolve} from "node:path";
import {fileURLToPath} from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const project = join(root, "demo");
const program = join(root, "dist", "cli", "main.js");
const period = "2023-Q4";
const weeks = "28d-2023-12-30";
/** What stands in demo/ at the end, and what is needed beside it on the way. */
const megabytes = 500;
const began = performance.now();

if (!existsSync(program)) {
  console.error("milepost is not built yet. First: npm ci");
  process.exit(1);
}

console.log(`Everything goes into ${relative(process.cwd(), project) || "."}/ and takes some ${megabytes} MB of disk.`);
// A copy, so that nothing of the real project's warehouse is touched; files that you put into demo/ stay.
mkdirSync(project, {recursive: true});
for (const part of ["milepost.yaml", "targets", "sources", "reports", "seeds"]) {
  cpSync(join(root, part), join(project, part), {recursive: true});
}

const {bavail, bsize} = statfsSync(project);
if (bavail * bsize < megabytes * 1e6) {
  console.error(`Only ${Math.floor((bavail * bsize) / 1e6)} MB are free there.`);
  process.exit(1);
}

step("Check the definitions", ["check"]);
step("Write six years of synthetic extracts, as many as there really are: crime incidents and traffic collisions", [
  "sample"
]);
step("Load them, each with a receipt", ["load"]);
step("Hold the targets against them", ["attain", "--period", period, "--segment", "Los Angeles"]);
step("Write the quarterly report", ["report", "quarterly", "--period", period]);
step("Write the meeting's pages: the city, 4 bureaus, 21 Areas", ["report", "compstat", "--period", weeks]);

const bundle = (report, of) => join(project, "out", report, of, "internal", "draft");
const quarterly = bundle("quarterly", period);
const shown = (path) => relative(process.cwd(), path) || ".";
console.log(`
Done in ${Math.round((performance.now() - began) / 1000)} s. All of it is synthetic, and every page says so.

  HTML     ${shown(join(quarterly, "index.html"))}
  PDF      ${shown(join(quarterly, "report.pdf"))}
  data     ${shown(join(quarterly, "data"))}
  meeting  ${shown(join(bundle("compstat", weeks), "index.html"))}

Next:
  cd ${shown(project)}
  npx milepost explain g1.b.1.y1.1            the whole way of one number
  npx milepost attain --segment Harbor        one Area
  npx milepost loads                          what was loaded, and when
Or load a file of your own: see README.md
`);

function step(title, words) {
  console.log(`\n${title}\n  milepost ${words.map((word) => (word.includes(" ") ? `"${word}"` : word)).join(" ")}\n`);
  const started = performance.now();
  const {status, error} = spawnSync(process.execPath, [program, ...words, "--project", project], {stdio: "inherit"});
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
  console.log(`  (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
