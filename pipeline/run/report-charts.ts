import type {AttainmentRow, Measured} from "../attainment/contract.ts";
import type {BundleCharts, PageChart} from "../bundle/contract.ts";
import {isPlain, isSeldom} from "../bundle/plain-targets.ts";
import {goalKeyOf, goalSection, goalTitle, groupByGoal, isLong} from "../bundle/plan-order.ts";
import {baselineName, readingsOf} from "../bundle/target-words.ts";
import {later} from "../calendar/iso-date.ts";
import {spanWords} from "../calendar/span.ts";
import {isComparable} from "../charts/contract.ts";
import {gapChart} from "../charts/gap.ts";
import {segmentGapChart} from "../charts/segment-gap.ts";
import {inRosterOrder, segmentRows} from "../charts/segment-rows.ts";
import {timelineChart} from "../charts/timeline.ts";
import type {Comparisons} from "../comparisons/contract.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import type {Report} from "../config/report.ts";
import {segmentWords} from "../config/segment-plural.ts";
import type {Answer} from "./answer.ts";
import {type Draw, drawnForBoth} from "./drawn-for-both.ts";
import {meetingCharts, noMeetingCharts} from "./meeting-charts.ts";
import {targetChart} from "./target-charts.ts";

/**
 * Draws the charts of the sections that a report has, each for a page and for a phone.
 *
 * @param shown Rows that the report shows: binding ones and those by segment.
 * @param comparisons Null where the report compares nothing.
 */
export async function reportCharts(
  answer: Answer,
  shown: readonly AttainmentRow[],
  report: Report,
  comparisons: Comparisons | null,
  draw: Draw
): Promise<BundleCharts> {
  const hasPages = report.sections.includes("goal-pages");
  const pages = hasPages ? await goalCharts(answer, shown, draw) : noGoalCharts;
  const asked = shown.filter(({binding, goal_kind}) => binding && goal_kind !== "track");
  const isShort = asked.length <= mostRows;
  const readingOf = readingsOf(answer.project);
  const gap =
    asked.length === 0 || !isShort || !report.sections.includes("summary")
      ? null
      : await drawnForBoth(draw, (width) => gapChart(asked, {id: "gap", title: gapTitle, readingOf, width}));
  const gaps =
    isShort || !hasPages
      ? new Map<string, PageChart[]>()
      : await gapsByGoal(
          answer,
          shown.filter(({binding}) => binding),
          draw
        );
  const meeting =
    comparisons === null ? noMeetingCharts : await meetingCharts(answer.project, report, comparisons, shown, draw);
  return {...pages, gap, gaps, ...meeting};
}

/** A chart of more rows than these could not be read on a sheet of paper. */
const mostRows = 25;

const gapTitle = "How far each target has come, of what its pace asks for by now";

/** A chart a goal, of the targets that have a course; several where one would overrun a sheet. */
async function gapsByGoal(
  {project}: Answer,
  binding: readonly AttainmentRow[],
  draw: Draw
): Promise<BundleCharts["gaps"]> {
  const targets = new Map(project.targets.map((target) => [target.target, target]));
  const readingOf = readingsOf(project);
  const charts = new Map<string, PageChart[]>();
  for (const [index, [key, rows]] of groupByGoal(binding).entries()) {
    const drawn = rows.filter((row) => isDrawn(row, targets.get(row.target)!, project));
    if (drawn.length < fewestCompared) continue;
    const parts = sheetsOf(drawn, mostOnSheet);
    const own: PageChart[] = [];
    for (const [at, part] of parts.entries()) {
      const which = numbered(at, parts.length);
      const id = `gap-${goalSection(index)}${which === "" ? "" : `-${at + 1}`}`;
      const title = `${goalTitle(project, key)}: how far each target has come, of what its pace asks for by now${which}`;
      own.push(await drawnForBoth(draw, (width) => gapChart(part, {id, title, readingOf, width})));
    }
    charts.set(goalKeyOf(key), own);
  }
  return charts;
}

/** One or two targets compare with nothing. */
const fewestCompared = 3;

/** Whether the target has a pace to be held against. */
function isDrawn(row: AttainmentRow, target: ProjectTarget, project: Project): boolean {
  return row.goal_kind !== "track" && isComparable(row) && !isPlain(row, target, project);
}

/** As many rows of a chart as a sheet holds in a size that can be read. */
const mostOnSheet = 16;

/** sheetsOf([1, 2, 3, 4, 5], 2) //=> [[1, 2], [3, 4], [5]]: evenly filled, in order. */
function sheetsOf<Row>(rows: readonly Row[], most: number): Row[][] {
  const sheets = Math.ceil(rows.length / most);
  const size = Math.ceil(rows.length / Math.max(1, sheets));
  return Array.from({length: sheets}, (_, at) => rows.slice(at * size, (at + 1) * size));
}

