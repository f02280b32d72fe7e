import {expect, test} from "vitest";
import {statuses} from "../../pipeline/attainment/contract.ts";
import {gapGroups} from "../../pipeline/charts/gap-rows.ts";
import {matrixCells} from "../../pipeline/charts/matrix-cells.ts";
import {segmentRows} from "../../pipeline/charts/segment-rows.ts";
import {markOf, progressWords, standingOf} from "../../pipeline/charts/standing.ts";
import {rowOf} from "./inputs.ts";

const numbers = {actual_value: 800, baseline_to_date: 1000, expected_to_date: 900, change_to_date: -0.2};
const beside = (changes: Parameters<typeof rowOf>[0]) => rowOf({...numbers, binding: false, ...changes});

test("a row that binds is called by its status; one beside it by its side of the pace, where that can be judged", () => {
  for (const status of statuses) expect(standingOf(rowOf({...numbers, binding: true, status}))).toBe(status);
  const called = Object.fromEntries(statuses.map((status) => [status, standingOf(beside({status}))]));
  expect(called).toEqual({
    missed: "ahead",
    off_track: "ahead",
    at_risk: "ahead",
    on_track: "ahead",
    met: "ahead",
    too_early: "too_early",
    not_due: "not_due",
    not_comparable: "not_comparable",
    no_data: "no_data",
    to_be_set: "to_be_set",
    tracked: "tracked"
  });
  expect(standingOf(beside({status: "met", actual_value: 950}))).toBe("behind");
  expect(standingOf(beside({status: "on_track", expected_to_date: null}))).toBe("on_track");
});

test.each(statuses)("every chart tells the same row in the same way: %s", (status) => {
  for (const binding of [true, false]) {
    const row = beside({status, binding});
    const {target, title, segment_type: type, segment: code, segment_name: name} = row;
    const cells = matrixCells({
      id: "m",
      title: "M",
      segments: [{type, code, name, group: null}],
      targets: [{target, title}],
      rows: [row]
    });
    const told = [gapGroups([row])[0]!.rows[0]!.mark, segmentRows([row])[0]!.mark, cells[0]![0]!.mark];
    expect(told).toEqual([markOf(row), markOf(row), markOf(row)]);
  }
});

test("what is reached is told in percent up to twice of what was needed, then in words", () => {
  const way = (progress_share: number) => progressWords(rowOf({...numbers, goal_kind: "change", progress_share}));
  expect([-0.2, 0, 0.001, 0.39, 0.999, 1, 1.5, 2, 2.0001, 5.83].map(way)).toEqual([
    "the wrong way",
    "0% of the way",
    "under 1% of the way",
    "39% of the way",
    "over 99% of the way",
    "100% of the way",
    "150% of the way",
    "200% of the way",
    "more than twice what was needed",
    "more than twice what was needed"
  ]);
  const pace = (goal_kind: "at_least" | "at_most", attainment_ratio: number) =>
    progressWords(rowOf({...numbers, goal_kind, attainment_ratio}));
  expect(pace("at_least", 1.12)).toBe("112% of pace");
  expect(pace("at_least", 2.5)).toBe("more than twice the pace");
  // The ratio of a limit is the limit over the count: 40 of 100 that are allowed.
  expect(pace("at_most", 2.5)).toBe("less than half of what is allowed");
});
