import {describe, expect, test} from "vitest";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import {judge, verdictOn} from "../../pipeline/status/judge.ts";
import {actualsOf, type Days, type Given, onDays, projectOf} from "../attainment/given.ts";

function measured(given: Given, days: Days, through: string | null = null) {
  return measureTargets(projectOf(given), actualsOf(days), {as_of: null, through})[0]!;
}

function verdict(given: Given, days: Days, through: string | null = null) {
  const {status, rule, flags, status_reason} = verdictOn(measured(given, days, through));
  return {status, rule, flags, status_reason};
}

/** Counts on the first days of 2022 (baseline) and 2023 (actual); covered to the day given. */
const years = (before: number, now: number, last = "2023-12-31"): Days => ({
  covered: ["2022-01-01", last],
  on: onDays({"2022-01-01": before, "2023-01-01": now})
});

const change = (percent: string, more: object = {}): Given => ({
  target: {goal: {change: percent}, baseline: {period: "previous"}, ...more}
});
const level = (goal: object, more: Partial<Given> = {}): Given => ({target: {goal}, ...more});

describe("1 tracked", () => {
  test("with its count, or why there is none", () => {
    expect(verdict(level({track: true}), years(9, 1203))).toEqual({
      status: "tracked",
      rule: "tracked",
      flags: [],
      status_reason: "1,203 to 31 December 2023; tracked, nothing to be met."
    });
    expect(verdict(level({track: true}), {covered: ["2023-02-01", "2023-12-31"], on: () => 1})).toMatchObject({
      status: "tracked",
      status_reason: "Tracked, nothing to be met; not known: 334 of 365 days."
    });
  });
});

describe("2 not due", () => {
  test.each([
    ["2022-12-31", "not_due"],
    ["2023-01-01", "too_early"]
  ])("asked through %s: %s", (through, status) => {
    expect(verdict(change("-10%"), years(100, 90), through).status).toBe(status);
  });

  test("a period that has begun, but of which nothing is known, is not said to lie ahead", () => {
    expect(verdict(change("-10%"), years(100, 90, "2022-12-31"), "2023-06-30")).toMatchObject({
      status: "no_data",
      status_reason: "Not known: only 0 of 181 days are covered."
    });
  });
});

describe("3 no data", () => {
  test("an actual that is not covered", () => {
    expect(verdict(level({at_most: 9}), {covered: ["2023-02-01", "2023-12-31"], on: () => 0})).toMatchObject({
      status: "no_data",
      status_reason: "Not known: only 334 of 365 days are covered."
    });
  });

  test("a baseline that is not covered", () => {
    expect(verdict(change("-10%"), {covered: ["2022-07-01", "2023-12-31"], on: () => 1})).toMatchObject({
      status: "no_data",
      status_reason: "No baseline to compare with: only 184 of 365 days are covered."
    });
  });

  test("a rise over nothing", () => {
    expect(verdict(change("+10%"), years(0, 12))).toMatchObject({
      status: "no_data",
      flags: ["small_numbers"],
      status_reason: "12 against 0 (N.C.): a rise from nothing can't be measured in percent."
    });
  });
});

describe("4 not comparable", () => {
  const breaks = (from: string): Days => ({
    ...years(100, 50),
    series: [
      ["ucr", "1000-01-01"],
      ["nibrs", from]
    ]
  });

  test.each([
    // goal, the new method begins, status
    [change("-10%"), "2023-01-01", "not_comparable"],
    [change("-10%"), "2022-12-31", "not_comparable"],
    [change("-10%"), "2022-01-01", "met"],
    [change("-10%"), "2024-01-01", "met"],
    [level({at_most: 60}), "2023-01-01", "met"],
    [level({at_most: 60}), "2023-01-02", "not_comparable"]
  ])("%j, new method from %s: %s", (given, from, status) => {
    expect(verdict(given, breaks(from)).status).toBe(status);
  });

  test("says where the break lies", () => {
    expect(verdict(change("-10%"), breaks("2023-01-01")).status_reason).toBe(
      "Counted by ucr and nibrs: the method changed between the baseline and now, so the numbers can't be compared."
    );
    expect(verdict(change("-10%"), breaks("2023-03-07")).status_reason).toBe(
      "Counted by ucr and nibrs: the method changed within the period, so the numbers can't be compared."
    );
  });
});

