import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import type {Effect, Receipt} from "../../pipeline/ledger/contract.ts";
import {commitEntry, readLedger} from "../../pipeline/ledger/entries.ts";
import {loadExtracts} from "../../pipeline/run/load.ts";
import {loadFiles, projectFolder, readFolder, writeFiles} from "../support/project-folder.ts";

/*
 * Files small enough to count by hand. A target over calls asks for 10% fewer than the year before, by the baseline's
 * own pace; one over posts for at most 120 in the half year.
 */

const source = (name: string, delivery: string) => `source: ${name}
title: ${name}
files: ["${name}*.csv"]
delivery: ${delivery}
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
measures:
  ${name}: {title: ${name}, count: rows, nature: outcome, better: lower, unit: ${name}}
`;

const fewer = `target: fewer-calls
title: Fewer calls
measure: calls
goal: {change: -10%}
baseline: {period: previous}
period: 2024-H1
`;
const few = `target: few-posts
title: Few posts
measure: posts
goal: {at_most: 120}
period: 2024-H1
`;

/** A CSV of "day area n": n records of that day and Area. */
function csv(...runs: readonly string[]): string {
  const records = runs.flatMap((run) => {
    const [day, area, count = "1"] = run.split(" ");
    return Array.from({length: Number(count)}, () => `${day},${area}`);
  });
  return ["Day,Area", ...records, ""].join("\n");
}

/** 40 calls in the first quarter of 2023, 80 in the half year. */
const year2023 = csv("2023-01-01 1", "2023-02-15 1 38", "2023-03-31 1", "2023-06-15 1 39", "2023-06-30 1");
/** As many calls in the first quarter of 2024 as asked for: 36 are expected. */
const quarter = (count: number, ...more: readonly string[]) =>
  csv("2024-01-01 1", `2024-02-15 1 ${count - 2}`, "2024-03-31 1", ...more);

let directory: string;
afterEach(() => rmSync(directory, {recursive: true, force: true}));
function project(files: Readonly<Record<string, string>>): void {
  directory = projectFolder(files);
}

async function load(files: Readonly<Record<string, string>>): Promise<readonly Receipt[]> {
  writeFiles(directory, files);
  return loadFiles(directory, Object.keys(files), "2024-07-10T12:00:00.000Z");
}

async function effectsOf(files: Readonly<Record<string, string>>): Promise<readonly Effect[] | null | undefined> {
  return (await load(files)).at(-1)?.effects;
}

/** "fewer-calls C on_track 36 -> at_risk 38" */
const brief = (effects: readonly Effect[] | null | undefined) =>
  effects?.map(
    ({target, segment, before, after}) =>
      `${target} ${segment} ${before.status} ${before.restated_value} -> ${after.status} ${after.restated_value}`
  );

