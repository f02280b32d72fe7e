import fc from "fast-check";
import * as vega from "vega";
import * as vegaLite from "vega-lite";
import {describe, expect, it} from "vitest";
import {type AttainmentRow, statuses} from "../../pipeline/attainment/contract.ts";
import type {Chart} from "../../pipeline/charts/contract.ts";
import {cumulativeChart} from "../../pipeline/charts/cumulative.ts";
import {gapChart} from "../../pipeline/charts/gap.ts";
import {multiplesChart} from "../../pipeline/charts/multiples.ts";
import {shapeOf} from "../../pipeline/charts/render-shape.ts";
import {standalone} from "../../pipeline/charts/render-standalone.ts";
import {drawByVega} from "../../pipeline/charts/render-svg.ts";
import {segmentGapChart} from "../../pipeline/charts/segment-gap.ts";
import type {ChartWidth} from "../../pipeline/charts/theme.ts";
import {trendChart} from "../../pipeline/charts/trend.ts";
import {cumulativeOf, rowOf} from "./inputs.ts";
import {harbor, inputOf} from "./trend-inputs.ts";

/** As Vega-Lite's own documentation draws: compiled from the chart's specification as it is, for this chart alone. */
async function drawnAlone(chart: Chart): Promise<string> {
  const {spec} = vegaLite.compile(chart.spec);
  const view = new vega.View(vega.parse(spec), {renderer: "none"});
  return standalone(await view.toSVG(), chart);
}

const widths = fc.constantFrom<ChartWidth>(720, 360);
const counts = fc.oneof(fc.nat({max: 40}), fc.nat({max: 300_000}));
const periods = fc.constantFrom(
  {from: "2023-07-01", to: "2024-06-30", throughs: ["2023-07-01", "2023-09-04", "2024-03-31", "2024-06-30"]},
  {from: "2024-01-01", to: "2024-03-31", throughs: ["2024-02-11"]},
  {from: "2024-01-01", to: "2024-01-07", throughs: ["2024-01-05", "2024-01-07"]}
);

const cumulative = fc
  .record({
    period: periods,
    through: fc.nat({max: 3}),
    baseline: fc.option(counts),
    goal: fc.option(fc.double({min: 0.5, max: 1.5, noNaN: true})),
    actual: counts,
    unit: fc.constantFrom("incidents", "share"),
    better: fc.constantFrom("lower" as const, "higher" as const, "none" as const),
    status: fc.constantFrom(...statuses),
    width: widths
  })
  .map(({period: {from, to, throughs}, through, baseline, goal, actual, width, ...row}) => {
    const target = goal === null ? null : (baseline ?? 500) * goal;
    const shape = {from, to, through: throughs[through % throughs.length]!, baseline, target, actual};
    return cumulativeChart(cumulativeOf(shape, row), {width});
  });

const change = fc.record({base: counts, actual: counts, status: fc.constantFrom(...statuses)});

function segmentRow(index: number, {base, actual}: {base: number; actual: number}): AttainmentRow {
  return rowOf({
    segment_type: index === 0 ? "city" : index < 5 ? "bureau" : "area",
    segment: String(index),
    segment_name: `Place ${index}`,
    binding: index === 0,
    baseline_to_date: base,
    expected_to_date: base * 0.9,
    actual_value: actual,
    change_to_date: base === 0 ? null : actual / base - 1
  });
}

const segments = fc
  .record({changes: fc.array(change, {minLength: 1, maxLength: 26}), width: widths})
  .map(({changes, width}) =>
    segmentGapChart(
      changes.map((one, index) => segmentRow(index, one)),
      {id: "segments", title: "By segment", width}
    )
  );

const gaps = fc
  .record({
    rows: fc.array(
      fc.record({
        progress_share: fc.double({min: -3, max: 3, noNaN: true}),
        attainment_ratio: fc.double({min: 0, max: 3, noNaN: true}),
        goal_kind: fc.constantFrom("change" as const, "at_most" as const),
        status: fc.constantFrom(...statuses)
      }),
      {minLength: 1, maxLength: 8}
    ),
    width: widths
  })
  .map(({rows, width}) =>
    gapChart(
      rows.map((row, index) => rowOf({target: `t${index}`, title: `Target ${index} of the plan`, ...row})),
      {id: "gap", title: "All targets", width}
    )
  );

const trends = fc
  .record({values: fc.array(fc.option(counts), {minLength: 24, maxLength: 24}), width: widths})
  .map(({values, width}) => {
    const trend = harbor();
    const months = trend.months.map((month, index) => ({...month, value: values[index]!}));
    return trendChart(inputOf({...trend, months}), {width});
  });

