import type {AttainmentRow, Status} from "../attainment/contract.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import {statusMarks} from "../charts/contract.ts";
import type {ProjectTarget} from "../config/project.ts";
import {formatCount} from "../format/numbers.ts";
import type {BundleRequest} from "./contract.ts";
import {isLate} from "./lateness.ts";
import {missingEntries} from "./missing-entries.ts";
import {nextOf} from "./next-due.ts";
import {ownersOf} from "./owners.ts";
import {type Block, type Cell, plain, type Section, type TableBlock} from "./page-model.ts";
import {goalName, goalSection, groupByGoal} from "./plan-order.ts";
import {standing} from "./summary.ts";
import {capital} from "./words.ts";

/** Statuses that have a column of their own; all others are not decided yet, or tracked. */
const ownColumns: readonly Status[] = ["missed", "off_track", "at_risk", "on_track", "met"];
const allColumns = [
  "Targets",
  "Late",
  ...ownColumns.map((status) => statusMarks[status].word),
  "not decided",
  statusMarks.tracked.word
];

const explained =
  "Late: missed, off track, or past the day by which a goal was to be set. Not decided: too early, not due, not " +
  "known, not comparable, or its goal is still to be set. Tracked: measured without a goal.";

/** How many targets of each goal stand where. */
export function byGoalSection({project}: BundleRequest, rows: readonly AttainmentRow[]): Section {
  const goals = groupByGoal(rows).map(([key, own], index) => ({key, own, section: goalSection(index)}));
  const plans = [...new Set(goals.map(({key}) => key.plan))];
  const groups = plans.map((plan) => ({
    title: plans.length === 1 ? null : (project.plans.find((one) => one.plan === plan)?.title ?? "Drawn from no plan"),
    rows: goals
      .filter(({key}) => key.plan === plan)
      .map(({key, own, section}) => [{...plain(goalName(project, key)), section}, ...counts(own)])
  }));
  const head = {id: "by-goal-table", caption: "Targets of each goal, by where they stand", title: "Goal", width: 34};
  const table = standingsTable(head, groups, rows, []);
  return section("by-goal", "By goal", table);
}

/** How many targets of each owner stand where; what is next and what the registers lack, where the report has a page for each. */
export function byOwnerSection(
  request: BundleRequest,
  rows: readonly AttainmentRow[],
  targets: ReadonlyMap<string, ProjectTarget>,
  through: IsoDate
): Section {
  const hasPages = request.report.sections.includes("owner-pages");
  const more = (own: readonly AttainmentRow[]) =>
    hasPages
      ? [
          plain(formatCount(nextOf(own, targets, request.project).length)),
          plain(formatCount(missingEntries(request, own).length))
        ]
      : [];
  const owners = ownersOf(rows, request.project.plans);
  const groups = [
    {
      title: null,
      rows: owners.map(({name, fullName, section, rows: own}) => [
        {...plain(name), note: fullName, section},
        ...counts(own),
        ...more(own)
      ])
    }
  ];
  const columns = hasPages ? ["due next", "no entry"] : [];
  const head = {id: "by-owner-table", caption: "Targets of each owner, by where they stand", title: "Owner", width: 18};
  const added = columns.map((title, index) => ({title, cell: more(rows)[index]!}));
  const own = section("by-owner", "By owner", standingsTable(head, groups, rows, added), hasPages ? nextExplained : "");
  // Where no summary does, it says how the whole stands.
  if (request.report.sections.includes("summary")) return own;
  return {...own, blocks: [{kind: "text", style: "lead", text: standing(rows, through)}, ...own.blocks]};
}

const nextExplained =
  " Due next: by the end of the quarter that comes. No entry: the register that they are counted from has no row of them.";

interface Head {
  readonly id: string;
  readonly caption: string;
  /** Of the first column, and its share of the width. */
  readonly title: string;
  readonly width: number;
}

function standingsTable(
  {id, caption, title: head, width}: Head,
  groups: TableBlock["groups"],
  rows: readonly AttainmentRow[],
  more: readonly {readonly title: string; readonly cell: Cell}[]
): TableBlock {
  const total: Cell[] = [{...plain("All"), total: true}, ...counts(rows), ...more.map(({cell}) => cell)];
  const titles = [...allColumns, ...more.map(({title}) => title)];
  return {
    kind: "table",
    id,
    caption,
    columns: [{title: head, numeric: false}, ...titles.map((title) => ({title: capital(title), numeric: true}))],
    widths: [width, ...titles.map(() => (100 - width) / titles.length)],
    narrow: "scroll",
    dense: true,
    groups: groups.length === 1 && groups[0]!.rows.length === 1 ? groups : [...groups, {title: null, rows: [total]}]
  };
}

/** In the order of the columns. */
function counts(rows: readonly AttainmentRow[]): Cell[] {
  const of = (status: Status) => rows.filter((row) => row.status === status).length;
  const own = ownColumns.map(of);
  const tracked = of("tracked");
  const open = rows.length - tracked - own.reduce((sum, count) => sum + count, 0);
  return [rows.length, rows.filter(isLate).length, ...own, open, tracked].map((count) => plain(formatCount(count)));
}

function section(id: string, title: string, table: TableBlock, more = ""): Section {
  const blocks: Block[] = [table, {kind: "text", style: "quiet", text: `${explained}${more}`}];
  return {id, title, new_page: false, status: null, blocks, sections: []};
}
