import {describe, expect, it} from "vitest";
import type {Chart} from "../../pipeline/charts/contract.ts";
import {cumulativeChart} from "../../pipeline/charts/cumulative.ts";
import {renderPng} from "../../pipeline/charts/render-png.ts";
import {drawChart} from "../../pipeline/charts/render-svg.ts";
import {framed, textLayer} from "../../pipeline/charts/spec-parts.ts";
import {textWidth} from "../../pipeline/charts/text-metrics.ts";
import {type FontWeight, palette, statusMarks} from "../../pipeline/charts/theme.ts";
import {RunFailure} from "../../pipeline/diagnostics/failure.ts";
import {cumulativeOf} from "./inputs.ts";
import {type Picture, readPng} from "./png-pixels.ts";

const silent = {above: "", below: ""};
const shape = {from: "2023-07-01", to: "2024-06-30", through: "2024-03-31", baseline: 1000, target: 900, actual: 700};

describe("renderPng", () => {
  it.each([720, 360] as const)("is 1,440 pixels wide, with air around a chart of %i px", async (width) => {
    const drawn = await drawChart(chartOf(width));
    const height = Number(/^<svg [^>]*height="(\d+)"/.exec(drawn.svg)![1]);
    const picture = readPng(await renderPng(drawn, silent));
    expect(picture.width).toBe(1440);
    expect(picture.height).toBeCloseTo(((height + 32) * 1440) / (width + 32), -1);
    const air = Math.floor((16 * 1440) / (width + 32));
    for (let x = 0; x < air - 1; x += 1)
      for (let y = 0; y < picture.height; y += 7) expect(picture.at(x, y)).toBe("#ffffff");
  });

  it("says above the chart what it shows, and below it of which report it is, in as many lines as they need", async () => {
    const drawn = await drawChart(chartOf(360));
    const heightOf = async (above: string, below: string) =>
      readPng(await renderPng(drawn, {above, below}, 392)).height;
    const bare = await heightOf("", "");
    expect(await heightOf("Violent crime <by month>, Harbor & the port", "")).toBe(bare + 19 + 10);
    expect(await heightOf("", "COMPSTAT report, 3 December to 30 December 2023")).toBe(bare + 15 + 8);
    expect(await heightOf("", "COMPSTAT report, 3 December to 30 December 2023 \u00b7 DRAFT \u00b7 synthetic")).toBe(
      bare + 2 * 15 + 8
    );
    const words = {above: "Violent crime <by month> & more", below: "A report \u00b7 DRAFT"};
    const picture = readPng(await renderPng(drawn, words, 392));
    const isInked = (top: number, bottom: number) =>
      Array.from({length: bottom - top}, (_, y) => Array.from({length: 360}, (_, x) => picture.at(x + 16, top + y)))
        .flat()
        .some((colour) => colour !== "#ffffff");
    expect(isInked(16, 35)).toBe(true);
    expect(isInked(picture.height - 16 - 15, picture.height - 16)).toBe(true);
  });

  it("shows lines, words and the status on opaque white", async () => {
    const chart = cumulativeChart(cumulativeOf(shape, {status: "off_track"}));
    const picture = readPng(await renderPng(await drawChart(chart), silent));
    const colours = coloursOf(picture);
    expect(picture.at(0, 0)).toBe("#ffffff");
    expect([...colours.keys()].filter((colour) => colour.length > 7)).toEqual([]);
    expect(colours.get("#ffffff")! / (picture.width * picture.height)).toBeGreaterThan(0.8);
    expect(colours.get(palette.ink.toLowerCase())).toBeGreaterThan(2000);
    expect(colours.get(palette.pace.toLowerCase())).toBeGreaterThan(500);
    expect(colours.get(statusMarks.off_track.colour.toLowerCase())).toBeGreaterThan(100);
  });

  it.each(["31,216 last year", "AVATAR To Ty P. 77th Street", "\u2212115.3 behind"])(
    "writes in the fonts that were measured: %s",
    async (text) => {
      const widths = await Promise.all(([400, 600] as const).map((weight) => inkWidth(text, weight)));
      const measured = [textWidth(text, 20, 400), textWidth(text, 20, 600)];
      // Letters stand a little inside their advance widths, the same in both weights.
      expect(Math.abs(widths[0]! - measured[0]!)).toBeLessThan(4);
      expect(Math.abs(widths[1]! - widths[0]! - (measured[1]! - measured[0]!))).toBeLessThan(1);
    }
  );

  it("gives the same bytes again, alone or beside others", async () => {
    const charts = await Promise.all([720, 360].map((width) => drawChart(chartOf(width as 720 | 360))));
    const first = [await renderPng(charts[0]!, silent), await renderPng(charts[1]!, silent)];
    const again = await Promise.all([charts[1]!, charts[0]!].map((chart) => renderPng(chart, silent)));
    expect(Buffer.compare(first[0]!, again[1]!)).toBe(0);
    expect(Buffer.compare(first[1]!, again[0]!)).toBe(0);
  });

  it("says plainly that this machine has no part that draws", async () => {
    const missing = () => Promise.reject(new Error("Cannot find module '@resvg/resvg-js-plan9-x64'"));
    const failure = await renderPng({svg: "<svg/>"}, silent, 1440, missing).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RunFailure);
    const [diagnostic] = (failure as RunFailure).diagnostics;
    expect(diagnostic).toMatchObject({
      code: "png-not-available",
      found: "Cannot find module '@resvg/resvg-js-plan9-x64'"
    });
    expect(diagnostic!.message).toContain(process.platform);
  });
});

function chartOf(width: 720 | 360): Chart {
  return cumulativeChart(cumulativeOf(shape), {width});
}

/** A line of 20 px that begins 20 px from the left. */
function label(text: string, weight: FontWeight): Chart {
  const frame = {left: 0, top: 0, right: 0, bottom: 0, width: 400, height: 60};
  const item = {x: 20, y: 40, text, size: 20, weight, colour: palette.ink, align: "left"} as const;
  const table = {columns: [], rows: []};
  return {id: "label", title: "Label", alt_text: "A label.", spec: framed(frame, [textLayer([item])]), table};
}

function coloursOf(picture: Picture): Map<string, number> {
  const counts = new Map<string, number>();
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const colour = picture.at(x, y);
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
  }
  return counts;
}

/** From the first to the last column that is not white, in px of the chart. */
async function inkWidth(text: string, weight: FontWeight): Promise<number> {
  const scale = 4;
  const drawn = await drawChart(label(text, weight));
  const picture = readPng(await renderPng(drawn, silent, scale * (400 + 32)));
  const columns = Array.from({length: picture.width}, (_, x) => x).filter((x) =>
    Array.from({length: picture.height}, (_, y) => picture.at(x, y)).some((colour) => colour !== "#ffffff")
  );
  return (columns.at(-1)! + 1 - columns[0]!) / scale;
}
