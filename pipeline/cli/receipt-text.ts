import {countDays, type DaySet, union} from "../calendar/day-set.ts";
import type {Project} from "../config/project.ts";
import {findSegment, segmentsOfType} from "../config/roster.ts";
import {pluralOf} from "../config/segment-plural.ts";
import {harmless} from "../diagnostics/terminal-text.ts";
import {formatCounted} from "../format/numbers.ts";
import type {Receipt} from "../ledger/contract.ts";
import {closedLines, closedSummary, driftLines, labelled, monthLines, targetLines} from "./changes-text.ts";
import {textTable} from "./text-table.ts";

/** More files of a source than this are told in a table, with their months summed up. */
const filesTold = 3;

/** Receipts as an analyst reads them: what came of each file, then of all files of a source together. */
export function receiptsText(receipts: readonly Receipt[], project: Project): string {
  const blocks = [...grouped(receipts, ({source}) => source).values()].flatMap((of) => {
    const together = targetsText(of, project);
    if (of.length > filesTold) return [tableText(of, project) + together];
    const each = of.map((receipt) => receiptText(receipt, project));
    return of.length === 1 ? [`${each[0]}${together}`] : [...each, totalsText(of) + together];
  });
  const dry = receipts.some(({dry_run}) => dry_run === true);
  return `${blocks.join("\n")}${dry ? "\nDry run: nothing was kept.\n" : ""}`;
}

/** "2010-01-01 .. 2019-01-19", the span of all partitions; "" where nothing is covered. */
export function coveredSpan(covered: Receipt["covered"]): string {
  const days = covered.flatMap((one) => one.days);
  if (days.length === 0) return "";
  const from = days.map(([first]) => first).sort()[0];
  const to = days
    .map(([, last]) => last)
    .sort()
    .at(-1);
  return `${from} .. ${to}`;
}

/** One receipt, whole. */
export function receiptText(receipt: Receipt, project: Project): string {
  const {file, source, outcome, load} = receipt;
  const head = `${harmless(file)}  ${source}  ${outcomeWord(receipt).toUpperCase()}${load === null ? "" : `  load ${load}`}`;
  if (outcome === "unchanged")
    return `${head}\n  the same extract under the same definition is known; nothing was done\n`;
  return [
    `${head}\n`,
    ...labelled("records", [recordsText(receipt)]),
    ...labelled("covered", coverageLines([receipt], project)),
    ...labelled("columns", [...columnLines([receipt]), ...driftLines(receipt.drift)]),
    ...labelled("checks", checkLines(receipt.checks)),
    ...labelled("months", outcome === "loaded" ? monthLines(receipt.months) : []),
    ...labelled("closed", closedLines(receipt.closed)),
    ...labelled("keys", movedKeyLines([receipt])),
    ...labelled("approved", approvalLines([receipt]))
  ].join("");
}

/** Many files of one source: a line a file, then what they come to together. */
function tableText(receipts: readonly Receipt[], project: Project): string {
  const fresh = receipts.filter(({outcome}) => outcome !== "unchanged");
  const loaded = receipts.filter(({outcome}) => outcome === "loaded");
  const rows = receipts.map((receipt) => [
    harmless(receipt.file),
    receipt.outcome === "refused" ? outcomeWord(receipt).toUpperCase() : outcomeWord(receipt),
    receipt.load ?? "",
    ...figures([receipt]),
    coverageLines([receipt], project).join("; ")
  ]);
  const together = ["together", outcomes(receipts), "", ...figures(fresh), ""];
  const head = ["file", "outcome", "load", "records", "kept", "rejected", "covered"];
  return [
    `${receipts[0]?.source}, ${number(receipts.length)} files\n\n`,
    textTable(head, [...rows, ...(fresh.length === 0 ? [] : [together])], [3, 4, 5]),
    loaded.length === 0 ? "" : "\n",
    ...labelled("covered", coverageLines(loaded, project)),
    ...labelled("columns", columnLines(fresh)),
    ...labelled("months", loaded.length === 0 ? [] : monthLines(summed(loaded))),
    ...labelled("closed", closedFileLines(fresh)),
    ...labelled("keys", movedKeyLines(loaded)),
    ...labelled("approved", approvalLines(loaded))
  ].join("");
}

function recordsText({records, kept, rejected, rejects_by_reason}: Receipt): string {
  const reasons = Object.entries(rejects_by_reason)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, count]) => `${reason.replaceAll("_", " ")} ${number(count)}`);
  const faulty = Object.values(rejects_by_reason).reduce((all, count) => all + count, 0);
  // A refused file keeps nothing, its good records neither.
  const others = faulty < rejected ? `, ${number(rejected - faulty)} refused with them` : "";
  const why = reasons.length === 0 ? "" : ` (${reasons.join(", ")}${others})`;
  return `${number(records)} = ${number(kept)} kept + ${number(rejected)} rejected${why}`;
}

/** The span that most partitions share, then the others by theirs. */
function coverageLines(receipts: readonly Receipt[], project: Project): string[] {
  const covered = united(receipts.flatMap((receipt) => receipt.covered));
  const source = project.sources.get(receipts[0]?.source ?? "");
  const type = source?.columns[source.partition?.[0] ?? ""]?.segment;
  const spans = [...grouped(covered, ({days}) => spanText(days))].sort(([, a], [, b]) => b.length - a.length);
  if (type === undefined) return spans.map(([span]) => span);
  const all = segmentsOfType(project.roster, type).length;
  const told = new Set(covered.map(({partition}) => partition)).size;
  const nameOf = (code: string | null) => findSegment(project.roster, {type, code: code ?? ""})?.name ?? code ?? "";
  return spans.map(([span, of], index) => {
    const names = of.map(({partition}) => nameOf(partition)).join(", ");
    if (told === 1) return `${names}  ${span}`;
    if (index > 0) return `${names}  ${span}`;
    return `${told} of ${all} ${pluralOf(type)}${of.length === told ? "" : `, ${of.length} of them`}  ${span}`;
  });
}

