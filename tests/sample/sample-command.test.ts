import {mkdtempSync} from "node:fs";
import {readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test} from "vitest";
import {main} from "../../pipeline/cli/program.ts";
import {isSynthetic} from "../../pipeline/run/synthetic.ts";

/** No project is here or above: then there are crime incidents and traffic collisions alone. */
const folder = mkdtempSync(join(tmpdir(), "milepost-no-project-"));
afterAll(() => rm(folder, {recursive: true}));

async function milepost(...words: string[]) {
  const said = {out: "", err: ""};
  const exitCode = await main(words, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    now: () => new Date("2024-04-11T12:00:00Z"),
    cwd: folder,
    terminal: false,
    version: "0.0.0"
  });
  return {exitCode, ...said};
}

test("writes again over its own files, never over a changed one", async () => {
  const first = await milepost("sample", "--rows", "1000", "--out", "inbox");
  expect(first).toMatchObject({exitCode: 0});
  expect(first.out).toContain("14 synthetic extracts");
  expect(await readdir(join(folder, "inbox"))).toHaveLength(15);

  expect(await milepost("sample", "--rows", "1200", "--seed", "2", "--out", "inbox")).toMatchObject({exitCode: 0});

  const path = join(folder, "inbox/crime-incidents-synthetic-2019.csv");
  const changed = `${await readFile(path, "utf8")}a row of somebody's\n`;
  await writeFile(path, changed);
  const refused = await milepost("sample", "--rows", "1000", "--out", "inbox");
  expect(refused).toMatchObject({exitCode: 1, out: ""});
  expect(refused.err).toContain("inbox/crime-incidents-synthetic-2019.csv");
  expect(await readFile(path, "utf8")).toBe(changed);
});

test("needs no project with --out, and answers as JSON", async () => {
  const {exitCode, out} = await milepost("sample", "--rows", "1000", "--out", "elsewhere", "--format", "json");
  expect(exitCode).toBe(0);
  const {directory, files} = JSON.parse(out);
  expect(directory).toBe(join(folder, "elsewhere"));
  expect(await readdir(directory)).toEqual(
    expect.arrayContaining(files.map(({file}: {file: string}) => file).concat("milepost-sample.json"))
  );
});

test("an earlier last day leaves the files of a later one, still known as synthetic", async () => {
  const later = JSON.parse((await milepost("sample", "--rows", "500", "--out", "twice", "--format", "json")).out);
  const call = ["sample", "--rows", "500", "--through", "2023-06-30", "--out", "twice", "--format", "json"];
  const earlier = JSON.parse((await milepost(...call)).out);
  expect(earlier).toMatchObject({to: "2023-06-30"});
  expect(earlier.files).toHaveLength(12);
  const left = later.files.filter(({file}: {file: string}) => file.includes("2024"));
  expect(left).toHaveLength(2);
  for (const {file, sha256} of [...left, ...earlier.files]) {
    expect(await isSynthetic(join(folder, "twice", file), sha256)).toBe(true);
  }
});

test.each([
  ["--rows", "many"],
  ["--rows", "99"],
  ["--seed", "1.5"],
  ["--through", "2024-02-30"],
  ["--through", "2021-12-31"]
])("%s %s is a wrong command line", async (option, value) => {
  const {exitCode, err} = await milepost("sample", option, value, "--out", "wrong");
  expect(exitCode).toBe(2);
  expect(err).toContain(`"${value}"`);
});
