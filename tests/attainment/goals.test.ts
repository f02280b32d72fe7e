import {describe, expect, test} from "vitest";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import {toNumber} from "../../pipeline/statistics/exact.ts";
import {actualsBy, actualsOf, type Days, type Given, onDays, projectOf, shareOf} from "./given.ts";

const year = {covered: ["2022-01-01", "2023-12-31"] as const};

/** Of a year: what is to be met, and whether it is. */
function asked(goal: object, before: number, now: number) {
  const baseline = "change" in goal ? {baseline: {period: "previous"}} : {};
  const days: Days = {...year, on: onDays({"2022-01-01": before, "2023-01-01": now})};
  const {row, holds} = measureTargets(projectOf({target: {goal, ...baseline}}), actualsOf(days), {
    as_of: null,
    through: null
  })[0]!;
  return [row.target_value, holds];
}

test.each([
  // goal, before, now, target value, met
  [{change: "-10%"}, 100, 90, 90, true],
  [{change: "+10%"}, 100, 110, 110, true],
  [{change: "-12 incidents"}, 70, 58, 58, true],
  [{change: "-12 incidents"}, 70, 59, 58, false],
  [{change: "+5 incidents"}, 0, 5, 5, true],
  [{change: "+5 incidents"}, 0, 4, 5, false],
  [{change: "x2"}, 60, 120, 120, true],
  [{change: "x2"}, 60, 119, 120, false],
  [{change: "x0.5"}, 61, 30, 30.5, true],
  [{change: "x0.5"}, 61, 31, 30.5, false],
  [{change: "x2"}, 0, 5, 0, null],
  [{change: "increase"}, 60, 61, 60, true],
  [{change: "increase"}, 60, 60, 60, false],
  [{change: "increase"}, 0, 1, 0, true],
  [{change: "decrease"}, 60, 59, 60, true],
  [{change: "decrease"}, 60, 60, 60, false],
  [{at_least: 4}, 0, 4, 4, true],
  [{above: 4}, 0, 4, 4, false],
  [{above: 4}, 0, 5, 4, true],
  [{at_most: 4}, 0, 4, 4, true],
  [{below: 4}, 0, 4, 4, false],
  [{below: 4}, 0, 3, 4, true],
  [{at_most: 0}, 0, 0, 0, true],
  [{at_most: 0}, 0, 1, 0, false],
  [{exactly: 4}, 0, 4, 4, true],
  [{exactly: 4}, 0, 5, 4, false],
  [{between: [4, 6]}, 0, 4, 4, true],
  [{between: [4, 6]}, 0, 6, 6, true],
  [{between: [4, 6]}, 0, 3, 4, false],
  [{between: [4, 6]}, 0, 7, 6, false],
  [{track: true}, 0, 7, null, null],
  [{to_be_set: true}, 0, 7, null, null]
])("%j, before %d, now %d: %d is to be met, holds %s", (goal, before, now, target, holds) => {
  expect(asked(goal, before, now)).toEqual([target, holds]);
});

describe("shares are held against their goal as whole-number quotients", () => {
  const held = (goal: object, before: [number, number], now: [number, number]) => {
    const given: Given = {
      measure: {share: {where: {kind: "a"}}, unit: "share"},
      target: {goal, ...("change" in goal ? {baseline: {period: "previous"}} : {})}
    };
    const shares = actualsBy(year, (from) => shareOf(...(from < "2023" ? before : now)));
    return measureTargets(projectOf(given), shares, {as_of: null, through: null})[0]!;
  };

  test.each([
    [{at_least: "85%"}, [849, 1000], false],
    [{at_least: "85%"}, [850, 1000], true],
    // 17 / 20 is not 0.85 in doubles' sums of products, and neither is 0.3 of 10.
    [{at_least: "85%"}, [17, 20], true],
    [{at_least: "30%"}, [3, 10], true],
    [{below: "4.1%"}, [41, 1000], false],
    [{below: "4.1%"}, [409, 10000], true],
    [{at_least: "33.3%"}, [1, 3], true],
    [{at_least: "33.34%"}, [1, 3], false],
    [{at_least: "100%"}, [212, 212], true]
  ] as const)("%j with %j: %s", (goal, now, holds) => {
    expect(held(goal, [1, 2], [...now]).holds).toBe(holds);
  });

  test.each([
    // 3 points on 45.3% are 48.3%, 3 percent of it are 46.659%
    [{change: "+3 points"}, [482, 1000], 0.483, false],
    [{change: "+3 points"}, [483, 1000], 0.483, true],
    [{change: "+3%"}, [466, 1000], 0.46659, false],
    [{change: "+3%"}, [467, 1000], 0.46659, true],
    [{change: "increase"}, [453, 1000], 0.453, false]
  ] as const)("%j from 453 of 1,000 with %j", (goal, now, target, holds) => {
    const {row, holds: found, expected_between} = held(goal, [453, 1000], [...now]);
    expect([row.target_value, found, expected_between]).toEqual([target, holds, null]);
    expect([row.numerator, row.denominator]).toEqual([...now]);
  });

  test("late reports may all be of its kind, or none: the verdict stands only where it does for both", () => {
    const raised = (numerator: number, share: number) =>
      held({at_least: "50%"}, [1, 2], [numerator, 100]).holdsIfRaisedBy(share);
    // 55 of 100 and 10 more: 55 of 110 at worst, which is enough; 54 are not.
    expect([raised(55, 0.1), raised(54, 0.1), raised(46, 0.1), raised(44, 0.1)]).toEqual([true, null, null, false]);
  });
});

test("undecided cases may turn a verdict where all or none of them would", () => {
  const given: Given = {
    measure: {share: {within: "90 days", from: "occurred_on", to: "ended_on"}, unit: "share"},
    target: {goal: {at_least: "50%"}}
  };
  const turn = (numerator: number, denominator: number, undecided: number) => {
    const cases = actualsBy(year, () => shareOf(numerator, denominator, undecided));
    const one = measureTargets(projectOf(given), cases, {as_of: null, through: null})[0]!;
    return [one.holds, one.undecided_may_turn];
  };
  expect(turn(50, 100, 0)).toEqual([true, false]);
  expect(turn(50, 100, 1)).toEqual([true, true]);
  expect(turn(60, 100, 20)).toEqual([true, false]);
  expect(turn(60, 100, 21)).toEqual([true, true]);
  expect(turn(40, 100, 20)).toEqual([false, true]);
  expect(turn(40, 100, 19)).toEqual([false, false]);
});

test("a goal that has two levels expects both of their paces", () => {
  const days: Days = {covered: ["2023-01-01", "2023-03-14"], on: onDays({"2023-01-01": 4})};
  const at = (goal: object) =>
    measureTargets(projectOf({target: {goal}}), actualsOf(days), {as_of: null, through: null})[0]!;
  const {low, high} = at({between: [10, 20]}).expected_between!;
  // 73 of 365 days
  expect([toNumber(low), toNumber(high)]).toEqual([2, 4]);
  expect(at({between: [10, 20]}).row).toMatchObject({target_value: 10, expected_to_date: 2, attainment_ratio: null});
  expect(at({exactly: 10}).row).toMatchObject({target_value: 10, expected_to_date: 2, attainment_ratio: null});
});
