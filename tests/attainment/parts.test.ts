import {describe, expect, test} from "vitest";
import {attainmentDataSchema} from "../../pipeline/attainment/contract.ts";
import {dataRows} from "../../pipeline/status/data-rows.ts";
import {ask, daily, type Given, times} from "./parts-given.ts";

/** What a reader sees first of a row. */
function told(given: Given) {
  const {row, measured} = ask(given);
  const {actual_value, target_value, numerator, denominator, status, status_reason, flags} = row;
  const verdicts = measured.parts.map(({verdict}) => verdict[0]).join("");
  return {actual_value, target_value, numerator, denominator, status, status_reason, flags, verdicts};
}

const weekly = {goal: {at_least: 4}, every: "week", period: "2024-01-01/2024-03-31"};
/** 12 whole weeks from Sunday, 7 January, to Saturday, 30 March. */
const fourAWeek = daily("2024-01-07", "2024-03-30").filter(({day}) => new Date(day).getUTCDay() < 4);

describe("every", () => {
  test("counts the sub-periods that met the goal, of those over", () => {
    const all = told({target: weekly, rows: fourAWeek});
    expect(all).toMatchObject({
      actual_value: 1,
      target_value: 1,
      numerator: 12,
      denominator: 12,
      status: "met",
      flags: []
    });
    expect(all.status_reason).toBe("12 of 12 weeks with at least 4 meetings.");
  });

  test("is missed by one week with 3, for good, and says which", () => {
    const rows = fourAWeek.filter(({day}) => day !== "2024-02-13");
    const through = "2024-02-20";
    expect(told({target: weekly, rows, through})).toMatchObject({
      numerator: 5,
      denominator: 6,
      status: "missed",
      status_reason: "5 of 6 weeks with at least 4 meetings; not 2024-W07 (3)."
    });
    expect(told({target: weekly, rows})).toMatchObject({actual_value: 11 / 12, status: "missed"});
  });

  test("may allow some to miss", () => {
    const rows = fourAWeek.filter(({day}) => day !== "2024-02-13");
    const target = {...weekly, allow: 1};
    expect(told({target, rows, through: "2024-03-01"})).toMatchObject({
      status: "on_track",
      status_reason: "6 of 7 weeks with at least 4 meetings; not 2024-W07 (3); 1 may miss it; 5 to come."
    });
    expect(told({target, rows})).toMatchObject({status: "met"});
    expect(told({target, rows: rows.filter(({day}) => day !== "2024-02-20")})).toMatchObject({status: "missed"});
  });

  test("is on track until the period is over, and not due before the first one is", () => {
    expect(told({target: weekly, rows: fourAWeek, through: "2024-03-30"})).toMatchObject({status: "on_track"});
    expect(told({target: weekly, rows: fourAWeek, through: "2024-01-12"})).toMatchObject({
      actual_value: null,
      status: "not_due",
      status_reason: "No week is over yet."
    });
    expect(told({target: weekly, rows: [], through: "2023-12-31"})).toMatchObject({
      status: "not_due",
      status_reason: "The period begins on 1 January 2024."
    });
  });

  test("has no value where a sub-period is not known, unless the known ones decide", () => {
    const rows = fourAWeek;
    const covered = ["2024-01-14", "2024-12-31"] as const;
    expect(told({target: weekly, rows, covered})).toMatchObject({
      actual_value: null,
      status: "no_data",
      status_reason: "Not known: 1 of 12 weeks is not covered."
    });
    const short = rows.filter(({day}) => day !== "2024-02-13");
    expect(told({target: weekly, rows: short, covered})).toMatchObject({
      numerator: 10,
      denominator: 12,
      status: "missed",
      status_reason: "10 of 12 weeks with at least 4 meetings; not 2024-W07 (3); 1 not known."
    });
  });

  test("compares each sub-period with the one before it, the first with the one before the period", () => {
    const target = {goal: {change: "increase"}, baseline: {period: "preceding"}, every: "quarter", period: "2023-2024"};
    const rows = [
      ...times(3, "2023-06-01"),
      ...times(4, "2023-08-01"),
      ...times(5, "2023-11-01"),
      ...times(5, "2024-02-01"),
      ...times(6, "2024-05-01")
    ];
    expect(told({target, rows})).toMatchObject({
      verdicts: "yyny",
      status: "missed",
      status_reason: "3 of 4 quarters with an increase; not 2024-Q1 (5 against 5)."
    });
    const {measured} = ask({target, rows});
    expect(measured.parts.map(({baseline_value, actual_value}) => [baseline_value, actual_value])).toEqual([
      [3, 4],
      [4, 5],
      [5, 5],
      [5, 6]
    ]);
    const previous = {...target, baseline: {period: "previous"}};
    const yearBefore = rows.flatMap(({day}) => [
      {day: day.replace(/^2024/, "2023").replace(/^2023(?=-(08|11))/, "2022")}
    ]);
    expect(told({target: previous, rows: [...rows, ...yearBefore]}).verdicts).toBe("nnnn");
    expect(told({target: previous, rows}).verdicts).toBe("yyyy");
  });

  test("counts shifts of a day by their name", () => {
    const target = {goal: {at_least: 12}, every: "shift", period: "2024-01-08/2024-01-09"};
    const on = (day: string, shift: string, count: number) => times(count, day, {shift});
    const rows = [
      ...on("2024-01-08", "day", 12),
      ...on("2024-01-08", "night", 11),
      ...on("2024-01-09", "day", 13),
      ...on("2024-01-09", "night", 12)
    ];
    expect(told({target, rows})).toMatchObject({
      numerator: 3,
      denominator: 4,
      status: "missed",
      status_reason: "3 of 4 shifts with at least 12 meetings; not 8 January 2024 night (11)."
    });
  });

  test("holds each observation of a stock against its level, strictly", () => {
    const measure = {count: undefined, nature: undefined, latest: "rows", better: "lower", unit: "dispensaries"};
    const target = {goal: {below: 100}, every: "observation", period: "2024-Q1"};
    const rows = [...times(99, "2024-01-31"), ...times(100, "2024-02-29"), ...times(98, "2024-03-31")];
    expect(told({target, measure, rows})).toMatchObject({
      verdicts: "yny",
      status: "missed",
      status_reason: "2 of 3 observations with fewer than 100 dispensaries; not 29 February 2024 (100)."
    });
    expect(told({target, measure, rows, through: "2024-02-28"})).toMatchObject({status: "on_track", verdicts: "y"});
    expect(told({target, measure, rows: times(1, "2023-01-01"), through: "2024-02-28"})).toMatchObject({
      status: "no_data",
      status_reason: "Not known: nothing was observed yet."
    });
    const falling = {...target, goal: {change: "decrease"}, baseline: {period: "preceding"}};
    expect(told({target: falling, measure, rows: [...times(101, "2023-12-31"), ...rows]}).verdicts).toBe("yny");
  });

  test("of classes is theirs that end in the period, by their own rows", () => {
    const units = [
      {code: "C1", type: "recruit_class", from: "2023-11-01", to: "2024-01-31"},
      {code: "C2", type: "recruit_class", from: "2024-01-15", to: "2024-03-20"},
      {code: "C3", type: "recruit_class", from: "2024-03-01", to: "2024-06-30"}
    ];
    const measure = {count: undefined, nature: undefined, share: {where: {kind: "woman"}}, unit: "share"};
    const target = {goal: {at_least: "30%"}, every: "class", period: "2024-Q1"};
    const hired = (unit: string, women: number, men: number, day: string) => [
      ...times(women, day, {unit, hit: true}),
      ...times(men, day, {unit, hit: false})
    ];
    const rows = [
      ...hired("C1", 3, 7, "2023-11-02"),
      ...hired("C2", 2, 8, "2024-01-20"),
      ...hired("C3", 5, 5, "2024-03-02")
    ];
    const {status, status_reason, verdicts} = told({target, measure, rows, units});
    expect([status, verdicts]).toEqual(["missed", "yn"]);
    expect(status_reason).toBe("1 of 2 classes with at least 30%; not C2 (20.0%, 2 of 10).");
    expect(told({target, measure, rows, units, through: "2024-03-10"})).toMatchObject({
      verdicts: "y",
      status: "on_track"
    });
  });
});

