import type {AttainmentRow} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import type {Plan} from "../config/plan.ts";
import {joinWords} from "../format/lists.ts";
import {formatCount, formatCounted, unknownValue} from "../format/numbers.ts";
import {type Late, latenessWords, lateOf, type Prospect, prospects} from "./lateness.ts";
import {ownersOf} from "./owners.ts";
import {type Block, type Cell, plain, type Section, type TableBlock} from "./page-model.ts";
import {targetSection} from "./words.ts";

const nothing = "Nothing is late: no target is missed or off track, and no goal is overdue to be set.";

/** What is to be done about each, as the title of those that share it. */
const prospectTitles: Readonly<Record<Prospect, string>> = {
  overdue: "Overdue, and still to be done",
  off_track: "Off track, and can still be met",
  settled: "Can't be met any more, or done late"
};

/** All that is late, by owner: what can still be done, and after it, folded on a screen, what can't. */
export function lateSection(rows: readonly AttainmentRow[], plans: readonly Plan[]): Section {
  const late = lateOf(rows);
  const open = late.filter(({prospect}) => prospect !== "settled");
  const settled = late.filter(({prospect}) => prospect === "settled");
  const blocks: Block[] =
    late.length === 0
      ? [body(nothing)]
      : [
          quiet("First what can still be done: what is overdue, the longest first, then what is off track."),
          ...(open.length === 0
            ? []
            : [lateTable("late-table", "What is late and can still be done", byOwner(open, plans))]),
          ...(settled.length === 0
            ? []
            : [
                {
                  ...lateTable("settled-table", prospectTitles.settled, byOwner(settled, plans)),
                  folded: open.length > 0
                }
              ])
        ];
  return {id: "late", title: "What is late, by owner", new_page: true, status: null, blocks, sections: []};
}

type LateGroups = readonly {readonly title: string | null; readonly late: readonly Late[]}[];

function byOwner(late: readonly Late[], plans: readonly Plan[]): LateGroups {
  const owners = ownersOf(
    late.map(({row}) => row),
    plans
  );
  return owners.map(({title, owner}) => {
    const own = late.filter(({row}) => row.owner === owner);
    return {title: `${title}: ${formatCount(own.length)}`, late: own};
  });
}

/** By what can still be done; without titles where all is of one kind. */
export function byProspect(late: readonly Late[]): LateGroups {
  const groups = prospects
    .map((prospect) => ({title: prospectTitles[prospect], late: late.filter((one) => one.prospect === prospect)}))
    .filter(({late: own}) => own.length > 0);
  return groups.length === 1 ? [{title: null, late}] : groups;
}

/** The same, told on the first page: whose it is, how much, and what each should look at first. */
export function lateByOwner(rows: readonly AttainmentRow[], plans: readonly Plan[]): Block[] {
  const owners = ownersOf(rows, plans)
    .map((owner) => {
      const late = lateOf(owner.rows);
      return {...owner, late, open: late.filter(({prospect}) => prospect !== "settled").length};
    })
    .sort((a, b) => b.open - a.open || b.late.length - a.late.length);
  const late = owners.filter((owner) => owner.late.length > 0);
  const heading: Block = {kind: "heading", text: "What is late, and whose it is"};
  if (late.length === 0) return [heading, body(nothing)];
  const free = owners.filter((owner) => owner.late.length === 0).map(({name}) => name);
  const table: TableBlock = {
    kind: "table",
    id: "late-by-owner",
    caption: "Late targets by owner: what can still be done, and what can't",
    columns: [
      {title: "Owner", numeric: false},
      {title: "Targets", numeric: true},
      {title: "Overdue", numeric: true},
      {title: "Off track", numeric: true},
      {title: "Can't be met", numeric: true},
      {title: "Look first at", numeric: false}
    ],
    widths: [17, 8, 9, 9, 10, 47],
    narrow: "cards",
    dense: true,
    groups: [
      {
        title: null,
        rows: late.map(({name, fullName, late: own, rows: all}) => [
          {...plain(name), note: fullName, section: "late"},
          plain(formatCount(all.length)),
          ...prospects.map((prospect) => plain(formatCount(countOf(own, prospect)))),
          firstCell(own[0]!)
        ])
      }
    ]
  };
  const all = late.flatMap((owner) => owner.late);
  return [
    heading,
    body(lateWords(all)),
    table,
    ...(free.length === 0 ? [] : [quiet(`${joinWords(free)} ${free.length === 1 ? "has" : "have"} nothing late.`)])
  ];
}

/** "3 targets are overdue and still to be done, 15 are off track and can still be met, 17 can't be met any more or were done late." */
function lateWords(late: readonly Late[]): string {
  const [overdue = 0, off = 0, settled = 0] = prospects.map((prospect) => countOf(late, prospect));
  const are = (count: number) => `${formatCount(count)} ${count === 1 ? "is" : "are"}`;
  const parts = [
    ...(overdue === 0 ? [] : [`${are(overdue)} overdue and still to be done`]),
    ...(off === 0 ? [] : [`${are(off)} off track and can still be met`]),
    ...(settled === 0
      ? []
      : [`${formatCount(settled)} can't be met any more or ${settled === 1 ? "was" : "were"} done late`])
  ];
  return `Of ${formatCounted(late.length, "late target")}, ${joinWords(parts)}.`;
}

function countOf(late: readonly Late[], prospect: Prospect): number {
  return late.filter((one) => one.prospect === prospect).length;
}

function firstCell(late: Late): Cell {
  const {row} = late;
  return {status: row.status, text: row.title, note: latenessWords(late), section: targetSection(row.target)};
}

/** What is late as a table; each target with its day, how long it is past it, and why. */
export function lateTable(id: string, caption: string, groups: LateGroups): TableBlock {
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
    plain(row.status === "to_be_set" ? unknownValue : longDate(due)),
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
