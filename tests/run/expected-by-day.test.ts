import {describe, expect, test} from "vitest";
import {courseOf} from "../../pipeline/attainment/course.ts";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import {parsePeriod} from "../../pipeline/calendar/period.ts";
import {expectedByDay} from "../../pipeline/run/expected-by-day.ts";
import {actualsOf, calendar, type Days, type Given, onDays, projectOf} from "../attainment/given.ts";

const city = {type: "city", code: "1"};
const area = {type: "area", code: "8"};

function answered(given: Given, days: Days, through: string) {
  const [project, actuals] = [projectOf(given), actualsOf(days)];
  return {project, actuals, measured: measureTargets(project, actuals, {as_of: null, through: null, until: through})};
}

// 400 in 2022, of them 31 in January (one a day), 100 in July and the rest on Christmas Eve; the goal is 10% fewer.
const lastYear = (day: string) => (day.startsWith("2022-01") ? 1 : onDays({"2022-07-14": 100, "2022-12-24": 269})(day));
const year: Days = {covered: ["2022-01-01", "2023-08-05"], on: lastYear};

describe("what a target asks of some days", () => {
  const expectedOf = expectedByDay(answered({}, year, "2023-08-05"), "2023-08-05");
  const pace = expectedOf("incidents", city)!;

  test.each([
    ["2023-01-01", "2023-01-31", 27.9],
    ["2023-01-01", "2023-01-01", 0.9],
    ["2023-01-10", "2023-01-19", 9],
    ["2023-02-01", "2023-02-28", 0],
    ["2023-07-01", "2023-07-31", 90],
    ["2023-12-01", "2023-12-31", 242.1],
    ["2023-01-01", "2023-12-31", 360],
    // Out of the target's own year it asks for nothing that is known.
    ["2022-12-01", "2022-12-31", null],
    ["2022-12-31", "2023-01-31", null],
    ["2023-12-01", "2024-01-31", null]
  ])("of %s to %s is %s", (from, to, value) => {
    expect([pace.target, pace.over(from, to)]).toEqual(["incidents-down", value]);
  });

  test("adds up over the months to what the row's own course ends at", () => {
    const answer = answered({}, year, "2023-08-05");
    const {expected} = courseOf(answer.measured[0]!, answer.project, answer.actuals);
    const months = Array.from({length: 12}, (_, index) => `2023-${String(index + 1).padStart(2, "0")}`);
    const sum = months.reduce((all, month) => {
      const {from, to} = parsePeriod(month, calendar)!;
      return all + pace.over(from, to)!;
    }, 0);
    expect(sum).toBeCloseTo(expected.at(-1)!.value, 9);
  });
});

describe("nothing is asked", () => {
  const asked = (given: Given, days: Days, through: string, segment = city, measure = "incidents") =>
    expectedByDay(answered(given, days, through), through)(measure, segment);

  test.each([
    ["of a measure without a target", asked({}, year, "2023-08-05", city, "others")],
    ["of a segment that the target is not shown by", asked({}, year, "2023-08-05", area)],
    ["by a target whose period is over", asked({}, {...year, covered: ["2022-01-01", "2024-02-01"]}, "2024-01-31")],
    ["by a target that is only tracked", asked({target: {goal: {track: true}}}, year, "2023-08-05")],
    ["without a baseline", asked({}, {...year, covered: ["2022-02-01", "2023-08-05"]}, "2023-08-05")],
    [
      "from a baseline of another counting method",
      asked(
        {},
        {
          ...year,
          series: [
            ["ucr", "1000-01-01"],
            ["nibrs", "2023-01-01"]
          ]
        },
        "2023-08-05"
      )
    ]
  ])("%s", (_, pace) => expect(pace).toBeNull());

  test("and of a segment that it is shown by, by that segment's own baseline", () => {
    expect(asked({target: {by_segment: ["area"]}}, year, "2023-08-05", area)?.over("2023-07-01", "2023-07-31")).toBe(
      90
    );
  });
});

test("of two targets it is the first whose period holds the day and whose pace asks for something", () => {
  const {project, actuals} = answered({}, year, "2023-08-05");
  const [only] = project.targets;
  const named = (target: string, changes: object) => ({...only!, target, ...changes});
  const targets = [
    named("watched", {goal: {kind: "track", written: null}, baseline: undefined}),
    named("second-half", {period: parsePeriod("2023-H2", calendar)!}),
    named("whole-year", {})
  ];
  const both = {...project, targets};
  const at = (through: string) => {
    const measured = measureTargets(both, actuals, {as_of: null, through: null, until: through});
    return expectedByDay({project: both, actuals, measured}, through)("incidents", city)?.target;
  };
  expect([at("2023-08-05"), at("2023-05-31")]).toEqual(["second-half", "whole-year"]);
});

test("a level is asked for evenly", () => {
  const expectedOf = expectedByDay(answered({target: {goal: {at_most: 365}}}, year, "2023-08-05"), "2023-08-05");
  expect(expectedOf("incidents", city)!.over("2023-02-01", "2023-02-28")).toBe(28);
});
