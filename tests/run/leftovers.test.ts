import {existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import type {LedgerEntry} from "../../pipeline/ledger/contract.ts";
import {sweepShelf, sweepTemporary, sweepWarehouse} from "../../pipeline/run/leftovers.ts";
import {projectFolder} from "../support/project-folder.ts";

const now = new Date("2026-05-02T12:00:00Z");
const longAgo = new Date("2026-05-01T11:00:00Z");
const justNow = new Date("2026-05-02T11:00:00Z");

let folder: string;
beforeEach(() => {
  folder = projectFolder({});
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

/** Makes a file, or for a name that ends in a slash a folder with a file in it. */
function left(name: string, at: Date): string {
  const path = join(folder, name);
  mkdirSync(name.endsWith("/") ? path : dirname(path), {recursive: true});
  writeFileSync(name.endsWith("/") ? join(path, "x") : path, "x");
  utimesSync(path, at, at);
  return path;
}

const inWarehouse = [
  ".scratch-a1b2c3/",
  ".run.lock.4711.0123abcd.tmp",
  "ledger/.000002.json.4711.0123abcd.tmp",
  "loads/calls/.a1.parquet.4711.0123abcd.tmp",
  "rejects/.a1.csv.4711.0123abcd.tmp",
  "definitions/.0123456789ab.0123abcd.tmp/",
  "cache/.inbox.json.4711.0123abcd.tmp",
  "cache/rollups/.a1.cells.4711.0123abcd.tmp"
];

test("what killed commands left in the warehouse goes after a day, and nothing else", async () => {
  const old = inWarehouse.map((name) => left(`warehouse/${name}`, longAgo));
  const fresh = inWarehouse.map((name) => left(`warehouse/${name.replace(/(0123abcd|a1b2c3)/, "4567cdef")}`, justNow));
  const kept = [
    "ledger/000001.json",
    "loads/calls/a1.parquet",
    "rejects/a1.csv",
    "definitions/0123/",
    ".keep",
    ".nfs0001"
  ];
  const lasting = kept.map((name) => left(`warehouse/${name}`, longAgo));
  await sweepWarehouse(join(folder, "warehouse"), now);
  expect(old.filter((path) => existsSync(path))).toEqual([]);
  expect([...fresh, ...lasting].filter((path) => !existsSync(path))).toEqual([]);
});

test("what was made in the system's folder goes too, if it is milepost's", async () => {
  const old = ["milepost-paper-a1B2c3/", "milepost-parquet-a1B2c3/", "milepost-scratch-a1B2c3/"];
  for (const name of [...old, "milepost-project-a1B2c3/", "paper-a1B2c3/"]) left(`tmp/${name}`, longAgo);
  left("tmp/milepost-paper-d4E5f6/", justNow);
  await sweepTemporary(join(folder, "tmp"), now);
  expect(readdirSync(join(folder, "tmp")).sort()).toEqual([
    "milepost-paper-d4E5f6",
    "milepost-project-a1B2c3",
    "paper-a1B2c3"
  ]);
});

test("a staged bundle that the ledger names waits for its place, however long", async () => {
  const manifest = "ab".repeat(32);
  const entry = {kind: "issue", issue: {number: 2, manifest_sha256: manifest}} as LedgerEntry;
  const shelf = "out/monthly/2024-01/internal";
  left(`${shelf}/.2.0123abcd.${manifest.slice(0, 16)}.ready/`, longAgo);
  left(`${shelf}/.3.0123abcd.${"cd".repeat(8)}.ready/`, longAgo);
  left(`${shelf}/.3.0123abcd.tmp/`, longAgo);
  left(`${shelf}/.latest.json.4711.0123abcd.tmp`, longAgo);
  // It may be the only draft there is: its age is that of its pages.
  left(`${shelf}/.draft.0123abcd.former/`, longAgo);
  left(`${shelf}/1/`, longAgo);
  await sweepShelf(join(folder, shelf), [entry], now);
  expect(readdirSync(join(folder, shelf)).sort()).toEqual([
    `.2.0123abcd.${manifest.slice(0, 16)}.ready`,
    ".draft.0123abcd.former",
    "1"
  ]);
});

test("one that is left over beside its issue in place goes", async () => {
  const manifest = "ab".repeat(32);
  const entry = {kind: "issue", issue: {number: 1, manifest_sha256: manifest}} as LedgerEntry;
  left(`shelf/.1.0123abcd.${manifest.slice(0, 16)}.ready/`, longAgo);
  left("shelf/1/", longAgo);
  await sweepShelf(join(folder, "shelf"), [entry], now);
  expect(readdirSync(join(folder, "shelf"))).toEqual(["1"]);
});

test("where there is nothing, nothing is swept", async () => {
  await sweepWarehouse(join(folder, "nowhere"), now);
  await sweepShelf(join(folder, "nowhere"), [], now);
});
