import type {AttainmentRow} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import type {ProjectTarget} from "../config/project.ts";
import {formatCount, formatCounted} from "../format/numbers.ts";
import {pageKey} from "./chooser.ts";
import type {BundleRequest} from "./contract.ts";
import {byProspect, lateTable} from "./late.ts";
import {daysLeft, lateOf} from "./lateness.ts";
import {missingEntries, staleRegisters} from "./missing-entries.ts";
import {type Next, nextOf} from "./next-due.ts";
import {type Owner, ownersOf, unmeasuredOf} from "./owners.ts";
import {type Block, type Cell, type OwnPage, plain, type Section, type TableBlock} from "./page-model.ts";
import {scorecardTable} from "./scorecard.ts";
import {statusOrder} from "./summary.ts";
import {actualCell, askedWords, spokenRow} from "./target-words.ts";
import {targetSection} from "./words.ts";

type Targets = ReadonlyMap<string, ProjectTarget>;

/**
 * A section an owner, each on a page of its own: what is late, what is next, what the registers lack, and all that is
 * its own.
 *
 * @param before How many pages of their own the report has already: they take the first keys.
 */
export function ownerSections(
  request: BundleRequest,
  rows: readonly AttainmentRow[],
  targets: Targets,
  before: number
): Section[] {
  return ownersOf(rows, request.project.plans).map((owner, index) => {
    const page: OwnPage = {
      file: `owners/${owner.section.replace(/^owner-/, "")}.html`,
      name: owner.title,
      key: pageKey(before + index),
      begins: owner.owner === null && index > 0
    };
    return ownerPage(request, owner, targets, page);
  });
}

function ownerPage(request: BundleRequest, owner: Owner, targets: Targets, page: OwnPage): Section {
  const {section: id, name, title, rows} = owner;
  const blocks: Block[] = [
    {kind: "text", style: "lead", text: leadWords(request, owner, targets)},
    {
      kind: "tally",
      items: statusOrder
        .map((status) => ({status, count: rows.filter((row) => row.status === status).length}))
        .filter(({count}) => count > 0)
        .map(({status, count}) => ({status, count: formatCount(count)}))
    },
    ...late(owner),
    ...next(request, owner, targets),
    ...entries(request, owner),
    {kind: "heading", text: "All targets"},
    scorecardTable(request, targets, {
      id: `all-${id}`,
      caption: `${name}: every target of the period`,
      groups: [{title: null, rows}],
      dense: true,
      hasReasons: true
    })
  ];
  return {id, title, new_page: true, status: null, page, blocks, sections: []};
}

/** "Of 64 targets 12 are late and 20 fall due by 1 July 2024. 3 have no row in their register. Counted through ..." */
function leadWords(request: BundleRequest, {owner, rows}: Owner, targets: Targets): string {
  const all = lateOf(rows);
  const late = all.length;
  const settled = all.filter(({prospect}) => prospect === "settled").length;
  const lost =
    settled === 0
      ? ""
      : ` (${formatCount(settled)} can't be met any more or ${settled === 1 ? "was" : "were"} done late)`;
  const soon = nextOf(rows, targets, request.project).length;
  const lacking = missingEntries(request, rows).length;
  const through = rows
    .map((row) => row.through)
    .sort()
    .at(-1)!;
  const unmeasured = unmeasuredOf(request.project, owner);
  const none = (count: number) => (count === 0 ? "none" : formatCount(count));
  return [
    `Of ${formatCounted(rows.length, "target")}, ${none(late)} ${late === 1 ? "is" : "are"} late${lost} and ` +
      `${none(soon)} ${soon === 1 ? "falls" : "fall"} due next. Counted through ${longDate(through)}.`,
    ...(lacking === 0 ? [] : [`${formatCount(lacking)} ${lacking === 1 ? "has" : "have"} no row in the register.`]),
    ...(unmeasured === 0
      ? []
      : [`${formatCounted(unmeasured, "milestone")} of the plan ${unmeasured === 1 ? "is" : "are"} not measured.`])
  ].join(" ");
}

function late({section, name, rows}: Owner): Block[] {
  const found = lateOf(rows);
  return [
    heading("Late"),
    found.length === 0
      ? quiet(`Nothing of ${name} is missed, off track or overdue.`)
      : lateTable(`late-${section}`, `${name}: what is late, what can still be done first`, byProspect(found))
  ];
}

function next(request: BundleRequest, {section, name, rows}: Owner, targets: Targets): Block[] {
  const found = nextOf(rows, targets, request.project);
  if (found.length === 0) return [heading("Next"), quiet("Nothing else is due by the end of the quarter that comes.")];
  const table: TableBlock = {
    kind: "table",
    id: `next-${section}`,
    caption: `${name}: what is due next, the earliest first`,
    columns: [
      {title: "Target", numeric: false},
      {title: "By", numeric: false},
      {title: "Days left", numeric: true},
      {title: "What is asked", numeric: false},
      {title: "So far", numeric: false}
    ],
    widths: [32, 14, 8, 27, 19],
    narrow: "cards",
    dense: true,
    groups: [{title: null, rows: found.map((one) => nextRow(request, one))}]
  };
  return [heading("Next"), table];
}

function nextRow(request: BundleRequest, {row, target, on, sub_period}: Next): Cell[] {
  const spoken = spokenRow(request, row, target);
  const {text, note} = actualCell(row, spoken.reading);
  return [
    {status: null, text: row.title, note: row.milestone ?? row.target, section: targetSection(row.target)},
    {...plain(longDate(on)), note: sub_period},
    plain(formatCount(daysLeft(row.through, on))),
    plain(askedWords(spoken)),
    {status: row.status, text: "", note: [text, note].filter((part) => part !== null).join(" "), section: null}
  ];
}

function entries(request: BundleRequest, {section, name, rows}: Owner): Block[] {
  const stale = staleRegisters(request, rows);
  const found = missingEntries(request, rows);
  const counted = rows.filter(({measure}) => request.project.measures.get(measure)?.of_target === true);
  if (counted.length === 0) return [];
  if (found.length === 0) {
    const all = `${formatCounted(counted.length, "target")} counted from a register`;
    return [heading("Register"), ...stale, quiet(`No entry is missing: ${all}, each with a row.`)];
  }
  const table: TableBlock = {
    kind: "table",
    id: `entries-${section}`,
    caption: `${name}: targets without a row in their register`,
    columns: [
      {title: "Target", numeric: false},
      {title: "Due", numeric: false},
      {title: "Where it stands", numeric: false},
      {title: "What to enter", numeric: false}
    ],
    widths: [34, 14, 14, 38],
    narrow: "cards",
    dense: true,
    groups: [
      {
        title: null,
        rows: found.map(({row, register}) => [
          {status: null, text: row.title, note: row.milestone ?? row.target, section: targetSection(row.target)},
          plain(longDate(row.due_on ?? row.period_to)),
          {...plain(""), status: row.status},
          plain(`a row with ${headerOf(register)} ${row.target} in: ${register.title}`)
        ])
      }
    ]
  };
  return [heading("Register entries that are missing"), ...stale, table];
}

/** How the register's file heads the column that names the target. */
function headerOf({register, columns}: ReturnType<typeof missingEntries>[number]["register"]): string {
  const column = register?.target ?? "";
  const from = columns[column]?.from;
  return (Array.isArray(from) ? from[0] : from) ?? column;
}

function heading(text: string): Block {
  return {kind: "heading", text};
}

function quiet(text: string): Block {
  return {kind: "text", style: "quiet", text};
}
