import fc from "fast-check";
import {describe, expect, it} from "vitest";
import type {Chart} from "../../pipeline/charts/contract.ts";
import {drawChart} from "../../pipeline/charts/render-svg.ts";
import {type ChartWidth, palette} from "../../pipeline/charts/theme.ts";
import {trendChart} from "../../pipeline/charts/trend.ts";
import type {Trend, TrendMonth} from "../../pipeline/comparisons/contract.ts";
import {textsOf, unreadable} from "./svg-texts.ts";
import {cutAt, harbor, inputOf, monthOf, trendOf} from "./trend-inputs.ts";

const narrow = {width: 360} as const;
const steady = (changes: (index: number) => Partial<TrendMonth>, count = 24): Trend => ({
  ...harbor(),
  months: Array.from({length: count}, (_, index) => monthOf("2017-01", index, changes(index)))
});
const wordsOf = async (chart: Chart) => textsOf((await drawChart(chart)).svg).map(({text}) => text);

/** Points of the lines of a specification, by the name of their run. */
function runsIn({spec}: Chart): Map<string, {month: string; value: number}[]> {
  const runs = new Map<string, {month: string; value: number}[]>();
  for (const {data} of (spec as {layer: {data?: {values: {run?: string; month: string; value: number}[]}}[]}).layer) {
    for (const {run, month, value} of data?.values ?? []) {
      if (run !== undefined) runs.set(run, [...(runs.get(run) ?? []), {month, value}]);
    }
  }
  return runs;
}

