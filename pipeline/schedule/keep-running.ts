import {occurrenceAfter} from "../calendar/cron.ts";
import {zonedMinute} from "../calendar/instant.ts";
import type {Project} from "../config/project.ts";
import type {RunRecord} from "./contract.ts";
import {nextOccurrence} from "./due.ts";
import {dailyLook} from "./late-look.ts";

/** What one turn of the schedule came to: a kept run; another one was at work; or it could not be done and that was told. */
export type Turn = RunRecord | "busy" | "failed";

export interface ScheduleEffects {
  readonly now: () => Date;
  /** Resolves after the milliseconds, or as soon as the schedule is to stop. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly stopping: () => boolean;
  /** Reads the definitions anew; null when they have a fault, which was told. */
  readonly readProject: () => Promise<Project | null>;
  readonly run: (project: Project) => Promise<Turn>;
  /** A line of talk. */
  readonly say: (line: string) => void;
}

/** Slept at most at once: a machine that was suspended or whose clock was set notices within half a minute. */
const longestSleep = 30_000;

/** Until a run that somebody else has begun is looked after again. */
const busyWait = 60_000;

/**
 * Runs the job now, for what was missed while nothing ran, and then at every occurrence of the schedule until it is to
 * stop. A run that lasts past occurrences is followed by one run for all of them. Definitions are read for each run;
 * while they have a fault, the schedule of before goes on.
 *
 * @param project As it is at the start.
 */
export async function keepRunning(project: Project, effects: ScheduleEffects): Promise<void> {
  let used = project;
  while (!effects.stopping()) {
    const began = effects.now();
    const read = await effects.readProject();
    used = read ?? used;
    const turn = read === null ? "failed" : await effects.run(read);
    if (effects.stopping()) return;
    await sleepUntilNext(used, turn, began, effects);
  }
}

async function sleepUntilNext(project: Project, turn: Turn, began: Date, effects: ScheduleEffects): Promise<void> {
  const after = (moment: Date) => nextTime(project, turn, moment);
  let next = after(began);
  effects.say(nextWords(project, turn, next));
  for (let now = effects.now(); !effects.stopping() && now < next; ) {
    await effects.sleep(Math.min(next.getTime() - now.getTime(), longestSleep));
    const woken = effects.now();
    // Where the clock was set back, what comes next may come sooner.
    if (woken < now) next = earliest([next, after(woken)]);
    now = woken;
  }
}

function nextTime(project: Project, turn: Turn, after: Date): Date {
  const {time_zone} = project.settings;
  const look =
    isOpen(turn) || project.settings.schedule.length === 0 ? occurrenceAfter(dailyLook, time_zone, after) : null;
  const again = turn === "busy" ? new Date(after.getTime() + busyWait) : null;
  return earliest([nextOccurrence(project, after), look, again].filter((time) => time !== null));
}

/** Whether something waits for an extract, or failed: then it is looked after before the schedule asks for it. */
function isOpen(turn: Turn): boolean {
  return (
    typeof turn === "string" || turn.outcome !== "done" || turn.schedule?.some(({open}) => open.length > 0) === true
  );
}

function earliest(times: readonly Date[]): Date {
  return new Date(Math.min(...times.map((time) => time.getTime())));
}

function nextWords(project: Project, turn: Turn, next: Date): string {
  const {schedule, time_zone} = project.settings;
  const before = new Date(next.getTime() - 1000);
  const due = schedule.filter(({cron}) => occurrenceAfter(cron, time_zone, before)?.getTime() === next.getTime());
  const reports = [...new Set(due.map(({report}) => report))].join(", ");
  const why =
    reports !== "" ? reports : turn === "busy" ? "when the run at work may have ended" : "extracts that come late";
  return `Next: ${zonedMinute(next.toISOString(), time_zone)}: ${why}`;
}
