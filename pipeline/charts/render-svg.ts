import type {Chart, DrawnChart} from "./contract.ts";
import {plainSvg} from "./plain-svg.ts";
import {keptExpressions, type Logger, runtimeOf} from "./render-runtime.ts";
import {shapeOf} from "./render-shape.ts";
import {labelled, standalone} from "./render-standalone.ts";
import {textWidth} from "./text-metrics.ts";

/**
 * Draws a chart. The SVG stands alone: `role="img"`, named by its `<title>` and described by its `<desc>`, everything
 * inside it presentational, ids begin with the chart's, no script, no style, no reference to anything outside. A page
 * puts it in as it is and needs no further label.
 *
 * @throws Error naming the chart when Vega-Lite or Vega has anything to say: a misspelt channel is only a warning there.
 */
export async function drawChart(chart: Chart): Promise<DrawnChart> {
  return drawPlain(chart) ?? drawByVega(chart);
}

/** The same, at once; null where a specification has more than the parts of which milepost's own are made. */
export function drawPlain(chart: Chart): DrawnChart | null {
  const plain = plainSvg(chart.spec);
  return plain === null ? null : {...chart, svg: labelled(plain, chart)};
}

/** Draws whatever a specification may hold. */
export async function drawByVega(chart: Chart): Promise<DrawnChart> {
  // Vega takes a quarter of a second to load; commands that draw nothing do not pay it.
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  (vega as unknown as TextMetrics).textMetrics.width = measured;
  const complaints: string[] = [];
  const logger = collect(complaints);
  const runtime = runtimeOf(shapeOf(chart.spec), {vega, vegaLite}, logger, () => complaints.length === 0);
  const view = new vega.View(runtime, {renderer: "none", logger, expr: keptExpressions({vega, vegaLite})});
  const drawn = await view.toSVG();
  view.finalize();
  if (complaints.length > 0) throw new Error(`chart "${chart.id}": ${complaints.join("; ")}`);
  return {...chart, svg: standalone(drawn, chart)};
}

/** What Vega exports and does not type. */
interface TextMetrics {
  readonly textMetrics: {width: (item: unknown, text: unknown) => number};
}

function collect(complaints: string[]): Logger {
  const complain = (...words: readonly unknown[]) => {
    complaints.push(words.map(String).join(" "));
    return logger;
  };
  const logger = {level: () => logger, error: complain, warn: complain, info: () => logger, debug: () => logger};
  // Vega and Vega-Lite type the same logger differently: one also asks and answers its level.
  return logger as never;
}

/** Vega asks for the width of what it lays out itself: labels of axes. */
function measured(item: unknown, text: unknown): number {
  const {fontSize, fontWeight} = item as {fontSize?: number; fontWeight?: number | string};
  return textWidth(String(text), fontSize ?? 11, Number(fontWeight) >= 600 || fontWeight === "bold" ? 600 : 400);
}
