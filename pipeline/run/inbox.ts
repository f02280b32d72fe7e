import {type Dirent, lstatSync, realpathSync, type Stats, statSync} from "node:fs";
import {readdir} from "node:fs/promises";
import {basename, dirname, join, resolve} from "node:path";
import type {Project, ProjectSource} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";

/** A file to load, and the source that it is an extract of. */
export interface Extract {
  /** Absolute. */
  readonly path: string;
  /** Without its folder: how receipts name it. */
  readonly name: string;
  readonly bytes: number;
  readonly source: ProjectSource;
}

export interface Wanted {
  /** As typed, relative to `cwd`; a * in a name stands for any run of characters. Null: what is in the inbox. */
  readonly files: readonly string[] | null;
  /** Name of the source; null: by the files' names. */
  readonly source: string | null;
}

/**
 * The files of one command with their sources: those named, in the order in which they are named, or those of the
 * inbox whose names match a source, by name.
 *
 * @returns Also a warning for each file of the inbox that matches nothing, and for each link or folder that is named
 * like an extract, so that none lies there unseen; and a note for each link among those named.
 * @throws RunFailure with every fault: a file that is not there or whose source can't be told; with exit code 2 where
 * the project has no source of the name given.
 */
export async function extractsToLoad(
  project: Project,
  {files, source: name}: Wanted,
  {inbox, cwd}: {readonly inbox: string; readonly cwd: string}
): Promise<{readonly extracts: Extract[]; readonly warnings: Diagnostic[]}> {
  const source = name === null ? null : namedSource(project, name);
  if (files === null) return inboxExtracts(project, source, inbox);
  const paths = (await Promise.all(files.map((file) => expand(file, cwd)))).flat();
  const faults: Diagnostic[] = [];
  const extracts = paths.flatMap((typed): Extract[] => {
    const extract = namedExtract(project, source, typed, cwd);
    if (!("code" in extract)) return [extract];
    faults.push(extract);
    return [];
  });
  if (faults.length > 0) throw new RunFailure(faults);
  return {extracts, warnings: paths.flatMap((typed) => linkNote(typed, cwd))};
}

/** A link that is named is followed, for whoever names it may read what it leads to; where that is, is said. */
function linkNote(typed: string, cwd: string): Diagnostic[] {
  const path = resolve(cwd, typed);
  if (!lstatSync(path).isSymbolicLink()) return [];
  return [complain("extract-through-link", {file: typed}, {path: realpathSync(path)}, "note")];
}

function namedSource(project: Project, name: string): ProjectSource {
  const source = project.sources.get(name);
  if (source !== undefined) return source;
  throw new RunFailure([complain("unknown-source", null, {source: name, known: [...project.sources.keys()]})], 2);
}

async function inboxExtracts(project: Project, source: ProjectSource | null, inbox: string) {
  const entries = await readdir(inbox, {withFileTypes: true}).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new RunFailure([complain("no-inbox", null, {inbox})]);
  });
  // A link is not followed: an inbox is filled by others, and would let them name any file of this machine.
  const named = entries.filter((entry) => !notAnExtract.test(entry.name));
  const names = named.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const faults: Diagnostic[] = [];
  const warnings = named
    .filter((entry) => !entry.isFile() && isWanted(matching(project, entry.name), source))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => complain("inbox-not-a-file", {file: entry.name}, {what: kindOf(entry)}, "warning"));
  const extracts = names.sort().flatMap((name): Extract[] => {
    const fits = matching(project, name);
    if (source !== null && !fits.includes(source)) return [];
    const found = source ?? onlyOne(project, name, fits);
    if ("code" in found) {
      if (fits.length === 0) warnings.push({...found, severity: "warning"});
      else faults.push(found);
      return [];
    }
    const path = join(inbox, name);
    const about = look(path);
    // Whoever fills the inbox may take a file away again while we look.
    return about === undefined ? [] : [{path, name, bytes: about.size, source: found}];
  });
  if (faults.length > 0) throw new RunFailure(faults);
  return {extracts, warnings};
}

function isWanted(fits: readonly ProjectSource[], source: ProjectSource | null): boolean {
  return source === null ? fits.length > 0 : fits.includes(source);
}

function kindOf(entry: Dirent): "link" | "folder" | "device" {
  return entry.isSymbolicLink() ? "link" : entry.isDirectory() ? "folder" : "device";
}

/** Hidden files, files still on their way, and the record that `sample` leaves beside its extracts. */
const notAnExtract = /^\.|\.(tmp|part|crdownload)$|^milepost-sample\.json$/;

function namedExtract(
  project: Project,
  source: ProjectSource | null,
  typed: string,
  cwd: string
): Extract | Diagnostic {
  const path = resolve(cwd, typed);
  const about = look(path);
  if (about === undefined) return complain("extract-not-found", {file: typed}, {});
  if (!about.isFile()) return complain("extract-not-a-file", {file: typed}, {});
  const name = basename(path);
  const found = source ?? onlyOne(project, typed, matching(project, name));
  return "code" in found ? found : {path, name, bytes: about.size, source: found};
}

/** Undefined where the path leads to nothing: through a file, round in a circle of links, by a name that none can have. */
function look(path: string): Stats | undefined {
  try {
    return statSync(path, {throwIfNoEntry: false});
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === "ELOOP" || code === "ENOTDIR" || code === "ENAMETOOLONG") return undefined;
    throw error;
  }
}

function onlyOne(project: Project, file: string, fits: readonly ProjectSource[]): ProjectSource | Diagnostic {
  if (fits.length === 1) return fits[0]!;
  if (fits.length > 1) {
    return complain("several-sources-for-file", {file}, {sources: fits.map(({source}) => source)});
  }
  const patterns = [...project.sources.values()].flatMap(({files}) => files);
  return complain("no-source-for-file", {file}, {patterns});
}

function matching(project: Project, name: string): ProjectSource[] {
  return [...project.sources.values()].filter(({files}) => files.some((pattern) => matches(pattern, name)));
}

function matches(pattern: string, name: string): boolean {
  const made = patterns.get(pattern) ?? expressionOf(pattern);
  patterns.set(pattern, made);
  return made.test(name);
}

/** Each is asked of every file of the inbox, and takes ten times as long to make as to ask. */
const patterns = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}

/** A shell that leaves a * alone (that of Windows does) leaves it to us; a file of that very name comes first. */
async function expand(typed: string, cwd: string): Promise<string[]> {
  const last = basename(typed);
  if (!last.includes("*") || look(resolve(cwd, typed)) !== undefined) return [typed];
  const folder = dirname(typed);
  const names = await readdir(resolve(cwd, folder)).catch(() => []);
  const found = names.filter((name) => !name.startsWith(".") && matches(last, name)).sort();
  return found.length === 0 ? [typed] : found.map((name) => (folder === "." ? name : join(folder, name)));
}
