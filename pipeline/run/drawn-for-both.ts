import type {PageChart} from "../bundle/contract.ts";
import type {Chart, DrawnChart} from "../charts/contract.ts";
import {drawPlain} from "../charts/render-svg.ts";
import type {ChartWidth} from "../charts/theme.ts";

/** Draws a chart of a report; who watches is told of it. */
export type Draw = (chart: Chart) => Promise<DrawnChart>;

/**
 * A chart for pages and sheets, and for a phone; it is told of once. The wide one is drawn when it is first asked for: a
 * long report shows the narrow one alone, and its files are made while the paper is being set.
 */
export async function drawnForBoth(draw: Draw, chart: (width: ChartWidth) => Chart): Promise<PageChart> {
  const narrow = await draw(chart(360));
  let wide: DrawnChart | null = null;
  return {
    narrow,
    get wide() {
      wide ??= drawPlain(chart(720));
      if (wide === null) throw new Error(`chart "${narrow.id}": it has parts that are not our own`);
      return wide;
    }
  };
}
