import type {AttainmentRow} from "../../pipeline/attainment/contract.ts";
import type {BundleRequest, PageChart} from "../../pipeline/bundle/contract.ts";
import {addDays, daysIn, type IsoDate} from "../../pipeline/calendar/iso-date.ts";
import type {Chart, CumulativeInput} from "../../pipeline/charts/contract.ts";
import {cumulativeChart} from "../../pipeline/charts/cumulative.ts";
import {gapChart} from "../../pipeline/charts/gap.ts";
import {drawChart} from "../../pipeline/charts/render-svg.ts";
import {segmentGapChart} from "../../pipeline/charts/segment-gap.ts";
import {inRosterOrder} from "../../pipeline/charts/segment-rows.ts";
import {bundleRequest} from "./fixture.ts";

/** The invented plan with its charts really drawn, from straight lines to the rows' own numbers. */
export async function drawnRequest(titles?: (title: string) => string): Promise<BundleRequest> {
  const request = bundleRequest(titles);
  const binding = request.rows.filter((row) => row.binding);
  const cumulative = new Map<string, PageChart>();
  for (const row of binding.filter(({actual_value}) => actual_value !== null)) {
    const input = courseOf(row);
    cumulative.set(row.target, await pair((width) => cumulativeChart(input, {width})));
  }
  const first = binding[0]!;
  const segments = inRosterOrder(
    request.rows.filter(({target}) => target === first.target),
    request.project.roster
  );
  const id = `segments-${first.target}`;
  return {
    ...request,
    charts: {
      ...request.charts,
      targets: cumulative,
      segments: new Map([
        [first.target, await pair((width) => segmentGapChart(segments, {id, title: first.title, width}))]
      ]),
      gap: await pair((width) => gapChart(binding, {id: "gap", title: "All targets against their pace", width}))
    }
  };
}

export async function pair(chart: (width: 720 | 360) => Chart): Promise<PageChart> {
  return {wide: await drawChart(chart(720)), narrow: await drawChart(chart(360))};
}

export function courseOf(row: AttainmentRow): CumulativeInput {
  const line = (to: IsoDate, value: number) => {
    const days = daysIn(row.period_from, to);
    return Array.from({length: days}, (_, index) => ({
      day: addDays(row.period_from, index),
      value: (value * (index + 1)) / days
    }));
  };
  return {
    row,
    actual: line(row.through, row.actual_value ?? 0),
    baseline: row.baseline_value === null ? [] : line(row.period_to, row.baseline_value),
    expected: row.target_value === null ? [] : line(row.period_to, row.target_value)
  };
}
