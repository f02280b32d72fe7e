import {createHash} from "node:crypto";
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {openKnownFiles} from "../../pipeline/run/known-files.ts";
import {projectFolder, readFolder} from "../support/project-folder.ts";

let directory: string;
let extract: string;
beforeEach(() => {
  directory = projectFolder({});
  mkdirSync(join(directory, "warehouse"));
  mkdirSync(join(directory, "inbox"));
  extract = join(directory, "inbox/calls.csv");
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

const cache = () => join(directory, "warehouse/cache/inbox.json");
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Waits until the machine's clock has left the file's times behind; they can't be set on every disk. */
async function settle(): Promise<void> {
  while (Date.now() - statSync(extract).ctimeMs < 5_200) await new Promise((resolve) => setTimeout(resolve, 100));
}

async function hashed(): Promise<string> {
  const files = await openKnownFiles(await readFolder(directory));
  const hash = await files.hash(extract);
  await files.save();
  return hash;
}

test("a file that lies still is read once, and its hash is taken from the cache then", async () => {
  writeFileSync(extract, "one");
  await settle();
  expect(await hashed()).toBe(sha256("one"));
  const kept = JSON.parse(readFileSync(cache(), "utf8"));
  expect(Object.keys(kept)).toEqual(["inbox/calls.csv"]);
  // The cache is what is asked: with another hash in it that one is answered.
  writeFileSync(cache(), JSON.stringify({"inbox/calls.csv": {...kept["inbox/calls.csv"], sha256: "0".repeat(64)}}));
  expect(await hashed()).toBe("0".repeat(64));
  // Deleting it changes no answer, nor does damage.
  writeFileSync(cache(), "{");
  expect(await hashed()).toBe(sha256("one"));
  rmSync(cache());
  expect(await hashed()).toBe(sha256("one"));
});

test("a change of the same length is seen, whatever is done to hide it", async () => {
  writeFileSync(extract, "one");
  await settle();
  const {atime, mtime} = statSync(extract);
  expect(await hashed()).toBe(sha256("one"));
  writeFileSync(extract, "two");
  utimesSync(extract, atime, mtime);
  expect(await hashed()).toBe(sha256("two"));
  // Another file put in its place, with its times.
  writeFileSync(join(directory, "other"), "six");
  utimesSync(join(directory, "other"), atime, mtime);
  renameSync(join(directory, "other"), extract);
  expect(await hashed()).toBe(sha256("six"));
});

test("a file that was written just now is not believed to lie still", async () => {
  writeFileSync(extract, "one");
  expect(await hashed()).toBe(sha256("one"));
  expect(existsSync(cache())).toBe(false);
});

test("what was read is remembered only if it did not change meanwhile, and files that are gone are forgotten", async () => {
  writeFileSync(extract, "one");
  await settle();
  const files = await openKnownFiles(await readFolder(directory));
  const before = await files.look(extract);
  writeFileSync(extract, "two");
  await files.remember(extract, sha256("one"), before);
  await files.save();
  expect(existsSync(cache())).toBe(false);
  await settle();
  await files.remember(extract, sha256("two"), await files.look(extract));
  rmSync(extract);
  await files.save();
  expect(JSON.parse(readFileSync(cache(), "utf8"))).toEqual({});
});
