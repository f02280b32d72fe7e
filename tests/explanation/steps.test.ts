import fc from "fast-check";
import {expect, test} from "vitest";
import type {Actuals} from "../../pipeline/actuals/contract.ts";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import type {Project} from "../../pipeline/config/project.ts";
import {stepsOf} from "../../pipeline/explanation/steps.ts";
import {actualsOf, onDays, projectOf} from "../attainment/given.ts";

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

test("a figure that is not known has no calculation", () => {
  const actuals = actualsOf({covered: ["2023-02-01", "2023-06-30"], on: () => 1});
  const steps = stepsOfFirst(projectOf({}), actuals);
  expect(steps.every(({value, calculation}) => value === null && calculation === null)).toBe(true);
});
