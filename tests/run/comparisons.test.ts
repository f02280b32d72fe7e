import {cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {gunzipSync} from "node:zlib";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {ComparisonRow, Comparisons} from "../../pipeline/comparisons/contract.ts";
import type {Project} from "../../pipeline/config/project.ts";
import type {Report} from "../../pipeline/config/report.ts";
import {formatPercentChange} from "../../pipeline/format/numbers.ts";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {knowledge} from "../../pipeline/ledger/knowledge.ts";
import {type Answer, answer} from "../../pipeline/run/answer.ts";
import {comparedMeasures, comparisonsOf} from "../../pipeline/run/comparisons.ts";
import {projectPaths} from "../../pipeline/run/paths.ts";
import {reportPeriod} from "../../pipeline/run/report-period.ts";
import {loadFiles, readFolder} from "../support/project-folder.ts";

/** Public extracts that stand beside the repository on some machines; they are not ours to keep. */
const traffic = resolve("../shared/data/lapd_traffic");
const files = existsSync(traffic) ? readdirSync(traffic).filter((name) => name.endsWith(".csv.gz")) : [];

describe.skipIf(files.length === 0)(
  "the meeting's table of every collision (skipped where ../shared/data/lapd_traffic is absent)",
  () => {
    let directory: string;
    let project: Project;
    let report: Report;
    let answered: Answer;
    let comparisons: Comparisons;
    let byArea: ReadonlyMap<string, ReadonlyMap<string, number>>;

    beforeAll(async () => {
      byArea = countLines();
      directory = mkdtempSync(join(tmpdir(), "milepost-compared-"));
      cpSync("tests/projects/lapd-traffic", directory, {recursive: true});
      await loadFiles(
        directory,
        files.map((name) => join(traffic, name))
      );
      project = await readFolder(directory);
      report = project.reports.get("compstat")!;
      const measures = comparedMeasures(report);
      answered = await answer(project, {asOf: null, definitions: "now", through: null, until: "2018-12-29", measures});
      comparisons = comparisonsOf(answered, report, "2018-12-29")!;
    });
    afterAll(() => rmSync(directory, {recursive: true, force: true}));

    const rowOf = (segment: string) => comparisons.rows.find((row) => row.segment === segment)!;
    const figures = (row: ComparisonRow) => [
      row.current_28_days,
      row.previous_28_days,
      row.year_to_date,
      row.last_year,
      row.two_years_before
    ];
    const printed = ({current_28_days, previous_28_days, year_to_date, last_year, two_years_before}: ComparisonRow) => [
      formatPercentChange(current_28_days!, previous_28_days!),
      formatPercentChange(year_to_date!, last_year!),
      formatPercentChange(year_to_date!, two_years_before!)
    ];

    // Counted in the files with zcat and awk, the percentages as fractions of whole numbers in Python.
    test.each([
      ["West LA", "8", [206, 219, 2729, 2761, 2914], ["−5.9%", "−1.2%", "−6.3%"]],
      ["Harbor", "5", [137, 150, 2030, 1995, 2005], ["−8.7%", "+1.8%", "+1.2%"]],
      ["77th Street", "12", [284, 297, 3881, 3937, 3821], ["−4.4%", "−1.4%", "+1.6%"]],
      ["South Bureau", "south", [835, 925, 11_893, 11_787, 11_529], ["−9.7%", "+0.9%", "+3.2%"]],
      ["Los Angeles", "LA", [4133, 4362, 56_785, 57_447, 56_231], ["−5.2%", "−1.2%", "+1.0%"]]
    ])("%s, through 29 December 2018", (name, segment, counts, changes) => {
      const row = rowOf(segment);
      expect([row.segment_name, row.through, row.reason_code]).toEqual([name, "2018-12-29", null]);
      expect(figures(row)).toEqual(counts);
      expect(printed(row)).toEqual(changes);
      expect([row.change_28_days_kind, row.change_last_year_kind, row.change_two_years_before_kind]).toEqual(
        Array(3).fill("percent")
      );
    });

    test("every segment and column agrees with a plain count of the files' lines", () => {
      const total = [...byArea.values()].reduce((sum, days) => sum + [...days.values()].reduce((a, b) => a + b, 0), 0);
      expect(total).toBe(453_817);
      const {windows, rows} = comparisons;
      expect(rows).toHaveLength(26);
      for (const row of rows) {
        const within = areasWithin(project, row);
        const counts = Object.values(windows).map(({from, to}) =>
          [...byArea].reduce((sum, [area, days]) => (within.includes(area) ? sum + between(days, from, to) : sum), 0)
        );
        expect(figures(row), row.segment_name).toEqual(counts);
      }
    });

    test("the order is the city, the bureaus, then the Areas bureau by bureau", () => {
      expect(comparisons.rows.map(({segment}) => segment)).toEqual([
        "LA",
        ...["central", "south", "west", "valley"],
        ...["1", "2", "4", "11", "13"],
        ...["3", "5", "12", "18"],
        ...["6", "7", "8", "14", "20"],
        ...["9", "10", "15", "16", "17", "19", "21"]
      ]);
    });

    test("the trend has last year beside each month, and December cut to the 29th on both sides", () => {
      const city = comparisons.trends[0]!;
      const days = [...byArea.values()];
      const counted = (from: string, to: string) => days.reduce((sum, of) => sum + between(of, from, to), 0);
      expect(city.months.map(({month}) => month)).toHaveLength(24);
      expect(city.months.at(-1)).toMatchObject({
        month: "2018-12",
        to: "2018-12-29",
        whole: false,
        value: counted("2018-12-01", "2018-12-29"),
        last_year: counted("2017-12-01", "2017-12-29")
      });
      expect(city.months[0]).toMatchObject({
        month: "2017-01",
        value: counted("2017-01-01", "2017-01-31"),
        last_year: counted("2016-01-01", "2016-01-31"),
        expected: null
      });
      // 5% fewer than 2017, month by month.
      expect(city.target).toBe("collisions-2018");
      expect(city.months.slice(-2).map(({expected}) => expected)).toEqual([
        (counted("2017-11-01", "2017-11-30") * 95) / 100,
        (counted("2017-12-01", "2017-12-29") * 95) / 100
      ]);
    });

    test("without a period the report takes the 28 days that end with the last week covered in every Area", async () => {
      const known = knowledge(await readLedger(projectPaths(project).warehouse), null);
      // Southeast ends on Tuesday, 15 January 2019.
      expect(reportPeriod(project, report, null, known).name).toBe("28d-2019-01-12");
    });

    test("asked beyond what is covered, the table ends with the last week that is, and the charts with the last day", () => {
      const {windows, trends} = comparisonsOf(answered, report, "2019-01-19")!;
      expect(windows.current.to).toBe("2019-01-12");
      expect(trends[0]!.months.at(-1)).toMatchObject({month: "2019-01", to: "2019-01-15", whole: false});
      expect(trends[0]!.months.at(-1)!.value).not.toBeNull();
    });

    test("a report that compares nothing has none", () => {
      expect(comparisonsOf(answered, {...report, comparisons: [], trends: []}, "2018-12-29")).toBeNull();
    });
  }
);

/** Collisions by Area and day, read without any part of milepost: no cell of these files is quoted. */
function countLines(): Map<string, Map<string, number>> {
  return new Map(
    files.map((file) => {
      const days = new Map<string, number>();
      const [header, ...lines] = gunzipSync(readFileSync(join(traffic, file)))
        .toString("utf8")
        .trimEnd()
        .split("\n");
      const at = header!.split(",").indexOf("Date Occurred");
      for (const line of lines) {
        const [month, day, year] = line.split(",")[at]!.split("/");
        const date = `${year}-${month}-${day}`;
        days.set(date, (days.get(date) ?? 0) + 1);
      }
      return [file.replace(".csv.gz", "").replaceAll("_", " "), days];
    })
  );
}

function between(days: ReadonlyMap<string, number>, from: string, to: string): number {
  return [...days].reduce((sum, [day, count]) => (day >= from && day <= to ? sum + count : sum), 0);
}

/** Names of the Areas of a row's segment, from the roster's file by its columns. */
function areasWithin({directory}: Project, {segment_type, segment}: ComparisonRow): string[] {
  const lines = readFileSync(join(directory, "seeds/segments.csv"), "utf8").trimEnd().split("\n");
  return lines
    .map((line) => line.split(","))
    .filter(([type, code, , , , parent]) => {
      if (type !== "area") return false;
      if (segment_type === "city") return true;
      return segment_type === "bureau" ? parent === segment : code === segment;
    })
    .map(([, , name]) => name!);
}
