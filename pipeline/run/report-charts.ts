import type {AttainmentRow, Measured} from "../attainment/contract.ts";
import {courseOf} from "../attainment/course.ts";
import type {BundleCharts, PageChart} from "../bundle/contract.ts";
import {baselineName} from "../bundle/words.ts";
import {cumulativeChart} from "../charts/cumulative.ts";
import {gapChart} from "../charts/gap.ts";
import {segmentGapChart} from "../charts/segment-gap.ts";
import {inRosterOrder} from "../charts/segment-rows.ts";
import type {Comparisons} from "../comparisons/contract.ts";
import type {Report} from "../config/report.ts";
import {segmentWords} from "../config/segment-plural.ts";
import type {Answer} from "./answer.ts";
import {type Draw, drawnForBoth} from "./drawn-for-both.ts";
import {meetingCharts, noMeetingCharts} from "./meeting-charts.ts";

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
  const options = {id: "gap", title: "How far each target has come, of what its pace asks for by now"};
  const gap =
    asked.length === 0 || !report.sections.includes("summary")
      ? null
      : await drawnForBoth(draw, (width) => gapChart(asked, {...options, width}));
  const meeting =
    comparisons === null ? noMeetingCharts : await meetingCharts(answer.project, report, comparisons, shown, draw);
  return {...pages, gap, ...meeting};
}

type GoalCharts = Pick<BundleCharts, "cumulative" | "segments">;

const noGoalCharts: GoalCharts = {cumulative: new Map(), segments: new Map()};

/** The charts of each target's own page. */
async function goalCharts(
  {project, actuals, measured, rows}: Answer,
  shown: readonly AttainmentRow[],
  draw: Draw
): Promise<GoalCharts> {
  const cumulative = new Map<string, PageChart>();
  const segments = new Map<string, PageChart>();
  const targets = new Map(project.targets.map((target) => [target.target, target]));
  for (const row of shown.filter(({binding}) => binding)) {
    const own = measured[rows.indexOf(row)];
    const baseline_name = baselineName(targets.get(row.target)!);
    if (own !== undefined && hasCourse(own)) {
      const input = {row, baseline_name, ...courseOf(own, project, actuals)};
      cumulative.set(row.target, await drawnForBoth(draw, (width) => cumulativeChart(input, {width})));
    }
    const beside = shown.filter((other) => other.target === row.target && !other.binding);
    if (beside.length > 0 && row.reason_code !== "series_break") {
      const inOrder = inRosterOrder([row, ...beside], project.roster);
      const nouns = segmentWords(
        inOrder.map(({segment_type}) => segment_type),
        "and"
      );
      const options = {
        id: `segments-${row.target}`,
        title: `${row.title}: where it stands, by ${nouns}`,
        baseline_name
      };
      segments.set(row.target, await drawnForBoth(draw, (width) => segmentGapChart(inOrder, {...options, width})));
    }
  }
  return {cumulative, segments};
}

/** A day at least is counted, and by one method: a change of method is never a drawn line. */
function hasCourse({row, days_counted, series}: Measured): boolean {
  return row.actual_value !== null && days_counted > 0 && new Set([...series.baseline, ...series.actual]).size === 1;
}