describe("trendChart", () => {
  it("makes the specification that stands in expected/", async () => {
    const {spec} = trendChart(inputOf(harbor()), narrow);
    await expect(`${JSON.stringify(spec, null, 2)}\n`).toMatchFileSnapshot("expected/trend.vl.json");
  });

  it("is named by its input where it stands beside others, and says so where it is wide", () => {
    expect(trendChart(inputOf(harbor()), narrow).id).toBe("trend-area-5-violent_crime");
    expect(trendChart(inputOf(harbor()), {width: 720}).id).toBe("trend-area-5-violent_crime-wide");
    expect(trendChart(inputOf(harbor()), narrow).title).toBe("Violent crime by month, Harbor");
  });

  it("says the finding with its numbers", () => {
    expect(trendChart(inputOf(harbor()), narrow).alt_text).toBe(
      "Line chart of Violent crime in Harbor by month: 41 in 1\u201329 December 2018, 5 fewer than the 46 of " +
        "1\u201329 December 2017 (\u221210.9%); above what the target asks for in 5 of the last 12 months."
    );
  });

  it.each<{why: string; last: Partial<TrendMonth>; says: string}>([
    {why: "none before", last: {value: 4, last_year: 0}, says: "4 more than the 0 of December 2017 (N.C.)"},
    {why: "a base under 10", last: {value: 4, last_year: 6}, says: "2 fewer than the 6 of December 2017;"},
    {why: "a base of 10", last: {value: 4, last_year: 10}, says: "6 fewer than the 10 of December 2017 (\u221260.0%)"},
    {why: "no difference", last: {value: 41, last_year: 41}, says: "as many as the 41 of December 2017 (0.0%)"},
    {why: "no value", last: {value: null}, says: "December 2018 is not known; "},
    {why: "no year before", last: {last_year: null}, says: "40 in December 2018, December 2017 is not known;"},
    {
      why: "another method",
      last: {last_year: null, series: "nibrs"},
      says: "40 in December 2018, not comparable with December 2017, which another method counted;"
    }
  ])("tells $why", ({last, says}) => {
    expect(trendChart(inputOf(steady((index) => (index === 23 ? last : {}))), narrow).alt_text).toContain(says);
  });

  it("shades the months of which late reports may still come in, and says so", async () => {
    const chart = trendChart(inputOf(harbor({provisional_from: "2018-11-15"})), narrow);
    expect(chart.alt_text).toContain(" From November 2018 on late reports may still come in.");
    const drawn = await drawChart(chart);
    expect(drawn.svg).toContain(`stroke="${palette.shade}"`);
    expect(await wordsOf(chart)).toContain("shaded: late reports may still come in");
    expect(unreadable(drawn.svg)).toEqual([]);
    for (const settled of [harbor(), harbor({provisional_from: "2018-12-30"})]) {
      const {svg, alt_text} = await drawChart(trendChart(inputOf(settled), narrow));
      expect(svg).not.toContain(palette.shade);
      expect(alt_text).not.toContain("come in");
    }
  });

  it("tells shares in points and without a percentage of a percentage", () => {
    const share = steady(() => ({value: 0.305, last_year: 0.317, expected: null}));
    const {alt_text, table} = trendChart(inputOf({...share, unit: "share", target: null}), narrow);
    expect(alt_text).toContain("30.5% in December 2018, 1.2 points lower than the 31.7% of December 2017.");
    expect(table.columns.map(({title}) => title)).toEqual(["Month", "This year", "Year before", "Difference"]);
    expect(table.rows[0]).toEqual(["Jan 2017", "30.5%", "31.7%", "\u22121.2 points"]);
  });

  it("holds the months against the target by the measure's direction", () => {
    const months = (index: number) => ({value: index < 20 ? 30 : 50, expected: 40});
    const told = (changes: Partial<Trend>) => trendChart(inputOf({...steady(months), ...changes}), narrow).alt_text;
    expect(told({better: "lower"})).toContain("above what the target asks for in 4 of the last 12 months");
    expect(told({better: "higher"})).toContain("below what the target asks for in 8 of the last 12 months");
    expect(told({target: null})).not.toContain("target");
    const hair = steady(() => ({value: 110, expected: 100 * 1.1 - 1e-9}));
    expect(trendChart(inputOf(hair), narrow).alt_text).toContain("in none of the last 12 months");
  });

  it("has all numbers in its table: what is not known says so and is no 0", () => {
    const {columns, rows} = trendChart(
      inputOf(steady((index) => (index === 22 ? {value: null} : index === 21 ? {value: 0, last_year: 0} : {}))),
      narrow
    ).table;
    expect(columns.map(({title}) => title)).toEqual([
      "Month",
      "This year",
      "Year before",
      "Difference",
      "Change",
      "Target asks for"
    ]);
    expect(rows).toHaveLength(24);
    expect(rows[20]).toEqual(["Sep 2018", "40", "44", "\u22124", "\u22129.1%", "41.8"]);
    expect(rows[21]).toEqual(["Oct 2018", "0", "0", "0", "N.C.", "41.8"]);
    expect(rows[22]).toEqual(["Nov 2018", "\u2013", "44", "\u2013", "\u2013", "41.8"]);
  });

  it("shows the last 24 months, the last cut short as such", async () => {
    const trend = steady(() => ({}), 30);
    const cut = {...trend, months: trend.months.map((month, index) => (index === 29 ? cutAt(month, 3) : month))};
    const chart = trendChart(inputOf(cut), narrow);
    expect(chart.table.rows.map(([month]) => month)).toEqual(
      expect.arrayContaining(["Jul 2017", "May 2019", "1\u20133 June 2019"])
    );
    expect(chart.table.rows).toHaveLength(24);
    expect(await wordsOf(chart)).toContain("1\u20133 June");
    expect(await wordsOf(trendChart(inputOf(trend), narrow))).toContain("June");
  });

  it("names its lines at their ends, with their values", async () => {
    const words = await wordsOf(trendChart(inputOf(harbor()), narrow));
    expect(words).toEqual(
      expect.arrayContaining(["41", "1\u201329 December", "46", "last year", "43.7", "target", "Incidents by month"])
    );
  });

  it("draws no line across a month that is not known, and joins it on neither side", () => {
    const chart = trendChart(inputOf(steady((index) => (index === 5 ? {value: null} : {value: index}))), narrow);
    const runs = [...runsIn(chart)].filter(([name]) => name.startsWith("this year"));
    expect(runs.map(([, points]) => points.map(({value}) => value))).toEqual([
      [0, 1, 2, 3, 4],
      Array.from({length: 18}, (_, index) => index + 6)
    ]);
  });

  it("draws no line across a change of method, and names it", async () => {
    const trend = steady((index) => ({
      series: index < 14 ? "ucr" : index === 14 ? "ucr+nibrs" : "nibrs",
      last_year: index < 14 ? 44 : null
    }));
    const chart = trendChart(inputOf(trend, [{month: "2018-03", name: "NIBRS"}]), narrow);
    const runs = [...runsIn(chart)].filter(([name]) => name.startsWith("this year"));
    expect(runs.map(([, points]) => points.length)).toEqual([14, 1, 9]);
    expect((await wordsOf(chart)).filter((text) => text.includes("counted by"))).toEqual(["counted by NIBRS"]);
    expect(chart.alt_text).toContain("From March 2018 on counted by another method (NIBRS): no line is drawn across.");
    expect(chart.table.rows[20]).toEqual(["Sep 2018", "40", "\u2013", "not comparable", "\u2013", "41.8", "nibrs"]);
  });

  it("names a change that it is not told the name of by the method that begins", async () => {
    const trend = steady((index) => ({series: index < 14 ? "ucr" : "nibrs"}));
    expect(await wordsOf(trendChart(inputOf(trend), narrow))).toContain("counted by nibrs");
  });

  it("says that the last month is not known, and which one is the last that is", async () => {
    const chart = trendChart(inputOf(steady((index) => (index > 20 ? {value: null} : {value: 60 + index}))), narrow);
    expect(await wordsOf(chart)).toEqual(expect.arrayContaining(["not known", "December", "80", "September"]));
    expect(chart.alt_text).toContain("The last month known is September 2018: 80. Not known: October 2018, November");
  });

  it("has whole numbers on the axis of counts, from 0, though the target falls between them", async () => {
    const words = await wordsOf(trendChart(inputOf(steady(() => ({value: 1, last_year: 2, expected: 1.9}))), narrow));
    expect(words).toEqual(expect.arrayContaining(["0", "1", "2"]));
    expect(words).not.toContain("0.5");
  });

  it("has the same structure whatever the numbers: only its data differs", () => {
    const structure = (chart: Chart) =>
      JSON.stringify(chart.spec, (key, value: unknown) => (key === "values" ? null : value));
    const other = steady((index) => ({value: index % 3 === 0 ? null : index * 1000, expected: null}));
    for (const width of [360, 720] as const) {
      expect(structure(trendChart(inputOf(other), {width}))).toBe(structure(trendChart(inputOf(harbor()), {width})));
    }
  });

  it("refuses a trend without months", () => {
    expect(() => trendChart(inputOf({...harbor(), months: []}), narrow)).toThrow(
      'chart "trend-area-5-violent_crime": the trend has no months'
    );
  });
});

