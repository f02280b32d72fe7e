import {readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {copyRootProject, type RootProject} from "./root-project.ts";

/** A copy of the repository's own project with some of its sources and reports, and without targets. */
export function copySources(now: string, names: readonly string[], reports: readonly string[] = []): RootProject {
  const project = copyRootProject(now);
  const {directory} = project;
  rmSync(join(directory, "targets"), {recursive: true});
  for (const [folder, kept] of Object.entries({sources: names, reports})) {
    for (const file of readdirSync(join(directory, folder))) {
      if (!kept.includes(file.replace(/\.yaml$/, ""))) rmSync(join(directory, folder, file));
    }
  }
  const settings = join(directory, "milepost.yaml");
  const [withoutSchedule = ""] = readFileSync(settings, "utf8").split(/^schedule:$/m);
  writeFileSync(settings, withoutSchedule);
  return project;
}
