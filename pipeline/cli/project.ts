import {existsSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import {type IsoInstant, parseAsOf} from "../calendar/instant.ts";
import type {Project} from "../config/project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {renderDiagnostics} from "../diagnostics/render.ts";
import {openKeptProject} from "../run/kept-project.ts";
import type {Context, Given} from "./context.ts";

/**
 * Reads the project that a command works on; its warnings go to standard error.
 *
 * @throws RunFailure with every fault of its files.
 */
export async function openProject(given: Given, context: Context): Promise<Project> {
  const {project, diagnostics} = await openKeptProject(projectDirectory(given, context), {
    build: context.build ?? null,
    keeps: !given.is("dry-run")
  });
  if (project === null) throw new RunFailure(diagnostics);
  context.err(renderDiagnostics(diagnostics));
  return project;
}

/** `--project DIR`, else the nearest folder upwards that holds a milepost.yaml. Absolute. */
export function projectDirectory(given: Given, context: Pick<Context, "cwd">): string {
  const directory = nearestProject(given, context);
  if (directory === null) throw new RunFailure([complain("no-project", null, {directory: context.cwd})]);
  return directory;
}

/** As `projectDirectory`, and null where there is none and none is named. */
export function nearestProject(given: Given, {cwd}: Pick<Context, "cwd">): string | null {
  const named = given.text("project");
  if (named !== undefined) {
    const directory = resolve(cwd, named);
    if (existsSync(directory)) return directory;
    throw new RunFailure([complain("no-project-folder", null, {directory: named})]);
  }
  for (let directory = resolve(cwd); ; directory = dirname(directory)) {
    if (existsSync(join(directory, "milepost.yaml"))) return directory;
    if (dirname(directory) === directory) return null;
  }
}

/** `--as-of`, as an instant; null when it is not given: everything that is known. */
export function asOfOf(given: Given, {settings}: Project): IsoInstant | null {
  const text = given.text("as-of");
  if (text === undefined) return null;
  const instant = parseAsOf(text, settings.time_zone);
  if (instant === null) throw new RunFailure([complain("bad-as-of", null, {given: text})], 2);
  return instant;
}
