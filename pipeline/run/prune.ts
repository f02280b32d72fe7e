import {rm, stat} from "node:fs/promises";
import {join} from "node:path";
import type {IsoInstant} from "../calendar/instant.ts";
import type {Project} from "../config/project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {EntryOf, KnownLoad, LedgerEntry} from "../ledger/contract.ts";
import {storeDefinitions} from "../ledger/definitions.ts";
import {commitEntry, readLedger} from "../ledger/entries.ts";
import {knowledge} from "../ledger/knowledge.ts";
import {renamePatiently} from "../warehouse/patient-rename.ts";
import {discard, exists, placeExclusively, temporaryBeside} from "../warehouse/safe-files.ts";
import {storedProject} from "./answer.ts";
import {coveragesOf} from "./coverages.ts";
import {tellingDiskFaults} from "./disk-faults.ts";
import type {LoadEffects} from "./load-effects.ts";
import {daysBefore, oldRejects, type RejectsFile} from "./old-rejects.ts";
import {projectPaths} from "./paths.ts";
import {prunedRows} from "./pruned-rows.ts";

export interface PruneRequest {
  /** Only rejects: what the scheduled job does. Rows of loads go only when somebody asks for it. */
  readonly only?: "rejects";
  /** Says what would be deleted, and deletes nothing. */
  readonly dryRun: boolean;
}

/** The rows of one load. */
export interface PrunedRows {
  readonly id: string;
  readonly source: string;
  /** Its extract, without its folder. */
  readonly file: string;
  /** Relative to the warehouse. */
  readonly rows_file: string;
  readonly bytes: number;
}

/** What was deleted, as `prune --format json` prints it. */
export interface Pruning {
  /** `--dry-run`: nothing was deleted. */
  readonly dry_run?: true;
  /** The horizon that this sets; null where no rows of loads are deleted. */
  readonly before: IsoInstant | null;
  readonly loads: readonly PrunedRows[];
  readonly rejects: readonly RejectsFile[];
}

/** How often another process may be quicker to the ledger before we give up. */
const attempts = 5;

/**
 * Deletes what the project's `retention` does not keep: rejected records of long ago, and, where it is declared, the
 * rows of loads that decided nothing at the horizon nor at any time since. The ledger says so first; what a killed
 * pruning left is deleted by the next one. Nothing that an `--as-of` from the horizon on needs is ever deleted.
 *
 * @throws RunFailure when the disk refuses, or the definitions of then can't be read: then no load can be judged.
 */
export async function prune(
  project: Project,
  {only, dryRun}: PruneRequest,
  effects: Pick<LoadEffects, "now" | "version">
): Promise<Pruning> {
  return tellingDiskFaults(async () => {
    const {warehouse} = projectPaths(project);
    const rejects = await oldRejects(project, effects.now());
    const {loads: days} = project.settings.retention;
    const before = days === null || only === "rejects" ? null : daysBefore(effects.now(), days).toISOString();
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const entries = await readLedger(warehouse);
      const loads = before === null ? [] : await unneededLoads(project, entries, before, warehouse);
      const pruning = {before: loads.length === 0 ? null : before, loads, rejects};
      if (dryRun) return {dry_run: true, ...pruning};
      const fresh = {loads: newOf(loads, entries), rejects};
      if (fresh.loads.length > 0 || rejects.length > 0) {
        const entry = await pruningEntry(
          project,
          {...fresh, before: fresh.loads.length === 0 ? null : before},
          effects
        );
        if ((await commitEntry(warehouse, entry, entries.length)) === "taken") continue;
      }
      await deleteFiles(warehouse, pruning);
      return pruning;
    }
    throw new RunFailure([complain("ledger-busy", null, {})]);
  });
}

async function pruningEntry(
  {files, definitions, ...project}: Project,
  {before, loads, rejects}: Pruning,
  {now, version: milepost}: Pick<LoadEffects, "now" | "version">
): Promise<Omit<EntryOf<"pruning">, "sequence">> {
  await storeDefinitions(projectPaths({files, definitions, ...project}).warehouse, files, definitions);
  const pruning = {before, loads: loads.map(({id}) => id), rejects: rejects.map(({id}) => id)};
  return {kind: "pruning", at: now().toISOString(), milepost, definitions, pruning};
}

