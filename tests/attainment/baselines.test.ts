import {describe, expect, test} from "vitest";
import type {Actuals} from "../../pipeline/actuals/contract.ts";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import {actualsBy, actualsOf, type Days, type Given, onDays, projectOf, shareOf} from "./given.ts";

function measured(given: Given, actuals: Actuals, more: {through?: string; knownOn?: (day: string) => Actuals} = {}) {
  return measureTargets(projectOf(given), actuals, {as_of: null, through: null, ...more})[0]!;
}

/** 100 in 2020, 110 in 2021, 120 in 2022, a half of each by 30 June; 50 so far in 2023. */
const growing: Days = {
  covered: ["2020-01-01", "2023-06-30"],
  on: onDays({
    "2020-03-01": 50,
    "2020-09-01": 50,
    "2021-03-01": 55,
    "2021-09-01": 55,
    "2022-03-01": 60,
    "2022-09-01": 60,
    "2023-03-01": 50
  })
};

describe("the mean of the years before", () => {
  const given: Given = {target: {goal: {change: "-10%"}, baseline: {mean_of: "3 years"}}};

  test("over the same period, and over the same days of each", () => {
    const {row, baseline, baseline_windows} = measured(given, actualsOf(growing));
    expect(row).toMatchObject({baseline_value: 110, baseline_to_date: 55, target_value: 99, expected_to_date: 49.5});
    expect(baseline).toBeNull();
    expect(baseline_windows.map(({from, counted_to}) => [from, counted_to])).toEqual([
      ["2022-01-01", "2022-06-30"],
      ["2021-01-01", "2021-06-30"],
      ["2020-01-01", "2020-06-30"]
    ]);
  });

  test("a mean that is no whole number stays exact: a third of 331 less 10% is 99.3", () => {
    const on = onDays({"2020-03-01": 110, "2021-03-01": 110, "2022-03-01": 111, "2023-03-01": 99});
    const {row, holds} = measured(given, actualsOf({covered: ["2020-01-01", "2023-12-31"], on}));
    expect(row.baseline_value).toBe(331 / 3);
    expect(row.target_value).toBe(99.3);
    expect(holds).toBe(true);
  });

  test("is not known unless each of them is", () => {
    const {row, null_detail} = measured(given, actualsOf({...growing, covered: ["2020-07-01", "2023-06-30"]}));
    expect(row).toMatchObject({baseline_value: null, target_value: null, reason_code: "baseline_not_covered"});
    expect(null_detail).toBe("184 of 366 days");
  });
});

