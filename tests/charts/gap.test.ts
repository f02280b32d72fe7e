import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {type AttainmentRow, statuses} from "../../pipeline/attainment/contract.ts";
import {gapChart} from "../../pipeline/charts/gap.ts";
import {drawChart} from "../../pipeline/charts/render-svg.ts";
import type {ChartWidth} from "../../pipeline/charts/theme.ts";
import {rowOf} from "./inputs.ts";
import {textsOf, unreadable} from "./svg-texts.ts";

/** A change goal: its base, its actual, and what is asked for as a fraction of the base. */
function changeOf(title: string, base: number, actual: number, need: number, changes: Partial<AttainmentRow> = {}) {
  return rowOf({
    target: title,
    title,
    baseline_to_date: base,
    actual_value: actual,
    expected_to_date: base * (1 + need),
    change_to_date: base === 0 ? null : actual / base - 1,
    progress_share: base === 0 ? null : (actual - base) / (base * need),
    ...changes
  });
}

const rows = [
  changeOf("Robbery down 10%", 412, 350, -0.1, {status: "on_track"}),
  changeOf("Collisions down 5%", 28000, 26908, -0.05, {status: "missed", segment_name: "Valley Bureau"}),
  changeOf("Hit and run down 5%", 190, 221, -0.05, {status: "off_track"}),
  changeOf("Bicycle deaths down 5%", 6, 4, -0.05, {status: "too_early", status_reason: "Expected to date is 5.7."}),
  rowOf({
    target: "level",
    title: "At most 9,900 burglaries",
    goal_kind: "at_most",
    status: "at_risk",
    actual_value: 11000,
    expected_to_date: 9900,
    attainment_ratio: 0.9,
    progress_share: null
  }),
  changeOf("Thefts down 5%", 1000, 400, -0.05, {
    status: "not_comparable",
    status_reason: "The counting method changed."
  })
];
const options = {id: "gap", title: "All targets against pace"};

