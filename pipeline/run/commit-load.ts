import {join} from "node:path";
import {dayOf} from "../calendar/instant.ts";
import type {Project} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {formatCounted, formatShare} from "../format/numbers.ts";
import type {Approval, KnownLoad, Load, Receipt} from "../ledger/contract.ts";
import {answersFor, knowledge} from "../ledger/knowledge.ts";
import type {Engine} from "../warehouse/engine.ts";
import {appendFaults} from "./append-faults.ts";
import {beyondLimit, movedWords} from "./closed-months.ts";
import {freshnessComplaints} from "./freshness.ts";
import {type ChangesTeller, changesTeller} from "./load-changes.ts";
import type {LoadEffects} from "./load-effects.ts";
import {type LoadStore, pathIn} from "./load-store.ts";
import {type Accepted, formerOf, type Placed, pendingEntry} from "./pending-load.ts";
import {loadedReceipt, refusedForApproval, refusedTogether, unchangedReceipt} from "./receipts.ts";
import {targetsOver} from "./source-targets.ts";
import {isSynthetic} from "./synthetic.ts";
import {effectsTeller, type TargetEffects} from "./target-effects.ts";

interface Committing {
  readonly engine: Engine;
  readonly store: LoadStore;
  readonly effects: LoadEffects;
  /** Loads that the extracts were held against when they were accepted. */
  readonly known: readonly KnownLoad[];
  /** Given with the command: who answers for closed months that move; null: nobody. */
  readonly approval: Approval | null;
}

/**
 * Makes the extracts of one source loads, in the order given: stores rows, rejects and definitions, works out what all
 * of them change in the targets, then commits an entry for each. The effects stand on the last. When another process
 * commits first, what a load changes is worked out anew over what is known then. One that needs an approval that was
 * not given is refused, and nothing of it is stored but its rejects.
 *
 * @returns Receipts in the order of the extracts.
 */
export async function commitLoads(
  project: Project,
  accepted: readonly Accepted[],
  committing: Committing
): Promise<Receipt[]> {
  const {engine, store, effects} = committing;
  const [first] = accepted;
  if (first === undefined) return [];
  const {source} = first.read.extract;
  const tellChanges = changesTeller(project, source, engine, store);
  const refused = await refuseUnapproved(project, accepted, tellChanges, committing);
  const placed: Placed[] = [];
  for (const one of accepted.filter((one) => !refused.has(one))) {
    effects.progress(
      `${one.read.extract.name}: ${store.lasts ? "storing" : "comparing"} ${formatCounted(one.outcome.kept, "row")}`
    );
    placed.push(await place(one, store));
  }
  const last = placed.at(-1);
  const receipts = new Map<Accepted["read"], Receipt>();
  if (last !== undefined) {
    await store.keepDefinitions();
    const file = last.read.extract.name;
    if (targetsOver(project, source.source).length > 0) {
      effects.progress(`${source.source}: what changes in the targets`);
    }
    const tell = effectsTeller(project, {source: source.source, file}, store);
    const command = {...committing, project, tell, tellChanges, own: new Set<number>()};
    while (receipts.size < placed.length) {
      const receipt = await commitFirst(placed.slice(receipts.size), command);
      if (receipt !== "taken") receipts.set(placed[receipts.size]!.read, receipt);
    }
  }
  return accepted.map((one) => refused.get(one) ?? receipts.get(one.read)!);
}

/**
 * Refuses the extracts that move closed months by more than the project lets pass, where nobody answers for it. Before
 * anything of the others is stored: what they change in the targets is told without these.
 */
async function refuseUnapproved(
  project: Project,
  accepted: readonly Accepted[],
  {changes}: ChangesTeller,
  {store, approval, effects}: Committing
): Promise<ReadonlyMap<Accepted, Receipt>> {
  const refused = new Map<Accepted, Receipt>();
  if (approval !== null || project.settings.loads.approve_above === undefined) return refused;
  let entries = await store.entries();
  for (const one of accepted) {
    effects.progress(`${one.read.extract.name}: comparing ${formatCounted(one.outcome.kept, "row")}`);
    const rows = {rows_file: pathIn(store.warehouse, one.outcome.rowsFile), rows_sha256: one.outcome.sha256};
    const unplaced = {...one, rows, synthetic: false, rejected: []};
    const pending = pendingEntry(project, unplaced, knowledge(entries, null).loads, entries.length + 1, effects);
    const {closed} = await changes(pending, entries);
    const fault = approvalFault(project, one, closed);
    if (fault === null) entries = [...entries, pending];
    else refused.set(one, await refusedForApproval(store, one.read, one.outcome, closed, fault));
  }
  return refused;
}