describe("a goal that follows on an earlier target", () => {
  const earlier = {
    target: "first-year",
    goal: {change: "-5%"},
    baseline: {period: "previous"},
    period: "2022"
  };
  /** 200 in 2021, the baseline of the earlier target, 100 of them by 30 June; 195 in 2022; now in 2023. */
  const reached = (now: number): Days => ({
    covered: ["2021-01-01", "2023-12-31"],
    on: onDays({"2021-03-01": 100, "2021-09-01": 100, "2022-03-01": 195, "2023-03-01": now})
  });
  const following = (chain: string, goal: object = {change: "-5%"}, before: object = earlier): Given => ({
    target: {goal, baseline: {target: "first-year", chain}},
    before: [before as Record<string, unknown>]
  });
  const brief = (given: Given, now: number) => {
    const {row, holds} = measured(given, actualsOf(reached(now)));
    return [row.baseline_value, row.target_value, holds];
  };

  test.each([
    // 200 x 0.95 x 0.95 = 180.5; 200 x 0.90 = 180; 195 x 0.95 = 185.25
    ["compound", 190, 180.5],
    ["additive", 200, 180],
    ["actual", 195, 185.25]
  ])("%s: held against %d, %d is to be met", (chain, baseline, target) => {
    expect(brief(following(chain), 180)).toEqual([baseline, target, true]);
    expect(brief(following(chain), 186)).toEqual([baseline, target, false]);
  });

  test("the readings give different verdicts on one number", () => {
    const verdicts = ["compound", "additive", "actual"].map((chain) =>
      [180.5, 185].map((now) => brief(following(chain), now)[2])
    );
    expect(verdicts).toEqual([
      [true, false],
      [false, false],
      [true, true]
    ]);
  });

  test("to date: the course of the first baseline, lowered as the earlier goal asks", () => {
    const until = {through: "2023-06-30"};
    const compound = measured(following("compound"), actualsOf(reached(90)), until);
    expect(compound.row).toMatchObject({baseline_to_date: 95, expected_to_date: 90.25});
    expect(measured(following("additive"), actualsOf(reached(90)), until).row).toMatchObject({
      baseline_to_date: 100,
      expected_to_date: 90
    });
  });

  test("an additive change is told with the one before it, since both are of one baseline", () => {
    expect(measured(following("additive"), actualsOf(reached(180))).goal_value).toBe("-10%");
    expect(measured(following("compound"), actualsOf(reached(180))).goal_value).toBe("-5%");
    expect(measured(following("additive", {change: "-5 incidents"}), actualsOf(reached(180))).goal_value).toBeNull();
    expect(brief(following("additive", {change: "-5 incidents"}), 185)).toEqual([200, 185, true]);
  });

  test("a chain of chains", () => {
    const second = {
      ...earlier,
      target: "second-year",
      period: "2022",
      baseline: {target: "first-year", chain: "additive"}
    };
    const given: Given = {
      target: {goal: {change: "-5%"}, baseline: {target: "second-year", chain: "additive"}},
      before: [second, {...earlier, period: "2021"}]
    };
    const days: Days = {covered: ["2020-01-01", "2023-12-31"], on: onDays({"2020-03-01": 200, "2023-03-01": 170})};
    const {row, holds, goal_value} = measured(given, actualsOf(days));
    expect([row.baseline_value, row.target_value, holds, goal_value]).toEqual([200, 170, true, "-15%"]);
  });

  test("after a level the level is what is held against, evenly over the period", () => {
    const level = {target: "first-year", goal: {at_most: 200}, period: "2022"};
    const {row, pace, pace_fell_back} = measured(
      following("compound", {change: "-5%"}, level),
      actualsOf(reached(90)),
      {
        through: "2023-03-14"
      }
    );
    expect(row).toMatchObject({baseline_value: 200, baseline_to_date: null, target_value: 190, expected_to_date: 38});
    expect([pace, pace_fell_back]).toEqual(["linear", true]);
  });

  test("follows the goal of the earlier target as it was revised", () => {
    const revision = {from: "2022-06-01", goal: {change: "-10%"}, reason: "too easy", approved_by: "Chief"};
    expect(brief(following("compound", {change: "-5%"}, {...earlier, revisions: [revision]}), 171)).toEqual([
      180,
      171,
      true
    ]);
  });

  test("without its baseline nothing is known", () => {
    const short = {...reached(180), covered: ["2022-01-01", "2023-12-31"]} as Days;
    const {row} = measured(following("compound"), actualsOf(short));
    expect(row).toMatchObject({baseline_value: null, reason_code: "baseline_not_covered"});
  });
});

test("a baseline fixed at a day is read as known then", () => {
  const given: Given = {
    target: {goal: {change: "-10%"}, baseline: {period: "previous", fixed_at: "2023-01-31"}}
  };
  const now = actualsOf({covered: ["2022-01-01", "2023-12-31"], on: onDays({"2022-03-01": 110, "2023-03-01": 95})});
  const then = actualsOf({covered: ["2022-01-01", "2023-01-31"], on: onDays({"2022-03-01": 100})});
  const asked: string[] = [];
  const knownOn = (day: string) => {
    asked.push(day);
    return then;
  };
  expect(measured(given, now, {knownOn}).row).toMatchObject({baseline_value: 100, target_value: 90, actual_value: 95});
  expect([...new Set(asked)]).toEqual(["2023-01-31"]);
});

test("a stock's baseline is its value on the last day, to date on the day that answers", () => {
  const given: Given = {
    measure: {latest: "rows", unit: "cameras"},
    target: {goal: {change: "+50%"}, baseline: {period: "previous"}}
  };
  const stock = actualsBy({covered: ["2022-01-01", "2023-06-30"]}, (_from, to) => (to < "2022-07-01" ? 80 : 100));
  expect(measured(given, stock).row).toMatchObject({
    baseline_value: 100,
    baseline_to_date: 80,
    target_value: 150,
    expected_to_date: 150,
    actual_value: 100,
    change_to_date: 0.25
  });
});

test("cases of a baseline have as long to end as those of the actual", () => {
  const given: Given = {
    measure: {share: {within: "90 days", from: "occurred_on", to: "ended_on"}, unit: "share"},
    target: {goal: {change: "+3 points"}, baseline: {period: "previous"}}
  };
  const asked: string[] = [];
  const cases = actualsBy({covered: ["2022-01-01", "2024-03-31"]}, (from, to, {known_to}) => {
    asked.push(`${from}..${to} ${known_to}`);
    return shareOf(1, 2);
  });
  measured(given, cases, {through: "2024-03-30"});
  expect(asked).toEqual([
    "2023-01-01..2023-12-31 2024-03-30",
    "2022-01-01..2022-12-31 2024-03-30",
    "2022-01-01..2022-12-31 2023-03-31"
  ]);
});
