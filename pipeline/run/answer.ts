import {stat} from "node:fs/promises";
import {join} from "node:path";
import type {Actuals} from "../actuals/contract.ts";
import type {AttainmentRow, Measured} from "../attainment/contract.ts";
import {measureTargets} from "../attainment/measure-targets.ts";
import {type IsoInstant, zonedMinute} from "../calendar/instant.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Period} from "../calendar/period.ts";
import type {Project, ProjectTarget, SegmentKey} from "../config/project.ts";
import {readProject} from "../config/read-project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import type {Knowledge, LedgerEntry} from "../ledger/contract.ts";
import {readLedger} from "../ledger/entries.ts";
import {knowledge} from "../ledger/knowledge.ts";
import {judge} from "../status/judge.ts";
import {countKnown, type HeldCells} from "./count-known.ts";
import {coveragesOf} from "./coverages.ts";
import {tellingDiskFaults} from "./disk-faults.ts";
import {fixedActuals} from "./fixed-actuals.ts";
import {projectPaths} from "./paths.ts";
import type {Tell} from "./progress.ts";
import {checkNotPruned, prunedRows} from "./pruned-rows.ts";

export interface Question {
  /** What was known then; null: everything. */
  readonly asOf: IsoInstant | null;
  /** With `asOf`: today's definitions, or those of the last entry known then. */
  readonly definitions: "now" | "then";
  /** The last day to count; null: the last day that every partition of a target's source covers. */
  readonly through: IsoDate | null;
  /** Without `through`: never count beyond this day, the last one of a report's period. */
  readonly until?: IsoDate | null | undefined;
  /** Only rows whose period overlaps it. */
  readonly period?: Period | null | undefined;
  readonly target?: string | null | undefined;
  /** Names of measures to count beside those of the targets asked for. */
  readonly measures?: readonly string[] | undefined;
  /** Only rows of these segments. */
  readonly segments?: readonly SegmentKey[] | null | undefined;
}

export interface Answer {
  /** With the definitions that were used; its directory is today's. */
  readonly project: Project;
  /** Absolute. */
  readonly warehouse: string;
  readonly knowledge: Knowledge;
  /** By source. */
  readonly coverages: ReadonlyMap<string, SourceCoverage>;
  /** In memory: it outlives the engine, which is closed. Holds the measures of the targets asked for, and those asked for. */
  readonly actuals: Actuals;
  /** In the order of `rows`. */
  readonly measured: readonly Measured[];
  readonly rows: readonly AttainmentRow[];
}

/**
 * Answers from what is known: the ledger folded to the moment asked for, each load's rows counted once, every
 * target held against them, every row given its status. Writes nothing that lasts.
 *
 * @param project As its files are today.
 * @param progress Told of what takes long.
 * @param read The ledger as the caller has read it: only what came since is read.
 * @throws RunFailure when the ledger is damaged, the definitions of then can't be read or lack the target, or rows that
 * are needed were pruned.
 */
export async function answer(
  project: Project,
  question: Question,
  progress: Tell = () => {},
  read: readonly LedgerEntry[] = []
): Promise<Answer> {
  return tellingDiskFaults(async () => {
    const {warehouse} = projectPaths(project);
    const entries = await readLedger(warehouse, read);
    const known = knowledge(entries, question.asOf);
    const used = await projectOf(project, known, question);
    checkNotPruned(used, known.loads, () => coveragesOf(used, known.loads), prunedRows(entries), warehouse);
    return answerKnown(used, known, question, {earlier: used !== project, progress, entries});
  });
}

export interface Answering {
  /** Whether the definitions used are of an earlier time than today's; for messages. */
  readonly earlier?: boolean;
  /** Told of what takes long. */
  readonly progress?: Tell;
  /** Given to several answers of one command, whose loads are nearly the same: each reads only what none has before it. */
  readonly cells?: HeldCells | undefined;
  /** The ledger behind the knowledge: baselines fixed at a day are read as known then. Left out: as known now. */
  readonly entries?: readonly LedgerEntry[] | undefined;
}

/**
 * Answers from the knowledge given, which need not stand in the ledger: of a load that is not committed, `rows_file`
 * leads into a scratch folder of the warehouse.
 *
 * @param used With the definitions to use.
 */
