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
const unfinished =
  /^\.(scratch-(?<scratch>\d+)-\w+|.+\.(?<file>\d+)\.[0-9a-f]{8}(\.[0-9a-f]{16})?\.(tmp|claim|ready))$/;

/** What milepost makes in the system's folder for temporary files. */
const ofTheSystem = /^milepost-scratch-(?<scratch>\d+)-\w+$/;

/** Milliseconds of a day: long enough for a process on another machine, whose number says nothing here. */
const age = 864e5;

/** What is asked of the machine, so that a test can play another day. */
export interface SweepEffects {
  /** The machine's own clock, as the times of files are; a command's may be another one. */
  readonly now: () => Date;
  /** Whether a process that began something at that time, in milliseconds since 1970, still runs under its number. */
  readonly isRunning: (pid: number, began: number) => boolean;
}

const machine: SweepEffects = {
  now: () => new Date(),
  isRunning: (pid, began) => {
    // In a container every command may have the same number.
    if (pid === process.pid) return began >= performance.timeOrigin;
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      // Another user's process may not be asked, so it is there.
      return (error as NodeJS.ErrnoException).code === "EPERM";
    }
  }
};

/** Folders of a warehouse in which files are made beside their place, from its own on; no deeper ones. */
const warehouseFolders = ["", "ledger", "loads", "rejects", "definitions", "cache", "cache/rollups", "runs"];

/** Removes what killed commands left in a warehouse more than a day ago; nothing of one that still runs, however long. */
export async function sweepWarehouse(warehouse: string, effects = machine): Promise<void> {
  const loads = join(warehouse, "loads");
  const sources = await readdir(loads, {withFileTypes: true}).catch(() => []);
  const folders = [
    ...warehouseFolders.map((name) => join(warehouse, name)),
    ...sources.filter((one) => one.isDirectory()).map(({name}) => join(loads, name))
  ];
  for (const folder of folders) await sweep(folder, unfinished, effects);
}

/** The same in the system's folder for temporary files. */
export async function sweepTemporary(folder = tmpdir(), effects = machine): Promise<void> {
  await sweep(folder, ofTheSystem, effects);
}

/** The same beside the bundles of one report and period. A bundle that the ledger names stays: it waits for its place. */
export async function sweepShelf(shelf: string, entries: readonly LedgerEntry[], effects = machine): Promise<void> {
  const placed = new Set(await readdir(shelf).catch(() => []));
  const waiting = entries.flatMap((entry) =>
    entry.kind === "issue" && !placed.has(String(entry.issue.number)) ? [entry.issue.manifest_sha256] : []
  );
  const isWaiting = (name: string) => waiting.some((manifest) => stagedFor(name, manifest));
  await sweep(shelf, unfinished, effects, isWaiting);
}

async function sweep(
  folder: string,
  left: RegExp,
  {now, isRunning}: SweepEffects,
  isWanted: (name: string) => boolean = () => false
): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const owner = left.exec(name)?.groups;
    if (owner === undefined || isWanted(name)) continue;
    const path = join(folder, name);
    // Another command that ends just now takes it away itself.
    const made = await stat(path).catch(() => null);
    if (made === null || now().getTime() - made.mtimeMs <= age) continue;
    if (!isRunning(Number(owner.scratch ?? owner.file), made.mtimeMs)) await discard(path);
  }
}
