import {cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {readBundle} from "../../pipeline/bundle/bundle-folder.ts";
import type {LedgerEntry} from "../../pipeline/ledger/contract.ts";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {checkRowsAreWhole} from "../../pipeline/run/check-rows.ts";
import {type SweepEffects, sweepShelf, sweepWarehouse} from "../../pipeline/run/leftovers.ts";
import {type Ran, runAt} from "../support/clocked-project.ts";

/** A small town: one source, one target with two Areas, one report, due each month. */
const definitions: Readonly<Record<string, string>> = {
  "milepost.yaml": `title: Small town
time_zone: America/Los_Angeles
calendar: {week_starts: sunday, fiscal_year_starts: 07-01}
paths: {inbox: inbox, warehouse: warehouse, out: out}
segments: seeds/segments.csv
schedule:
  - {report: monthly, cron: "0 6 3 * *", issue: automatic}
`,
  "seeds/segments.csv": `type,code,name,aliases,parent_type,parent_code,valid_from,valid_to
city,all,Small Town,,,,,
area,1,North,,city,all,,
area,2,South,,city,all,,
`,
  "sources/calls.yaml": `source: calls
title: Calls
files: ["calls-*.csv"]
delivery: period
covers: {from: file_name, pattern: "calls-{yyyy}-{MM}*"}
date: day
key: [id]
rejects: {at_most: 50%}
columns:
  id: {from: Id, type: integer, required: true}
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
measures:
  calls: {title: Calls, count: rows, nature: outcome, better: lower, unit: calls}
`,
  "targets/calls.yaml": `- target: fewer
  title: No more than 1000 calls
  measure: calls
  goal: {at_most: 1000}
  period: "2024"
  by_segment: [area]
`,
  "reports/monthly.yaml": `report: monthly
title: Monthly report
period: month
audience: The mayor
segments: [area]
sections: [summary, scorecard, data-quality]
`
};

/** Days of a month's extract; one record that is no record at all, so that rejects are written too. */
export function extract(month: string, count = 40, from = 0): string {
  const records = Array.from({length: count}, (_, index) => {
    const day = String(1 + (index % 28)).padStart(2, "0");
    return `${Number(month.replace("-", "")) * 100_000 + from + index},${month}-${day},${1 + (index % 2)}`;
  });
  return ["Id,Day,Area", ...records, `x,${month}-01,1`, ""].join("\n");
}

/** When what was done to the town that every test begins with. */
export const moments = ["2024-03-05T20:00:00.000Z", "2024-03-06T20:00:00.000Z"] as const;
/** When the command that is tested is started. */
export const today = "2024-04-05T20:00:00.000Z";

/** A command line, in this process. */
export const milepost = runAt;

export function writeTown(prefix = "milepost-town-"): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  for (const [path, contents] of Object.entries(definitions)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), contents);
  }
  mkdirSync(join(folder, "inbox"));
  return folder;
}

/** A town with two loads and an issue; a third extract and a mended second one lie in the inbox. */
export async function livedInTown(): Promise<string> {
  const folder = writeTown();
  writeFileSync(join(folder, "inbox/calls-2024-01.csv"), extract("2024-01"));
  expectDone(await milepost(folder, moments[0], "load"));
  writeFileSync(join(folder, "inbox/calls-2024-02.csv"), extract("2024-02", 60));
  expectDone(await milepost(folder, moments[1], "load"));
  expectDone(await milepost(folder, moments[1], "issue", "monthly", "--period", "2024-01", "--by", "A. Analyst"));
  expectDone(await milepost(folder, moments[1], "report", "monthly", "--period", "2024-01", "--as-of", moments[0]));
  writeFileSync(join(folder, "inbox/calls-2024-02-again.csv"), extract("2024-02", 70, 10));
  writeFileSync(join(folder, "inbox/calls-2024-03.csv"), extract("2024-03", 50));
  return folder;
}

function expectDone({code, err}: Ran): void {
  if (code !== 0) throw new Error(err);
}

/** A town like another, in a folder of its own. */
export function copyTown(town: string): string {
  const folder = mkdtempSync(join(tmpdir(), "milepost-town-"));
  cpSync(town, folder, {recursive: true, preserveTimestamps: true});
  return folder;
}

/** What a town answers at each earlier moment, as CSV; and now where that is asked. */
export async function answers(folder: string, ...at: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const moment of at) {
    const {code, out, err} = await milepost(folder, today, "attain", "--format", "json", "--as-of", moment);
    found.push(code === 0 ? out : `${code}: ${err}`);
  }
  return found;
}

/** Faults of what lasts: rows, issues, drafts that are not what the ledger and their manifests say. */
export async function halfWritten(folder: string): Promise<string[]> {
  const entries = await readLedger(join(folder, "warehouse"));
  const faults: string[] = [];
  const loads = entries.flatMap((entry) => (entry.kind === "load" ? [entry.load] : []));
  await checkRowsAreWhole(loads, join(folder, "warehouse")).catch((error) => void faults.push(String(error)));
  for (const entry of entries) {
    if (entry.kind !== "issue") continue;
    const {folder: of, manifest_sha256} = entry.issue;
    const bundle = await readBundle(join(folder, "out", of));
    // A folder that is not there yet is put in its place by the next command.
    if (bundle !== null && bundle.manifest_sha256 !== manifest_sha256) faults.push(`${of} is another issue`);
    if (bundle === null && readdirSync(dirname(join(folder, "out", of))).includes(String(entry.issue.number))) {
      faults.push(`${of} is half an issue`);
    }
  }
  for (const shelf of shelves(folder)) {
    const names = readdirSync(shelf);
    if (names.includes("draft") && (await readBundle(join(shelf, "draft"))) === null)
      faults.push(`${shelf}: half a draft`);
  }
  return faults;
}

function shelves(folder: string): string[] {
  const out = join(folder, "out");
  const names = readdirSync(out, {recursive: true, withFileTypes: true});
  return names
    .filter((one) => one.isDirectory() && one.name === "internal")
    .map((one) => join(one.parentPath, one.name));
}

/** Hidden names that are still there once everything unfinished has grown old, and whoever made it is gone. */
export async function leftAfterSweeping(folder: string, entries?: readonly LedgerEntry[]): Promise<string[]> {
  const later: SweepEffects = {now: () => new Date(Date.now() + 3 * 864e5), isRunning: () => false};
  const warehouse = join(folder, "warehouse");
  await sweepWarehouse(warehouse, later);
  for (const shelf of shelves(folder)) await sweepShelf(shelf, entries ?? (await readLedger(warehouse)), later);
  return readdirSync(folder, {recursive: true, encoding: "utf8"}).filter((path) => /(^|\/)\./.test(path));
}

export function removeTown(folder: string): void {
  rmSync(folder, {recursive: true, force: true});
}
