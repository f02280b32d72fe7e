import type {Project} from "../config/project.ts";
import {harmless} from "../diagnostics/terminal-text.ts";
import {formatCount, formatCounted, formatShare} from "../format/numbers.ts";
import type {Drift, Effect, Receipt} from "../ledger/contract.ts";
import {targetsOver} from "../run/source-targets.ts";
import {effectLines} from "./effects-text.ts";
import {textTable} from "./text-table.ts";

/** Months shown one by one; those before them are summed up. */
const shownMonths = 12;

type Months = Receipt["months"];

/** Lines under one label, which stands on the first of them. */
export function labelled(label: string, texts: readonly string[]): string[] {
  return texts.map((text, index) => `  ${(index === 0 ? label : "").padEnd(8)}  ${text}\n`);
}

const ofChanged = {ended: "of the changed, ended", down: "of the changed, down"} as const;

/** Rows added, changed and gone by month, as a table; and how many of the changed have ended, or went down, where any did. */
export function monthLines(months: Months): string[] {
  if (months.length === 0) return ["nothing changed in what is known"];
  const early = months.slice(0, -shownMonths);
  const parts = ["added", "changed", "gone"] as const;
  const also = (["ended", "down"] as const).filter((part) => months.some((one) => (one[part] ?? 0) > 0));
  const line = (label: string, of: Months) => [
    label,
    ...parts.map((part) => formatCount(of.reduce((all, one) => all + one[part], 0))),
    ...also.map((part) => formatCount(of.reduce((all, one) => all + (one[part] ?? 0), 0)))
  ];
  const rows = [
    ...(early.length === 0 ? [] : [line(spanOf(early), early)]),
    ...months.slice(-shownMonths).map((one) => line(one.month, [one])),
    ...(months.length === 1 ? [] : [line("together", months)])
  ];
  const heads = ["month", ...parts, ...also.map((part) => ofChanged[part])];
  return textTable(
    heads,
    rows,
    heads.flatMap((_, index) => (index === 0 ? [] : [index]))
  )
    .trimEnd()
    .split("\n");
}

function spanOf(months: Months): string {
  const [first, last] = [months[0]?.month ?? "", months.at(-1)?.month ?? ""];
  return first === last ? first : `${first} .. ${last}`;
}

/** Closed months that move, those that move most first; published numbers may rest on them. [] where none does. */
export function closedLines(closed: Receipt["closed"]): string[] {
  if (closed.length === 0) return [];
  const shown = byShare(closed).slice(0, shownMonths);
  const rows = shown.map(({month, rows_before, added, changed, gone, share}) => [
    month,
    formatCount(rows_before),
    ...[added, changed, gone].map(formatCount),
    share === null ? "from none" : formatShare(share, 2)
  ]);
  const more = closed.length - shown.length;
  return [
    `${movingMonths(closed)}:`,
    ...textTable(["month", "rows before", "added", "changed", "gone", "of them"], rows, [1, 2, 3, 4, 5])
      .trimEnd()
      .split("\n"),
    ...(more === 0 ? [] : [`and ${formatCounted(more, "month")} that move less`])
  ];
}

/** closedSummary(...) //=> "3 months that were closed move: 2024-01 most, by 12.50%" */
export function closedSummary(closed: Receipt["closed"]): string {
  const most = byShare(closed)[0]!;
  const far = most.share === null ? "from none" : `by ${formatShare(most.share, 2)}`;
  return `${movingMonths(closed)}: ${most.month} ${closed.length === 1 ? "" : "most, "}${far}`;
}

/** "9 months that were closed move (of 150 changed rows 140 name a day that was open: cases that have ended since)" */
function movingMonths(closed: Receipt["closed"]): string {
  const {length} = closed;
  const moving = length === 1 ? "1 month that was closed moves" : `${formatCount(length)} months that were closed move`;
  const sum = (part: "changed" | "ended") => closed.reduce((all, one) => all + (one[part] ?? 0), 0);
  const ended = sum("ended");
  if (ended === 0) return moving;
  const rows = `of ${formatCounted(sum("changed"), "changed row")} ${formatCount(ended)} ${ended === 1 ? "names" : "name"}`;
  return `${moving} (${rows} a day that was open: ${ended === 1 ? "a case that has" : "cases that have"} ended since)`;
}

/** Those that move most first. */
function byShare(closed: Receipt["closed"]): Receipt["closed"] {
  return [...closed].sort((a, b) => (b.share ?? Number.MAX_VALUE) - (a.share ?? Number.MAX_VALUE));
}

/** How the columns differ from those of the extract before; [] where they do not. */
export function driftLines({added, gone, moved, renamed}: Drift): string[] {
  const names = (headers: readonly string[]) => headers.map((header) => harmless(header.trim())).join(", ");
  const quoted = (header: string) => `"${harmless(header.trim())}"`;
  return [
    ...(added.length === 0 ? [] : [`new against the load before: ${names(added)}`]),
    ...(gone.length === 0 ? [] : [`no longer there: ${names(gone)}`]),
    ...renamed.map(({column, from, to}) => `${column} is read from ${quoted(to)}, before from ${quoted(from)}`),
    ...(moved.length === 0
      ? []
      : [
          `elsewhere: ${moved.map(({header, from, to}) => `${harmless(header.trim())} (${from} \u2192 ${to})`).join(", ")}`
        ])
  ];
}

/** What changes in the targets that read a source; [] where none does, or it was not worked out. */
export function targetLines(effects: readonly Effect[] | null, source: string, project: Project): string[] {
  return effects === null || targetsOver(project, source).length === 0 ? [] : effectLines(effects, project);
}
