import fc from "fast-check";
import {describe, expect, it} from "vitest";
import type {Chart, MultiplesInput} from "../../pipeline/charts/contract.ts";
import {multiplesChart} from "../../pipeline/charts/multiples.ts";
import {drawChart} from "../../pipeline/charts/render-svg.ts";
import {type ChartWidth, palette} from "../../pipeline/charts/theme.ts";
import type {Trend, TrendMonth} from "../../pipeline/comparisons/contract.ts";
import {formatCount} from "../../pipeline/format/numbers.ts";
import {textsOf, unreadable} from "./svg-texts.ts";
import {cutAt, monthOf} from "./trend-inputs.ts";

const bureaus = {
  Central: ["Central", "Rampart", "Hollenbeck", "Northeast", "Newton"],
  South: ["Southwest", "Harbor", "77th Street", "Southeast"],
  West: ["Hollywood", "Wilshire", "West LA", "Pacific", "Olympic"],
  Valley: ["Van Nuys", "West Valley", "North Hollywood", "Foothill", "Devonshire", "Mission", "Topanga"]
};
const areas = Object.values(bureaus).flat();

function panelOf(name: string, months: readonly TrendMonth[], changes: Partial<Trend> = {}): Trend {
  return {
    measure: "violent_crime",
    title: "Violent crime",
    unit: "incidents",
    better: "lower",
    segment_type: "area",
    segment: name,
    segment_name: name,
    target: null,
    months,
    ...changes
  };
}

/** The 21 Areas; the months of each are the given ones changed. */
function inputOf(
  changes: (area: number, month: number) => Partial<TrendMonth> = () => ({}),
  count = 12
): MultiplesInput {
  return {
    id: "multiples-violent_crime",
    title: "Violent crime by month, by Area",
    trends: areas.map((name, area) =>
      panelOf(
        name,
        Array.from({length: count}, (_, month) => monthOf("2018-01", month, changes(area, month)))
      )
    ),
    groups: Object.entries(bureaus).flatMap(([bureau, members]) => members.map(() => `${bureau} Bureau`))
  };
}

const wide = {width: 720} as const;
const drawnTexts = async (chart: Chart) => textsOf((await drawChart(chart)).svg);

