import {localMinute, zonedMinute} from "../calendar/instant.ts";
import type {Project} from "../config/project.ts";
import {harmless} from "../diagnostics/terminal-text.ts";
import {formatCounted} from "../format/numbers.ts";
import type {MadeReport, RunRecord} from "../schedule/contract.ts";
import type {LockHolder} from "../schedule/run-lock.ts";
import {textTable} from "./text-table.ts";

/** What one run came to: a line a file and report. */
export function runText(record: RunRecord, {settings: {time_zone, paths}}: Project): string {
  const head = `Run ${record.sequence}, ${record.outcome}, ${zonedMinute(record.started, time_zone)}\n`;
  const rows = [
    ...record.extracts.map(({file, source, outcome, kept, rejected, code, reason}) => [
      outcome,
      harmless(file),
      source,
      harmless(reason ?? code ?? rowsWords(kept, rejected))
    ]),
    ...(record.ignored.length === 0 ? [] : [["ignored", harmless(ignoredWords(record.ignored))]]),
    ...(record.unchanged === 0 ? [] : [["unchanged", `${record.unchanged.toLocaleString("en-US")} known`]]),
    ...record.reports.map((made) => [
      made.outcome,
      made.report,
      made.period,
      made.folder === null ? harmless(made.reason ?? "") : `${paths.out}/${made.folder}`
    ]),
    ...record.problems.map((problem) => ["problem", harmless(problem)])
  ];
  if (rows.length === 0) return `${head}  nothing to load, nothing due\n`;
  return head + indented(rows) + advice(record);
}

function rowsWords(kept: number, rejected: number): string {
  const left = rejected === 0 ? "" : `, ${rejected.toLocaleString("en-US")} rejected`;
  return `${formatCounted(kept, "row")}${left}`;
}

/** Where what a report waits for may never come, what can be had without it. */
function advice({reports}: RunRecord): string {
  const late = new Set(reports.filter(({overdue}) => overdue).map(({report}) => report));
  return [...late].map((report) => `  milepost report ${report} makes a draft of what is covered\n`).join("");
}

/** "1 file that fits no source: crimes-2024.csv" */
function ignoredWords(names: readonly string[]): string {
  const one = names.length === 1;
  return `${formatCounted(names.length, "file")} that ${one ? "fits" : "fit"} no source: ${someOf(names)}`;
}

/** The last runs, oldest first. */
export function runsText(records: readonly RunRecord[], {settings: {time_zone}}: Project): string {
  return textTable(
    [
      "run",
      `started (${time_zone})`,
      "took",
      "by",
      "outcome",
      "loaded",
      "refused",
      "made",
      "waiting",
      "failed",
      "note"
    ],
    records.map((record) => [
      String(record.sequence),
      localMinute(new Date(record.started), time_zone),
      tookWords(record),
      record.how,
      record.outcome,
      counted(record.extracts, "loaded"),
      counted(record.extracts, "refused"),
      String(record.reports.filter(isMade).length),
      counted(record.reports, "waiting"),
      counted(record.reports, "failed"),
      harmless(noteOf(record))
    ]),
    [0, 2, 5, 6, 7, 8, 9]
  );
}

/** Another run is at work. */
export function atWorkText({how, pid, host, started}: LockHolder, {settings: {time_zone}}: Project): string {
  const since = zonedMinute(started, time_zone);
  const by = how === "schedule" ? "the schedule" : "milepost run";
  return `A run is at work since ${since}, of ${by}, process ${pid} on ${harmless(host)}: nothing was done\n`;
}

function isMade({outcome}: MadeReport): boolean {
  return outcome === "issued" || outcome === "drafted" || outcome === "unchanged";
}

function counted(list: readonly {readonly outcome: string}[], outcome: string): string {
  return String(list.filter((one) => one.outcome === outcome).length);
}

/** Seconds up to two minutes, then minutes. */
function tookWords({started, ended}: RunRecord): string {
  if (ended === null) return "";
  const seconds = Math.max(0, Math.round((Date.parse(ended) - Date.parse(started)) / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** Longer lists are cut, with a count. */
const namesShown = 3;

function someOf(names: readonly string[]): string {
  const more = names.length - namesShown;
  return more <= 1 ? names.join(", ") : `${names.slice(0, namesShown).join(", ")} and ${more} more`;
}

/** What somebody should look at first. */
function noteOf({problems, extracts, reports, ignored}: RunRecord): string {
  const refused = extracts.find(({outcome}) => outcome === "refused");
  const failed = reports.find(({outcome}) => outcome === "failed");
  const waiting = reports.filter(({outcome}) => outcome === "waiting").map(({report, period}) => `${report} ${period}`);
  if (problems.length > 0) return problems[0]!;
  if (refused !== undefined) return `${refused.file}: ${refused.reason ?? refused.code}`;
  if (failed !== undefined) return `${failed.report} ${failed.period}: ${failed.reason}`;
  return [
    ...(waiting.length === 0
      ? []
      : [`${waiting.length} ${waiting.length === 1 ? "waits" : "wait"}: ${someOf(waiting)}`]),
    ...(ignored.length === 0 ? [] : [`ignored ${ignoredWords(ignored)}`])
  ].join("; ");
}

function indented(rows: readonly (readonly string[])[]): string {
  // The last cell of a short row may be long, and must not push the others apart.
  const whole = rows.filter(({length}) => length > 2);
  const widths = [0, 1, 2].map((column) =>
    Math.max(0, ...(column === 0 ? rows : whole).map((row) => row[column]!.length))
  );
  return rows
    .map(
      (row) =>
        `  ${row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!))).join("  ")}\n`
    )
    .join("");
}