describe("5 decided early, 100 days in", () => {
  test.each([
    // goal, baseline, actual so far, status
    [change("-10%"), 100, 90, null],
    [change("-10%"), 100, 91, "missed"],
    [change("-10%"), 1903, 1712, null],
    [change("-10%"), 1903, 1713, "missed"],
    [change("+10%"), 100, 109, null],
    [change("+10%"), 100, 110, "met"],
    [change("-0%"), 100, 100, null],
    [change("-0%"), 100, 101, "missed"],
    [change("+0%"), 100, 99, null],
    [change("+0%"), 100, 100, "met"],
    [change("-10%"), 0, 0, null],
    [change("-10%"), 0, 1, "missed"],
    [level({at_most: 100}), 0, 100, null],
    [level({at_most: 100}), 0, 101, "missed"],
    [level({at_most: 0}), 0, 0, null],
    [level({at_most: 0}), 0, 1, "missed"],
    [level({below: 100}), 0, 99, null],
    [level({below: 100}), 0, 100, "missed"],
    [level({at_least: 100}), 0, 99, null],
    [level({at_least: 100}), 0, 100, "met"],
    [level({at_least: "99.5"}), 0, 99, null],
    [level({at_least: "99.5"}), 0, 100, "met"]
  ])("%j, before %d, now %d: %s", (given, before, now, status) => {
    const {rule, status: found, flags} = verdict(given, years(before, now, "2023-04-10"));
    if (status === null) expect(rule).not.toBe("decided");
    else expect([rule, found, flags.includes("provisional")]).toEqual(["decided", status, false]);
  });

  test.each([
    [change("-10%"), 101, "101 by 10 April 2023, more than the 90 allowed for the whole period."],
    [level({below: 100}), 100, "100 by 10 April 2023, and the whole period had to stay below 100."],
    [level({at_least: 90}), 95, "95 by 10 April 2023, so the 90 needed by 31 December 2023 are reached."],
    [level({at_least: 1}), 1, "1 by 10 April 2023, so the 1 needed by 31 December 2023 is reached."]
  ])("%j at %d says why", (given, now, reason) => {
    expect(verdict(given, years(100, now, "2023-04-10")).status_reason).toBe(reason);
  });
});

