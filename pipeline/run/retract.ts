import {mkdir} from "node:fs/promises";
import {zonedMinute} from "../calendar/instant.ts";
import type {Project} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {changedMonths} from "../facts/months.ts";
import type {Effect, EntryOf, LedgerEntry, Receipt} from "../ledger/contract.ts";
import {readLedger} from "../ledger/entries.ts";
import {knowledge} from "../ledger/knowledge.ts";
import type {Engine} from "../warehouse/engine.ts";
import {discard} from "../warehouse/safe-files.ts";
import {tellingDamagedRows} from "./check-rows.ts";
import {coveragesOf} from "./coverages.ts";
import {tellingDiskFaults} from "./disk-faults.ts";
import {findLoad} from "./find-load.ts";
import type {LoadEffects} from "./load-effects.ts";
import {type LoadStore, lastingStore, passingStore} from "./load-store.ts";
import {projectPaths} from "./paths.ts";
import {checkNotPruned, prunedRows} from "./pruned-rows.ts";
import {makeScratch, withEngine} from "./scratch.ts";
import {effectsTeller} from "./target-effects.ts";

export interface RetractRequest {
  /** Its id, or the first digits of it that no other load has. */
  readonly load: string;
  readonly reason: string;
  readonly by: string | null;
  /** Answers what it would change, and keeps nothing. */
  readonly dryRun: boolean;
}

/** What a retraction did, as `retract --format json` prints it. */
export interface Retracted {
  readonly outcome: "retracted";
  /** `--dry-run`: nothing was kept. */
  readonly dry_run?: true;
  readonly load: string;
  readonly source: string;
  readonly file: string;
  readonly reason: string;
  readonly by: string | null;
  /** Rows of the source that are counted no more, otherwise, or again, by month. */
  readonly months: Receipt["months"];
  /** As of a load; null where it could not be worked out. */
  readonly effects: Effect[] | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** How often another process may be quicker to the ledger before we give up. */
const attempts = 5;

/**
 * Takes a load back: an entry in the ledger, from which on the load is as if it had never been. Its rows stay, so that
 * every moment before still answers as it did. What it changes in the source and in the targets is worked out before.
 *
 * @throws RunFailure when there is no such load, it does not count any more, or what would count in its stead is gone.
 */
export async function retractLoad(
  project: Project,
  request: RetractRequest,
  effects: Pick<LoadEffects, "now" | "version" | "progress">
): Promise<Retracted> {
  return tellingDiskFaults(async () => {
    const {warehouse} = projectPaths(project);
    const entry = standing(await readLedger(warehouse), request.load, project);
    if (!request.dryRun) {
      return withEngine(warehouse, (engine) =>
        commitRetraction(project, entry, request, {engine, effects, store: lastingStore(project, warehouse)})
      );
    }
    await mkdir(warehouse, {recursive: true});
    const scratch = await makeScratch(warehouse);
    try {
      const store = await passingStore(warehouse, scratch);
      const retracted = await withEngine(warehouse, (engine) =>
        commitRetraction(project, entry, request, {engine, effects, store})
      );
      const {outcome, ...told} = retracted;
      return {outcome, dry_run: true, ...told};
    } finally {
      await discard(scratch);
    }
  });
}

/** The load that is asked for, where it counts. */
function standing(entries: readonly LedgerEntry[], given: string, {settings}: Project): EntryOf<"load"> {
  const entry = findLoad(entries, given);
  const {id, source, sha256} = entry.load;
  const {loads, retracted} = knowledge(entries, null);
  if (loads.some((one) => one.source === source && one.id === id)) return entry;
  const readings = loads.filter((one) => one.source === source && one.sha256 === sha256);
  const former = retracted.find((one) => one.source === source && one.id === id)?.retraction;
  const [later] = readings;
  if (former !== undefined) {
    const on = zonedMinute(former.at, settings.time_zone);
    throw new RunFailure([complain("already-retracted", null, {load: id, on, reason: former.reason})]);
  }
  throw new RunFailure([complain("load-read-again", null, {load: id, later: later?.id ?? null})]);
}

interface Committing {
  readonly engine: Engine;
  readonly store: LoadStore;
  readonly effects: Pick<LoadEffects, "now" | "version" | "progress">;
}

async function commitRetraction(
  project: Project,
  asked: EntryOf<"load">,
  {reason, by}: RetractRequest,
  {engine, store, effects}: Committing
): Promise<Retracted> {
  const {id, source, file} = asked.load;
  await store.keepDefinitions();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const entries = await store.entries();
    const {load} = standing(entries, id, project);
    const base = {at: effects.now().toISOString(), milepost: effects.version, definitions: project.definitions};
    const retraction = {load: id, source, file, reason, by, months: [], effects: null};
    const pending = {sequence: entries.length + 1, ...base, kind: "retraction" as const, retraction};
    const without = knowledge([...entries, pending], null);
    checkNotPruned(
      project,
      without.loads,
      () => coveragesOf(project, without.loads),
      prunedRows(entries),
      store.warehouse
    );
    effects.progress(`${file}: what changes without load ${id}`);
    const months = await changes(project, source, entries, pending, {engine, store});
    const told = await effectsTeller(project, {source, file}, store)(entries, [...entries, pending]);
    const changed = {months, effects: told.effects};
    const entry = {...base, kind: "retraction" as const, retraction: {...retraction, ...changed}};
    if ((await store.commit(entry, entries.length)) === "taken") continue;
    const back = without.loads.find((one) => one.source === source && one.sha256 === load.sha256);
    const notes = back === undefined ? [] : [complain("earlier-reading", null, {load: id, back: back.id}, "warning")];
    const diagnostics = [...notes, ...told.diagnostics];
    return {outcome: "retracted", load: id, source, file, reason, by, ...changed, diagnostics};
  }
  throw new RunFailure([complain("ledger-busy", null, {})]);
}

/** By month; nothing where the project has no such source any more. */
async function changes(
  project: Project,
  name: string,
  entries: readonly LedgerEntry[],
  pending: LedgerEntry,
  {engine, store: {warehouse}}: Pick<Committing, "engine" | "store">
): Promise<Receipt["months"]> {
  const source = project.sources.get(name);
  if (source === undefined) return [];
  const loadsOf = (of: readonly LedgerEntry[]) => knowledge(of, null).loads.filter((one) => one.source === name);
  const [before, after] = [loadsOf(entries), loadsOf([...entries, pending])];
  return tellingDamagedRows(before, warehouse, async () => [
    ...(await changedMonths(engine, project, source, before, after, warehouse))
  ]);
}
