import fc from "fast-check";
import {describe, expect, test} from "vitest";
import type {Actuals} from "../../pipeline/actuals/contract.ts";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import type {Project} from "../../pipeline/config/project.ts";
import {stepsOf} from "../../pipeline/explanation/steps.ts";
import {baselineWords, goalWords, paceWords} from "../../pipeline/explanation/words.ts";
import {actualsBy, actualsOf, type Given, onDays, projectOf, shareOf} from "../attainment/given.ts";

function stepsFor(goal: object, before: number, now: number, more: object = {baseline: {period: "previous"}}) {
  const target = "change" in goal ? {goal, ...more} : {goal};
  const actuals = actualsOf({
    covered: ["2022-01-01", "2023-06-30"],
    on: onDays({"2022-02-02": before, "2022-12-31": 7, "2023-02-02": now})
  });
  return stepsOfFirst(projectOf({target}), actuals);
}

function stepsOfFirst(project: Project, actuals: Actuals) {
  return stepsOf(measureTargets(project, actuals, {as_of: null, through: null})[0]!, project.targets[0]!);
}

/** Does a printed calculation again, as a reader with a pocket calculator would. */
function recalculate(printed: string): number {
  const expression = printed.replaceAll(",", "").replaceAll("−", "-").replaceAll(" x ", " * ");
  expect(expression).toMatch(/^[-+*/(). \d]+$/);
  return Number(new Function(`return ${expression}`)());
}

test("the steps of a change, in the order in which they are calculated", () => {
  expect(stepsFor({change: "-10%"}, 93, 90).map(({figure, calculation}) => `${figure}: ${calculation}`)).toEqual([
    "actual_value: null",
    "baseline_value: null",
    "baseline_to_date: null",
    "target_value: 100 x (100 - 10) / 100",
    "expected_to_date: 93 x 90 / 100",
    "change_to_date: 90 / 93 - 1",
    "progress_share: (90 - 93) / (83.7 - 93)",
    "gap: 90 - 83.7"
  ]);
});

test("the steps of a level, of a stated baseline, of a tracked measure", () => {
  const figures = (goal: object, more?: object) => stepsFor(goal, 10, 5, more).map(({figure}) => figure);
  expect(figures({at_least: 9})).toEqual([
    "actual_value",
    "target_value",
    "expected_to_date",
    "gap",
    "attainment_ratio"
  ]);
  expect(figures({track: true})).toEqual(["actual_value"]);
  expect(figures({change: "-10%"}, {baseline: {value: 30, cite: "annual report"}})).toEqual([
    "actual_value",
    "baseline_value",
    "target_value",
    "expected_to_date",
    "gap"
  ]);
});

test("the ratio stands the way its goal wants it", () => {
  const ratio = (goal: object) => stepsFor(goal, 0, 5).at(-1)!.formula;
  expect(ratio({at_least: 9})).toBe("actual_value / expected_to_date");
  expect(ratio({at_most: 9})).toBe("expected_to_date / actual_value");
});

test("every printed calculation gives the figure that is printed beside it", () => {
  const goals = fc.oneof(
    fc.tuple(fc.constantFrom("-", "+"), fc.integer({min: 1, max: 99})).map(([sign, p]) => ({change: `${sign}${p}%`})),
    fc.integer({min: 1, max: 5000}).map((at_least) => ({at_least})),
    fc.integer({min: 1, max: 5000}).map((below) => ({below}))
  );
  fc.assert(
    fc.property(goals, fc.integer({min: 1, max: 3000}), fc.integer({min: 1, max: 3000}), (goal, before, now) => {
      for (const {calculation, value} of stepsFor(goal, before, now)) {
        if (calculation === null || value === null) continue;
        // Printed figures have six decimals, so a quotient of small differences is right to a few parts in ten thousand.
        const tolerance = Math.max(1e-5, Math.abs(value) * 1e-3);
        expect(Math.abs(recalculate(calculation) - value)).toBeLessThan(tolerance);
      }
    })
  );
});

