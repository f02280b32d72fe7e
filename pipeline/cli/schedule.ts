import {setTimeout as wait} from "node:timers/promises";
import {fileURLToPath} from "node:url";
import type {Project} from "../config/project.ts";
import {readProject} from "../config/read-project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {renderDiagnostics} from "../diagnostics/render.ts";
import {keepRunning, type Turn} from "../schedule/keep-running.ts";
import type {UnitRequest} from "../schedule/units/contract.ts";
import {cronLines} from "../schedule/units/cron-lines.ts";
import {systemdUnits} from "../schedule/units/systemd.ts";
import {windowsTask} from "../schedule/units/windows.ts";
import type {Command, Context} from "./context.ts";
import {openProject, projectDirectory} from "./project.ts";
import {doJob, endingWell, exitCodeOf} from "./run.ts";
import {atWorkText, runText} from "./run-text.ts";

const units: Readonly<Record<string, (request: UnitRequest) => string>> = {
  systemd: systemdUnits,
  cron: cronLines,
  windows: windowsTask
};

/** `milepost schedule`: keeps running by the schedule until it is stopped; or prints the unit for the system's own scheduler. */
export const schedule: Command = async (given, context) => {
  const project = await openProject(given, context);
  if (project.settings.schedule.length === 0) {
    throw new RunFailure([complain("empty-schedule", {file: "milepost.yaml"}, {})]);
  }
  const unit = units[given.text("print") ?? ""];
  if (unit !== undefined) {
    context.out(unit({project, node: process.execPath, program: programPath()}));
    return 0;
  }
  const directory = projectDirectory(given, context);
  const json = given.text("format") === "json";
  const stop = new AbortController();
  await endingWell(stop, () =>
    keepRunning(project, {
      now: context.now,
      sleep: (milliseconds) => wait(milliseconds, undefined, {signal: stop.signal}).catch(() => {}),
      stopping: () => stop.signal.aborted,
      readProject: () => readAnew(directory, context),
      run: (used) => oneTurn(used, context, stop.signal, json),
      say: (line) => context.err(`${line}\n`)
    })
  );
  context.err("Stopped\n");
  return 0;
};

async function readAnew(directory: string, {err}: Context): Promise<Project | null> {
  const {project, diagnostics} = await readProject(directory);
  err(renderDiagnostics(diagnostics));
  return project;
}

/** Whatever one turn comes to, the schedule goes on; a fault of milepost's own is told as such. */
async function oneTurn(project: Project, context: Context, stop: AbortSignal, json: boolean): Promise<Turn> {
  try {
    const outcome = await doJob(project, "schedule", context, stop);
    if (outcome.kind === "busy") {
      context.err(atWorkText(outcome.holder, project));
      return "busy";
    }
    context.out(json ? `${JSON.stringify(outcome.record)}\n` : runText(outcome.record, project));
    exitCodeOf(outcome, context);
    return outcome.record;
  } catch (error) {
    if (error instanceof RunFailure) context.err(renderDiagnostics(error.diagnostics));
    else context.err(`milepost met a bug of its own; please report it.\n${(error as Error).stack ?? error}\n`);
    return "failed";
  }
}

/** Absolute: what `node` is to be given to run milepost. */
function programPath(): string {
  return fileURLToPath(new URL("./main.js", import.meta.url));
}
