import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {
  copyFileSafely,
  createExclusively,
  placeExclusively,
  writeFileSafely
} from "../../pipeline/warehouse/safe-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "milepost-files-"));
});
afterEach(() => rmSync(folder, {recursive: true}));

test("of many who create one file exactly one does, whole, and nothing is left beside it", async () => {
  const path = join(folder, "ledger", "000001.json");
  const texts = Array.from({length: 20}, (_, index) => `${index} `.repeat(10_000));
  const created = await Promise.all(texts.map((text) => createExclusively(path, text)));
  expect(created.filter((one) => one)).toHaveLength(1);
  expect(readFileSync(path, "utf8")).toBe(texts[created.indexOf(true)]);
  expect(readdirSync(join(folder, "ledger"))).toEqual(["000001.json"]);
});

test("a finished file takes its place once and overwrites nothing", async () => {
  const from = join(folder, "made");
  const place = join(folder, "loads", "a.parquet");
  writeFileSync(from, "first");
  expect(await placeExclusively(from, place)).toBe(true);
  writeFileSync(from, "second");
  expect(await placeExclusively(from, place)).toBe(false);
  expect([readFileSync(place, "utf8"), readFileSync(from, "utf8")]).toEqual(["first", "second"]);
});

test("a copy has the mode that was asked for, over an earlier copy too", async () => {
  const from = join(folder, "rejects.csv");
  const path = join(folder, "kept", "rejects.csv");
  writeFileSync(from, "one", {mode: 0o644});
  await copyFileSafely(from, path, 0o600);
  writeFileSync(from, "two");
  await copyFileSafely(from, path, 0o600);
  expect(readFileSync(path, "utf8")).toBe("two");
  if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("a write replaces the whole file and leaves nothing beside it", async () => {
  const path = join(folder, "out", "page.html");
  await writeFileSafely(path, "old and long");
  await writeFileSafely(path, "new");
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(readdirSync(join(folder, "out"))).toEqual(["page.html"]);
});
