import {randomBytes} from "node:crypto";
import {access, chmod, constants, copyFile, link, mkdir, open, readdir, rm} from "node:fs/promises";
import {basename, dirname, join} from "node:path";
import {renamePatiently} from "./patient-rename.ts";

/**
 * Writes a file so that a reader sees the old contents or the new, never a part: written beside, synced, renamed.
 * The folder is made when it is missing.
 */
export async function writeFileSafely(path: string, contents: string | Uint8Array, mode = 0o644): Promise<void> {
  await makeFolder(dirname(path));
  const beside = temporaryBeside(path);
  try {
    await writeSynced(beside, contents, mode);
    await renamePatiently(beside, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await discard(beside);
    throw error;
  }
}

/** Files that are written at the same time: a disk makes several last together. */
const atOnce = 8;

/**
 * Fills a new folder that nobody reads yet. All of it lasts once this returns; the caller then gives the folder its name.
 *
 * @param files Paths relative to the folder, with forward slashes, each of another file.
 */
export async function fillFolder(
  folder: string,
  files: readonly {readonly path: string; readonly contents: string | Uint8Array}[]
): Promise<void> {
  const folders = new Set([folder, ...files.map(({path}) => dirname(join(folder, path)))]);
  for (const one of folders) await makeFolder(one);
  const waiting = files.values();
  const hand = async () => {
    for (const {path, contents} of waiting) await writeSynced(join(folder, path), contents, 0o644);
  };
  const hands = await Promise.allSettled(Array.from({length: atOnce}, hand));
  // Only now, when no other writes any more: the caller will take the folder away.
  const failed = hands.find(({status}) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
  for (const one of folders) await syncFolder(one);
}

/**
 * Creates a file that must not exist yet, whole or not at all: the commit of the ledger. Written and synced beside,
 * then linked to its name, which fails when the name is taken and leaves no half file when the process is killed.
 *
 * @returns False when another process was first; nothing was changed then.
 */
export async function createExclusively(path: string, contents: string): Promise<boolean> {
  await makeFolder(dirname(path));
  const beside = temporaryBeside(path, "claim");
  try {
    await writeSynced(beside, contents, 0o644);
    const created = await claim(beside, path);
    if (created) await syncFolder(dirname(path));
    return created;
  } finally {
    await discard(beside);
  }
}

/** Copies a file so that a reader sees the old one or the whole new one; the new one has the mode given. */
export async function copyFileSafely(from: string, path: string, mode: number): Promise<void> {
  await makeFolder(dirname(path));
  const beside = temporaryBeside(path);
  try {
    await copyFile(from, beside, constants.COPYFILE_EXCL);
    await chmod(beside, mode);
    await syncFile(beside);
    await renamePatiently(beside, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await discard(beside);
    throw error;
  }
}

/**
 * Gives a finished file its lasting name; never overwrites. The contents are synced first. Where the disk has links the
 * former name stays until its folder goes, and nothing may be written to it any more.
 *
 * @returns False when the name is taken; both files are as they were then.
 */
export async function placeExclusively(from: string, path: string): Promise<boolean> {
  await makeFolder(dirname(path));
  await syncFile(from);
  const linked = await tryLink(from, path);
  if (linked === "taken") return false;
  if (linked === "impossible") {
    if (await exists(path)) return false;
    await renamePatiently(from, path);
  }
  await syncFolder(dirname(path));
  return true;
}

/** What `link` answers on disks that have no hard links: FAT, exFAT, some network shares. */
const withoutLinks = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EINVAL"]);

async function tryLink(from: string, path: string): Promise<"linked" | "taken" | "impossible"> {
  try {
    await link(from, path);
    return "linked";
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return "taken";
    if (code === undefined || !withoutLinks.has(code)) throw error;
    return "impossible";
  }
}

async function claim(beside: string, path: string): Promise<boolean> {
  const linked = await tryLink(beside, path);
  return linked === "impossible" ? claimByRename(beside, path) : linked === "linked";
}

/**
 * Where a disk has no links, and a rename takes the place of what is there: whoever takes the files of all others away
 * first, and then finds the name free, may rename, for none of them can any more. Two may stop one another; both are
 * told that another was first, and try again.
 */
async function claimByRename(beside: string, path: string): Promise<boolean> {
  const folder = dirname(path);
  const start = `.${basename(path)}.`;
  const isClaim = (name: string) =>
    name.startsWith(start) && /^\d+\.[0-9a-f]{8}\.claim$/.test(name.slice(start.length));
  for (const name of (await readdir(folder)).filter(isClaim)) {
    if (name !== basename(beside)) await rm(join(folder, name), {force: true});
  }
  if (await exists(path)) return false;
  try {
    await renamePatiently(beside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Whether something stands at the path. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false
  );
}

/** Writes a new file and makes it last; fails with EEXIST when there is one. */
async function writeSynced(path: string, contents: string | Uint8Array, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(contents);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Takes away what nobody needs any more. What the disk does not let go stays, and is swept another day: the work is
 * done, or has failed for a reason of its own, and neither changes by it.
 */
export async function discard(path: string): Promise<void> {
  await rm(path, {recursive: true, force: true, maxRetries: 5, retryDelay: 50}).catch(() => {});
}

/**
 * A name in the same folder, so that a rename stays on one disk; the leading dot marks it as unfinished, and the number
 * of the process as its own while it lives.
 */
export function temporaryBeside(path: string, ending = "tmp"): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.${randomBytes(4).toString("hex")}.${ending}`);
}

/**
 * Makes a folder, and those above it that are missing, so that they last through a power cut.
 *
 * @returns The first of them that was made; null where the folder was there.
 */
export async function makeFolder(folder: string): Promise<string | null> {
  const first = await mkdir(folder, {recursive: true});
  if (first === undefined) return null;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
  return first;
}

/** Makes an earlier rename or creation last through a power cut; Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
