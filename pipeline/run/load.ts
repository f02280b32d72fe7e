import {join} from "node:path";
import type {DayRange} from "../calendar/day-set.ts";
import {dayOf} from "../calendar/instant.ts";
import type {Project, ProjectSource} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import type {Ownership} from "../facts/contract.ts";
import {partitionsOf} from "../facts/coverage.ts";
import {ownershipOf} from "../facts/ownership.ts";
import type {Approval, Knowledge, Receipt} from "../ledger/contract.ts";
import {knowledge} from "../ledger/knowledge.ts";
import {type Engine, openEngine} from "../warehouse/engine.ts";
import {appendFaults} from "./append-faults.ts";
import {commitLoads} from "./commit-load.ts";
import {contradictionFaults} from "./contradictions.ts";
import {tellingDiskFaults} from "./disk-faults.ts";
import {displacedNotes} from "./displaced.ts";
import {type Extract, extractsToLoad, type Wanted} from "./inbox.ts";
import {sweepWarehouse} from "./leftovers.ts";
import type {LoadEffects} from "./load-effects.ts";
import {type LoadStore, lastingStore, passingStore} from "./load-store.ts";
import {mendRows} from "./mend-rows.ts";
import {otherNameNotes} from "./other-names.ts";
import {overlapFaults} from "./overlaps.ts";
import {projectPaths} from "./paths.ts";
import type {Accepted} from "./pending-load.ts";
import {type ExtractRead, type KnownExtract, type RetractedExtract, readExtracts} from "./read-extracts.ts";
import {dryReceipt, refusedReceipt, refusedTogether, unchangedReceipt} from "./receipts.ts";
import {retractedNote} from "./retracted.ts";
import {closeScratch, openScratch, readByEngine} from "./scratch.ts";
import {askVolume} from "./volume.ts";

export interface LoadRequest extends Wanted {
  /** `--covers`: said by hand for all files of the command. */
  readonly covers: DayRange | null;
  /** `--approve`: who answers for closed months that move by more than the project lets pass; left out: nobody. */
  readonly approval?: Approval | null;
  /** Answers what a load would, and keeps nothing. */
  readonly dryRun?: boolean;
}

