import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {readProject} from "../../pipeline/config/read-project.ts";
import {openKeptProject} from "../../pipeline/run/kept-project.ts";
import {readKept, storeKept} from "../../pipeline/warehouse/kept-value.ts";
import {projectFolder, writeFiles} from "../support/project-folder.ts";
import {copyRootProject} from "../support/root-project.ts";

const source = (title: string) => `source: calls
title: ${title}
files: ["calls-*.csv"]
delivery: period
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
measures:
  calls: {title: Calls, count: rows, nature: outcome, better: lower, unit: calls}
`;

/** A warning: held against three years. */
const longerBaseline = `target: fewer
title: Fewer calls
measure: calls
period: 2024
goal: {change: -10%}
baseline: {period: 2021-01-01/2023-12-31}
`;

const command = {build: "of-today", keeps: true} as const;
let directory: string;
let kept: string;

beforeEach(() => {
  directory = projectFolder({"sources/calls.yaml": source("Calls for service")});
  kept = join(directory, "warehouse", "cache", "definitions.read");
  mkdirSync(join(directory, "warehouse", "cache"), {recursive: true});
});
afterEach(() => rmSync(directory, {recursive: true}));

const opened = async (how: Parameters<typeof openKeptProject>[1] = command) => {
  const {project, diagnostics} = await openKeptProject(directory, how);
  return {project, diagnostics};
};
const readAnew = async () => {
  const {project, diagnostics} = await readProject(directory);
  return {project, diagnostics};
};

/** Puts another title into what is kept, under its own key: who then tells it has not read the files. */
async function mark(title: string): Promise<void> {
  const bytes = readFileSync(kept);
  const key = /[0-9a-f]{64}/.exec(bytes.toString("latin1", 65))![0];
  const value = (await readKept<{project: {settings: object}}>(kept, key))!;
  await storeKept(kept, key, {...value, project: {...value.project, settings: {...value.project.settings, title}}});
}
const titleOf = async (how: Parameters<typeof openKeptProject>[1] = command) =>
  (await opened(how)).project?.settings.title;

describe("a project that was read before", () => {
  test("is the same as one that is read anew, and is not read anew", async () => {
    const first = await opened();
    expect(first).toEqual(await readAnew());
    expect(await opened()).toEqual(first);
    await mark("Kept");
    expect(await titleOf()).toBe("Kept");
  });

  test("is read anew when any of its files is another, or the program is", async () => {
    await opened();
    await mark("Kept");
    expect(await titleOf({...command, build: "of-tomorrow"})).toBe("Small");
    await mark("Kept");
    writeFiles(directory, {"sources/calls.yaml": source("Calls of the week")});
    const changed = await opened();
    expect(changed.project?.settings.title).toBe("Small");
    expect(changed.project?.sources.get("calls")?.title).toBe("Calls of the week");
    await mark("Kept");
    writeFiles(directory, {"seeds/code-lists.csv": "list,code\nstops,1\n"});
    expect(await opened()).toEqual(await readAnew());
  });

  test("tells its folder as it is now, and its warnings each time", async () => {
    writeFiles(directory, {"targets/fewer.yaml": longerBaseline});
    const before = await readAnew();
    expect(before.diagnostics.map(({severity}) => severity)).toEqual(["warning"]);
    await opened();
    expect(await opened()).toEqual(before);
    const moved = mkdtempSync(join(tmpdir(), "milepost-moved-"));
    try {
      cpSync(directory, moved, {recursive: true});
      const there = await openKeptProject(moved, command);
      expect(there.project).toEqual({...before.project, directory: moved});
    } finally {
      rmSync(moved, {recursive: true});
    }
  });

  test("is read anew when what is kept is damaged, and kept again", async () => {
    const whole = await opened();
    for (const damaged of ["", "nothing of the kind", readFileSync(kept).subarray(0, -1)]) {
      writeFileSync(kept, damaged);
      expect(await opened()).toEqual(whole);
      await mark("Kept");
      expect(await titleOf()).toBe("Kept");
    }
  });
});

describe("nothing is kept", () => {
  test("by a program that is not gathered, in a dry run, and where nothing was counted yet", async () => {
    const whole = await readAnew();
    expect(await opened({...command, build: null})).toEqual(whole);
    expect(await opened({...command, keeps: false})).toEqual(whole);
    expect(existsSync(kept)).toBe(false);
    rmSync(join(directory, "warehouse"), {recursive: true});
    expect(await opened()).toEqual(whole);
    expect(existsSync(join(directory, "warehouse"))).toBe(false);
  });

  test("of files at fault: their faults are told each time", async () => {
    await opened();
    for (const [path, contents] of [
      ["sources/calls.yaml", "source: [calls\n"],
      ["sources/stray.yml", source("Stray")],
      ["milepost.yaml", "title: 1\n"],
      ["milepost.yaml", "- of no use\n"],
      ["milepost.yaml", "paths: null\n"]
    ] as const) {
      const before = existsSync(join(directory, path)) ? readFileSync(join(directory, path), "utf8") : null;
      writeFiles(directory, {[path]: contents});
      const faulty = await readAnew();
      expect(faulty.diagnostics.length).toBeGreaterThan(0);
      expect(await opened()).toEqual(faulty);
      expect(await opened()).toEqual(faulty);
      if (before === null) rmSync(join(directory, path));
      else writeFiles(directory, {[path]: before});
    }
    expect((await opened()).diagnostics).toEqual([]);
  });

  test("where the disk refuses it: the answer is the same", async () => {
    mkdirSync(kept);
    expect(await opened()).toEqual(await readAnew());
  });
});

test("the whole plan comes back as it went", async () => {
  const plan = copyRootProject("2024-07-01T12:00:00Z");
  try {
    mkdirSync(join(plan.directory, "warehouse", "cache"), {recursive: true});
    await openKeptProject(plan.directory, command);
    expect(existsSync(join(plan.directory, "warehouse", "cache", "definitions.read"))).toBe(true);
    const again = await openKeptProject(plan.directory, command);
    const {project, diagnostics} = await readProject(plan.directory);
    expect(again).toStrictEqual({project, diagnostics});
  } finally {
    rmSync(plan.directory, {recursive: true});
  }
});
