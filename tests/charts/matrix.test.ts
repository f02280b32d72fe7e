import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {type AttainmentRow, statuses} from "../../pipeline/attainment/contract.ts";
import type {Chart, MatrixInput} from "../../pipeline/charts/contract.ts";
import {matrixChart} from "../../pipeline/charts/matrix.ts";
import {drawChart} from "../../pipeline/charts/render-svg.ts";
import {type ChartWidth, standingMarks, statusMarks} from "../../pipeline/charts/theme.ts";
import {rowOf} from "./inputs.ts";
import {textsOf, unreadable} from "./svg-texts.ts";

const segments: MatrixInput["segments"] = [
  {type: "city", code: "LA", name: "Los Angeles", group: null},
  {type: "bureau", code: "south", name: "South Bureau", group: null},
  {type: "area", code: "5", name: "Harbor", group: "South Bureau"},
  {type: "area", code: "12", name: "77th Street", group: "South Bureau"},
  {type: "bureau", code: "valley", name: "Valley Bureau", group: null},
  {type: "area", code: "15", name: "N Hollywood", group: "Valley Bureau"}
];
const targets = [
  {target: "robbery", title: "Robbery down 10%"},
  {target: "deaths", title: "Pedestrian deaths down 5%"},
  {target: "burglary", title: "At most 9,900 burglaries"}
];

/** A row of a target at a segment: its base, its actual; 10% fewer asked for. */
function cellRow(target: string, segment: number, base: number, actual: number, changes: Partial<AttainmentRow> = {}) {
  const {type, code, name} = segments[segment]!;
  return rowOf({
    target,
    segment_type: type,
    segment: code,
    segment_name: name,
    binding: type === "city",
    baseline_to_date: base,
    actual_value: actual,
    expected_to_date: base * 0.9,
    change_to_date: base === 0 ? null : actual / base - 1,
    ...changes
  });
}

const rows = [
  cellRow("robbery", 0, 400, 380, {status: "at_risk"}),
  cellRow("robbery", 1, 200, 170),
  cellRow("robbery", 2, 100, 95),
  cellRow("robbery", 3, 100, 250),
  cellRow("robbery", 4, 100, 80, {actual_value: null, change_to_date: null, status: "no_data"}),
  cellRow("deaths", 0, 12, 9, {status: "missed"}),
  cellRow("deaths", 2, 6, 4),
  cellRow("deaths", 3, 0, 2),
  cellRow("burglary", 0, 0, 10206, {
    goal_kind: "at_most",
    attainment_ratio: 0.97,
    expected_to_date: 9900,
    status: "on_track"
  })
];
const input: MatrixInput = {id: "matrix", title: "Areas by target", segments, targets, rows};
const wide = {width: 720} as const;
const wordsOf = async (chart: Chart) => textsOf((await drawChart(chart)).svg).map(({text}) => text);

/** As many targets as asked for, with a row for each segment. */
function many(count: number, given: MatrixInput["segments"] = segments): MatrixInput {
  const all = Array.from({length: count}, (_, index) => ({
    target: `t${index}`,
    title: `Target number ${index + 1} down 5%`
  }));
  return {
    id: "matrix",
    title: "Areas by target",
    segments: given,
    targets: all,
    rows: all.flatMap(({target}) =>
      given.map(({type, code}, index) =>
        rowOf({target, segment_type: type, segment: code, binding: index === 0, change_to_date: 700 / 750 - 1})
      )
    )
  };
}