/** One entry a partition, with all its days: a file a year is one run of years. */
function united(covered: Receipt["covered"]): Receipt["covered"] {
  return [...grouped(covered, ({partition}) => partition ?? "").values()].map((of) => ({
    partition: of[0]?.partition ?? null,
    days: of.reduce<DaySet>((days, one) => union(days, one.days), []).map(([from, to]) => [from, to])
  }));
}

function spanText(days: DaySet): string {
  const spans = days.slice(0, 3).map(([from, to]) => `${from} .. ${to}`);
  const more = days.length > 3 ? ` and ${days.length - 3} more` : "";
  return `${spans.join(", ")}${more} (${formatCounted(countDays(days), "day")})`;
}

function columnLines(receipts: readonly Receipt[]): string[] {
  const names = (part: "missing" | "unknown") => [...new Set(receipts.flatMap(({columns}) => columns[part]))];
  const [missing, unknown] = [names("missing"), names("unknown").map(harmless)];
  return [
    ...(missing.length === 0 ? [] : [`not in the file, so not known of it: ${missing.join(", ")}`]),
    ...(unknown.length === 0 ? [] : [`in the file, neither declared nor ignored: ${unknown.join(", ")}`])
  ];
}

/** A line for each that fails, and how many hold. */
function checkLines(checks: Receipt["checks"]): string[] {
  const failing = checks.filter(({failed}) => failed > 0);
  const holding = checks.filter(({failed, of}) => failed === 0 && of > 0).length;
  const line = ({check, failed, of, severity}: Receipt["checks"][number]) =>
    `${check}: ${of === 1 ? "it fails" : `${number(failed)} of ${number(of)} fail`} (${severity})`;
  return [
    ...failing.map(line),
    ...(holding === 0
      ? []
      : [
          `${failing.length === 0 ? "" : "the other "}${formatCounted(holding, "check")} ${holding === 1 ? "holds" : "hold"}`
        ])
  ];
}

/** Of many files: which of them move closed months, and how far. */
function closedFileLines(receipts: readonly Receipt[]): string[] {
  return receipts
    .filter(({closed}) => closed.length > 0)
    .map(({file, closed}) => `${harmless(file)}: ${closedSummary(closed)}`);
}

function movedKeyLines(receipts: readonly Receipt[]): string[] {
  const moved = receipts.reduce((all, receipt) => all + receipt.moved_keys, 0);
  return moved === 0 ? [] : [`${formatCounted(moved, "row")} of older loads counted no more: the key stands here anew`];
}

function approvalLines(receipts: readonly Receipt[]): string[] {
  return [
    ...new Set(
      receipts.flatMap(({approved}) =>
        approved === null ? [] : [`by ${harmless(approved.by)}: ${harmless(approved.reason)}`]
      )
    )
  ];
}

/** By month over all files. */
function summed(receipts: readonly Receipt[]): Receipt["months"] {
  const byMonth = grouped(
    receipts.flatMap(({months}) => months),
    ({month}) => month
  );
  return [...byMonth]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, of]) => {
      const sum = (part: "added" | "changed" | "gone") => of.reduce((all, one) => all + one[part], 0);
      const [down, ended] = (["down", "ended"] as const).map((part) =>
        of.reduce((all, one) => all + (one[part] ?? 0), 0)
      );
      return {month, added: sum("added"), changed: sum("changed"), gone: sum("gone"), down, ended};
    });
}

/** What all files of a source change in the targets that read it; "" where none does, or nothing was loaded. */
function targetsText(receipts: readonly Receipt[], project: Project): string {
  const effects = receipts.flatMap((receipt) => (receipt.effects === null ? [] : [receipt.effects])).at(-1);
  return labelled("targets", targetLines(effects ?? null, receipts[0]?.source ?? "", project)).join("");
}

function outcomeWord({outcome, dry_run}: Receipt): string {
  if (dry_run !== true || outcome === "unchanged") return outcome;
  return outcome === "loaded" ? "would load" : "would be refused";
}

function totalsText(receipts: readonly Receipt[]): string {
  // Rows of an unchanged file were counted when it was loaded.
  const [records, kept, rejected] = figures(receipts.filter(({outcome}) => outcome !== "unchanged"));
  return `${receipts[0]?.source}, ${receipts.length} files: ${outcomes(receipts)}; ${records} records = ${kept} kept + ${rejected} rejected\n`;
}

function outcomes(receipts: readonly Receipt[]): string {
  return [...grouped(receipts, outcomeWord)].map(([outcome, of]) => `${number(of.length)} ${outcome}`).join(", ");
}

/** Records, kept, rejected. */
function figures(receipts: readonly Receipt[]): string[] {
  return (["records", "kept", "rejected"] as const).map((part) =>
    number(receipts.reduce((all, one) => all + one[part], 0))
  );
}

function grouped<T>(all: readonly T[], by: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(by(one), [...(groups.get(by(one)) ?? []), one]);
  return groups;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
