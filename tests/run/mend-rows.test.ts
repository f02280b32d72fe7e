import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {actualsOf} from "../support/known-actuals.ts";
import {fingerprint, loadFiles, projectFolder, readFolder, writeFiles} from "../support/project-folder.ts";

const source = `source: calls
title: Calls
files: ["calls*.csv"]
delivery: period
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  kind: {from: Kind, type: text}
measures:
  calls: {title: Calls, count: rows, nature: outcome, better: lower, unit: calls}
`;
const january = "Day,Kind\n2024-01-01,fire\n2024-01-31,theft\n";

let directory: string;
let warehouse: string;
let rows: string;
beforeEach(async () => {
  directory = projectFolder({"sources/calls.yaml": source, "calls-1.csv": january});
  warehouse = join(directory, "warehouse");
  await loadFiles(directory, ["calls-1.csv"]);
  const folder = join(warehouse, "loads", "calls");
  rows = join(folder, readdirSync(folder)[0]!);
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

async function counted(): Promise<number | null> {
  const actuals = await actualsOf(await readFolder(directory));
  return actuals.over("calls", {type: "city", code: "C"}, "2024-01-01", "2024-01-31").value;
}

test.each([
  ["altered", "rows-changed", () => writeFileSync(rows, readFileSync(rows).reverse())],
  ["cut off", "rows-changed", () => writeFileSync(rows, readFileSync(rows).subarray(0, 40))],
  ["gone", "rows-lost", () => rmSync(rows)]
])("rows that are %s are refused until the extract is loaded again by its name", async (_how, code, harm) => {
  const whole = readFileSync(rows);
  harm();
  await expect(counted()).rejects.toMatchObject({
    diagnostics: [{code, place: {file: rows}, fix: expect.stringContaining("milepost load calls-1.csv")}]
  });
  const before = fingerprint(warehouse);
  const [dry] = await loadFiles(directory, ["calls-1.csv"], undefined, {dryRun: true});
  expect(dry?.diagnostics).toMatchObject([{code: "rows-restored", message: expect.stringContaining("would be")}]);
  expect(fingerprint(warehouse)).toEqual(before);
  const [receipt] = await loadFiles(directory, ["calls-1.csv"]);
  expect(receipt).toMatchObject({outcome: "unchanged", diagnostics: [{code: "rows-restored", severity: "note"}]});
  expect(readFileSync(rows)).toEqual(whole);
  expect(readdirSync(join(warehouse, "ledger"))).toHaveLength(1);
  expect(await counted()).toBe(2);
  const [again] = await loadFiles(directory, ["calls-1.csv"]);
  expect(again).toMatchObject({outcome: "unchanged", diagnostics: []});
});

test("nothing but the recorded bytes takes the place of rows", async () => {
  const entry = join(warehouse, "ledger", "000001.json");
  // As if another version had written other bytes for the same extract.
  const text = readFileSync(entry, "utf8").replace(/"rows_sha256": "\w+"/, `"rows_sha256": "${"ab".repeat(32)}"`);
  writeFileSync(entry, text);
  const before = readFileSync(rows);
  await expect(loadFiles(directory, ["calls-1.csv"])).rejects.toMatchObject({
    diagnostics: [{code: "rows-not-restored", place: {file: rows}}]
  });
  expect(readFileSync(rows)).toEqual(before);
  rmSync(rows);
  await expect(loadFiles(directory, ["calls-1.csv"])).rejects.toMatchObject({
    diagnostics: [{code: "rows-not-restored"}]
  });
  expect(existsSync(rows)).toBe(false);
});

test("a load over rows that can't be read names them, and is no bug", async () => {
  writeFileSync(rows, "not a row");
  writeFiles(directory, {"calls-2.csv": `${january}2024-01-15,theft\n`});
  await expect(loadFiles(directory, ["calls-2.csv"])).rejects.toMatchObject({
    diagnostics: [{code: "rows-changed", place: {file: rows}}]
  });
  await loadFiles(directory, ["calls-1.csv", "calls-2.csv"]);
  expect(await counted()).toBe(3);
});