describe("gapChart", () => {
  it("makes the specification that stands in expected/", async () => {
    const {spec} = gapChart(rows, options);
    await expect(`${JSON.stringify(spec, null, 2)}\n`).toMatchFileSnapshot("expected/gap.vl.json");
  });

  it("says of a segment that the target does not bind only whether it is ahead or behind, or that it is too early", () => {
    const beside = rows.map((row) => ({...row, binding: false}));
    const {table, alt_text} = gapChart(beside, options);
    expect(table.rows.map(([title, , standing]) => `${title}: ${standing}`)).toEqual([
      "Hit and run down 5%: behind",
      "Collisions down 5%: behind",
      "Robbery down 10%: ahead",
      "At most 9,900 burglaries: behind",
      "Bicycle deaths down 5%: too early",
      "Thefts down 5%: not comparable"
    ]);
    expect(alt_text).toContain("1 too early, 1 not comparable, 1 ahead, 3 behind");
  });

  it("gives goals to change and goals to keep a level a scale each, furthest behind first, the rest last", () => {
    expect(
      gapChart(rows, options).table.rows.map(([title, , status, reached]) => `${title}: ${status}, ${reached}`)
    ).toEqual([
      "Hit and run down 5%: off track, \u2212326%",
      "Collisions down 5%: missed, 78%",
      "Robbery down 10%: on track, 150%",
      "At most 9,900 burglaries: at risk, 90%",
      "Bicycle deaths down 5%: too early, \u2013",
      "Thefts down 5%: not comparable, \u2013"
    ]);
  });

  it("does not depend on the order of rows that have a figure", () => {
    const mixed = [rows[2]!, rows[0]!, rows[4]!, rows[1]!, rows[3]!, rows[5]!];
    expect(gapChart(mixed, options)).toEqual(gapChart(rows, options));
  });

  it("says the finding with its numbers", () => {
    expect(gapChart(rows, options).alt_text).toBe(
      "Dot chart of 6 targets against pace, through 31 March 2024: 1 missed, 1 off track, 1 at risk, 1 on track, " +
        "1 too early, 1 not comparable. Of the goals to change, furthest behind is Hit and run down 5% (Los Angeles), " +
        "the wrong way: up 16.3%, needs down 5.0%. Furthest ahead is Robbery down 10% (Los Angeles), 150% of the way: " +
        "down 15.0%, needs 10.0%. Of the goals to keep a level, the only one is At most 9,900 burglaries (Los Angeles), " +
        "90% of pace: 11,000, at most 9,900 by now. 2 targets without a percentage."
    );
  });

  it("calls nobody behind where all are ahead, and nobody ahead where all are behind", () => {
    const altOf = (...actuals: number[]) =>
      gapChart(
        actuals.map((actual, index) => changeOf(`Goal ${index}`, 1000, actual, -0.1)),
        options
      ).alt_text;
    expect(altOf(700, 800)).toMatch(/least far ahead is Goal 1 .*\. Furthest ahead is Goal 0 /);
    expect(altOf(950, 990)).toMatch(/furthest behind is Goal 1 .*\. Least far behind is Goal 0 /);
    expect(altOf(850, 990)).toMatch(/furthest behind is Goal 1 .*\. Furthest ahead is Goal 0 /);
  });

  it("shows no percentage on a base under 10, and none where nothing may be compared", async () => {
    const {svg} = await drawChart(gapChart(rows, options));
    const words = textsOf(svg).map(({text}) => text);
    expect(words).toContain("4 counted, 6 before: too few for a percentage");
    expect(words).toContain("The counting method changed.");
    expect(words.join(" ")).not.toMatch(/33\.3%|60\.0%/);
  });

  it("tells every row's status by word and shape, and names a place that is not the usual one", async () => {
    const {svg} = await drawChart(gapChart(rows, options));
    const words = textsOf(svg).map(({text}) => text);
    for (const word of ["on track", "missed", "off track", "too early", "at risk", "not comparable"]) {
      expect(words.filter((text) => text === word)).toHaveLength(1);
    }
    expect(words.join(" ")).toContain("\u00B7 Valley Bureau");
    expect(words.join(" ")).not.toContain("\u00B7 Los Angeles");
  });

  it("refuses to draw nothing", () => {
    expect(() => gapChart([], options)).toThrow('chart "gap": there are no rows');
  });

  it("can be read whatever the rows are", async () => {
    const word = fc.constantFrom(
      "crime",
      "Neighborhood",
      "of",
      "the",
      "down",
      "10%",
      "Engagement",
      "W".repeat(50),
      "AV"
    );
    const row = fc.record({
      title: fc.array(word, {minLength: 1, maxLength: 20}).map((words) => words.join(" ").slice(0, 120)),
      segment_name: fc.constantFrom("Los Angeles", "Valley Bureau", "77th Street"),
      goal_kind: fc.constantFrom("change", "at_least", "at_most", "below", "track"),
      status: fc.constantFrom(...statuses),
      actual_value: fc.option(fc.integer({min: 0, max: 3_000_000})),
      baseline_to_date: fc.option(fc.integer({min: 0, max: 3_000_000})),
      expected_to_date: fc.option(fc.double({min: 0, max: 3e6, noNaN: true})),
      progress_share: fc.option(fc.double({min: -60, max: 60, noNaN: true})),
      attainment_ratio: fc.option(fc.double({min: 0, max: 60, noNaN: true})),
      status_reason: fc.array(word, {maxLength: 40}).map((words) => words.join(" "))
    });
    const charts = fc.record({
      rows: fc.array(row, {minLength: 1, maxLength: 12}),
      width: fc.constantFrom<ChartWidth>(720, 360)
    });
    await fc.assert(
      fc.asyncProperty(charts, async ({rows: given, width}) => {
        const filled = given.map((changes, index) =>
          rowOf({target: `t${index}`, ...(changes as Partial<AttainmentRow>)})
        );
        const {svg} = await drawChart(gapChart(filled, {...options, width}));
        expect(unreadable(svg)).toEqual([]);
        expect(svg).toContain(`viewBox="0 0 ${width} `);
      }),
      {numRuns: 30}
    );
  });
});

it("the test of reading finds what cannot be read", () => {
  const text = (x: number) => `<text transform="translate(${x},20)" font-size="12px">Crime</text>`;
  expect(unreadable(`<svg viewBox="0 0 100 40"><g transform="translate(5,0)">${text(0)}${text(20)}</g></svg>`)).toEqual(
    ['"Crime" lies on "Crime"']
  );
  expect(unreadable(`<svg viewBox="0 0 100 40">${text(90)}</svg>`)).toEqual([expect.stringContaining("is cut off")]);
});
