import {describe, expect, test} from "vitest";
import type {DayRange} from "../../pipeline/calendar/day-set.ts";
import {parsePeriod} from "../../pipeline/calendar/period.ts";
import type {Report} from "../../pipeline/config/report.ts";
import type {Knowledge} from "../../pipeline/ledger/contract.ts";
import {type Waiting, waitingFor} from "../../pipeline/schedule/readiness.ts";
import {project, source} from "../support/small-project.ts";

function monthly(name: string, more = ""): string {
  return `source: ${name}
title: ${name}
files: ["${name}-*.csv"]
delivery: period
covers: {from: rows}
date: day
freshness: {warn_after: 35 days, error_after: 65 days}
${more}
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
measures:
  ${name}: {title: ${name}, count: rows, nature: outcome, better: lower, unit: ${name}}
`;
}

const small = project([
  source(monthly("incidents")),
  source(monthly("calls")),
  source(monthly("stops", "partition: [area]")),
  source(monthly("levels").replace(/freshness.*\n/, ""))
]);

/** A report that reads the sources named. */
function report(...measures: readonly string[]): Report {
  return {
    report: "r",
    comparisons: measures.map((measure) => ({measure, total: false})),
    trends: []
  } as unknown as Report;
}

/** Knowledge of loads, each `source from..to`, or `source@area from..to`. */
function known(...loads: readonly string[]): Knowledge {
  return {
    loads: loads.map((load, index) => {
      const [, name, partition, from, to] = /^(\w+)(?:@(\w+))? (\S+)\.\.(\S+)$/.exec(load)!;
      const days: DayRange[] = [[from!, to!]];
      return {
        id: String(index),
        source: name,
        sequence: index + 1,
        at: "2024-05-01T00:00:00.000Z",
        extracted: null,
        covered: [{partition: partition ?? null, days}],
        columns: []
      };
    }),
    refusals: [],
    retracted: [],
    as_of: null,
    definitions: null
  } as unknown as Knowledge;
}

function waits(reads: readonly string[], period: string, ...loads: readonly string[]): Waiting | null {
  return waitingFor(small, report(...reads), parsePeriod(period, small.calendar)!, known(...loads));
}

function waiting(reads: readonly string[], period: string, ...loads: readonly string[]): string | null {
  return waits(reads, period, ...loads)?.reason ?? null;
}

