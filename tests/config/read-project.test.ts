import {createHash} from "node:crypto";
import {cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import type {Project} from "../../pipeline/config/project.ts";
import {readProject} from "../../pipeline/config/read-project.ts";

const good = join(import.meta.dirname, "good");

async function read(directory: string): Promise<Project> {
  const {project, diagnostics} = await readProject(directory);
  expect(diagnostics).toEqual([]);
  if (project === null) throw new Error("no project");
  return project;
}

async function faults(directory: string): Promise<string[]> {
  const {diagnostics} = await readProject(directory);
  return diagnostics.map(({code, place}) => `${place?.file}:${place?.line ?? ""}:${place?.column ?? ""} ${code}`);
}

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "milepost-project-"));
  await cp(good, directory, {recursive: true});
});

afterEach(() => rm(directory, {recursive: true, force: true}));

describe("a project without fault", () => {
  test("has every name resolved", async () => {
    const project = await read(directory);
    expect(
      project.targets.map(({target, at, period, milestone, plan}) => [
        target,
        at,
        period.from,
        milestone?.owner,
        plan?.plan
      ])
    ).toEqual([
      // In the plan's order, not the file's: goal 1 before goal 2; without a plan last.
      ["thefts-1", {type: "city", code: "PV"}, "2023-07-01", "Chief", "safe-port"],
      ["patrols-1", {type: "city", code: "PV"}, "2023-07-01", undefined, "safe-port"],
      ["docks", {type: "area", code: "2"}, "2024-01-01", undefined, undefined]
    ]);
    expect(project.targets.map(({origin}) => origin)).toEqual([
      {file: "targets/safe-port/streets.yaml", line: 8},
      {file: "targets/safe-port/streets.yaml", line: 2},
      {file: "targets/docks.yaml", line: 2}
    ]);
  });

  test("tells measures with their source, their columns and the roster's codes", async () => {
    const {measures} = await read(directory);
    expect(measures.get("dock_thefts")).toMatchObject({
      source: "incidents",
      columns: ["area", "code"],
      // "Docks" and 1, as written, are these codes in the warehouse.
      where: {code: {in: "theft"}, area: ["2", "1"]}
    });
    expect(measures.get("patrols")).toMatchObject({source: "patrols", columns: [], where: {}});
  });

  test("has roster, code lists, sources and reports", async () => {
    const {roster, codeLists, sources, reports, settings} = await read(directory);
    expect(roster.types).toEqual(["city", "bureau", "class", "area"]);
    expect(roster.segments[4]).toEqual({
      type: "area",
      code: "2",
      name: "Harbor",
      aliases: ["Docks", "The Docks"],
      parent: {type: "bureau", code: "east"},
      valid_from: null,
      valid_to: null
    });
    expect(roster.segments[5]?.valid_from).toBe("2020-01-01");
    expect([...codeLists]).toEqual([
      ["theft", ["310", "330"]],
      ["words", ["AB"]]
    ]);
    expect(sources.get("incidents")).toMatchObject({
      rejects: {at_most: 0.001},
      mature: {after: 60, late: 0.05},
      csv: {delimiter: ",", encoding: "utf-8"},
      origin: {file: "sources/incidents.yaml", line: 2}
    });
    expect(sources.get("patrols")?.rejects).toEqual({at_most: 0});
    expect([...reports.keys()]).toEqual(["quarterly"]);
    expect(settings.suppress).toEqual({below: 5});
  });
});

describe("the hash of the definitions", () => {
  test("is SHA-256 over a line of path and SHA-256 for each file, in order of path", async () => {
    const {files, definitions} = await read(directory);
    const paths = [
      "milepost.yaml",
      "reports/quarterly.yaml",
      "seeds/code-lists.csv",
      "seeds/references.csv",
      "seeds/segments.csv",
      "sources/incidents.yaml",
      "sources/patrols.yaml",
      "sources/training.yaml",
      "targets/docks.yaml",
      "targets/safe-port/plan.yaml",
      "targets/safe-port/streets.yaml"
    ];
    expect(files.map(({path}) => path)).toEqual(paths);
    const sha = (contents: Uint8Array | string) => createHash("sha256").update(contents).digest("hex");
    const lines = await Promise.all(paths.map(async (path) => `${path}\0${sha(await readFile(join(good, path)))}\n`));
    expect(definitions).toBe(sha(lines.join("")));
  });

  test("follows any change, also of a seed that no definition names, and nothing else", async () => {
    const before = (await read(directory)).definitions;
    await writeFile(join(directory, "targets/notes.md"), "Not a definition.");
    await writeFile(join(directory, "targets/.draft.yaml"), "target: nobody's");
    expect((await read(directory)).definitions).toBe(before);
    await writeFile(join(directory, "seeds/notes.csv"), "name,value\n");
    expect((await read(directory)).definitions).not.toBe(before);
  });

  test("is the same for the definitions as they are stored", async () => {
    const {files, definitions, targets} = await read(directory);
    const stored = await mkdtemp(join(tmpdir(), "milepost-stored-"));
    try {
      for (const {path, contents} of files) {
        await mkdir(join(stored, path, ".."), {recursive: true});
        await writeFile(join(stored, path), contents);
      }
      const again = await read(stored);
      expect(again.definitions).toBe(definitions);
      expect(again.targets).toEqual(targets);
    } finally {
      await rm(stored, {recursive: true, force: true});
    }
  });
});

