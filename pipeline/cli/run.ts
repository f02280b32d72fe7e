import {randomBytes} from "node:crypto";
import type {Project} from "../config/project.ts";
import type {ExitCode} from "../diagnostics/failure.ts";
import {renderDiagnostics} from "../diagnostics/render.ts";
import {type JobOutcome, runJob} from "../schedule/job.ts";
import type {Command, Context} from "./context.ts";
import {optimizeLate} from "./optimize-late.ts";
import {progressOf, whileTicking} from "./progress.ts";
import {openProject} from "./project.ts";
import {atWorkText, runText} from "./run-text.ts";

/** `milepost run`: the scheduled job, once; 1 when something needs somebody, see docs/commands.md. */
export const run: Command = async (given, context) => {
  optimizeLate();
  const project = await openProject(given, context);
  const stop = new AbortController();
  const outcome = await endingWell(stop, () => doJob(project, "run", context, stop.signal));
  const json = given.text("format") === "json";
  if (outcome.kind === "busy") {
    if (json) context.out("null\n");
    context.err(atWorkText(outcome.holder, project));
    return 0;
  }
  context.out(json ? `${JSON.stringify(outcome.record, null, 2)}\n` : runText(outcome.record, project));
  return exitCodeOf(outcome, context);
};

/** Does the job on a command line: its talk is a log, and below it a terminal shows how far it is. */
export async function doJob(
  project: Project,
  trigger: Parameters<typeof runJob>[1],
  context: Context,
  stop: AbortSignal
): Promise<JobOutcome> {
  const progress = progressOf(context, {keepLines: true});
  return whileTicking(progress, context, () =>
    runJob(project, trigger, {
      now: context.now,
      cwd: context.cwd,
      version: context.version,
      progress: progress.tell,
      tell: (diagnostics) => {
        progress.clear();
        context.err(renderDiagnostics(diagnostics));
      },
      stopping: () => stop.aborted,
      newId: () => randomBytes(8).toString("hex")
    })
  );
}

/** A fault of milepost's own ends as one, after all that could be done was done. */
export function exitCodeOf(outcome: Exclude<JobOutcome, {kind: "busy"}>, {err}: Pick<Context, "err">): ExitCode {
  const [bug, ...others] = outcome.bugs;
  for (const other of others) err(`${other.stack ?? other.message}\n`);
  if (bug !== undefined) throw bug;
  return outcome.record.outcome === "failed" ? 1 : 0;
}

/** Works until the end; asked to stop, the work ends after the step at hand, and asked twice the process ends at once. */
export async function endingWell<T>(stop: AbortController, work: () => Promise<T>): Promise<T> {
  const asked = (signal: NodeJS.Signals) => {
    if (stop.signal.aborted) process.exit(signal === "SIGINT" ? 130 : 143);
    stop.abort();
  };
  process.on("SIGINT", asked).on("SIGTERM", asked);
  try {
    return await work();
  } finally {
    process.off("SIGINT", asked).off("SIGTERM", asked);
  }
}
