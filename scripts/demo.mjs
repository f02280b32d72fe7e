// npm run demo: milepost's whole way on synthetic extracts, in a folder of its own that git ignores.
import {spawnSync} from "node:child_process";
import {cpSync, existsSync, mkdirSync, statfsSync} from "node:fs";
import {dirname, join, relative, resolve} from "node:path";
import {fileURLToPath} from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const project = join(root, "demo");
const program = join(root, "dist", "program", "main.js");
const period = "2024-Q1";
/** The last before the department changed to NIBRS on 7 March 2024. */
const weeks = "28d-2024-03-02";
const month = "2024-03";
/** What stands in demo/ at the end, and what is needed beside it on the way. */
const megabytes = 600;
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

step("Check the definitions: four documents, what each promises, and a contract for each extract", ["check"]);
step("Write synthetic extracts for every source, with as many crime reports and collisions as there really are", [
  "sample"
]);
step("Load them, each with a receipt", ["load"], {shown: "last"});
step("Hold the targets against them", ["attain", "--period", period, "--segment", "Los Angeles"], {shown: "first"});
step("Write the quarterly report on the whole plan", ["report", "quarterly", "--period", period]);
step("Write the meeting's pages: the city, 4 bureaus, 21 Areas", ["report", "compstat", "--period", weeks]);
step("Write a page for each office: what is its own, what is next, what is late", [
  "report",
  "owner",
  "--period",
  month
]);

const bundle = (report, of) => join(project, "out", report, of, "internal", "draft");
const quarterly = bundle("quarterly", period);
const shown = (path) => relative(process.cwd(), path) || ".";
console.log(`
Done in ${Math.round((performance.now() - began) / 1000)} s. All of it is synthetic, and every page says so.

  HTML     ${shown(join(quarterly, "index.html"))}
  PDF      ${shown(join(quarterly, "report.pdf"))}
  data     ${shown(join(quarterly, "data"))}
  meeting  ${shown(join(bundle("compstat", weeks), "index.html"))}
  offices  ${shown(join(bundle("owner", month), "index.html"))}

Next:
  cd ${shown(project)}
  npx milepost explain g1.b.1.y1.3            the whole way of one number
  npx milepost attain --segment Harbor        one Area
  npx milepost loads                          what was loaded, and when
  npx milepost sample --through 2024-06-30    the extracts three months later; then load, and see what changed
Or load a file of your own: see README.md
`);

/**
 * Runs a command and shows what it says; of what is long, the first or the last lines.
 *
 * @param {{shown?: "all" | "first" | "last"}} options
 */
function step(title, words, {shown: part = "all"} = {}) {
  console.log(`\n${title}\n  milepost ${words.map((word) => (word.includes(" ") ? `"${word}"` : word)).join(" ")}\n`);
  const started = performance.now();
  const stdio = ["inherit", part === "all" ? "inherit" : "pipe", "inherit"];
  const options = {stdio, encoding: "utf8", maxBuffer: 2 ** 26};
  const {status, error, stdout} = spawnSync(process.execPath, [program, ...words, "--project", project], options);
  if (error !== undefined) throw error;
  if (part !== "all") printPart(stdout.trimEnd().split("\n"), part);
  if (status !== 0) process.exit(status ?? 1);
  console.log(`  (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}

function printPart(lines, part) {
  const most = 30;
  const left = `  ... ${lines.length - most} lines more`;
  if (lines.length <= most) console.log(lines.join("\n"));
  else if (part === "first") console.log([...lines.slice(0, most), left].join("\n"));
  else console.log([left, ...lines.slice(-most)].join("\n"));
}
