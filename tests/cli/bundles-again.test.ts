import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {main} from "../../pipeline/cli/program.ts";
import {calls, callsProject, runAt} from "../support/clocked-project.ts";
import {fingerprint, projectFolder, writeFiles} from "../support/project-folder.ts";

let directory: string;
let elsewhere: string;
let clock = Date.parse("2024-05-01T12:00:00Z");
const run = async (...words: string[]) => {
  clock += 864e5;
  return runAt(directory, new Date(clock).toISOString(), ...words);
};
const load = async (file: string, contents: string) => {
  writeFiles(directory, {[file]: contents});
  expect((await run("load", file)).code).toBe(0);
};
const issue = "quarterly/2024-Q1/internal/1";
const draft = "quarterly/2024-Q1/internal/draft";

/** A project with an issue and a draft, and with all that may come after: a restating load, a retraction, a new definition. */
beforeAll(async () => {
  directory = projectFolder(callsProject);
  elsewhere = mkdtempSync(join(tmpdir(), "milepost-elsewhere-"));
  await load("calls-1.csv", calls("2024-01 4", "2024-02 1", "2024-03 1"));
  const made = await run("issue", "quarterly", "--period", "2024-Q1", "--by", "A. Analyst");
  expect(made.code, made.err).toBe(0);
  await load("calls-2.csv", calls("2024-01 6", "2024-02 1", "2024-03 1"));
  expect((await run("report", "quarterly", "--period", "2024-Q1", "--through", "2024-02-29")).code).toBe(0);
  const entries = JSON.parse((await run("loads", "--format", "json")).out) as {load?: {id: string}}[];
  await run("retract", entries.at(-1)!.load!.id, "--reason", "wrong");
  const {"targets/calls.yaml": targets} = callsProject;
  writeFiles(directory, {"targets/calls.yaml": targets!.replaceAll("15", "9")});
  await load("calls-4.csv", calls("2024-04 2"));
}, 60_000);
afterAll(() => {
  for (const folder of [directory, elsewhere]) rmSync(folder, {recursive: true});
});

/** A copy of a bundle, wherever: nobody changes an issue. */
const copyOf = (bundle: string, name: string) => {
  const copy = join(elsewhere, name);
  cpSync(join(directory, "out", bundle), copy, {recursive: true});
  return copy;
};

describe("reproduce", () => {
  test.each([issue, draft])(
    "%s: identical, after all that came later",
    async (bundle) => {
      const before = fingerprint(directory, (path) => path.startsWith("warehouse/cache"));
      for (const named of [bundle, join("out", bundle), join(directory, "out", bundle, "index.html")]) {
        const {code, out, err} = await run("reproduce", named);
        expect([code, out.split("\n")[0]], err).toEqual([
          0,
          expect.stringMatching(/^quarterly 2024-Q1, .*: identical$/)
        ]);
      }
      expect(fingerprint(directory, (path) => path.startsWith("warehouse/cache"))).toEqual(before);
    },
    30_000
  );

  test("of a bundle whose page was altered: what comes out, and that the page is not it", async () => {
    const copy = copyOf(issue, "altered");
    writeFileSync(join(copy, "index.html"), "<p>All targets are met.");
    rmSync(join(copy, "report.pdf"));
    const {code, out, err} = await run("reproduce", copy);
    expect([code, out]).toEqual([0, expect.stringContaining("identical")]);
    expect(err).toMatch(/index\.html +warning +bundle-file-changed/);
    expect(err).toMatch(/report\.pdf +warning +bundle-file-missing/);
  }, 30_000);

  test("by another version: the same numbers, with what made it and what differs", async () => {
    const copy = copyOf(issue, "version");
    let out = "";
    const code = await main(["reproduce", copy], {
      out: (text) => {
        out += text;
      },
      err: () => {},
      now: () => new Date(clock),
      cwd: directory,
      terminal: false,
      version: "0.2.0"
    });
    expect([code, out]).toEqual([0, expect.stringContaining("same numbers")]);
    expect(out).toContain("milepost 0.1.0, now 0.2.0");
    expect(out).toContain("manifest.json");
    expect(out).not.toContain("attainment.csv");
  }, 30_000);

  test("names the cells that differ, with both values", async () => {
    const copy = copyOf(issue, "cells");
    // As if milepost had counted otherwise then: data and manifest agree with each other.
    const {createHash} = await import("node:crypto");
    const path = join(copy, "data/attainment.csv");
    const data = readFileSync(path, "utf8");
    const rows = data.split("\n");
    const column = rows[0]!.split(",").indexOf("actual_value");
    const cells = rows[1]!.split(",");
    expect(cells[column]).toBe("21");
    const forged = data.replace(rows[1]!, cells.map((cell, at) => (at === column ? "20" : cell)).join(","));
    writeFileSync(path, forged);
    const manifest = join(copy, "manifest.json");
    const [was, is] = [data, forged].map((text) => createHash("sha256").update(text).digest("hex")) as [string, string];
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(was, is));
    const {code, out} = await run("reproduce", "--format", "json", copy);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      outcome: "different",
      cells: [
        {
          file: "data/attainment.csv",
          row: "few city C 2024-Q1 whole",
          column: "actual_value",
          bundle: "20",
          again: "21"
        }
      ]
    });
    const text = await run("reproduce", copy);
    expect(text.out).toMatch(/1 cell differs/);
    expect(text.out).toMatch(/actual_value +20 +21/);
  }, 30_000);

  test("says what it lacks: no bundle, data that are not what the manifest says", async () => {
    const none = await run("reproduce", "out");
    expect([none.code, none.err]).toEqual([1, expect.stringContaining("no-bundle")]);
    const copy = copyOf(draft, "damaged");
    writeFileSync(join(copy, "data/actuals.csv"), "measure\n");
    const damaged = await run("reproduce", copy);
    expect([damaged.code, damaged.err]).toEqual([1, expect.stringContaining("bundle-file-changed")]);
  });
});

