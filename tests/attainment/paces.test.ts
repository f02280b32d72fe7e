import fc from "fast-check";
import {describe, expect, test} from "vitest";
import type {Actuals} from "../../pipeline/actuals/contract.ts";
import {courseOf} from "../../pipeline/attainment/course.ts";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import {addDays} from "../../pipeline/calendar/iso-date.ts";
import {actualsBy, actualsOf, type Days, type Given, projectOf, shareOf} from "./given.ts";

function measured(given: Given, actuals: Actuals, through: string | null = null, segment = 0) {
  return measureTargets(projectOf(given), actuals, {as_of: null, through})[segment]!;
}

const none: Days = {covered: ["2019-01-01", "2023-12-31"], on: () => 0};

describe("step: outputs go by whole pieces of work", () => {
  test.each([
    // goal, day of the year, expected: 4 x days / 365
    [{at_least: 4}, "2023-04-01", 0],
    [{at_least: 4}, "2023-04-02", 1],
    [{at_least: 4}, "2023-12-30", 3],
    [{at_least: 4}, "2023-12-31", 4],
    // What may happen at most is rounded up: one of three in January is not one too many.
    [{at_most: 3}, "2023-01-02", 1],
    [{at_most: 3}, "2023-12-31", 3]
  ])("%j on %s: %d expected", (goal, through, expected) => {
    const {row, pace} = measured({nature: "output", target: {goal}}, actualsOf(none), through);
    expect([pace, row.expected_to_date]).toEqual(["step", expected]);
  });

  test("is for outputs only where nothing else is declared", () => {
    const paceOf = (given: Given) => measured(given, actualsOf(none)).pace;
    expect(paceOf({nature: "outcome", target: {goal: {at_least: 4}}})).toBe("linear");
    expect(paceOf({nature: "output", target: {goal: {at_least: 4}, pace: "linear"}})).toBe("linear");
    expect(paceOf({nature: "output", target: {}})).toBe("baseline");
    expect(paceOf({nature: "outcome", target: {goal: {at_least: 4}, pace: "step"}})).toBe("step");
  });
});

describe("months: by declared weights", () => {
  const months = [0, 0, 0, 0, 0, 3, 1, 0, 0, 0, 0, 0];
  const expected = (through: string, more: object = {}) =>
    measured({target: {goal: {at_least: 100}, pace: {months}, ...more}}, actualsOf(none), through).row.expected_to_date;

  test("evenly within a month", () => {
    expect(expected("2023-05-31")).toBe(0);
    expect(expected("2023-06-10")).toBe(25);
    expect(expected("2023-06-30")).toBe(75);
    expect(expected("2023-07-31")).toBe(100);
    expect(expected("2023-12-31")).toBe(100);
  });

  test("cut to the period: half of June and all of July", () => {
    const period = "2023-06-16/2023-08-31";
    expect(expected("2023-06-30", {period})).toBe(60);
    expect(expected("2023-08-31", {period})).toBe(100);
  });

  test("a period whose months weigh nothing goes evenly", () => {
    const given: Given = {target: {goal: {at_least: 90}, pace: {months}, period: "2023-09"}};
    const {row, pace, pace_fell_back} = measured(given, actualsOf(none), "2023-09-10");
    expect([row.expected_to_date, pace, pace_fell_back]).toEqual([30, "linear", true]);
  });
});

describe("seasonal: by the months of the three years before", () => {
  /** In the city 3 of 4 cases of a year fall on July, 1 on January; Alder has 40 a year, all of them in January. */
  const days = (series?: Days["series"]): Actuals => {
    const inMonth = (from: string) => Number(from.slice(5, 7));
    const city = (from: string) => ({1: 100, 7: 300})[inMonth(from) as 1 | 7] ?? 0;
    const alder = (from: string) => (inMonth(from) === 1 ? 40 : 0);
    const covered = {covered: ["2020-01-01", "2023-12-31"] as const, ...(series === undefined ? {} : {series})};
    return actualsBy(covered, (from, _to, _options, {type}) =>
      from < "2020-01-01" ? null : type === "city" ? city(from) : alder(from)
    );
  };
  const given: Given = {target: {goal: {at_least: 1000}, pace: "seasonal"}};
  const change: Given = {
    target: {goal: {change: "+10%"}, baseline: {period: "previous"}, pace: "seasonal", by_segment: ["area"]}
  };

  test("the city by its own", () => {
    const expected = (through: string) => measured(given, days(), through).row.expected_to_date;
    expect(expected("2023-01-31")).toBe(250);
    expect(expected("2023-06-30")).toBe(250);
    expect(expected("2023-07-31")).toBe(1000);
    expect(measured(given, days()).pace).toBe("seasonal");
  });

  test("a segment by its own beside 100 cases spread as the city's", () => {
    // 120 own cases of three years, all in January, and 25 of the city's 100: 145 of 220.
    const {row} = measured(change, days(), "2023-01-31", 1);
    expect(row.segment_name).toBe("Alder");
    expect(row.expected_to_date! / row.target_value!).toBeCloseTo(145 / 220, 12);
  });

  test("evenly, and said so, where the years are not covered or were counted by two methods", () => {
    const before: Given = {target: {goal: {at_least: 365}, period: "2022", pace: "seasonal"}};
    expect(measured(before, days(), "2022-01-10")).toMatchObject({pace: "linear", pace_fell_back: true});
    expect(measured(before, days(), "2022-01-10").row.expected_to_date).toBe(10);
    const broken = days([
      ["ucr", "1000-01-01"],
      ["nibrs", "2022-07-01"]
    ]);
    expect(measured(given, broken, "2023-06-30")).toMatchObject({pace: "linear", pace_fell_back: true});
  });
});

