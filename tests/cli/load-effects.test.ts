import {rmSync} from "node:fs";
import {afterEach, beforeEach, expect, test} from "vitest";
import type {Context} from "../../pipeline/cli/context.ts";
import {effectLines} from "../../pipeline/cli/effects-text.ts";
import {main} from "../../pipeline/cli/program.ts";
import type {Effect} from "../../pipeline/ledger/contract.ts";
import {projectFolder, readFolder, writeFiles} from "../support/project-folder.ts";

const source = (name: string) => `source: ${name}
title: ${name}
files: ["${name}*.csv"]
delivery: period
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
measures:
  ${name}: {title: ${name}, count: rows, nature: outcome, better: lower, unit: ${name}}
`;
const target = `- target: fewer-calls
  title: Fewer calls
  measure: calls
  goal: {change: -10%}
  baseline: {period: previous}
  period: 2024-H1
  by_segment: [bureau]
- target: watched-calls
  title: Calls
  measure: calls
  goal: {track: true}
  period: 2024-H1
`;

/** A CSV of "day area n". */
function csv(...runs: readonly string[]): string {
  const records = runs.flatMap((run) => {
    const [day, area, count = "1"] = run.split(" ");
    return Array.from({length: Number(count)}, () => `${day},${area}`);
  });
  return ["Day,Area", ...records, ""].join("\n");
}
const quarter = (west: number, east: number) =>
  csv("2024-01-01 1", `2024-02-15 2 ${west - 1}`, "2024-03-31 10", `2024-03-01 10 ${east - 1}`);
const year2023 = csv("2023-01-01 1", "2023-02-15 1 23", "2023-03-31 10 16", "2023-06-30 1 40");

let directory: string;
beforeEach(() => {
  directory = projectFolder({
    "sources/calls.yaml": source("calls"),
    "sources/posts.yaml": source("posts"),
    "targets/calls.yaml": target
  });
});
afterEach(() => rmSync(directory, {recursive: true}));

async function load(files: Readonly<Record<string, string>>, ...options: readonly string[]) {
  writeFiles(directory, files);
  let [out, err] = ["", ""];
  const context: Context = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    now: () => new Date("2024-07-10T12:00:00.000Z"),
    cwd: directory,
    terminal: false,
    version: "1.2.3"
  };
  const code = await main(["load", ...Object.keys(files), ...options], context);
  return {code, out: out.replace(/load [0-9a-f]{12}/g, "load 0123456789ab"), err};
}

test("the first data of a target are told in a line, a restatement in a table", async () => {
  await load({"calls-2023.csv": year2023});
  const first = await load({"calls-2024.csv": quarter(20, 10)});
  expect(first.out.split("  targets")[1]).toBe(
    `   first data for 1 target: fewer-calls ● on track
            and for 2 rows of segments beside: 2 ● on track
`
  );
  const restated = await load({"calls-2024-late.csv": quarter(24, 13)});
  expect(restated.out).toBe(`calls-2024-late.csv  calls  LOADED  load 0123456789ab
  records   37 = 37 kept + 0 rejected
  covered   2024-01-01 .. 2024-03-31 (91 days)
  months    month     added  changed  gone
            2024-02       4        0     0
            2024-03       3        0     0
            together      7        0     0
  closed    2 months that were closed move:
            month    rows before  added  changed  gone  of them
            2024-03           10      3        0     0   30.00%
            2024-02           19      4        0     0   21.05%
  targets   target         segment  period   status                    before  now  change
            fewer-calls    City     2024-H1  ● on track → ◆ at risk        30   37      +7
            watched-calls  City     2024-H1  □ tracked                     30   37      +7
            fewer-calls    West     2024-H1  ● on track → ▼ off track      20   24      +4
            fewer-calls    East     2024-H1  ● on track                    10   13      +3
            before and now: the value over the days that were counted before
`);
});

test("a restated baseline, and days that are counted no more, stand beside the value", async () => {
  await load({"calls-2023.csv": year2023, "calls-2024.csv": quarter(20, 10)});
  const {out} = await load({
    "calls-2023-again.csv": year2023.replace("2023-02-15,1\n", "2023-02-15,1\n2023-02-15,1\n")
  });
  expect(out.split("  targets")[1]).toBe(
    `   target       segment  period   status      before  now  change
            fewer-calls  City     2024-H1  ● on track      30   30       0  baseline 80 → 81
            fewer-calls  West     2024-H1  ● on track      20   20       0  baseline 64 → 65
            before and now: the value over the days that were counted before
`
  );
});

