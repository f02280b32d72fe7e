import fc from "fast-check";
import {expect, test} from "vitest";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import {addDays} from "../../pipeline/calendar/iso-date.ts";
import {judge} from "../../pipeline/status/judge.ts";
import {actualsBy, actualsOf, type Days, type Given, onDays, projectOf} from "./given.ts";

const signed = {reason: "funding was cut", approved_by: "Chief of Staff"};
const lower = {from: "2023-07-01", goal: {at_least: 50}, ...signed};

const sixty: Days = {covered: ["2022-01-01", "2024-06-30"], on: onDays({"2023-02-01": 60})};

function row(given: Given, through: string | null = null, days: Days = sixty) {
  return judge(measureTargets(projectOf(given), actualsOf(days), {as_of: null, through})[0]!);
}

const revised = (revisions: readonly object[], goal: object = {at_least: 100}): Given => ({target: {goal, revisions}});

test("a goal that was lowered stands beside the original, and says that it moved", () => {
  expect(row(revised([lower]), "2023-12-31")).toMatchObject({
    target_value: 50,
    original_target_value: 100,
    status: "met",
    original_status: "missed",
    flags: ["goal_moved"]
  });
});

test("before its day a revision is not in force", () => {
  expect(row(revised([lower]), "2023-06-30")).toMatchObject({
    target_value: 100,
    original_target_value: 100,
    original_status: "on_track",
    status: "on_track",
    flags: []
  });
});

test("a revision after the day that decides comes too late", () => {
  const late = {...lower, from: "2024-01-15"};
  expect(row(revised([late]), "2024-06-30")).toMatchObject({target_value: 100, status: "missed", flags: []});
});

test("one from the first day of the period on moved nothing that was known", () => {
  const early = {...lower, from: "2023-01-01"};
  expect(row(revised([early]))).toMatchObject({target_value: 50, original_status: "missed", flags: []});
});

test("the last of several revisions in force holds", () => {
  const lowest = {from: "2023-10-01", goal: {at_least: 10}, ...signed};
  expect(row(revised([lower, lowest]), "2023-09-30").target_value).toBe(50);
  expect(row(revised([lower, lowest]), "2023-10-01").target_value).toBe(10);
});

test("a goal that was to be set is set by a revision; not set by its day it is overdue", () => {
  const given = revised([], {to_be_set: {by: "2023-06-30"}});
  expect(row(given, "2023-06-30")).toMatchObject({status: "to_be_set", flags: [], target_value: null});
  expect(row(given, "2023-07-14")).toMatchObject({
    status: "to_be_set",
    original_status: "to_be_set",
    flags: ["overdue"],
    status_reason: "60 to 14 July 2023; a goal was to be set by 30 June 2023, 14 days ago."
  });
  const set = {...given, target: {...given.target, revisions: [lower]}};
  expect(row(set, "2023-12-31")).toMatchObject({
    status: "met",
    original_status: "to_be_set",
    goal_kind: "at_least",
    target_value: 50,
    original_target_value: null
  });
});

test("a day that was moved counts from then on, also where the first one has passed", () => {
  const given: Given = {
    measure: {latest: "rows", unit: "sites"},
    target: {
      goal: {at_least: 10},
      by: "2023-06-30",
      revisions: [{from: "2023-08-01", by: "2023-09-30", ...signed}]
    }
  };
  const sites = actualsBy({covered: ["2022-01-01", "2024-06-30"]}, (_from, to) => (to < "2023-09-15" ? 8 : 12));
  const at = (through: string) => judge(measureTargets(projectOf(given), sites, {as_of: null, through})[0]!);
  expect(at("2023-07-31")).toMatchObject({due_on: "2023-06-30", status: "missed", flags: ["small_numbers"]});
  expect(at("2023-10-31")).toMatchObject({
    due_on: "2023-09-30",
    actual_value: 12,
    status: "met",
    original_status: "missed",
    flags: ["goal_moved"]
  });
});

test("without revisions the original row is the current one, for any goal and day", () => {
  const goals = fc.oneof(
    fc.constantFrom("-5%", "+3%", "increase", "x2").map((change) => ({
      goal: {change},
      baseline: {period: "previous"}
    })),
    fc
      .constantFrom("at_least", "at_most", "above", "below", "exactly")
      .chain((kind) => fc.nat({max: 100}).map((level) => ({goal: {[kind]: level + 1}}))),
    fc.constant({goal: {track: true}}),
    fc.constant({goal: {to_be_set: {by: "2023-06-30"}}})
  );
  fc.assert(
    fc.property(goals, fc.nat({max: 900}), (target, after) => {
      const through = addDays("2022-06-01", after);
      const one = row({target}, through);
      expect([one.original_target_value, one.original_status]).toEqual([one.target_value, one.status]);
      // No clock, no order of asking: the same question has the same row.
      expect(row({target}, through)).toEqual(one);
    }),
    {numRuns: 100}
  );
});
