import fc from "fast-check";
import {expect, test} from "vitest";
import {type AttainmentRow, attainmentRowSchema} from "../../pipeline/attainment/contract.ts";
import {measureTargets} from "../../pipeline/attainment/measure-targets.ts";
import {addDays} from "../../pipeline/calendar/iso-date.ts";
import {judge} from "../../pipeline/status/judge.ts";
import {actualsOf, onDays, projectOf} from "../attainment/given.ts";

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

const bases = fc.integer({min: 1, max: 2000});
/** Percents with up to one decimal, as tenths. */
const tenths = fc.integer({min: 0, max: 1000});
const percent = (sign: string, tenth: number) => `${sign}${Math.floor(tenth / 10)}.${tenth % 10}%`;

test("met or missed is what whole-number cross products say, over bases 1 to 2000", () => {
  fc.assert(
    fc.property(bases, tenths, fc.constantFrom("-", "+"), fc.integer({min: -2, max: 2}), (before, tenth, sign, off) => {
      const kept = sign === "-" ? 1000 - tenth : 1000 + tenth;
      const now = Math.max(0, Math.round((before * kept) / 1000) + off);
      const wanted = sign === "-" ? now * 1000 <= before * kept : now * 1000 >= before * kept;
      expect(rowOf({change: percent(sign, tenth)}, {before, now}).status).toBe(wanted ? "met" : "missed");
    }),
    {numRuns: 1000}
  );
});

test("every base from 1 to 2000 that a percent hits exactly is met, where doubles would sometimes miss", () => {
  const missed: number[] = [];
  for (let before = 10; before <= 2000; before += 10) {
    for (const p of [10, 30, 70]) {
      const now = (before * (100 + p)) / 100;
      if (rowOf({change: `+${p}%`}, {before, now}).status !== "met") missed.push(before);
    }
  }
  expect(missed).toEqual([]);
});

test("a harder goal is never met where an easier one is missed", () => {
  fc.assert(
    fc.property(bases, fc.nat({max: 4000}), tenths, tenths, fc.constantFrom("-", "+"), (before, now, a, b, sign) => {
      const [easier, harder] = a < b ? [a, b] : [b, a];
      if (rowOf({change: percent(sign, harder)}, {before, now}).status === "met") {
        expect(rowOf({change: percent(sign, easier)}, {before, now}).status).toBe("met");
      }
    })
  );
});

test("no figure is NaN or infinite, every null of a needed figure has its reason, and each row has the contract's shape", () => {
  const goals = fc.oneof(
    fc.tuple(fc.constantFrom("-", "+"), tenths).map(([sign, tenth]) => ({change: percent(sign, tenth)})),
    fc.nat({max: 50}).map((at_least) => ({at_least})),
    fc.nat({max: 50}).map((at_most) => ({at_most})),
    fc.integer({min: 1, max: 50}).map((below) => ({below})),
    fc.constant({track: true})
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