export interface LoadAnswer {
  /** One for each file, in the order of the files. */
  readonly receipts: readonly Receipt[];
  /** What belongs to no file that was read: names in the inbox that match no source. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Loads extracts into the warehouse. Each file wholly or not at all; a refused one does not stop the others. Files of
 * one command and source are checked together, and what they change in the targets is worked out, before the first of
 * them is committed.
 *
 * Everything is made in a scratch folder of the warehouse. What lasts is synced before the ledger entry that names
 * it, so that a stop at any moment leaves the state before or after a whole load.
 *
 * @throws RunFailure when nothing can be loaded: a file that is not there, a damaged ledger, a full disk.
 */
export async function loadExtracts(project: Project, request: LoadRequest, effects: LoadEffects): Promise<LoadAnswer> {
  return tellingDiskFaults(async () => {
    const {inbox, warehouse} = projectPaths(project);
    const {extracts, warnings} = await extractsToLoad(project, request, {inbox, cwd: effects.cwd});
    if (extracts.length === 0) return {receipts: [], warnings};
    const dryRun = request.dryRun === true;
    const scratch = await openScratch(warehouse);
    if (!dryRun) await sweepWarehouse(warehouse);
    try {
      const engine = await openEngine({
        temporary: join(scratch.folder, "engine"),
        reads: [...extracts.map(({path}) => path), ...readByEngine(warehouse)],
        writes: [scratch.folder]
      });
      try {
        const store = dryRun ? await passingStore(warehouse, scratch.folder) : lastingStore(project, warehouse);
        const receipts = await loadAll(project, extracts, {request, effects, store, scratch: scratch.folder, engine});
        return {receipts: dryRun ? receipts.map(dryReceipt) : receipts, warnings};
      } finally {
        engine.close();
      }
    } finally {
      await closeScratch(warehouse, scratch);
    }
  });
}

interface Surroundings {
  readonly request: LoadRequest;
  readonly effects: LoadEffects;
  readonly store: LoadStore;
  readonly scratch: string;
  readonly engine: Engine;
}

async function loadAll(
  project: Project,
  extracts: readonly Extract[],
  {request, effects, store, scratch, engine}: Surroundings
): Promise<Receipt[]> {
  const known = knowledge(await store.entries(), null);
  const today = dayOf(effects.now(), project.settings.time_zone);
  const reading = {engine, scratch, today, named: request.files !== null, progress: effects.progress};
  const reads = await readExtracts(project, extracts, known, {...reading, covers: request.covers});
  // Only of files that are named: the rows of a whole inbox are more than a scheduled run may read.
  const mended = request.files === null ? null : await mendRows(project, reads, store, reading);
  const overlaps = overlapFaults(reads);
  const contradictions = await contradictionFaults(engine, reads, overlaps);
  const ownership = ownershipBySource(project, known);
  const receipts = new Map<ExtractRead, Receipt>();
  for (const ofSource of bySource(inOrderOfMaking(reads))) {
    const accepted: Accepted[] = [];
    const {source} = ofSource[0]!.extract.source;
    const surroundings = {
      warehouse: store.warehouse,
      timeZone: project.settings.time_zone,
      at: effects.now().toISOString(),
      loads: known.loads.filter((load) => load.source === source)
    };
    for (const read of ofSource) {
      if (read.kind === "repeated") continue;
      const apart = overlaps.get(read) ?? contradictions.get(read) ?? [];
      if (read.kind === "retracted") receipts.set(read, retractedReceipt(read, project));
      else if (read.kind === "known") receipts.set(read, knownReceipt(read, ownership(read), mended));
      else if (read.outcome.outcome === "refused") receipts.set(read, await refusedReceipt(store, read, read.outcome));
      else if (apart.length > 0) receipts.set(read, await refusedTogether(store, read, read.outcome, apart));
      else {
        const volume = await askVolume({read, outcome: read.outcome}, accepted, {engine, ...surroundings});
        const repeats = await appendFaults(
          engine,
          volume.accepted,
          read.outcome.rowsFile,
          known.loads,
          store.warehouse
        );
        const faults = [...repeats, ...volume.faults];
        if (faults.length === 0) accepted.push(volume.accepted);
        else receipts.set(read, await refusedTogether(store, read, volume.accepted.outcome, faults));
      }
    }
    const committed = await commitLoads(project, accepted, {
      engine,
      store,
      effects,
      known: known.loads,
      approval: request.approval ?? null
    });
    for (const [index, {read}] of accepted.entries()) receipts.set(read, committed[index]!);
  }
  return reads.map((read) => receiptOf(read, receipts));
}

/** Reads by source, in the order of the first of each. */
function bySource(reads: readonly ExtractRead[]): ExtractRead[][] {
  const groups = new Map<ProjectSource, ExtractRead[]>();
  for (const read of reads) groups.set(read.extract.source, [...(groups.get(read.extract.source) ?? []), read]);
  return [...groups.values()];
}

/**
 * In the inbox an extract may lie for years after newer ones have displaced it: that is only noted, and not even that
 * where its name says that it is older. One that is named, or comes under another name, was delivered to count.
 */
function knownReceipt(
  read: KnownExtract,
  ownership: readonly Ownership[],
  mended: Awaited<ReturnType<typeof mendRows>> | null
): Receipt {
  const {extract, load} = read;
  const {name, source} = extract;
  const lies = mended === null && name === load.file;
  if (lies && source.extracted !== undefined) return unchangedReceipt(name, load.receipt);
  const severity = lies ? "note" : "warning";
  const mending = mended?.get(read);
  const notes = [
    ...displacedNotes(name, source, load, ownership, severity),
    ...otherNameNotes(extract, load, ownership, mended === null ? "note" : "warning")
  ];
  return unchangedReceipt(name, load.receipt, mending === undefined ? notes : [mending, ...notes]);
}

/** In the inbox an extract may lie for years after its load was retracted; a scheduled run must not bring it back. */
function retractedReceipt({extract, load}: RetractedExtract, project: Project): Receipt {
  return unchangedReceipt(extract.name, load.receipt, [retractedNote(extract.name, load, project)]);
}

/** What decides before the command; worked out once a source, and only for one that has known extracts. */
function ownershipBySource(
  {roster, settings: {time_zone}}: Project,
  {loads}: Knowledge
): (read: KnownExtract) => readonly Ownership[] {
  const bySource = new Map<string, readonly Ownership[]>();
  return ({extract: {source}}) => {
    const ofSource = () => loads.filter((load) => load.source === source.source);
    const owned =
      bySource.get(source.source) ?? ownershipOf(source.delivery, ofSource(), partitionsOf(roster, source), time_zone);
    bySource.set(source.source, owned);
    return owned;
  };
}

/** A file given twice answers what the first of the two answers, and stores nothing of its own. */
function receiptOf(read: ExtractRead, receipts: ReadonlyMap<ExtractRead, Receipt>): Receipt {
  if (read.kind !== "repeated") return receipts.get(read)!;
  const first = receipts.get(read.first)!;
  const receipt = first.outcome === "refused" ? first : unchangedReceipt(read.extract.name, first);
  return {...receipt, file: read.extract.name, diagnostics: [...read.diagnostics]};
}

/**
 * Older extracts first, so that the months of each receipt tell what it added to the one before; of those made on one
 * day, what is read again first, in the order of its first readings.
 */
function inOrderOfMaking(reads: readonly ExtractRead[]): ExtractRead[] {
  const made = (read: ExtractRead) =>
    read.kind === "read" && read.outcome.outcome === "read" ? (read.outcome.extracted ?? "") : "";
  const place = (read: ExtractRead) =>
    read.kind === "read" ? (read.former?.order?.sequence ?? Number.MAX_SAFE_INTEGER) : 0;
  return [...reads].sort((a, b) => (made(a) === made(b) ? place(a) - place(b) : made(a) < made(b) ? -1 : 1));
}