describe("a load of one source", () => {
  beforeEach(() => project({"sources/calls.yaml": source("calls", "period"), "targets/calls.yaml": fewer}));

  test("that is the first changes every row, and one that begins a period too", async () => {
    expect(brief(await effectsOf({"calls-2023.csv": year2023}))).toEqual([
      "fewer-calls C no_data null -> not_due null"
    ]);
    expect(brief(await effectsOf({"calls-2024.csv": quarter(36)}))).toEqual([
      "fewer-calls C not_due null -> on_track null"
    ]);
  });

  test("with late reports restates the value and leaves the status", async () => {
    await load({"calls-2023.csv": year2023, "calls-2024.csv": quarter(30)});
    expect(await effectsOf({"calls-2024-late.csv": quarter(33)})).toEqual([
      {
        target: "fewer-calls",
        segment_type: "city",
        segment: "C",
        period: "2024-H1",
        binding: true,
        unit: "calls",
        before: side("on_track", 30),
        after: side("on_track", 33)
      }
    ]);
  });

  test("with more of them turns on track into at risk, and at risk into off track", async () => {
    await load({"calls-2023.csv": year2023, "calls-2024.csv": quarter(36)});
    expect(brief(await effectsOf({"calls-2024-late.csv": quarter(37)}))).toEqual([
      "fewer-calls C on_track 36 -> at_risk 37"
    ]);
    expect(brief(await effectsOf({"calls-2024-later.csv": quarter(41)}))).toEqual([
      "fewer-calls C at_risk 37 -> off_track 41"
    ]);
  });

  test("that only counts more days in the same status is no effect", async () => {
    await load({"calls-2023.csv": year2023, "calls-2024.csv": quarter(30)});
    expect(await effectsOf({"calls-2024-04.csv": csv("2024-04-01 1", "2024-04-30 1 2")})).toEqual([]);
  });

  test("that restates old days and counts new ones is told over the old days alone", async () => {
    await load({"calls-2023.csv": year2023, "calls-2024.csv": quarter(30)});
    const [effect] = (await effectsOf({"calls-2024-04.csv": quarter(31, "2024-04-30 1 4")})) ?? [];
    expect(effect?.before).toEqual(side("on_track", 30));
    expect(effect?.after).toEqual({...side("on_track", 31), through: "2024-04-30", actual_value: 35});
  });

  test("that restates the baseline is told, though the actual and the status stay", async () => {
    await load({"calls-2023.csv": year2023, "calls-2024.csv": quarter(30)});
    const more = year2023.replace("2023-02-15,1\n", "2023-02-15,1\n2023-02-15,1\n");
    expect(await effectsOf({"calls-2023-again.csv": more})).toEqual([
      expect.objectContaining({
        before: side("on_track", 30),
        after: {...side("on_track", 30), baseline_value: 81, baseline_to_date: 41}
      })
    ]);
    // Behind the days that answer those counted: the target value moves, what is expected by now hardly does.
    const behind = more.replace("2023-06-15,1\n", "2023-06-15,1\n2023-06-15,1\n");
    expect(await effectsOf({"calls-2023-later.csv": behind})).toEqual([
      expect.objectContaining({
        before: {...side("on_track", 30), baseline_value: 81, baseline_to_date: 41},
        after: {...side("on_track", 30), baseline_value: 82, baseline_to_date: 41}
      })
    ]);
  });

  test("that says the same in other words is none", async () => {
    await load({"calls-2023.csv": year2023, "calls-2024.csv": quarter(30)});
    // Another order, other bytes.
    expect(await effectsOf({"calls-2024-again.csv": `${quarter(30)}\n`})).toEqual([]);
  });

  test("leaves null on receipts of files that are unchanged or refused", async () => {
    const [first] = await load({"calls-2023.csv": year2023});
    expect(first?.effects).toHaveLength(1);
    const [again, refused] = await load({"calls-2023.csv": year2023, "calls-2024.csv": "Area\n1\n"});
    expect([again?.outcome, again?.effects]).toEqual(["unchanged", null]);
    expect([refused?.outcome, refused?.effects]).toEqual(["refused", null]);
  });

  test("keeps its effects in the ledger, and what was written without them is still read", async () => {
    const receipts = [...(await load({"calls-2023.csv": year2023})), ...(await load({"calls-2024.csv": quarter(30)}))];
    const entries = await readLedger(join(directory, "warehouse"));
    expect(entries.map((entry) => entry.kind === "load" && entry.receipt)).toEqual(receipts);
    const [first] = entries;
    if (first?.kind !== "load") throw new Error("the first entry is a load");
    const {sequence, ...entry} = first;
    const former = {...entry, receipt: {...entry.receipt, effects: null}};
    expect(await commitEntry(join(directory, "former"), former, 0)).toMatchObject({receipt: {effects: null}});
    expect(await readLedger(join(directory, "former"))).toMatchObject([{receipt: {effects: null}}]);
  });

  test("of several files is worked out once over all of them, on the last that is committed", async () => {
    await load({"calls-2023.csv": year2023, "calls-2024.csv": quarter(30)});
    const receipts = await load({
      "calls-2024-01.csv": csv("2024-01-01 1 3", "2024-01-31 1"),
      "calls-2024-03.csv": csv("2024-03-01 1", "2024-03-31 1 4"),
      "calls-none.csv": "Area\n1\n"
    });
    expect(receipts.map(({outcome}) => outcome)).toEqual(["loaded", "loaded", "refused"]);
    expect(receipts.map(({effects}) => brief(effects) ?? null)).toEqual([
      null,
      ["fewer-calls C on_track 30 -> at_risk 37"],
      null
    ]);
  });

  test("that can't be measured is kept, with a warning in its receipt", async () => {
    await load({"calls-2023.csv": year2023, "calls-2024.csv": quarter(30)});
    rmSync(join(directory, "warehouse/loads"), {recursive: true});
    const [receipt] = await load({"calls-2024-04.csv": csv("2024-04-01 1", "2024-04-30 1")});
    expect(receipt).toMatchObject({outcome: "loaded", effects: null});
    expect(receipt?.diagnostics.find(({code}) => code === "effects-not-known")).toMatchObject({
      severity: "warning",
      found: expect.stringContaining("are gone")
    });
  });
});

function side(status: string, value: number): Effect["before"] {
  return {
    status,
    through: "2024-03-31",
    actual_value: value,
    restated_value: value,
    baseline_value: 80,
    baseline_to_date: 40
  };
}

test("what reaches less far than before is told with the days it counts", async () => {
  project({"sources/calls.yaml": source("calls", "snapshot"), "targets/calls.yaml": fewer});
  const both = (count: number) => `${year2023}${quarter(count).replace("Day,Area\n", "")}`;
  await load({"calls-a.csv": both(30)});
  const shorter = both(30).replaceAll("2024-03-31,1\n", "");
  const effects = await effectsOf({"calls-b.csv": shorter});
  expect(effects?.map(({before, after}) => [before, after].map((at) => [at.through, at.actual_value]))).toEqual([
    [
      ["2024-03-31", 30],
      ["2024-02-15", 29]
    ]
  ]);
  expect(effects?.map(({before, after}) => [before.restated_value, after.restated_value])).toEqual([[29, 29]]);
});

