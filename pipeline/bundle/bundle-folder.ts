import {readdir, readFile, stat} from "node:fs/promises";
import {basename, dirname, join} from "node:path";
import {z} from "zod";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {renamePatiently} from "../warehouse/patient-rename.ts";
import {discard, fillFolder, syncFolder, temporaryBeside} from "../warehouse/safe-files.ts";
import type {BundleFile} from "./contract.ts";
import {sha256} from "./manifest.ts";

/** Letters of a manifest's SHA-256 in the name of a staged bundle. */
const keyLength = 16;

/** How often other processes may come between before we give up. */
const mostSwaps = 20;

/** What is read back of a bundle's manifest. */
const manifestSchema = z.object({
  knowledge: z.string(),
  summary: z.array(z.string()),
  outputs: z.array(z.object({path: z.string(), bytes: z.int(), sha256: z.string()}))
});

export interface WrittenBundle {
  readonly knowledge: string;
  readonly summary: readonly string[];
  readonly manifest_sha256: string;
}

/**
 * Puts a bundle into its folder, which takes the place of the one that stood there: written beside, synced, renamed.
 * A reader sees the old bundle or the new one; killed between two renames, the old one is put back by the next call.
 *
 * @throws RunFailure when the folder can't be replaced, as on Windows while one of its files is open.
 */
export async function writeBundle(folder: string, files: readonly BundleFile[]): Promise<void> {
  await restoreFormer(folder);
  const beside = temporaryBeside(folder);
  try {
    await fillFolder(beside, files);
    await swap(folder, beside);
    await syncFolder(dirname(folder));
  } catch (error) {
    await discard(beside);
    await restoreFormer(folder);
    const {code, syscall} = error as NodeJS.ErrnoException;
    // Only what is replaced can be open; a folder that may not be written refuses sooner, and is told as that.
    if (syscall === "rename" && (code === "EBUSY" || code === "EPERM" || code === "EACCES")) {
      throw new RunFailure([complain("bundle-in-use", {file: folder}, {reason: (error as Error).message})]);
    }
    throw error;
  }
  await restoreFormer(folder);
}

/** Another process may put its own there between the two renames: then that one is moved away, and so on. */
async function swap(folder: string, beside: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    await unlessGone(renamePatiently(folder, temporaryBeside(folder, "former")));
    try {
      await renamePatiently(beside, folder);
      return;
    } catch (error) {
      // Systems have several words for a folder that is taken; it was not there a moment ago.
      if (!(await exists(folder)) || attempt >= mostSwaps) throw error;
    }
  }
}

/**
 * Writes a bundle under a name that nobody reads, ready to be put in its place once the ledger says so. Two writers
 * never meet: each has a name of its own.
 *
 * @returns The hidden folder, synced.
 */
export async function stageBundle(
  folder: string,
  manifestSha256: string,
  files: readonly BundleFile[]
): Promise<string> {
  const beside = temporaryBeside(folder);
  const staged = temporaryBeside(folder, `${manifestSha256.slice(0, keyLength)}.ready`);
  try {
    await fillFolder(beside, files);
    await renamePatiently(beside, staged);
    await syncFolder(dirname(folder));
  } catch (error) {
    await discard(beside);
    await discardStaged(staged);
    throw error;
  }
  return staged;
}

/** Puts a staged bundle in its place. Another process that finishes our work may be quicker: then it stands there. */
export async function placeStaged(staged: string, folder: string): Promise<void> {
  try {
    if (!(await exists(folder))) await unlessGone(renamePatiently(staged, folder));
  } catch (error) {
    if (!(await exists(folder))) throw error;
  }
  await discardStaged(staged);
  await syncFolder(dirname(folder));
}

/** Takes a staged bundle away. Its name goes first, so that nobody puts a half removed one in its place. */
export async function discardStaged(staged: string): Promise<void> {
  const beside = staged.replace(/\.ready$/, ".tmp");
  await renamePatiently(staged, beside).catch(() => {});
  await discard(beside);
}

/** Finishes what a stopped writer left: the staged bundle with this manifest takes its place. */
export async function placeLeftOver(folder: string, manifestSha256: string): Promise<void> {
  const names = await readdir(dirname(folder)).catch(() => []);
  const ours = names.filter((name) => name.startsWith(`.${basename(folder)}.`) && stagedFor(name, manifestSha256));
  for (const name of ours.sort()) await placeStaged(join(dirname(folder), name), folder);
}

/** Whether a name is that of a staged bundle with this manifest. */
export function stagedFor(name: string, manifestSha256: string): boolean {
  return name.endsWith(`.${manifestSha256.slice(0, keyLength)}.ready`);
}

async function unlessGone(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** Whether something stands at the path. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false
  );
}

/**
 * A bundle as it stands in its folder.
 *
 * @returns Null when there is none, or when one of its files is missing or is not what its manifest says.
 */
export async function readBundle(folder: string): Promise<WrittenBundle | null> {
  const text = await readFile(join(folder, "manifest.json"), "utf8").catch(() => null);
  if (text === null) return null;
  const manifest = manifestSchema.safeParse(parseJson(text));
  if (!manifest.success) return null;
  const {knowledge, summary, outputs} = manifest.data;
  for (const {path, sha256: expected} of outputs) {
    const contents = await readFile(join(folder, path)).catch(() => null);
    if (contents === null || sha256(contents) !== expected) return null;
  }
  return {knowledge, summary, manifest_sha256: sha256(text)};
}

/** A former bundle that was moved away and whose place stands empty goes back; whatever else was left of such is removed. */
export async function restoreFormer(folder: string): Promise<void> {
  const parent = dirname(folder);
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(`.${basename(folder)}.`)).sort()) {
    const left = join(parent, name);
    if (name.endsWith(".former") && !(await exists(folder))) await unlessGone(renamePatiently(left, folder));
    else if (name.endsWith(".former")) await discard(left);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