const divisions = [{code: "Alder"}, {code: "Birch"}, {code: "Cedar"}];
const twoEach = {goal: {at_least: 2}, each: "division", period: "2024-Q1"};

describe("each", () => {
  test("counts the units that met the goal; one without any row is 0 and fails", () => {
    const rows = [...times(2, "2024-02-01", {unit: "Alder"}), ...times(3, "2024-02-01", {unit: "Birch"})];
    expect(told({target: twoEach, units: divisions, rows})).toMatchObject({
      actual_value: 2,
      target_value: 3,
      numerator: 2,
      denominator: 3,
      status: "missed",
      verdicts: "yyn",
      status_reason: "2 of 3 divisions with at least 2 meetings; not Cedar (0)."
    });
    expect(ask({target: twoEach, units: divisions, rows}).row).toMatchObject({
      unit: "divisions",
      expected_to_date: 3,
      gap: -1
    });
  });

  test("is met as soon as all have, where a count can't fall back and none is to join", () => {
    const rows = divisions.flatMap(({code}) => times(2, "2024-01-10", {unit: code}));
    const through = "2024-01-15";
    expect(told({target: twoEach, units: divisions, rows, through})).toMatchObject({
      status: "met",
      status_reason: "3 of 3 divisions with at least 2 meetings."
    });
    const joining = [...divisions, {code: "Dogwood", from: "2024-03-01"}];
    expect(told({target: twoEach, units: joining, rows, through})).toMatchObject({status: "on_track", denominator: 3});
    expect(told({target: twoEach, units: joining, rows})).toMatchObject({status: "missed", denominator: 4});
  });

  test("while the period runs is as far as the unit furthest behind its pace", () => {
    const goal = {...twoEach, goal: {at_least: 8}, period: "2024"};
    const held = (cedar: number) => [
      ...times(5, "2024-01-10", {unit: "Alder"}),
      ...times(8, "2024-01-10", {unit: "Birch"}),
      ...times(cedar, "2024-01-10", {unit: "Cedar"})
    ];
    const status = (cedar: number) =>
      told({target: goal, units: divisions, rows: held(cedar), through: "2024-06-30"}).status;
    // Of 8 in 366 days 182 are over: 3 are expected by then.
    expect([3, 2, 1, 0].map(status)).toEqual(["on_track", "at_risk", "off_track", "off_track"]);
    expect(told({target: goal, units: divisions, rows: held(2), through: "2024-06-30"}).status_reason).toBe(
      "1 of 3 divisions with at least 8 meetings; not Alder (5), Cedar (2); the period ends on 31 December 2024."
    );
  });

  test("is missed as soon as one exceeds a limit that it can't come back under", () => {
    const target = {...twoEach, goal: {at_most: 2}};
    const rows = times(3, "2024-01-10", {unit: "Birch"});
    const measure = {better: "lower"};
    expect(told({target, measure, units: divisions, rows, through: "2024-01-31"})).toMatchObject({
      status: "missed",
      verdicts: "yny"
    });
    const leaving = [{code: "Alder"}, {code: "Birch", to: "2024-02-15"}];
    expect(told({target, measure, units: leaving, rows, through: "2024-01-31"})).toMatchObject({status: "off_track"});
    expect(told({target, measure, units: leaving, rows})).toMatchObject({status: "met", denominator: 1});
  });

  test("counts one that joined late from the day on which it joined, and says so", () => {
    const units = [{code: "Alder"}, {code: "Birch", from: "2024-02-10"}];
    const rows = [...times(2, "2024-01-10", {unit: "Alder"}), ...times(2, "2024-03-01", {unit: "Birch"})];
    const {measured} = ask({target: twoEach, units, rows});
    expect(measured.parts.map(({period, verdict}) => [period.from, verdict])).toEqual([
      ["2024-01-01", "yes"],
      ["2024-02-10", "yes"]
    ]);
  });

  test("with no unit in the roster has no data", () => {
    const units = [{code: "Alder", to: "2024-02-01"}];
    expect(told({target: twoEach, units, rows: []})).toMatchObject({
      actual_value: null,
      status: "no_data",
      status_reason: "Not known: no division is in the roster on 31 March 2024."
    });
  });

  test("by a day waits until then, holds what stood on that day, and tells what came later", () => {
    const measure = {count: undefined, nature: undefined, latest: "rows", better: "higher", unit: "mentors"};
    const target = {...twoEach, goal: {at_least: 1}, by: "2024-02-15"};
    const register = (day: string, ...units: string[]) => units.map((unit) => ({day, unit}));
    const rows = [
      ...register("2024-01-31", "Alder"),
      ...register("2024-02-15", "Alder", "Birch"),
      ...register("2024-03-15", "Alder", "Birch", "Cedar")
    ];
    const at = (through: string) => told({target, measure, units: divisions, rows, through});
    expect(at("2024-02-01")).toMatchObject({
      status: "not_due",
      status_reason:
        "1 of 3 divisions with at least 1; not yet Birch (0), Cedar (0); due on 15 February 2024, 14 days left."
    });
    expect(at("2024-02-15")).toMatchObject({status: "missed", flags: ["overdue"]});
    expect(at("2024-03-31")).toMatchObject({
      status: "missed",
      flags: ["done_late"],
      status_reason: "2 of 3 divisions with at least 1; not Cedar (later); due by 15 February 2024."
    });
  });

  test("so long after each joined has a due day of each", () => {
    const units = [
      {code: "Alder", from: "2023-01-01"},
      {code: "Birch", from: "2024-01-15"}
    ];
    const target = {...twoEach, by: {within: "2 months", after: "joined"}, period: "2024-Q1"};
    const rows = [...times(2, "2024-01-10", {unit: "Alder"}), ...times(1, "2024-02-01", {unit: "Birch"})];
    const at = (through: string, more = rows) => told({target, units: units.slice(1), rows: more, through});
    expect(at("2024-02-15")).toMatchObject({status: "not_due"});
    expect(at("2024-02-15").status_reason).toContain("the next is due on 15 March 2024, 29 days left");
    expect(at("2024-03-15")).toMatchObject({status: "missed", flags: ["overdue"]});
    expect(at("2024-03-20", [...rows, {day: "2024-03-18", unit: "Birch"}])).toMatchObject({
      status: "missed",
      flags: ["done_late"]
    });
    expect(at("2024-02-20", [...rows, {day: "2024-02-18", unit: "Birch"}])).toMatchObject({status: "met"});
    expect(ask({target, units, rows}).measured.parts.map(({due_on}) => due_on)).toEqual(["2023-03-01", "2024-03-15"]);
  });

  test("of classes counts those whose days touch the period, by all their own days", () => {
    const units = [
      {code: "C1", type: "recruit_class", from: "2023-11-01", to: "2024-01-31"},
      {code: "C2", type: "recruit_class", from: "2024-02-01", to: "2024-05-31"},
      {code: "C9", type: "recruit_class", from: "2022-02-01", to: "2022-05-31"}
    ];
    const target = {goal: {at_least: 1}, each: "recruit_class", period: "2024-Q1"};
    const rows = [{day: "2023-11-05", unit: "C1"}];
    expect(told({target, units, rows})).toMatchObject({numerator: 1, denominator: 2, status: "missed", verdicts: "yn"});
  });
});

