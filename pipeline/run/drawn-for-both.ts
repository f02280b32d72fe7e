import type {PageChart} from "../bundle/contract.ts";
import type {Chart, DrawnChart} from "../charts/contract.ts";
import {drawPlain} from "../charts/render-svg.ts";
import type {ChartWidth} from "../charts/theme.ts";

/** How the charts of a report are drawn. */
export interface Draw {
  /** Who watches is told of it. */
  readonly chart: (chart: Chart) => Promise<DrawnChart>;
  /** Told of drawings that paper may show. */
  readonly onPaper: (svg: string) => void;
  /** Whether paper sets narrow drawings beside each other, where they are no towers. */
  readonly isNarrow: boolean;
}

/**
 * A chart for pages and sheets, and for a phone; it is told of once. The wide one is drawn when it is first asked for: a
 * long report shows the narrow one alone, and its files are made while the paper is being set.
 */
export async function drawnForBoth(draw: Draw, chart: (width: ChartWidth) => Chart): Promise<PageChart> {
  const narrow = await draw.chart(chart(360));
  if (draw.isNarrow) draw.onPaper(narrow.svg);
  let wide: DrawnChart | null = null;
  return {
    narrow,
    get wide() {
      if (wide !== null) return wide;
      wide = drawPlain(chart(720));
      if (wide === null) throw new Error(`chart "${narrow.id}": it has parts that are not our own`);
      draw.onPaper(wide.svg);
      return wide;
    }
  };
}
