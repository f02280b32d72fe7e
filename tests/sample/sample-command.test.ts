import {cp, mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {main} from "../../pipeline/cli/program.ts";

let project: string;
const definitions = ["milepost.yaml", "targets", "sources", "reports", "seeds"];

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "milepost-sample-"));
  for (const name of definitions) await cp(name, join(project, name), {recursive: true});
});

afterAll(() => rm(project, {recursive: true}));

async function milepost(...words: string[]) {
  const said = {out: "", err: ""};
  const exitCode = await main(words, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    now: () => new Date("2024-01-11T12:00:00Z"),
    cwd: project,
    terminal: false,
    version: "0.0.0"
  });
  return {exitCode, ...said};
}

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