describe("every and each", () => {
  test("counts pairs of a unit and a sub-period on all days of which the roster has it", () => {
    const units = [{code: "Alder"}, {code: "Birch", from: "2024-02-10"}];
    const target = {goal: {at_least: 1}, every: "month", each: "division", period: "2024-Q1"};
    const rows = [
      {day: "2024-01-05", unit: "Alder"},
      {day: "2024-02-05", unit: "Alder"},
      {day: "2024-03-05", unit: "Birch"}
    ];
    expect(told({target, units, rows})).toMatchObject({
      numerator: 3,
      denominator: 4,
      status: "missed",
      status_reason: "3 of 4 months of 2 divisions with at least 1; not Alder in 2024-03 (0)."
    });
  });
});

describe("done", () => {
  const target = {measure: "launch", goal: {done: true}, by: "2024-02-15"};
  const at = (through: string, done: string | null) => told({target, rows: [{day: "2024-01-01", done}], through});

  test("is not due before its day, met when done by it, and late by so many days after it", () => {
    expect(at("2024-02-01", null)).toMatchObject({
      actual_value: 0,
      status: "not_due",
      status_reason: "Not done yet; due on 15 February 2024, 14 days left."
    });
    expect(at("2024-02-01", "2024-01-20")).toMatchObject({
      status: "met",
      status_reason: "Done on 20 January 2024, due by 15 February 2024."
    });
    expect(at("2024-05-01", "2024-02-15")).toMatchObject({status: "met", flags: []});
    expect(at("2024-05-01", "2024-03-29")).toMatchObject({
      actual_value: 1,
      status: "missed",
      flags: ["done_late"],
      status_reason: "43 days late: done on 29 March 2024, due by 15 February 2024."
    });
  });

  test("is missed on its day when it is not done by its end, and says how long it is overdue", () => {
    expect(at("2024-02-14", null).status).toBe("not_due");
    expect(at("2024-02-15", null)).toMatchObject({
      status: "missed",
      flags: ["overdue"],
      status_reason: "Not done by 15 February 2024."
    });
    expect(at("2024-03-29", null)).toMatchObject({
      status: "missed",
      status_reason: "Not done by 15 February 2024, 43 days overdue on 29 March 2024."
    });
    // What is done later is not known on the day asked for.
    expect(at("2024-03-01", "2024-03-29")).toMatchObject({actual_value: 0, status: "missed", flags: ["overdue"]});
  });

  test("is due on the period's last day where no day is set, and after an event where it is set so", () => {
    const {row} = ask({target: {measure: "launch", goal: {done: true}}, rows: [{day: "2024-01-01", done: null}]});
    expect(row).toMatchObject({due_on: "2024-03-31", done_on: null, target_value: 1, expected_to_date: 1});
    const after = {goal: {at_least: 1}, by: {within: "1 month", after: "launch"}, each: "division"};
    const due = (done: string | null) =>
      ask({target: after, units: [{code: "Alder"}], rows: [{day: "2024-01-01", unit: "Alder", done}]}).row.due_on;
    expect([due(null), due("2024-01-31")]).toEqual([null, "2024-02-29"]);
  });

  test("of each unit names those that are late or open", () => {
    const rows = [
      {day: "2024-01-01", unit: "Alder", done: "2024-02-01"},
      {day: "2024-01-01", unit: "Birch", done: "2024-03-01"},
      {day: "2024-01-01", unit: "Cedar", done: null}
    ];
    const asked = {target: {...target, each: "division"}, units: divisions, rows};
    expect(told({...asked, through: "2024-02-01"})).toMatchObject({numerator: 1, status: "not_due"});
    expect(told({...asked, through: "2024-03-31"})).toMatchObject({
      numerator: 1,
      denominator: 3,
      status: "missed",
      flags: ["overdue"],
      status_reason: "1 of 3 divisions done; not Birch (later, on 1 March 2024), Cedar; due by 15 February 2024."
    });
  });
});

