import {createHash} from "node:crypto";
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join, relative} from "node:path";
import type {Project} from "../../pipeline/config/project.ts";
import {readProject} from "../../pipeline/config/read-project.ts";
import type {Receipt} from "../../pipeline/ledger/contract.ts";
import {type LoadRequest, loadExtracts} from "../../pipeline/run/load.ts";

const settings = `title: Small
time_zone: America/Los_Angeles
calendar: {week_starts: sunday, fiscal_year_starts: 07-01}
paths: {inbox: inbox, warehouse: warehouse, out: out}
segments: seeds/segments.csv
`;

const segments = `type,code,name,aliases,parent_type,parent_code,valid_from,valid_to
city,C,City,,,,,
bureau,west,West,,city,C,,
bureau,east,East,,city,C,,
area,1,Alder,,bureau,west,,
area,2,Birch,,bureau,west,,
area,10,Cedar,,bureau,east,,
`;

/** A project folder in a temporary place, with a city of two bureaus and three Areas. */
export function projectFolder(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), "milepost-project-"));
  writeFiles(directory, {"milepost.yaml": settings, "seeds/segments.csv": segments, ...files});
  return directory;
}

export function writeFiles(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), {recursive: true});
    writeFileSync(join(directory, path), contents);
  }
}

export async function readFolder(directory: string): Promise<Project> {
  const {project, diagnostics} = await readProject(directory);
  if (project === null) throw new Error(diagnostics.map(({message}) => message).join("\n"));
  return project;
}

/** Loads files of a project as the command would, at a time that is given. */
export async function loadFiles(
  directory: string,
  files: readonly string[] | null,
  at = "2024-06-01T12:00:00.000Z",
  options: Partial<LoadRequest> = {}
): Promise<readonly Receipt[]> {
  const {receipts} = await loadExtracts(
    await readFolder(directory),
    {files, source: null, covers: null, ...options},
    {now: () => new Date(at), cwd: directory, version: "0.1.0", progress: () => {}}
  );
  return receipts;
}

/** Every file below a folder with the SHA-256 of what it holds: two equal answers are two equal folders. */
export function fingerprint(folder: string, ignore: (path: string) => boolean = () => false): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (at: string) => {
    for (const name of readdirSync(at).sort()) {
      const path = join(at, name);
      if (ignore(relative(folder, path))) continue;
      if (statSync(path).isDirectory()) walk(path);
      else found[relative(folder, path)] = createHash("sha256").update(readFileSync(path)).digest("hex");
    }
  };
  walk(folder);
  return found;
}
