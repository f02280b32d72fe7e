import {describe, expect, test} from "vitest";
import type {Actuals, WindowValue} from "../../pipeline/actuals/contract.ts";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import {judge} from "../../pipeline/status/judge.ts";
import {actualsBy, actualsOf, type Days, type Given, onDays, projectOf, shareOf} from "../attainment/given.ts";

function told(given: Given, actuals: Actuals, through: string | null = null): string {
  const {status, status_reason} = judge(measureTargets(projectOf(given), actuals, {as_of: null, through})[0]!);
  return `${status}: ${status_reason}`;
}

type Target = NonNullable<Given["target"]>;
const whole: Pick<Days, "covered"> = {covered: ["2022-01-01", "2024-12-31"]};
const half: Pick<Days, "covered"> = {covered: ["2022-01-01", "2023-06-30"]};
const changed = (change: string) => ({goal: {change}, baseline: {period: "previous"}});

describe("shares, in percent and of how many", () => {
  const measure = {share: {where: {kind: "a"}}, unit: "share"};
  const at = (target: Target, now: [number, number], before: [number, number] = [453, 1000], days = whole) =>
    told(
      {measure, target},
      actualsBy(days, (from) => shareOf(...(from < "2023" ? before : now)))
    );

  test.each([
    [{goal: {at_least: "50%"}}, [580, 1203], "missed: 48.2% of 1,203; at least 50% needed."],
    [{goal: {at_least: "33.34%"}}, [1, 3], "missed: 33.33% of 3; at least 33.34% needed."],
    [{goal: {below: "4.1%"}}, [47, 1203], "met: 3.9% of 1,203; less than 4.1% needed."],
    [{goal: {above: "4.1%"}}, [47, 1203], "missed: 3.9% of 1,203; more than 4.1% needed."],
    [{goal: {between: ["10%", "20%"]}}, [15, 100], "met: 15.0% of 100; 10% to 20% needed."],
    [{goal: {exactly: "100%"}}, [100, 100], "met: 100.0% of 100; exactly 100% needed."],
    [
      changed("+3 points"),
      [482, 1000],
      "missed: Up 2.9 points (48.2% of 1,000 against 45.3%), needs 3 points; 97% of the way."
    ],
    [changed("+3%"), [480, 1000], "met: Up 6.0% (48.0% of 1,000 against 45.3%), needs 3%; 199% of the way."],
    [
      changed("-3 points"),
      [480, 1000],
      "missed: Up 2.7 points (48.0% of 1,000 against 45.3%), needs a fall of 3 points; the wrong way."
    ],
    [changed("increase"), [453, 1000], "missed: Unchanged (45.3% of 1,000 against 45.3%), needs more."]
  ] as const)("%j with %j", (target, now, sentence) => expect(at(target, [...now])).toBe(sentence));

  test("more than the same days before, and not more than the whole baseline, says what is to be passed", () => {
    const actuals = actualsBy(half, (from, to) =>
      from < "2023" ? shareOf(to < "2022-12-31" ? 400 : 500, 1000) : shareOf(450, 1000)
    );
    expect(told({measure, target: changed("increase")}, actuals)).toBe(
      "off_track: Up 12.5% (45.0% of 1,000 against 40.0%), needs more than 50.0%."
    );
  });

  test("one just beside its level is printed so that it can be told from it", () => {
    const level = {goal: {at_least: "85%"}};
    expect(at(level, [849, 999])).toBe("missed: 84.98% of 999; at least 85% needed.");
    expect(at(level, [84_999, 100_000])).toBe("missed: 84.999% of 100,000; at least 85% needed.");
    expect(at(level, [85, 100])).toBe("met: 85.0% of 100; at least 85% needed.");
  });

  test("a share that must hold is held against the whole of it from the first day on", () => {
    const level = {goal: {at_least: "50%"}};
    expect(at(level, [476, 1000], undefined, half)).toBe("on_track: 47.6% of 1,000; at least 50% needed.");
    expect(at(level, [474, 1000], undefined, half)).toBe("at_risk: 47.4% of 1,000; at least 50% needed.");
    expect(at(level, [424, 1000], undefined, half)).toBe("off_track: 42.4% of 1,000; at least 50% needed.");
  });

  test("a share of a few cases says so, a share of many does not", () => {
    const flags = (all: number) =>
      judge(
        measureTargets(
          projectOf({measure, target: {goal: {at_least: "50%"}}}),
          actualsBy(whole, () => shareOf(all, all)),
          {as_of: null, through: null}
        )[0]!
      ).flags;
    expect([flags(9), flags(10)]).toEqual([["small_numbers"], []]);
  });
});

