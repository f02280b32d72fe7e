import {rmSync} from "node:fs";
import {afterEach, expect, test} from "vitest";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {knowledge} from "../../pipeline/ledger/knowledge.ts";
import {coveragesOf} from "../../pipeline/run/coverages.ts";
import {coveredThrough} from "../../pipeline/run/covered-through.ts";
import {projectPaths} from "../../pipeline/run/paths.ts";
import {loadFiles, projectFolder, readFolder, writeFiles} from "../support/project-folder.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, {recursive: true, force: true});
});

/** A source of which each file brings one Area, with the freshness given. */
function source(name: string, freshness: string): string {
  return `source: ${name}
title: ${name}
files: ["${name}-*.csv"]
delivery: period
partition: [area]
covers: {from: rows}
date: day
${freshness}
columns:
  day: {from: Day, type: date, formats: ["yyyy-MM-dd"], required: true}
  area: {from: Area, segment: area, required: true}
`;
}

const within65 = "freshness: {warn_after: 35 days, error_after: 65 days}";

/** The day through which everything counts when each Area of each source is covered from 1 January to the day given. */
async function throughOf(ends: Readonly<Record<string, Readonly<Record<string, string>>>>, freshness = within65) {
  const definitions = Object.keys(ends).map((name) => [`sources/${name}.yaml`, source(name, freshness)]);
  const folder = projectFolder(Object.fromEntries(definitions));
  folders.push(folder);
  const files = Object.entries(ends).flatMap(([name, areas]) =>
    Object.entries(areas).map(([area, last]) => [
      `inbox/${name}-${area}.csv`,
      `Day,Area\n2024-01-01,${area}\n${last},${area}\n`
    ])
  );
  writeFiles(folder, Object.fromEntries(files));
  await loadFiles(folder, null, "2024-07-10T12:00:00.000Z");
  const project = await readFolder(folder);
  const {loads} = knowledge(await readLedger(projectPaths(project).warehouse), null);
  const coverages = coveragesOf(project, loads);
  return coveredThrough(project, coverages);
}

test("waits for the slowest Area of the slowest source", async () => {
  const crime = {1: "2024-06-30", 2: "2024-06-20", 10: "2024-06-30"};
  expect(await throughOf({crime})).toBe("2024-06-20");
  expect(await throughOf({crime, stops: {1: "2024-06-30", 2: "2024-06-30", 10: "2024-06-18"}})).toBe("2024-06-18");
});

test("goes on without an Area that has stopped, in one source and in two", async () => {
  const dead = {1: "2024-06-30", 2: "2024-06-28", 10: "2024-01-31"};
  expect(await throughOf({crime: dead})).toBe("2024-06-28");
  expect(await throughOf({crime: dead, stops: {...dead, 2: "2024-06-30"}})).toBe("2024-06-28");
});

test("goes on without a source that has stopped, and waits for ever where nothing says what is overdue", async () => {
  const whole = (day: string) => ({1: day, 2: day, 10: day});
  expect(await throughOf({crime: whole("2024-06-30"), stops: whole("2024-02-29")})).toBe("2024-06-30");
  expect(await throughOf({crime: whole("2024-06-30"), stops: whole("2024-02-29")}, "")).toBe("2024-02-29");
});
