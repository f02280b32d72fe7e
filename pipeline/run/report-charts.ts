import type {AttainmentRow, Measured} from "../attainment/contract.ts";
import {courseOf} from "../attainment/course.ts";
import type {BundleCharts, PageChart} from "../bundle/contract.ts";
import {baselineName} from "../bundle/words.ts";
import {cumulativeChart} from "../charts/cumulative.ts";
import {gapChart} from "../charts/gap.ts";
import {segmentGapChart} from "../charts/segment-gap.ts";
import {inRosterOrder} from "../charts/segment-rows.ts";
import type {Answer} from "./answer.ts";
import {drawnForBoth} from "./drawn-for-both.ts";

/**
 * Draws all charts of a report, each for a page and for a phone.
 *
 * @param shown Rows that the report shows: binding ones and those by segment.
 */
export async function reportCharts(
  {project, actuals, measured, rows}: Answer,
  shown: readonly AttainmentRow[]
): Promise<BundleCharts> {
  const cumulative = new Map<string, PageChart>();
  const segments = new Map<string, PageChart>();
  const binding = shown.filter((row) => row.binding);
  const targets = new Map(project.targets.map((target) => [target.target, target]));
  for (const row of binding) {
    const own = measured[rows.indexOf(row)];
    const baseline_name = baselineName(targets.get(row.target)!);
    if (own !== undefined && hasCourse(own)) {
      const input = {row, baseline_name, ...courseOf(own, project, actuals)};
      cumulative.set(row.target, await drawnForBoth((width) => cumulativeChart(input, {width})));
    }
    const beside = shown.filter((other) => other.target === row.target && !other.binding);
    if (beside.length > 0 && row.reason_code !== "series_break") {
      const inOrder = inRosterOrder([row, ...beside], project.roster);
      const options = {id: `segments-${row.target}`, title: `${row.title}: where it stands, by segment`, baseline_name};
      segments.set(row.target, await drawnForBoth((width) => segmentGapChart(inOrder, {...options, width})));
    }
  }
  const asked = binding.filter(({goal_kind}) => goal_kind !== "track");
  const options = {id: "gap", title: "How far each target has come, of what its pace asks for by now"};
  const gap = asked.length === 0 ? null : await drawnForBoth((width) => gapChart(asked, {...options, width}));
  return {cumulative, segments, gap, matrix: null, multiples: [], pages: new Map()};
}

/** A day at least is counted, and by one method: a change of method is never a drawn line. */
function hasCourse({row, days_counted, series}: Measured): boolean {
  return row.actual_value !== null && days_counted > 0 && new Set([...series.baseline, ...series.actual]).size === 1;
}
