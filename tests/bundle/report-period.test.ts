import {describe, expect, test} from "vitest";
import {parsePeriod} from "../../pipeline/calendar/period.ts";
import type {RunFailure} from "../../pipeline/diagnostics/failure.ts";
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
    ["2024-Q3", /No day of 2024-Q3 is covered/],
    ["2021-Q4", /No day of 2021-Q4 is covered/]
  ])("refuses %s", (name, message) => {
    expect(() => reportPeriod(project, report, period(name), knowledge)).toThrow(message);
  });

  test.each([
    // In the report's own kind where that is covered, else the one it would be made of.
    ["2023-11", "such as 2023-Q4"],
    ["2019-11", "such as 2024-Q1"],
    ["2031", "such as 2024-Q1"],
    ["2024-Q3", "such as --period 2024-Q1"],
    ["2019-Q1", "such as --period 2024-Q1"]
  ])("asked for %s suggests one that is covered: %s", (name, said) => {
    const known = covering("2022-07-01", "2024-03-31");
    try {
      reportPeriod(project, report, period(name), known);
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify((error as RunFailure).diagnostics)).toContain(said);
    }
  });

  test("refuses when nothing is known", () => {
    expect(() => reportPeriod(project, report, null, {...knowledge, loads: []})).toThrow(/Nothing is loaded yet/);
  });
});

describe("a report of 28 days", () => {
  const compstat = {...report, report: "compstat", period: "28 days" as const};
  const weekly = {...report, report: "weekly", period: "week" as const};

  test.each([
    // 2024-03-30 and 2024-03-23 are Saturdays; weeks start on Sunday.
    ["the 28 days that end with the last week covered", "2022-07-01", "2024-03-31", "28d-2024-03-30"],
    ["the same when that day ends the week", "2022-07-01", "2024-03-30", "28d-2024-03-30"],
    ["a week earlier when a day of it is missing, not 28 days", "2022-07-01", "2024-03-29", "28d-2024-03-23"],
    ["what is covered, whatever the periods of the targets", "2022-07-01", "2025-12-31", "28d-2025-12-27"],
    ["28 days of which not all are covered", "2024-03-10", "2024-03-20", "28d-2024-03-16"],
    ["those of the first week when no week has ended", "2024-03-11", "2024-03-14", "28d-2024-03-16"]
  ])("takes %s: covered %s to %s gives %s", (_, from, to, expected) => {
    expect(reportPeriod(project, compstat, null, covering(from, to)).name).toBe(expected);
  });

  test("a weekly one takes the last whole week in the same way", () => {
    expect(reportPeriod(project, weekly, null, covering("2022-07-01", "2024-03-31")).name).toBe("2024-W13");
    expect(reportPeriod(project, weekly, null, covering("2022-07-01", "2025-12-31")).name).toBe("2025-W52");
  });

  test("begins as many periods as there are weeks: one asked for must end with one", () => {
    const known = covering("2022-07-01", "2024-03-31");
    for (const name of ["28d-2024-03-23", "28d-2024-03-30", "2024-02-25/2024-03-23"]) {
      const {to} = period(name);
      expect(reportPeriod(project, compstat, period(name), known).name).toBe(`28d-${to}`);
    }
    const refused = (name: string) => () => reportPeriod(project, compstat, period(name), known);
    expect(refused("28d-2024-03-28")).toThrow(
      'The report "compstat" is made by runs of 28 days that end with a week, and 28d-2024-03-28 is none'
    );
    expect(refused("2024-02")).toThrow(/is made by runs of 28 days that end with a week, and 2024-02 is none/);
    expect(refused("28d-2024-05-04")).toThrow(/No day of 28d-2024-05-04 is covered/);
  });

  describe("waits for no source that is overdue", () => {
    const [incidents] = project.sources.values();
    const withFreshness = (error_after: number | null) => {
      const freshness = error_after === null ? {} : {freshness: {warn_after: 1, error_after}};
      const sources = ["incidents", "collisions"].map(
        (name) => [name, {...incidents!, source: name, ...freshness}] as const
      );
      return {...project, sources: new Map(sources)};
    };
    /** Incidents to 31 March; collisions to the day given in each of the areas, "-" where nothing was loaded. */
    const collisionsTo = (...days: readonly string[]) => {
      const all = covering("2022-07-01", "2024-03-31").loads[0]!;
      const covered = days.flatMap((to, index) =>
        to === "-" ? [] : [{partition: String(index + 1), days: [["2022-07-01", to] as const]}]
      );
      const loads = covered.length === 0 ? [all] : [all, {...all, id: "bbbbbbbbbbbb", source: "collisions", covered}];
      return {...knowledge, loads};
    };
    const late = (to: string) => collisionsTo(to, to, to);

    test.each([
      ["one that is behind, but in time", late("2024-03-02"), "28d-2024-03-02"],
      ["one that is as late as it may be", late("2024-02-25"), "28d-2024-02-24"],
      ["one a day later than that", late("2024-02-24"), "28d-2024-03-30"],
      ["one of which nothing is loaded", collisionsTo("-", "-", "-"), "28d-2024-03-30"],
      [
        "one of which a single area is overdue",
        collisionsTo("2024-03-22", "2023-06-30", "2024-03-20"),
        "28d-2024-03-16"
      ],
      ["one of which a single area was never loaded", collisionsTo("2024-03-22", "-", "2024-03-20"), "28d-2024-03-16"]
    ])("%s", (_, known, expected) => {
      expect(reportPeriod(withFreshness(35), compstat, null, known).name).toBe(expected);
    });

    test("but for one that declares no freshness", () => {
      expect(reportPeriod(withFreshness(null), compstat, null, late("2023-06-30")).name).toBe("28d-2023-06-24");
    });

    test("nor for a source that the report is not kept to", () => {
      const kept = {...report, sources: ["incidents"]};
      expect(reportPeriod(withFreshness(null), kept, null, late("2023-06-30")).name).toBe("2024-Q1");
      expect(reportPeriod(withFreshness(null), report, null, late("2023-06-30")).name).toBe("2023-Q2");
    });

    test("nor does a quarterly report, but it waits for one that is behind and in time, or declares no freshness", () => {
      const quarter = (freshness: number | null, to: string) =>
        reportPeriod(withFreshness(freshness), report, null, late(to)).name;
      expect(quarter(35, "2023-12-31")).toBe("2024-Q1");
      expect(quarter(35, "2024-03-02")).toBe("2023-Q4");
      expect(quarter(null, "2023-12-31")).toBe("2023-Q4");
    });
  });
});
