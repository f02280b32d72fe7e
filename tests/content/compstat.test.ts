import {existsSync, readFileSync} from "node:fs";
import {resolve} from "node:path";
import {beforeAll, describe, expect, test} from "vitest";
import type {Project} from "../../pipeline/config/project.ts";
import {readProject} from "../../pipeline/config/read-project.ts";
import {records} from "../support/csv-records.ts";

let project: Project;

beforeAll(async () => {
  const read = await readProject(resolve("."));
  expect(read.diagnostics).toEqual([]);
  project = read.project!;
});

const violent = ["homicide", "rape", "robbery", "aggravated_assault"];
const property = ["burglary", "vehicle_theft", "theft_from_vehicle", "other_theft"];

/** The codes that a measure counts, by the list that its condition names. */
function codesOf(measure: string): string[] {
  const {where, count, source} = project.measures.get(measure)!;
  expect([source, count, Object.keys(where)]).toEqual(["crime-incidents", "rows", ["crime_code"]]);
  const condition = where.crime_code as {readonly in: string};
  return [...project.codeLists.get(condition.in)!].sort();
}

describe("the categories of the meeting's table", () => {
  test.each([
    ["homicide", "110 113"],
    ["rape", "121 122 815 820 821"],
    ["robbery", "210 220"],
    ["aggravated_assault", "230 231 235 236 250 251 761 926"],
    ["burglary", "310 320"],
    ["vehicle_theft", "433 510 520"],
    ["theft_from_vehicle", "330 331 410 420 421"],
    [
      "other_theft",
      "341 343 345 350 351 352 353 440 441 442 443 444 445 450 451 452 453 470 471 472 473 474 475 480 485 487 491"
    ]
  ])("%s is %s", (measure, codes) => expect(codesOf(measure)).toEqual(codes.split(" ")));

  test("share no code, and make up the violent, the property and all Part I crimes", () => {
    const all = [...violent, ...property].flatMap(codesOf);
    expect(new Set(all).size).toBe(all.length);
    expect(violent.flatMap(codesOf).sort()).toEqual(codesOf("violent_crime"));
    expect(property.flatMap(codesOf).sort()).toEqual(codesOf("property_crime"));
    expect(all.sort()).toEqual(codesOf("part1_crime"));
  });

  test("stand in it with each total under what it totals, for the city, the bureaus and the Areas", () => {
    const {comparisons, trends, segments, period, sections} = project.reports.get("compstat")!;
    expect(comparisons.map(({measure, total}) => (total ? `= ${measure}` : measure))).toEqual([
      ...[...violent, "= violent_crime"],
      ...[...property, "= property_crime"],
      ...["= part1_crime", "collisions"]
    ]);
    expect(trends).toEqual(["violent_crime", "property_crime", "part1_crime", "collisions"]);
    expect([period, segments]).toEqual(["28 days", ["city", "bureau", "area"]]);
    expect(sections).toEqual(["comparisons", "segment-pages", "data-quality", "methods"]);
  });
});

const rollups = resolve("../shared/data/lapd_rollup");

describe.skipIf(!existsSync(rollups))(
  "held against the department's counts by code (skipped where ../shared/data/lapd_rollup is absent)",
  () => {
    const files = ["lapd_crime_2010_2019_rollup.csv", "lapd_crime_2020_2022_rollup.csv"];
    /** Reports by year and code; the column DR_NO of these files is their number. */
    const counts = new Map<string, number>();
    beforeAll(() => {
      for (const file of files) {
        for (const row of records(readFileSync(resolve(rollups, file), "utf8"))) {
          const key = `${row["DATE OCC"]} ${row["Crm Cd"]}`;
          counts.set(key, (counts.get(key) ?? 0) + Number(row.DR_NO));
        }
      }
    });

    test.each([
      ["homicide", 258, 355, 402, 391],
      ["rape", 1828, 1571, 1604, 1550],
      ["robbery", 9635, 8018, 8498, 9117],
      ["aggravated_assault", 17_244, 18_559, 20_072, 20_158],
      ["burglary", 13_666, 13_758, 13_014, 14_960],
      ["vehicle_theft", 15_706, 21_337, 24_335, 25_428],
      ["theft_from_vehicle", 31_102, 27_648, 29_648, 32_351]
    ])("%s: %d in 2019, %d in 2020, %d in 2021, %d in 2022", (measure, ...expected) => {
      const counted = [2019, 2020, 2021, 2022].map((year) =>
        codesOf(measure).reduce((sum, code) => sum + (counts.get(`${year} ${code}`) ?? 0), 0)
      );
      expect(counted).toEqual(expected);
    });
  }
);
