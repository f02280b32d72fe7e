import fs, {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {syncBuiltinESMExports} from "node:module";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {
  copyFileSafely,
  createExclusively,
  fillFolder,
  placeExclusively,
  writeFileSafely
} from "../../pipeline/warehouse/safe-files.ts";
import {withFailingDisk} from "../faults/failing-disk.ts";

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
  rmSync(from);
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

test("a folder is filled with every file; once it has failed nothing is written to it any more", async () => {
  const files = Array.from({length: 40}, (_, at) => ({
    path: at % 2 === 0 ? `${at}` : `charts/${at}`,
    contents: `is ${at}`
  }));
  const filled = join(folder, "filled");
  const {calls} = await withFailingDisk(folder, null, () => fillFolder(filled, files));
  for (const {path, contents} of files) expect(readFileSync(join(filled, path), "utf8")).toBe(contents);
  expect(readdirSync(filled)).toHaveLength(21);
  expect(calls.filter(({name}) => name === "rename")).toEqual([]);
  const written = calls.findIndex(({name}) => name === "write") + 1;
  const broken = join(folder, "broken");
  let rejected = false;
  const {calls: after} = await withFailingDisk(folder, {code: "ENOSPC", call: written}, async () => {
    await fillFolder(broken, files).catch(() => {
      rejected = true;
    });
    rmSync(broken, {recursive: true});
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
  expect(rejected).toBe(true);
  expect(after.at(-1)!.name).toMatch(/^rm/);
});

/** Does work on a disk that has no hard links, as USB sticks and some network shares. */
async function withoutLinks<T>(work: () => Promise<T>): Promise<T> {
  const own = fs.promises.link;
  fs.promises.link = async () => {
    throw Object.assign(new Error("ENOTSUP: no links here"), {code: "ENOTSUP"});
  };
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    fs.promises.link = own;
    syncBuiltinESMExports();
  }
}

/** As the ledger does: told that another was first, it looks whether that is so, and tries again. */
async function createOrFind(path: string, text: string): Promise<boolean> {
  while (!(await createExclusively(path, text))) if (fs.existsSync(path)) return false;
  return true;
}

test("without links too exactly one of many creates a file, whole, and nobody overwrites it", async () => {
  for (let round = 0; round < 20; round += 1) {
    const path = join(folder, `${round}`, "000001.json");
    const texts = Array.from({length: 8}, (_, index) => `${index} `.repeat(1000));
    const created = await withoutLinks(() => Promise.all(texts.map((text) => createOrFind(path, text))));
    expect(created.filter((one) => one)).toHaveLength(1);
    expect(readFileSync(path, "utf8")).toBe(texts[created.indexOf(true)]);
    expect(readdirSync(join(folder, `${round}`))).toEqual(["000001.json"]);
  }
});

test("without links too a disk that fails at any call leaves no half file under the name", async () => {
  const text = "whole";
  const {calls} = await withoutLinks(() =>
    withFailingDisk(folder, null, () => createExclusively(join(folder, "counted", "a"), text))
  );
  expect(calls.length).toBeGreaterThan(4);
  for (let call = 1; call <= calls.length; call += 1) {
    const path = join(folder, `${call}`, "a");
    const tried = () => createExclusively(path, text).catch(() => false);
    await withoutLinks(() => withFailingDisk(folder, {code: "EIO", call}, tried));
    const found = fs.existsSync(path) ? readFileSync(path, "utf8") : text;
    expect(found, JSON.stringify(calls[call - 1])).toBe(text);
    await withoutLinks(() => createOrFind(path, text));
    expect(readFileSync(path, "utf8")).toBe(text);
  }
});