describe("5 decided at the end", () => {
  test.each([
    // goal, baseline, actual, status
    [change("-10%"), 100, 90, "met"],
    [change("-10%"), 100, 91, "missed"],
    [change("+10%"), 100, 110, "met"],
    [change("+10%"), 100, 109, "missed"],
    [level({at_least: 100}), 0, 99, "missed"],
    [level({at_most: 100}), 0, 100, "met"],
    [level({below: 100}), 0, 99, "met"]
  ])("%j, before %d, now %d: %s", (given, before, now, status) => {
    expect(verdict(given, years(before, now))).toMatchObject({rule: "decided", status});
  });

  const late = {mature: {after: "60 days", late: "5%"}};
  test.each([
    // goal, baseline, actual, last covered day, status, rule, provisional; twice 5% more is x 1.1
    [change("-10%"), 110, 90, "2024-02-29", "met", "decided", false],
    [change("-10%"), 110, 90, "2024-02-28", "met", "decided", true],
    [change("-10%"), 110, 91, "2024-02-28", "at_risk", "undecided", false],
    [change("-10%"), 110, 91, "2024-02-29", "met", "decided", false],
    [change("-10%"), 110, 100, "2024-02-28", "missed", "decided", false],
    [change("+10%"), 100, 110, "2024-02-28", "met", "decided", false],
    [change("+10%"), 100, 100, "2024-02-28", "at_risk", "undecided", false],
    [change("+10%"), 100, 99, "2024-02-28", "missed", "decided", true],
    [level({at_most: 110}), 0, 100, "2024-02-28", "met", "decided", true],
    [level({below: 110}), 0, 100, "2024-02-28", "at_risk", "undecided", false],
    [level({below: 110}), 0, 99, "2024-02-28", "met", "decided", true]
  ])("immature: %j, before %d, now %d, known to %s: %s", (given, before, now, last, status, rule, provisional) => {
    const found = verdict({...given, source: late}, years(before, now, last));
    expect([found.status, found.rule, found.flags.includes("provisional")]).toEqual([status, rule, provisional]);
  });

  test("what the sentences say of lateness", () => {
    const immature = (now: number) =>
      verdict({...change("-10%"), source: late}, years(110, now, "2023-12-31")).status_reason;
    expect(immature(90)).toBe(
      "Down 18.2% (90 against 110), needs 10%; 182% of the way; late reports can't reverse it."
    );
    expect(immature(91)).toBe(
      "Down 17.3% (91 against 110), needs 10%; 173% of the way; the period is over, but reports still to come may decide it."
    );
  });

  test("a finished month is not too early to judge", () => {
    const month: Given = {...change("-10%", {period: "2023-01"}), source: late};
    expect(verdict(month, years(110, 91, "2023-01-31")).status).toBe("at_risk");
  });
});

describe("6 stale", () => {
  const fresh: Given = {...change("-10%"), source: {freshness: {warn_after: "35 days", error_after: "65 days"}}};
  test.each([
    // known to, asked through, status; 65 days after 30 April 2023 is 4 July
    ["2023-04-30", "2023-07-04", "on_track"],
    ["2023-04-30", "2023-07-05", "no_data"],
    ["2023-04-30", null, "on_track"],
    ["2023-10-27", "2024-06-30", "on_track"],
    ["2023-10-26", "2024-06-30", "no_data"]
  ])("known to %s, asked through %s: %s", (last, through, status) => {
    const found = verdict(fresh, years(100, 40, last), through);
    expect([found.status, found.flags.includes("stale")]).toEqual([status, status === "no_data"]);
  });

  test("says how old", () => {
    expect(verdict(fresh, years(100, 40, "2023-04-30"), "2023-07-05").status_reason).toBe(
      "What is known ends on 30 April 2023, 66 days before 5 July 2023; the source allows 65 days."
    );
  });

  test("what is decided stays decided", () => {
    expect(verdict(fresh, years(100, 95, "2023-04-30"), "2023-12-31").status).toBe("missed");
  });
});

describe("7 too early", () => {
  test.each([
    // goal, nature, last day counted, status; the 60th day is 1 March
    [level({at_most: 100}), "outcome", "2023-02-28", "too_early"],
    [level({at_most: 100}), "outcome", "2023-03-01", "on_track"],
    [level({at_most: 100}), "output", "2023-01-02", "off_track"],
    [level({at_most: 0}), "outcome", "2023-01-02", "on_track"],
    [level({at_most: 20}), "outcome", "2023-04-01", "too_early"],
    [level({at_most: 20}), "outcome", "2023-04-02", "off_track"],
    [level({at_most: 0}), "outcome", "2023-04-01", "on_track"]
  ])("%j, %s, counted to %s: %s", (given, nature, last, status) => {
    const now = status === "on_track" ? 0 : 20;
    expect(verdict({...given, nature: nature as "outcome"}, years(0, now, last)).status).toBe(status);
  });

  test.each([
    // baseline to date: expected is 0.9 of it
    [0, "on_track"],
    [5, "too_early"],
    [6, "on_track"]
  ])("%d expected before the fall of 10%: %s", (before, status) => {
    const days: Days = {
      covered: ["2022-01-01", "2023-06-30"],
      on: onDays({"2022-01-01": before, "2022-12-31": 100})
    };
    expect(verdict(change("-10%"), days).status).toBe(status);
  });

  test("says why", () => {
    expect(verdict(level({at_most: 100}), years(0, 20, "2023-02-28")).status_reason).toBe(
      "20; at most 100 allowed, 16.2 expected so far; too early to judge: 59 of 365 days counted, 60 needed."
    );
    const few: Days = {covered: ["2022-01-01", "2023-06-30"], on: onDays({"2022-01-01": 5, "2022-12-31": 100})};
    expect(verdict(change("-10%"), few).status_reason).toBe(
      "0 against 5, needs a fall of 10%; too early to judge: only 4.5 expected so far, 5 needed."
    );
  });
});

