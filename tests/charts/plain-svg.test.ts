import {describe, expect, it} from "vitest";
import {calendarStripChart} from "../../pipeline/charts/calendar-strip.ts";
import type {Chart} from "../../pipeline/charts/contract.ts";
import {cumulativeChart} from "../../pipeline/charts/cumulative.ts";
import {gapChart} from "../../pipeline/charts/gap.ts";
import {matrixChart} from "../../pipeline/charts/matrix.ts";
import {multiplesChart} from "../../pipeline/charts/multiples.ts";
import {plainSvg} from "../../pipeline/charts/plain-svg.ts";
import {renderPng} from "../../pipeline/charts/render-png.ts";
import {drawByVega, drawChart} from "../../pipeline/charts/render-svg.ts";
import {rosterChart} from "../../pipeline/charts/roster.ts";
import {segmentGapChart} from "../../pipeline/charts/segment-gap.ts";
import {stockLineChart} from "../../pipeline/charts/stock-line.ts";
import {timelineChart} from "../../pipeline/charts/timeline.ts";
import {trendChart} from "../../pipeline/charts/trend.ts";
import {cumulativeOf, rowOf} from "./inputs.ts";
import {rosters, stocks, strips, timeline} from "./part-inputs.ts";
import {readPng} from "./png-pixels.ts";
import {harbor, inputOf} from "./trend-inputs.ts";

const underway = {from: "2023-07-01", to: "2024-06-30", through: "2024-03-31", baseline: 31216, target: 28094.4};
const week = {from: "2024-01-01", to: "2024-01-07", through: "2024-01-04", baseline: 70, target: 63, actual: 41};
const areas = ["Central", "Harbor", "Topanga"].map((name, index) =>
  rowOf({segment_type: "area", segment: String(index), segment_name: name, binding: false, actual_value: 600 + index})
);
const nothing = {above: "", below: ""};

const charts: readonly Chart[] = [
  cumulativeChart(cumulativeOf({...underway, actual: 23100})),
  cumulativeChart(cumulativeOf({...underway, actual: 900, baseline: 100, target: 95}), {width: 360}),
  cumulativeChart(cumulativeOf({...underway, actual: 23100, baseline: null})),
  cumulativeChart(cumulativeOf(week)),
  gapChart([rowOf(), rowOf({target: "t2", actual_value: 950})], {id: "gap", title: "All"}),
  segmentGapChart([rowOf(), ...areas], {id: "segments", title: "Each Area", baseline_name: "last year"}),
  trendChart(inputOf(harbor()), {width: 720}),
  multiplesChart(
    {id: "multiples", title: "All", trends: [harbor(), harbor()], groups: ["South", "South"]},
    {width: 720}
  ),
  matrixChart(
    {
      id: "matrix",
      title: "Areas by target",
      segments: areas.map(({segment, segment_name}) => ({
        type: "area",
        code: segment,
        name: segment_name,
        group: null
      })),
      targets: [{target: "t1", title: "Robbery down"}],
      rows: areas
    },
    {width: 720}
  ),
  timelineChart(timeline),
  ...Object.values(strips).map((input) => calendarStripChart(input)),
  calendarStripChart(strips.months!, {width: 360}),
  ...Object.values(rosters).map((input) => rosterChart(input)),
  ...Object.values(stocks).map((input) => stockLineChart(input))
];

describe("plainSvg", () => {
  it.each(charts.map((chart) => [chart.id, chart] as const))("draws what Vega draws: %s", async (_, chart) => {
    expect(plainSvg(chart.spec)).not.toBeNull();
    const [own, vega] = await Promise.all(
      [await drawChart(chart), await drawByVega(chart)].map((drawn) => renderPng(drawn, nothing, 720))
    );
    expect(differing(own!, vega!)).toBeLessThan(mostDiffering);
  });

  it("leaves to Vega whatever holds anything more, wherever it stands", () => {
    for (const chart of charts.slice(0, 12)) {
      // Its own, and no part that all charts share.
      const spec = structuredClone(chart.spec);
      const places = objectsOf(spec);
      expect(places.length).toBeGreaterThan(10);
      for (const place of places) {
        place.more = "more";
        expect(plainSvg(spec)).toBeNull();
        delete place.more;
      }
      expect(plainSvg(spec)).toBe(plainSvg(chart.spec));
    }
  });

  it("leaves a symbol of curves to Vega, and draws it there", async () => {
    const chart = calendarStripChart(strips.months!);
    const curved = JSON.parse(JSON.stringify(chart).replaceAll(/"path":"[^"]*"/g, '"path":"M-1,0C-1,1,1,1,1,0Z"'));
    expect(plainSvg(curved.spec)).toBeNull();
    expect((await drawChart(curved)).svg).toContain("<svg");
  });
});

/** Of a million pixels: rims of lines. */
const mostDiffering = 200;
/** Of 255: two lines that touch within a pixel cover it wholly as one path, and not quite as two. */
const mostApart = 48;

/** Pixels of a million of two pictures of one size that differ so much that an eye could see it. */
function differing(a: Uint8Array, b: Uint8Array): number {
  const [one, other] = [readPng(a), readPng(b)];
  expect([one.width, one.height]).toEqual([other.width, other.height]);
  let count = 0;
  for (let y = 0; y < one.height; y++) {
    for (let x = 0; x < one.width; x++) {
      const [left, right] = [one.at(x, y), other.at(x, y)];
      if (left !== right && distance(left, right) > mostApart) count += 1;
    }
  }
  return (count / (one.width * one.height)) * 1e6;
}

/** The largest difference of two colours in one of red, green and blue, of 255. */
function distance(a: string, b: string): number {
  const parts = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const others = parts(b);
  return Math.max(...parts(a).map((part, index) => Math.abs(part - others[index]!)));
}

/** Every object of a specification but rows of data, which may hold what they like. */
function objectsOf(value: unknown, name = ""): Record<string, unknown>[] {
  if (typeof value !== "object" || value === null || name === "values" || name === "padding") return [];
  const inner = Object.entries(value).flatMap(([key, part]) => objectsOf(part, Array.isArray(value) ? name : key));
  return Array.isArray(value) || name === "data" ? inner : [value as Record<string, unknown>, ...inner];
}
