import {rmSync} from "node:fs";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {ActualRow} from "../../pipeline/bundle/contract.ts";
import type {ComparisonRow, Comparisons, Trend} from "../../pipeline/comparisons/contract.ts";
import {type Answer, answer} from "../../pipeline/run/answer.ts";
import {monthlyActuals} from "../../pipeline/run/monthly-actuals.ts";
import {loadFiles, projectFolder, readFolder, writeFiles} from "../support/project-folder.ts";

let directory: string;
let answered: Answer;

beforeAll(async () => {
  const measure = (kind: string) =>
    `{title: ${kind}, count: rows, where: {kind: ${kind}}, nature: outcome, better: lower, unit: calls}`;
  directory = projectFolder({
    "sources/calls.yaml": `source: calls
title: Calls
files: ["calls*.csv"]
delivery: snapshot
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  kind: {from: Kind, type: text}
measures: {fires: ${measure("fire")}, falls: ${measure("fall")}, floods: ${measure("flood")}}
`,
    "targets/calls.yaml": `- {target: fewer, title: Fewer fires, measure: fires, goal: {change: -10%}, baseline: {period: previous}, period: 2024-Q1}
`
  });
  const lines = [
    ["2022-01-05", "1", "fall"],
    ["2023-01-10", "1", "fire"],
    ["2023-02-28", "2", "fire"],
    ["2023-02-28", "10", "fall"],
    ["2024-01-31", "1", "fire"],
    ["2024-02-01", "1", "fire"],
    ["2024-02-29", "10", "fire"],
    ["2024-02-29", "10", "flood"],
    ["2024-03-20", "2", "fall"]
  ];
  writeFiles(directory, {"calls.csv": `${["Day,Area,Kind", ...lines.map((line) => line.join(","))].join("\n")}\n`});
  await loadFiles(directory, ["calls.csv"]);
  answered = await answer(await readFolder(directory), {
    asOf: null,
    definitions: "now",
    through: "2024-03-20",
    measures: ["falls", "floods"]
  });
});
afterAll(() => rmSync(directory, {recursive: true}));

const months = (rows: readonly ActualRow[], measure: string, segment: string) =>
  rows
    .filter((row) => row.measure === measure && row.segment === segment)
    .map(({period_from, period_to, value}) => `${period_from}..${period_to} ${value}`);

describe("actuals by month", () => {
  test("are those of the rows over period and baseline, the last one cut to the last day counted", () => {
    const rows = monthlyActuals(answered, answered.rows, null);
    expect(months(rows, "fires", "C")).toEqual([
      "2023-01-01..2023-01-31 1",
      "2023-02-01..2023-02-28 1",
      "2023-03-01..2023-03-31 0",
      "2023-04-01..2023-04-30 0",
      "2023-05-01..2023-05-31 0",
      "2023-06-01..2023-06-30 0",
      "2023-07-01..2023-07-31 0",
      "2023-08-01..2023-08-31 0",
      "2023-09-01..2023-09-30 0",
      "2023-10-01..2023-10-31 0",
      "2023-11-01..2023-11-30 0",
      "2023-12-01..2023-12-31 0",
      "2024-01-01..2024-01-31 1",
      "2024-02-01..2024-02-29 2",
      "2024-03-01..2024-03-20 0"
    ]);
    expect(new Set(rows.map(({measure}) => measure))).toEqual(new Set(["fires"]));
    expect(rows.every(({value, rows_counted}) => value === rows_counted)).toBe(true);
  });

  test("are those of all that is compared too: every column of the table, every month of a trend and a year before", () => {
    const rows = monthlyActuals(answered, answered.rows, compared);
    // From 1 January two years before; the days before the first load are not known.
    expect(months(rows, "falls", "10")[0]).toBe("2022-01-01..2022-01-31 null");
    expect(months(rows, "falls", "10").slice(-2)).toEqual(["2024-02-01..2024-02-29 0", "2024-03-01..2024-03-16 0"]);
    expect(months(rows, "falls", "10")).toHaveLength(27);
    expect(months(rows, "floods", "C")[0]).toBe("2023-01-01..2023-01-31 0");
    expect(months(rows, "floods", "C").at(-2)).toBe("2024-02-01..2024-02-29 1");
    // What the rows and the table both count is there once, over the longer time.
    expect(months(rows, "fires", "C")[0]).toBe("2022-01-01..2022-01-31 null");
    expect(months(rows, "fires", "C").at(-1)).toBe("2024-03-01..2024-03-20 0");
    expect(months(rows, "fires", "C")).toHaveLength(27);
    const keys = rows.map((row) => [row.measure, row.segment_type, row.segment, row.period_from].join(" "));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

const line: ComparisonRow = {
  measure: "falls",
  title: "Falls",
  unit: "calls",
  better: "lower",
  total: false,
  segment_type: "area",
  segment: "10",
  segment_name: "Cedar",
  through: "2024-03-16",
  current_28_days: 0,
  previous_28_days: 0,
  change_28_days: null,
  change_28_days_kind: "not_calculable",
  year_to_date: 0,
  last_year: 1,
  change_last_year: null,
  change_last_year_kind: "counts_only",
  two_years_before: null,
  change_two_years_before: null,
  change_two_years_before_kind: "not_known",
  reason_code: "not_covered",
  reason: null
};

const month = (from: string, to: string) => ({
  ...{month: from.slice(0, 7), from, to, whole: true, value: 0, last_year: null, expected: null, series: "all"}
});

const trend: Trend = {
  measure: "floods",
  title: "Floods",
  unit: "calls",
  better: "lower",
  segment_type: "city",
  segment: "C",
  segment_name: "City",
  target: null,
  months: [month("2024-01-01", "2024-01-31"), month("2024-02-01", "2024-02-29"), month("2024-03-01", "2024-03-16")]
};

const compared: Comparisons = {
  windows: {
    current: {from: "2024-02-18", to: "2024-03-16"},
    previous: {from: "2024-01-21", to: "2024-02-17"},
    year_to_date: {from: "2024-01-01", to: "2024-03-16"},
    last_year: {from: "2023-01-01", to: "2023-03-16"},
    two_years_before: {from: "2022-01-01", to: "2022-03-16"}
  },
  rows: [line, {...line, measure: "fires", segment_type: "city", segment: "C"}],
  trends: [trend]
};