describe("a due report", () => {
  test("waits until all that it reads is covered to the period's end", () => {
    const half = ["incidents 2024-01-01..2024-03-31", "calls 2024-01-01..2024-02-29"];
    expect(waiting(["incidents", "calls"], "2024-03", ...half)).toBe(
      "needs extracts through 31 March 2024; calls ends on 29 February 2024"
    );
    expect(waiting(["incidents", "calls"], "2024-02", ...half)).toBeNull();
    expect(waiting(["incidents", "calls"], "2024-04", ...half)).toBe(
      "needs extracts through 30 April 2024; calls ends on 29 February 2024; incidents ends on 31 March 2024"
    );
  });

  test("of many sources it names the first, as those are in the project", () => {
    const six = ["one", "two", "three", "four", "five", "six"];
    const many = project(six.map((name) => source(monthly(name))));
    const waitsFor = (of: number) => {
      const loads = six.slice(0, of).map((name) => `${name} 2024-01-01..2024-02-29`);
      return waitingFor(many, report(...six), parsePeriod("2024-03", many.calendar)!, known(...loads))?.reason;
    };
    const until = "needs extracts through 31 March 2024;";
    expect(waitsFor(3)).toBe(`${until} one, two and three end on 29 February 2024`);
    expect(waitsFor(4)).toBe(`${until} one, two, three and four end on 29 February 2024`);
    expect(waitsFor(5)).toBe(`${until} one, two, three and 2 more end on 29 February 2024`);
    expect(waitsFor(6)).toBe(`${until} one, two, three and 3 more end on 29 February 2024`);
  });

  test("does not wait for a source that it does not read, nor for one of which nothing is loaded", () => {
    const half = ["incidents 2024-01-01..2024-03-31", "calls 2024-01-01..2024-02-29"];
    expect(waiting(["incidents"], "2024-03", ...half)).toBeNull();
    expect(waiting(["incidents", "levels"], "2024-03", ...half)).toBeNull();
  });

  test("waits for a month that was left out although a later one came", () => {
    const gap = ["incidents 2024-01-01..2024-01-31", "incidents 2024-03-01..2024-03-31"];
    expect(waiting(["incidents"], "2024-Q1", ...gap)).toBe(
      "needs extracts through 31 March 2024; incidents has a gap after 31 January 2024"
    );
    expect(waiting(["incidents"], "2024-03", ...gap)).toBeNull();
  });

  test("does not wait for days before a source's first", () => {
    expect(waiting(["incidents"], "2024-Q1", "incidents 2024-02-10..2024-03-31")).toBeNull();
  });

  test("waits where nothing is loaded, or nothing of the period", () => {
    expect(waiting(["incidents"], "2024-01")).toBe("needs extracts: nothing that it reads is loaded yet");
    expect(waiting(["incidents"], "2024-01", "incidents 2024-02-01..2024-02-29")).toBe(
      "needs extracts: no day of 2024-01 is covered"
    );
  });

  test("waits for an Area whose file is missing, and names it", () => {
    const two = ["stops@1 2024-01-01..2024-03-31", "stops@2 2024-01-01..2024-03-31"];
    expect(waiting(["stops"], "2024-03", ...two, "stops@10 2024-01-01..2024-02-29")).toBe(
      "needs extracts through 31 March 2024; stops of Cedar ends on 29 February 2024"
    );
    expect(waiting(["stops"], "2024-03", ...two, "stops@10 2024-01-01..2024-03-31")).toBeNull();
  });
});

describe("what is overdue is waited for no longer", () => {
  const through = (days: string) => ["calls 2024-01-01..2024-01-31", `incidents 2024-01-01..${days}`];

  test("65 days behind the newest source are not yet more than error_after, 66 are", () => {
    expect(waiting(["incidents", "calls"], "2024-02", ...through("2024-04-05"))).toContain("calls ends on");
    expect(waiting(["incidents", "calls"], "2024-02", ...through("2024-04-06"))).toBeNull();
    expect(waiting(["incidents", "calls"], "2024-03", ...through("2024-04-06"))).toBeNull();
  });

  test("nor an Area that has stopped for good, in any later period", () => {
    const two = ["stops@1 2024-01-01..2024-06-30", "stops@2 2024-01-01..2024-06-30"];
    expect(waiting(["stops"], "2024-06", ...two, "stops@10 2024-01-01..2024-01-31")).toBeNull();
  });

  test("but a source without freshness is never overdue", () => {
    expect(
      waiting(["incidents", "levels"], "2024-02", "levels 2024-01-01..2024-01-31", "incidents 2024-01-01..2024-12-31")
    ).toContain("levels ends on");
  });
});

describe("what ends long before the period does may never come", () => {
  test("65 days before its end is not yet more than error_after, 66 are, whatever day it is", () => {
    const both = ["incidents 2024-01-01..2024-01-26", "calls 2024-01-01..2024-01-26"];
    const reads = ["incidents", "calls"];
    expect(waits(reads, "2024-01-01/2024-03-31", ...both)).toEqual({
      reason: "needs extracts through 31 March 2024; incidents and calls end on 26 January 2024",
      overdue: false
    });
    expect(waits(reads, "2024-01-01/2024-04-01", ...both)?.overdue).toBe(true);
  });

  test("but nothing says so of a source without freshness", () => {
    expect(waits(["levels"], "2024-12", "levels 2024-01-01..2024-01-31")?.overdue).toBe(false);
  });
});
