import {spawn} from "node:child_process";
import {once} from "node:events";
import {existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import type {LedgerEntry} from "../../pipeline/ledger/contract.ts";
import {type SweepEffects, sweepShelf, sweepTemporary, sweepWarehouse} from "../../pipeline/run/leftovers.ts";
import {projectFolder} from "../support/project-folder.ts";

/** The machine a day later: of the processes that were only this one still runs. */
const later: SweepEffects = {now: () => new Date("2026-05-02T12:00:00Z"), isRunning: (pid) => pid === 4713};
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
  ".scratch-4711-a1b2c3/",
  ".run.lock.4711.0123abcd.tmp",
  "ledger/.000002.json.4711.0123abcd.tmp",
  "ledger/.000003.json.4711.0123abcd.claim",
  "loads/calls/.a1.parquet.4711.0123abcd.tmp",
  "rejects/.a1.csv.4711.0123abcd.tmp",
  "definitions/.0123456789ab.4711.0123abcd.tmp/",
  "cache/.inbox.json.4711.0123abcd.tmp",
  "cache/rollups/.a1.cells.4711.0123abcd.tmp"
];

test("what killed commands left in the warehouse goes after a day, and nothing else", async () => {
  const old = inWarehouse.map((name) => left(`warehouse/${name}`, longAgo));
  const fresh = inWarehouse.map((name) => left(`warehouse/${name.replace(/(0123abcd|a1b2c3)/, "4567cdef")}`, justNow));
  const running = inWarehouse.map((name) => left(`warehouse/${name.replace("4711", "4713")}`, longAgo));
  const kept = [
    "ledger/000001.json",
    "loads/calls/a1.parquet",
    "rejects/a1.csv",
    "definitions/0123/",
    ".keep",
    ".nfs0001"
  ];
  const lasting = kept.map((name) => left(`warehouse/${name}`, longAgo));
  await sweepWarehouse(join(folder, "warehouse"), later);
  expect(old.filter((path) => existsSync(path))).toEqual([]);
  expect([...fresh, ...running, ...lasting].filter((path) => !existsSync(path))).toEqual([]);
});

test("what was made in the system's folder goes too, if it is milepost's", async () => {
  const others = ["milepost-project-a1B2c3/", "scratch-4711-a1B2c3/", "milepost-scratch-4713-a1B2c3/"];
  for (const name of ["milepost-scratch-4711-a1B2c3/", ...others]) left(`tmp/${name}`, longAgo);
  left("tmp/milepost-scratch-4711-d4E5f6/", justNow);
  await sweepTemporary(join(folder, "tmp"), later);
  expect(readdirSync(join(folder, "tmp")).sort()).toEqual([
    "milepost-project-a1B2c3",
    "milepost-scratch-4711-d4E5f6",
    "milepost-scratch-4713-a1B2c3",
    "scratch-4711-a1B2c3"
  ]);
});

test("a staged bundle that the ledger names waits for its place, however long", async () => {
  const manifest = "ab".repeat(32);
  const entry = {kind: "issue", issue: {number: 2, manifest_sha256: manifest}} as LedgerEntry;
  const shelf = "out/monthly/2024-01/internal";
  left(`${shelf}/.2.4711.0123abcd.${manifest.slice(0, 16)}.ready/`, longAgo);
  left(`${shelf}/.3.4711.0123abcd.${"cd".repeat(8)}.ready/`, longAgo);
  left(`${shelf}/.3.4711.0123abcd.tmp/`, longAgo);
  left(`${shelf}/.latest.json.4711.0123abcd.tmp`, longAgo);
  // It may be the only draft there is: its age is that of its pages.
  left(`${shelf}/.draft.4711.0123abcd.former/`, longAgo);
  left(`${shelf}/1/`, longAgo);
  await sweepShelf(join(folder, shelf), [entry], later);
  expect(readdirSync(join(folder, shelf)).sort()).toEqual([
    `.2.4711.0123abcd.${manifest.slice(0, 16)}.ready`,
    ".draft.4711.0123abcd.former",
    "1"
  ]);
});

test("one that is left over beside its issue in place goes", async () => {
  const manifest = "ab".repeat(32);
  const entry = {kind: "issue", issue: {number: 1, manifest_sha256: manifest}} as LedgerEntry;
  left(`shelf/.1.4711.0123abcd.${manifest.slice(0, 16)}.ready/`, longAgo);
  left("shelf/1/", longAgo);
  await sweepShelf(join(folder, "shelf"), [entry], later);
  expect(readdirSync(join(folder, "shelf"))).toEqual(["1"]);
});

test("what a running process works in stays however old it is, and goes once that one is dead", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  try {
    const folders = [`tmp/milepost-scratch-${child.pid}-a1B2c3/`, `.scratch-${child.pid}-a1B2c3/`];
    const paths = folders.map((name) => left(name, longAgo));
    const sweepBoth = async () => {
      await sweepTemporary(join(folder, "tmp"));
      await sweepWarehouse(folder);
      return paths.map((path) => existsSync(path));
    };
    expect(await sweepBoth()).toEqual([true, true]);
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    expect(await sweepBoth()).toEqual([false, false]);
  } finally {
    child.kill("SIGKILL");
  }
});

test("what is older than this process was left by another one that had its number", async () => {
  const former = left(`.scratch-${process.pid}-a1B2c3/`, new Date(performance.timeOrigin - 2 * 864e5));
  const own = left(`.scratch-${process.pid}-d4E5f6/`, new Date());
  await sweepWarehouse(folder);
  expect([existsSync(former), existsSync(own)]).toEqual([false, true]);
});

test("where there is nothing, nothing is swept", async () => {
  await sweepWarehouse(join(folder, "nowhere"), later);
  await sweepShelf(join(folder, "nowhere"), [], later);
});
