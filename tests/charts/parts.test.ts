import {describe, expect, it} from "vitest";
import {calendarStripChart} from "../../pipeline/charts/calendar-strip.ts";
import type {Chart} from "../../pipeline/charts/contract.ts";
import {drawChart} from "../../pipeline/charts/render-svg.ts";
import {rosterChart} from "../../pipeline/charts/roster.ts";
import {stockLineChart} from "../../pipeline/charts/stock-line.ts";
import type {ChartWidth} from "../../pipeline/charts/theme.ts";
import {timelineChart} from "../../pipeline/charts/timeline.ts";
import {rosterOf, rosters, stockOf, stocks, stripOf, strips, timeline} from "./part-inputs.ts";
import {textsOf, unreadable} from "./svg-texts.ts";

type Draw = (options: {readonly width: ChartWidth}) => Chart;

const all: readonly (readonly [string, Draw])[] = [
  ...Object.entries(strips).map(([name, input]): [string, Draw] => [
    `calendar of ${name}`,
    (options) => calendarStripChart(input, options)
  ]),
  ...Object.entries(rosters).map(([name, input]): [string, Draw] => [
    `roster of ${name}`,
    (options) => rosterChart(input, options)
  ]),
  ...Object.entries(stocks).map(([name, input]): [string, Draw] => [
    `line of ${name}`,
    (options) => stockLineChart(input, options)
  ]),
  ["timeline", (options) => timelineChart(timeline, options)]
];

