import {readdir, stat} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {stagedFor} from "../bundle/bundle-folder.ts";
import type {LedgerEntry} from "../ledger/contract.ts";
import {discard} from "../warehouse/safe-files.ts";

/**
 * Names under which files and folders are made before they get their own; nobody else's begin with a dot. A former bundle
 * that was moved away is not among them: it may be the only one, and goes back by `writeBundle`.
 */
const unfinished = /^\.(scratch-\w+|.+\.[0-9a-f]{8}(\.[0-9a-f]{16})?\.(tmp|ready))$/;

/** What milepost makes in the system's folder for temporary files. */
const ofTheSystem = /^milepost-(scratch|parquet|paper)-\w+$/;

/** No command takes so long; by then what it was making belongs to nobody: milliseconds of a day. */
const age = 864e5;

/** Folders of a warehouse in which files are made beside their place, from its own on; no deeper ones. */
const warehouseFolders = ["", "ledger", "loads", "rejects", "definitions", "cache", "cache/rollups", "runs"];

/**
 * Removes what killed commands left in a warehouse more than a day ago.
 *
 * @param now By the machine's own clock, as the times of files are; a command's may be another one.
 */
export async function sweepWarehouse(warehouse: string, now = new Date()): Promise<void> {
  const loads = join(warehouse, "loads");
  const sources = await readdir(loads, {withFileTypes: true}).catch(() => []);
  const folders = [
    ...warehouseFolders.map((name) => join(warehouse, name)),
    ...sources.filter((one) => one.isDirectory()).map(({name}) => join(loads, name))
  ];
  for (const folder of folders) await sweep(folder, (name) => unfinished.test(name), now);
}

/** Removes what killed commands left in the system's folder for temporary files more than a day ago. */
export async function sweepTemporary(folder = tmpdir(), now = new Date()): Promise<void> {
  await sweep(folder, (name) => ofTheSystem.test(name), now);
}

/**
 * Removes what killed commands left beside the bundles of one report and period more than a day ago. A bundle that the
 * ledger names stays: it only waits for its place.
 */
export async function sweepShelf(shelf: string, entries: readonly LedgerEntry[], now = new Date()): Promise<void> {
  const placed = new Set(await readdir(shelf).catch(() => []));
  const waiting = entries.flatMap((entry) =>
    entry.kind === "issue" && !placed.has(String(entry.issue.number)) ? [entry.issue.manifest_sha256] : []
  );
  const isWaiting = (name: string) => waiting.some((manifest) => stagedFor(name, manifest));
  await sweep(shelf, (name) => unfinished.test(name) && !isWaiting(name), now);
}

async function sweep(folder: string, isLeft: (name: string) => boolean, now: Date): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isLeft)) {
    const path = join(folder, name);
    // Another command that ends just now takes it away itself.
    const made = await stat(path).catch(() => null);
    if (made !== null && now.getTime() - made.mtimeMs > age) await discard(path);
  }
}