const multiples = fc
  .record({values: fc.array(fc.nat({max: 90}), {minLength: 3, maxLength: 9}), width: widths})
  .map(({values, width}) => {
    const panels = values.map((most, index) => {
      const {months, ...trend} = harbor({segment: String(index), segment_name: `Place ${index}`});
      return {...trend, months: months.map((month, at) => ({...month, value: (at * most) % 61}))};
    });
    const groups = panels.map((_, index) => `Bureau ${Math.floor(index / 4)}`);
    return multiplesChart({id: "multiples", title: "All places", trends: panels, groups}, {width});
  });

describe("a chart drawn by what is kept of another", () => {
  it.each([
    ["cumulative", cumulative, 60],
    ["segments", segments, 25],
    ["gap", gaps, 25],
    ["trend", trends, 15],
    ["multiples", multiples, 10]
  ] as const)("is to the byte what it is when compiled alone: %s", async (_, charts: fc.Arbitrary<Chart>, runs) => {
    await fc.assert(
      fc.asyncProperty(charts, async (chart) => {
        expect((await drawByVega(chart)).svg).toBe(await drawnAlone(chart));
      }),
      {numRuns: runs, seed: 20240331}
    );
  });

  it("leaves the chart's specification as it was", async () => {
    const chart = cumulativeChart(cumulativeOf(week));
    const before = structuredClone(chart.spec);
    await drawByVega(chart);
    await drawByVega(chart);
    expect(chart.spec).toEqual(before);
  });

  it("fails each time when Vega-Lite complains of the shape", async () => {
    const chart = plain("misspelt", {colour: {value: "red"}});
    for (const _ of [1, 2]) await expect(drawByVega(chart)).rejects.toThrow(/^chart "misspelt": .*colour/);
  });

  it("fails when Vega complains of the numbers, though the same shape was drawn before", async () => {
    const logarithmic = (id: string, from: number) =>
      plain(id, {y: {field: "b", type: "quantitative", scale: {type: "log", domain: [from, 10]}}});
    expect(shapeOf(logarithmic("a", 1).spec).shape).toBe(shapeOf(logarithmic("b", 0).spec).shape);
    await drawByVega(logarithmic("a", 1));
    await expect(drawByVega(logarithmic("b", 0))).rejects.toThrow(/^chart "b": .*zero/);
    await drawByVega(logarithmic("a", 1));
  });
});

describe("shapeOf", () => {
  it("is one for charts that differ in numbers alone, at both widths", () => {
    const charts = [720, 360].flatMap((width) =>
      [900, 12, 88_000].map((baseline) =>
        cumulativeChart(cumulativeOf({...week, baseline, target: baseline * 0.95, actual: baseline / 3}), {
          width: width as ChartWidth
        })
      )
    );
    expect(new Set(charts.map(({spec}) => shapeOf(spec).shape)).size).toBe(1);
  });

  it("is small beside the data: none of its rows, sizes, ends of scales and ticks", () => {
    const {spec} = cumulativeChart(cumulativeOf({...week, baseline: 98_765, target: 87_654.5}));
    const {shape, data, signals} = shapeOf(spec);
    expect(shape).not.toMatch(/98765|87654|2024-01/);
    expect([...data.values()].flat().some(({baseline}) => baseline === 98_765)).toBe(true);
    expect([...signals.keys()]).toEqual(expect.arrayContaining(["width", "height", "padding"]));
  });

  it("keeps what it does not know: names of categories, sizes in marks, rows that are not records", () => {
    const letters = plain("letters", {x: {field: "a", type: "ordinal", scale: {domain: ["p", "q"]}}});
    expect(shapeOf(letters.spec).shape).toContain('["p","q"]');
    const numbers = {...letters.spec, data: {values: [1, 2, 3]}} as Chart["spec"];
    expect(shapeOf(numbers).shape).toContain('"values":[1,2,3]');
  });

  it("tells layers apart that share a scale by its ends from those that do not", () => {
    const layers = (...ends: readonly number[]) =>
      ({
        layer: ends.map((end) => ({
          data: {values: [{a: 1}]},
          mark: "point",
          encoding: {y: {field: "a", type: "quantitative", scale: {domain: [0, end]}}}
        }))
      }) as Chart["spec"];
    expect(shapeOf(layers(5, 5)).shape).toBe(shapeOf(layers(7, 7)).shape);
    expect(shapeOf(layers(5, 5)).shape).not.toBe(shapeOf(layers(5, 7)).shape);
  });
});

const week = {from: "2024-01-01", to: "2024-01-07", through: "2024-01-05", baseline: 700, target: 630, actual: 400};

/** Two points by a channel more. */
function plain(id: string, encoding: object): Chart {
  const values = [
    {a: 1, b: 2},
    {a: 2, b: 5}
  ];
  const x = {field: "a", type: "quantitative"};
  const spec = {data: {values}, mark: "point", encoding: {x, ...encoding}} as Chart["spec"];
  return {id, title: id, alt_text: "Two points.", table: {columns: [], rows: []}, spec};
}
