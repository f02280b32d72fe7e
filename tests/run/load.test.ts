import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {endOfDay} from "../../pipeline/calendar/instant.ts";
import {RunFailure} from "../../pipeline/diagnostics/failure.ts";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {actualsOf} from "../support/known-actuals.ts";
import {fingerprint, loadFiles, projectFolder, readFolder, writeFiles} from "../support/project-folder.ts";

const source = (name: string, more: string) => `source: ${name}
title: ${name}
files: ["${name}*.csv"]
${more}
covers: {from: rows}
date: day
columns:
  id: {from: Id, type: integer, required: true}
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  kind: {from: Kind, type: text}
measures:
  ${name}: {title: ${name}, count: rows, nature: outcome, better: lower, unit: ${name}}
`;

/** A CSV with a record for each "day area" given; the records are numbered from 1. */
function csv(...records: readonly string[]): string {
  return ["Id,Day,Area", ...records.map((record, index) => `${index + 1},${record.replace(" ", ",")}`), ""].join("\n");
}

let directory: string;
let warehouse: string;
beforeEach(() => {
  directory = projectFolder({
    "sources/calls.yaml": source("calls", "delivery: snapshot\npartition: [area]"),
    "sources/posts.yaml": source(
      "posts",
      "delivery: period\nextracted: {from: file_name, pattern: 'posts-{yyyy}{MM}{dd}*'}"
    )
  });
  warehouse = join(directory, "warehouse");
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

const city = {type: "city", code: "C"};
const area = (code: string) => ({type: "area", code});

async function over(
  measure: string,
  segment: {type: string; code: string},
  from: string,
  to: string,
  asOf: string | null = null
) {
  return (await actualsOf(await readFolder(directory), asOf)).over(measure, segment, from, to);
}

describe("a load", () => {
  test("keeps rows, definitions and receipt, and answers unchanged the second time", async () => {
    writeFiles(directory, {"calls-a.csv": csv("2024-01-01 1", "2024-01-31 1", "2024-01-02 Birch", "2024-01-02 02")});
    const [receipt] = await loadFiles(directory, ["calls-a.csv"]);
    expect(receipt).toMatchObject({
      file: "calls-a.csv",
      source: "calls",
      outcome: "loaded",
      records: 4,
      kept: 4,
      rejected: 0,
      covered: [
        {partition: "1", days: [["2024-01-01", "2024-01-31"]]},
        {partition: "2", days: [["2024-01-01", "2024-01-31"]]}
      ],
      months: [{month: "2024-01", added: 4, changed: 0, gone: 0}],
      effects: []
    });
    const [entry] = await readLedger(warehouse);
    expect(entry).toMatchObject({sequence: 1, kind: "load", at: "2024-06-01T12:00:00.000Z", receipt});
    expect(existsSync(join(warehouse, "loads", "calls", `${receipt?.load}.parquet`))).toBe(true);
    const project = await readFolder(directory);
    const stored = await readFolder(join(warehouse, "definitions", project.definitions));
    expect(stored.definitions).toBe(project.definitions);

    const before = fingerprint(warehouse);
    const [again] = await loadFiles(directory, ["calls-a.csv"], "2024-06-02T12:00:00.000Z");
    expect(again).toMatchObject({outcome: "unchanged", load: receipt?.load, records: 4, kept: 4, months: []});
    expect(fingerprint(warehouse)).toEqual(before);
  });

  test("takes from the inbox what a source names, follows no link, and says what it leaves", async () => {
    writeFiles(directory, {
      "inbox/calls-a.csv": csv("2024-01-01 1"),
      "inbox/posts-20240201.csv": csv("2024-01-01 1"),
      "inbox/.calls-hidden.csv": "",
      "elsewhere.csv": csv("2024-01-01 2")
    });
    symlinkSync(join(directory, "elsewhere.csv"), join(directory, "inbox", "calls-link.csv"));
    const receipts = await loadFiles(directory, null);
    expect(receipts.map(({file, source, outcome}) => `${file} ${source} ${outcome}`)).toEqual([
      "calls-a.csv calls loaded",
      "posts-20240201.csv posts loaded"
    ]);
    expect((await loadFiles(directory, null, undefined, {source: "posts"})).map(({file}) => file)).toEqual([
      "posts-20240201.csv"
    ]);
  });

  test("of a file that is not there, or of no source, or of two, does nothing at all", async () => {
    writeFiles(directory, {
      "calls-a.csv": csv("2024-01-01 1"),
      "other.csv": csv("2024-01-01 1"),
      "sources/calls-too.yaml": source("calls-", "delivery: snapshot")
        .replace("source: calls-", "source: too")
        .replace("\n  calls-:", "\n  too:")
    });
    const failure = await loadFiles(directory, ["calls-a.csv", "other.csv", "missing.csv"]).catch(
      (error: unknown) => error
    );
    expect((failure as RunFailure).diagnostics.map(({code}) => code)).toEqual([
      "several-sources-for-file",
      "no-source-for-file",
      "extract-not-found"
    ]);
    expect(existsSync(warehouse)).toBe(false);
    expect(
      (await loadFiles(directory, ["other.csv"], undefined, {source: "calls"})).map(({outcome}) => outcome)
    ).toEqual(["loaded"]);
  });

  test("that is refused leaves the warehouse as it was, and does not stop the others", async () => {
    writeFiles(directory, {"calls-a.csv": csv("2024-01-01 1", "2024-01-31 1")});
    await loadFiles(directory, ["calls-a.csv"]);
    const before = fingerprint(warehouse);
    const damaged = {
      "calls-b.csv": csv("2024-01-01 2", "2024-13-45 2"),
      "calls-c.csv": "Id,Area\n1,2\n",
      "calls-d.csv": "",
      "calls-e.csv": 'Id,Day,Area\n1,"2024-01-01,2\n'
    };
    writeFiles(directory, damaged);
    const receipts = await loadFiles(directory, Object.keys(damaged));
    for (const receipt of receipts) {
      expect(receipt).toMatchObject({
        outcome: "refused",
        load: null,
        kept: 0,
        rejected: receipt.records,
        covered: [],
        months: []
      });
      expect(receipt.diagnostics.some(({severity}) => severity === "error")).toBe(true);
    }
    expect(fingerprint(warehouse, (path) => path === "rejects")).toEqual(before);
    for (const name of readdirSync(join(warehouse, "rejects"))) {
      expect(statSync(join(warehouse, "rejects", name)).mode & 0o777).toBe(0o600);
    }

    writeFiles(directory, {"calls-f.csv": csv("2024-01-01 10")});
    const both = await loadFiles(directory, ["calls-d.csv", "calls-f.csv"]);
    expect(both.map(({outcome}) => outcome)).toEqual(["refused", "loaded"]);
  });

  test("of made-up extracts says so", async () => {
    writeFiles(directory, {"inbox/calls-a.csv": csv("2024-01-01 1"), "inbox/calls-b.csv": csv("2024-01-01 2")});
    const [first] = await loadFiles(directory, ["inbox/calls-a.csv"]);
    rmSync(warehouse, {recursive: true});
    writeFiles(directory, {
      "inbox/milepost-sample.json": JSON.stringify({files: [{file: "calls-a.csv", sha256: first?.sha256}]})
    });
    await loadFiles(directory, null);
    const entries = await readLedger(warehouse);
    expect(entries.map((entry) => entry.kind === "load" && [entry.load.file, entry.load.synthetic])).toEqual([
      ["calls-a.csv", true],
      ["calls-b.csv", false]
    ]);
    writeFiles(directory, {"inbox/milepost-sample.json": "{", "inbox/calls-c.csv": csv("2024-01-01 10")});
    await expect(loadFiles(directory, null)).rejects.toThrow(RunFailure);
  });
});

describe("files of one command", () => {
  test("that speak for the same, and do not say which is newer, are refused both", async () => {
    writeFiles(directory, {
      "calls-a.csv": csv("2024-01-01 1", "2024-01-01 2"),
      "calls-b.csv": csv("2024-02-01 2"),
      "calls-c.csv": csv("2024-02-01 10")
    });
    const receipts = await loadFiles(directory, ["calls-a.csv", "calls-b.csv", "calls-c.csv"]);
    expect(receipts.map(({outcome}) => outcome)).toEqual(["refused", "refused", "loaded"]);
    expect(receipts[0]).toMatchObject({records: 2, kept: 0, rejected: 2});
    expect(receipts[0]?.diagnostics.map(({code}) => code)).toContain("overlapping-files");
    expect(receipts[1]?.diagnostics.map(({message}) => message).join()).toContain("calls-a.csv");
  });

  test("that are the same bytes are counted once", async () => {
    writeFiles(directory, {"calls-a.csv": csv("2024-01-01 1"), "calls-b.csv": csv("2024-01-01 1")});
    const receipts = await loadFiles(directory, ["calls-a.csv", "calls-b.csv"]);
    expect(receipts.map(({outcome, file}) => `${file} ${outcome}`)).toEqual([
      "calls-a.csv loaded",
      "calls-b.csv unchanged"
    ]);
    expect(await readLedger(warehouse)).toHaveLength(1);
  });

  test("are loaded in the order in which they were made, and answered in the order in which they were given", async () => {
    writeFiles(directory, {
      "posts-20240301.csv": csv("2024-01-02 1"),
      "posts-20240201.csv": csv("2024-01-01 1", "2024-01-02 1")
    });
    const receipts = await loadFiles(directory, ["posts-20240301.csv", "posts-20240201.csv"]);
    expect(receipts.map(({file}) => file)).toEqual(["posts-20240301.csv", "posts-20240201.csv"]);
    expect(receipts.map(({diagnostics}) => diagnostics.filter(({code}) => code === "late-extract").length)).toEqual([
      0, 0
    ]);
    expect((await readLedger(warehouse)).map((entry) => entry.kind === "load" && entry.load.file)).toEqual([
      "posts-20240201.csv",
      "posts-20240301.csv"
    ]);
  });
});

describe("what is known after", () => {
  const year = ["2024-01-01", "2024-01-31"] as const;

  test("a period load restates only the days that it covers", async () => {
    writeFiles(directory, {
      "posts-20240201.csv": csv("2024-01-01 1", "2024-01-10 1", "2024-01-20 1", "2024-01-31 1"),
      "posts-20240301.csv": csv("2024-01-09 1", "2024-01-10 1", "2024-01-10 2", "2024-01-20 1")
    });
    await loadFiles(directory, ["posts-20240201.csv"]);
    const [receipt] = await loadFiles(directory, ["posts-20240301.csv"]);
    expect(receipt?.months).toEqual([{month: "2024-01", added: 3, changed: 0, gone: 1}]);
    expect(await over("posts", city, ...year)).toMatchObject({value: 6});
    expect(await over("posts", city, "2024-01-10", "2024-01-10")).toMatchObject({value: 2});
  });

  test("a late older extract fills only gaps, and says so", async () => {
    writeFiles(directory, {
      "posts-20240301.csv": csv("2024-01-10 1", "2024-01-20 1"),
      "posts-20240201.csv": csv("2024-01-01 1", "2024-01-10 1", "2024-01-11 1", "2024-01-31 1")
    });
    await loadFiles(directory, ["posts-20240301.csv"]);
    const [receipt] = await loadFiles(directory, ["posts-20240201.csv"]);
    expect(receipt?.months).toEqual([{month: "2024-01", added: 2, changed: 0, gone: 0}]);
    expect(receipt?.diagnostics.find(({code}) => code === "late-extract")?.message).toContain("20 of 31 days");
    expect(await over("posts", city, ...year)).toMatchObject({value: 4});
  });

  test("as of a moment before a restating load the numbers are the old ones", async () => {
    writeFiles(directory, {
      "calls-a.csv": csv("2024-01-01 1", "2024-01-31 1"),
      "calls-b.csv": csv("2024-01-01 1", "2024-01-30 1", "2024-01-31 1")
    });
    await loadFiles(directory, ["calls-a.csv"], "2024-06-01T12:00:00.000Z");
    await loadFiles(directory, ["calls-b.csv"], "2024-06-03T12:00:00.000Z");
    expect(await over("calls", area("1"), ...year)).toMatchObject({value: 3});
    expect(await over("calls", area("1"), ...year, endOfDay("2024-06-02", "America/Los_Angeles"))).toMatchObject({
      value: 2
    });
    expect(await over("calls", area("1"), ...year, "2024-05-01T00:00:00.000Z")).toMatchObject({value: null});
  });

  test("a mended definition reads the same extract again and replaces the former reading", async () => {
    writeFiles(directory, {"calls-a.csv": "Id,Day,Area,Sort\n1,2024-01-01,1,x\n"});
    const [first] = await loadFiles(directory, ["calls-a.csv"]);
    const path = join(directory, "sources", "calls.yaml");
    const before = readFileSync(path, "utf8");
    writeFileSync(path, before.replace("from: Kind", "from: [Kind, Sort]"));
    const [again] = await loadFiles(directory, ["calls-a.csv"], "2024-06-02T12:00:00.000Z");
    expect(again).toMatchObject({outcome: "loaded", months: []});
    expect(again?.load).not.toBe(first?.load);
    expect(again?.diagnostics.map(({code}) => code)).toContain("read-again");
    expect(await over("calls", area("1"), "2024-01-01", "2024-01-01")).toMatchObject({value: 1});

    // And back: the former definition holds again, so its reading does.
    writeFileSync(path, before);
    const [back] = await loadFiles(directory, ["calls-a.csv"], "2024-06-03T12:00:00.000Z");
    expect(back).toMatchObject({outcome: "loaded", load: first?.load});
    expect(await over("calls", area("1"), "2024-01-01", "2024-01-01")).toMatchObject({value: 1});
  });
});

describe("two at once", () => {
  test("in one process both land", async () => {
    writeFiles(directory, {
      "calls-a.csv": csv("2024-01-01 1"),
      "calls-b.csv": csv("2024-01-01 2"),
      "calls-c.csv": csv("2024-01-01 10")
    });
    const all = await Promise.all(
      ["calls-a.csv", "calls-b.csv", "calls-c.csv"].map((file) => loadFiles(directory, [file]))
    );
    expect(all.flat().map(({outcome}) => outcome)).toEqual(["loaded", "loaded", "loaded"]);
    expect((await readLedger(warehouse)).map(({sequence}) => sequence)).toEqual([1, 2, 3]);
    expect(await over("calls", city, "2024-01-01", "2024-01-01")).toMatchObject({value: 3});
    expect(readdirSync(warehouse).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("of the same file one lands and the other is unchanged", async () => {
    writeFiles(directory, {"calls-a.csv": csv("2024-01-01 1")});
    const all = await Promise.all([1, 2].map(() => loadFiles(directory, ["calls-a.csv"])));
    expect(
      all
        .flat()
        .map(({outcome}) => outcome)
        .sort()
    ).toEqual(["loaded", "unchanged"]);
    expect(await readLedger(warehouse)).toHaveLength(1);
  });
});

test.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
  "a warehouse that may not be written is a complaint, not a stack (skipped for root, who may write everywhere)",
  async () => {
    writeFiles(directory, {"calls-a.csv": csv("2024-01-01 1")});
    mkdirSync(warehouse, {mode: 0o500});
    const failure = await loadFiles(directory, ["calls-a.csv"]).catch((error: unknown) => error);
    expect((failure as RunFailure).diagnostics.map(({code}) => code)).toEqual(["disk-refused"]);
  }
);
