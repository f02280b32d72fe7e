import {dayOf} from "../calendar/instant.ts";
import {columnDrift} from "../changes/drift.ts";
import type {Project, ProjectSource} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {coverageOf} from "../facts/coverage.ts";
import {changedRows} from "../facts/months.ts";
import type {EntryOf, Knowledge, KnownLoad, LedgerEntry, Load, Receipt} from "../ledger/contract.ts";
import {knowledge} from "../ledger/knowledge.ts";
import type {Engine} from "../warehouse/engine.ts";
import {tellingDamagedRows} from "./check-rows.ts";
import {closedMonths} from "./closed-months.ts";
import {lateNotes} from "./displaced.ts";
import type {LoadStore} from "./load-store.ts";
import {formerOf, type Placed} from "./pending-load.ts";

/** What one load changes in its source over the entries before it. */
export type LoadChanges = Pick<Receipt, "months" | "moved_keys" | "closed" | "drift">;

/** Tells what loads of one command change, over entries that need not be committed yet. */
export interface ChangesTeller {
  /** Worked out once a load, and again only when other entries were committed in between. */
  changes(pending: EntryOf<"load">, entries: readonly LedgerEntry[]): Promise<LoadChanges>;
  /** What must be said of it beside: where its rejects stand, what it replaces, what it came too late for. */
  notes(one: Placed, pending: EntryOf<"load">, entries: readonly LedgerEntry[]): Promise<Diagnostic[]>;
}

export function changesTeller(
  project: Project,
  source: ProjectSource,
  engine: Engine,
  {warehouse}: Pick<LoadStore, "warehouse">
): ChangesTeller {
  const told = new Map<string, {readonly over: number; readonly changes: LoadChanges}>();
  const known = (entries: readonly LedgerEntry[]) => {
    const {loads, retracted} = knowledge(entries, null);
    return {loads: loads.filter((load) => load.source === source.source), retracted};
  };
  const changesOver = async ({load, receipt}: EntryOf<"load">, before: KnownLoad[], after: KnownLoad[]) => {
    const {months, moved_keys} = await changedRows(engine, project, source, before, after, warehouse);
    const last = before.at(-1);
    return {
      months,
      moved_keys,
      closed: await closedMonths(engine, project, source, load, before, months, warehouse),
      drift: columnDrift(last === undefined ? null : last.receipt.columns, receipt.columns)
    };
  };
  return {
    changes: async (pending, entries) => {
      const {id} = pending.load;
      const former = told.get(id);
      if (former?.over === entries.length) return former.changes;
      const [{loads: before}, {loads: after}] = [known(entries), known([...entries, pending])];
      const changes = await tellingDamagedRows(after, warehouse, () => changesOver(pending, before, after));
      told.set(id, {over: entries.length, changes});
      return changes;
    },
    notes: async (one, pending, entries) => {
      const {load} = pending;
      const [before, {loads: after}] = [known(entries), known([...entries, pending])];
      const {ownership} = coverageOf(project.roster, source, after, project.settings.time_zone);
      return [
        ...one.rejected,
        ...loadedAnewNotes(project, load, before.retracted),
        ...readAgainNotes(project, load, formerOf(one, before.loads)),
        ...lateNotes(source, load, after, ownership, project.settings.time_zone)
      ];
    }
  };
}

function loadedAnewNotes({settings}: Project, load: Load, retracted: Knowledge["retracted"]): Diagnostic[] {
  const former = retracted.findLast(({source, sha256}) => source === load.source && sha256 === load.sha256);
  if (former === undefined) return [];
  const {at, reason} = former.retraction;
  const parameters = {load: former.id, on: dayOf(new Date(at), settings.time_zone), reason};
  return [complain("loaded-anew", {file: load.file}, parameters, "note")];
}

function readAgainNotes({settings}: Project, load: Load, former: KnownLoad | undefined): Diagnostic[] {
  if (former === undefined) return [];
  const parameters = {
    former: former.id,
    loaded: dayOf(new Date(former.at), settings.time_zone),
    redefined: former.definition !== load.definition,
    said: load.covers_said?.join("..") ?? null
  };
  return [complain("read-again", {file: load.file}, parameters, "note")];
}
