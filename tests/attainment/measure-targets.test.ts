import {expect, test} from "vitest";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import {actualsOf, type Days, type Given, onDays, projectOf} from "./given.ts";

function measured(given: Given, days: Days, through: string | null = null) {
  const all = measureTargets(projectOf(given), actualsOf(days), {as_of: null, through});
  return all[0]!;
}

const westLa: Given = {target: {period: "2021-04-01/2021-07-31"}};
const fourMonths = onDays({"2020-04-01": 900, "2020-07-31": 1003, "2021-04-01": 828, "2021-07-31": 1000});

test("a fall of 10% from 1,903 of which 1,828 were counted, by hand", () => {
  const {row, holds, days, days_counted, baseline, pace} = measured(westLa, {
    covered: ["2020-03-15", "2021-07-31"],
    on: fourMonths
  });
  expect(row).toMatchObject({
    through: "2021-07-31",
    baseline_value: 1903,
    baseline_to_date: 1903,
    target_value: 1712.7,
    original_target_value: 1712.7,
    actual_value: 1828,
    expected_to_date: 1712.7,
    change_to_date: -75 / 1903,
    progress_share: 750 / 1903,
    gap: 115.3,
    attainment_ratio: null,
    reason_code: null,
    rows_counted: 1828
  });
  expect(row.change_to_date).toBeCloseTo(-0.0394114556, 10);
  expect(row.progress_share).toBeCloseTo(0.394114556, 9);
  expect([days, days_counted, pace]).toEqual([122, 122, "baseline"]);
  expect(baseline).toEqual({from: "2020-04-01", to: "2020-07-31", counted_to: "2020-07-31"});
  expect(holds).toBe(false);
});

test("the pace follows the baseline's own course", () => {
  const {row} = measured(westLa, {covered: ["2020-03-15", "2021-05-31"], on: fourMonths});
  // 900 of the 1,903 had happened by 31 May 2020; 900 x 1712.7 / 1903 = 810.
  expect(row).toMatchObject({baseline_to_date: 900, expected_to_date: 810, actual_value: 828, gap: 18});
  expect(row.progress_share).toBe(72 / 90);
});

test("a linear pace counts days", () => {
  const {row} = measured(
    {target: {...westLa.target, pace: "linear", goal: {change: "-10%"}, baseline: {period: "previous"}}},
    {covered: ["2020-03-15", "2021-05-31"], on: fourMonths}
  );
  expect(row.expected_to_date).toBe((17127 * 61) / 1220);
});

test.each([
  // goal, days counted of 365, expected, ratio
  [{at_least: 730}, "2023-01-10", 10, 20, 0.5],
  [{at_most: 730}, "2023-01-10", 10, 20, 2],
  [{below: 730}, "2023-01-10", 10, 20, 2],
  // Of nothing there is no ratio: the distance is told in units.
  [{at_most: 0}, "2023-01-10", 10, 0, null],
  [{at_least: 0}, "2023-01-10", 10, 0, null]
])("level %j by %s: actual %d, expected %d, ratio %d", (goal, through, actual, expected, ratio) => {
  const {row, pace} = measured({target: {goal}}, {covered: ["2023-01-01", "2023-12-31"], on: () => 1}, through);
  expect(row).toMatchObject({
    through,
    actual_value: actual,
    expected_to_date: expected,
    attainment_ratio: ratio,
    baseline_value: null,
    change_to_date: null,
    progress_share: null,
    gap: actual - expected,
    reason_code: null
  });
  expect(pace).toBe("linear");
});

test("29 February is counted on its own side only", () => {
  const leap = (through: string, period: string) =>
    measured({target: {period}}, {covered: ["2022-01-01", "2025-12-31"], on: () => 1}, through).row;
  expect(leap("2024-02-28", "2024")).toMatchObject({actual_value: 59, baseline_to_date: 59});
  expect(leap("2024-02-29", "2024")).toMatchObject({actual_value: 60, baseline_to_date: 59});
  expect(leap("2024-03-01", "2024")).toMatchObject({actual_value: 61, baseline_to_date: 60});
  expect(leap("2025-02-28", "2025")).toMatchObject({actual_value: 59, baseline_to_date: 59});
  expect(leap("2025-03-01", "2025")).toMatchObject({actual_value: 60, baseline_to_date: 61});
});

test("the day asked for is kept where it is covered, and cut to the last covered day where it is not", () => {
  const days: Days = {covered: ["2022-01-01", "2023-06-30"], on: () => 1};
  expect(measured({}, days, "2023-03-31").row.through).toBe("2023-03-31");
  const cut = measured({}, days, "2023-12-31");
  expect(cut.row).toMatchObject({through: "2023-06-30", actual_value: 181, baseline_to_date: 181});
  expect(cut.asked_through).toBe("2023-12-31");
  expect(measured({}, days).row.through).toBe("2023-06-30");
});

test("data that reach beyond the period are counted to its end only", () => {
  const {row, counted_to} = measured({}, {covered: ["2022-01-01", "2024-06-30"], on: () => 1});
  expect(row).toMatchObject({through: "2024-06-30", actual_value: 365});
  expect(counted_to).toBe("2023-12-31");
});

