import {createRequire} from "node:module";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {DrawnChart} from "./contract.ts";
import {fontFiles} from "./text-metrics.ts";
import {fontFamily, palette} from "./theme.ts";

type Resvg = Pick<typeof import("@resvg/resvg-js"), "renderAsync">;

/**
 * A drawn chart as PNG on white, for slides. Letters come from the fonts that its widths were measured with and never
 * from the machine: the same chart gives the same bytes everywhere.
 *
 * @param scale Pixels of the picture to one px of the chart, more than 0: 2 makes a page's chart 1440 pixels wide.
 * @param load What draws; it has a program of its own for each platform.
 * @throws RunFailure `png-not-available` where it has none for this platform, or that is not installed.
 */
export async function renderPng(
  {svg}: Pick<DrawnChart, "svg">,
  scale = 2,
  load: () => Promise<Resvg> = () => import("@resvg/resvg-js")
): Promise<Uint8Array> {
  const {renderAsync} = await load().catch(notAvailable);
  const {resolve} = createRequire(import.meta.url);
  const picture = await renderAsync(svg, {
    fitTo: {mode: "zoom", value: scale},
    background: palette.paper,
    font: {
      loadSystemFonts: false,
      fontFiles: Object.values(fontFiles).map((file) => resolve(file)),
      defaultFontFamily: fontFamily.split(",")[0]!
    }
  });
  return picture.asPng();
}

function notAvailable(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new RunFailure([
    complain("png-not-available", null, {platform: `${process.platform} ${process.arch}`, reason})
  ]);
}