describe("cases that have as long to end as they have", () => {
  const measure = {share: {within: "90 days", from: "occurred_on", to: "ended_on"}, unit: "share"};
  const at = (...cases: [number, number, number]) =>
    told(
      {measure, target: {goal: {at_least: "50%"}}},
      actualsBy(whole, () => shareOf(...cases)),
      "2023-12-31"
    );

  test("decided where the undecided ones can't turn it, at risk where they can", () => {
    expect(at(60, 100, 20)).toBe("met: 60.0% of 100, 20 more undecided; at least 50% needed.");
    expect(at(60, 100, 21)).toBe(
      "at_risk: 60.0% of 100, 21 more undecided; at least 50% needed; the period is over, but the 21 undecided cases may decide it."
    );
    expect(at(30, 100, 20)).toBe("missed: 30.0% of 100, 20 more undecided; at least 50% needed.");
  });
});

describe("averages, with what they are and over how many", () => {
  const median: Given = {measure: {median: "hours", unit: "days"}, target: {goal: {at_most: 90}}};
  const of = (value: number, rows: number): Partial<WindowValue> => ({value, rows_counted: rows});

  test.each([
    [median, of(84, 212), "met: Median 84 days over 212 cases; at most 90 needed."],
    [
      {...median, measure: {mean: "hours", unit: "hours"}},
      {...of(91.25, 4), numerator: 365, denominator: 4},
      "missed: Mean 91.3 hours over 4 cases; at most 90 needed."
    ],
    [
      {...median, measure: {percentile: {of: "hours", at: 92}, unit: "days"}},
      of(90, 1),
      "met: 92nd percentile 90 days over 1 case; at most 90 needed."
    ],
    [
      {...median, measure: {max: "hours", unit: "days"}},
      of(90.5, 3),
      "missed: Greatest 90.5 days over 3 cases; at most 90 needed."
    ]
  ])("%j", (given, value, sentence) =>
    expect(
      told(
        given as Given,
        actualsBy(whole, () => value)
      )
    ).toBe(sentence)
  );

  test("a change of seconds", () => {
    const given: Given = {measure: {mean: "hours", unit: "seconds"}, target: changed("-12 seconds")};
    const seconds = (now: number) =>
      actualsBy(whole, (from) => ({
        value: from < "2023" ? 70 : now,
        numerator: (from < "2023" ? 70 : now) * 50,
        denominator: 50,
        rows_counted: 50
      }));
    expect(told(given, seconds(61))).toBe(
      "missed: Down 9 seconds (mean 61 seconds over 50 cases against 70), needs 12 seconds; 75% of the way."
    );
    expect(told(given, seconds(58))).toBe(
      "met: Down 12 seconds (mean 58 seconds over 50 cases against 70), needs 12 seconds; 100% of the way."
    );
  });

  test("no case is no number", () => {
    const nothing = actualsBy(whole, () => ({
      value: null,
      reason: {code: "no_cases", detail: "no cases in the period"}
    }));
    expect(told(median, nothing)).toBe("no_data: Not known: no cases in the period.");
  });
});

describe("stocks, on their day", () => {
  const sites = (target: Target, nature?: string): Given => ({
    measure: {latest: "rows", unit: "sites", ...(nature && {nature})},
    target
  });
  const stood = (days: Pick<Days, "covered">, value: number, before = 60) =>
    actualsBy(days, (_from, to) => (to < "2023" ? before : value));

  test.each([
    [{goal: {below: 100}}, 97, "met: 97 on 31 December 2023; fewer than 100 needed."],
    [{goal: {below: 100}}, 100, "missed: 100 on 31 December 2023; fewer than 100 needed."],
    [{goal: {at_most: 0}}, 0, "met: 0 on 31 December 2023; at most 0 needed."],
    [{goal: {at_most: 0}}, 1, "missed: 1 on 31 December 2023; at most 0 needed."],
    [{goal: {at_least: 1200}}, 1203, "met: 1,203 on 31 December 2023; at least 1,200 needed."],
    [
      changed("x2"),
      108,
      "missed: Up 80.0% (108 on 31 December 2023 against 60), needs a rise to 120 (x2); 80% of the way."
    ],
    [
      changed("x2"),
      120,
      "met: Up 100.0% (120 on 31 December 2023 against 60), needs a rise to 120 (x2); 100% of the way."
    ]
  ])("%j at %d", (target, value, sentence) => {
    expect(told(sites(target), stood(whole, value), "2023-12-31")).toBe(sentence);
  });

  test("a value of a day is never decided before its day, and never too early to judge", () => {
    expect(told(sites({goal: {at_least: 50}}), stood(half, 60))).toBe(
      "on_track: 60 on 30 June 2023; at least 50 needed."
    );
    expect(told(sites({goal: {at_most: 50}}), stood(half, 60), "2023-01-02")).toBe(
      "off_track: 60 on 2 January 2023; at most 50 needed."
    );
  });

  test("on the way to a day: at its line, better than at the start, or neither", () => {
    // From 60 on 31 December to 0 on 31 December: 30.2 by 30 June, the 181st of 365 days.
    const zero = sites({goal: {at_most: 0}, by: "2023-12-31"});
    expect(told(zero, stood(half, 30))).toBe("on_track: 30 on 30 June 2023; at most 0 needed, 30.2 expected so far.");
    expect(told(zero, stood(half, 31))).toBe("at_risk: 31 on 30 June 2023; at most 0 needed, 30.2 expected so far.");
    expect(told(zero, stood(half, 60))).toBe("off_track: 60 on 30 June 2023; at most 0 needed, 30.2 expected so far.");
  });

  test("pieces of work that are to be there by a day", () => {
    // From 10 to 14 in a year: 12 by 30 June.
    const mentors = sites({goal: {at_least: 14}, by: "2023-12-31"}, "output");
    expect(told(mentors, stood(half, 12, 10))).toBe("on_track: 12 of 14, 2 more in 184 days.");
    expect(told(mentors, stood(half, 11, 10))).toBe("at_risk: 11 of 14, 3 more in 184 days.");
    expect(told(mentors, stood(half, 10, 10))).toBe("off_track: 10 of 14, 4 more in 184 days.");
    expect(told(mentors, stood(whole, 13, 10), "2024-02-01")).toBe("missed: 13 of 14, 1 short.");
  });

  test("before the event that sets its day nothing is asked for", () => {
    const waiting = sites({goal: {at_least: 14}, by: {within: "24 months", after: "launch"}});
    expect(told(waiting, stood(whole, 3), "2023-12-31")).toBe(
      "not_due: 3 on 31 December 2023; it is not due before the event that its due day is told from."
    );
  });
});

