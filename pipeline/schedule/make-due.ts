import {relative, sep} from "node:path";
import {parsePeriod} from "../calendar/period.ts";
import type {Project} from "../config/project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import type {LedgerEntry} from "../ledger/contract.ts";
import {readLedger} from "../ledger/entries.ts";
import {knowledge} from "../ledger/knowledge.ts";
import {tellingDiskFaults} from "../run/disk-faults.ts";
import {projectPaths} from "../run/paths.ts";
import type {Published} from "../run/publish.ts";
import type {Due, MadeReport, Reckoning} from "./contract.ts";
import type {JobEffects} from "./job-effects.ts";
import {keptWords} from "./kept-words.ts";
import {waitingFor} from "./readiness.ts";

/** Who publishes what is issued automatically. */
export const publisher = "the schedule";

/** What came of the reports that were due. */
export interface MadeDue {
  readonly reports: readonly MadeReport[];
  /** What was due without what is made now; what it waits for, or failed, stays open. */
  readonly schedule: readonly Reckoning[];
  /** Whether all were looked at; else the run was to stop. */
  readonly finished: boolean;
  /** Faults of milepost's own; each stopped one report alone. */
  readonly bugs: readonly Error[];
}

interface Making {
  /** Of the ledger, as read before. */
  readonly entries: readonly LedgerEntry[];
  readonly effects: JobEffects;
  /** Whether the run still holds its lock. */
  readonly isHeld: () => Promise<boolean>;
}

/**
 * Makes the reports that are due, oldest first; one that fails stops no other. An issue that the ledger holds is made
 * already, whoever published it, and then nobody needs its draft.
 */
export async function makeDue(
  project: Project,
  schedule: readonly Reckoning[],
  {entries: read, effects, isHeld}: Making
): Promise<MadeDue> {
  const {warehouse} = projectPaths(project);
  let entries = read;
  const reports: MadeReport[] = [];
  const bugs: Error[] = [];
  const done = new Set<Due>();
  let finished = true;
  for (const {report, issue, due} of inOrder(schedule)) {
    if (effects.stopping() || !(await isHeld())) {
      finished = false;
      break;
    }
    entries = await readLedger(warehouse, entries);
    if (isIssued(entries, report, due.period)) {
      done.add(due);
      continue;
    }
    const about = {report, period: due.period, due_at: due.due_at};
    const made = await tellingDiskFaults(() => makeOne(project, {report, issue, due}, entries, effects)).catch(
      (error): Outcome => {
        if (!(error instanceof RunFailure)) bugs.push(error as Error);
        else effects.tell(error.diagnostics);
        return {...nothing, outcome: "failed", reason: keptWords(error)};
      }
    );
    reports.push({...about, ...made});
    if (made.outcome !== "waiting" && made.outcome !== "failed") done.add(due);
  }
  const open = schedule.map((one) => ({...one, open: one.open.filter((due) => !done.has(due))}));
  return {reports, schedule: open, finished, bugs};
}

type Outcome = Pick<MadeReport, "outcome" | "number" | "folder" | "reason" | "overdue">;

const nothing = {number: null, folder: null, reason: null, overdue: false};

interface Wanted {
  readonly report: string;
  readonly issue: "automatic" | null;
  readonly due: Due;
}

async function makeOne(
  project: Project,
  {report, issue, due}: Wanted,
  entries: readonly LedgerEntry[],
  effects: JobEffects
): Promise<Outcome> {
  const period = parsePeriod(due.period, project.calendar)!;
  const waiting = waitingFor(project, project.reports.get(report)!, period, knowledge(entries, null));
  if (waiting !== null) return {...nothing, outcome: "waiting", ...waiting};
  effects.progress(`${report} ${due.period}: making the ${issue === null ? "draft" : "issue"}`);
  const question = {report, asOf: null, definitions: "now" as const, period, through: null};
  const published =
    issue === null
      ? await (await import("../run/publish.ts")).makeDraft(project, question, effects)
      : await (await import("../run/publish-issue.ts")).makeIssue(project, question, publisher, effects);
  effects.tell(published.warnings);
  return {...nothing, ...outcomeOf(project, published)};
}

function outcomeOf(
  project: Project,
  {outcome, number, folder}: Published
): Pick<Outcome, "outcome" | "number" | "folder"> {
  const made = number === null ? ("drafted" as const) : ("issued" as const);
  return {
    outcome: outcome === "unchanged" ? "unchanged" : made,
    number,
    folder: relative(projectPaths(project).out, folder).split(sep).join("/")
  };
}

function isIssued(entries: readonly LedgerEntry[], report: string, period: string): boolean {
  return entries.some(
    (entry) => entry.kind === "issue" && entry.issue.report === report && entry.issue.period === period
  );
}

function inOrder(schedule: readonly Reckoning[]): Wanted[] {
  return schedule
    .flatMap(({report, issue, open}) => open.map((due) => ({report, issue, due})))
    .sort((a, b) => (a.due.due_at < b.due.due_at ? -1 : a.due.due_at > b.due.due_at ? 1 : 0));
}
