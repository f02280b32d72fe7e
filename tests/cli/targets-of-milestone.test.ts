import {cpSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {runProgram} from "../support/run-program.ts";

const directory = mkdtempSync(join(tmpdir(), "milepost-milestone-"));

const milepost = (...words: string[]) => runProgram(directory, "2025-02-05T18:00:00Z", words);

beforeAll(async () => {
  // A milestone with two deadlines.
  cpSync(join(import.meta.dirname, "../golden/g4.a.7.y1.2/given"), directory, {recursive: true});
  expect((await milepost("load")).code).toBe(0);
});

afterAll(() => rmSync(directory, {recursive: true, force: true}));

test("attain takes a milestone's id for all of its targets", async () => {
  const {out} = await milepost("attain", "--target", "g4.a.7.y1.2", "--format", "json");
  const rows = JSON.parse(out) as {target: string}[];
  expect(rows.map(({target}) => target).sort()).toEqual(["certification-applied-for", "reporting-in-use"]);
});

test("explain tells one number, and names the targets of a milestone that has several", async () => {
  const {code, out, err} = await milepost("explain", "g4.a.7.y1.2");
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain("several-targets");
  expect(err).toMatch(/milepost explain (certification-applied-for|reporting-in-use)/);
});