/** Loads whose rows are there, and that no question from the horizon on needs. */
async function unneededLoads(
  project: Project,
  entries: readonly LedgerEntry[],
  horizon: IsoInstant,
  warehouse: string
): Promise<Pruning["loads"]> {
  const old = entries.filter((entry): entry is EntryOf<"load"> => entry.kind === "load" && entry.at < horizon);
  const there: PrunedRows[] = [];
  const seen = new Set<string>();
  const needed = old.length === 0 ? new Set<string>() : await neededRows(project, entries, horizon);
  for (const {load} of old) {
    if (needed.has(load.rows_file) || seen.has(load.rows_file)) continue;
    seen.add(load.rows_file);
    const found = await stat(join(warehouse, load.rows_file)).catch(() => null);
    const {id, source, file, rows_file} = load;
    if (found !== null) there.push({id, source, file, rows_file, bytes: found.size});
  }
  return there;
}

/**
 * Rows files that some question from the horizon on reads: those of every load that decides any day at the horizon or
 * after any entry since, by the definitions of then or by those of now.
 */
async function neededRows(
  project: Project,
  entries: readonly LedgerEntry[],
  horizon: IsoInstant
): Promise<Set<string>> {
  const needed = new Set<string>();
  const projects = new Map<string, Project>();
  const definedBy = async (definitions: string, at: string) => {
    const known = projects.get(definitions) ?? (await storedProject(project, definitions, at));
    projects.set(definitions, known);
    return known;
  };
  let judged = "";
  const moments = [horizon, ...entries.filter(({at}) => at >= horizon).map(({at}) => at)];
  for (const moment of moments) {
    const {loads, definitions} = knowledge(entries, moment);
    const state = JSON.stringify([definitions, loads.map(({sequence}) => sequence)]);
    if (state === judged) continue;
    judged = state;
    for (const used of [project, definitions === null ? project : await definedBy(definitions, moment)]) {
      for (const file of decidingRows(used, loads)) needed.add(file);
    }
  }
  // Loaded since, whatever became of it: not older than the horizon.
  for (const entry of entries) if (entry.kind === "load" && entry.at >= horizon) needed.add(entry.load.rows_file);
  return needed;
}

function decidingRows(project: Project, loads: readonly KnownLoad[]): string[] {
  const coverages = coveragesOf(project, loads);
  const deciding = new Set([...coverages.values()].flatMap(({ownership}) => ownership.map(({load}) => load)));
  // Of a source that these definitions do not have nothing can be said.
  return loads.filter(({id, source}) => deciding.has(id) || !coverages.has(source)).map(({rows_file}) => rows_file);
}

/** Without those of which the ledger says already that they go: a killed pruning left their files. */
function newOf(loads: Pruning["loads"], entries: readonly LedgerEntry[]): Pruning["loads"] {
  const {files} = prunedRows(entries);
  return loads.filter(({rows_file}) => !files.has(rows_file));
}

/**
 * Rows are moved aside first: a load that takes the same ones up again, while we are at it, finds that they are gone
 * and puts its own there, or has its entry by now, and gets them back.
 */
async function deleteFiles(warehouse: string, {loads, rejects}: Pick<Pruning, "loads" | "rejects">): Promise<void> {
  const aside = new Map<string, string>();
  for (const {rows_file} of loads) {
    const path = join(warehouse, rows_file);
    const beside = temporaryBeside(path);
    if (!(await exists(path))) continue;
    await renamePatiently(path, beside);
    aside.set(rows_file, beside);
  }
  const {files} = prunedRows(aside.size === 0 ? [] : await readLedger(warehouse));
  for (const [rows_file, beside] of aside) {
    if (!files.has(rows_file)) await placeExclusively(beside, join(warehouse, rows_file));
    await discard(beside);
  }
  for (const {id} of rejects) await rm(join(warehouse, "rejects", `${id}.csv`), {force: true});
}