describe("8 progress of a change: 100 of the baseline's 1,000 by 30 June", () => {
  const half = (now: number): Days => ({
    covered: ["2022-01-01", "2023-06-30"],
    on: onDays({"2022-06-30": 100, "2022-12-31": 900, "2023-06-30": now})
  });
  test.each([
    [change("-10%"), 89, "on_track"],
    [change("-10%"), 90, "on_track"],
    [change("-10%"), 91, "at_risk"],
    [change("-10%"), 99, "at_risk"],
    [change("-10%"), 100, "off_track"],
    [change("-10%"), 101, "off_track"],
    [change("+10%"), 110, "on_track"],
    [change("+10%"), 109, "at_risk"],
    [change("+10%"), 101, "at_risk"],
    [change("+10%"), 100, "off_track"],
    [change("-0%"), 100, "on_track"],
    [change("-0%"), 101, "off_track"],
    [change("-2.5%"), 97, "on_track"],
    [change("-2.5%"), 98, "at_risk"]
  ])("%j at %d: %s", (given, now, status) => {
    expect(verdict(given, half(now))).toMatchObject({rule: "progress", status});
  });

  test.each([
    [change("-10%"), 95, "Down 5.0% (95 against 100), needs 10%; 50% of the way."],
    [change("-10%"), 105, "Up 5.0% (105 against 100), needs a fall of 10%; the wrong way."],
    [change("-10%"), 100, "Unchanged (100 against 100), needs a fall of 10%."],
    [change("+10%"), 104, "Up 4.0% (104 against 100), needs 10%; 40% of the way."],
    [change("-0%"), 101, "Up 1.0% (101 against 100), needs no rise."]
  ])("%j at %d says so", (given, now, reason) => expect(verdict(given, half(now)).status_reason).toBe(reason));

  test("a stated baseline is held against its even course", () => {
    const given = change("-10%", {baseline: {value: 730, cite: "annual report"}});
    const at = (now: number) =>
      verdict(given, {covered: ["2023-01-01", "2023-04-10"], on: onDays({"2023-01-01": now})});
    // 100 of 365 days: 180 expected, 200 without a change.
    expect(at(180)).toMatchObject({status: "on_track", flags: ["pace_fallback"]});
    expect(at(199).status).toBe("at_risk");
    expect(at(200).status).toBe("off_track");
    expect(at(180).status_reason).toBe(
      "180; at most 657 allowed, 180 expected so far, which is a fall of 10% from 730."
    );
  });
});

describe("8 progress of a level: 100 expected of 365, 100 days in", () => {
  test.each([
    [level({at_least: 365}), 95, "on_track"],
    [level({at_least: 365}), 94, "at_risk"],
    [level({at_least: 365}), 85, "at_risk"],
    [level({at_least: 365}), 84, "off_track"],
    [level({at_most: 365}), 105, "on_track"],
    [level({at_most: 365}), 106, "at_risk"],
    [level({at_most: 365}), 117, "at_risk"],
    [level({at_most: 365}), 118, "off_track"],
    [level({at_most: 365}), 0, "on_track"],
    [level({below: 365}), 0, "on_track"]
  ])("%j at %d: %s", (given, now, status) => {
    expect(verdict(given, years(0, now, "2023-04-10"))).toMatchObject({rule: "progress", status});
  });

  test.each([
    // outputs: whole pieces of work behind 100
    [{at_least: 365}, 100, "on_track"],
    [{at_least: 365}, 99, "at_risk"],
    [{at_least: 365}, 98, "off_track"],
    [{at_most: 365}, 100, "on_track"],
    [{at_most: 365}, 101, "at_risk"],
    [{at_most: 365}, 102, "off_track"]
  ])("output %j at %d: %s", (goal, now, status) => {
    expect(verdict(level(goal, {nature: "output"}), years(0, now, "2023-04-10")).status).toBe(status);
  });
});

