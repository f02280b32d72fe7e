import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import fc from "fast-check";
import {expect, test} from "vitest";
import {type AttainmentRow, attainmentRowSchema} from "../../pipeline/attainment/contract.ts";
import {meets} from "../../pipeline/attainment/goal.ts";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import {exactValue} from "../../pipeline/attainment/read-measure.ts";
import {addDays} from "../../pipeline/calendar/iso-date.ts";
import {type Goal, goalSchema, resolveGoal} from "../../pipeline/config/goal.ts";
import {compare, dividedBy, exact} from "../../pipeline/statistics/exact.ts";
import {judge} from "../../pipeline/status/judge.ts";
import {actualsOf, onDays, projectOf} from "../attainment/given.ts";
import {records} from "../support/csv-records.ts";

interface Counts {
  readonly before: number;
  readonly now: number;
  readonly last?: string;
  readonly through?: string | null;
}

function rowOf(goal: object, {before, now, last = "2023-12-31", through = null}: Counts): AttainmentRow {
  const target = "change" in goal ? {goal, baseline: {period: "previous"}} : {goal};
  const actuals = actualsOf({
    covered: ["2022-01-01", last],
    on: onDays({"2022-02-02": before, "2023-02-02": now})
  });
  return judge(measureTargets(projectOf({target}), actuals, {as_of: null, through})[0]!);
}

/** Goals as written in a file, with their words understood. */
function resolved(...written: readonly object[]): Goal[] {
  return written.map((goal) => resolveGoal(goalSchema.parse(goal), new Map())!);
}

function changeGoal(change: string): Goal {
  return resolved({change})[0]!;
}

const bases = fc.integer({min: 1, max: 2000});
/** Percents with up to one decimal, as tenths. */
const tenths = fc.integer({min: 0, max: 1000});
const percent = (sign: string, tenth: number) => `${sign}${Math.floor(tenth / 10)}.${tenth % 10}%`;

test("a row has its columns in their order, as a file of rows has them", () => {
  const row = rowOf({at_most: 3}, {before: 1, now: 2});
  expect(Object.keys(row)).toEqual(Object.keys(attainmentRowSchema.shape));
});

test("met or missed is what whole-number cross products say, over bases 1 to 2000", () => {
  fc.assert(
    fc.property(bases, tenths, fc.constantFrom("-", "+"), fc.integer({min: -2, max: 2}), (before, tenth, sign, off) => {
      const kept = sign === "-" ? 1000 - tenth : 1000 + tenth;
      const now = Math.max(0, Math.round((before * kept) / 1000) + off);
      const wanted = sign === "-" ? now * 1000 <= before * kept : now * 1000 >= before * kept;
      expect(rowOf({change: percent(sign, tenth)}, {before, now}).status).toBe(wanted ? "met" : "missed");
    }),
    {numRuns: 300}
  );
});

/** Every percent that a goal of the plan names, as it is written there. */
const percents = ["3", "4.1", "5", "10", "15", "20", "25", "30", "41.2", "50", "80", "85", "100"];

test("every percent of the plan is among them", () => {
  const file = join(import.meta.dirname, "../../../shared/plan/milestone-targets.csv");
  if (!existsSync(file)) {
    console.info("../shared/plan is absent: its percents are those listed here");
    return;
  }
  const inPercent = records(readFileSync(file, "utf8")).filter(({kind}) =>
    ["reduce_pct", "increase_pct", "share_at_least", "ratio_at_most"].includes(kind!)
  );
  const named = new Set(inPercent.map(({target_value}) => target_value!).filter((text) => /^\d+(\.\d+)?$/.test(text)));
  expect([...named].filter((percent) => !percents.includes(percent))).toEqual([]);
});

