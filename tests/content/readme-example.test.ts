import {readFileSync} from "node:fs";
import {readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, expect, test} from "vitest";
import {copyRootProject} from "../support/root-project.ts";

/*
 * README.md lets a newcomer load a file. This test is that newcomer: it writes what the page says into a copy of the
 * project, types what the page says, and reads what the page says they will see.
 */

const {directory: project, milepost} = copyRootProject("2024-07-02T12:00:00Z");
const readme = readFileSync("README.md", "utf8");
const blocks = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
  language: language!,
  text: text!
}));

afterAll(() => rm(project, {recursive: true}));

const written = (language: string) => blocks.filter((block) => block.language === language).map(({text}) => text);

test("the README's own file is refused, mended, loaded and aimed at, as the page says", async () => {
  const [csv] = written("csv");
  const [source, target] = written("yaml");
  const [refusal, receipt] = written("");
  const file = join(project, "bookings-2024-06.csv");
  await writeFile(file, csv!);
  await writeFile(join(project, "sources/bookings.yaml"), source!);
  expect(await milepost("check")).toMatchObject({exitCode: 0});

  const refused = await milepost("load", "bookings-2024-06.csv");
  expect(refused.exitCode).toBe(1);
  expect(refused.err).toContain(refusal);

  await writeFile(file, csv!.replace("06/31/2024", "06/30/2024"));
  const loaded = await milepost("load", "bookings-2024-06.csv");
  expect(loaded.exitCode).toBe(0);
  const withoutId = (text: string) => text.replace(/load [0-9a-f]{12}/, "load");
  expect(withoutId(loaded.out)).toContain(withoutId(receipt!));

  await writeFile(join(project, "targets/bookings.yaml"), target!);
  const {exitCode, out} = await milepost("attain", "--target", "bookings-june");
  expect(exitCode).toBe(0);
  expect(out).toContain("✓ met");
  expect(await milepost("explain", "bookings-june")).toMatchObject({exitCode: 0});
});

test("a misspelt key is answered as the page says", async () => {
  const path = join(project, "sources/bookings.yaml");
  await writeFile(path, (await readFile(path, "utf8")).replace("better: none", "beter: none"));
  const {exitCode, err} = await milepost("check");
  expect(exitCode).toBe(1);
  expect(err).toContain('There is no key "beter" in measures.bookings');
  expect(err).toContain('Did you mean "better"?');
});