/** Null where a load may be committed without anybody's word. */
function approvalFault(project: Project, {read}: Accepted, closed: Receipt["closed"]): Diagnostic | null {
  const months = beyondLimit(project, closed);
  if (months.length === 0) return null;
  const limit = project.settings.loads.approve_above ?? 0;
  return complain(
    "needs-approval",
    {file: read.extract.name},
    {limit: formatShare(limit), months: months.map(movedWords)}
  );
}

interface Command extends Committing {
  readonly project: Project;
  readonly tell: ReturnType<typeof effectsTeller>;
  readonly tellChanges: ChangesTeller;
  /** Numbers of the entries that this command has committed of the source. */
  readonly own: Set<number>;
}

/** Commits the first of the extracts that are left; "taken" when another process has committed its number. */
async function commitFirst(left: readonly Placed[], command: Command): Promise<Receipt | "taken"> {
  const {project, store, effects, own, tell, tellChanges} = command;
  const [one] = left as [Placed, ...Placed[]];
  const entries = await store.entries();
  const {loads} = knowledge(entries, null);
  const entryOf = (placed: Placed, index = 0) =>
    pendingEntry(project, placed, loads, entries.length + 1 + index, effects);
  // Worked out before the first is committed; for the last again, but only if others have loaded something since.
  const isLast = left.length === 1;
  let told = nothingTold;
  if (own.size === 0 || isLast) {
    const without = entries.filter(({sequence}) => !own.has(sequence));
    told = await tell(without, [...entries, ...left.map(entryOf)]);
  }
  const {effects: changed, diagnostics} = isLast ? told : nothingTold;
  const former = formerOf(one, loads);
  // Another process may have loaded it in the meantime.
  if (former !== undefined && answersFor(former, one.read.definition, one.read.coversSaid)) {
    return {...unchangedReceipt(one.read.extract.name, former.receipt), effects: own.size === 0 ? null : changed};
  }
  const rowsFile = join(store.warehouse, one.rows.rows_file);
  const asked = new Set(command.known.map(({sequence}) => sequence));
  const since = loads.filter(({sequence}) => !asked.has(sequence));
  const repeats = await appendFaults(command.engine, one, rowsFile, since, store.warehouse);
  // As with an approval: only what another process has committed since can have brought it about.
  if (repeats.length > 0) return refusedTogether(store, one.read, one.outcome, repeats);
  const pending = entryOf(one);
  const changes = await tellChanges.changes(pending, entries);
  const fault = approvalFault(project, one, changes.closed);
  if (fault !== null && command.approval === null) {
    // Let pass before: what another process has committed since brought it about.
    return refusedForApproval(store, one.read, one.outcome, changes.closed, fault);
  }
  const notes = await tellChanges.notes(one, pending, entries);
  const approved = fault === null ? null : command.approval;
  const fresh = isLast ? freshnessOf(project, one, [...loads, pending.load], effects) : [];
  const said = [...notes, ...fresh, ...diagnostics];
  const receipt = loadedReceipt(one.read, one.outcome, {...changes, approved}, changed, said);
  const {sequence, ...entry} = {...pending, receipt};
  const committed = await store.commit(entry, sequence - 1);
  if (committed === "taken") return "taken";
  own.add(committed.sequence);
  return receipt;
}

/** Told once a command and source, when all its extracts are known. */
function freshnessOf(
  {settings}: Project,
  {read: {extract}}: Accepted,
  loads: readonly Load[],
  {now}: LoadEffects
): Diagnostic[] {
  const ofSource = loads.filter(({source}) => source === extract.source.source);
  return freshnessComplaints(extract.source, ofSource, extract.name, dayOf(now(), settings.time_zone));
}

const nothingTold: TargetEffects = {effects: null, diagnostics: []};

async function place({read, outcome}: Accepted, store: LoadStore): Promise<Placed> {
  const {name, path, source} = read.extract;
  return {
    read,
    outcome,
    synthetic: await isSynthetic(path, outcome.sha256),
    rows: await store.placeRows(source.source, read.load, outcome.rowsFile),
    rejected: await store.keepRejects(read.load, name, outcome)
  };
}
