import {execFile} from "node:child_process";
import {readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";
import {afterAll, beforeAll, expect, test} from "vitest";
import {calls, callsProject, runAt} from "../support/clocked-project.ts";
import {fingerprint, projectFolder, writeFiles} from "../support/project-folder.ts";

/** `npm test` builds it first. */
const folder = fileURLToPath(new URL("../../dist/program", import.meta.url));
const run = promisify(execFile);

let project: string;
const built = (...words: string[]) => run(process.execPath, [join(folder, "main.js"), ...words], {cwd: project});

beforeAll(async () => {
  project = projectFolder(callsProject);
  writeFiles(project, {"inbox/calls.csv": calls("2024-01 4", "2024-02 1", "2024-03 1")});
  await built("load");
}, 60_000);
afterAll(() => rmSync(project, {recursive: true}));

test("the built program makes a report of the same bytes as its sources: pages, paper, pictures and data", async () => {
  const words = ["report", "quarterly", "--period", "2024-Q1", "--png", "--out"];
  await built(...words, "of-program");
  const made = await runAt(project, "2024-07-01T12:00:00Z", ...words, "of-sources");
  expect(made.code, made.err).toBe(0);
  const files = fingerprint(join(project, "of-program"));
  expect(Object.keys(files).map((path) => path.replace(/.*\./, ""))).toEqual(
    expect.arrayContaining(["html", "pdf", "png", "svg", "arrow", "parquet", "csv"])
  );
  expect(files).toEqual(fingerprint(join(project, "of-sources")));
}, 60_000);

test("it is where a schedule finds it again", async () => {
  writeFiles(project, {
    "milepost.yaml": `${readFileSync(join(project, "milepost.yaml"), "utf8")}schedule:
  - {report: quarterly, cron: 0 6 10 * *}
`
  });
  const {stdout} = await built("schedule", "--print", "cron");
  expect(stdout).toContain(join(folder, "main.js"));
});