test("a load that changes nothing in the targets says so; one that no target reads says nothing", async () => {
  await load({"calls-2023.csv": year2023, "calls-2024.csv": quarter(20, 10)});
  const more = await load({"calls-2024-04.csv": csv("2024-04-01 10", "2024-04-02 10")});
  expect(more.out).toContain("  targets   none changes its status, or the value of days that were counted before\n");
  expect((await load({"posts-2024.csv": quarter(20, 10)})).out).not.toContain("targets");
});

test("several files of a source are told together", async () => {
  await load({"calls-2023.csv": year2023, "calls-2024.csv": quarter(20, 10)});
  const {out} = await load({
    "calls-2024-01.csv": csv("2024-01-01 1 2", "2024-01-02 1"),
    "calls-2024-03.csv": csv("2024-03-30 1 2", "2024-03-31 10")
  });
  const [, together] = out.split("calls, 2 files: 2 loaded;");
  expect(out.split("  targets")).toHaveLength(2);
  expect(together).toMatch(/watched-calls {2}City {5}2024-H1 {2}□ tracked +30 {3}34 {6}\+4\n/);
});

test("a dry run says what would be, keeps nothing, and exits as the load would", async () => {
  const files = {"calls-2023.csv": year2023, "calls-2024.csv": quarter(20, 10), "calls-none.csv": "Day\n"};
  const dry = await load(files, "--dry-run");
  expect(dry.code).toBe(1);
  expect(dry.out).toContain("calls-2024.csv  calls  WOULD LOAD  load 0123456789ab\n");
  expect(dry.out).toContain("calls-none.csv  calls  WOULD BE REFUSED\n");
  expect(dry.out).toContain("calls, 3 files: 2 would load, 1 would be refused; 110 records = 110 kept + 0 rejected\n");
  expect(dry.out.endsWith("\nDry run: nothing was kept.\n")).toBe(true);
  expect(dry.err).toContain("calls-2024.csv: comparing 30 rows");
  const asJson = await load(files, "--dry-run", "--format", "json");
  expect(JSON.parse(asJson.out).map((receipt: {dry_run?: boolean}) => receipt.dry_run)).toEqual([true, true, true]);

  const loaded = await load(files);
  expect(loaded.code).toBe(1);
  const inOtherWords = dry.out
    .replaceAll("WOULD LOAD", "LOADED")
    .replace("WOULD BE REFUSED", "REFUSED")
    .replace("2 would load, 1 would be refused", "2 loaded, 1 refused")
    .replace("\nDry run: nothing was kept.\n", "");
  expect(loaded.out).toBe(inOtherWords);
});

test("fifteen rows are shown, binding ones and new statuses first, and the rest counted", async () => {
  const project = await readFolder(directory);
  const side = (status: string, value: number) => ({
    status,
    through: "2024-03-31",
    actual_value: value,
    restated_value: value,
    baseline_value: null,
    baseline_to_date: null
  });
  const effects = Array.from(
    {length: 52},
    (_, index): Effect => ({
      target: `target-${index}`,
      segment_type: "area",
      segment: "2",
      period: "2024",
      binding: index % 26 === 1,
      unit: "share",
      before: side("on_track", 0.25),
      after: side(index % 13 === 1 ? "at_risk" : "on_track", 0.75)
    })
  );
  const lines = effectLines(effects, project);
  expect(lines.slice(0, 4)).toEqual([
    "target     segment  period  status                  before    now  change",
    "target-1   Birch    2024    ● on track → ◆ at risk   25.0%  75.0%  +50.0%",
    "target-27  Birch    2024    ● on track → ◆ at risk   25.0%  75.0%  +50.0%",
    "target-14  Birch    2024    ● on track → ◆ at risk   25.0%  75.0%  +50.0%"
  ]);
  expect(lines).toHaveLength(18);
  expect(lines.at(-2)).toBe("and 37 more; --format json shows all");
});

test("first data for many targets are counted by status, in the order of reports", async () => {
  const nothing = {
    status: "no_data",
    through: "2024-12-31",
    actual_value: null,
    restated_value: null,
    baseline_value: null,
    baseline_to_date: null
  };
  const effects = ["on_track", "met", "on_track", "too_early", "not_due"].map(
    (status, index): Effect => ({
      target: `target-${index}`,
      segment_type: "city",
      segment: "C",
      period: "2024",
      binding: true,
      unit: "calls",
      before: nothing,
      after: {...nothing, status}
    })
  );
  expect(effectLines(effects, await readFolder(directory))).toEqual([
    "first data for 5 targets: 2 ● on track, 1 ✓ met, 1 ○ too early, 1 ▷ not due"
  ]);
  expect(effectLines([{...effects[0]!, binding: false}], await readFolder(directory))).toEqual([
    "first data for 1 row of segments: 1 ● on track"
  ]);
});
