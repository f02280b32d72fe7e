import type {AttainmentRow} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import type {Plan} from "../config/plan.ts";
import {formatCount} from "../format/numbers.ts";
import {type Late, latenessWords, lateOf} from "./lateness.ts";
import {ownersOf} from "./owners.ts";
import {type Block, type Cell, plain, type Section, type TableBlock} from "./page-model.ts";
import {joinWords, targetSection} from "./words.ts";

const nothing = "Nothing is late: no target is missed or off track, and no goal is overdue to be set.";

/** All that is late, by owner, the longest first. */
export function lateSection(rows: readonly AttainmentRow[], plans: readonly Plan[]): Section {
  const late = lateOf(rows);
  const owners = ownersOf(
    late.map(({row}) => row),
    plans
  );
  const table = lateTable(
    "late-table",
    "What is late: missed, off track, or past the day by which its goal was to be set",
    owners.map(({title, owner}) => {
      const own = late.filter(({row}) => row.owner === owner);
      return {title: `${title}: ${formatCount(own.length)}`, late: own};
    })
  );
  const blocks: Block[] =
    late.length === 0
      ? [body(nothing)]
      : [quiet("By owner, the longest late first; then what is off track and can still be met in time."), table];
  return {id: "late", title: "What is late, by owner", new_page: true, status: null, blocks, sections: []};
}

/** The same, told on the first page: whose it is, how much, and what each should look at first. */
export function lateByOwner(rows: readonly AttainmentRow[], plans: readonly Plan[]): Block[] {
  const owners = ownersOf(rows, plans)
    .map((owner) => ({...owner, late: lateOf(owner.rows)}))
    .sort((a, b) => b.late.length - a.late.length);
  const late = owners.filter((owner) => owner.late.length > 0);
  const heading: Block = {kind: "heading", text: "What is late, and whose it is"};
  if (late.length === 0) return [heading, body(nothing)];
  const free = owners.filter((owner) => owner.late.length === 0).map(({name}) => name);
  const table: TableBlock = {
    kind: "table",
    id: "late-by-owner",
    caption: "Targets that are missed, off track, or overdue, by owner",
    columns: [
      {title: "Owner", numeric: false},
      {title: "Late", numeric: true},
      {title: "Of its targets", numeric: true},
      {title: "Look first at", numeric: false}
    ],
    widths: [16, 8, 10, 66],
    narrow: "cards",
    dense: true,
    groups: [
      {
        title: null,
        rows: late.map(({name, fullName, late: own, rows: all}) => [
          {...plain(name), note: fullName, section: "late"},
          plain(formatCount(own.length)),
          plain(formatCount(all.length)),
          firstCell(own[0]!)
        ])
      }
    ]
  };
  return [
    heading,
    table,
    ...(free.length === 0 ? [] : [quiet(`${joinWords(free)} ${free.length === 1 ? "has" : "have"} nothing late.`)])
  ];
}

function firstCell(late: Late): Cell {
  const {row} = late;
  return {status: row.status, text: row.title, note: latenessWords(late), section: targetSection(row.target)};
}

/** What is late as a table; each target with its day, how long it is past it, and why. */
export function lateTable(
  id: string,
  caption: string,
  groups: readonly {readonly title: string | null; readonly late: readonly Late[]}[]
): TableBlock {
  return {
    kind: "table",
    id,
    caption,
    columns: [
      {title: "Target", numeric: false},
      {title: "Due", numeric: false},
      {title: "How late", numeric: false},
      {title: "Status and reason", numeric: false}
    ],
    widths: [34, 14, 13, 39],
    narrow: "cards",
    dense: true,
    groups: groups.map(({title, late}) => ({title, rows: late.map(lateRow)}))
  };
}

function lateRow(late: Late): Cell[] {
  const {row, due} = late;
  return [
    {status: null, text: row.title, note: row.milestone ?? row.target, section: targetSection(row.target)},
    plain(longDate(due)),
    plain(latenessWords(late)),
    {status: row.status, text: "", note: row.status_reason, section: null}
  ];
}

function body(text: string): Block {
  return {kind: "text", style: "body", text};
}

function quiet(text: string): Block {
  return {kind: "text", style: "quiet", text};
}
