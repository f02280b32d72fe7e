import {expect, test} from "vitest";
import {statuses} from "../../pipeline/attainment/contract.ts";
import {gapGroups} from "../../pipeline/charts/gap-rows.ts";
import {matrixCells} from "../../pipeline/charts/matrix-cells.ts";
import {segmentRows} from "../../pipeline/charts/segment-rows.ts";
import {markOf, standingOf} from "../../pipeline/charts/standing.ts";
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
