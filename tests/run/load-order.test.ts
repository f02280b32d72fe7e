import {readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import type {Receipt} from "../../pipeline/ledger/contract.ts";
import {actualsOf} from "../support/known-actuals.ts";
import {loadFiles, projectFolder, readFolder, writeFiles} from "../support/project-folder.ts";

let directory: string;
beforeEach(() => {
  directory = projectFolder({
    "sources/calls.yaml": `source: calls
title: Calls
files: ["calls-*.csv"]
delivery: period
covers: {from: rows}
key: [id]
date: day
columns:
  id: {from: Id, type: text, required: true}
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
measures:
  calls: {title: Calls, count: rows, nature: outcome, better: lower, unit: calls}
`
  });
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

/** A CSV of "id day area" records. */
const csv = (...records: readonly string[]) =>
  ["Id,Day,Area", ...records.map((record) => record.replaceAll(" ", ",")), ""].join("\n");

const january = ["2024-01-01", "2024-01-31"] as const;

async function calls(asOf: string | null = null, [from, to]: readonly [string, string] = january) {
  const known = await actualsOf(await readFolder(directory), asOf);
  return known.over("calls", {type: "city", code: "C"}, from, to).value;
}

function mend(from: string, to: string): void {
  const path = join(directory, "sources/calls.yaml");
  writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
}

const outcomes = (receipts: readonly Receipt[]) => receipts.map(({file, outcome}) => `${file} ${outcome}`);
const codesOf = (receipt: Receipt | undefined) => receipt?.diagnostics.map(({code}) => code);

describe("after a mended definition", () => {
  beforeEach(async () => {
    writeFiles(directory, {
      "inbox/calls-b.csv": csv("1 2024-01-01 1", "2 2024-01-31 1", "3 2024-01-31 2"),
      "inbox/calls-a.csv": csv("1 2024-01-01 1", "2 2024-01-31 1")
    });
    await loadFiles(directory, ["inbox/calls-b.csv"], "2024-06-01T12:00:00.000Z");
    await loadFiles(directory, ["inbox/calls-a.csv"], "2024-06-02T12:00:00.000Z");
    expect(await calls()).toBe(2);
    mend("from: Area,", "from: [Area, District],");
  });

  test("an older extract that is read again does not displace the newer", async () => {
    const [receipt] = await loadFiles(directory, ["inbox/calls-b.csv"], "2024-06-03T12:00:00.000Z");
    expect(receipt).toMatchObject({outcome: "loaded", months: []});
    expect(await calls()).toBe(2);
    expect(await calls("2024-06-01T23:00:00.000Z")).toBe(3);
    expect(await calls("2024-06-02T23:00:00.000Z")).toBe(2);
  });

  test("all that overlaps is read again together, in the order of old, and what is new comes after it", async () => {
    writeFiles(directory, {"inbox/calls-0.csv": csv("9 2024-01-31 1")});
    const receipts = await loadFiles(directory, null, "2024-06-03T12:00:00.000Z");
    expect(outcomes(receipts)).toEqual(["calls-0.csv loaded", "calls-a.csv loaded", "calls-b.csv loaded"]);
    expect(await calls()).toBe(2);
    const known = await actualsOf(await readFolder(directory), null);
    expect(known.over("calls", {type: "area", code: "1"}, "2024-01-31", "2024-01-31").value).toBe(1);
    expect(await calls("2024-06-02T23:00:00.000Z")).toBe(2);
  });

  test("two new extracts that overlap are refused still", async () => {
    writeFiles(directory, {"inbox/calls-0.csv": csv("9 2024-01-31 1"), "inbox/calls-1.csv": csv("8 2024-01-31 1")});
    const receipts = await loadFiles(directory, null, "2024-06-03T12:00:00.000Z");
    expect(receipts.map(({outcome}) => outcome)).toEqual(["refused", "refused", "loaded", "loaded"]);
    expect(codesOf(receipts[0])?.filter((code) => code === "overlapping-files")).toHaveLength(1);
  });
});

describe("days said by hand", () => {
  const covered = (receipt: Receipt | undefined) => receipt?.covered[0]?.days;

  test("read a known file again, and hold until others are said", async () => {
    writeFiles(directory, {"inbox/calls-a.csv": csv("1 2024-01-02 1", "2 2024-01-30 1")});
    const [first] = await loadFiles(directory, null, "2024-06-01T12:00:00.000Z");
    expect(covered(first)).toEqual([["2024-01-02", "2024-01-30"]]);
    expect(await calls()).toBe(null);

    const [said] = await loadFiles(directory, null, "2024-06-02T12:00:00.000Z", {covers: january});
    expect(said).toMatchObject({outcome: "loaded", months: []});
    expect(said?.load).not.toBe(first?.load);
    expect(covered(said)).toEqual([[...january]]);
    expect(said?.diagnostics.find(({code}) => code === "read-again")?.message).toBe(
      `Read again: the same extract was loaded on 2024-06-01 for other days; this replaces load ${first?.load} and covers 2024-01-01..2024-01-31, as said by hand`
    );
    expect(await calls()).toBe(2);
    expect(await calls("2024-06-01T23:00:00.000Z")).toBe(null);

    const [plain] = await loadFiles(directory, null, "2024-06-03T12:00:00.000Z");
    expect(plain).toMatchObject({outcome: "unchanged", load: said?.load});
    expect(outcomes(await loadFiles(directory, null, "2024-06-03T12:00:00.000Z", {covers: january}))).toEqual([
      "calls-a.csv unchanged"
    ]);

    mend("from: Area,", "from: [Area, District],");
    const [mended] = await loadFiles(directory, null, "2024-06-04T12:00:00.000Z");
    expect(mended?.outcome).toBe("loaded");
    expect(covered(mended)).toEqual([[...january]]);

    const back = ["2024-01-02", "2024-01-30"] as const;
    const [undone] = await loadFiles(directory, null, "2024-06-05T12:00:00.000Z", {covers: back});
    expect(covered(undone)).toEqual([[...back]]);
    expect(await calls()).toBe(null);
  });
});

describe("the same bytes again after a newer load", () => {
  test("stay unchanged, and say which load decides", async () => {
    writeFiles(directory, {
      "inbox/calls-b.csv": csv("1 2024-01-01 1", "2 2024-01-31 1"),
      "inbox/calls-a.csv": csv("2 2024-01-30 1", "3 2024-01-31 1")
    });
    const [older] = await loadFiles(directory, ["inbox/calls-b.csv"]);
    const [newer] = await loadFiles(directory, ["inbox/calls-a.csv"]);
    const [named, deciding] = await loadFiles(directory, ["inbox/calls-b.csv", "inbox/calls-a.csv"]);
    expect(named?.outcome).toBe("unchanged");
    expect(named?.diagnostics).toMatchObject([
      {
        code: "known-displaced",
        severity: "warning",
        message: `This extract is known as load ${older?.load}, which decides 29 of 31 days of what it covers: load ${newer?.load} is newer`
      }
    ]);
    expect(deciding?.diagnostics).toEqual([]);

    const lying = await loadFiles(directory, null);
    expect(lying.flatMap(({diagnostics}) => diagnostics.map(({severity}) => severity))).toEqual(["note"]);
    writeFiles(directory, {"inbox/calls-c.csv": readFileSync(join(directory, "inbox/calls-b.csv"), "utf8")});
    rmSync(join(directory, "inbox/calls-b.csv"));
    const renamed = await loadFiles(directory, null);
    expect(renamed.flatMap(({diagnostics}) => diagnostics.map(({severity}) => severity))).toEqual(["warning"]);
  });

  test("only lie in the inbox where their names say that they are older", async () => {
    mend("delivery: period", "delivery: snapshot\nextracted: {from: file_name, pattern: 'calls-{yyyy}{MM}{dd}*'}");
    writeFiles(directory, {
      "inbox/calls-20240201.csv": csv("1 2024-01-01 1", "2 2024-01-31 1"),
      "inbox/calls-20240301.csv": csv("1 2024-01-01 1", "2 2024-02-29 1")
    });
    await loadFiles(directory, null);
    expect((await loadFiles(directory, null)).flatMap(({diagnostics}) => diagnostics)).toEqual([]);
    const [named] = await loadFiles(directory, ["inbox/calls-20240201.csv"]);
    expect(codesOf(named)).toEqual(["known-displaced"]);
  });

  test("under a name that says a later day of making, or days that are not known, are told not to count as that", async () => {
    mend("delivery: period", "delivery: snapshot\nextracted: {from: file_name, pattern: 'calls-{yyyy}{MM}{dd}*'}");
    const same = csv("1 2024-01-01 1", "2 2024-01-20 1");
    writeFiles(directory, {"inbox/calls-20240201.csv": same, "inbox/calls-20240301.csv": same});
    const both = await loadFiles(directory, null);
    expect(both.map(codesOf)).toEqual([[], ["repeated-file", "known-by-other-name"]]);
    expect(both[1]?.diagnostics[1]).toMatchObject({
      severity: "warning",
      message: `The same bytes as calls-20240201.csv are load ${both[0]?.load}; what only this name says does not count`,
      found: "made 2024-03-01, counts as made 2024-02-01"
    });
    const [named] = await loadFiles(directory, ["inbox/calls-20240301.csv"]);
    expect(named?.diagnostics).toMatchObject([{code: "known-by-other-name", severity: "warning"}]);
    const [first] = await loadFiles(directory, ["inbox/calls-20240201.csv"]);
    expect(codesOf(first)).toEqual([]);
  });

  test("under a name that says more days leave these unknown, until they are said by hand", async () => {
    mend("delivery: period", "delivery: upsert");
    mend("covers: {from: rows}", "covers: {from: file_name, pattern: 'calls-{yyyy}-{MM}*'}");
    const same = csv("1 2024-01-01 1", "2 2024-01-20 1");
    writeFiles(directory, {"inbox/calls-2024-01.csv": same, "inbox/calls-2024-02.csv": same});
    await loadFiles(directory, ["inbox/calls-2024-01.csv"]);
    const [february] = await loadFiles(directory, ["inbox/calls-2024-02.csv"]);
    expect(february).toMatchObject({
      outcome: "unchanged",
      diagnostics: [
        {code: "known-by-other-name", found: "covers 2024-02-01..2024-02-29, 29 days of which are not known"}
      ]
    });
    const covers = ["2024-01-01", "2024-02-29"] as const;
    const [said] = await loadFiles(directory, ["inbox/calls-2024-02.csv"], "2024-06-04T12:00:00.000Z", {covers});
    expect(said?.covered).toEqual([{partition: null, days: [[...covers]]}]);
    expect(codesOf((await loadFiles(directory, ["inbox/calls-2024-01.csv"]))[0])).toEqual([]);
  });
});

describe("a key stands once", () => {
  const moved = (receipts: readonly Receipt[]) => receipts.map(({outcome, moved_keys}) => `${outcome} ${moved_keys}`);
  const both = ["2024-01-01", "2024-02-29"] as const;

  test("where a newer load says it on another day, and comes back where that is taken back", async () => {
    writeFiles(directory, {
      "calls-a.csv": csv("1 2024-01-01 1", "2 2024-01-15 1", "3 2024-01-31 1"),
      "calls-b.csv": csv("4 2024-02-01 1", "2 2024-02-02 1", "3 2024-02-29 1"),
      "calls-c.csv": csv("5 2024-02-01 1", "6 2024-02-29 1"),
      "calls-d.csv": csv("1 2024-01-01 1", "3 2024-01-31 2")
    });
    expect(moved(await loadFiles(directory, ["calls-a.csv"], "2024-06-01T12:00:00.000Z"))).toEqual(["loaded 0"]);
    const [february] = await loadFiles(directory, ["calls-b.csv"], "2024-06-02T12:00:00.000Z");
    expect(february).toMatchObject({
      moved_keys: 2,
      months: [{month: "2024-02", added: 1, changed: 2, gone: 0}]
    });
    expect([await calls(), await calls(null, both)]).toEqual([1, 4]);
    // Record 2 and 3 are no longer in February, so they are where they were.
    const [restated] = await loadFiles(directory, ["calls-c.csv"], "2024-06-03T12:00:00.000Z");
    expect(restated).toMatchObject({
      moved_keys: 0,
      months: [
        {month: "2024-01", added: 0, changed: 2, gone: 0},
        {month: "2024-02", added: 2, changed: 0, gone: 1}
      ]
    });
    expect([await calls(), await calls(null, both)]).toEqual([3, 5]);
    expect(await calls("2024-06-02T23:00:00.000Z", both)).toBe(4);
    const [january] = await loadFiles(directory, ["calls-d.csv"], "2024-06-04T12:00:00.000Z");
    expect(january).toMatchObject({moved_keys: 0, months: [{month: "2024-01", added: 0, changed: 1, gone: 1}]});
    expect(await calls()).toBe(2);
  });

  test("also where it moves to another partition, in the order in which the extracts were made", async () => {
    mend(
      "delivery: period",
      "delivery: snapshot\npartition: [area]\nextracted: {from: file_name, pattern: 'calls-{yyyy}{MM}{dd}*'}"
    );
    writeFiles(directory, {
      "calls-20240301.csv": csv("1 2024-01-01 1", "2 2024-01-31 1"),
      "calls-20240302.csv": csv("2 2024-01-01 2", "5 2024-01-31 2"),
      "calls-20240228.csv": csv("1 2024-01-01 10", "6 2024-01-31 10")
    });
    const receipts = await loadFiles(directory, ["calls-20240302.csv", "calls-20240301.csv"]);
    expect(moved(receipts)).toEqual(["loaded 1", "loaded 0"]);
    // Made before both: its record 1 is in Area 1 since.
    expect(moved(await loadFiles(directory, ["calls-20240228.csv"]))).toEqual(["loaded 0"]);
    const known = await actualsOf(await readFolder(directory), null);
    const of = (code: string) => known.over("calls", {type: "area", code}, ...january).value;
    expect(["1", "2", "10"].map(of)).toEqual([1, 2, 1]);
  });

  test("but not in rows of before it was declared, which have none", async () => {
    const path = join(directory, "sources/calls.yaml");
    const keyed = readFileSync(path, "utf8");
    writeFileSync(path, keyed.replace("key: [id]\n", "").replace(/ {2}id: .*\n/, ""));
    writeFiles(directory, {
      "calls-a.csv": csv("1 2024-01-01 1", "2 2024-01-31 1"),
      "calls-b.csv": csv("2 2024-02-01 1", "3 2024-02-29 1")
    });
    await loadFiles(directory, ["calls-a.csv"]);
    writeFileSync(path, keyed);
    expect(moved(await loadFiles(directory, ["calls-b.csv"]))).toEqual(["loaded 0"]);
    expect(await calls(null, both)).toBe(4);
  });

  test("so two new files of one command that say it differently are both refused, and the others loaded", async () => {
    writeFiles(directory, {
      "inbox/calls-a.csv": csv("1 2024-01-01 1", "2 2024-01-31 1"),
      "inbox/calls-b.csv": csv("2 2024-02-01 1", "3 2024-02-29 1"),
      "inbox/calls-c.csv": csv("4 2024-03-01 1")
    });
    const receipts = await loadFiles(directory, null);
    expect(outcomes(receipts)).toEqual(["calls-a.csv refused", "calls-b.csv refused", "calls-c.csv loaded"]);
    expect(receipts[0]?.diagnostics.at(-1)?.message).toBe(
      "In this file and calls-b.csv the key 2 stands with different rows, and nothing says which one to count"
    );
    // One after the other it is plain which is newer.
    await loadFiles(directory, ["inbox/calls-a.csv"]);
    expect(moved(await loadFiles(directory, ["inbox/calls-b.csv"]))).toEqual(["loaded 1"]);
  });
});
