import {describe, expect, test} from "vitest";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import type {ComparedAnswer} from "../../pipeline/changes/contract.ts";
import {changedParts, effectsBetween, isFirstData} from "../../pipeline/changes/effects.ts";
import {judge} from "../../pipeline/status/judge.ts";
import {actualsOf, type Days, type Given, onDays, projectOf} from "../attainment/given.ts";

/** 730 in 2022, two a day; 1 a day in 2023. A fall of 10% is asked for. */
const two = (day: string) => (day < "2023" ? 2 : 1);
const known = (last: string, on: Days["on"] = two): Days => ({covered: ["2022-01-01", last], on});

function answered(days: Days, given: Given = {}): ComparedAnswer {
  const actuals = actualsOf(days);
  const measured = measureTargets(projectOf(given), actuals, {as_of: null, through: null});
  return {measured, rows: measured.map((one) => judge(one)), actuals};
}

const between = (before: Days, after: Days, given: Given = {}) =>
  effectsBetween(answered(before, given), answered(after, given));

/** The same days, with more on some of them. */
const more = (counts: Readonly<Record<string, number>>, on: Days["on"] = two) => {
  const added = onDays(counts);
  return (day: string) => on(day) + added(day);
};

const parts = (effects: ReturnType<typeof between>) =>
  effects.map((effect) =>
    Object.entries(changedParts(effect))
      .filter(([, changed]) => changed)
      .map(([part]) => part)
      .join()
  );

describe("a row is an effect", () => {
  test("not where it only counts more days, nor where nothing changed", () => {
    expect(between(known("2023-06-30"), known("2023-06-30"))).toEqual([]);
    expect(between(known("2023-06-30"), known("2023-09-30"))).toEqual([]);
  });

  test("where days counted before have another value, over these days on both sides", () => {
    const [effect, ...others] = between(
      known("2023-06-30"),
      known("2023-07-31", more({"2023-06-30": 5, "2023-07-01": 9}))
    );
    expect(others).toEqual([]);
    expect(effect).toEqual({
      target: "incidents-down",
      segment_type: "city",
      segment: "1",
      period: "2023",
      binding: true,
      unit: "incidents",
      before: {
        status: "on_track",
        through: "2023-06-30",
        actual_value: 181,
        restated_value: 181,
        baseline_value: 730,
        baseline_to_date: 362
      },
      after: {
        status: "on_track",
        through: "2023-07-31",
        actual_value: 226,
        restated_value: 186,
        baseline_value: 730,
        baseline_to_date: 362
      }
    });
  });

  test("where its status changed, though no day that was counted did", () => {
    // 243 to the end of August are well under the pace; 500 on one day of September are over it.
    const after = known("2023-09-30", more({"2023-09-01": 500}));
    expect(parts(between(known("2023-08-31"), after))).toEqual(["status"]);
  });

  test("where the baseline is restated, on days that answer those counted or on others", () => {
    const effects = (counts: Readonly<Record<string, number>>) =>
      between(known("2023-06-30"), known("2023-06-30", more(counts)));
    expect(effects({"2022-03-01": 1}).map(({after}) => [after.baseline_value, after.baseline_to_date])).toEqual([
      [731, 363]
    ]);
    expect(effects({"2022-12-01": 1}).map(({after}) => [after.baseline_value, after.baseline_to_date])).toEqual([
      [731, 362]
    ]);
    // One more here and one fewer there: the whole is the same, what is expected by now is not.
    expect(effects({"2022-03-01": 1, "2022-12-01": -1}).map(({after}) => after.baseline_to_date)).toEqual([363]);
    expect(parts(effects({"2022-12-01": 1}))).toEqual(["baseline"]);
  });

  test("where fewer days are counted than before", () => {
    const [effect] = between(known("2023-06-30"), known("2023-05-31"));
    expect(parts([effect!])).toEqual(["days"]);
    expect(effect).toMatchObject({before: {restated_value: 151}, after: {restated_value: 151, through: "2023-05-31"}});
    // What reached beyond the period still does.
    expect(between(known("2024-06-30"), known("2024-03-31"))).toEqual([]);
  });

  test("where days become known, or are known no more", () => {
    const late: Days = {covered: ["2023-02-01", "2023-12-31"], on: two};
    const watched: Given = {target: {goal: {track: true}}};
    const [known2023, lost] = [
      between(late, known("2023-12-31"), watched),
      between(known("2023-12-31"), late, watched)
    ];
    expect(known2023.map(({before, after}) => [before.restated_value, after.restated_value])).toEqual([[null, 365]]);
    expect(lost.map(({before, after}) => [before.restated_value, after.restated_value])).toEqual([[365, null]]);
    expect([known2023, lost].map(([effect]) => isFirstData(effect!))).toEqual([true, false]);
  });
});

describe("rows of a target", () => {
  const given: Given = {target: {by_segment: ["area"]}};

  test("come binding first, then as they are shown", () => {
    const effects = between(known("2023-06-30"), known("2023-06-30", more({"2023-03-01": 4})), given);
    expect(effects.map(({segment_type, segment, binding}) => `${segment_type} ${segment} ${binding}`)).toEqual([
      "city 1 true",
      "area 8 false"
    ]);
  });

  test("are told as not due before the period, with no day counted on either side", () => {
    const [effect] = between(known("2022-11-30"), known("2023-03-31"), given);
    expect(effect).toMatchObject({
      before: {status: "not_due", restated_value: null, baseline_to_date: null},
      after: {restated_value: null, actual_value: 90}
    });
    expect(isFirstData(effect!)).toBe(true);
  });

  test("must be of the same definitions", () => {
    expect(() => effectsBetween(answered(known("2023-06-30")), answered(known("2023-06-30"), given))).toThrow(
      "is not in both answers"
    );
  });
});
