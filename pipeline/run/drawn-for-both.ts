import type {PageChart} from "../bundle/contract.ts";
import type {Chart, DrawnChart} from "../charts/contract.ts";
import {drawChart} from "../charts/render-svg.ts";
import type {ChartWidth} from "../charts/theme.ts";

/** Draws a chart of a report; who watches is told of it. */
export type Draw = (chart: Chart) => Promise<DrawnChart>;

/** A chart for pages and sheets, and for a phone; it is told of once. */
export async function drawnForBoth(draw: Draw, chart: (width: ChartWidth) => Chart): Promise<PageChart> {
  return {wide: await draw(chart(720)), narrow: await drawChart(chart(360))};
}
