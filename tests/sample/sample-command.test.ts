import {readdir, readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, expect, test} from "vitest";
import {copyRootProject} from "../support/root-project.ts";

const {directory: project, milepost} = copyRootProject("2024-01-11T12:00:00Z");
afterAll(() => rm(project, {recursive: true}));

test("writes into the project's inbox, again over its own files, never over a changed one", async () => {
  const first = await milepost("sample", "--rows", "1000");
  expect(first).toMatchObject({exitCode: 0});
  expect(first.out).toContain("12 synthetic extracts");
  expect(await readdir(join(project, "inbox"))).toHaveLength(13);

  expect(await milepost("sample", "--rows", "1200", "--seed", "2")).toMatchObject({exitCode: 0});

  const path = join(project, "inbox/crime-incidents-synthetic-2019.csv");
  const changed = `${await readFile(path, "utf8")}a row of somebody's\n`;
  await writeFile(path, changed);
  const refused = await milepost("sample", "--rows", "1000");
  expect(refused).toMatchObject({exitCode: 1, out: ""});
  expect(refused.err).toContain("inbox/crime-incidents-synthetic-2019.csv");
  expect(await readFile(path, "utf8")).toBe(changed);
});

test("--out needs no project, and answers as JSON", async () => {
  const {exitCode, out} = await milepost("sample", "--rows", "1000", "--out", "elsewhere", "--format", "json");
  expect(exitCode).toBe(0);
  const {directory, files} = JSON.parse(out);
  expect(directory).toBe(join(project, "elsewhere"));
  expect(await readdir(directory)).toEqual(
    expect.arrayContaining(files.map(({file}: {file: string}) => file).concat("milepost-sample.json"))
  );
});

test.each([
  ["--rows", "many"],
  ["--rows", "99"],
  ["--seed", "1.5"]
])("%s %s is a wrong command line", async (option, value) => {
  const {exitCode, err} = await milepost("sample", option, value);
  expect(exitCode).toBe(2);
  expect(err).toContain(`"${value}"`);
});