describe("verify", () => {
  test.each([issue, draft])("%s is whole", async (bundle) => {
    const {code, out} = await run("verify", bundle);
    expect([code, out]).toEqual([0, expect.stringMatching(/: whole\n {2}each of its \d+ files is what/)]);
  });

  test("needs no project, and no ledger: whoever got a bundle can", async () => {
    const copy = copyOf(issue, "alone");
    const {code, out} = await runAt(elsewhere, "2024-06-01T00:00:00Z", "verify", copy);
    expect([code, out]).toEqual([0, expect.stringContaining("no ledger here knows the issue")]);
    expect((await run("verify", copy)).out).toContain("the one that the ledger recorded");
  });

  test("names each fault: missing, altered, added, a link, a manifest that was forged", async () => {
    const copy = copyOf(issue, "faults");
    rmSync(join(copy, "report.pdf"));
    writeFileSync(join(copy, "data/actuals.csv"), "measure\n");
    writeFileSync(join(copy, "data/extra.csv"), "");
    symlinkSync("/etc/hostname", join(copy, ".hidden"));
    const manifest = readFileSync(join(copy, "manifest.json"), "utf8");
    writeFileSync(join(copy, "manifest.json"), manifest.replace('"synthetic": "none"', '"synthetic": "some"'));
    const {code, out} = await run("verify", "--format", "json", copy);
    expect(code).toBe(1);
    const {diagnostics} = JSON.parse(out) as {diagnostics: {code: string; place: {file: string}}[]};
    expect(diagnostics.map((one) => `${one.code} ${one.place.file.slice(copy.length + 1)}`).sort()).toEqual([
      "bundle-file-changed data/actuals.csv",
      "bundle-file-missing report.pdf",
      "bundle-file-unexpected .hidden",
      "bundle-file-unexpected data/extra.csv",
      "manifest-changed manifest.json"
    ]);
  });

  test("reads nothing outside of the bundle, whatever its manifest names", async () => {
    const copy = copyOf(draft, "climbing");
    const manifest = readFileSync(join(copy, "manifest.json"), "utf8");
    writeFileSync(
      join(copy, "manifest.json"),
      manifest.replace('"path": "report.pdf"', '"path": "../../../etc/passwd"')
    );
    const {code, err} = await run("verify", copy);
    expect([code, err]).toEqual([1, expect.stringContaining("bundle-manifest")]);
  });
});
