import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import type {DayRange, DaySet} from "../calendar/day-set.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Project} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {ExtractOutcome} from "../extract/contract.ts";
import {readExtract} from "../extract/read-extract.ts";
import type {Knowledge, KnownLoad, RetractedLoad} from "../ledger/contract.ts";
import {definitionHash, loadId} from "../ledger/identity.ts";
import {answersFor} from "../ledger/knowledge.ts";
import type {Engine} from "../warehouse/engine.ts";
import type {Extract} from "./inbox.ts";
import {type KnownFiles, openKnownFiles} from "./known-files.ts";
import {otherNameNotes, type SameBytes} from "./other-names.ts";
import type {Tell} from "./progress.ts";
import {retractedLoad} from "./retracted.ts";

/** What became of a file when it was read; nothing is stored yet. */
export type ExtractRead = KnownExtract | RetractedExtract | RepeatedExtract | ReadAnew;

/** Loaded before, under the same definition and for the days that are said. */
export interface KnownExtract {
  readonly kind: "known";
  readonly extract: Extract;
  readonly load: KnownLoad;
}

/** In the inbox lies an extract of which the load was retracted: only who names it can mean it. */
export interface RetractedExtract {
  readonly kind: "retracted";
  readonly extract: Extract;
  readonly load: RetractedLoad;
}

/** The same bytes as another file of this command. */
export interface RepeatedExtract {
  readonly kind: "repeated";
  readonly extract: Extract;
  readonly first: KnownExtract | RetractedExtract | ReadAnew;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReadAnew {
  readonly kind: "read";
  readonly extract: Extract;
  /** Id that the load has, or would have. */
  readonly load: string;
  /** See `definitionHash`. */
  readonly definition: string;
  /** The reading of the same extract that it replaces, as known when the command began; null when there is none. */
  readonly former: KnownLoad | null;
  /** Days said by hand, now or, where none are said now, for the reading that it replaces. */
  readonly coversSaid: DayRange | null;
  readonly outcome: ExtractOutcome;
}

export interface Reading {
  readonly engine: Engine;
  readonly scratch: string;
  readonly covers: DayRange | null;
  /** Whether the files were named, and not found in the inbox. */
  readonly named: boolean;
  readonly today: IsoDate;
  readonly progress: Tell;
}

/**
 * Reads every file that is not known yet into the scratch folder, one after the other.
 *
 * A file is hashed before it is read only where an extract of its size is known or was read before: the reader hashes
 * every file as it goes, and a hash of its own costs a sixth of reading.
 */
export async function readExtracts(
  project: Project,
  extracts: readonly Extract[],
  known: Knowledge,
  reading: Reading
): Promise<ExtractRead[]> {
  const reads: ExtractRead[] = [];
  const files = await openKnownFiles(project);
  for (const [index, extract] of extracts.entries()) {
    const definition = definitionHash(extract.source, project.roster);
    const sha256 = await hashWhereNeeded(extract, known, reads, files);
    const repeated = sha256 === null ? null : repeatedExtract(extract, sha256, reads);
    if (repeated !== null) {
      reads.push(repeated);
      continue;
    }
    const former = known.loads.find((load) => load.source === extract.source.source && load.sha256 === sha256) ?? null;
    if (former !== null && answersFor(former, definition, reading.covers)) {
      reads.push({kind: "known", extract, load: former});
      continue;
    }
    const retracted = reading.named || sha256 === null ? null : retractedLoad(known, extract, sha256, definition);
    if (retracted !== null) {
      reads.push({kind: "retracted", extract, load: retracted});
      continue;
    }
    reading.progress(`${extract.name}: reading (${index + 1} of ${extracts.length})`);
    const coversSaid = reading.covers ?? former?.covers_said ?? null;
    const before = await files.look(extract.path);
    const outcome = await readOne(project, extract, {...reading, covers: coversSaid}, String(index));
    if (outcome.outcome === "read") await files.remember(extract.path, outcome.sha256, before);
    const load = loadId(extract.source.source, outcome.sha256, definition, coversSaid);
    reads.push({kind: "read", extract, load, definition, former, coversSaid, outcome});
  }
  await files.save();
  return reads;
}

/** Null where no extract of that size is known or was read before. */
async function hashWhereNeeded(
  {bytes, path, source}: Extract,
  {loads, retracted}: Knowledge,
  reads: readonly ExtractRead[],
  files: KnownFiles
): Promise<string | null> {
  const ofSameSize = ({extract}: ExtractRead) => extract.bytes === bytes && extract.source === source;
  if (![...loads, ...retracted].some((load) => load.bytes === bytes) && !reads.some(ofSameSize)) return null;
  return files.hash(path);
}

function repeatedExtract(extract: Extract, sha256: string, reads: readonly ExtractRead[]): RepeatedExtract | null {
  for (const first of reads) {
    if (first.kind === "repeated" || first.extract.source !== extract.source || hashOf(first) !== sha256) continue;
    const note = complain("repeated-file", {file: extract.name}, {other: first.extract.name}, "note");
    const {load, covered} = loadOf(first);
    const diagnostics = [note, ...otherNameNotes(extract, load, covered, "warning")];
    return {kind: "repeated", extract, first, diagnostics};
  }
  return null;
}

function loadOf(read: RepeatedExtract["first"]): {
  readonly load: SameBytes;
  readonly covered: readonly {readonly days: DaySet}[];
} {
  if (read.kind !== "read") return {load: read.load, covered: read.load.covered};
  const {load: id, extract, outcome} = read;
  const {extracted, covered} = outcome.outcome === "read" ? outcome : {extracted: null, covered: []};
  return {load: {id, file: extract.name, extracted}, covered};
}

function hashOf(read: KnownExtract | RetractedExtract | ReadAnew): string {
  return read.kind === "read" ? read.outcome.sha256 : read.load.sha256;
}

/** Reads one file into a folder of its own in the scratch folder. */
export async function readOne(
  project: Project,
  extract: Extract,
  reading: Reading,
  folder: string
): Promise<ExtractOutcome> {
  const scratch = join(reading.scratch, folder);
  await mkdir(scratch);
  return readExtract(reading.engine, {
    source: extract.source,
    roster: project.roster,
    codeLists: project.codeLists,
    path: extract.path,
    name: extract.name,
    scratch,
    today: reading.today,
    covers: reading.covers,
    progress: (step) => reading.progress({file: extract.name, ...step})
  });
}