describe.each(all)("the %s", (_, draw) => {
  it.each([720, 360] as const)("can be read at %i px: nothing is cut off, nothing lies on another", async (width) => {
    const {svg} = await drawChart(draw({width}));
    expect(unreadable(svg)).toEqual([]);
    expect(svg).toContain(`viewBox="0 0 ${width} `);
    expect(Math.min(...[...svg.matchAll(/font-size="(\d+)/g)].map(([, size]) => Number(size)))).toBeGreaterThanOrEqual(
      11
    );
  });

  it("says the same at both widths, in words and numbers", () => {
    const [wide, narrow] = [draw({width: 720}), draw({width: 360})];
    expect(narrow.alt_text).toBe(wide.alt_text);
    expect(narrow.table).toEqual(wide.table);
    expect(narrow.id).toBe(`${wide.id}-narrow`);
    for (const row of wide.table.rows) expect(row).toHaveLength(wide.table.columns.length);
  });
});

describe("calendarStripChart", () => {
  it("names each gap with its value, and what is not known or to come", () => {
    expect(calendarStripChart(strips["the weeks of a year"]!).alt_text).toBe(
      "Calendar of Four educational posts a week, Los Angeles, from 1 July 2023 through 31 March 2024: asked every week, " +
        "at least 4 posts. 36 of 39 weeks: 36 met, 2 missed, 1 not known. Missed: 2023-W33 (from 6 Aug 2023): 3, " +
        "2023-W50 (from 3 Dec 2023): 0. Not known: 2024-W05 (from 28 Jan 2024). 13 to come. Status: missed."
    );
  });

  it("marks a gap by a shape of its own and the word beside it", async () => {
    const {svg} = await drawChart(calendarStripChart(strips.months!));
    const words = textsOf(svg).map(({text}) => text);
    // Once in the legend, once at the gap.
    expect(words.filter((text) => text === "missed")).toHaveLength(2);
    const paths = new Set([...svg.matchAll(/ d="([^"]+)"/g)].map(([, path]) => path));
    expect(paths.size).toBeGreaterThanOrEqual(3);
  });

  it("lists each sub-period in its table, of very many the gaps of each month or unit", () => {
    const weeks = calendarStripChart(strips["the weeks of a year"]!).table;
    expect(weeks.rows).toHaveLength(39);
    expect(weeks.rows[5]).toEqual(["2023-W33 (from 6 Aug 2023)", "3", "4", "missed", ""]);
    const shifts = calendarStripChart(strips.shifts!).table;
    expect(shifts.columns.map(({title}) => title)).toEqual([
      "Month",
      "Met",
      "Missed",
      "Not known",
      "Which missed",
      "Which are not known"
    ]);
    expect(shifts.rows[0]).toEqual(["Jul 2023", "92", "1", "0", "17 night", ""]);
    const areas = calendarStripChart(strips["Areas by weeks"]!).table;
    expect(areas.rows.map(([name]) => name)).toContain("77th Street");
  });

  it("counts in a month of each unit, where the days would not fit", async () => {
    const {svg} = await drawChart(calendarStripChart(strips["Areas by days"]!));
    expect(textsOf(svg).map(({text}) => text)).toContain("A number beside a mark: how many in that month");
  });

  it("refuses an empty calendar", () => {
    expect(() => calendarStripChart(stripOf({every: "week", parts: []}))).toThrow("there is no sub-period");
  });
});

describe("rosterChart", () => {
  it("keeps the order of the roster, and puts apart of whom nothing is known", async () => {
    const chart = rosterChart(rosters.divisions!);
    expect(chart.table.rows.map(([name, value, , result]) => `${name} ${value} ${result}`)).toEqual([
      "Gang and Narcotics 1 met",
      "Homicide 0 not yet, due 30 Jun 2024",
      "Robbery-Homicide 3 met",
      "Commercial Crimes \u2013 not known",
      "Detective Support and Vice 0 not yet, due 30 Jun 2024",
      "Juvenile 3 met"
    ]);
    const texts = textsOf((await drawChart(chart)).svg).map(({text}) => text);
    expect(texts.indexOf("Not known")).toBeGreaterThan(texts.indexOf("Juvenile"));
    expect(texts.indexOf("Commercial Crimes")).toBeGreaterThan(texts.indexOf("Not known"));
  });

  it("says of what was done late by how many days", () => {
    expect(rosterChart(rosters["deliverables of bureaus"]!).table.rows[0]).toEqual([
      "Central Bureau",
      "done on 12 Feb 2024",
      "missed, 43 days late"
    ]);
  });

  it("shows of a long roster those who have not, and counts the others", async () => {
    const texts = textsOf((await drawChart(rosterChart(rosters["of 90 people"]!))).svg).map(({text}) => text);
    expect(texts.filter((text) => text.startsWith("Serial"))).toHaveLength(10);
    expect(texts).toContain("80 persons met: they stand in the table of the numbers");
  });

  it("refuses an empty roster", () => {
    expect(() => rosterChart(rosterOf({parts: []}))).toThrow("there is no unit");
  });
});

describe("timelineChart", () => {
  it("says in order of time what is done, how late, what is overdue and what is to come", () => {
    expect(
      timelineChart(timeline).table.rows.map(([title, , due, what]) => `${title!.slice(0, 16)} | ${due} | ${what}`)
    ).toEqual([
      "Write the manual | 31 Oct 2023 | Done on 2 Oct 2023, 29 days early",
      "Publish the annu | 31 Dec 2023 | Done on 12 Feb 2024, 43 days late",
      "Hire a director | 29 Feb 2024 | Not done, 31 days overdue",
      "Name the liaison | 31 Mar 2024 | Done on 31 Mar 2024, on the day",
      "Each division ha | 30 Jun 2024 | 4 of 6 divisions; due in 91 days",
      "Launch the syste | 30 Sep 2024 | Due in 183 days",
      "All units traine | no day yet | No day yet: 24 months after the system is launched"
    ]);
  });

  it("refuses to be empty", () => {
    expect(() => timelineChart({...timeline, deadlines: []})).toThrow("there is no deadline");
  });
});

describe("stockLineChart", () => {
  it("names each breach of the level", () => {
    expect(stockLineChart(stocks["observations below a level"]!).alt_text).toBe(
      "Line chart of Fewer than 100 illegal dispensaries, Los Angeles, from 1 July 2023 through 31 March 2024: 8 " +
        "observations, from 90 to 100. The last is 97, 6 Mar 2024. Asked: fewer than 100. It does not hold at 1 of 8 " +
        "observations: 8 Oct 2023 (100). Without a value: 7 Dec 2023. Status: on track. 97 on 31 March 2024; fewer than 100 needed."
    );
  });

  it("never adds up: no point of the line lies above the greatest value", () => {
    const input = stocks["observations below a level"]!;
    const {spec} = stockLineChart(input);
    const marks = JSON.stringify(spec);
    expect(marks).not.toContain("NaN");
    const {rows} = stockLineChart(input).table;
    expect(rows.map(([, value]) => value)).toEqual(["90", "95", "99", "100", "98", "\u2013", "96", "94", "97"]);
  });

  it("parts its line where a value is not known", async () => {
    const line = (points: typeof stocks.x) =>
      JSON.stringify(stockLineChart(points!).spec).match(/"run":"value \d+"/g) ?? [];
    expect(new Set(line(stocks["observations below a level"])).size).toBe(2);
    expect(new Set(line(stocks["between two levels"])).size).toBe(1);
  });

  it("says where the axis does not begin at 0", async () => {
    const texts = async (name: string) =>
      textsOf((await drawChart(stockLineChart(stocks[name]!))).svg).map(({text}) => text);
    expect(await texts("observations below a level")).toContain("the axis does not begin at 0");
    expect(await texts("one observation of zero")).not.toContain("the axis does not begin at 0");
  });

  it("names at its end what stands there, not the share of observations that hold", async () => {
    const input = stocks["observations below a level"]!;
    const {svg} = await drawChart(stockLineChart({...input, row: {...input.row, actual_value: 7 / 8}}));
    const words = textsOf(svg).map(({text}) => text);
    expect(words).toContain("97");
    expect(words).not.toContain("0.9");
  });

  it("refuses a line of which no point is known", () => {
    expect(() => stockLineChart(stockOf({points: []}))).toThrow("no point is known");
  });
});
