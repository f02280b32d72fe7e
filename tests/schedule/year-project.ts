import {rmSync} from "node:fs";
import {projectFolder, writeFiles} from "../support/project-folder.ts";

/** The year that the test walks through: it has a 29 February, and both changes of the clocks fall on its schedule. */
export const settings = `title: Small town
time_zone: America/Los_Angeles
calendar: {week_starts: sunday, fiscal_year_starts: 07-01}
paths: {inbox: inbox, warehouse: warehouse, out: out}
segments: seeds/segments.csv
schedule:
  - {report: meeting, cron: "30 2 * * 0", issue: automatic} # skipped by the clocks on 10 March 2024
  - {report: monthly, cron: "30 1 3 * *", issue: automatic} # comes twice on 3 November 2024
  - {report: quarterly, cron: "0 6 10 1,4,7,10 *"}
`;

function source(name: string): string {
  return `source: ${name}
title: ${name}
files: ["${name}-*.csv"]
delivery: period
covers: {from: file_name, pattern: "${name}-{yyyy}-{MM}*"}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
measures:
  ${name}: {title: ${name}, count: rows, nature: outcome, better: lower, unit: ${name}}
`;
}

function report(name: string, period: string): string {
  return `report: ${name}
title: The ${name} report
period: ${period}
audience: The mayor
sections: [summary, data-quality]
`;
}

function target(measure: string, year: number): string {
  return `- {target: ${measure}-${year}, title: "Few ${measure}", measure: ${measure}, goal: {at_most: 200}, period: "${year}"}\n`;
}

/** A project of two sources that both reports read, with no extract yet. */
export function yearProject(): {readonly directory: string; readonly remove: () => void} {
  const directory = projectFolder({
    "milepost.yaml": settings,
    "sources/incidents.yaml": source("incidents"),
    "sources/calls.yaml": source("calls"),
    "targets/all.yaml": [2023, 2024].map((year) => target("incidents", year) + target("calls", year)).join(""),
    "reports/meeting.yaml": report("meeting", "28 days"),
    "reports/monthly.yaml": report("monthly", "month"),
    "reports/quarterly.yaml": report("quarterly", "quarter"),
    "inbox/.keep": ""
  });
  return {directory, remove: () => rmSync(directory, {recursive: true, force: true})};
}

/** What an extract of a month holds; `late` days were reported later. */
export function extract(month: string, late = 0): string {
  const rows: string[] = [];
  for (let day = 1; day <= daysOf(month); day += 2) {
    const times = day <= late * 2 ? 2 : 1;
    for (let time = 0; time < times; time += 1)
      rows.push(`${month}-${String(day).padStart(2, "0")},${[1, 2, 10][day % 3]}`);
  }
  return ["Day,Area", ...rows, ""].join("\n");
}

/** The same, with a day in it that no month has. */
export function damaged(month: string): string {
  return extract(month).replace(`${month}-09`, `${month}-39`);
}

export function deliver(directory: string, name: string, contents: string): void {
  writeFiles(directory, {[`inbox/${name}`]: contents});
}

export function daysOf(month: string): number {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}
