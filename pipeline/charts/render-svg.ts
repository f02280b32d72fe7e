import type {Spec} from "vega";
import type {Chart, DrawnChart} from "./contract.ts";
import {textWidth} from "./text-metrics.ts";

/**
 * Draws a chart. The SVG stands alone: `role="img"`, named by its `<title>` and described by its `<desc>`, everything
 * inside it presentational, ids begin with the chart's, no script, no style, no reference to anything outside. A page
 * puts it in as it is and needs no further label.
 *
 * @throws Error naming the chart when Vega-Lite or Vega has anything to say: a misspelt channel is only a warning there.
 */
export async function drawChart(chart: Chart): Promise<DrawnChart> {
  // Vega takes a quarter of a second to load; commands that draw nothing do not pay it.
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  (vega as unknown as TextMetrics).textMetrics.width = measured;
  const complaints: string[] = [];
  const logger = collect(complaints);
  const {spec} = vegaLite.compile(chart.spec, {logger});
  const view = new vega.View(vega.parse(spec as Spec), {renderer: "none", logger});
  const drawn = await view.toSVG();
  view.finalize();
  if (complaints.length > 0) throw new Error(`chart "${chart.id}": ${complaints.join("; ")}`);
  return {...chart, svg: standalone(drawn, chart)};
}

/** What Vega exports and does not type. */
interface TextMetrics {
  readonly textMetrics: {width: (item: unknown, text: unknown) => number};
}

function collect(complaints: string[]) {
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

/**
 * Vega's SVG, made fit to stand among others: ids numbered in order of appearance (Vega counts through the whole
 * process) behind the chart's own, its many roles taken out, a name and a description put in.
 */
function standalone(svg: string, {id, title, alt_text}: Chart): string {
  const ids = new Map<string, string>();
  for (const [, old] of svg.matchAll(/ id="([^"]+)"/g)) ids.set(old!, `${id}-${ids.size + 1}`);
  const named = svg
    .replace(
      / (id|href|xlink:href|clip-path|fill|stroke|mask)="(url\(#|#)?([^")]+)(\))?"/g,
      (whole, name, open, old, close) => {
        const renamed = ids.get(old);
        if (renamed === undefined || (open === undefined && name !== "id")) return whole;
        return ` ${name}="${open ?? ""}${renamed}${close ?? ""}"`;
      }
    )
    .replace(/ (role|aria-[a-z]+|class|pointer-events)="[^"]*"/g, "")
    .replace(/ xmlns:xlink="[^"]*"/, svg.includes("xlink:href") ? "$&" : "");
  const label = `role="img" aria-labelledby="${id}-title ${id}-desc"`;
  const words = `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${escaped(alt_text)}</desc>`;
  return named.replace(/^<svg([^>]*)>/, (_, attributes) => `<svg${attributes} ${label}>${words}`);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
