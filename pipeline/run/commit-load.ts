import {dayOf} from "../calendar/instant.ts";
import type {Project} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {ReadExtract} from "../extract/contract.ts";
import {coverageOf} from "../facts/coverage.ts";
import {keptColumns} from "../facts/known.ts";
import {type ChangedMonth, changedMonths} from "../facts/months.ts";
import {type SharedKeys, sharedKeys} from "../facts/shared-keys.ts";
import type {KnownLoad, LedgerEntry, Load, Receipt} from "../ledger/contract.ts";
import {answersFor, knowledge} from "../ledger/knowledge.ts";
import type {Engine} from "../warehouse/engine.ts";
import {tellingDamagedRows} from "./check-rows.ts";
import {lateNotes} from "./displaced.ts";
import type {LoadEffects} from "./load-effects.ts";
import type {LoadStore} from "./load-store.ts";
import type {ReadAnew} from "./read-extracts.ts";
import {loadedReceipt, unchangedReceipt} from "./receipts.ts";
import {targetsOver} from "./source-targets.ts";
import {isSynthetic} from "./synthetic.ts";
import {effectsTeller, type TargetEffects} from "./target-effects.ts";

/** An extract that was read, checked with the others of its command, and is to become a load. */
export interface Accepted {
  readonly read: ReadAnew;
  readonly outcome: ReadExtract;
}

interface Committing {
  readonly engine: Engine;
  readonly store: LoadStore;
  readonly effects: LoadEffects;
}

type LoadEntry = Extract<LedgerEntry, {kind: "load"}>;

/** An extract whose rows have their place; no entry names them yet. */
interface Placed extends Accepted {
  readonly rows: Pick<Load, "rows_file" | "rows_sha256">;
  readonly synthetic: boolean;
  /** Says where its rejects stand. */
  readonly rejected: readonly Diagnostic[];
}

/**
 * Makes the extracts of one source loads, in the order given: stores rows, rejects and definitions, works out what all
 * of them change in the targets, then commits an entry for each. The effects stand on the last. When another process
 * commits first, what a load changes is worked out anew over what is known then.
 *
 * @returns Receipts in the order of the extracts.
 */
export async function commitLoads(
  project: Project,
  accepted: readonly Accepted[],
  {engine, store, effects}: Committing
): Promise<Receipt[]> {
  const placed: Placed[] = [];
  for (const one of accepted) {
    effects.progress(
      `${one.read.extract.name}: ${store.lasts ? "storing" : "comparing"} ${one.outcome.kept.toLocaleString("en-US")} rows`
    );
    placed.push(await place(one, store));
  }
  const last = placed.at(-1);
  if (last === undefined) return [];
  await store.keepDefinitions();
  const {name: file, source} = last.read.extract;
  if (targetsOver(project, source.source).length > 0) effects.progress(`${source.source}: what changes in the targets`);
  const tell = effectsTeller(project, {source: source.source, file}, store);
  const command = {project, engine, store, effects, tell, own: new Set<number>()};
  const receipts: Receipt[] = [];
  while (receipts.length < placed.length) {
    const receipt = await commitFirst(placed.slice(receipts.length), command);
    if (receipt !== "taken") receipts.push(receipt);
  }
  return receipts;
}

interface Command extends Committing {
  readonly project: Project;
  readonly tell: ReturnType<typeof effectsTeller>;
  /** Numbers of the entries that this command has committed of the source. */
  readonly own: Set<number>;
}

/** Commits the first of the extracts that are left; "taken" when another process has committed its number. */
async function commitFirst(left: readonly Placed[], command: Command): Promise<Receipt | "taken"> {
  const {project, store, effects, own, tell} = command;
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
  const pending = entryOf(one);
  const {months, notes} = await overKnown(one, entries, pending, command);
  const receipt = loadedReceipt(one.read, one.outcome, months, changed, [...notes, ...diagnostics]);
  const {sequence, ...entry} = {...pending, receipt};
  const committed = await store.commit(entry, sequence - 1);
  if (committed === "taken") return "taken";
  own.add(committed.sequence);
  return receipt;
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

/** The reading of the same extract that is known. */
function formerOf({read, outcome}: Accepted, loads: readonly KnownLoad[]): KnownLoad | undefined {
  const {source} = read.extract.source;
  return loads.find((load) => load.source === source && load.sha256 === outcome.sha256);
}

/** The entry of an extract as it would be committed now; its receipt does not say yet what it changes. */
function pendingEntry(
  {definitions}: Project,
  placed: Placed,
  loads: readonly KnownLoad[],
  sequence: number,
  {now, version: milepost}: LoadEffects
): LoadEntry {
  const {read, outcome} = placed;
  const load = loadOf(placed, formerOf(placed, loads));
  const receipt = loadedReceipt(read, outcome, [], null, []);
  return {sequence, at: now().toISOString(), milepost, definitions, kind: "load", load, receipt};
}

function loadOf({read, outcome, rows, synthetic}: Placed, former: KnownLoad | undefined): Load {
  return {
    id: read.load,
    source: read.extract.source.source,
    file: read.extract.name,
    sha256: outcome.sha256,
    bytes: outcome.bytes,
    definition: read.definition,
    ...rows,
    extracted: outcome.extracted,
    covered: outcome.covered.map(({partition, days}) => ({
      partition,
      days: days.map(([from, to]) => [from, to] as const)
    })),
    covers_said: read.coversSaid === null ? null : [...read.coversSaid],
    columns: heldColumns(read, outcome),
    kept: outcome.kept,
    synthetic,
    replaces: former?.id ?? null
  };
}

/** Declared columns that were found and are kept, in the source's order. */
function heldColumns({extract}: ReadAnew, {columns}: ReadExtract): string[] {
  const mapped = new Set(columns.mapped.map(({column}) => column));
  return keptColumns(extract.source).filter((name) => mapped.has(name));
}

/** What one load changes in its source over the entries before it: rows by month, and what must be said of it. */
async function overKnown(
  one: Placed,
  entries: readonly LedgerEntry[],
  pending: LoadEntry,
  {project, engine, store: {warehouse}}: Command
): Promise<{readonly months: readonly ChangedMonth[]; readonly notes: readonly Diagnostic[]}> {
  const {source} = one.read.extract;
  const {load} = pending;
  const loadsOf = (known: readonly LedgerEntry[]) =>
    knowledge(known, null).loads.filter((one) => one.source === source.source);
  const [before, after] = [loadsOf(entries), loadsOf([...entries, pending])];
  const {ownership} = coverageOf(project.roster, source, after, project.settings.time_zone);
  return tellingDamagedRows(after, warehouse, async () => ({
    months: await changedMonths(engine, project, source, before, after, warehouse),
    notes: [
      ...one.rejected,
      ...readAgainNotes(project, load, formerOf(one, before)),
      ...lateNotes(source, load, ownership),
      ...sharedKeyWarnings(load, await sharedKeys(engine, source, after, ownership, load.id, warehouse))
    ]
  }));
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

function sharedKeyWarnings({file}: Load, shared: SharedKeys | null): Diagnostic[] {
  if (shared === null || shared.keys === 0) return [];
  return [complain("key-stands-twice", {file}, {keys: shared.keys, example: shared.example ?? ""}, "warning")];
}
