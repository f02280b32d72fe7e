import {rmSync} from "node:fs";
import {expect, test} from "vitest";
import {runAt} from "../support/clocked-project.ts";
import {projectFolder, writeFiles} from "../support/project-folder.ts";

const definition = (delivery: string) => `source: cases
title: Cases
files: ["cases*.csv"]
delivery: ${delivery}
covers: {from: file_name, pattern: "cases-{yyyy}-{MM}-{dd}*", since: 2024-01-01}
extracted: {from: file_name, pattern: "cases-{yyyy}-{MM}-{dd}*"}
key: [case]
date: opened
columns:
  case: {from: Case, type: text, required: true}
  opened: {from: Opened, type: date, formats: [yyyy-MM-dd], required: true}
  closed: {from: Closed, type: date, formats: [yyyy-MM-dd]}
  outcome: {from: Outcome, type: text}
measures:
  cases: {title: Cases, count: rows, nature: outcome, better: none, unit: cases}
`;
const first = `Case,Opened,Closed,Outcome
ends,2024-01-05,,
ends-too,2024-01-06,,
moves,2024-01-07,2024-01-20,filed
corrected,2024-01-08,2024-01-21,filed
opens-again,2024-01-09,2024-01-22,filed
stays,2024-01-10,,
`;
const second = `Case,Opened,Closed,Outcome
ends,2024-01-05,2024-02-10,filed
ends-too,2024-01-06,2024-02-11,declined
moves,2024-01-07,2024-01-19,filed
corrected,2024-01-08,2024-01-21,declined
opens-again,2024-01-09,,
stays,2024-01-10,,
`;

test.each(["snapshot", "upsert"])(
  "a receipt tells cases that have ended since from those that are told otherwise (%s)",
  async (delivery) => {
    const directory = projectFolder({"sources/cases.yaml": definition(delivery)});
    writeFiles(directory, {"cases-2024-01-31.csv": first, "cases-2024-02-29.csv": second});
    const load = (...words: string[]) => runAt(directory, "2024-03-01T12:00:00Z", "load", ...words);
    await load("cases-2024-01-31.csv");
    const {out} = await load("--dry-run", "--format", "json", "cases-2024-02-29.csv");
    const [{months, closed}] = JSON.parse(out);
    expect(months).toEqual([{month: "2024-01", added: 0, changed: 5, gone: 0, ended: 2}]);
    expect(closed).toMatchObject([{month: "2024-01", rows_before: 6, changed: 5, ended: 2}]);
    const {out: said} = await load("cases-2024-02-29.csv");
    expect(said).toContain(
      "1 month that was closed moves (of 5 changed rows 2 name a day that was open: cases that have ended since):"
    );
    expect(said).toMatch(/of the changed, ended\n\s+2024-01 +0 +5 +0 +2\n/);
    rmSync(directory, {recursive: true});
  },
  60_000
);
