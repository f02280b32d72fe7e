import {rmSync} from "node:fs";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import type {Receipt} from "../../pipeline/ledger/contract.ts";
import {actualsOf} from "../support/known-actuals.ts";
import {loadFiles, projectFolder, readFolder, writeFiles} from "../support/project-folder.ts";

let directory: string;
afterEach(() => rmSync(directory, {recursive: true, force: true}));

const sourceYaml = (head: string) => `source: cases
title: Cases
files: ["cases-*.csv"]
${head}
date: day
rejects: {at_most: 50%}
columns:
  id: {from: Id, type: text, required: true}
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  status: {from: Status, type: text}
  harm: {from: Harm, type: integer}
  first: {from: First, type: date, formats: [yyyy-MM-dd], required: true}
  last: {from: Last, type: date, formats: [yyyy-MM-dd], required: true}
measures:
  cases: {title: Cases, count: rows, nature: outcome, better: lower, unit: cases}
  open: {title: Open cases, count: rows, where: {status: OPEN}, nature: outcome, better: lower, unit: cases}
  harm: {title: Harm, sum: harm, nature: outcome, better: lower, unit: points}
`;

function given(head: string): void {
  directory = projectFolder({"sources/cases.yaml": sourceYaml(head)});
}

/** Records of "id day area status harm", each with the days that its file covers. */
const csv = ([first, last]: readonly [string, string], ...records: readonly string[]) =>
  [
    "Id,Day,Area,Status,Harm,First,Last",
    ...records.map((one) => `${one.replaceAll(" ", ",")},${first},${last}`),
    ""
  ].join("\n");

const january = ["2024-01-01", "2024-01-31"] as const;
const february = ["2024-02-01", "2024-02-29"] as const;
const firstHalf = ["2024-02-01", "2024-02-15"] as const;
const winter = ["2024-01-01", "2024-02-29"] as const;

async function count(
  measure = "cases",
  [from, to]: readonly [string, string] = winter,
  code = "C",
  asOf: string | null = null
) {
  const known = await actualsOf(await readFolder(directory), asOf);
  return known.over(measure, {type: code === "C" ? "city" : "area", code}, from, to).value;
}

async function load(name: string, at = "2024-06-01T12:00:00.000Z"): Promise<Receipt> {
  const receipts = await loadFiles(directory, [name], at);
  return receipts[0]!;
}

const codes = ({diagnostics}: Receipt) => diagnostics.map(({code}) => code);
const month = (of: string, added: number, changed: number, gone: number, down = 0) => ({
  month: `2024-${of}`,
  added,
  changed,
  gone,
  down
});