describe("matrixChart", () => {
  it("makes the specification that stands in expected/", async () => {
    const {spec} = matrixChart(input, wide);
    await expect(`${JSON.stringify(spec, null, 2)}\n`).toMatchFileSnapshot("expected/matrix.vl.json");
  });

  it("tells each pair by word and figure: a status where the target binds, elsewhere ahead or behind", () => {
    const {columns, rows: told} = matrixChart(input, wide).table;
    expect(columns.map(({title}) => title)).toEqual(["Where", ...targets.map(({title}) => title)]);
    expect(told).toEqual([
      ["Los Angeles", "at risk, \u22125.0%", "missed, \u221225.0%", "on track, 97%"],
      ["South Bureau", "ahead, \u221215.0%", "", ""],
      ["Harbor", "behind, \u22125.0%", "ahead, 4 vs 6", ""],
      ["77th Street", "behind, +150%", "behind, N.C.", ""],
      ["Valley Bureau", "no data", "", ""],
      ["N Hollywood", "", "", ""]
    ]);
  });

  it("draws a mark for each row, none for a pair without one", () => {
    const [, symbols] = (
      matrixChart(input, wide).spec as {layer: {layer?: {data: {values: {path: string; y: number}[]}}[]}[]}
    ).layer;
    const marks = symbols!.layer![1]!.data.values;
    const inLegend = 6;
    expect(marks).toHaveLength(rows.length + inLegend);
    const drawn = marks.slice(inLegend).map(({path}) => path);
    expect(drawn.filter((path) => path === standingMarks.behind.path)).toHaveLength(3);
    expect(drawn.filter((path) => path === statusMarks.no_data.path)).toHaveLength(1);
    expect(drawn.filter((path) => path === statusMarks.missed.path)).toHaveLength(1);
  });

  it("explains the marks and figures that occur, once each, and no others", async () => {
    const words = await wordsOf(matrixChart(input, wide));
    for (const word of ["at risk", "missed", "on track", "ahead", "behind", "no data"]) {
      expect(words.filter((text) => text === word)).toHaveLength(1);
    }
    expect(words).toEqual(expect.arrayContaining(["Where a target binds:", "Elsewhere:", "N.C.: none before"]));
    expect(words).not.toContain("met");
    const plain = await wordsOf(matrixChart({...input, rows: rows.slice(0, 1)}, wide));
    expect(plain).not.toContain("Elsewhere:");
    expect(plain.join(" ")).not.toContain("too few");
  });

  it("says the finding with its numbers, and ranks nobody", () => {
    expect(matrixChart(input, wide).alt_text).toBe(
      "Matrix of 1 city, 2 bureaus and 3 Areas by 3 targets, through 31 March 2024. Los Angeles: 1 missed, 1 at risk, 1 on track. " +
        "South Bureau: 1 ahead; Valley Bureau: 1 no data. Harbor: 1 ahead, 1 behind; 77th Street: 2 behind."
    );
  });

  it("tells many segments of a type target by target, and many targets together", () => {
    const areas = Array.from({length: 7}, (_, index) => ({
      type: "area",
      code: `${index}`,
      name: `Area ${index}`,
      group: "B"
    }));
    const city = segments.slice(0, 1);
    expect(matrixChart(many(1, [...city, ...areas]), wide).alt_text).toMatch(
      /Of 7 Areas, Target number 1 down 5%: 7 behind\.$/
    );
    expect(matrixChart(many(11, [...city, ...areas]), wide).alt_text).toMatch(/7 Areas by 11 targets: 77 behind\.$/);
  });

  it("says tracked where nothing is promised, bound or not", () => {
    const tracked = rows.slice(0, 2).map((row) => ({...row, goal_kind: "track" as const, status: "tracked" as const}));
    expect(matrixChart({...input, rows: tracked}, wide).table.rows.slice(0, 2)).toEqual([
      ["Los Angeles", "tracked, \u22125.0%", "", ""],
      ["South Bureau", "tracked, \u221215.0%", "", ""]
    ]);
  });

  it("heads a group that has no row of its own above it", async () => {
    const flat = [segments[0]!, segments[1]!, segments[4]!, segments[2]!, segments[3]!, segments[5]!];
    const names = (await wordsOf(matrixChart({...input, segments: flat}, wide))).filter((text) =>
      text.endsWith("Bureau")
    );
    expect(names).toEqual(["South Bureau", "Valley Bureau", "South Bureau", "Valley Bureau"]);
    const nested = (await wordsOf(matrixChart(input, wide))).filter((text) => text.endsWith("Bureau"));
    expect(nested).toEqual(["South Bureau", "Valley Bureau"]);
  });

  it("writes titles over few columns and numbers over many, with a key", async () => {
    expect((await wordsOf(matrixChart(input, wide))).join(" ")).toContain("Robbery down 10%");
    expect(await wordsOf(matrixChart(input, wide))).not.toContain("1");
    const numbered = await wordsOf(matrixChart(many(20), wide));
    expect(numbered.filter((text) => text === "17")).toHaveLength(2);
    expect(numbered).toContain("Target number 17 down 5%");
  });

  it("shows the figures of ten targets on a sheet, marks alone of twenty; on a phone in blocks", async () => {
    const figures = async (count: number, width: ChartWidth) =>
      (await wordsOf(matrixChart(many(count), {width}))).filter((text) => text === "\u22126.7%").length;
    expect(await figures(10, 720)).toBe(10 * segments.length);
    expect(await figures(20, 720)).toBe(0);
    expect(await figures(5, 360)).toBe(5 * segments.length);
    const blocks = (await wordsOf(matrixChart(many(20), {width: 360}))).filter((text) => text === "Harbor");
    expect(blocks).toHaveLength(2);
  });

  it("names in a block on a phone only the segments that it says something of; on a sheet all of them", async () => {
    const full = many(20);
    const city = (row: AttainmentRow) => row.segment_type === "city";
    const late = (row: AttainmentRow) => Number(row.target.slice(1)) >= 10;
    const half = {...full, rows: full.rows.filter((row) => !late(row) || city(row) || row.segment === "15")};
    const narrow = await wordsOf(matrixChart(half, {width: 360}));
    const count = (name: string) => narrow.filter((text) => text === name).length;
    expect(["Los Angeles", "Harbor", "77th Street", "N Hollywood"].map(count)).toEqual([2, 1, 1, 2]);
    // Its bureau has no row of its own there, and heads it all the same.
    expect(["South Bureau", "Valley Bureau"].map(count)).toEqual([1, 2]);
    const sheet = await wordsOf(matrixChart(half, wide));
    for (const {name} of segments) expect(sheet.filter((text) => text === name)).toHaveLength(1);
  });

  it("counts parts of rows for nothing, and refuses two rows of a pair", () => {
    const part = {...rows[0]!, part: "sub_period" as const};
    expect(matrixChart({...input, rows: [...rows, part]}, wide)).toEqual(matrixChart(input, wide));
    expect(() => matrixChart({...input, rows: [...rows, rows[0]!]}, wide)).toThrow(
      'chart "matrix": two rows of city LA, robbery'
    );
    expect(() => matrixChart({...input, segments: []}, wide)).toThrow('chart "matrix": there are no segments');
    expect(() => matrixChart({...input, targets: []}, {width: 360})).toThrow('"matrix-narrow": there are no targets');
  });

  const cases: Record<string, MatrixInput> = {
    ordinary: input,
    "without rows": {...input, rows: []},
    "of twenty targets": many(20),
    "of forty targets": many(40),
    "of one pair": many(1, segments.slice(0, 1))
  };
  for (const [name, given] of Object.entries(cases)) {
    for (const width of [720, 360] as const) {
      it(`${name} at ${width} px can be read`, async () => {
        const {svg} = await drawChart(matrixChart(given, {width}));
        expect(unreadable(svg)).toEqual([]);
        expect(svg).toContain(`viewBox="0 0 ${width} `);
      });
    }
  }

  it("can be read whatever the rows are", async () => {
    const name = fc.constantFrom(
      "N",
      "77th Street",
      "North Hollywood",
      "A Segment With A Very Long Name",
      "W".repeat(40)
    );
    const segment = fc.record({
      type: fc.constantFrom("city", "bureau", "area"),
      name,
      group: fc.option(fc.constantFrom("Central Bureau", "A Bureau Of Many Words ".repeat(6).trim()))
    });
    const cell = fc.record({
      status: fc.constantFrom(...statuses),
      goal_kind: fc.constantFrom<AttainmentRow["goal_kind"]>("change", "change", "at_least", "track"),
      binding: fc.boolean(),
      actual_value: fc.option(fc.integer({min: 0, max: 1_234_567})),
      baseline_to_date: fc.option(fc.oneof(fc.integer({min: 0, max: 9}), fc.integer({min: 10, max: 1_234_567}))),
      expected_to_date: fc.option(fc.double({min: 0, max: 2e6, noNaN: true})),
      attainment_ratio: fc.option(fc.double({min: 0, max: 60, noNaN: true}))
    });
    const charts = fc.record({
      given: fc.array(segment, {minLength: 1, maxLength: 40}),
      titles: fc.array(
        fc.constantFrom("Robbery", "Fatal crashes under the influence down another 5%", "W".repeat(60)),
        {
          minLength: 1,
          maxLength: 20
        }
      ),
      cells: fc.array(fc.option(cell, {freq: 8}), {minLength: 1, maxLength: 30}),
      width: fc.constantFrom<ChartWidth>(360, 720)
    });
    await fc.assert(
      fc.asyncProperty(charts, async ({given, titles, cells, width}) => {
        const all = given.map((each, index) => ({...each, code: String(index)}));
        const asked = titles.map((title, index) => ({target: `t${index}`, title}));
        const found = all.flatMap(({type, code}, down) =>
          asked.flatMap(({target}, across) => {
            const changes = cells[(down * asked.length + across) % cells.length];
            if (changes === null || changes === undefined) return [];
            const {actual_value: actual, baseline_to_date: base} = changes;
            const change_to_date = actual === null || !base ? null : actual / base - 1;
            return [rowOf({target, segment_type: type, segment: code, change_to_date, ...changes})];
          })
        );
        const {svg} = await drawChart(
          matrixChart({id: "m", title: "Matrix", segments: all, targets: asked, rows: found}, {width})
        );
        expect(unreadable(svg)).toEqual([]);
      }),
      {numRuns: 25}
    );
  });
});