export async function answerKnown(
  used: Project,
  known: Knowledge,
  question: Omit<Question, "asOf" | "definitions">,
  {earlier = false, progress = () => {}, cells, entries}: Answering = {}
): Promise<Answer> {
  return tellingDiskFaults(async () => {
    const {warehouse} = projectPaths(used);
    const targets = targetsAsked(used, question, earlier);
    const coverages = coveragesOf(used, known.loads);
    const actuals = await countKnown(
      used,
      known.loads,
      coverages,
      warehouse,
      measuresAsked(targets, question),
      progress,
      cells
    );
    const {segments, through, until} = question;
    const asked = new Set(targets);
    // The project whole: a target may follow on one that was not asked for.
    const measured = measureTargets(used, actuals, {
      as_of: known.as_of,
      through,
      until,
      knownOn: await fixedActuals({used, targets, known, actuals, entries, warehouse, progress, cells}),
      wants: (target, segment) =>
        asked.has(target) && (segments?.some(({type, code}) => type === segment.type && code === segment.code) ?? true)
    });
    const rows = measured.map((one) => judge(one));
    return {project: used, warehouse, knowledge: known, coverages, actuals, measured, rows};
  });
}

/**
 * The project that a question is answered by: as it is today, or with the definitions of the last entry known then,
 * read from the warehouse. Its folder and paths stay today's.
 *
 * @throws RunFailure when the definitions of then can't be read by this version.
 */
export async function projectOf(
  project: Project,
  {definitions, as_of}: Knowledge,
  question: Pick<Question, "asOf" | "definitions">
): Promise<Project> {
  const same = definitions === null || definitions === project.definitions;
  if (question.asOf === null || question.definitions === "now" || same) return project;
  return storedProject(project, definitions, as_of);
}

/**
 * The project with definitions that were stored, at their own hash. Its folder and paths stay today's.
 *
 * @param as_of Time of the entry that names them; for messages.
 * @throws RunFailure when they are gone, or this version can't read them.
 */
export async function storedProject(project: Project, definitions: string, as_of: string | null): Promise<Project> {
  if (definitions === project.definitions) return project;
  const {warehouse} = projectPaths(project);
  const entry = as_of === null ? "" : zonedMinute(as_of, project.settings.time_zone);
  const stored = join(warehouse, "definitions", definitions);
  if (!(await isFolder(stored))) {
    throw new RunFailure([complain("definitions-gone", null, {definitions, entry})]);
  }
  const {project: then, diagnostics} = await readProject(stored);
  if (then !== null) {
    const settings = {...then.settings, paths: project.settings.paths};
    return {...then, directory: project.directory, settings};
  }
  const why = complain("stored-definitions", null, {definitions: definitions.slice(0, 12), entry});
  throw new RunFailure([...diagnostics, why]);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false
  );
}

function measuresAsked(targets: readonly ProjectTarget[], {measures = []}: Pick<Question, "measures">): Set<string> {
  return new Set([...targets.flatMap(measuresOf), ...measures]);
}

/** The measure, and those whose completion sets its due day. */
function measuresOf({measure, due, revisions}: ProjectTarget): string[] {
  const dues = [due, ...revisions.map((revision) => revision.due)];
  return [measure, ...dues.flatMap((one) => (one?.kind === "event" ? [one.measure] : []))];
}

function targetsAsked(
  {targets, plans}: Project,
  {target, period}: Pick<Question, "target" | "period">,
  earlier: boolean
): ProjectTarget[] {
  const named = targets.filter((one) => target == null || isNamed(one, target));
  if (target != null && named.length === 0) {
    const unmeasured = plans.flatMap(({milestones}) => milestones).find(({milestone}) => milestone === target);
    const known = targets.map((one) => one.target);
    const why =
      unmeasured === undefined
        ? complain("unknown-target", null, {target, known, earlier})
        : complain("milestone-not-measured", null, {
            milestone: target,
            title: unmeasured.title,
            why: unmeasured.not_measured ?? null
          });
    throw new RunFailure([why], 2);
  }
  const own = named.filter((one) => one.target === target);
  return (own.length > 0 ? own : named).filter((one) => period == null || overlaps(one.period, period));
}

/** By its own id, or by that of its milestone, which may have several targets. */
function isNamed({target, milestone}: ProjectTarget, name: string): boolean {
  return target === name || milestone?.milestone === name;
}

function overlaps(a: Period, b: Period): boolean {
  return a.from <= b.to && b.from <= a.to;
}