describe("upsert", () => {
  beforeEach(() => {
    given(`delivery: upsert
withdrawn: {status: [UNF, DUP]}
key: [id]
covers: {from: columns, first: first, last: last}
extracted: {from: file_name, pattern: "cases-{yyyy}{MM}{dd}*"}`);
    writeFiles(directory, {
      "cases-20240201.csv": csv(january, "1 2024-01-01 1 OPEN 5", "2 2024-01-15 1 OPEN 5", "3 2024-01-31 2 OPEN 5"),
      "cases-20240301.csv": csv(
        february,
        "4 2024-02-01 1 OPEN 1",
        "1 2024-01-01 1 CLOSED 3",
        "2 2024-02-02 10 OPEN 5",
        "3 2024-01-31 2 UNF 5"
      ),
      "cases-20240215.csv": csv(firstHalf, "4 2024-02-01 2 OPEN 9", "5 2024-02-03 2 OPEN 9", "3 2024-01-31 2 DUP 5"),
      "cases-20240302.csv": csv(["2024-03-01", "2024-03-01"], "3 2024-01-31 2 OPEN 5", "6 2024-03-02 1 OPEN 1")
    });
  });

  test("counts of each key the newest row, wherever it lies, and none that is withdrawn", async () => {
    expect(await load("cases-20240201.csv")).toMatchObject({months: [month("01", 3, 0, 0)], moved_keys: 0});
    expect(await count("cases", january)).toBe(3);
    const second = await load("cases-20240301.csv", "2024-06-02T12:00:00.000Z");
    expect(second).toMatchObject({
      rejected: 0,
      moved_keys: 1,
      covered: [{partition: null, days: [[...february]]}],
      months: [month("01", 0, 1, 1, 1), month("02", 1, 1, 0)]
    });
    expect([await count(), await count("open"), await count("harm")]).toEqual([3, 2, 9]);
    expect([await count("cases", january), await count("cases", winter, "10")]).toEqual([1, 1]);
    expect(await count("cases", january, "C", "2024-06-01T23:00:00.000Z")).toBe(3);
  });

  test("takes from an extract that comes late only what no newer one says", async () => {
    await load("cases-20240201.csv");
    await load("cases-20240301.csv");
    const late = await load("cases-20240215.csv");
    expect(codes(late)).toContain("late-upsert");
    expect(late).toMatchObject({moved_keys: 0, months: [month("02", 1, 0, 0)]});
    expect([await count(), await count("harm")]).toEqual([4, 18]);
  });

  test("is the same in whatever order extracts come, and a key may come back", async () => {
    for (const day of ["20240302", "20240215", "20240301", "20240201"]) await load(`cases-${day}.csv`);
    expect([await count(), await count("open")]).toEqual([5, 4]);
  });

  test("speaks of older days than it covers, and rejects later ones", async () => {
    const receipt = await load("cases-20240302.csv");
    expect(receipt).toMatchObject({kept: 1, rejects_by_reason: {outside_coverage: 1}});
    expect(receipt.diagnostics.find(({code}) => code === "outside-coverage")?.expected).toBe("not after 2024-03-01");
    // Nobody has said yet what January holds.
    expect(await count("cases", january)).toBeNull();
  });

  test("refuses two new files of one day that say a key differently; the same row in both counts once", async () => {
    writeFiles(directory, {
      "cases-20240401-a.csv": csv(january, "1 2024-01-01 1 OPEN 5", "7 2024-01-02 1 OPEN 1"),
      "cases-20240401-b.csv": csv(january, "1 2024-01-01 1 OPEN 5", "8 2024-01-03 1 OPEN 1"),
      "cases-20240401-c.csv": csv(january, "8 2024-01-03 2 OPEN 1")
    });
    const receipts = await loadFiles(directory, [
      "cases-20240401-a.csv",
      "cases-20240401-b.csv",
      "cases-20240401-c.csv"
    ]);
    expect(receipts.map(({outcome}) => outcome)).toEqual(["loaded", "refused", "refused"]);
    expect((await load("cases-20240401-b.csv")).outcome).toBe("loaded");
    expect(await count("cases", january)).toBe(3);
  });

  test("needs a key, and columns of values to withdraw by", async () => {
    rmSync(directory, {recursive: true});
    given("delivery: upsert\nwithdrawn: {area: [1]}\ncovers: {from: rows}");
    await expect(readFolder(directory)).rejects.toThrow(/upsert needs a key.*\n.*Column area can't tell/);
    writeFiles(directory, {
      "sources/cases.yaml": sourceYaml("delivery: period\nwithdrawn: {status: [X]}\ncovers: {from: rows}")
    });
    await expect(readFolder(directory)).rejects.toThrow("withdrawn can't stand beside delivery: period");
  });
});

describe("append", () => {
  test("without a key counts every row, of days that nobody has covered yet", async () => {
    given("delivery: append\ncovers: {from: columns, first: first, last: last}");
    const rows = ["1 2024-01-01 1 OPEN 1", "1 2024-01-01 1 OPEN 1"];
    writeFiles(directory, {
      "cases-a.csv": csv(january, ...rows),
      "cases-b.csv": csv(february, "1 2024-02-02 1 OPEN 1"),
      "cases-c.csv": csv(firstHalf, "9 2024-02-02 1 OPEN 1"),
      "cases-d.csv": csv(firstHalf, "9 2024-02-03 1 OPEN 1")
    });
    const together = await loadFiles(directory, ["cases-c.csv", "cases-d.csv"]);
    expect(together.map(({outcome}) => outcome)).toEqual(["refused", "refused"]);
    expect(codes(together[0]!)).toContain("overlapping-files");
    expect((await load("cases-a.csv")).months).toEqual([{month: "2024-01", added: 2, changed: 0, gone: 0}]);
    const {load: id} = await load("cases-b.csv");
    const again = await load("cases-c.csv");
    expect(again).toMatchObject({outcome: "refused", kept: 0, load: null});
    expect(again.diagnostics.at(-1)).toMatchObject({
      code: "append-overlaps",
      message: `This file and load ${id} both speak for 15 days, 2024-02-01 first, and the source appends: rows would count twice`
    });
    expect(await count()).toBe(3);
  });

  test("with a key may fill a day twice, but never say a key twice; partitions are apart", async () => {
    given("delivery: append\nkey: [id]\npartition: [area]\ncovers: {from: columns, first: first, last: last}");
    writeFiles(directory, {
      "cases-a.csv": csv(january, "1 2024-01-01 1 OPEN 1", "2 2024-01-01 2 OPEN 1"),
      "cases-b.csv": csv(winter, "3 2024-01-01 1 OPEN 1", "4 2024-02-02 10 OPEN 1"),
      "cases-c.csv": csv(winter, ...["1", "2", "3", "4", "5"].map((id) => `${id} 2024-01-09 1 OPEN 1`)),
      "cases-d.csv": csv(winter, "6 2024-01-01 1 OPEN 1"),
      "cases-e.csv": csv(winter, "6 2024-01-01 1 OPEN 1", "7 2024-01-01 1 OPEN 1")
    });
    const {load: first} = await load("cases-a.csv");
    const {load: second} = await load("cases-b.csv");
    const repeated = await load("cases-c.csv");
    expect(repeated.outcome).toBe("refused");
    expect(repeated.diagnostics.filter(({code}) => code === "append-repeats-keys").map(({message}) => message)).toEqual(
      [
        `Of this file 2 keys (1, 2) stand in load ${first} already, and the source appends: the rows would count twice`,
        `Of this file 2 keys (3, 4) stand in load ${second} already, and the source appends: the rows would count twice`
      ]
    );
    const together = await loadFiles(directory, ["cases-d.csv", "cases-e.csv"]);
    expect(together.map(({outcome}) => outcome)).toEqual(["refused", "refused"]);
    expect(codes(together[1]!)).toContain("contradicting-files");
    expect([await count("cases", january, "1"), await count("cases", january, "2")]).toEqual([2, 1]);
    expect(await count("cases", winter, "10")).toBe(1);
    expect(await count("cases", winter, "2")).toBeNull();
  });

  test("read again under a mended definition replaces its own rows", async () => {
    given("delivery: append\nkey: [id]\ncovers: {from: columns, first: first, last: last}");
    writeFiles(directory, {"cases-a.csv": csv(january, "1 2024-01-01 1 OPEN 1", "2 2024-01-31 2 OPEN 1")});
    await load("cases-a.csv");
    writeFiles(directory, {
      "sources/cases.yaml": sourceYaml(
        "delivery: append\nkey: [id]\nignore: [Notes]\ncovers: {from: columns, first: first, last: last}"
      )
    });
    expect(await load("cases-a.csv", "2024-06-02T12:00:00.000Z")).toMatchObject({outcome: "loaded", months: []});
    expect(await count("cases", january)).toBe(2);
  });
});

describe("half a month", () => {
  test("of a period replaces its days alone, and by key what has moved out of the other half", async () => {
    given("delivery: period\nkey: [id]\ncovers: {from: columns, first: first, last: last}");
    writeFiles(directory, {
      "cases-a.csv": csv(february, "1 2024-02-01 1 OPEN 1", "2 2024-02-14 1 OPEN 1", "3 2024-02-28 2 OPEN 1"),
      "cases-b.csv": csv(firstHalf, "1 2024-02-01 1 OPEN 1", "3 2024-02-15 2 OPEN 1")
    });
    await load("cases-a.csv");
    expect(await load("cases-b.csv")).toMatchObject({moved_keys: 1, months: [month("02", 0, 1, 1)]});
    expect(await count("cases", february)).toBe(2);
    expect(await count("cases", ["2024-02-16", "2024-02-29"])).toBe(0);
  });
});