describe("late reports", () => {
  const source = {mature: {after: "30 days", late: "10%"}};

  test("leave a miss open that they may still mend, and no other", () => {
    const target = {goal: {at_least: 10}, every: "month", period: "2024-Q1"};
    const rows = (march: number) => [
      ...times(10, "2024-01-05"),
      ...times(10, "2024-02-05"),
      ...times(march, "2024-03-05")
    ];
    const covered = ["2024-01-01", "2024-03-31"] as const;
    const status = (march: number) => told({target, source, rows: rows(march), covered});
    expect(status(9)).toMatchObject({status: "at_risk"});
    expect(status(8)).toMatchObject({status: "missed", flags: ["provisional"]});
    expect(status(10)).toMatchObject({status: "met", flags: ["provisional"]});
    const {status_reason} = told({target, source, rows: rows(9), covered});
    expect(status_reason).toContain("reports or cases still to come may decide it");
    expect(told({target, source, rows: rows(9), covered: ["2024-01-01", "2024-05-31"]})).toMatchObject({
      status: "missed",
      flags: []
    });
  });
});

describe("rows of data", () => {
  const rows = (given: Given) => {
    const {measured, row} = ask(given);
    return dataRows([measured], [row]);
  };

  test("are the whole with its status, then its parts with their verdicts, in the measure's unit", () => {
    const units = [{code: "Alder"}, {code: "Birch", from: "2024-02-10"}];
    const [whole, ...parts] = rows({target: twoEach, units, rows: times(2, "2024-02-01", {unit: "Alder"})});
    expect(whole).toMatchObject({part: "whole", unit: "divisions", status: "missed", verdict: null});
    expect(parts.map((part) => attainmentDataSchema.parse(part))).toMatchObject([
      {part: "unit", segment: "Alder", unit: "meetings", actual_value: 2, verdict: "yes", status: null, flags: []},
      {part: "unit", segment: "Birch", actual_value: 0, verdict: "no", status: null, original_status: null}
    ]);
    expect(parts.map(({status_reason}) => status_reason)).toEqual([
      "2 meetings; at least 2 needed.",
      "0 meetings; at least 2 needed; in the roster from 10 February 2024."
    ]);
  });

  test("say what a part is held against, when it was done, and why it is not known", () => {
    const quarters = {
      goal: {change: "increase"},
      baseline: {period: "preceding"},
      every: "quarter",
      period: "2023-2024"
    };
    const [, first, second] = rows({
      target: quarters,
      rows: [...times(2, "2023-08-01"), ...times(1, "2023-11-01")],
      covered: ["2023-07-01", "2024-06-30"]
    });
    expect([first!.status_reason, first!.reason_code]).toEqual([
      "Not known: 2023-06-30 is not covered.",
      "baseline_not_covered"
    ]);
    expect([second!.status_reason, second!.verdict]).toEqual(["1 against 2; an increase needed.", "no"]);
    const launch = {measure: "launch", goal: {done: true}, by: "2024-02-15", each: "division"};
    const register = [
      {day: "2024-01-01", unit: "Alder", done: "2024-03-01"},
      {day: "2024-01-01", unit: "Birch", done: null}
    ];
    const [, late, open] = rows({target: launch, units: [{code: "Alder"}, {code: "Birch"}], rows: register});
    expect(late!.status_reason).toBe("Done on 1 March 2024; due by 15 February 2024.");
    expect(open!.status_reason).toBe("Not done; due by 15 February 2024.");
  });

  test("have a unit once, though a row beside the binding one counts it too", () => {
    const {measured, row} = ask({target: twoEach, units: divisions, rows: []});
    const beside = {...row, binding: false};
    const keys = dataRows([measured, measured], [row, beside]).map(({part, segment_name}) => `${part} ${segment_name}`);
    expect(keys).toEqual(["whole Oakton", "unit Alder", "unit Birch", "unit Cedar", "whole Oakton"]);
  });
});
