import {randomBytes} from "node:crypto";
import {type FileHandle, mkdir, open, rename, rm} from "node:fs/promises";
import {basename, dirname, join} from "node:path";

/**
 * Writes a file so that a reader sees the old contents or the new, never a part: written beside, synced, renamed.
 * The folder is made when it is missing.
 */
export async function writeFileSafely(path: string, contents: string | Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), {recursive: true});
  const beside = temporaryBeside(path);
  try {
    const file = await open(beside, "wx", mode);
    try {
      await file.writeFile(contents);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(beside, {force: true});
    throw error;
  }
}

/**
 * Creates a file that must not exist yet, whole or not at all: the commit of the ledger.
 *
 * @returns False when another process was first; nothing was changed then.
 */
export async function createExclusively(path: string, contents: string): Promise<boolean> {
  await mkdir(dirname(path), {recursive: true});
  let file: FileHandle;
  try {
    file = await open(path, "wx");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  try {
    await file.writeFile(contents);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(dirname(path));
  return true;
}

/** A name in the same folder, so that a rename stays on one disk; the leading dot marks it as nobody's. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`);
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
