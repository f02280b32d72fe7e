import {readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {copyRootProject, type RootProject} from "./root-project.ts";

/** A copy of the repository's own project with some of its sources, and without targets and reports. */
export function copySources(now: string, names: readonly string[]): RootProject {
  const project = copyRootProject(now);
  const {directory} = project;
  for (const folder of ["targets", "reports"]) rmSync(join(directory, folder), {recursive: true});
  for (const file of readdirSync(join(directory, "sources"))) {
    if (!names.includes(file.replace(/\.yaml$/, ""))) rmSync(join(directory, "sources", file));
  }
  const settings = join(directory, "milepost.yaml");
  const [withoutSchedule = ""] = readFileSync(settings, "utf8").split(/^schedule:$/m);
  writeFileSync(settings, withoutSchedule);
  return project;
}
