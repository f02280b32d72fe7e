import {rmSync} from "node:fs";
import {join} from "node:path";
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {Actuals} from "../../pipeline/actuals/contract.ts";
import {addDays, daysIn, fromDay, type IsoDate, toDay} from "../../pipeline/calendar/iso-date.ts";
import {compare} from "../../pipeline/comparisons/compare.ts";
import {type ComparisonRow, comparisonColumns, comparisonRowSchema} from "../../pipeline/comparisons/contract.ts";
import type {Project} from "../../pipeline/config/project.ts";
import type {Report} from "../../pipeline/config/report.ts";
import {actualsOf} from "../support/known-actuals.ts";
import {loadFiles, projectFolder, readFolder, writeFiles} from "../support/project-folder.ts";
import "../support/property-seed.ts";

// Rows through the real engine, against a plain look at each row. Cedar's extracts end two months before the others.

const definitions = {
  "seeds/segments.csv": `type,code,name,aliases,parent_type,parent_code,valid_from,valid_to
city,C,City,,,,,
bureau,west,West,,city,C,,
bureau,east,East,,city,C,,
area,1,Alder,,bureau,west,,
area,2,Birch,,bureau,east,,
area,3,Cedar,,bureau,west,,
area,4,Dogwood,,bureau,east,2024-02-01,
area,5,Elm,,bureau,west,,2023-12-31
`,
  "sources/crimes.yaml": `source: crimes
title: Crimes
files: ["crimes*.csv"]
delivery: period
partition: [area]
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  code: {from: Code, type: integer}
series:
  - {name: ucr, until: 2024-03-06}
  - {name: nibrs, from: 2024-03-07}
measures:
  robbery: {title: Robberies, count: rows, where: {code: 210}, nature: outcome, better: lower, unit: incidents}
  crime: {title: Crimes, count: rows, nature: outcome, better: lower, unit: incidents}
`,
  "reports/compstat.yaml": `report: compstat
title: COMPSTAT
period: 28 days
audience: Meeting
segments: [area, city, bureau]
sections:
  - comparisons: {measures: [robbery, total: crime]}
  - segment-pages: {trends: [crime]}
`
};

interface Row {
  readonly day: IsoDate;
  readonly area: string;
  readonly code: number;
}
const covered: Readonly<Record<string, readonly [IsoDate, IsoDate]>> = {
  "1": ["2021-01-01", "2024-06-20"],
  "2": ["2021-01-01", "2024-06-20"],
  "3": ["2021-01-01", "2024-04-20"],
  "4": ["2024-02-01", "2024-06-20"],
  "5": ["2021-01-01", "2023-12-31"]
};
// Few enough that some columns of an Area hold 0, some under 10.
const rows: readonly Row[] = Object.entries(covered).flatMap(([area, [from, to]]) =>
  Array.from({length: daysIn(from, to)}, (_, index) => addDays(from, index)).flatMap((day) => {
    const draw = (toDay(day) * 7919 + Number(area) * 104_729) % 97;
    if (area === "5") return draw < 2 ? [{day, area, code: 310}] : [];
    return draw < 30 ? Array.from({length: 1 + (draw % 3)}, (_, i) => ({day, area, code: i === 2 ? 210 : 310})) : [];
  })
);

let directory: string;
let given: Project;
let report: Report;
let actuals: Actuals;

beforeAll(async () => {
  directory = projectFolder(definitions);
  for (const [area, [from, to]] of Object.entries(covered)) {
    const file = `crimes-${area}.csv`;
    const lines = rows.filter((row) => row.area === area).map(({day, code}) => `${day},${area},${code}`);
    writeFiles(directory, {[file]: `Day,Area,Code\n${lines.join("\n")}\n`});
    const receipts = await loadFiles(directory, [join(directory, file)], "2024-07-01T12:00:00.000Z", {
      covers: [from, to]
    });
    expect(receipts.map(({outcome}) => outcome)).toEqual(["loaded"]);
  }
  given = await readFolder(directory);
  report = given.reports.get("compstat")!;
  actuals = await actualsOf(given);
});
afterAll(() => rmSync(directory, {recursive: true, force: true}));

const none = () => null;
const to = (through: IsoDate, expectedOf: Parameters<typeof compare>[3]["expectedOf"] = none) =>
  compare(actuals, given, report, {through, expectedOf});
const rowOf = (found: readonly ComparisonRow[], segment: string, measure = "crime") =>
  found.find((one) => one.segment === segment && one.measure === measure)!;
const areasOf: Readonly<Record<string, readonly string[]>> = {
  C: ["1", "2", "3", "4", "5"],
  west: ["1", "3", "5"],
  east: ["2", "4"]
};
const counted = (segment: string, measure: string, from: IsoDate, last: IsoDate) =>
  rows.filter(
    ({day, area, code}) =>
      (areasOf[segment] ?? [segment]).includes(area) &&
      day >= from &&
      day <= last &&
      (measure === "crime" || code === 210)
  ).length;