describe("goals, baselines and paces of every kind", () => {
  const explained = (given: Given, actuals: Actuals, through: string) => {
    const project = projectOf(given);
    const measured = measureTargets(project, actuals, {as_of: null, through})[0]!;
    const target = project.targets[0]!;
    return {
      steps: stepsOf(measured, target).map(({figure, formula, calculation}) => `${figure}: ${formula}; ${calculation}`),
      goal: goalWords(target, measured),
      baseline: baselineWords(target, measured),
      pace: paceWords(measured)
    };
  };
  const counted = actualsOf({
    covered: ["2020-01-01", "2023-12-31"],
    on: onDays({"2021-03-01": 200, "2022-03-01": 60, "2023-02-01": 50})
  });

  test.each([
    ["+3 points", "target_value: baseline_value + 3 / 100; 60 + 3 / 100", "a rise of 3 points or more"],
    ["-12 incidents", "target_value: baseline_value - 12; 60 - 12", "a fall of 12 incidents or more"],
    ["x2", "target_value: baseline_value x 2; 60 x 2", "2 times the baseline, or more"],
    ["decrease", "target_value: the baseline_value, less is needed; null", "less than the baseline"]
  ])("%s", (change, step, words) => {
    const {steps, goal} = explained({target: {goal: {change}, baseline: {period: "previous"}}}, counted, "2023-06-30");
    expect([steps.find((one) => one.startsWith("target_value")), goal]).toEqual([step, words]);
  });

  test("chains say what they follow on", () => {
    const before = [{target: "first", goal: {change: "-5%"}, baseline: {period: "previous"}, period: "2022"}];
    const chain = (kind: string) =>
      explained(
        {before, target: {goal: {change: "-5%"}, baseline: {target: "first", chain: kind}}},
        counted,
        "2023-12-31"
      );
    expect(chain("compound").steps.slice(1, 4)).toEqual([
      "baseline_value: target_value of first; null",
      "baseline_to_date: the baseline of first to the same day, raised or lowered as its goal asks; null",
      "target_value: baseline_value x (100 - 5) / 100; 190 x (100 - 5) / 100"
    ]);
    expect(chain("compound").baseline).toBe("the target value of first: 1 January 2021 to 31 December 2021");
    expect(chain("additive").steps[3]).toBe("target_value: baseline_value x (100 - 10) / 100; 200 x (100 - 10) / 100");
    expect(chain("actual").baseline).toBe(
      "what was reached in the period of first: 1 January 2022 to 31 December 2022"
    );
  });

  test("a mean of years names them, a fixed baseline its day", () => {
    const mean = explained({target: {goal: {change: "-5%"}, baseline: {mean_of: "2 years"}}}, counted, "2023-12-31");
    expect(mean.baseline).toBe(
      "mean of the 2 years before: 1 January 2022 to 31 December 2022; 1 January 2021 to 31 December 2021"
    );
    const baseline = {period: "previous", fixed_at: "2023-01-31"};
    expect(explained({target: {goal: {change: "-5%"}, baseline}}, counted, "2023-12-31").baseline).toBe(
      "the same period a year earlier: 1 January 2022 to 31 December 2022, as known on 31 January 2023"
    );
  });

  test("steps are rounded, a line starts somewhere, a share is a quotient and holds throughout", () => {
    const output = explained({nature: "output", target: {goal: {at_least: 4}}}, counted, "2023-10-01");
    expect(output.steps).toContain(
      "expected_to_date: target_value x days counted / days of the period, rounded down; 4 x 274 / 365, rounded down"
    );
    expect(output.pace).toBe("step: evenly by day, in whole units");
    const stock = actualsBy({covered: ["2022-01-01", "2023-12-31"]}, () => 10);
    const line = explained(
      {measure: {latest: "rows", unit: "sites"}, target: {goal: {at_least: 14}, by: "2023-12-31"}},
      stock,
      "2023-06-30"
    );
    expect(line.steps).toEqual([
      "actual_value: as it stood on 30 June 2023; null",
      "target_value: the level; null",
      "expected_to_date: a straight line from the value on 31 December 2022 to the target_value on 31 December 2023; 10 + (14 - 10) x 181 / 365",
      "gap: actual_value - expected_to_date; 10 - 11.983562",
      "attainment_ratio: actual_value / expected_to_date; 10 / 11.983562"
    ]);
    expect(line.goal).toBe("at least 14, by 31 December 2023");
    const share = explained(
      {measure: {share: {where: {kind: "a"}}, unit: "share"}, target: {goal: {between: ["10%", "20%"]}}},
      actualsBy({covered: ["2022-01-01", "2023-12-31"]}, () => shareOf(1, 8)),
      "2023-06-30"
    );
    expect(share.steps.slice(0, 3)).toEqual([
      "actual_value: numerator / denominator, counted over 1 January 2023 to 30 June 2023; 1 / 8",
      "target_value: the nearer of 10% and 20%; null",
      "expected_to_date: the target_value, throughout; null"
    ]);
  });

  test("a goal that was revised says since when, why and by whom", () => {
    const revisions = [
      {from: "2023-07-01", goal: {at_least: 50}, reason: "funding was cut", approved_by: "Chief of Staff"}
    ];
    const given: Given = {target: {goal: {at_least: 100}, revisions}};
    expect(explained(given, counted, "2023-12-31").goal).toBe(
      "at least 50; since 1 July 2023 (funding was cut; approved by Chief of Staff), before that at least 100"
    );
    expect(explained(given, counted, "2023-06-30").goal).toBe("at least 100");
  });
});

test("a figure that is not known has no calculation", () => {
  const actuals = actualsOf({covered: ["2023-02-01", "2023-06-30"], on: () => 1});
  const steps = stepsOfFirst(projectOf({}), actuals);
  expect(steps.every(({value, calculation}) => value === null && calculation === null)).toBe(true);
});
