import {createHash} from "node:crypto";
import {existsSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import {hashDefinitions, readDefinitionFiles, settingsFile} from "../config/definition-files.ts";
import type {DefinitionFile, Project} from "../config/project.ts";
import {readProject} from "../config/read-project.ts";
import {readYaml} from "../config/read-yaml.ts";
import {readText} from "../config/text-file.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {readKept, storeKept} from "../warehouse/kept-value.ts";

/** What a command has of a project's definitions. */
export interface OpenedProject {
  /** Null when a file is at fault. */
  readonly project: Project | null;
  /** All faults of all files, in order of file, line and column. */
  readonly diagnostics: readonly Diagnostic[];
}

/** All but what is read anew each time. */
interface KeptProject {
  readonly project: Omit<Project, "directory" | "files">;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a project as `readProject` does, or finds what an earlier command has read of the same bytes: a third of a second
 * for a whole plan. The files themselves are read and hashed each time. What was read is kept in
 * `warehouse/cache/definitions.read`; deleting it changes no answer.
 *
 * @param directory Absolute path of the folder with milepost.yaml.
 * @param build What the program was built from: another one may read the same files otherwise. Null: nothing is kept.
 * @param keeps Whether what is read now may be kept; a dry run leaves the warehouse as it is.
 */
export async function openKeptProject(
  directory: string,
  {build, keeps}: {readonly build: string | null; readonly keeps: boolean}
): Promise<OpenedProject> {
  const found = readDefinitionFiles(directory);
  const {files} = found;
  const path = build === null || found.diagnostics.length > 0 ? null : await keptIn(directory, files);
  if (path === null) return readProject(directory, found);
  const definitions = hashDefinitions(files);
  const key = createHash("sha256")
    .update(JSON.stringify({build, v8: process.versions.v8, definitions}))
    .digest("hex");
  const kept = await readKept<KeptProject>(path, key);
  if (kept !== null) return {project: {...kept.project, directory, files}, diagnostics: kept.diagnostics};
  const {project, diagnostics} = await readProject(directory, found);
  // The folder is made by what is loaded and counted, and not by who looks whether anything is.
  if (keeps && project !== null && existsSync(dirname(path))) {
    const {directory: _, files: __, ...rest} = project;
    await storeKept(path, key, {project: rest, diagnostics} satisfies KeptProject);
  }
  return {project, diagnostics};
}

/** Where the settings say that the warehouse is; null where they can't be read, so that their faults are told. */
async function keptIn(directory: string, files: readonly DefinitionFile[]): Promise<string | null> {
  const settings = files.find(({path}) => path === settingsFile);
  if (settings === undefined) return null;
  const {file, diagnostics} = readText(settings);
  if (diagnostics.length > 0) return null;
  const {value} = await readYaml(file);
  const {paths} = (value ?? {}) as {paths?: {warehouse?: unknown} | null};
  const warehouse = paths?.warehouse;
  return typeof warehouse === "string" ? join(resolve(directory, warehouse), "cache", "definitions.read") : null;
}
