import {createHash} from "node:crypto";
import {lstatSync, readdirSync, readFileSync, type Stats} from "node:fs";
import {join} from "node:path";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {DefinitionFile} from "./project.ts";

/** Where definitions stand in a project, and what a file there must be called. */
const places: readonly {readonly folder: string; readonly deep: boolean; readonly ending: string}[] = [
  {folder: "sources", deep: false, ending: ".yaml"},
  {folder: "targets", deep: true, ending: ".yaml"},
  {folder: "reports", deep: false, ending: ".yaml"},
  {folder: "seeds", deep: false, ending: ".csv"}
];

/** The file that makes a folder a project. */
export const settingsFile = "milepost.yaml";

/** Ten times the biggest plan seen; a bigger file is an extract in the wrong folder. */
const mostBytes = 20_000_000;

/**
 * Finds and reads the definitions of a project: milepost.yaml, sources/*.yaml, targets/**\/*.yaml, reports/*.yaml and
 * seeds/*.csv. Files whose name begins with a dot are nobody's.
 *
 * One after the other, and waiting for each: a hundred small files take longer to ask for than to read.
 *
 * @returns The files in order of path, and a complaint for each that can't be one: a link, a wrong ending, unreadable.
 */
export function readDefinitionFiles(directory: string): {files: DefinitionFile[]; diagnostics: Diagnostic[]} {
  const found: Found = {paths: [], diagnostics: []};
  look(directory, settingsFile, found);
  for (const place of places) lookIn(directory, place.folder, place, found);
  const files: DefinitionFile[] = [];
  for (const path of found.paths.sort()) {
    try {
      files.push({path, contents: readFileSync(join(directory, path))});
    } catch (error) {
      found.diagnostics.push(complain("unreadable-file", {file: path}, {problem: systemProblem(error)}));
    }
  }
  return {files, diagnostics: found.diagnostics};
}

/** @returns SHA-256, lower-case hex, over a line "path NUL sha256 LF" a file, in order of path. */
export function hashDefinitions(files: readonly DefinitionFile[]): string {
  const hash = createHash("sha256");
  for (const {path, contents} of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(`${path}\0${createHash("sha256").update(contents).digest("hex")}\n`);
  }
  return hash.digest("hex");
}

interface Found {
  readonly paths: string[];
  readonly diagnostics: Diagnostic[];
}

function lookIn(directory: string, folder: string, place: (typeof places)[number], found: Found): void {
  const stat = statOf(join(directory, folder));
  if (stat === null) return;
  if (stat.isSymbolicLink()) {
    found.diagnostics.push(complain("symbolic-link", {file: folder}, {}));
    return;
  }
  if (!stat.isDirectory()) {
    found.diagnostics.push(complain("unreadable-file", {file: folder}, {problem: "it must be a folder"}));
    return;
  }
  for (const entry of readdirSync(join(directory, folder), {withFileTypes: true})) {
    if (entry.name.startsWith(".")) continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (place.deep) lookIn(directory, path, place, found);
      else found.diagnostics.push(...strayBelow(directory, path, place));
    } else if (path.endsWith(place.ending)) {
      look(directory, path, found);
    } else if (isStray(path)) {
      found.diagnostics.push(complain("stray-file", {file: path}, {belongs: pattern(place)}));
    }
  }
}

function look(directory: string, path: string, found: Found): void {
  const stat = statOf(join(directory, path));
  if (stat === null) return;
  if (stat.isSymbolicLink()) found.diagnostics.push(complain("symbolic-link", {file: path}, {}));
  else if (!stat.isFile())
    found.diagnostics.push(complain("unreadable-file", {file: path}, {problem: "it must be a file"}));
  else if (stat.size > mostBytes) {
    const problem = `it has ${stat.size.toLocaleString("en-US")} bytes, and definitions may have 20 million`;
    found.diagnostics.push(complain("unreadable-file", {file: path}, {problem}));
  } else found.paths.push(path);
}

/** Null: there is nothing, or nothing that may be seen. */
function statOf(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch {
    return null;
  }
}

function strayBelow(directory: string, folder: string, place: (typeof places)[number]): Diagnostic[] {
  return readdirSync(join(directory, folder), {recursive: true, encoding: "utf8"})
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => isStray(path) || path.endsWith(place.ending))
    .map((path) => complain("stray-file", {file: path}, {belongs: pattern(place)}));
}

/** A file that somebody will have meant as a definition; other files (notes, pictures) may lie anywhere. */
function isStray(path: string): boolean {
  return /\.(ya?ml|json|csv|tsv)$/i.test(path);
}

function pattern({folder, deep, ending}: (typeof places)[number]): string {
  return `${folder}/${deep ? "**/" : ""}*${ending}`;
}

function systemProblem(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "EACCES" || code === "EPERM" ? "you have no right to read it" : `the system says ${code ?? error}`;
}
