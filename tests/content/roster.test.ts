import {existsSync, readFileSync} from "node:fs";
import {resolve} from "node:path";
import {parse} from "csv-parse/sync";
import {describe, expect, test} from "vitest";
import {daysIn} from "../../pipeline/calendar/iso-date.ts";
import {readRoster} from "../../pipeline/config/read-roster.ts";
import {findSegment, leavesBelow, type Roster, segmentsOfType} from "../../pipeline/config/roster.ts";

const {roster: read} = readRoster({path: "seeds/segments.csv", contents: readFileSync("seeds/segments.csv")});
const roster = read as Roster;
const readme = readFileSync("seeds/README.md", "utf8");

describe("seeds/segments.csv", () => {
  test("every type stands with its source in seeds/README.md", () => {
    const table = readme.slice(readme.indexOf("| type | | source |"), readme.indexOf("How it is to be read"));
    for (const type of roster.types) expect(table, type).toContain(`\`${type}\``);
  });

  test("each Area has the division of its number below it; the others lie below a bureau or the city", () => {
    const divisions = segmentsOfType(roster, "division");
    expect(divisions).toHaveLength(39);
    for (const {code} of segmentsOfType(roster, "area")) {
      expect(leavesBelow(roster, {type: "area", code}, "division").map((division) => division.code)).toEqual([code]);
    }
    const elsewhere = divisions.filter(({parent}) => parent?.type !== "area");
    expect(elsewhere.filter(({parent}) => parent?.type === "bureau")).toHaveLength(4);
    expect(elsewhere).toHaveLength(18);
  });

  test("there are the ten sites that the city's budget names", () => {
    expect(segmentsOfType(roster, "csp_site").map(({name}) => name)).toEqual([
      "Avalon Gardens",
      "Gonzaque Village",
      "Harvard Park",
      "Imperial Courts",
      "Jordan Downs",
      "Nickerson Gardens",
      "Pueblo del Rio",
      "Ramona Gardens",
      "San Fernando Gardens",
      "South Park"
    ]);
  });

  test("classes are named synthetic, and last 24 weeks", () => {
    for (const {name, valid_from, valid_to} of segmentsOfType(roster, "recruit_class")) {
      expect(name).toMatch(/^Synthetic class of /);
      expect(Math.ceil(daysIn(valid_from!, valid_to!) / 7)).toBe(24);
    }
  });

  test("a line that was closed is there until its last day, and one by its colour", () => {
    expect(findSegment(roster, {type: "metro_line", code: "L"})?.valid_to).toBe("2023-06-15");
    expect(segmentsOfType(roster, "metro_line").find(({aliases}) => aliases.includes("Red Line"))?.code).toBe("B");
  });
});

describe("seeds/README.md", () => {
  test("says of every code list where it is from", () => {
    const records = parse(readFileSync("seeds/code-lists.csv", "utf8"), {from: 2}) as string[][];
    const lists = new Set(records.map(([list]) => list!));
    expect([...lists].filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});

const districts = resolve("../shared/data/reference/LAPD_Reporting_District.csv");

test.skipIf(!existsSync(districts))(
  "Areas and bureaus are those of the reporting districts (skipped where absent)",
  () => {
    const rows = parse<Record<string, string>>(readFileSync(districts), {columns: true, bom: true});
    const named = new Set(rows.map(({PREC, BUREAU}) => `${PREC} ${BUREAU!.replace(/ BUREAU$/, "").toLowerCase()}`));
    const ours = segmentsOfType(roster, "area").map(({code, parent}) => `${code} ${parent?.code}`);
    expect([...named].sort()).toEqual([...ours].sort());
  }
);