describe("the picture", () => {
  const cases: Record<string, Trend> = {
    ordinary: harbor(),
    "zero everywhere": steady(() => ({value: 0, last_year: 0, expected: 0})),
    "of ones": steady(() => ({value: 1, last_year: 1, expected: 0.95})),
    "in millions": steady((index) => ({value: 1234567 + index, last_year: 1234560, expected: 1172832.65})),
    "of nothing known": steady(() => ({value: null, last_year: null, expected: null})),
    "of one month": steady(() => ({}), 1),
    "of one known month": steady((index) => (index === 7 ? {} : {value: null, last_year: null, expected: null})),
    "of lines that end one upon another early": steady((index) =>
      index > 10 ? {value: null, last_year: null, expected: null} : {value: 5, last_year: 5, expected: 5}
    ),
    "with a long unit": {...steady(() => ({value: null})), unit: "incidents with somebody killed or seriously injured"},
    "of shares": {...steady(() => ({value: 0.051, last_year: 0.049, expected: 0.05})), unit: "share"},
    "of falling sums": steady((index) => ({value: -index, last_year: index, expected: null}))
  };
  for (const [name, trend] of Object.entries(cases)) {
    for (const width of [720, 360] as const) {
      it(`${name} at ${width} px can be read`, async () => {
        const {svg} = await drawChart(trendChart(inputOf(trend), {width}));
        expect(unreadable(svg)).toEqual([]);
        expect(svg).toContain(`viewBox="0 0 ${width} `);
      });
    }
  }

  it("can be read with long names of breaks, wherever these lie", async () => {
    const name = "National Incident-Based Reporting System, as it was brought in";
    for (let first = 0; first < 24; first += 5) {
      const breaks = [first, first + 1, 23].map((index) => ({month: monthOf("2017-01", index).month, name}));
      const {svg} = await drawChart(trendChart(inputOf(trendOf(Array(24).fill(3), []), breaks), narrow));
      expect(unreadable(svg)).toEqual([]);
    }
  });

  it("can be read whatever the numbers are", async () => {
    const value = fc.option(fc.oneof(fc.integer({min: 0, max: 12}), fc.integer({min: 0, max: 2_000_000})), {freq: 4});
    const month = fc.record({
      value,
      last_year: value,
      expected: fc.option(fc.double({min: 0, max: 2e6, noNaN: true})),
      series: fc.constantFrom("ucr", "ucr", "ucr", "nibrs")
    });
    const charts = fc.record({
      months: fc.array(month, {minLength: 1, maxLength: 26}),
      first: fc.constantFrom("2016-12", "2017-01", "2017-08"),
      cut: fc.integer({min: 1, max: 28}),
      width: fc.constantFrom<ChartWidth>(360, 720),
      unit: fc.constantFrom("incidents", "share", "people killed or seriously injured")
    });
    await fc.assert(
      fc.asyncProperty(charts, async ({months, first, cut, width, unit}) => {
        const all = months.map((changes, index) => monthOf(first, index, changes));
        const trend = {...harbor({unit}), months: [...all.slice(0, -1), cutAt(all.at(-1)!, cut)]};
        const {svg} = await drawChart(trendChart(inputOf(trend), {width}));
        expect(unreadable(svg)).toEqual([]);
      }),
      {numRuns: 60}
    );
  });
});