test("a file of the last missing Area makes the city known", async () => {
  project({
    "sources/calls.yaml": source("calls", "period\npartition: [area]"),
    "targets/calls.yaml":
      "target: few\ntitle: Few\nmeasure: calls\ngoal: {at_most: 400}\nperiod: 2024-H1\nby_segment: [bureau, area]\n"
  });
  const area = (code: string) => csv(`2024-01-01 ${code}`, `2024-02-01 ${code} 20`, `2024-03-31 ${code}`);
  const first = await load({"calls-1.csv": area("1"), "calls-2.csv": area("2")});
  expect(brief(first.at(-1)?.effects)?.filter((text) => text.includes(" C "))).toEqual([]);
  expect(brief(await effectsOf({"calls-10.csv": area("10")}))).toEqual([
    "few C no_data null -> on_track 66",
    "few east tracked null -> tracked 22",
    "few 10 tracked null -> tracked 22"
  ]);
});

test("two sources of one command have effects of their own", async () => {
  project({
    "sources/calls.yaml": source("calls", "period"),
    "sources/posts.yaml": source("posts", "period"),
    "targets/calls.yaml": fewer,
    "targets/posts.yaml": few
  });
  await load({"calls-2023.csv": year2023, "calls-2024.csv": quarter(30), "posts-2024.csv": quarter(40)});
  const receipts = await load({
    "calls-2024-late.csv": quarter(31),
    "posts-2024-late.csv": quarter(42),
    "calls-2024-04.csv": csv("2024-04-01 1", "2024-04-30 1")
  });
  expect(receipts.map(({file, effects}) => [file, brief(effects) ?? null])).toEqual([
    ["calls-2024-late.csv", null],
    ["posts-2024-late.csv", ["few-posts C on_track 40 -> on_track 42"]],
    ["calls-2024-04.csv", ["fewer-calls C on_track 30 -> on_track 31"]]
  ]);
});

test("without a target over the source nothing is worked out, and nothing changes", async () => {
  project({
    "sources/calls.yaml": source("calls", "period"),
    "sources/posts.yaml": source("posts", "period"),
    "targets/posts.yaml": few
  });
  expect(await effectsOf({"calls-2024.csv": quarter(30)})).toEqual([]);
});

test("what another process loads in the meantime counts as known", async () => {
  project({"sources/calls.yaml": source("calls", "period"), "targets/calls.yaml": fewer});
  await load({"calls-2023.csv": year2023, "calls-2024.csv": quarter(30)});
  const place = mkdtempSync(join(tmpdir(), "milepost-elsewhere-"));
  const [before, elsewhere] = [join(place, "before"), join(place, "elsewhere")];
  cpSync(directory, before, {recursive: true});
  // The other process's load, made in a copy: put into the warehouse it has come in between.
  cpSync(directory, elsewhere, {recursive: true});
  writeFiles(elsewhere, {"calls-other.csv": quarter(33)});
  await loadFiles(elsewhere, ["calls-other.csv"]);
  const seen = new Map<string, unknown>();
  for (let moment = 1; moment <= 7; moment += 1) {
    rmSync(directory, {recursive: true});
    cpSync(before, directory, {recursive: true});
    writeFiles(directory, {"calls-a.csv": quarter(35), "calls-b.csv": csv("2024-04-01 1", "2024-04-02 1")});
    let asked = 0;
    const now = () => {
      asked += 1;
      const next = `${String(readdirSync(join(directory, "warehouse/ledger")).length + 1).padStart(6, "0")}.json`;
      if (asked === moment) {
        cpSync(join(elsewhere, "warehouse/loads"), join(directory, "warehouse/loads"), {recursive: true});
        const entry = JSON.parse(readFileSync(join(elsewhere, "warehouse/ledger/000003.json"), "utf8"));
        entry.sequence = Number.parseInt(next, 10);
        writeFileSync(join(directory, "warehouse/ledger", next), JSON.stringify(entry));
      }
      return new Date("2024-07-10T12:00:00.000Z");
    };
    const request = {files: ["calls-a.csv", "calls-b.csv"], source: null, covers: null};
    const outside = {now, cwd: directory, version: "0.1.0", progress: () => {}};
    const {receipts} = await loadExtracts(await readFolder(directory), request, outside);
    const files = (await readLedger(join(directory, "warehouse"))).map(
      (entry) => entry.kind === "load" && entry.load.file
    );
    seen.set(files.slice(2).join(), brief(receipts[1]?.effects));
  }
  rmSync(place, {recursive: true});
  expect(Object.fromEntries(seen)).toEqual({
    "calls-other.csv,calls-a.csv,calls-b.csv": ["fewer-calls C on_track 33 -> at_risk 35"],
    // Newer than a: these rows decide.
    "calls-a.csv,calls-other.csv,calls-b.csv": []
  });
});