test("a baseline that is not covered whole is not known, and nothing is scaled up", () => {
  const {row, null_detail, holds} = measured({}, {covered: ["2022-07-01", "2023-12-31"], on: () => 1});
  expect(row).toMatchObject({baseline_value: null, target_value: null, expected_to_date: null, gap: null});
  expect(row).toMatchObject({actual_value: 365, reason_code: "baseline_not_covered"});
  expect(null_detail).toBe("184 of 365 days");
  expect(holds).toBeNull();
});

test("the actual's reason comes before the baseline's", () => {
  const {row, null_detail} = measured({}, {covered: ["2023-02-01", "2023-12-31"], on: () => 1});
  expect(row).toMatchObject({actual_value: null, baseline_value: null, reason_code: "not_covered"});
  expect(null_detail).toBe("334 of 365 days");
});

test.each([
  // goal, actual of the year, holds
  ["-10%", 0, true],
  ["-10%", 1, false],
  ["+10%", 0, null],
  ["+10%", 1, null]
])("a goal of %s over a baseline of 0, actual %d: holds %s", (change, actual, holds) => {
  const given: Given = {target: {goal: {change}, baseline: {period: "previous"}}};
  const one = measured(given, {covered: ["2022-01-01", "2023-12-31"], on: onDays({"2023-05-05": actual})});
  expect(one.row).toMatchObject({
    baseline_value: 0,
    target_value: 0,
    expected_to_date: 0,
    change_to_date: null,
    progress_share: null,
    reason_code: "zero_base"
  });
  expect(one.holds).toBe(holds);
});

test("a stated baseline has no days, so its pace is linear and says so", () => {
  const given: Given = {
    target: {goal: {change: "-10%"}, baseline: {value: 400, cite: "annual report"}, by_segment: ["area"]}
  };
  const all = measureTargets(projectOf(given), actualsOf({covered: ["2023-01-01", "2023-12-31"], on: () => 1}), {
    as_of: null,
    through: "2023-03-14"
  });
  expect(all[0]!.row).toMatchObject({
    baseline_value: 400,
    baseline_to_date: null,
    target_value: 360,
    expected_to_date: 72
  });
  expect(all[0]).toMatchObject({pace: "linear", pace_fell_back: true});
  expect(all[1]!.row).toMatchObject({segment_name: "Alder", baseline_value: null, reason_code: "baseline_not_covered"});
});

test("by_segment shows the roster's segments of the period, and a level only where it was set", () => {
  const names = (period: string) =>
    measureTargets(
      projectOf({target: {goal: {at_most: 40}, period, by_segment: ["area"]}}),
      actualsOf({covered: ["2022-01-01", "2025-12-31"], on: () => 0}),
      {as_of: null, through: null}
    ).map(({row}) => [row.segment_name, row.binding, row.target_value]);
  expect(names("2023")).toEqual([
    ["Oakton", true, 40],
    ["Alder", false, null]
  ]);
  expect(names("2024")).toEqual([
    ["Oakton", true, 40],
    ["Alder", false, null],
    ["Birch", false, null]
  ]);
});

test("before its period a row has no actual, and its baseline already", () => {
  const {row, days_counted, holds} = measured({}, {covered: ["2022-01-01", "2022-12-31"], on: () => 1}, "2022-12-31");
  expect(row).toMatchObject({actual_value: null, baseline_value: 365, target_value: 328.5, expected_to_date: null});
  expect(row.reason_code).toBe("not_covered");
  expect([days_counted, holds]).toEqual([0, null]);
});

test("with nothing known the question stands as it was asked", () => {
  const actuals = {
    ...actualsOf({covered: ["2020-01-01", "2020-01-01"], on: () => 0}),
    horizon: () => null,
    lastCovered: () => null
  };
  const ask = (through: string | null) => measureTargets(projectOf({}), actuals, {as_of: null, through})[0]!.row;
  expect(ask(null)).toMatchObject({through: "2023-12-31", actual_value: null, reason_code: "not_covered"});
  expect(ask("2023-03-31").through).toBe("2023-03-31");
});

test("a report counts to its last day, or to the last day that all Areas cover where that is earlier", () => {
  const actuals = {
    ...actualsOf({covered: ["2022-01-01", "2023-12-31"], on: () => 1}),
    lastCovered: () => "2023-12-20",
    horizon: () => "2023-12-31"
  };
  const ask = (options: {through: string | null; until: string | null}) =>
    measureTargets(projectOf({}), actuals, {as_of: null, ...options})[0]!;
  expect(ask({through: null, until: "2023-09-30"}).row.through).toBe("2023-09-30");
  const lagging = ask({through: null, until: "2023-12-31"});
  expect(lagging.row).toMatchObject({through: "2023-12-20", actual_value: 354});
  expect(lagging.asked_through).toBe("2023-12-31");
  expect(ask({through: "2023-12-31", until: "2023-12-31"}).row.through).toBe("2023-12-31");
});

test("a wish for one segment leaves the others out", () => {
  const rows = measureTargets(
    projectOf({target: {by_segment: ["area"]}}),
    actualsOf({covered: ["2022-01-01", "2023-12-31"], on: () => 1}),
    {as_of: "2024-01-01T00:00:00.000Z", through: null, wants: (_target, segment) => segment.code === "8"}
  );
  expect(rows.map(({row}) => [row.segment, row.as_of])).toEqual([["8", "2024-01-01T00:00:00.000Z"]]);
});
