// Runs the job in a process of its own, at a time that is given, and kills it at a moment that is given:
//   node job-process.mjs PROJECT ISO-TIME [KILL]
// KILL is "n:17" (before the 17th change of the disk), or "before:link:/runs/" or "after:link:/ledger/" (the first call
// of that function whose paths hold the text). Prints the run's record; "busy" when another run is at work.
import fs from "node:fs/promises";
import {syncBuiltinESMExports} from "node:module";

const [directory, at, kill = ""] = process.argv.slice(2);
const die = () => process.kill(process.pid, "SIGKILL");

let changes = 0;
for (const name of ["link", "rename", "rm", "mkdir", "copyFile", "open"]) {
  const real = fs[name];
  fs[name] = async (...given) => {
    if (name === "open" && !/[wa+]/.test(String(given[1] ?? "r"))) return real(...given);
    const [when, what, text] = kill.split(":");
    changes += 1;
    if (when === "n" && changes === Number(what)) die();
    const meant = what === name && given.some((one) => typeof one === "string" && one.includes(text));
    if (meant && when === "before") die();
    const answer = await real(...given);
    if (meant && when === "after") die();
    return answer;
  };
}
syncBuiltinESMExports();

const program = new URL("../../dist/", import.meta.url);
const {readProject} = await import(new URL("config/read-project.js", program));
const {runJob} = await import(new URL("schedule/job.js", program));

const {project} = await readProject(directory);
const outcome = await runJob(project, "run", {
  now: () => new Date(at),
  cwd: directory,
  version: "0.0.0-test",
  progress: () => {},
  tell: () => {},
  stopping: () => false,
  newId: () => String(process.pid).padStart(16, "0")
});
if (outcome.kind === "ran") for (const bug of outcome.bugs) throw bug;
process.stdout.write(outcome.kind === "busy" ? "busy" : JSON.stringify(outcome.record));
