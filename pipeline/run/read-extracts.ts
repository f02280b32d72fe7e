import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import type {DayRange} from "../calendar/day-set.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Project} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {ExtractOutcome} from "../extract/contract.ts";
import {hashFile} from "../extract/file-bytes.ts";
import {readExtract} from "../extract/read-extract.ts";
import type {Knowledge} from "../ledger/contract.ts";
import {definitionHash, loadId} from "../ledger/identity.ts";
import type {Engine} from "../warehouse/engine.ts";
import type {Extract} from "./inbox.ts";

/** What became of a file when it was read; nothing is stored yet. */
export type ExtractRead = KnownExtract | RepeatedExtract | ReadAnew;

/** Loaded before, under the same definition. */
export interface KnownExtract {
  readonly kind: "known";
  readonly extract: Extract;
  readonly load: Knowledge["loads"][number];
}

/** The same bytes as another file of this command. */
export interface RepeatedExtract {
  readonly kind: "repeated";
  readonly extract: Extract;
  readonly first: KnownExtract | ReadAnew;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReadAnew {
  readonly kind: "read";
  readonly extract: Extract;
  /** Id that the load has, or would have. */
  readonly load: string;
  /** See `definitionHash`. */
  readonly definition: string;
  readonly outcome: ExtractOutcome;
}

export interface Reading {
  readonly engine: Engine;
  readonly scratch: string;
  readonly covers: DayRange | null;
  readonly today: IsoDate;
  readonly progress: (line: string) => void;
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
  for (const [index, extract] of extracts.entries()) {
    const definition = definitionHash(extract.source, project.roster);
    const id = (sha256: string) => loadId(extract.source.source, sha256, definition);
    const seen = await seenBefore(extract, id, known, reads);
    if (seen !== null) {
      reads.push(seen);
      continue;
    }
    reading.progress(`${extract.name}: reading (${index + 1} of ${extracts.length})`);
    const outcome = await readOne(project, extract, reading, String(index));
    reads.push({kind: "read", extract, load: id(outcome.sha256), definition, outcome});
  }
  return reads;
}

async function seenBefore(
  extract: Extract,
  id: (sha256: string) => string,
  {loads}: Knowledge,
  reads: readonly ExtractRead[]
): Promise<KnownExtract | RepeatedExtract | null> {
  const {bytes, path} = extract;
  const ofSameSize = (one: ExtractRead) => one.extract.bytes === bytes && one.extract.source === extract.source;
  if (!loads.some((load) => load.bytes === bytes) && !reads.some(ofSameSize)) return null;
  const load = id((await hashFile(path)).sha256);
  const first = reads.find((read) => read.kind !== "repeated" && idOf(read) === load);
  if (first !== undefined && first.kind !== "repeated") {
    const diagnostics = [complain("repeated-file", {file: extract.name}, {other: first.extract.name}, "note")];
    return {kind: "repeated", extract, first, diagnostics};
  }
  const former = loads.find((one) => one.id === load);
  return former === undefined ? null : {kind: "known", extract, load: former};
}

function idOf(read: KnownExtract | ReadAnew): string {
  return read.kind === "known" ? read.load.id : read.load;
}

async function readOne(project: Project, extract: Extract, reading: Reading, folder: string): Promise<ExtractOutcome> {
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
    progress: ({what, share}) => reading.progress(`${extract.name}: ${what}, ${Math.floor(share * 100)}%`)
  });
}
