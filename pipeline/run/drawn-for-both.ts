import type {PageChart} from "../bundle/contract.ts";
import type {Chart} from "../charts/contract.ts";
import {drawChart} from "../charts/render-svg.ts";
import type {ChartWidth} from "../charts/theme.ts";

/** A chart for pages and sheets, and for a phone. */
export async function drawnForBoth(chart: (width: ChartWidth) => Chart): Promise<PageChart> {
  return {wide: await drawChart(chart(720)), narrow: await drawChart(chart(360))};
}
