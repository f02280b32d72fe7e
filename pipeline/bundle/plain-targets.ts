import type {AttainmentRow} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import {subPeriodsOf} from "../calendar/sub-periods.ts";
import type {GoalKind} from "../config/goal.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import {smallestPercentBase} from "../format/numbers.ts";
import type {BundleRequest} from "./contract.ts";
import {type Cell, plain, type TableBlock} from "./page-model.ts";
import {actualCell, askedWords, spokenRow} from "./target-words.ts";
import {targetSection} from "./words.ts";

const counted: readonly GoalKind[] = ["at_least", "above", "exactly", "track"];

/**
 * Whether a target has no course that a chart could show: a deliverable, or a few pieces of work. A line of a table says
 * all of it. What binds several segments, was revised, or rests on made-up columns has more to tell.
 */
export function isPlain(row: AttainmentRow, target: ProjectTarget, project: Project): boolean {
  const measure = project.measures.get(target.measure);
  const {every, each} = target;
  if (measure === undefined || every !== undefined || each !== undefined || hasMore(target, project)) return false;
  if (measure.shape === "done") return row.goal_kind === "done";
  const size = row.goal_kind === "track" ? row.actual_value : row.target_value;
  const isFew = size !== null && size < smallestPercentBase;
  return measure.shape === "flow" && measure.nature === "output" && counted.includes(row.goal_kind) && isFew;
}

/** Whether a line could not tell all of a target: where its segments stand, what it was before, what is made up. */
function hasMore(target: ProjectTarget, project: Project): boolean {
  const {by_segment, revisions} = target;
  return revisions.length > 0 || (by_segment ?? []).length > 0 || syntheticColumns(project, target).length > 0;
}

/**
 * Whether something is asked of one place a few times in the period, as every quarter: a calendar of so few boxes shows
 * nothing that its sentence does not say, which names those not met.
 */
export function isSeldom(target: ProjectTarget, project: Project): boolean {
  const {every, each, period} = target;
  if (every === undefined || every === "class" || every === "observation" || each !== undefined) return false;
  return !hasMore(target, project) && subPeriodsOf(every, period, project.calendar).length <= mostSeldom;
}

/** The quarters of a year. */
const mostSeldom = 4;

/**
 * Whether a target is told by a line of its initiative's table and has no section: a plain one and, in a long report, one
 * that is asked a few times, or of which nothing is known that could be drawn.
 */
export function isLine(
  {project, charts}: Pick<BundleRequest, "project" | "charts">,
  row: AttainmentRow,
  target: ProjectTarget,
  isBrief: boolean
): boolean {
  const isDrawn = charts.targets.has(row.target) || charts.segments.has(row.target);
  if (isPlain(row, target, project)) return true;
  return isBrief && (isSeldom(target, project) || (row.status === "no_data" && !isDrawn));
}

/** Columns a target's measure reads that only synthetic extracts have. */
export function syntheticColumns({measures, sources}: Project, target: ProjectTarget): string[] {
  const measure = measures.get(target.measure);
  const columns = measure === undefined ? {} : (sources.get(measure.source)?.columns ?? {});
  return (measure?.columns ?? []).filter((name) => columns[name]?.synthetic === true);
}

/** Plain targets, a line each; what leads to the target leads there. */
export function plainTable(
  request: BundleRequest,
  rows: readonly AttainmentRow[],
  targets: ReadonlyMap<string, ProjectTarget>,
  {id, caption}: Pick<TableBlock, "id" | "caption">
): TableBlock {
  return {
    kind: "table",
    id,
    caption,
    columns: [
      {title: "Target", numeric: false},
      {title: "What is asked", numeric: false},
      {title: "Reached", numeric: false},
      {title: "Status and reason", numeric: false}
    ],
    widths: [33, 19, 13, 35],
    narrow: "cards",
    dense: true,
    groups: [{title: null, rows: rows.map((row) => plainRow(request, row, targets.get(row.target)!))}]
  };
}

function plainRow(request: BundleRequest, row: AttainmentRow, target: ProjectTarget): Cell[] {
  const spoken = spokenRow(request, row, target);
  const {text, note} = actualCell(row, spoken.reading);
  const due = row.due_on ?? (target.due === null ? row.period_to : null);
  const by = row.status === "tracked" ? null : due === null ? "its day is not set yet" : `by ${longDate(due)}`;
  return [
    {
      ...plain(row.title),
      note: [row.milestone ?? row.target, row.owner].filter((part) => part !== null).join(" \u00b7 "),
      anchor: targetSection(row.target)
    },
    {...plain(askedWords(spoken)), note: by},
    {...plain(text), note},
    {status: row.status, text: "", note: row.status_reason, section: null}
  ];
}