/** " (2 of 3)"; nothing where there is one. */
function numbered(at: number, of: number): string {
  return of === 1 ? "" : ` (${at + 1} of ${of})`;
}

type GoalCharts = Pick<BundleCharts, "targets" | "timelines" | "segments">;

const noGoalCharts: GoalCharts = {targets: new Map(), timelines: new Map(), segments: new Map()};

/** The charts of each target's own page, and of each goal's deadlines. */
async function goalCharts(answer: Answer, shown: readonly AttainmentRow[], draw: Draw): Promise<GoalCharts> {
  const {project, measured, rows} = answer;
  const charts = new Map<string, PageChart>();
  const segments = new Map<string, PageChart>();
  const targets = new Map(project.targets.map((target) => [target.target, target]));
  const binding = shown.filter((row) => row.binding);
  for (const row of binding) {
    const target = targets.get(row.target)!;
    if (isPlain(row, target, project) || (isLong(binding) && isSeldom(target, project))) continue;
    const own = measured[rows.indexOf(row)];
    const chart = own === undefined ? null : await targetChart(answer, {row, measured: own, target}, draw);
    if (chart !== null) charts.set(row.target, chart);
    const beside = own === undefined ? [] : besideOf(own, row, shown);
    if (beside.length > 0 && row.reason_code !== "series_break") {
      const inOrder = inRosterOrder([row, ...beside], project.roster);
      const nouns = segmentWords(
        inOrder.map(({segment_type}) => segment_type),
        "and"
      );
      const options = {
        id: `segments-${row.target}`,
        title: `${row.title}: where it stands, by ${nouns}`,
        baseline_name: baselineName(target)
      };
      segments.set(row.target, await drawnForBoth(draw, (width) => segmentGapChart(inOrder, {...options, width})));
    }
  }
  return {targets: charts, timelines: await timelines(project, binding, targets, draw), segments};
}

/**
 * Segments that stand beside the place where a target binds and share a scale with it: none for parts that each counts
 * for itself, nor for an average or a stock whose level binds none of them, nor where nothing happened at all. A table
 * tells of those.
 */
function besideOf({division, shape}: Measured, {target}: AttainmentRow, shown: readonly AttainmentRow[]) {
  const beside = shown.filter((other) => other.target === target && !other.binding);
  const happened = shape === "flow" && beside.some(({actual_value}) => (actual_value ?? 0) !== 0);
  const isDrawn = happened || segmentRows(beside).some(({position}) => position !== null);
  return division === null && isDrawn ? beside : [];
}

/** By goal: what is due when, of targets with a day of their own. A goal without a deadline has none. */
async function timelines(
  project: Project,
  binding: readonly AttainmentRow[],
  targets: ReadonlyMap<string, ProjectTarget>,
  draw: Draw
): Promise<BundleCharts["timelines"]> {
  const charts = new Map<string, PageChart[]>();
  const readingOf = readingsOf(project);
  for (const [index, [key, rows]] of groupByGoal(binding).entries()) {
    const dated = rows.filter(({target}) => targets.get(target)!.due !== null);
    // In a long report one or two days need no axis: the table of the goal tells them.
    if (isLong(binding) && dated.length < fewestCompared) continue;
    const parts = sheetsOf(byDue(dated), mostOnSheet);
    const own: PageChart[] = [];
    for (const [at, part] of parts.entries()) {
      const input = {
        id: `timeline-${goalSection(index)}${parts.length === 1 ? "" : `-${at + 1}`}`,
        title: `${goalTitle(project, key)}: what is due when${numbered(at, parts.length)}`,
        through: dated.map(({through}) => through).reduce(later),
        deadlines: part.map((row) => ({
          row,
          reading: readingOf(row),
          waits_for: row.due_on === null ? waitingWords(targets.get(row.target)!, project) : null
        }))
      };
      own.push(await drawnForBoth(draw, (width) => timelineChart(input, {width})));
    }
    charts.set(goalKeyOf(key), own);
  }
  return charts;
}

/** In the order in which a timeline lists them. */
function byDue(rows: readonly AttainmentRow[]): AttainmentRow[] {
  const key = ({due_on, target}: AttainmentRow) => `${due_on ?? "9999"} ${target}`;
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** "24 months after Media request system is done" */
function waitingWords({due}: ProjectTarget, {measures}: Project): string | null {
  if (due?.kind === "joined") return `${spanWords(due.within)} after each joined`;
  if (due?.kind !== "event") return null;
  return `${spanWords(due.within)} after: ${measures.get(due.measure)?.title ?? due.measure}`;
}
