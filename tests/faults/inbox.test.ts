import {execFileSync} from "node:child_process";
import {appendFileSync, mkdirSync, symlinkSync, writeFileSync} from "node:fs";
import {createServer} from "node:net";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {extract, milepost, removeTown, writeTown} from "./town.ts";

/** After all the months that are delivered. */
const today = "2025-01-05T20:00:00.000Z";

let town: string;
beforeEach(() => {
  town = writeTown();
});
afterEach(() => removeTown(town));

const inbox = (name: string) => join(town, "inbox", name);
const load = async (...words: readonly string[]) => {
  const said = await milepost(town, today, "load", "--format", "json", ...words);
  const receipts = JSON.parse(said.out || "[]") as {file: string; outcome: string; kept: number}[];
  return {...said, receipts: receipts.map(({file, outcome, kept}) => [file, outcome, kept])};
};
const posix = process.platform !== "win32";

test("a link in the inbox is left alone, wherever it leads; a folder and a socket too", async () => {
  writeFileSync(join(town, "secret.csv"), extract("2024-01"));
  symlinkSync(join(town, "secret.csv"), inbox("calls-2024-01.csv"));
  symlinkSync("/etc/passwd", inbox("calls-2024-02.csv"));
  symlinkSync(join(town, "nowhere"), inbox("calls-2024-03.csv"));
  mkdirSync(inbox("calls-2024-04.csv"));
  writeFileSync(inbox("calls-2024-05.csv"), extract("2024-05"));
  const socket = createServer().listen(inbox("calls-2024-06.csv"));
  const {receipts, err, code} = await load();
  socket.close();
  expect(code, err).toBe(0);
  expect(receipts).toEqual([["calls-2024-05.csv", "loaded", 40]]);
  for (const month of ["01", "02", "03", "04", "06"]) {
    expect(err).toContain(`calls-2024-${month}.csv  warning  inbox-not-a-file`);
  }
});

test.skipIf(!posix)("a pipe in the inbox or named is never opened, so nothing waits for it", async () => {
  execFileSync("mkfifo", [inbox("calls-2024-01.csv"), join(town, "calls-2024-02.csv")]);
  writeFileSync(inbox("calls-2024-03.csv"), extract("2024-03"));
  const {receipts, err} = await load();
  expect(receipts).toEqual([["calls-2024-03.csv", "loaded", 40]]);
  expect(err).toContain("calls-2024-01.csv  warning  inbox-not-a-file");
  expect((await load("calls-2024-02.csv")).err).toContain("extract-not-a-file");
  expect((await load("/dev/zero", "--source", "calls")).err).toContain("extract-not-a-file");
});

test("a link that is named is followed, and where it leads is said", async () => {
  writeFileSync(join(town, "export.csv"), extract("2024-01"));
  symlinkSync(join(town, "export.csv"), join(town, "calls-2024-01.csv"));
  const {receipts, err} = await load("calls-2024-01.csv");
  expect(receipts).toEqual([["calls-2024-01.csv", "loaded", 40]]);
  expect(err).toContain("calls-2024-01.csv  note  extract-through-link");
  expect(err).toMatch(/what is read is .*\/export\.csv/);
});

test.skipIf(!posix)("links that lead in a circle, through a file or by a name too long lead to no file", async () => {
  symlinkSync(join(town, "calls-2024-01.csv"), join(town, "calls-2024-01.csv"));
  writeFileSync(join(town, "calls-2024-02.csv"), extract("2024-02"));
  for (const name of [
    "calls-2024-01.csv",
    "calls-2024-02.csv/calls-2024-02.csv",
    `calls-2024-${"0".repeat(300)}.csv`
  ]) {
    const {code, err} = await load(name);
    expect([code, err]).toEqual([1, expect.stringContaining("extract-not-found")]);
  }
});

test.skipIf(!posix)(
  "names with quotes, SQL, patterns and control characters are read as they are, and printed safely",
  async () => {
    const names = [
      "calls-2024-01'; drop table x; --.csv",
      'calls-2024-02 "quoted".csv',
      "calls-2024-03 [a]*?{b}.csv",
      "calls-2024-04\n\u001b[31mred\u0007.csv",
      "calls-2024-05 \u202Egnp.csv",
      "calls-2024-06 $(touch x) `id` %s.csv",
      "calls-2024-07 =cmd|'c calc'!A1.csv"
    ];
    for (const [index, name] of names.entries()) writeFileSync(inbox(name), extract(`2024-0${index + 1}`, 10));
    // A pattern that took hold would find this one.
    writeFileSync(inbox("calls-2024-08 a.csv"), extract("2024-08", 1));
    const {receipts, code} = await load();
    expect(code).toBe(0);
    expect(receipts).toEqual(
      [...names.map((name) => [name, "loaded", 10]), ["calls-2024-08 a.csv", "loaded", 1]].sort()
    );
    for (const words of [["load"], ["loads"], ["runs"], ["explain", "fewer"]]) {
      const {out, err} = await milepost(town, today, ...words);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that must not be there.
      expect(out + err, words.join(" ")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
  }
);

test("a file that grows while it is read is refused, and loads once it is whole", async () => {
  const path = inbox("calls-2024-01.csv");
  writeFileSync(path, extract("2024-01", 400_000));
  const growing = setInterval(() => appendFileSync(path, "99999999,2024-01-05,1\n"), 2);
  const first = await load();
  clearInterval(growing);
  expect(first.code, first.err).toBe(1);
  expect(first.receipts).toEqual([["calls-2024-01.csv", "refused", 0]]);
  expect(first.err).toContain("file-changed");
});
