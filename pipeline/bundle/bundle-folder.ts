import {randomBytes} from "node:crypto";
import {mkdir, readdir, readFile, rename, rm, stat} from "node:fs/promises";
import {basename, dirname, join} from "node:path";
import {z} from "zod";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {syncFolder, writeFileSafely} from "../warehouse/safe-files.ts";
import type {BundleFile} from "./contract.ts";
import {sha256} from "./manifest.ts";

/** Letters of a manifest's SHA-256 in the name of a staged bundle. */
const keyLength = 16;

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
  const beside = hidden(folder, "tmp");
  const former = hidden(folder, "former");
  try {
    await mkdir(beside, {recursive: true});
    for (const {path, contents} of files) await writeFileSafely(join(beside, path), contents);
    if (await exists(folder)) await rename(folder, former);
    await rename(beside, folder);
    await syncFolder(dirname(folder));
  } catch (error) {
    await rm(beside, {recursive: true, force: true});
    await restoreFormer(folder);
    const {code} = error as NodeJS.ErrnoException;
    if (code === "EBUSY" || code === "EPERM" || code === "EACCES") {
      throw new RunFailure([complain("bundle-in-use", {file: folder}, {reason: (error as Error).message})]);
    }
    throw error;
  }
  await rm(former, {recursive: true, force: true});
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
  const beside = hidden(folder, "tmp");
  const staged = hidden(folder, `${manifestSha256.slice(0, keyLength)}.ready`);
  try {
    for (const {path, contents} of files) await writeFileSafely(join(beside, path), contents);
    await rename(beside, staged);
    await syncFolder(dirname(folder));
  } catch (error) {
    await rm(beside, {recursive: true, force: true});
    throw error;
  }
  return staged;
}

/** Puts the staged bundle with this manifest in its place; nothing to do where it stands there. */
export async function placeStaged(folder: string, manifestSha256: string): Promise<void> {
  const ending = `.${manifestSha256.slice(0, keyLength)}.ready`;
  const names = await readdir(dirname(folder)).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(`.${basename(folder)}.`) && one.endsWith(ending)).sort()) {
    const staged = join(dirname(folder), name);
    if (await exists(folder)) await rm(staged, {recursive: true, force: true});
    else await rename(staged, folder);
  }
  await syncFolder(dirname(folder));
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

/** A former bundle that was moved away and whose place stands empty goes back; whatever else was left is removed. */
async function restoreFormer(folder: string): Promise<void> {
  const parent = dirname(folder);
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(`.${basename(folder)}.`)).sort()) {
    const left = join(parent, name);
    if (name.endsWith(".former") && !(await exists(folder))) await rename(left, folder);
    else if (name.endsWith(".former")) await rm(left, {recursive: true, force: true});
  }
}

/** In the same folder, so that a rename stays on one disk; the leading dot marks it as nobody's. */
function hidden(folder: string, ending: string): string {
  return join(dirname(folder), `.${basename(folder)}.${randomBytes(4).toString("hex")}.${ending}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
