import {describe, expect, it} from "vitest";
import type {Chart} from "../../pipeline/charts/contract.ts";
import {cumulativeChart} from "../../pipeline/charts/cumulative.ts";
import {gapChart} from "../../pipeline/charts/gap.ts";
import {drawChart} from "../../pipeline/charts/render-svg.ts";
import {cumulativeOf, rowOf} from "./inputs.ts";

const shape = {from: "2023-07-01", to: "2024-06-30", through: "2024-03-31", baseline: 1000, target: 900, actual: 700};

describe("drawChart", () => {
  it("gives the same bytes in every order and at once", async () => {
    const charts = [
      cumulativeChart(cumulativeOf(shape)),
      cumulativeChart(cumulativeOf(shape), {width: 360}),
      gapChart([rowOf()], {id: "gap", title: "All"}),
      clipped("clipped")
    ];
    const first: string[] = [];
    for (const chart of charts) first.push((await drawChart(chart)).svg);
    const again = await Promise.all([...charts].reverse().map(async (chart) => (await drawChart(chart)).svg));
    expect(again.reverse()).toEqual(first);
  });

  it("begins every id with the chart's, and refers to no other", async () => {
    const {svg} = await drawChart(clipped("a.chart"));
    const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
    expect(ids.length).toBeGreaterThan(2);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^a\.chart-/);
    const references = [...svg.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id!);
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) expect(ids).toContain(reference);
  });

  it("stands alone: a name and a description, nothing that runs, nothing from outside", async () => {
    const chart = cumulativeChart(cumulativeOf(shape, {title: "Crime <b>& disorder</b> down"}));
    const {svg} = await drawChart(chart);
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="([^"]+)-title \1-desc">/);
    expect(svg).toContain("<title id=");
    expect(svg).toContain("Crime &lt;b&gt;&amp; disorder&lt;/b&gt; down");
    expect(svg).not.toMatch(/<script|<style|<image|<foreignObject| on[a-z]+=|href=| style=|aria-roledescription/);
    expect(svg.replaceAll("http://www.w3.org/2000/svg", "")).not.toContain("http");
  });

  it("fails, naming the chart, on what Vega-Lite only warns of", async () => {
    const chart = cumulativeChart(cumulativeOf(shape));
    const misspelt = {
      ...chart,
      spec: {
        data: {values: [{a: 1}]},
        mark: "point",
        encoding: {x: {field: "a", type: "quantitative"}, colour: {value: "red"}}
      }
    } as unknown as Chart;
    await expect(drawChart(misspelt)).rejects.toThrow(/^chart "cumulative-t1-2023-2024": .*colour/);
  });
});

/** A chart whose SVG needs definitions: a clipped line and a gradient. */
function clipped(id: string): Chart {
  return {
    id,
    title: "Clipped",
    alt_text: "A line.",
    table: {columns: [], rows: []},
    spec: {
      data: {
        values: [
          {a: 1, b: 2},
          {a: 2, b: 5}
        ]
      },
      mark: {
        type: "area",
        clip: true,
        color: {
          gradient: "linear",
          stops: [
            {offset: 0, color: "white"},
            {offset: 1, color: "black"}
          ]
        }
      },
      encoding: {
        x: {field: "a", type: "quantitative", title: null},
        y: {field: "b", type: "quantitative", title: null, scale: {domain: [0, 4]}}
      }
    }
  };
}