describe("the table", () => {
  test("has the city, the bureaus, then the Areas bureau by bureau, each with every line, and no Area of another time", () => {
    const found = to("2024-04-20").rows;
    expect(found.map(({segment, measure}) => `${segment} ${measure}`)).toEqual(
      ["C", "west", "east", "1", "3", "2", "4"].flatMap((segment) => [`${segment} robbery`, `${segment} crime`])
    );
    expect(found.slice(0, 2).map(({total}) => total)).toEqual([false, true]);
    expect(to("2023-12-31").rows.map(({segment}) => segment)).toContain("5");
    for (const row of found) {
      expect(Object.keys(row)).toEqual(comparisonColumns);
      expect(comparisonRowSchema.parse(row)).toEqual(row);
    }
  });

  test("of a report that names no segments has the root alone", () => {
    const {rows: found} = compare(actuals, given, {...report, segments: []}, {through: "2023-06-10", expectedOf: none});
    expect([...new Set(found.map(({segment}) => segment))]).toEqual(["C"]);
  });

  test("ends with a week, on the last day counted or before it", () => {
    // 20 April 2024 is a Saturday.
    expect(["2024-04-19", "2024-04-20", "2024-04-26", "2024-04-27"].map((day) => to(day).windows.current.to)).toEqual([
      "2024-04-13",
      "2024-04-20",
      "2024-04-20",
      "2024-04-27"
    ]);
    const monday = {...given, calendar: {...given.calendar, week_starts: "monday" as const}};
    const {windows} = compare(actuals, monday, report, {through: "2024-04-20", expectedOf: none});
    expect(windows.current.to).toBe("2024-04-14");
  });

  test("counts every column as a plain look at each row does, on any day", () => {
    const day = fc.integer({min: toDay("2023-01-07"), max: toDay("2024-01-31")}).map(fromDay);
    fc.assert(
      fc.property(day, (through) => {
        const {windows, rows: found} = to(through);
        for (const row of found) {
          const values = [
            row.current_28_days,
            row.previous_28_days,
            row.year_to_date,
            row.last_year,
            row.two_years_before
          ];
          const expected = Object.values(windows).map(({from, to: last}) =>
            counted(row.segment, row.measure, from, last)
          );
          expect(values, `${row.segment} ${row.measure} through ${through}`).toEqual(expected);
          expect([row.reason_code, row.reason]).toEqual([null, null]);
        }
      }),
      {numRuns: 40}
    );
  });

  test("adds up in every column: the city is its bureaus, and these are their Areas", () => {
    // To the end of 2023 all Areas belong to the roster; Dogwood did not exist yet.
    const day = fc.integer({min: toDay("2023-01-07"), max: toDay("2023-12-31")}).map(fromDay);
    const columns = ["current_28_days", "previous_28_days", "year_to_date", "last_year", "two_years_before"] as const;
    fc.assert(
      fc.property(day, fc.constantFrom("robbery", "crime"), fc.constantFrom(...columns), (through, measure, column) => {
        const {rows: found} = to(through);
        const sum = (segments: readonly string[]) =>
          segments.reduce((all, segment) => all + (rowOf(found, segment, measure)[column] ?? Number.NaN), 0);
        expect(sum(["west", "east"])).toBe(sum(["C"]));
        expect(sum(["1", "3", "5"])).toBe(sum(["west"]));
        expect(sum(["2"])).toBe(sum(["east"]));
      }),
      {numRuns: 40}
    );
  });

  test("never has 0 for what is not known, and says why of each empty column", () => {
    const found = to("2024-05-11").rows;
    // Cedar ends on 20 April: the current 28 days of it, of West and of the city are not known; the others are.
    expect(rowOf(found, "3")).toMatchObject({
      current_28_days: null,
      change_28_days: null,
      change_28_days_kind: "not_known",
      previous_28_days: counted("3", "crime", "2024-03-17", "2024-04-13"),
      year_to_date: null,
      last_year: counted("3", "crime", "2023-01-01", "2023-05-11"),
      change_last_year_kind: "not_known",
      reason_code: "not_covered",
      reason:
        "in the current 28 days only 7 of 28 days are covered; in the year to date only 111 of 132 days are covered"
    });
    expect(rowOf(found, "C")).toMatchObject({
      current_28_days: null,
      reason_code: "partition_missing",
      reason: "in the current 28 days and in the year to date only 3 of 4 Areas are covered, Cedar missing"
    });
    expect(rowOf(found, "east").reason_code).toBeNull();
    // Dogwood joined the roster on 1 February 2024, and there is no last year of it.
    expect(rowOf(found, "4")).toMatchObject({
      current_28_days: counted("4", "crime", "2024-04-14", "2024-05-11"),
      year_to_date: null,
      last_year: null,
      reason_code: "not_covered",
      reason:
        "in the year to date Dogwood is in the roster on 101 of 132 days; in the same days of last year and " +
        "in the same days two years before Dogwood is in the roster on 0 of 131 days"
    });
  });

  test("has no percentage across a change of method, whichever side it lies on", () => {
    // The current 28 days lie after 6 March, the previous begin before it.
    const before = rowOf(to("2024-04-06").rows, "C");
    expect([before.change_28_days_kind, before.change_28_days]).toEqual(["series_break", null]);
    expect([before.change_last_year_kind, before.change_two_years_before_kind]).toEqual([
      "series_break",
      "series_break"
    ]);
    expect([before.current_28_days, before.previous_28_days, before.last_year]).not.toContain(null);
    // Four weeks later both lie after it.
    const after = rowOf(to("2024-05-04").rows, "east");
    expect(after.change_28_days_kind).toBe("percent");
    expect(after.change_28_days).toBe((after.current_28_days! - after.previous_28_days!) / after.previous_28_days!);
    // A week that ends before it is all of one method.
    const kinds = to("2024-03-02").rows.map((row) => row.change_last_year_kind);
    expect(kinds).not.toContain("series_break");
  });
});