describe("flags", () => {
  test.each([
    // goal, baseline, actual, small numbers
    [change("-10%"), 9, 20, true],
    [change("-10%"), 10, 2, false],
    [level({at_most: 400}), 0, 9, true],
    [level({at_most: 400}), 0, 10, false],
    [level({at_least: 2}, {nature: "output"}), 0, 2, false],
    [level({at_least: 2}, {nature: "outcome"}), 0, 2, true]
  ])("%j, before %d, now %d: small_numbers %s", (given, before, now, small) => {
    expect(verdict(given, years(before, now)).flags.includes("small_numbers")).toBe(small);
  });
});

test("West LA by hand: 1,903 before, 1,828 after, a fall of 10% asked for", () => {
  const row = judge(
    measured(
      {target: {period: "2021-04-01/2021-07-31"}},
      {covered: ["2020-03-15", "2021-07-31"], on: onDays({"2020-05-05": 1903, "2021-05-05": 1828})}
    )
  );
  expect(row).toMatchObject({status: "missed", original_status: "missed", flags: []});
  expect(row.status_reason).toBe("Down 3.9% (1,828 against 1,903), needs 10%; 39% of the way.");
});

test("a share that is not all of the way is not printed as all of it", () => {
  const days: Days = {
    covered: ["2022-01-01", "2023-06-30"],
    on: onDays({"2022-06-30": 10000, "2022-12-31": 90000, "2023-06-30": 9001})
  };
  expect(verdict(change("-10%"), days)).toMatchObject({
    status: "at_risk",
    status_reason: "Down 10.0% (9,001 against 10,000), needs 10%; over 99% of the way."
  });
});

describe("what the segment's own extracts allow", () => {
  const finished = (own: Partial<ReturnType<typeof actualsOf>>) => {
    const actuals = {...actualsOf({covered: ["2023-01-01", "2023-03-31"], on: onDays({"2023-02-01": 45})}), ...own};
    const given = {
      target: {goal: {at_most: 46}, period: "2023-Q1"},
      source: {mature: {after: "60 days", late: "5%"}}
    };
    return verdictOn(measureTargets(projectOf(given), actuals, {as_of: null, through: null})[0]!);
  };

  test("a period is mature when the slowest of its Areas is known long enough, not the fastest", () => {
    expect(finished({horizon: () => "2023-06-30", knownTo: () => "2023-03-31"}).status).toBe("at_risk");
    expect(finished({horizon: () => "2023-06-30", knownTo: () => "2023-06-30"})).toMatchObject({
      status: "met",
      flags: []
    });
  });

  test("a sum that can fall decides nothing early", () => {
    const early = (can: boolean) => {
      const actuals = {
        ...actualsOf({covered: ["2023-01-01", "2023-04-10"], on: onDays({"2023-01-01": 12})}),
        canFall: () => can
      };
      return verdictOn(
        measureTargets(projectOf(level({at_least: 10}, {nature: "output"})), actuals, {as_of: null, through: null})[0]!
      ).rule;
    };
    expect([early(false), early(true)]).toEqual(["decided", "progress"]);
  });

  test("a level is printed as it was written", () => {
    const {status_reason} = verdict(level({at_most: "26.85"}), years(0, 20, "2023-04-10"));
    expect(status_reason).toContain("at most 26.85 allowed");
  });
});
