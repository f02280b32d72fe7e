import {createRequire} from "node:module";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {DrawnChart} from "./contract.ts";
import {fontFiles, wrapText} from "./text-metrics.ts";
import {type FontWeight, fontFamily, fontSizes, palette} from "./theme.ts";

type Resvg = Pick<typeof import("@resvg/resvg-js"), "renderAsync">;

/** What a picture says around its chart, for it is shown without the page: empty where nothing is to be said. */
export interface PngWords {
  /** What is shown, and where. */
  readonly above: string;
  /** Of which report it is, and what must be known of its numbers. */
  readonly below: string;
}

/** Of the picture, in its own pixels. */
const pictureWidth = 1440;
/** Around the chart and its words, in px of the chart. */
const padding = 16;
const mostLines = 4;

/**
 * A drawn chart as PNG on white, for slides, with its words above and below. Letters come from the fonts that its
 * widths were measured with and never from the machine: the same chart gives the same bytes everywhere.
 *
 * @param width Of the picture in pixels, whatever the chart's own width.
 * @param load What draws; it has a program of its own for each platform.
 * @throws RunFailure `png-not-available` where it has none for this platform, or that is not installed.
 */
export async function renderPng(
  {svg}: Pick<DrawnChart, "svg">,
  words: PngWords,
  width: number = pictureWidth,
  load: () => Promise<Resvg> = () => import("@resvg/resvg-js")
): Promise<Uint8Array> {
  const {renderAsync} = await load().catch(notAvailable);
  const {resolve} = createRequire(import.meta.url);
  const picture = await renderAsync(slide(svg, words), {
    fitTo: {mode: "width", value: width},
    background: palette.paper,
    font: {
      loadSystemFonts: false,
      fontFiles: Object.values(fontFiles).map((file) => resolve(file)),
      defaultFontFamily: fontFamily.split(",")[0]!
    }
  });
  return picture.asPng();
}

/** The chart's SVG within a larger one. @throws Error when the chart's does not say its size. */
function slide(svg: string, {above, below}: PngWords): string {
  const size = /^<svg [^>]*width="([\d.]+)" height="([\d.]+)"/.exec(svg);
  if (size === null) throw new Error("a chart's SVG does not begin with its size");
  const [width, height] = size.slice(1).map(Number) as [number, number];
  const heading = lines(above, width, fontSizes.value, 600, palette.ink, padding);
  const chartTop = heading.bottom + (above === "" ? 0 : 10);
  const foot = lines(
    below,
    width,
    fontSizes.small,
    400,
    palette.neutralText,
    chartTop + height + (below === "" ? 0 : 8)
  );
  const placed = svg.replace(/^<svg /, `<svg x="${padding}" y="${chartTop}" `);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 2 * padding}" height="${foot.bottom + padding}">` +
    `${heading.texts}${placed}${foot.texts}</svg>`
  );
}

/** A text below `top`, broken at the chart's width. */
function lines(text: string, width: number, size: number, weight: FontWeight, colour: string, top: number) {
  const wrapped = wrapText(text, width, mostLines, size, weight);
  const lineHeight = Math.ceil(size * 1.35);
  const texts = wrapped.map(
    (line, index) =>
      `<text x="${padding}" y="${top + index * lineHeight + size}" font-family="${fontFamily}" font-size="${size}" ` +
      `font-weight="${weight}" fill="${colour}">${escaped(line)}</text>`
  );
  return {texts: texts.join(""), bottom: top + wrapped.length * lineHeight};
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function notAvailable(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new RunFailure([
    complain("png-not-available", null, {platform: `${process.platform} ${process.arch}`, reason})
  ]);
}
