import {appendFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {calls, callsProject, runAt} from "../support/clocked-project.ts";
import {fingerprint, projectFolder, writeFiles} from "../support/project-folder.ts";

let directory: string;
let clock: number;
beforeEach(() => {
  directory = projectFolder(callsProject);
  clock = Date.parse("2024-05-01T12:00:00Z");
});
afterEach(() => rmSync(directory, {recursive: true}));

const run = async (...words: string[]) => {
  clock += 864e5;
  return runAt(directory, new Date(clock).toISOString(), ...words);
};
const load = (file: string, contents: string, ...options: string[]) => {
  writeFiles(directory, {[file]: contents});
  return run("load", ...options, file);
};
const limit = (share: string) => appendFileSync(join(directory, "milepost.yaml"), `loads: {approve_above: ${share}}\n`);
const receiptOf = (out: string) => (JSON.parse(out) as [Record<string, unknown>])[0];

describe("closed months", () => {
  test("are those whose last day or a later one was covered, with what moves of their rows", async () => {
    await load("calls-1.csv", calls("2024-01 2", "2024-02 3", "2024-03 1"));
    const {out} = await load(
      "calls-2.csv",
      calls("2024-01 2", "2024-02 4", "2024-03 2", "2024-04 1"),
      "--format",
      "json"
    );
    // January is as it was, April is new.
    expect(receiptOf(out).closed).toEqual([
      {month: "2024-02", rows_before: 10, added: 3, changed: 0, gone: 0, share: 0.3},
      {month: "2024-03", rows_before: 4, added: 3, changed: 0, gone: 0, share: 0.75}
    ]);
    expect((await run("loads")).out).toContain("2 closed months moved");
  });

  test("leave out the one that was covered in part", async () => {
    const whole = calls("2024-01 2", "2024-02 3");
    await load("calls-1.csv", whole.replace(/2024-02-29.*\n/, ""));
    const {out} = await load(
      "calls-2.csv",
      whole.replace("2024-02-21-0,2024-02-21", "2024-02-21-0,2024-02-20"),
      "--format",
      "json"
    );
    expect(receiptOf(out)).toMatchObject({months: [{month: "2024-02", added: 1, changed: 1}], closed: []});
  });

  test("that are filled for the first time, however old, restate nothing", async () => {
    await load("calls-1.csv", calls("2024-03 1"));
    const {out} = await load("calls-2.csv", calls("2024-01 2"), "--format", "json");
    expect(receiptOf(out)).toMatchObject({months: [{month: "2024-01", added: 7}], closed: []});
  });
});

test("loads tells first data of a target from another status", async () => {
  await load("calls-1.csv", calls("2024-01 1", "2024-02 1", "2024-03 1"));
  await load("calls-2.csv", calls("2024-01 5", "2024-02 1", "2024-03 1"));
  const [, first, second] = (await run("loads")).out.split("\n");
  expect(first).toMatch(/2024-01 \.\. 2024-03: 12 added +first data for few$/);
  expect(second).toMatch(/2024-01: 12 added +1 closed month moved; status of few changed$/);
});

describe("a limit to what may move without a word", () => {
  const first = calls("2024-01 4", "2024-02 2", "2024-03 1");
  const second = calls("2024-01 5", "2024-02 2", "2024-03 1");

  test("refuses the file, and leaves the warehouse as it was", async () => {
    limit("5%");
    await load("calls-1.csv", first);
    const before = fingerprint(join(directory, "warehouse"));
    const {code, out, err} = await load("calls-2.csv", second);
    expect(code).toBe(1);
    expect(out).toContain("REFUSED");
    expect(out).toMatch(/closed +1 month that was closed moves:/);
    expect(err).toContain("needs-approval");
    expect(err).toContain("2024-01: 23.1% of 13 rows (3 added, 0 changed, 0 gone)");
    expect(fingerprint(join(directory, "warehouse"))).toEqual(before);
  });

  test("is lifted by a name and a reason, which stand in the ledger and on loads", async () => {
    limit("5%");
    await load("calls-1.csv", first);
    const dry = await load("calls-2.csv", second, "--dry-run", "--approve", "A. Analyst: late reports of one station");
    expect([dry.code, dry.out]).toEqual([0, expect.stringContaining("WOULD LOAD")]);
    expect(dry.out).toMatch(/approved +by A. Analyst: late reports of one station/);
    const {code} = await load("calls-2.csv", second, "--approve", "A. Analyst: late reports of one station");
    expect(code).toBe(0);
    const entries = JSON.parse((await run("loads", "--format", "json")).out) as {receipt: {approved: unknown}}[];
    expect(entries.map(({receipt}) => receipt.approved)).toEqual([
      null,
      {by: "A. Analyst", reason: "late reports of one station"}
    ]);
    expect((await run("loads")).out).toContain("approved by A. Analyst");
  });

  test("lets pass what moves less, and what is not closed", async () => {
    limit("25%");
    await load("calls-1.csv", first);
    expect((await load("calls-2.csv", second)).code).toBe(0);
    expect((await load("calls-3.csv", calls("2024-03 1", "2024-04 9"))).code).toBe(0);
  });

  test("is held by the scheduled run, which approves nothing", async () => {
    limit("5%");
    await load("calls-1.csv", first);
    writeFiles(directory, {"inbox/calls-2.csv": second});
    const {code, err} = await run("run");
    expect([code, err]).toEqual([1, expect.stringContaining("needs-approval")]);
    expect((await run("loads")).out).toMatch(/refused calls .*nobody answers for that/);
  });

  test("is worked out over the files of a command together: one that is refused is not counted before the next", async () => {
    limit("5%");
    await load("calls-1.csv", first);
    writeFiles(directory, {"calls-2.csv": calls("2024-01 9"), "calls-3.csv": calls("2024-04 1")});
    const {code, out} = await run("load", "--format", "json", "calls-2.csv", "calls-3.csv");
    const receipts = JSON.parse(out) as {outcome: string; effects: unknown[] | null}[];
    expect([code, receipts.map(({outcome}) => outcome)]).toEqual([1, ["refused", "loaded"]]);
    // January as known has not moved, so no number that was told before changes.
    expect(receipts[1]!.effects).toEqual([]);
  });

  test.each(["A. Analyst", ": why", "A. Analyst:"])("--approve can't be %j", async (given) => {
    const {code, err} = await load("calls-1.csv", first, "--approve", given);
    expect([code, err]).toEqual([2, expect.stringContaining("bad-approval")]);
  });
});

describe("drift of columns", () => {
  const column = (text: string, order: readonly number[]) =>
    text
      .split("\n")
      .map((line) => (line === "" ? "" : order.map((at) => line.split(",")[at] ?? "x").join(",")))
      .join("\n");

  test("tells headers that came, went, moved, and columns that are read from another header", async () => {
    await load("calls-1.csv", calls("2024-01 2"));
    const other = column(calls("2024-02 2"), [3, 0, 2, 1]).replace("Kind,Id,Area,Day", "Type,Id,Area,Day");
    const {out} = await load("calls-2.csv", other);
    expect(out).toMatch(/kind is read from "Type", before from "Kind"/);
    expect(out).toMatch(/elsewhere: /);
    const third = column(calls("2024-03 2"), [9, 0, 2, 1]).replace("x,Id", "Officer,Id");
    const {out: json} = await load("calls-3.csv", third, "--format", "json");
    expect(receiptOf(json).drift).toEqual({added: ["Officer"], gone: ["Type"], moved: [], renamed: []});
  });

  test("says nothing where the columns are as they were", async () => {
    await load("calls-1.csv", calls("2024-01 2"));
    const {out} = await load("calls-2.csv", calls("2024-02 2"), "--format", "json");
    expect(receiptOf(out).drift).toEqual({added: [], gone: [], moved: [], renamed: []});
  });
});
