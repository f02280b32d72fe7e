import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {statuses} from "../../pipeline/attainment/contract.ts";
import {addDays} from "../../pipeline/calendar/iso-date.ts";
import {cumulativeChart} from "../../pipeline/charts/cumulative.ts";
import {drawChart} from "../../pipeline/charts/render-svg.ts";
import {type ChartWidth, palette} from "../../pipeline/charts/theme.ts";
import {cumulativeOf, type Shape} from "./inputs.ts";
import {textsOf, unreadable} from "./svg-texts.ts";

const year = {from: "2023-07-01", to: "2024-06-30"};
const westLa = {
  shape: {from: "2021-04-01", to: "2021-07-31", through: "2021-07-31", baseline: 1903, target: 1712.7, actual: 1828},
  row: {
    segment_type: "area",
    segment: "8",
    segment_name: "West LA",
    period: "2021-04-01/2021-07-31",
    status: "missed",
    status_reason: "Down 3.9%, needs 10.0%."
  }
} as const;
const underway = {...year, through: "2024-03-31", baseline: 31216, target: 28094.4, actual: 23100};

describe("cumulativeChart", () => {
  it("makes the specification that stands in expected/", async () => {
    const week = {from: "2024-01-01", to: "2024-01-07", through: "2024-01-04", baseline: 70, target: 63, actual: 41};
    const {spec} = cumulativeChart(cumulativeOf(week));
    await expect(`${JSON.stringify(spec, null, 2)}\n`).toMatchFileSnapshot("expected/cumulative-week.vl.json");
  });

  it("says the finding with its numbers", () => {
    expect(cumulativeChart(cumulativeOf(westLa.shape, westLa.row)).alt_text).toBe(
      "Line chart of incidents from 1 April 2021 through 31 July 2021, West LA: 1,828. " +
        "The pace asks for 1,712.7 by then: 115.3 behind. " +
        "Last year had 1,903 by the same day (change \u22123.9%) and 1,903 in its whole period. " +
        "The target for the whole period is 1,712.7. Status: missed. Down 3.9%, needs 10.0%."
    );
  });

  it.each([720, 360] as const)(
    "shades the days of which reports may still come in, and says so, at %s px",
    async (width) => {
      const input = {...cumulativeOf(underway), provisional_from: "2024-02-01"};
      const chart = cumulativeChart(input, {width});
      expect(chart.alt_text).toContain(" Of the days from 1 February 2024 on reports may still come in. ");
      const {svg} = await drawChart(chart);
      const bands = (one: string) => one.split(`stroke="${palette.shade}"`).length - 1;
      expect(bands(svg)).toBe(1);
      expect(textsOf(svg).map(({text}) => text)).toContain("shaded: late reports may still come in");
      expect(unreadable(svg)).toEqual([]);
      const settled = await drawChart(cumulativeChart(cumulativeOf(underway), {width}));
      expect(bands(settled.svg)).toBe(0);
      expect(settled.svg).not.toContain("shaded");
      expect(settled.alt_text).not.toContain("come in");
    }
  );

  it("says what the shade is beside a unit of any length", async () => {
    for (const [unit, hint] of [
      ["incidents with shots fired", "shaded: provisional"],
      ["collisions with somebody killed or seriously injured on foot", "shaded: provisional"]
    ] as const) {
      const input = {...cumulativeOf(underway, {unit}), provisional_from: "2024-02-01"};
      const {svg} = await drawChart(cumulativeChart(input, {width: 360}));
      const hints = textsOf(svg).filter(({text}) => text.startsWith("shaded"));
      expect(hints.map(({text}) => text)).toEqual([hint]);
      expect(unreadable(svg)).toEqual([]);
    }
  });

  it("has a table by month: what is not yet counted says so", () => {
    const {table} = cumulativeChart(cumulativeOf(underway));
    expect(table.columns.map(({title}) => title)).toEqual([
      "To the end of",
      "Actual",
      "Pace",
      "Actual minus pace",
      "Last year"
    ]);
    expect(table.rows).toHaveLength(12);
    expect(table.rows.find(([day]) => day === "31 Mar 2024")?.[1]).toBe("23,100");
    expect(table.rows.at(-1)).toEqual(["30 Jun 2024", "not yet", "28,094.4", "not yet", "31,216"]);
  });

  it("adds the last day counted to the table, where it ends no month", () => {
    const {table} = cumulativeChart(cumulativeOf({...underway, through: "2024-01-15"}));
    expect(table.rows.map(([day]) => day)).toContain("15 Jan 2024");
    expect(table.rows).toHaveLength(13);
  });

  it("names its id after target, segment, period and width, fit for a file", () => {
    expect(cumulativeChart(cumulativeOf(westLa.shape, westLa.row)).id).toBe(
      "cumulative-t1-area-8-2021-04-01_2021-07-31"
    );
    expect(cumulativeChart(cumulativeOf(underway), {width: 360}).id).toBe("cumulative-t1-2023-2024-narrow");
  });

  it("refuses a row without an actual", () => {
    expect(() => cumulativeChart(cumulativeOf(underway, {actual_value: null}))).toThrow(
      'chart "cumulative-t1-2023-2024": the row has no actual'
    );
  });

  it("says ahead and behind by the goal's direction", () => {
    const input = (actual: number, better: "lower" | "higher") =>
      cumulativeChart(cumulativeOf({...underway, baseline: 1000, target: 1000, actual}, {better, goal_kind: "change"}))
        .alt_text;
    expect(input(900, "lower")).toMatch(/behind\./);
    expect(input(500, "lower")).toMatch(/ahead\./);
    expect(input(900, "higher")).toMatch(/ahead\./);
    expect(input(500, "higher")).toMatch(/behind\./);
  });
});

