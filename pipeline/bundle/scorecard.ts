import type {AttainmentRow} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import type {Period} from "../calendar/period.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import {joinWords} from "../format/lists.ts";
import {formatCounted} from "../format/numbers.ts";
import type {BundleRequest} from "./contract.ts";
import {type Block, type Cell, plain, type Section, type TableBlock} from "./page-model.ts";
import {goalTitle, groupByGoal, isLong} from "./plan-order.ts";
import {actualCell, askedWords, expectedFigure, goalFigure, type SpokenRow, spokenRow} from "./target-words.ts";
import {changeText, targetSection} from "./words.ts";

type Spoken = Pick<BundleRequest, "project" | "goals">;
type Targets = ReadonlyMap<string, ProjectTarget>;

/**
 * All binding targets in one table, by goal. The same numbers as data/attainment.csv, rounded for reading.
 *
 * @param rows Binding rows of whole periods, in the project's order.
 */
export function scorecardSection(
  {project, period, goals, report}: Spoken & Pick<BundleRequest, "period" | "report">,
  rows: readonly AttainmentRow[],
  targets: Targets
): Section {
  const groups = groupByGoal(rows);
  // Nobody reads two hundred reasons in a table; without pages of the targets they would be told nowhere.
  const isBrief = isLong(rows) && report.sections.includes("goal-pages");
  const table = scorecardTable({project, goals}, targets, {
    id: "scorecard-table",
    caption: "Every binding target: what was counted, what was expected by then, and where it stands",
    groups: groups.map(([key, ofGoal]) => ({
      // Without a plan there is one group, and its name would say nothing.
      title: key.goal === null && groups.length === 1 ? null : goalTitle(project, key),
      rows: ofGoal
    })),
    dense: isBrief,
    hasReasons: !isBrief
  });
  return {
    id: "scorecard",
    title: "Scorecard",
    new_page: isBrief,
    status: null,
    blocks: [
      {
        kind: "text",
        style: "quiet",
        text:
          "Actual: counted from the first day of the target's period. Expected to date: what the target's pace asks " +
          "for by the same day. Change: against the same days of the baseline. A dash stands for what is not known or not asked for." +
          (isBrief ? " Why a target stands where it does is told with the target." : "")
      },
      table,
      ...leftOut(project, period)
    ],
    sections: []
  };
}

export interface ScorecardOptions {
  readonly id: string;
  readonly caption: string;
  readonly groups: readonly {readonly title: string | null; readonly rows: readonly AttainmentRow[]}[];
  /** Set tighter. */
  readonly dense: boolean;
  /** Whether the reason of its status stands in each row. */
  readonly hasReasons: boolean;
}

/** Targets with their numbers and statuses, a row each. */
export function scorecardTable(context: Spoken, targets: Targets, options: ScorecardOptions): TableBlock {
  const {id, caption, groups, dense, hasReasons} = options;
  return {
    kind: "table",
    id,
    caption,
    columns: [
      {title: "Target", numeric: false},
      {title: "Actual", numeric: true},
      {title: "Expected to date", numeric: true},
      {title: "Goal", numeric: true},
      {title: "Change", numeric: true},
      {title: hasReasons ? "Status and reason" : "Status", numeric: false}
    ],
    widths: hasReasons ? [26, 9.5, 11, 15.5, 9.5, 28.5] : [37, 10, 11, 18, 10, 14],
    narrow: "cards",
    ...(dense ? {dense} : {}),
    groups: groups.map(({title, rows}) => ({
      title,
      rows: rows.map((row) => scorecardRow(spokenRow(context, row, targets.get(row.target)!), hasReasons))
    }))
  };
}

/** Targets of other years: a reader who misses one must learn where it went. */
function leftOut({targets}: Project, {from, to}: Period): Block[] {
  const before = targets.filter((target) => target.period.to < from);
  const after = targets
    .filter((target) => target.period.from > to)
    .sort((a, b) => (a.period.from < b.period.from ? -1 : 1));
  const next = after[0]?.period.from;
  const parts = [
    ...(before.length === 0
      ? []
      : [`${formatCounted(before.length, "target")} whose period ended before this report's`]),
    ...(next === undefined
      ? []
      : [`${formatCounted(after.length, "target")} whose period begins later, from ${longDate(next)}`])
  ];
  return parts.length === 0 ? [] : [{kind: "text", style: "quiet", text: `Not shown here: ${joinWords(parts)}.`}];
}

function scorecardRow(spoken: SpokenRow, hasReasons: boolean): Cell[] {
  const {row, reading} = spoken;
  return [
    {
      status: null,
      text: row.title,
      note: [row.initiative, row.owner, row.period].filter((part) => part !== null).join(" \u00b7 "),
      section: targetSection(row.target)
    },
    actualCell(row, reading),
    plain(expectedFigure(spoken)),
    {status: null, text: goalFigure(spoken), note: goalNote(spoken), section: null},
    plain(changeText(row)),
    {status: row.status, text: "", note: hasReasons ? row.status_reason : null, section: null}
  ];
}

/** What is asked, and by when it is due where that is not the period's end. */
function goalNote(spoken: SpokenRow): string {
  const {due_on, period_to} = spoken.row;
  const {goal, reading} = spoken;
  const isPlain = goal.kind === "done" && reading.each === null && reading.every === null;
  if (isPlain) return due_on === null ? "its day is not set yet" : `by ${longDate(due_on)}`;
  const due = due_on === null || due_on === period_to ? "" : `, by ${longDate(due_on)}`;
  return `${askedWords(spoken)}${due}`;
}
