import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {projectPaths} from "../run/paths.ts";
import {lastRuns} from "../schedule/run-records.ts";
import type {Command, Given} from "./context.ts";
import {openProject} from "./project.ts";
import {runsText} from "./run-text.ts";

/** How many runs are shown where nothing else is asked. */
const shown = 20;

/** `milepost runs`: what the last runs of the job came to, oldest first. */
export const runs: Command = async (given, context) => {
  const most = mostOf(given);
  const project = await openProject(given, context);
  const records = await lastRuns(projectPaths(project).warehouse, most);
  if (given.text("format") === "json") context.out(`${JSON.stringify(records, null, 2)}\n`);
  else context.out(records.length === 0 ? "The job has not run yet: milepost run\n" : runsText(records, project));
  return 0;
};

function mostOf(given: Given): number {
  const text = given.text("last");
  if (text === undefined) return shown;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new RunFailure([complain("bad-count", null, {option: "--last", value: text})], 2);
}
