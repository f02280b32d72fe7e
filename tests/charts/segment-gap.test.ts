import fc from "fast-check";
import {describe, expect, it} from "vitest";
import type {AttainmentRow} from "../../pipeline/attainment/contract.ts";
import {drawChart} from "../../pipeline/charts/render-svg.ts";
import {segmentGapChart} from "../../pipeline/charts/segment-gap.ts";
import {inRosterOrder} from "../../pipeline/charts/segment-rows.ts";
import type {ChartWidth} from "../../pipeline/charts/theme.ts";
import type {Roster, Segment} from "../../pipeline/config/roster.ts";
import {rowOf} from "./inputs.ts";
import {textsOf, unreadable} from "./svg-texts.ts";

/** A segment's row of a target that asks for 5% fewer. */
function segmentOf(type: string, name: string, base: number, actual: number, changes: Partial<AttainmentRow> = {}) {
  return rowOf({
    title: "Traffic collisions down 5%",
    segment_type: type,
    segment: name,
    segment_name: name,
    binding: type === "city",
    baseline_to_date: base,
    actual_value: actual,
    expected_to_date: base * 0.95,
    change_to_date: base === 0 ? null : actual / base - 1,
    ...changes
  });
}

const rows = [
  segmentOf("city", "Los Angeles", 2000, 1960, {status: "at_risk"}),
  segmentOf("bureau", "Valley Bureau", 1200, 1140),
  segmentOf("area", "Topanga", 600, 540),
  segmentOf("area", "Foothill", 600, 690),
  segmentOf("bureau", "South Bureau", 800, 820),
  segmentOf("area", "Harbor", 9, 4),
  segmentOf("area", "77th Street", 791, 816),
  segmentOf("area", "Southeast", 700, 600, {actual_value: null, change_to_date: null, status: "no_data"})
];
const options = {id: "areas", title: "Each Area against the goal", baseline_name: "last year"};