test("every base from 1 to 2000, risen or fallen by every percent of the plan, is met exactly at the edge", () => {
  const wrong: string[] = [];
  for (const percent of percents) {
    const tenth = Math.round(Number(percent) * 10);
    for (const sign of [-1, 1]) {
      const goal = changeGoal(`${sign < 0 ? "-" : "+"}${percent}%`);
      for (let before = 1; before <= 2000; before += 1) {
        // In thousandths, as whole numbers: the base times 1,000 less or more the percent's tenths.
        const edge = before * (1000 + sign * tenth);
        const [under, over] = [Math.floor(edge / 1000), Math.ceil(edge / 1000)];
        const met = (now: number) => meets(exact(now), {goal, baseline: exact(before)});
        const right =
          sign < 0 ? met(under) === true && met(under + 1) === false : met(over) === true && met(over - 1) === false;
        if (!right) wrong.push(`${sign < 0 ? "-" : "+"}${percent}% of ${before}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test("every share of 1 to 2000 cases is held against every percent of the plan by whole-number products", () => {
  const wrong: string[] = [];
  for (const percent of percents) {
    const tenth = Math.round(Number(percent) * 10);
    const goals = resolved(
      {at_least: `${percent}%`},
      {above: `${percent}%`},
      {below: `${percent}%`},
      {at_most: `${percent}%`}
    );
    for (let cases = 1; cases <= 2000; cases += 1) {
      const edge = Math.floor((cases * tenth) / 1000);
      for (const of of [edge - 1, edge, edge + 1].filter((one) => one >= 0 && one <= cases)) {
        const side = Math.sign(of * 1000 - cases * tenth);
        const value = exactValue({
          value: of / cases,
          numerator: of,
          denominator: cases,
          rows_counted: cases,
          reason: null
        })!;
        const found = goals.map((goal) => meets(value, {goal, baseline: null}));
        if (String(found) !== String([side >= 0, side > 0, side < 0, side <= 0]))
          wrong.push(`${of} of ${cases}: ${percent}%`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

/** A goal, one that is no easier, and what both are held against. */
const pairs = fc.oneof(
  fc.constantFrom("%", " points", " incidents").chain((unit) =>
    fc.tuple(fc.constantFrom("-", "+"), tenths, tenths).map(([sign, a, b]) => {
      const [easier, harder] = a < b ? [a, b] : [b, a];
      const written = (tenth: number) => `${percent(sign, tenth).slice(0, -1)}${unit}`;
      return [{change: written(easier)}, {change: written(harder)}];
    })
  ),
  fc.tuple(tenths, tenths).map(([a, b]) => {
    const factor = (tenth: number) => ({change: `x${1 + tenth / 1000}`});
    return a < b ? [factor(a), factor(b)] : [factor(b), factor(a)];
  }),
  fc
    .constantFrom(["increase", "+1 incidents"], ["decrease", "-1 incidents"], ["+0%", "increase"], ["-0%", "decrease"])
    .map((pair) => pair.map((change) => ({change}))),
  fc
    .tuple(fc.constantFrom("at_least", "above"), fc.nat({max: 3000}), fc.nat({max: 3000}))
    .map(([kind, a, b]) => [Math.min(a, b), Math.max(a, b)].map((level) => ({[kind]: level}))),
  fc
    .tuple(fc.constantFrom("at_most", "below"), fc.nat({max: 3000}), fc.nat({max: 3000}))
    .map(([kind, a, b]) => [Math.max(a, b), Math.min(a, b)].map((level) => ({[kind]: level}))),
  fc
    .nat({max: 3000})
    .chain((level) =>
      fc.constantFrom(
        [{at_least: level}, {above: level}],
        [{at_most: level}, {below: level}],
        [{at_least: level}, {exactly: level}],
        [{at_most: level}, {exactly: level}],
        [{between: [level, level + 9]}, {between: [level + 1, level + 8]}],
        [{at_least: level}, {between: [level, level + 9]}]
      )
    )
);

test("a harder goal is never met where an easier one is missed, in any form", () => {
  fc.assert(
    fc.property(bases, fc.nat({max: 4000}), pairs, (before, now, [easier, harder]) => {
      const met = resolved(easier!, harder!).map((goal) => meets(exact(now), {goal, baseline: exact(before)}));
      if (met[1] === true) expect(met[0]).toBe(true);
    }),
    {numRuns: 5000}
  );
});

test("nor does its row say so", () => {
  fc.assert(
    fc.property(bases, fc.nat({max: 4000}), pairs, (before, now, [easier, harder]) => {
      if (rowOf(harder!, {before, now}).status === "met") expect(rowOf(easier!, {before, now}).status).toBe("met");
    }),
    {numRuns: 200}
  );
});

test("an additive chain asks for the sum of its changes, a compound one for their product", () => {
  const percentsOf = fc.constantFrom(...percents.filter((percent) => percent !== "100"));
  fc.assert(
    fc.property(bases, percentsOf, percentsOf, fc.constantFrom("-", "+"), (base, first, second, sign) => {
      const before = [
        {target: "first", goal: {change: `${sign}${first}%`}, baseline: {period: "previous"}, period: "2022"}
      ];
      const actuals = actualsOf({covered: ["2021-01-01", "2023-12-31"], on: onDays({"2021-02-02": base})});
      const asked = (chain: string) => {
        const target = {goal: {change: `${sign}${second}%`}, baseline: {target: "first", chain}};
        return measureTargets(projectOf({target, before}), actuals, {as_of: null, through: null})[0]!.exact.target!;
      };
      const tenth = (text: string) => Number(`${sign}1`) * Math.round(Number(text) * 10);
      const sum = BigInt(base) * BigInt(1000 + tenth(first) + tenth(second));
      const product = BigInt(base) * BigInt(1000 + tenth(first)) * BigInt(1000 + tenth(second));
      expect(compare(asked("additive"), dividedBy(exact(String(sum)), exact(1000))!)).toBe(0);
      expect(compare(asked("compound"), dividedBy(exact(String(product)), exact(1_000_000))!)).toBe(0);
    }),
    {numRuns: 150}
  );
});

test("no figure is NaN or infinite, every null of a needed figure has its reason, and each row has the contract's shape", () => {
  const goals = fc.oneof(
    fc.tuple(fc.constantFrom("-", "+"), tenths).map(([sign, tenth]) => ({change: percent(sign, tenth)})),
    fc.constantFrom("increase", "decrease", "x2", "x0.5", "+3 incidents", "-3 incidents").map((change) => ({change})),
    fc
      .constantFrom("at_least", "at_most", "above", "below", "exactly")
      .chain((kind) => fc.integer({min: 0, max: 50}).map((level) => ({[kind]: level}))),
    fc.nat({max: 50}).map((low) => ({between: [low, low + 5]})),
    fc.constant({track: true}),
    fc.constant({to_be_set: {by: "2023-06-30"}})
  );
  const day = fc.integer({min: -200, max: 500}).map((offset) => addDays("2023-01-01", offset));
  const counts = fc.record({
    before: fc.oneof(fc.constant(0), fc.nat({max: 60})),
    now: fc.oneof(fc.constant(0), fc.nat({max: 60})),
    last: day,
    through: fc.option(day)
  });
  fc.assert(
    fc.property(goals, counts, (goal, given) => {
      const row = rowOf(goal, given);
      expect(rowOf(goal, given)).toEqual(row);
      expect(attainmentRowSchema.parse(row)).toEqual(row);
      for (const value of Object.values(row)) {
        if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
      }
      expect(row.status_reason).not.toMatch(/NaN|Infinity|null|undefined/);
      expect(row.status_reason).toMatch(/^[A-Z0-9].*\.$/);
      if (row.actual_value === null) expect(row.reason_code).not.toBeNull();
      if (row.goal_kind === "change" && row.change_to_date === null) expect(row.reason_code).not.toBeNull();
    }),
    {numRuns: 500}
  );
});

test("a later day asked for never counts fewer days, nor less", () => {
  const day = fc.integer({min: 0, max: 400}).map((offset) => addDays("2023-01-01", offset));
  fc.assert(
    fc.property(day, day, day, (a, b, last) => {
      const [sooner, later] = a < b ? [a, b] : [b, a];
      const goal = {at_most: 700};
      const first = rowOf(goal, {before: 0, now: 5, last, through: sooner});
      const second = rowOf(goal, {before: 0, now: 5, last, through: later});
      expect(second.through >= first.through).toBe(true);
      expect(second.through <= later).toBe(true);
      expect(second.actual_value!).toBeGreaterThanOrEqual(first.actual_value!);
      expect(second.expected_to_date!).toBeGreaterThanOrEqual(first.expected_to_date!);
    })
  );
});
