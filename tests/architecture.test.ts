import {readdirSync, readFileSync} from "node:fs";
import {dirname, join, relative, sep} from "node:path";
import {describe, expect, test} from "vitest";
import {codes} from "../pipeline/diagnostics/messages.ts";

/**
 * The house plan. Support knows no stage and imports among itself as the lists say; a stage imports support and the
 * contracts of the stages before it; drivers import anything before them.
 */
const support: Readonly<Record<string, readonly string[]>> = {
  diagnostics: [],
  calendar: [],
  statistics: [],
  format: ["calendar"],
  config: ["diagnostics", "calendar"],
  warehouse: ["diagnostics", "calendar", "format"]
};
const stages = [
  "extract",
  "ledger",
  "facts",
  "actuals",
  "attainment",
  "forecast",
  "status",
  "comparisons",
  "changes",
  "explanation",
  "disclosure",
  "charts",
  "bundle"
];
const drivers = ["sample", "run", "schedule", "cli"];

const root = join(import.meta.dirname, "..");
const pipeline = join(root, "pipeline");
/** One file is the most a reader holds in the head; see the house plan. */
const mostLines = 320;

interface SourceFile {
  /** Relative to pipeline/, with forward slashes. */
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  /** Files of pipeline/ that it imports, in the same form. */
  readonly imports: readonly string[];
}

const files = readdirSync(pipeline, {recursive: true, encoding: "utf8"})
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readSource(name.split(sep).join("/")));

function readSource(path: string): SourceFile {
  const text = readFileSync(join(pipeline, path), "utf8");
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g)].map(
    ([, name]) => name as string
  );
  const imports = specifiers
    .map((name) =>
      relative(pipeline, join(pipeline, dirname(path), name))
        .split(sep)
        .join("/")
    )
    .filter((name) => name.endsWith(".ts"));
  return {path, folder: folderOf(path), text, imports};
}

function folderOf(path: string): string {
  return path.includes("/") ? (path.split("/")[0] as string) : path.replace(/\.ts$/, "");
}

/** Why a file of one folder may not import a file of another; null when it may. */
function objection(from: SourceFile, to: string): string | null {
  const target = folderOf(to);
  if (target === from.folder) return null;
  const wanted = `${from.path} imports ${to}`;
  if (from.folder in support) {
    return support[from.folder]?.includes(target) ? null : `${wanted}: ${from.folder} may not know ${target}`;
  }
  if (target in support) return null;
  const ownPlace = stages.indexOf(from.folder);
  const place = stages.indexOf(target);
  if (ownPlace >= 0) {
    if (place < 0 || place > ownPlace) return `${wanted}: ${target} comes after ${from.folder}`;
    return to === `${target}/contract.ts` ? null : `${wanted}: of another stage only its contract.ts`;
  }
  if (place >= 0) return null;
  return drivers.indexOf(target) >= 0 && drivers.indexOf(target) < drivers.indexOf(from.folder)
    ? null
    : `${wanted}: ${target} comes after ${from.folder}`;
}

/** A way from a file back to itself, or null. */
function findCycle(): string | null {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (path: string): string | null => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path].join(" -> ");
    if (done.has(path)) return null;
    way.push(path);
    for (const next of byPath.get(path)?.imports ?? []) {
      const cycle = visit(next);
      if (cycle !== null) return cycle;
    }
    way.pop();
    done.add(path);
    return null;
  };
  for (const {path} of files) {
    const cycle = visit(path);
    if (cycle !== null) return cycle;
  }
  return null;
}

describe("the house plan", () => {
  test("every folder has its place in it", () => {
    const known = [...Object.keys(support), ...stages, ...drivers];
    expect([...new Set(files.map(({folder}) => folder))].filter((folder) => !known.includes(folder))).toEqual([]);
  });

  test("imports lead one way, and from another stage only its contract", () => {
    const objections = files.flatMap((file) => file.imports.map((to) => objection(file, to)));
    expect(objections.filter((one) => one !== null)).toEqual([]);
  });

  test("every import leads to a file", () => {
    const paths = new Set(files.map(({path}) => path));
    const lost = files.flatMap(({path, imports}) =>
      imports.filter((to) => !paths.has(to)).map((to) => `${path} -> ${to}`)
    );
    expect(lost).toEqual([]);
  });

  test("there is no cycle", () => {
    expect(findCycle()).toBeNull();
  });

  test("no file is a barrel or a drawer", () => {
    const drawers = /(^|\/)(utils?|helpers?|common|lib|misc|shared)(\/|\.ts$)/;
    expect(files.map(({path}) => path).filter((path) => path.endsWith("index.ts") || drawers.test(path))).toEqual([]);
    expect(files.filter(({text}) => /^export \* from/m.test(text)).map(({path}) => path)).toEqual([]);
  });

  test(`no file has more than ${mostLines} lines`, () => {
    const long = files.map(({path, text}) => `${path}: ${text.trimEnd().split("\n").length}`);
    expect(long.filter((entry) => Number(entry.split(": ")[1]) > mostLines)).toEqual([]);
  });

  test("only the command line prints, and only drivers read the clock", () => {
    const printing = files.filter(
      ({folder, text}) => folder !== "cli" && /\bconsole\.|process\.std(out|err)/.test(text)
    );
    expect(printing.map(({path}) => path)).toEqual([]);
    const clocked = files.filter(
      ({folder, text}) => !drivers.includes(folder) && /\bDate\.now\(|new Date\(\)/.test(text)
    );
    expect(clocked.map(({path}) => path)).toEqual([]);
  });
});

describe("the documentation of complaints", () => {
  const page = readFileSync(join(root, "docs/diagnostics.md"), "utf8");
  const headings = [...page.matchAll(/^### `([a-z0-9-]+)`$/gm)].map(([, code]) => code as string);

  test("has a heading for every code, and no other", () => {
    expect(codes.filter((code) => !headings.includes(code))).toEqual([]);
    expect(headings.filter((code) => !(codes as readonly string[]).includes(code))).toEqual([]);
    expect(headings.filter((code, index) => headings.indexOf(code) !== index)).toEqual([]);
  });

  test("says something under each", () => {
    const sections = page.split(/^### /m).slice(1);
    const silent = sections.filter((section) => section.split("\n").slice(1).join("").trim().length < 20);
    expect(silent.map((section) => section.split("\n")[0])).toEqual([]);
  });
});