describe("segmentGapChart", () => {
  it("makes the specification that stands in expected/", async () => {
    const {spec} = segmentGapChart(rows, options);
    await expect(`${JSON.stringify(spec, null, 2)}\n`).toMatchFileSnapshot("expected/segment-gap.vl.json");
  });

  it("keeps the order given and says of those not bound only that they are ahead or behind", () => {
    const {table} = segmentGapChart(rows, options);
    expect(table.columns.map(({title}) => title)).toEqual([
      "Where",
      "Now",
      "Last year",
      "Change",
      "Needed by now",
      "Stands"
    ]);
    expect(table.rows.map((cells) => cells.join(", "))).toEqual([
      "Los Angeles, 1,960, 2,000, \u22122.0%, \u22125.0%, at risk",
      "Valley Bureau, 1,140, 1,200, \u22125.0%, \u22125.0%, ahead",
      "Topanga, 540, 600, \u221210.0%, \u22125.0%, ahead",
      "Foothill, 690, 600, +15.0%, \u22125.0%, behind",
      "South Bureau, 820, 800, +2.5%, \u22125.0%, behind",
      "Harbor, 4, 9, \u2013, \u2013, too few for a percentage",
      "77th Street, 816, 791, +3.2%, \u22125.0%, behind",
      "Southeast, \u2013, 700, \u2013, \u2013, no data"
    ]);
  });

  it("says the finding with its numbers, and ranks nobody", () => {
    expect(segmentGapChart(rows, options).alt_text).toBe(
      "Dot chart of Traffic collisions down 5% by Area and bureau, through 31 March 2024: change against last year. " +
        "Needed by now: \u22125.0%. Los Angeles \u22122.0% (at risk). Valley Bureau \u22125.0% (ahead); South Bureau +2.5% (behind). " +
        "Topanga \u221210.0% (ahead); Foothill +15.0% (behind); Harbor: too few for a percentage; " +
        "77th Street +3.2% (behind); Southeast: no data."
    );
  });

  it("tells many segments of a type as counts", () => {
    const areas = Array.from({length: 21}, (_, index) =>
      segmentOf("area", `Area ${index}`, index < 2 ? 5 : 100, index < 9 ? 90 : 99)
    );
    expect(segmentGapChart([rows[0]!, ...areas], options).alt_text).toMatch(
      /Of 21 Areas: 7 ahead, 12 behind, 2 without a percentage\.$/
    );
  });

  it("draws a mark for every percentage and none on a base under 10", async () => {
    const {svg} = await drawChart(segmentGapChart(rows, options));
    const words = textsOf(svg).map(({text}) => text);
    expect(words).toContain("too few for a percentage");
    expect(words).not.toContain("\u221255.6%");
    expect(words.filter((text) => text === "ahead")).toHaveLength(2);
    expect(words.filter((text) => text === "behind")).toHaveLength(3);
    expect(words).toContain("needed \u22125.0%");
  });

  it("refuses rows of several targets, and none", () => {
    expect(() => segmentGapChart([rows[0]!, rowOf({target: "t2"})], options)).toThrow(
      /rows of several targets: t1 .*, t2 /
    );
    expect(() => segmentGapChart([], options)).toThrow('chart "areas": there are no rows');
  });

  it("shows a tracked measure without a line of need, and a level by its share", () => {
    const tracked = rows.map((row) => ({
      ...row,
      goal_kind: "track" as const,
      status: "tracked" as const,
      expected_to_date: null
    }));
    expect(segmentGapChart(tracked, options).alt_text).not.toMatch(/Needed|ahead|behind/);
    const level = rows.slice(0, 3).map((row) => ({...row, goal_kind: "at_most" as const, attainment_ratio: 0.97}));
    expect(segmentGapChart(level, options).table.rows[0]).toEqual(["Los Angeles", "1,960", "1,900", "97%", "at risk"]);
  });

  it("can be read whatever the rows are", async () => {
    const row = fc.record({
      type: fc.constantFrom("bureau", "area"),
      name: fc.constantFrom("77th Street", "Northeast", "A Segment With A Very Long Name Indeed", "N"),
      base: fc.oneof(fc.integer({min: 0, max: 12}), fc.integer({min: 10, max: 900_000})),
      ratio: fc.double({min: 0, max: 6, noNaN: true}),
      need: fc.double({min: 0.5, max: 1.5, noNaN: true})
    });
    const charts = fc.record({
      given: fc.array(row, {minLength: 1, maxLength: 25}),
      shared: fc.boolean(),
      width: fc.constantFrom<ChartWidth>(720, 360)
    });
    await fc.assert(
      fc.asyncProperty(charts, async ({given, shared, width}) => {
        const filled = given.map(({type, name, base, ratio, need}) =>
          segmentOf(type, name, base, Math.round(base * ratio), shared ? {} : {expected_to_date: base * need})
        );
        const {svg} = await drawChart(segmentGapChart(filled, {...options, width}));
        expect(unreadable(svg)).toEqual([]);
      }),
      {numRuns: 30}
    );
  });
});

describe("inRosterOrder", () => {
  const segment = (type: string, code: string, parent: Segment["parent"]): Segment => ({
    type,
    code,
    name: code,
    aliases: [],
    parent,
    valid_from: null,
    valid_to: null
  });
  const roster: Roster = {
    types: ["city", "bureau", "area"],
    segments: [
      segment("city", "la", null),
      segment("bureau", "s", {type: "city", code: "la"}),
      segment("bureau", "v", {type: "city", code: "la"}),
      segment("area", "a1", {type: "bureau", code: "v"}),
      segment("area", "a2", {type: "bureau", code: "s"}),
      segment("area", "a3", {type: "bureau", code: "v"})
    ]
  };

  it("puts each segment before those within it, in the file's order, and leaves out what has no row", () => {
    const given = ["a3", "v", "a2", "a1", "la"].map((code) =>
      rowOf({segment: code, segment_type: code === "la" ? "city" : code === "v" ? "bureau" : "area"})
    );
    expect(inRosterOrder(given, roster).map((row) => row.segment)).toEqual(["la", "a2", "v", "a1", "a3"]);
  });
});