it("calls on pace what differs from it by less than is printed", () => {
  const input = cumulativeOf({...underway, baseline: 1000, target: 1100, actual: 700});
  const onPace = {...input.row, actual_value: 110, expected_to_date: 100 * 1.1};
  expect(cumulativeChart({...input, row: onPace}).alt_text).toContain("asks for 110 by then: on pace.");
});

it("does not blow up small differences: the lower scale spans at least a 25th of the upper", () => {
  const rows = (shape: Shape) => JSON.stringify(cumulativeChart(cumulativeOf(shape)).spec);
  const domain = /"field":"difference".*?"domain":\[([-\d.]+),([-\d.]+)\]/.exec(
    rows({...underway, baseline: 500, target: 475, actual: 340})
  );
  expect(Number(domain![2]) - Number(domain![1])).toBeGreaterThanOrEqual((500 * 1.02) / 25 - 1e-9);
});

describe("the picture", () => {
  const cases: Record<string, Shape> = {
    "under way": underway,
    complete: westLa.shape,
    "begun a day ago": {...underway, through: "2023-07-01", actual: 90},
    "two days before its end": {...underway, through: "2024-06-28", baseline: 1000, target: 950, actual: 949},
    "zero everywhere": {...underway, baseline: 0, target: 0, actual: 0},
    tiny: {...underway, baseline: 5, target: 4.75, actual: 2},
    "far above its target": {...underway, baseline: 100, target: 95, actual: 900},
    "without a baseline": {...underway, baseline: null},
    "without a pace": {...underway, target: null},
    "of one day": {from: "2024-02-29", to: "2024-02-29", through: "2024-02-29", baseline: 3, target: 2, actual: 4},
    "of 28 days": {
      from: "2024-02-19",
      to: "2024-03-17",
      through: "2024-03-02",
      baseline: 300,
      target: 270,
      actual: 140
    },
    "in millions": {...underway, baseline: 12345678, target: 11111110.2, actual: 9876543}
  };
  for (const [name, shape] of Object.entries(cases)) {
    for (const width of [720, 360] as const) {
      it(`of a period ${name} at ${width} px can be read`, async () => {
        const {svg} = await drawChart(cumulativeChart(cumulativeOf(shape), {width}));
        expect(unreadable(svg)).toEqual([]);
        expect(svg).toContain(`viewBox="0 0 ${width} `);
      });
    }
  }

  it("has whole numbers on the axis of tiny counts", async () => {
    const {svg} = await drawChart(cumulativeChart(cumulativeOf({...underway, baseline: 3, target: 2.85, actual: 1})));
    const axis = textsOf(svg).map(({text}) => text);
    expect(axis).toEqual(expect.arrayContaining(["0", "1", "2", "3"]));
    expect(axis).not.toContain("0.5");
  });

  it("prints shares in percent", async () => {
    const input = cumulativeOf({...underway, baseline: null, target: 100, actual: 60});
    const share = (points: typeof input.actual, value: number) => points.map(({day}) => ({day, value}));
    const {svg} = await drawChart(
      cumulativeChart({
        row: {
          ...input.row,
          unit: "share",
          goal_kind: "at_least",
          better: "higher",
          actual_value: 0.312,
          target_value: 0.3
        },
        actual: share(input.actual, 0.312),
        baseline: [],
        expected: share(input.expected, 0.3)
      })
    );
    expect(unreadable(svg)).toEqual([]);
    expect(textsOf(svg).map(({text}) => text)).toEqual(
      expect.arrayContaining(["31.2%", "30.0%", "+1.2 points", "ahead"])
    );
  });

  it("can be read whatever the numbers are", async () => {
    const shapes = fc.record({
      days: fc.integer({min: 1, max: 760}),
      elapsed: fc.double({min: 0, max: 1, noNaN: true}),
      baseline: fc.option(fc.oneof(fc.integer({min: 0, max: 20}), fc.integer({min: 0, max: 2_000_000}))),
      target: fc.option(fc.double({min: 0.5, max: 1.5, noNaN: true})),
      actual: fc.double({min: 0, max: 2.5, noNaN: true}),
      width: fc.constantFrom<ChartWidth>(720, 360),
      status: fc.constantFrom(...statuses)
    });
    await fc.assert(
      fc.asyncProperty(shapes, async ({days, elapsed, baseline, target, actual, width, status}) => {
        const counted = Math.max(1, Math.round(days * elapsed));
        const size = baseline ?? 500;
        const shape = {
          from: "2023-02-11",
          to: addDays("2023-02-11", days - 1),
          through: addDays("2023-02-11", counted - 1),
          baseline,
          target: target === null ? null : size * target,
          actual: Math.round((size * actual * counted) / days)
        };
        const {svg} = await drawChart(cumulativeChart(cumulativeOf(shape, {status}), {width}));
        expect(unreadable(svg)).toEqual([]);
      }),
      {numRuns: 30}
    );
  });
});