describe("outputs, piece by piece", () => {
  const output = (done: number, last = "2023-10-01"): [Given, Actuals] => {
    const days: Days = {covered: ["2022-01-01", last], on: onDays({"2023-01-01": done})};
    return [{nature: "output", target: {goal: {at_least: 4}}}, actualsOf(days)];
  };

  test.each([
    // 274 of 365 days: 3 expected
    [3, "on_track: 3 of 4, 1 more in 91 days."],
    [2, "at_risk: 2 of 4, 2 more in 91 days."],
    [1, "off_track: 1 of 4, 3 more in 91 days."],
    [4, "met: 4 by 1 October 2023, so the 4 needed by 31 December 2023 are reached."]
  ])("%d done", (done, sentence) => expect(told(...output(done))).toBe(sentence));

  test("what is short at the end", () => {
    expect(told(...output(3, "2023-12-31"))).toBe("missed: 3 of 4, 1 short.");
  });
});

describe("two levels of what is counted", () => {
  const counted = (goal: object, now: number, last = "2023-06-30") =>
    told({target: {goal}}, actualsOf({covered: ["2022-01-01", last], on: onDays({"2023-01-01": now})}));

  test.each([
    // 181 of 365 days: 49.6 to 99.2 expected
    [{between: [100, 200]}, 60, "on_track: 60; 100 to 200 needed, 49.6 to 99.2 expected so far."],
    [{between: [100, 200]}, 45, "at_risk: 45; 100 to 200 needed, 49.6 to 99.2 expected so far."],
    [{between: [100, 200]}, 150, "off_track: 150; 100 to 200 needed, 49.6 to 99.2 expected so far."],
    [{between: [100, 200]}, 201, "missed: 201 by 30 June 2023, more than the 200 allowed for the whole period."],
    [{exactly: 100}, 50, "on_track: 50; exactly 100 needed, 49.6 expected so far."],
    [{exactly: 100}, 101, "missed: 101 by 30 June 2023, more than the 100 allowed for the whole period."]
  ])("%j at %d", (goal, now, sentence) => expect(counted(goal, now)).toBe(sentence));

  test("at the end", () => {
    expect(counted({between: [100, 200]}, 99, "2023-12-31")).toBe("missed: 99; 100 to 200 needed.");
    expect(counted({exactly: 100}, 100, "2023-12-31")).toBe("met: 100; exactly 100 needed.");
  });
});

describe("a bare direction", () => {
  const counted = (change: string, before: number, now: number, last: string) =>
    told(
      {target: changed(change)},
      actualsOf({covered: ["2022-01-01", last], on: onDays({"2022-01-01": before, "2023-01-01": now})})
    );

  test("must be passed, and is not decided before the end", () => {
    expect(counted("decrease", 100, 101, "2023-06-30")).toBe("off_track: Up 1.0% (101 against 100), needs less.");
    expect(counted("decrease", 100, 100, "2023-06-30")).toBe("at_risk: Unchanged (100 against 100), needs less.");
    expect(counted("decrease", 100, 99, "2023-06-30")).toBe("on_track: Down 1.0% (99 against 100), needs less.");
    expect(counted("increase", 100, 100, "2023-12-31")).toBe("missed: Unchanged (100 against 100), needs more.");
    expect(counted("increase", 0, 1, "2023-12-31")).toBe("met: 1 against 0 (N.C.), needs more.");
  });
});
