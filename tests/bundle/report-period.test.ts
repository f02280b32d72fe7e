import {describe, expect, test} from "vitest";
import {parsePeriod} from "../../pipeline/calendar/period.ts";
import {reportPeriod} from "../../pipeline/run/report-period.ts";
import {bundleRequest} from "./fixture.ts";

const {project, report, knowledge} = bundleRequest();

/** What is known when all three areas, or only those named, are covered on these days. */
const covering = (from: string, to: string, areas: readonly string[] = ["1", "2", "3"]) => ({
  ...knowledge,
  loads: knowledge.loads.map((load) => ({
    ...load,
    covered: areas.map((partition) => ({partition, days: [[from, to] as const]}))
  }))
});

const period = (name: string) => parsePeriod(name, project.calendar)!;

// The targets run from 2023-07-01 to 2024-06-30.
describe("a report without a period takes", () => {
  test.each([
    ["the last whole quarter that is covered to its end", "2022-07-01", "2024-03-31", "2024-Q1"],
    ["the same when the next has begun", "2022-07-01", "2024-06-29", "2024-Q1"],
    ["the last one that a target's period touches", "2022-07-01", "2025-12-31", "2024-Q2"],
    ["the one that holds the last covered day when none is whole", "2024-02-10", "2024-03-15", "2024-Q1"],
    ["that one too when the quarter before lies before every target", "2022-07-01", "2023-09-10", "2023-Q3"]
  ])("%s: covered %s to %s gives %s", (_, from, to, expected) => {
    expect(reportPeriod(project, report, null, covering(from, to)).name).toBe(expected);
  });

  test("what every partition covers, not the first that is ahead", () => {
    const [load] = covering("2022-07-01", "2024-06-30", ["1", "2"]).loads;
    const late = {
      ...load!,
      id: "bbbbbbbbbbbb",
      covered: [{partition: "3", days: [["2022-07-01", "2024-02-29"] as const]}]
    };
    expect(reportPeriod(project, report, null, {...knowledge, loads: [load!, late]}).name).toBe("2023-Q4");
  });
});

describe("a report with a period", () => {
  test("has one name, whatever it is asked by, so that its issues stand in one row", () => {
    expect(reportPeriod(project, report, period("2023-Q4"), knowledge).name).toBe("2023-Q4");
    expect(reportPeriod(project, report, period("FY2024-Q2"), knowledge).name).toBe("2023-Q4");
    expect(reportPeriod(project, report, period("2023-10-01/2023-12-31"), knowledge).name).toBe("2023-Q4");
  });

  test.each([
    ["2024-01", /"quarterly" is made by quarter/],
    ["2023-2024", /"quarterly" is made by quarter/],
    ["2024-Q3", /No day of 2024-Q3 is covered/]
  ])("refuses %s", (name, message) => {
    expect(() => reportPeriod(project, report, period(name), knowledge)).toThrow(message);
  });

  test("refuses when nothing is known", () => {
    expect(() => reportPeriod(project, report, null, {...knowledge, loads: []})).toThrow(/Nothing is loaded yet/);
  });
});