describe("the trends", () => {
  test("are 24 months, the newest cut to the last day counted and held against the same days", () => {
    const {trends} = to("2023-12-20");
    const city = trends[0]!;
    expect(trends.map(({segment}) => segment)).toEqual(["C", "west", "east", "1", "3", "5", "2"]);
    expect(city).toMatchObject({measure: "crime", title: "Crimes", segment_type: "city", target: null});
    expect(city.months).toHaveLength(24);
    expect([city.months[0]!.month, city.months[23]!.month]).toEqual(["2022-01", "2023-12"]);
    expect(city.months.slice(-2)).toEqual([
      {
        month: "2023-11",
        from: "2023-11-01",
        to: "2023-11-30",
        whole: true,
        value: counted("C", "crime", "2023-11-01", "2023-11-30"),
        last_year: counted("C", "crime", "2022-11-01", "2022-11-30"),
        expected: null,
        series: "ucr"
      },
      {
        month: "2023-12",
        from: "2023-12-01",
        to: "2023-12-20",
        whole: false,
        value: counted("C", "crime", "2023-12-01", "2023-12-20"),
        last_year: counted("C", "crime", "2022-12-01", "2022-12-20"),
        expected: null,
        series: "ucr"
      }
    ]);
    // A month's last year is the month itself a year before.
    expect(city.months.slice(12, 23).map(({last_year}) => last_year)).toEqual(
      city.months.slice(0, 11).map(({value}) => value)
    );
  });

  test("end on the day given, which need be no end of a week", () => {
    const {windows, trends} = to("2023-12-31");
    expect([windows.current.to, trends[0]!.months.at(-1)!.whole]).toEqual(["2023-12-30", true]);
  });

  test("hold a whole February against a whole one, and a cut one against the same days", () => {
    const february = (through: IsoDate) => to(through).trends[0]!.months.find(({month}) => month === "2024-02")!;
    expect(february("2024-02-29")).toMatchObject({to: "2024-02-29", whole: true});
    expect(february("2024-02-29").last_year).toBe(counted("C", "crime", "2023-02-01", "2023-02-28"));
    expect(february("2024-02-28")).toMatchObject({to: "2024-02-28", whole: false});
  });

  test("have no value for a month that is not covered, and no last year of another method", () => {
    const months = to("2024-05-11")
      .trends.find(({segment}) => segment === "3")!
      .months.slice(-4);
    expect(
      months.map(({month, series, value, last_year}) => [month, series, value === null, last_year === null])
    ).toEqual([
      ["2024-02", "ucr", false, false],
      ["2024-03", "ucr+nibrs", false, true],
      ["2024-04", "nibrs", true, true],
      ["2024-05", "nibrs", true, true]
    ]);
  });

  test("say from which day on late reports may still come in, each segment by what is known of it", () => {
    const crimes = {...given.sources.get("crimes")!, mature: {after: 60, late: 0.05}};
    const project = {...given, sources: new Map([["crimes", crimes]])};
    const {trends} = compare(actuals, project, report, {through: "2024-04-20", expectedOf: none});
    const from = (code: string) => trends.find(({segment}) => segment === code)!.provisional_from;
    expect([from("1"), from("3"), from("west")]).toEqual(["2024-04-22", "2024-02-21", "2024-02-21"]);
    expect(to("2024-04-20").trends.every(({provisional_from}) => provisional_from === undefined)).toBe(true);
  });

  test("carry what a target's pace asks of each month's days", () => {
    const asked: string[] = [];
    const {trends} = to("2023-12-20", (measure, {type, code}) => {
      asked.push(`${measure} ${type} ${code}`);
      const over = (from: IsoDate, last: IsoDate) => (from < "2023-07-01" ? null : daysIn(from, last) / 2);
      return code === "C" ? {target: "fewer", over} : null;
    });
    expect(asked).toContain("crime bureau west");
    expect(trends.map(({target}) => target)).toEqual(["fewer", null, null, null, null, null, null]);
    expect(trends[0]!.months.slice(-7).map(({expected}) => expected)).toEqual([null, 15.5, 15.5, 15, 15.5, 15, 10]);
    expect(trends[1]!.months.every(({expected}) => expected === null)).toBe(true);
  });
});