describe("multiplesChart", () => {
  it("makes the specification that stands in expected/", async () => {
    const {trends, groups} = inputOf((area, month) => ({value: area + month, last_year: area * 2}));
    const {spec} = multiplesChart({...inputOf(), trends: trends.slice(4, 6), groups: groups.slice(4, 6)}, wide);
    await expect(`${JSON.stringify(spec, null, 2)}\n`).toMatchFileSnapshot("expected/multiples.vl.json");
  });

  it("names every panel and its latest value, under its bureau, in the order given", async () => {
    const texts = await drawnTexts(
      multiplesChart(
        inputOf((area) => ({value: 300 + ((area * 8) % 21)})),
        wide
      )
    );
    const order = texts
      .map(({text}) => text)
      .filter((text) => text.endsWith("Bureau") || [...areas, "North", "Hollywood"].includes(text));
    expect(order.filter((text) => text.endsWith("Bureau"))).toEqual(
      Object.keys(bureaus).map((name) => `${name} Bureau`)
    );
    expect(order.indexOf("Topanga")).toBe(order.length - 1);
    expect(order.indexOf("Newton")).toBeLessThan(order.indexOf("South Bureau"));
    for (let area = 0; area < 21; area += 1) expect(texts.map(({text}) => text)).toContain(String(300 + area));
  });

  it("writes the one scale once, and draws all panels on it", async () => {
    const chart = multiplesChart(
      inputOf((area) => ({value: area === 3 ? 80 : 40, last_year: null})),
      wide
    );
    const words = (await drawnTexts(chart)).map(({text}) => text);
    expect(words.filter((text) => text === "0")).toHaveLength(1);
    expect(words.filter((text) => text === "50")).toHaveLength(1);
    const heights = new Map<string, number[]>();
    for (const {data} of (chart.spec as {layer: {data?: {values: {run?: string; value?: number; y: number}[]}}[]})
      .layer) {
      for (const {run, value, y} of data?.values ?? []) {
        if (run?.includes("this year") && value !== undefined) heights.set(run, [...(heights.get(run) ?? []), y]);
      }
    }
    const first = [...heights].find(([run]) => run.startsWith("1 "))![1][0]!;
    const fourth = [...heights].find(([run]) => run.startsWith("4 "))![1][0]!;
    const fifth = [...heights].find(([run]) => run.startsWith("5 "))![1][0]!;
    expect(fifth).toBe(first);
    expect(fourth).toBeLessThan(first);
  });

  it("joins no month of few days to whole ones: it would look like a fall", async () => {
    const {trends, ...about} = inputOf((_, month) => (month === 11 ? {value: 3, last_year: 4} : {}));
    const cut = trends.map((trend) => ({
      ...trend,
      months: trend.months.map((month, index) => (index === 11 ? cutAt(month, 2) : month))
    }));
    const chart = multiplesChart({...about, trends: cut}, wide);
    const layers = (chart.spec as {layer: {data?: {values: {run?: string; month?: string}[]}}[]}).layer;
    const points = layers.flatMap(({data}) => data?.values ?? []).filter(({run}) => run?.startsWith("1 "));
    const runOf = (month: string, year: string) =>
      points.find((point) => point.month === month && point.run!.includes(year))!.run;
    for (const year of ["this year", "year before"]) {
      expect(runOf("2018-10", year)).toBe(runOf("2018-11", year));
      expect(runOf("2018-11", year)).not.toBe(runOf("2018-12", year));
    }
    const texts = (await drawnTexts(chart)).map(({text}) => text);
    expect(texts).toContain("1\u20132 December: month not counted to its end");
  });

  it("writes the figure of the last whole month, and says which where a later one has begun", async () => {
    const {trends, ...about} = inputOf((area, month) => ({value: month === 11 ? 3 : 100 * month + area}));
    const cut = trends.map((trend) => ({
      ...trend,
      months: trend.months.map((month, index) => (index === 11 ? cutAt(month, 2) : month))
    }));
    const texts = async (input: MultiplesInput) =>
      (await drawnTexts(multiplesChart(input, wide))).map(({text}) => text);
    const begun = await texts({...about, trends: cut});
    expect(begun).toContain("Jan 2018 to 2 Dec 2018, figure: Nov 2018");
    for (let area = 0; area < 21; area += 1) expect(begun).toContain(formatCount(1000 + area));
    expect(begun).not.toContain("3");
    const ended = await texts({...about, trends});
    expect(ended).toContain("Jan 2018 to Dec 2018");
    expect(ended.filter((text) => text === "3")).toHaveLength(21);
    const first = await texts({...about, trends: cut.map((trend) => ({...trend, months: trend.months.slice(-1)}))});
    expect(first.filter((text) => text === "3")).toHaveLength(21);
  });

  it("shades the months of which late reports may still come in, in every panel", async () => {
    const {trends, ...about} = inputOf();
    const late = trends.map((trend) => ({...trend, provisional_from: "2018-12-01"}));
    const chart = multiplesChart({...about, trends: late}, wide);
    expect(chart.alt_text).toContain(" From December 2018 on late reports may still come in.");
    const layers = (chart.spec as {layer: {data?: {values: {colour?: string}[]}}[]}).layer;
    const shades = layers.flatMap(({data}) => data?.values ?? []).filter(({colour}) => colour === palette.shade);
    expect(shades).toHaveLength(21);
    expect((await drawnTexts(chart)).map(({text}) => text)).toContain("shaded: late reports may still come in");
  });

  it("puts 6 or 7 panels in a row on a sheet, 3 on a phone", async () => {
    const rowOf = async (width: ChartWidth) => {
      const texts = await drawnTexts(multiplesChart(inputOf(), {width}));
      const top = Math.round(texts.find(({text}) => text === "Van Nuys")!.box.bottom);
      return texts.filter(({text, box}) => areas.includes(text) && Math.abs(box.bottom - top) < 1).length;
    };
    // "North Hollywood" takes two lines there.
    expect(await rowOf(720)).toBeGreaterThanOrEqual(6);
    expect(await rowOf(360)).toBe(3);
  });

  it("says the finding with its numbers, and ranks nobody", () => {
    const values = (area: number) => ({value: 40 + area, last_year: area < 3 ? null : 50});
    const cut = {value: 7, last_year: 9, whole: false, to: "2018-12-29"};
    const {alt_text} = multiplesChart(
      inputOf((area, month) => (month === 11 ? cut : month === 10 ? (area === 20 ? {value: null} : values(area)) : {})),
      wide
    );
    expect(alt_text).toBe(
      "21 small line charts on one scale, Violent crime by month, by Area, Jan 2018 to 29 Dec 2018. " +
        "In November 2018: 7 fewer than a year before, 9 more, 1 the same, 3 without a year before to compare, " +
        "1 not known. They lie between 40 and 59."
    );
  });

  it("has all numbers in its table: what is not known says so and is no 0", () => {
    const {columns, rows} = multiplesChart(
      inputOf((area, month) => (area === 1 && month === 2 ? {value: null} : {value: 0})),
      wide
    ).table;
    expect(columns.map(({title}) => title).slice(0, 4)).toEqual(["Where", "Line", "Jan 2018", "Feb 2018"]);
    expect(rows).toHaveLength(42);
    expect(rows[2]!.slice(0, 6)).toEqual(["Rampart", "this year", "0", "0", "\u2013", "0"]);
    expect(rows[3]!.slice(0, 4)).toEqual(["Rampart", "year before", "44", "44"]);
  });

  it("explains what occurs, and nothing else", async () => {
    const words = async (input: MultiplesInput) =>
      (await drawnTexts(multiplesChart(input, wide))).map(({text}) => text).join("|");
    const notes = ["a year before", "not counted to its end", "method changed", "not known"];
    const plain = await words(inputOf(() => ({last_year: null})));
    for (const note of notes) expect(plain).not.toContain(note);
    const odd = inputOf((area, month) => ({series: month < 6 ? "ucr" : "nibrs", value: area === 2 ? null : 5}));
    const trends = odd.trends.map((trend) => ({
      ...trend,
      months: trend.months.map((month, index) => (index === 11 ? cutAt(month, 3) : month))
    }));
    const all = await words({...odd, trends});
    for (const note of notes) expect(all).toContain(note);
  });

  it("refuses what does not stand side by side", () => {
    const input = inputOf();
    const draw = (changes: Partial<MultiplesInput>) => () => multiplesChart({...input, ...changes}, wide);
    const [first, ...others] = input.trends;
    expect(draw({trends: [], groups: []})).toThrow('chart "multiples-violent_crime": there are no trends');
    expect(draw({groups: ["a"]})).toThrow("there are 1 groups for 21 trends");
    expect(draw({trends: [{...first!, unit: "share"}, ...others]})).toThrow(
      "trends of several measures: violent_crime in share, violent_crime in incidents"
    );
    expect(draw({trends: [...others, {...first!, months: first!.months.slice(1)}]})).toThrow(
      "other months of Central than of Rampart"
    );
    expect(draw({trends: input.trends.map((trend) => ({...trend, months: []}))})).toThrow("have no months");
  });

  const cases: Record<string, MultiplesInput> = {
    ordinary: inputOf((area, month) => ({value: area * 3 + month})),
    "zero everywhere": inputOf(() => ({value: 0, last_year: 0})),
    "in millions": inputOf((area) => ({value: 1234567 - area, last_year: 1234567})),
    "of nothing known": inputOf(() => ({value: null, last_year: null})),
    "of one month": inputOf(() => ({}), 1),
    "of two years": inputOf(() => ({}), 24)
  };
  for (const [name, input] of Object.entries(cases)) {
    for (const width of [720, 360] as const) {
      it(`${name} at ${width} px can be read`, async () => {
        const {svg} = await drawChart(multiplesChart(input, {width}));
        expect(unreadable(svg)).toEqual([]);
        expect(svg).toContain(`viewBox="0 0 ${width} `);
      });
    }
  }

  it("can be read whatever the numbers and names are", async () => {
    const value = fc.option(fc.oneof(fc.integer({min: 0, max: 12}), fc.integer({min: 0, max: 2_000_000})), {freq: 6});
    const panel = fc.record({
      name: fc.constantFrom(
        "N",
        "77th Street",
        "North Hollywood",
        "A Segment With A Very Long Name Indeed",
        "W".repeat(40)
      ),
      group: fc.constantFrom("Central Bureau", "Valley Bureau", "", "A Bureau Of Many Words ".repeat(6).trim()),
      values: fc.array(fc.tuple(value, value, fc.constantFrom("ucr", "ucr", "ucr", "nibrs")), {
        minLength: 13,
        maxLength: 13
      })
    });
    const charts = fc.record({
      panels: fc.array(panel, {minLength: 1, maxLength: 40}),
      count: fc.integer({min: 1, max: 13}),
      cut: fc.integer({min: 1, max: 28}),
      unit: fc.constantFrom("incidents", "share"),
      width: fc.constantFrom<ChartWidth>(360, 720)
    });
    await fc.assert(
      fc.asyncProperty(charts, async ({panels, count, cut, unit, width}) => {
        const trends = panels.map(({name, values}) => {
          const months = values
            .slice(0, count)
            .map(([now, before, series], index) => monthOf("2017-12", index, {value: now, last_year: before, series}));
          return panelOf(name, [...months.slice(0, -1), cutAt(months.at(-1)!, cut)], {unit});
        });
        const input = {id: "m", title: "Multiples", trends, groups: panels.map(({group}) => group)};
        const {svg} = await drawChart(multiplesChart(input, {width}));
        expect(unreadable(svg)).toEqual([]);
      }),
      {numRuns: 25}
    );
  });
});