describe("averages and stocks hold", () => {
  test("the whole level is expected from the first day on", () => {
    const share: Given = {measure: {share: {where: {kind: "a"}}, unit: "share"}, target: {goal: {at_least: "30%"}}};
    const {row, pace} = measured(
      share,
      actualsBy(none, () => shareOf(1, 4)),
      "2023-01-10"
    );
    expect(row).toMatchObject({numerator: 1, denominator: 4, expected_to_date: 0.3, attainment_ratio: 0.25 / 0.3});
    expect(pace).toBe("hold");
  });

  const stock: Given = {measure: {latest: "rows", unit: "sites"}, target: {goal: {at_least: 100}, by: "2023-04-11"}};
  const from = (eve: number | null) =>
    actualsBy(none, (_from, to) => (to === "2022-12-31" ? eve : to < "2023-02-01" ? (eve === null ? null : 0) : 60));

  test("a stock with a due day goes straight from its value on the eve to its level on that day", () => {
    // 100 days from 31 December to 10 April; 40 on the eve, 100 on the 101st.
    const {row, line, ends_on, days} = measured(stock, from(-1), "2023-02-19");
    expect([ends_on, days, row.due_on]).toEqual(["2023-04-11", 101, "2023-04-11"]);
    expect(line?.from).toBe("2022-12-31");
    expect(row.expected_to_date).toBeCloseTo(-1 + (101 * 50) / 101, 12);
  });

  test("from the first known day where the eve is not known", () => {
    const {row, line} = measured(stock, from(null), "2023-03-08");
    expect(line?.from).toBe("2023-02-01");
    expect(row.expected_to_date).toBeCloseTo(60 + (40 * 35) / 69, 12);
  });

  test("it is looked at on the due day, also where that lies after its period", () => {
    const later: Given = {...stock, target: {...stock.target, period: "2023-Q1", by: "2023-06-30"}};
    const read = actualsBy(none, (_from, to) => Number(to.slice(5, 7)));
    expect(measured(later, read, "2023-05-31")).toMatchObject({counted_to: "2023-05-31", row: {actual_value: 5}});
    expect(measured(later, read, "2023-09-30")).toMatchObject({counted_to: "2023-06-30", row: {actual_value: 6}});
  });

  test("its course is what stood on each day, and the line", () => {
    const project = projectOf(stock);
    const actuals = from(40);
    const one = measureTargets(project, actuals, {as_of: null, through: "2023-02-02"})[0]!;
    const {actual, baseline, expected} = courseOf(one, project, actuals);
    expect([actual.length, actual[0]!.value, actual.at(-1)!.value]).toEqual([33, 0, 60]);
    expect(baseline).toEqual([]);
    expect([expected[0], expected.at(-1)]).toEqual([
      {day: "2022-12-31", value: 40},
      {day: "2023-04-11", value: 100}
    ]);
    expect(expected.find(({day}) => day === "2023-02-02")!.value).toBe(one.row.expected_to_date);
  });
});

test("what is counted ends with its due day, and with its period at the latest", () => {
  const counted = (by: string) => measured({target: {goal: {at_least: 10}, by}}, actualsOf({...none, on: () => 1})).row;
  expect(counted("2023-03-31")).toMatchObject({actual_value: 90, due_on: "2023-03-31"});
  expect(counted("2024-03-31")).toMatchObject({actual_value: 365, due_on: "2024-03-31"});
});

test("every pace asks for more with every day, and for the target value on the last", () => {
  const weights = fc.array(fc.nat({max: 5}), {minLength: 12, maxLength: 12});
  const pace = fc.oneof(
    fc.constantFrom("linear", "step", "baseline", "seasonal"),
    weights.map((months) => ({months}))
  );
  const day = fc.nat({max: 364});
  const days: Days = {covered: ["2018-01-01", "2023-12-31"], on: (date) => (Number(date.slice(8)) * 7) % 5};
  fc.assert(
    fc.property(pace, day, day, (declared, a, b) => {
      const given: Given = {target: {goal: {change: "+7%"}, baseline: {period: "previous"}, pace: declared}};
      const expected = (after: number) =>
        measured(given, actualsOf(days), addDays("2023-01-01", after)).row.expected_to_date!;
      expect(expected(Math.min(a, b))).toBeLessThanOrEqual(expected(Math.max(a, b)));
      const whole = measured(given, actualsOf(days)).row;
      const last = declared === "step" ? Math.floor(whole.target_value!) : whole.target_value;
      expect(whole.expected_to_date).toBe(last);
    }),
    {numRuns: 60}
  );
});