describe("files that can't be definitions", () => {
  test("links are not followed", async () => {
    await rm(join(directory, "targets/docks.yaml"));
    await symlink(join(good, "targets/docks.yaml"), join(directory, "targets/docks.yaml"));
    await rm(join(directory, "reports"), {recursive: true});
    await symlink(join(good, "reports"), join(directory, "reports"));
    expect(await faults(directory)).toEqual(["reports:: symbolic-link", "targets/docks.yaml:: symbolic-link"]);
  });

  test("a folder in the place of a file, a file in the place of a folder", async () => {
    await mkdir(join(directory, "targets/folder.yaml"));
    await rm(join(directory, "reports"), {recursive: true});
    await writeFile(join(directory, "reports"), "report: none");
    expect(await faults(directory)).toEqual(["reports:: unreadable-file"]);
  });

  test("a folder that is no project", async () => {
    const empty = await mkdtemp(join(tmpdir(), "milepost-empty-"));
    expect(await faults(empty)).toEqual(["milepost.yaml:: missing-file"]);
    await rm(empty, {recursive: true});
  });

  test("a file of another encoding is refused at its first wrong byte", async () => {
    await writeFile(join(directory, "targets/docks.yaml"), Buffer.from("target: docks\ntitle: Caf\u00e9\n", "latin1"));
    await writeFile(join(directory, "seeds/code-lists.csv"), Buffer.from("list,code,title\nx,1,Caf\u00e9\n", "latin1"));
    expect(await faults(directory)).toEqual([
      "seeds/code-lists.csv:2:8 definition-not-utf-8",
      "targets/docks.yaml:2:11 definition-not-utf-8"
    ]);
  });

  test("a file far too big to be one", async () => {
    await writeFile(join(directory, "targets/big.yaml"), Buffer.alloc(20_000_001, 35));
    expect(await faults(directory)).toEqual(["targets/big.yaml:: unreadable-file"]);
  });
});

describe("files as editors on other systems write them", () => {
  test("byte order mark and CRLF change no value and no place", async () => {
    const before = await read(directory);
    for (const path of ["targets/docks.yaml", "seeds/segments.csv", "milepost.yaml", "seeds/code-lists.csv"]) {
      const text = await readFile(join(directory, path), "utf8");
      await writeFile(join(directory, path), `\uFEFF${text.replaceAll("\n", "\r\n")}`);
    }
    const after = await read(directory);
    expect(after.targets).toEqual(before.targets);
    expect(after.roster).toEqual(before.roster);
    expect(after.codeLists).toEqual(before.codeLists);
    const docks = join(directory, "targets/docks.yaml");
    await writeFile(docks, (await readFile(docks, "utf8")).replace("the docks}", "no such}"));
    expect(await faults(directory)).toEqual(["targets/docks.yaml:7:12 segment-not-in-roster"]);
  });

  test("a seed without a last line end is read whole", async () => {
    const path = join(directory, "seeds/code-lists.csv");
    await writeFile(path, (await readFile(path, "utf8")).trimEnd());
    expect((await read(directory)).codeLists.get("words")).toEqual(["AB"]);
  });
});

describe("hostile definitions", () => {
  const docks = (text: string) => writeFile(join(directory, "targets/docks.yaml"), text);

  test("a million brackets are refused, not fallen into", async () => {
    await docks(`target: ${"[".repeat(1_000_000)}`);
    const {project, diagnostics} = await readProject(directory);
    expect(project).toBeNull();
    expect(diagnostics.every(({code}) => code === "yaml-syntax")).toBe(true);
  });

  test("aliases of aliases are never unfolded", async () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let i = 1; i < 30; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(", ")}]`
      );
    await docks(lines.join("\n"));
    const {diagnostics} = await readProject(directory);
    expect(new Set(diagnostics.map(({code}) => code))).toEqual(new Set(["yaml-feature"]));
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "the name %s is a word like any other",
    async (name) => {
      await docks(
        `target: docks\ntitle: T\nmeasure: ${name}\ngoal: {at_most: 5}\nperiod: ${name}\nat: {area: ${name}}\n${name}: 1\n`
      );
      const {project, diagnostics} = await readProject(directory);
      expect(project).toBeNull();
      expect(diagnostics.length).toBeGreaterThan(0);
      expect(Object.prototype).not.toHaveProperty("1");
    }
  );

  test("names that every object has are unknown columns", async () => {
    const path = join(directory, "sources/incidents.yaml");
    const text = await readFile(path, "utf8");
    await writeFile(
      path,
      text.replace("key: [number]", "key: [constructor]").replace("{code: {in: theft}}", "{toString: 1}")
    );
    expect(await faults(directory)).toEqual([
      "sources/incidents.yaml:8:7 unknown-column",
      "sources/incidents.yaml:30:13 unknown-column"
    ]);
  });
});

test("no change of one character makes it throw, and what it says has a place in the file", async () => {
  // Every line of every file loses a character, gains a brace or a quote: a bug would throw.
  const {files} = await read(directory);
  for (const {path, contents} of files) {
    const text = Buffer.from(contents).toString("utf8");
    const step = Math.ceil(text.length / 6);
    for (let at = 3; at < text.length; at += step) {
      for (const put of ["", "{", '"']) {
        await writeFile(join(directory, path), `${text.slice(0, at)}${put}${text.slice(at + (put === "" ? 1 : 0))}`);
        const {diagnostics} = await readProject(directory);
        for (const {place} of diagnostics) expect(place?.file).toMatch(/^(milepost|sources|targets|reports|seeds)/);
      }
    }
    await writeFile(join(directory, path), contents);
  }
});
