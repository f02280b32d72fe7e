import {readFile, stat} from "node:fs/promises";
import {dirname, join} from "node:path";
import type {DefinitionFile} from "../config/project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {renamePatiently} from "../warehouse/patient-rename.ts";
import {discard, fillFolder, syncFolder, temporaryBeside} from "../warehouse/safe-files.ts";

/**
 * Stores a project's definitions under `definitions/<hash>/`, as a project folder that can be read like any other.
 * Written beside and renamed; the same again changes nothing.
 *
 * @param hash SHA-256 over the files, as `Project.definitions`.
 * @returns The folder.
 * @throws RunFailure when the folder is there and does not hold these files: somebody has changed the warehouse.
 */
export async function storeDefinitions(
  warehouse: string,
  files: readonly DefinitionFile[],
  hash: string
): Promise<string> {
  const folder = join(warehouse, "definitions", hash);
  if (await exists(folder)) {
    await compare(folder, files);
    return folder;
  }
  const beside = temporaryBeside(join(warehouse, "definitions", hash.slice(0, 12)));
  try {
    await fillFolder(beside, files);
    await renamePatiently(beside, folder);
    await syncFolder(dirname(folder));
  } catch (error) {
    await discard(beside);
    // Another process may have stored the same in the meantime.
    if (!(await exists(folder))) throw error;
    await compare(folder, files);
  }
  return folder;
}

async function compare(folder: string, files: readonly DefinitionFile[]): Promise<void> {
  const damaged: string[] = [];
  for (const {path, contents} of files) {
    const stored = await readFile(join(folder, path)).catch(() => null);
    if (stored === null || !stored.equals(contents)) damaged.push(path);
  }
  if (damaged.length > 0) {
    throw new RunFailure(damaged.map((path) => complain("definitions-changed", {file: join(folder, path)}, {folder})));
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false
  );
}
