import type {AttainmentRow, Measured} from "../attainment/contract.ts";
import type {BundleCharts, PageChart} from "../bundle/contract.ts";
import {goalKeyOf, goalTitle, groupByGoal} from "../bundle/plan-order.ts";
import {baselineName, readingsOf} from "../bundle/target-words.ts";
import {later} from "../calendar/iso-date.ts";
import {spanWords} from "../calendar/span.ts";
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
  const pages = report.sections.includes("goal-pages") ? await goalCharts(answer, shown, draw) : noGoalCharts;
  const asked = shown.filter(({binding, goal_kind}) => binding && goal_kind !== "track");
  const options = {
    id: "gap",
    title: "How far each target has come, of what its pace asks for by now",
    readingOf: readingsOf(answer.project)
  };
  const gap =
    asked.length === 0 || !report.sections.includes("summary")
      ? null
      : await drawnForBoth(draw, (width) => gapChart(asked, {...options, width}));
  const meeting =
    comparisons === null ? noMeetingCharts : await meetingCharts(answer.project, report, comparisons, shown, draw);
  return {...pages, gap, ...meeting};
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
 * for itself, nor for an average or a stock whose level binds none of them. A table tells of those.
 */
function besideOf({division, shape}: Measured, {target}: AttainmentRow, shown: readonly AttainmentRow[]) {
  const beside = shown.filter((other) => other.target === target && !other.binding);
  const isDrawn = shape === "flow" || segmentRows(beside).some(({position}) => position !== null);
  return division === null && isDrawn ? beside : [];
}

/** By goal: what is due when. A goal without a deadline has none. */
async function timelines(
  project: Project,
  binding: readonly AttainmentRow[],
  targets: ReadonlyMap<string, ProjectTarget>,
  draw: Draw
): Promise<BundleCharts["timelines"]> {
  const charts = new Map<string, PageChart>();
  const readingOf = readingsOf(project);
  for (const [index, [key, rows]] of groupByGoal(binding).entries()) {
    const dated = rows.filter((row) => row.due_on !== null || row.goal_kind === "done");
    if (dated.length === 0) continue;
    const input = {
      id: `timeline-goal-${index + 1}`,
      title: `${goalTitle(project, key)}: what is due when`,
      through: dated.map(({through}) => through).reduce(later),
      deadlines: dated.map((row) => ({
        row,
        reading: readingOf(row),
        waits_for: row.due_on === null ? waitingWords(targets.get(row.target)!, project) : null
      }))
    };
    charts.set(goalKeyOf(key), await drawnForBoth(draw, (width) => timelineChart(input, {width})));
  }
  return charts;
}

/** "24 months after Media request system is done" */
function waitingWords({due}: ProjectTarget, {measures}: Project): string | null {
  if (due?.kind === "joined") return `${spanWords(due.within)} after each joined`;
  if (due?.kind !== "event") return null;
  return `${spanWords(due.within)} after: ${measures.get(due.measure)?.title ?? due.measure}`;
}
