import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import type {Project} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {hashFile} from "../extract/file-bytes.ts";
import {copyFileSafely} from "../warehouse/safe-files.ts";
import {rowsHash} from "./check-rows.ts";
import type {LoadStore} from "./load-store.ts";
import {type ExtractRead, type KnownExtract, type Reading, readOne} from "./read-extracts.ts";

/**
 * Puts the rows of known loads back where their file is gone or altered, by reading the extract again. Nothing but the
 * very bytes that the ledger recorded takes their place.
 *
 * @returns A note for each that was put back.
 * @throws RunFailure where the extract, read by this version, gives other bytes.
 */
export async function mendRows(
  project: Project,
  reads: readonly ExtractRead[],
  store: LoadStore,
  reading: Omit<Reading, "covers">
): Promise<ReadonlyMap<ExtractRead, Diagnostic>> {
  const notes = new Map<ExtractRead, Diagnostic>();
  const {warehouse, lasts} = store;
  const scratch = join(reading.scratch, "mended");
  for (const read of reads.filter((one): one is KnownExtract => one.kind === "known")) {
    const {extract, load} = read;
    if ((await rowsHash(load, warehouse)) === load.rows_sha256) continue;
    reading.progress(`${extract.name}: reading again`);
    await mkdir(scratch, {recursive: true});
    const outcome = await readOne(project, extract, {...reading, scratch, covers: load.covers_said}, load.id);
    const path = join(warehouse, load.rows_file);
    if (outcome.outcome === "refused" || (await hashFile(outcome.rowsFile)).sha256 !== load.rows_sha256) {
      throw new RunFailure([complain("rows-not-restored", {file: path}, {load: load.id, extract: extract.name})]);
    }
    if (lasts) await copyFileSafely(outcome.rowsFile, path, 0o644);
    notes.set(read, complain("rows-restored", {file: extract.name}, {load: load.id, lasts}, "note"));
  }
  return notes;
}
