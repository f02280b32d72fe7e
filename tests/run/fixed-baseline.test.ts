import {rmSync} from "node:fs";
import {afterEach, beforeEach, expect, test} from "vitest";
import {endOfDay} from "../../pipeline/calendar/instant.ts";
import {answer, type Question} from "../../pipeline/run/answer.ts";
import {loadFiles, projectFolder, readFolder, writeFiles} from "../support/project-folder.ts";

const source = `source: calls
title: Calls
files: ["calls*.csv"]
delivery: snapshot
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
measures:
  calls: {title: Calls, count: rows, nature: outcome, better: lower, unit: calls}
`;
const targets = `- target: fixed
  title: Held against what was known at the end of January
  measure: calls
  goal: {change: -10%}
  baseline: {period: previous, fixed_at: 2024-01-31}
  period: 2024-Q1
- target: moving
  title: Held against what is known
  measure: calls
  goal: {change: -10%}
  baseline: {period: previous}
  period: 2024-Q1
- target: next
  title: Follows on the fixed one
  measure: calls
  goal: {change: -10%}
  baseline: {target: fixed, chain: compound}
  period: 2024-Q2
`;

/** So many calls in the first quarter of 2023, and so many in that of 2024, as known to a day. */
function calls(before: number, now: number, last: string): string {
  const lines = (count: number, day: string) => Array.from({length: count}, () => `${day},Alder`);
  const edges = ["2023-01-01,Birch", `${last},Birch`];
  return ["Day,Area", ...edges, ...lines(before - 1, "2023-02-02"), ...lines(now - 1, "2024-01-02"), ""].join("\n");
}

let directory: string;
beforeEach(async () => {
  directory = projectFolder({"sources/calls.yaml": source, "targets/calls.yaml": targets});
  writeFiles(directory, {"calls-1.csv": calls(100, 2, "2024-01-15")});
  await loadFiles(directory, ["calls-1.csv"], "2024-01-20T12:00:00.000Z");
  writeFiles(directory, {"calls-2.csv": calls(120, 95, "2024-03-31")});
  await loadFiles(directory, ["calls-2.csv"], "2024-04-02T12:00:00.000Z");
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

async function ask(question: Partial<Question> = {}) {
  const {rows} = await answer(await readFolder(directory), {
    asOf: null,
    definitions: "then",
    through: null,
    ...question
  });
  return rows.map((row) => [row.target, row.baseline_value, row.target_value, row.actual_value, row.status].join(" "));
}

test("a baseline fixed at a day stands as it was known then, whatever was loaded since", async () => {
  expect(await ask()).toEqual([
    "fixed 100 90 95 missed",
    "moving 120 108 95 met",
    // The chain leads to what was fixed: 90 less 10%.
    "next 90 81  not_due"
  ]);
});

test("so it does for one target of a chain alone, and for the days before its day", async () => {
  expect(await ask({target: "next"})).toEqual(["next 90 81  not_due"]);
  const early = await ask({asOf: endOfDay("2024-01-25", "America/Los_Angeles"), target: "fixed"});
  expect(early).toEqual(["fixed 100 90 2 too_early"]);
});

test("a day on which nothing was known yet has no baseline", async () => {
  writeFiles(directory, {"targets/calls.yaml": targets.replace("2024-01-31", "2024-01-10")});
  expect((await ask())[0]).toBe("fixed   95 no_data");
});
