import type {Project} from "../config/project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {readLedger} from "../ledger/entries.ts";
import {tellingDiskFaults} from "../run/disk-faults.ts";
import {finishIssues} from "../run/finish-issue.ts";
import {oldRejects} from "../run/old-rejects.ts";
import {projectPaths} from "../run/paths.ts";
import type {NewRecord, Reckoning, RunRecord} from "./contract.ts";
import {reckon} from "./due.ts";
import type {JobEffects} from "./job-effects.ts";
import {keptWords} from "./kept-words.ts";
import {loadInbox} from "./load-inbox.ts";
import {makeDue} from "./make-due.ts";
import {type LockHolder, type RunLock, takeRunLock} from "./run-lock.ts";
import {keepKilled, keepRecord, lastReckoning} from "./run-records.ts";

export type JobOutcome =
  /** Another run is at work: nothing was done. */
  | {readonly kind: "busy"; readonly holder: LockHolder}
  | {
      readonly kind: "ran";
      readonly record: RunRecord;
      /** Faults of milepost's own that stopped a step; the others were done. */
      readonly bugs: readonly Error[];
    };

/**
 * The scheduled job: loads what is new in the inbox, then makes every report that is due, and keeps what came of it.
 * One runs at a time. It may be stopped at any moment: the next one goes on from what lasts, makes no issue twice and
 * loses none.
 *
 * @param project Read for this run.
 * @param how Who started it; for the record.
 * @throws RunFailure when the ledger or the kept runs are damaged, or the disk refuses.
 */
export async function runJob(project: Project, how: RunRecord["how"], effects: JobEffects): Promise<JobOutcome> {
  return tellingDiskFaults(async () => {
    const {warehouse} = projectPaths(project);
    const run = {id: effects.newId(), how, started: effects.now().toISOString()};
    const lock = await takeRunLock(warehouse, run, (dead) => keepKilled(warehouse, dead));
    if (!("release" in lock)) return {kind: "busy", holder: lock};
    const keep = (came: Came) =>
      keepRecord(warehouse, {...run, milepost: effects.version, ended: effects.now().toISOString(), ...came});
    try {
      const {bugs, ...came} = await tellingDiskFaults(() => work(project, lock, effects));
      return {kind: "ran", record: await keep(came), bugs};
    } catch (error) {
      // What stops a run is told by whoever started it; that it did stop is kept, if the disk lets it.
      await keep({...nothing, problems: [keptWords(error)]}).catch(() => {});
      throw error;
    } finally {
      await lock.release();
    }
  });
}

const nothing = {outcome: "failed" as const, extracts: [], ignored: [], unchanged: 0, reports: [], schedule: null};

type Came = Omit<NewRecord, "id" | "how" | "started" | "ended" | "milepost">;

async function work(project: Project, lock: RunLock, effects: JobEffects): Promise<Came & {bugs: readonly Error[]}> {
  const {warehouse, out} = projectPaths(project);
  const entries = await readLedger(warehouse);
  await finishIssues(out, entries);
  const former = await lastReckoning(warehouse);
  const {bug, ...inbox} = await loadInbox(project, entries, effects);
  inbox.problems.push(...(await pruneRejects(project, effects)));
  const due: readonly Reckoning[] = reckon(project, former, effects.now());
  const {reports, schedule, finished, bugs} = await makeDue(project, due, {
    entries,
    effects,
    isHeld: lock.isHeld
  });
  const failed =
    inbox.problems.length > 0 ||
    inbox.extracts.some(({outcome}) => outcome === "refused") ||
    reports.some(({outcome}) => outcome === "failed");
  const problems = [...inbox.problems];
  if (!finished) problems.push("The run was told to stop; the next one goes on from here.");
  return {
    ...inbox,
    outcome: finished ? (failed ? "failed" : "done") : "stopped",
    reports: [...reports],
    problems,
    schedule: [...schedule],
    bugs: bug === null ? bugs : [bug, ...bugs]
  };
}

/** Deletes rejects that are not kept any longer. Where that fails, reports are made all the same. */
async function pruneRejects(project: Project, effects: JobEffects): Promise<string[]> {
  try {
    if ((await oldRejects(project, effects.now())).length === 0) return [];
    effects.progress("deleting rejected records that are not kept any longer");
    const {prune} = await import("../run/prune.ts");
    await prune(project, {only: "rejects", dryRun: false}, effects);
    return [];
  } catch (error) {
    if (!(error instanceof RunFailure)) throw error;
    effects.tell(error.diagnostics);
    return error.diagnostics.map(({message}) => message);
  }
}
