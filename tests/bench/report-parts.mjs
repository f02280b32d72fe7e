// Makes a draft of a report and prints, as JSON, the seconds that its parts take: `node report-parts.mjs PROJECT REPORT PERIOD OUT`.
// Parts begin where the program says what it does now, so the program itself is as everyone runs it.
import {readFileSync} from "node:fs";
import {parsePeriod} from "../../dist/calendar/period.js";

const [directory, name, period, out] = process.argv.slice(2);

const parts = [];
let began = 0;
let processor = 0;
const processorSeconds = () => process.resourceUsage().userCPUTime / 1e6 + process.resourceUsage().systemCPUTime / 1e6;
/** @param part What has ended now. */
const ended = (part) => {
  const [now, used] = [performance.now() / 1000, processorSeconds()];
  parts.push({part, seconds: now - began, processor_seconds: used - processor});
  [began, processor] = [now, used];
};

const {optimizeLate} = await import("../../dist/cli/optimize-late.js");
const {openKeptProject} = await import("../../dist/program/kept-project.js");
const {makeDraft} = await import("../../dist/program/publish.js");
// As the command does first.
optimizeLate();
ended("modules");
const build = readFileSync(new URL("../../dist/program/build.txt", import.meta.url), "utf8");
const {project} = await openKeptProject(directory, {build, keeps: true});
ended("definitions");
let doing = "asked for";
const published = await makeDraft(
  project,
  {report: name, asOf: null, definitions: "now", period: parsePeriod(period, project.calendar), through: null},
  {
    now: () => new Date(),
    version: "bench",
    out,
    progress: (told) => {
      if (typeof told !== "string") return;
      ended(doing);
      doing = told.replace(/^.*: /, "");
    }
  }
);
ended(doing);
process.stdout.write(JSON.stringify({folder: published.folder, parts}));
