import {readdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {calls, callsProject, runAt} from "../support/clocked-project.ts";
import {fingerprint, projectFolder, writeFiles} from "../support/project-folder.ts";

let directory: string;
let clock: number;
beforeEach(() => {
  directory = projectFolder(callsProject);
  clock = Date.parse("2024-05-01T12:00:00Z");
});
afterEach(() => rmSync(directory, {recursive: true}));

/** Each command a day after the one before. */
const run = async (...words: string[]) => {
  clock += 864e5;
  return runAt(directory, new Date(clock).toISOString(), ...words);
};
const loaded = async (file: string, contents: string, ...options: string[]) => {
  writeFiles(directory, {[file]: contents});
  const {code, out, err} = await run("load", "--format", "json", ...options, file);
  expect(code, err).toBe(0);
  return (JSON.parse(out) as [{load: string}])[0];
};
const value = async (...options: string[]) => {
  const {code, out, err} = await run("attain", "--format", "json", ...options);
  expect(code, err).toBe(0);
  return (JSON.parse(out) as {binding: boolean; actual_value: number | null}[]).find(({binding}) => binding)!
    .actual_value;
};
const first = calls("2024-01 4", "2024-02 1", "2024-03 1");
const second = calls("2024-01 6", "2024-02 1", "2024-03 1");

describe("retract", () => {
  test("takes a load back: what it replaced counts again, and every moment before answers as it did", async () => {
    await loaded("calls-1.csv", first);
    const before = await value();
    const {load} = await loaded("calls-2.csv", second);
    const asOf = new Date(clock).toISOString();
    const between = await value();
    expect([before, between]).toEqual([21, 27]);
    const {code, out, err} = await run(
      "retract",
      load,
      "--reason",
      "the wrong year was extracted",
      "--by",
      "A. Analyst"
    );
    expect([code, err]).toEqual([0, `calls-2.csv: what changes without load ${load}\n`]);
    expect(out).toContain(`calls-2.csv  calls  RETRACTED  load ${load}`);
    expect(out).toContain("by        A. Analyst");
    expect(out).toMatch(/2024-01 +0 +0 +6/);
    expect(out).toMatch(/few +City +2024-Q1 +.* 27 +21 +−6/);
    expect(await value()).toBe(before);
    expect(await value("--as-of", asOf)).toBe(between);
    const list = (await run("loads")).out;
    expect(list).toMatch(new RegExp(`calls +${load} .*retracted`));
    expect(list).toMatch(/retracted calls .*2024-01: 6 gone +by A. Analyst: the wrong year was extracted/);
    expect((await run("loads", load)).out).toContain("by A. Analyst: the wrong year was extracted");
  });

  test("--dry-run says the same and changes nothing", async () => {
    await loaded("calls-1.csv", first);
    const {load} = await loaded("calls-2.csv", second);
    const before = fingerprint(directory);
    const dry = await run("retract", load, "--reason", "wrong", "--dry-run");
    expect(dry.code).toBe(0);
    expect(dry.out).toContain("WOULD BE RETRACTED");
    expect(dry.out).toContain("Dry run: nothing was kept.");
    expect(fingerprint(directory)).toEqual(before);
    const done = await run("retract", load, "--reason", "wrong");
    expect(done.out).toBe(
      dry.out.replace("WOULD BE RETRACTED", "RETRACTED").replace("\nDry run: nothing was kept.\n", "")
    );
    expect(readdirSync(join(directory, "warehouse")).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("refuses what is no load, what several are, and what is taken back already", async () => {
    const {load} = await loaded("calls-1.csv", first);
    const unknown = await run("retract", `${load.slice(0, 11)}x`, "--reason", "wrong");
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining(`Did you mean "${load}"?`)]);
    const named = await run("retract", "calls-1.csv", "--reason", "wrong");
    expect(named.err).toContain(`The file of that name is load ${load}`);
    const silent = await run("retract", load);
    expect([silent.code, silent.err]).toEqual([2, expect.stringContaining("--reason")]);
    expect((await run("retract", load.slice(0, 5), "--reason", "wrong")).code).toBe(0);
    const again = await run("retract", load, "--reason", "wrong");
    expect([again.code, again.err]).toEqual([1, expect.stringContaining("retracted already")]);
  });

  test("of a reading again gives the reading before; the one before can't be taken back alone", async () => {
    const {load: before} = await loaded("calls-1.csv", first);
    const {"sources/calls.yaml": source} = callsProject;
    writeFiles(directory, {"sources/calls.yaml": source!.replace("type: text}", "type: text, required: true}")});
    const {load: after} = await loaded("calls-1.csv", first);
    expect(after).not.toBe(before);
    const refused = await run("retract", before, "--reason", "wrong");
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining(`milepost retract ${after}`)]);
    const done = await run("retract", after, "--reason", "wrong");
    expect([done.code, done.err]).toEqual([0, expect.stringContaining(`milepost retract ${before}`)]);
    expect(await value()).toBe(21);
    expect((await run("retract", before, "--reason", "wrong")).code).toBe(0);
    expect(await value()).toBe(null);
  });

  test("a scheduled run does not bring it back from the inbox; who names the file does", async () => {
    writeFiles(directory, {"inbox/calls-1.csv": first});
    expect((await run("run")).code).toBe(0);
    const [{load}] = (JSON.parse((await run("loads", "--format", "json")).out) as {load: {id: string}}[]).map(
      ({load}) => ({load: load.id})
    ) as [{load: string}];
    await run("retract", load, "--reason", "two months are missing");
    for (const command of ["run", "load"]) {
      const {code, err} = await run(command);
      expect([code, err]).toEqual([0, expect.stringContaining("two months are missing")]);
      expect(await value()).toBe(null);
    }
    const named = await run("load", "inbox/calls-1.csv");
    expect([named.code, named.err]).toEqual([0, expect.stringContaining("Loaded anew")]);
    expect(await value()).toBe(21);
    const quiet = await run("run");
    expect(quiet.err).not.toContain("two months are missing");
    expect(await value()).toBe(21);
  });

  test("is told by the next report, in data quality", async () => {
    await loaded("calls-1.csv", first);
    const {load} = await loaded("calls-2.csv", second);
    await run("retract", load, "--reason", "the wrong year was extracted");
    expect((await run("report", "quarterly", "--period", "2024-Q1")).code).toBe(0);
    const page = readFileSync(join(directory, "out/quarterly/2024-Q1/internal/draft/index.html"), "utf8");
    expect(page).toContain("Taken back: calls-2.csv");
    expect(page).toContain("the wrong year was extracted.");
  });
});
