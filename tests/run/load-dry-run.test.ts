import {existsSync, mkdirSync, readdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import type {Receipt} from "../../pipeline/ledger/contract.ts";
import {fingerprint, loadFiles, projectFolder, writeFiles} from "../support/project-folder.ts";

const source = (name: string) => `source: ${name}
title: ${name}
files: ["${name}*.csv"]
delivery: period
covers: {from: rows}
key: [id]
date: day
rejects: {at_most: 40%}
columns:
  id: {from: Id, type: text, required: true}
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
measures:
  ${name}: {title: ${name}, count: rows, nature: outcome, better: lower, unit: ${name}}
`;
const target = (name: string) => `target: few-${name}
title: Few ${name}
measure: ${name}
goal: {at_most: 300}
period: 2024
by_segment: [area]
`;

/** Records of "day area"; ids are unique by day, area and place. */
const csv = (...records: readonly string[]) =>
  ["Id,Day,Area", ...records.map((record, index) => `${record}-${index},${record.replace(" ", ",")}`), ""].join("\n");

const files = {
  "calls-a.csv": csv("2024-01-01 1", "2024-02-29 2", "2024-03-31 10"),
  "calls-b.csv": csv("2024-03-01 1", "2024-03-05 2", "2024-04-30 10"),
  "posts-a.csv": csv("2024-01-01 1", "2024-02-30 1", "2024-04-30 2"),
  "posts-b.csv": "Id,Area\n1,1\n"
};
const names = Object.keys(files);
const noon = "2024-06-01T12:00:00.000Z";

let directory: string;
let warehouse: string;
beforeEach(() => {
  directory = projectFolder({
    "sources/calls.yaml": source("calls"),
    "sources/posts.yaml": source("posts"),
    "targets/all.yaml": `- ${target("calls").trimEnd().replaceAll("\n", "\n  ")}\n- ${target("posts").trimEnd().replaceAll("\n", "\n  ")}\n`,
    ...files
  });
  warehouse = join(directory, "warehouse");
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

const dry = (given: readonly string[]) => loadFiles(directory, given, noon, {dryRun: true});

/** All that a receipt says but that it is one of a dry run, and where rejects are kept. */
function said({dry_run, diagnostics, ...receipt}: Receipt) {
  return {...receipt, diagnostics: diagnostics.filter(({code}) => code !== "rejects-kept")};
}

describe("a dry run", () => {
  test("answers what the load then answers: months, effects, refusals, of every file and source", async () => {
    await loadFiles(directory, ["calls-a.csv"], noon);
    const told = await dry(names);
    const loaded = await loadFiles(directory, names, noon);
    expect(told.map(said)).toEqual(loaded.map(said));
    expect(told.map(({dry_run}) => dry_run)).toEqual([true, true, true, true]);
    expect(loaded.every((receipt) => !("dry_run" in receipt))).toBe(true);
    expect(told.map(({outcome}) => outcome)).toEqual(["unchanged", "loaded", "loaded", "refused"]);
    expect(told[1]?.months).toEqual([
      {month: "2024-03", added: 2, changed: 0, gone: 1},
      {month: "2024-04", added: 1, changed: 0, gone: 0}
    ]);
    expect(told[1]?.effects).not.toEqual([]);
    expect(Object.keys(told[0]!).indexOf("dry_run")).toBe(4);
  });

  test("tells the second file of a source over the first", async () => {
    const told = await dry(["calls-a.csv", "posts-a.csv"]);
    writeFiles(directory, {
      "sources/calls.yaml": `${source("calls")}extracted: {from: file_name, pattern: "calls-{yyyy}{MM}{dd}*"}\n`
    });
    writeFiles(directory, {"calls-20240401.csv": files["calls-a.csv"], "calls-20240501.csv": files["calls-b.csv"]});
    // Named the newer first: the older is committed first, and the effects of both stand on the newer.
    const [newer, older] = await dry(["calls-20240501.csv", "calls-20240401.csv"]);
    expect(told[0]?.months).toEqual(older?.months);
    expect(newer?.months).toEqual([
      {month: "2024-03", added: 2, changed: 0, gone: 1},
      {month: "2024-04", added: 1, changed: 0, gone: 0}
    ]);
    expect([newer?.effects?.length, older?.effects]).toEqual([4, null]);
  });

  test("leaves the warehouse byte for byte as it was, also of files that are refused", async () => {
    await loadFiles(directory, ["calls-a.csv"], noon);
    const before = [fingerprint(warehouse), readdirSync(warehouse)];
    const told = await dry(names);
    expect(told.some(({outcome}) => outcome === "refused")).toBe(true);
    expect([fingerprint(warehouse), readdirSync(warehouse)]).toEqual(before);
    await dry(["posts-b.csv"]);
    expect([fingerprint(warehouse), readdirSync(warehouse)]).toEqual(before);
  });

  test("leaves no warehouse where there was none, nor a folder on the way to it", async () => {
    await dry(names);
    expect(existsSync(warehouse)).toBe(false);
    const deep = "paths: {inbox: inbox, warehouse: kept/by/milepost, out: out}";
    const settings = `title: Small\ntime_zone: America/Los_Angeles\ncalendar: {week_starts: sunday, fiscal_year_starts: 07-01}\n${deep}\nsegments: seeds/segments.csv\n`;
    writeFiles(directory, {"milepost.yaml": settings});
    await dry(names);
    expect(existsSync(join(directory, "kept"))).toBe(false);
    mkdirSync(join(directory, "kept", "by"), {recursive: true});
    await dry(names);
    expect(readdirSync(join(directory, "kept"))).toEqual(["by"]);
    expect(readdirSync(join(directory, "kept", "by"))).toEqual([]);
  });

  test("leaves an empty warehouse empty", async () => {
    mkdirSync(warehouse);
    await dry(names);
    expect(readdirSync(warehouse)).toEqual([]);
  });

  test("says where rejects would be kept, and that they are not", async () => {
    const [receipt] = await dry(["posts-a.csv"]);
    const note = receipt?.diagnostics.find(({code}) => code === "rejects-kept");
    expect(note?.message).toBe(
      `Each rejected record would stand with its line and reason in rejects/${receipt?.load}.csv of the warehouse, readable by its owner alone; of a dry run nothing is kept`
    );
  });
});
