import {expect, test} from "vitest";
import {courseOf} from "../../pipeline/attainment/course.ts";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import {actualsOf, type Days, type Given, onDays, projectOf} from "./given.ts";

function course(given: Given, days: Days, through: string | null = null) {
  const [project, actuals] = [projectOf(given), actualsOf(days)];
  const measured = measureTargets(project, actuals, {as_of: null, through})[0]!;
  return {row: measured.row, ...courseOf(measured, project, actuals)};
}

const at = (points: readonly {readonly day: string; readonly value: number}[], day: string) =>
  points.find((point) => point.day === day)?.value;

test("actual, baseline on this year's dates, and pace meet the row's own figures", () => {
  const given = course(
    {},
    {covered: ["2022-01-01", "2023-06-30"], on: onDays({"2022-01-01": 40, "2022-07-01": 60, "2023-02-02": 30})}
  );
  expect([given.actual.length, given.baseline.length, given.expected.length]).toEqual([181, 365, 365]);
  expect(given.actual.at(-1)).toEqual({day: given.row.through, value: given.row.actual_value});
  expect(at(given.actual, "2023-02-01")).toBe(0);
  expect(at(given.baseline, given.row.through)).toBe(given.row.baseline_to_date);
  expect(given.baseline.at(-1)).toEqual({day: "2023-12-31", value: given.row.baseline_value});
  expect(at(given.expected, given.row.through)).toBe(given.row.expected_to_date);
  expect(given.expected.at(-1)).toEqual({day: "2023-12-31", value: given.row.target_value});
});

test("29 February stands still where the baseline has none, and is caught up where only the baseline has it", () => {
  const everyDay: Days = {covered: ["2023-01-01", "2025-12-31"], on: () => 1};
  const leap = course({target: {period: "2024"}}, everyDay).baseline;
  expect(["2024-02-28", "2024-02-29", "2024-03-01"].map((day) => at(leap, day))).toEqual([59, 59, 60]);
  const after = course({target: {period: "2025"}}, everyDay).baseline;
  expect(["2025-02-28", "2025-03-01"].map((day) => at(after, day))).toEqual([59, 61]);
});

test("a level goes up evenly, a tracked measure has neither pace nor baseline", () => {
  const days: Days = {covered: ["2023-01-01", "2023-06-30"], on: () => 1};
  const level = course({target: {goal: {at_most: 730}}}, days);
  expect(level.expected.slice(0, 2).map(({value}) => value)).toEqual([2, 4]);
  expect(level.baseline).toEqual([]);
  expect(course({target: {goal: {track: true}}}, days)).toMatchObject({expected: [], baseline: []});
});

test("what is not known has no course", () => {
  const unknown = course({}, {covered: ["2023-02-01", "2023-06-30"], on: () => 1});
  expect([unknown.actual, unknown.baseline, unknown.expected]).toEqual([[], [], []]);
});
