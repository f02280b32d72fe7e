import {countDays, type DaySet} from "../calendar/day-set.ts";
import type {Project} from "../config/project.ts";
import {findSegment, segmentsOfType} from "../config/roster.ts";
import {pluralOf} from "../config/segment-plural.ts";
import type {Receipt} from "../ledger/contract.ts";
import {textTable} from "./text-table.ts";

/** Months shown one by one; those before them are summed up. */
const shownMonths = 12;

/** Receipts as an analyst reads them: what came of each file, then a line a source where there are several files. */
export function receiptsText(receipts: readonly Receipt[], project: Project): string {
  if (receipts.length === 0) return "Nothing to load: no file in the inbox matches a source.\n";
  const blocks = receipts.map((receipt) => receiptText(receipt, project));
  const totals = receipts.length === 1 ? [] : [totalsText(receipts)];
  return [...blocks, ...totals].join("\n");
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

function receiptText(receipt: Receipt, project: Project): string {
  const {file, source, outcome, load} = receipt;
  const head = `${file}  ${source}  ${outcome.toUpperCase()}${load === null ? "" : `  load ${load}`}`;
  if (outcome === "unchanged")
    return `${head}\n  the same extract under the same definition is known; nothing was done\n`;
  const lines = [
    ["records", recordsText(receipt)],
    ["covered", ...coverageLines(receipt, project)],
    ["columns", ...columnLines(receipt)]
  ].filter((line) => line.length > 1);
  const body = lines.flatMap(([label, ...texts]) =>
    texts.map((text, index) => `  ${(index === 0 ? (label ?? "") : "").padEnd(8)}  ${text}\n`)
  );
  return [`${head}\n`, ...body, ...monthLines(receipt)].join("");
}

function recordsText({records, kept, rejected, rejects_by_reason}: Receipt): string {
  const reasons = Object.entries(rejects_by_reason)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, count]) => `${reason.replaceAll("_", " ")} ${number(count)}`);
  const why = reasons.length === 0 ? "" : ` (${reasons.join(", ")})`;
  return `${number(records)} = ${number(kept)} kept + ${number(rejected)} rejected${why}`;
}

/** One span for all partitions where they share it, then those that differ one by one. */
function coverageLines({source, covered}: Receipt, project: Project): string[] {
  if (covered.length === 0) return [];
  const column = project.sources.get(source)?.partition?.[0];
  const type = column === undefined ? undefined : project.sources.get(source)?.columns[column]?.segment;
  if (type === undefined) return [spanText(covered[0]?.days ?? [])];
  const nameOf = (code: string | null) => findSegment(project.roster, {type, code: code ?? ""})?.name ?? code ?? "";
  const all = segmentsOfType(project.roster, type).length;
  const spans = grouped(covered, ({days}) => spanText(days));
  const [usual, ...others] = [...spans].sort(([, a], [, b]) => b.length - a.length);
  const names = (of: Receipt["covered"]) => of.map(({partition}) => nameOf(partition)).join(", ");
  const first = `${covered.length} of ${all} ${pluralOf(type)}`;
  if (usual === undefined) return [];
  const who = usual[1].length <= 3 ? ` (${names(usual[1])})` : others.length > 0 ? ` (${usual[1].length} of them)` : "";
  return [`${first}${who}  ${usual[0]}`, ...others.map(([span, some]) => `${names(some)}  ${span}`)];
}

function spanText(days: DaySet): string {
  const spans = days.slice(0, 3).map(([from, to]) => `${from} .. ${to}`);
  const more = days.length > 3 ? ` and ${days.length - 3} more` : "";
  return `${spans.join(", ")}${more} (${number(countDays(days))} days)`;
}

function columnLines({columns: {missing, unknown}}: Receipt): string[] {
  return [
    ...(missing.length === 0 ? [] : [`not in the file, so not known of it: ${missing.join(", ")}`]),
    ...(unknown.length === 0 ? [] : [`in the file, neither declared nor ignored: ${unknown.join(", ")}`])
  ];
}

function monthLines({outcome, months}: Receipt): string[] {
  if (outcome !== "loaded") return [];
  if (months.length === 0) return ["  months    nothing changed in what is known\n"];
  const early = months.slice(0, -shownMonths);
  const sum = (part: "added" | "changed" | "gone", of: Receipt["months"]) =>
    of.reduce((all, one) => all + one[part], 0);
  const line = (label: string, of: Receipt["months"]) => [
    label,
    ...(["added", "changed", "gone"] as const).map((part) => number(sum(part, of)))
  ];
  const rows = [
    ...(early.length === 0 ? [] : [line(`${early[0]?.month} .. ${early.at(-1)?.month}`, early)]),
    ...months.slice(-shownMonths).map((one) => line(one.month, [one])),
    ...(months.length === 1 ? [] : [line("together", months)])
  ];
  const table = textTable(["month", "added", "changed", "gone"], rows, [1, 2, 3]);
  return table
    .split("\n")
    .filter((text) => text !== "")
    .map((text, index) => `  ${(index === 0 ? "months" : "").padEnd(8)}  ${text}\n`);
}

function totalsText(receipts: readonly Receipt[]): string {
  const rows = [...grouped(receipts, ({source}) => source)].map(([source, of]) => {
    const count = (outcome: Receipt["outcome"]) => of.filter((one) => one.outcome === outcome).length;
    // Rows of an unchanged file were counted when it was loaded.
    const fresh = of.filter(({outcome}) => outcome !== "unchanged");
    const sum = (part: "records" | "kept" | "rejected") => number(fresh.reduce((all, one) => all + one[part], 0));
    return [
      source,
      number(of.length),
      ...(["loaded", "unchanged", "refused"] as const).map((outcome) => number(count(outcome))),
      sum("records"),
      sum("kept"),
      sum("rejected")
    ];
  });
  const head = ["source", "files", "loaded", "unchanged", "refused", "records", "kept", "rejected"];
  return textTable(head, rows, [1, 2, 3, 4, 5, 6, 7]);
}

function grouped<T>(all: readonly T[], by: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(by(one), [...(groups.get(by(one)) ?? []), one]);
  return groups;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
