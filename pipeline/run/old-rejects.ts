import {readdir, stat} from "node:fs/promises";
import {join} from "node:path";
import type {Project} from "../config/project.ts";
import {projectPaths} from "./paths.ts";

/** A file of rejected records. */
export interface RejectsFile {
  /** Its name without `.csv`: the id of a load, or what would have been one. */
  readonly id: string;
  readonly bytes: number;
}

const millisecondsOfDay = 864e5;

/** The moment so many days before. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * millisecondsOfDay);
}

/**
 * Rejected records that the project's `retention` does not keep any longer, by name. By the time of the file: those of a
 * refused extract stand in no entry.
 */
export async function oldRejects(project: Project, now: Date): Promise<RejectsFile[]> {
  const {rejects: days} = project.settings.retention;
  if (days === null) return [];
  const before = daysBefore(now, days);
  const folder = join(projectPaths(project).warehouse, "rejects");
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const old: RejectsFile[] = [];
  for (const name of names.filter((one) => /^[0-9a-f]+\.csv$/.test(one)).sort()) {
    // Another pruning may be quicker.
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.isFile() && found.mtime < before) old.push({id: name.slice(0, -".csv".length), bytes: found.size});
  }
  return old;
}
