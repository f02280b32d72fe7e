import {expect, test} from "vitest";
import type {Measured} from "../../pipeline/attainment/contract.ts";
import {exact} from "../../pipeline/statistics/exact.ts";
import {progress} from "../../pipeline/status/progress.ts";

/** A share of the cases so far against the share that is asked for. */
function share(actual: number, asked: number, unit = "share"): Measured {
  return {
    row: {goal_kind: "at_least", unit, target_value: asked, attainment_ratio: actual / asked, denominator: 1000},
    bound: "lower",
    nature: null,
    shape: "average",
    line: null,
    pace: "hold",
    holds: actual >= asked,
    expected_between: null,
    exact: {actual: exact(actual), expected: exact(asked)}
  } as unknown as Measured;
}

test.each([
  [0.976, 1, "at_risk"],
  [0.999, 1, "at_risk"],
  [1, 1, "on_track"],
  [0.94, 1, "at_risk"],
  [0.84, 1, "off_track"],
  [0.5, 0.51, "on_track"],
  [0.94, 0.98, "on_track"]
])("where all are asked for, one that was not is a risk: %d of %d", (actual, asked, status) => {
  expect(progress(share(actual, asked))).toBe(status);
});
