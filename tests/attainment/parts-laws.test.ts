import fc from "fast-check";
import {describe, expect, test} from "vitest";
import type {Measured} from "../../pipeline/attainment/contract.ts";
import {addDays, type IsoDate} from "../../pipeline/calendar/iso-date.ts";
import {ask, type Given, type Row, type Unit} from "./parts-given.ts";

/*
 * Whatever the roster, the rows and the goal: a unit never disappears, parts add up to their whole, order does not
 * matter, and a verdict that is final stays.
 */

const from = "2024-01-01";
const days = 91;
const dayIn = (least: number, most: number) => fc.integer({min: least, max: most}).map((at) => addDays(from, at));

const codes = ["Alder", "Birch", "Cedar", "Dogwood", "Elm"];

const unitsOf = (least: number) =>
  fc
    .uniqueArray(fc.constantFrom(...codes), {minLength: least, maxLength: codes.length})
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((code) =>
          fc
            .record({
              code: fc.constant(code),
              from: fc.option(dayIn(-60, days + 20), {nil: undefined, freq: 3}),
              lasts: fc.option(fc.integer({min: 0, max: 150}), {nil: undefined, freq: 3})
            })
            .map(({lasts, ...unit}): Unit => {
              return {...unit, to: lasts === undefined ? undefined : addDays(unit.from ?? from, lasts)} as Unit;
            })
        )
      )
    )
    .map((units) => units as Unit[]);

const rowsOf = fc.array(
  fc.record({
    day: dayIn(-30, days + 30),
    unit: fc.constantFrom(...codes),
    shift: fc.constantFrom("day", "night"),
    hit: fc.boolean(),
    done: fc.option(dayIn(-10, days + 30), {nil: null})
  }),
  {maxLength: 40}
) as fc.Arbitrary<Row[]>;

const goals = fc.oneof(
  fc.integer({min: 0, max: 4}).map((level) => ({at_least: level})),
  fc.integer({min: 0, max: 4}).map((level) => ({at_most: level})),
  fc.integer({min: 1, max: 4}).map((level) => ({below: level})),
  fc.tuple(fc.integer({min: 0, max: 2}), fc.integer({min: 2, max: 4})).map(([low, high]) => ({between: [low, high]})),
  fc.integer({min: 0, max: 3}).map((level) => ({exactly: level}))
);

const share = {count: undefined, nature: undefined, share: {where: {kind: "x"}}, unit: "share"};
const stock = {count: undefined, nature: undefined, latest: "rows"};

const kinds = fc.oneof(
  fc.record({goal: goals, measure: fc.constantFrom({}, stock)}),
  fc.record({goal: fc.constantFrom({at_least: "50%"}, {below: "50%"}), measure: fc.constant(share)})
);

const cadences = fc.constantFrom("day", "week", "two weeks", "month", "shift");
const period = "2024-Q1";

interface Case extends Given {
  readonly units: readonly Unit[];
  readonly rows: readonly Row[];
  readonly through: IsoDate;
}

/** Targets of each, of every and of both. */
function cases(least = 0): fc.Arbitrary<Case> {
  const target = fc.oneof(
    fc.record({each: fc.constant("division"), by: fc.option(dayIn(0, days + 20), {nil: undefined})}),
    fc.record({
      each: fc.constant("division"),
      by: fc.constant({within: "1 month", after: "joined"}) as fc.Arbitrary<unknown>
    }),
    fc.record({every: cadences, allow: fc.integer({min: 0, max: 3})}),
    fc.record({every: cadences, allow: fc.integer({min: 0, max: 3}), each: fc.constant("division")})
  );
  return fc
    .record({kind: kinds, target, units: unitsOf(least), rows: rowsOf, through: dayIn(-5, days + 40)})
    .map(({kind: {goal, measure}, target: how, ...rest}) => {
      const given = Object.fromEntries(Object.entries(how).filter(([, value]) => value !== undefined));
      return {...rest, measure, target: {goal, period, ...given}} as Case;
    });
}

const runs = {numRuns: 150};
const units = ({parts}: Measured) => parts.map(({segment}) => segment.code);

describe("parts of every and each, whatever the roster, rows and goal", () => {
  test("add up to their whole", () => {
    fc.assert(
      fc.property(cases(), (given) => {
        const {measured, row} = ask(given);
        const count = (verdict: string) => measured.parts.filter((part) => part.verdict === verdict).length;
        expect(count("yes") + count("no") + count("unknown")).toBe(measured.parts.length);
        if (row.actual_value === null) return;
        expect([row.numerator, row.denominator]).toEqual([count("yes"), measured.parts.length]);
        const ofUnits = measured.division!.every === null;
        expect(row.actual_value).toBe(ofUnits ? count("yes") : count("yes") / measured.parts.length);
        expect(row.target_value).toBe(ofUnits ? measured.parts.length : 1);
        if (row.status === "met") expect(count("no")).toBeLessThanOrEqual(measured.division!.allow);
      }),
      runs
    );
  });

  test("never lose a unit: the roster's, and no other, each once", () => {
    fc.assert(
      fc.property(cases(), (given) => {
        const {measured} = ask(given);
        const {each, every} = measured.division!;
        if (each === null || every !== null || given.through < from) return;
        const day = [measured.row.due_on ?? "2024-03-31", given.through].sort()[0]!;
        const valid = given.units.filter((unit) => (unit.from ?? day) <= day && (unit.to ?? day) >= day);
        expect(units(measured)).toEqual(valid.map(({code}) => code));
      }),
      runs
    );
  });

  test("grow by one with a unit that has no row: it is 0, and fails where more is asked", () => {
    fc.assert(
      fc.property(
        rowsOf,
        unitsOf(0),
        fc.integer({min: 1, max: 4}),
        dayIn(0, days + 40),
        (rows, before, level, through) => {
          const target = {goal: {at_least: level}, each: "division", period};
          const own = rows.filter(({unit}) => unit !== "Elm");
          const roster = before.filter(({code}) => code !== "Elm");
          const less = ask({target, rows: own, units: roster, through}).measured;
          const more = ask({target, rows: own, units: [...roster, {code: "Elm"}], through}).measured;
          expect(units(more)).toEqual([...units(less), "Elm"]);
          expect(more.parts.slice(0, -1)).toEqual(less.parts);
          expect(more.parts.at(-1)).toMatchObject({actual_value: 0, rows_counted: 0, verdict: "no"});
          expect(more.holds).toBe(false);
        }
      ),
      runs
    );
  });

  test("do not depend on the order of the roster", () => {
    const shuffled = cases(2).chain((given) =>
      fc
        .shuffledSubarray([...given.units], {minLength: given.units.length, maxLength: given.units.length})
        .map((other) => [given, {...given, units: other}] as const)
    );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const [a, b] = [ask(one), ask(other)];
        // The reason names the first that fail, in the roster's order.
        expect({...b.row, status_reason: ""}).toEqual({...a.row, status_reason: ""});
        const sorted = (measured: Measured) =>
          [...measured.parts].sort((x, y) => (keyOf(x) < keyOf(y) ? -1 : 1)).map((part) => JSON.stringify(part));
        expect(sorted(b.measured)).toEqual(sorted(a.measured));
      }),
      runs
    );
  });

  test("that are final stay as they are on a later day, and so does a whole that is decided", () => {
    fc.assert(
      fc.property(cases(), fc.integer({min: 1, max: 60}), (given, later) => {
        const before = ask(given);
        const after = ask({...given, through: addDays(given.through, later)});
        const found = new Map(after.measured.parts.map((part) => [keyOf(part), part]));
        for (const part of before.measured.parts) {
          if (part.final) expect(found.get(keyOf(part))).toMatchObject({verdict: part.verdict, final: true});
        }
        const {decided} = before.measured.division!;
        if (decided !== null) expect(after.measured.division!.decided).toBe(decided);
        if (["met", "missed"].includes(before.row.status)) expect(after.row.status).toBe(before.row.status);
      }),
      runs
    );
  });

  test("never turn from met to missed when more may miss", () => {
    const cadenced = cases().filter(({target}) => target.every !== undefined);
    fc.assert(
      fc.property(cadenced, fc.integer({min: 1, max: 5}), (given, more) => {
        const allow = Number(given.target.allow) + more;
        const strict = ask(given).row.status;
        const lenient = ask({...given, target: {...given.target, allow}}).row.status;
        if (strict === "met" || strict === "on_track") expect(lenient).toBe(strict);
        if (lenient === "missed") expect(strict).toBe("missed");
      }),
      runs
    );
  });
});

describe("a deliverable, whenever it is done", () => {
  test("stays met or late once it is done, and missed once it is overdue", () => {
    const target = fc.record({
      measure: fc.constant("launch"),
      goal: fc.constant({done: true}),
      by: dayIn(0, days + 20)
    });
    const done = fc.array(fc.option(dayIn(-10, days + 30), {nil: null}), {minLength: 1, maxLength: 3});
    fc.assert(
      fc.property(target, done, dayIn(0, days + 30), fc.integer({min: 1, max: 60}), (asked, dates, through, later) => {
        const rows = dates.map((one): Row => ({day: from, done: one}));
        const before = ask({target: asked, rows, through}).row;
        const after = ask({target: asked, rows, through: addDays(through, later)}).row;
        if (["met", "missed"].includes(before.status)) expect(after.status).toBe(before.status);
        if (before.done_on !== null) expect(after.done_on).toBe(before.done_on);
        const inTime = dates.every((one) => one !== null && one <= asked.by);
        expect(ask({target: asked, rows, through: addDays(asked.by, 100)}).row.status).toBe(inTime ? "met" : "missed");
      }),
      runs
    );
  });
});

function keyOf({segment, period: {name}, part}: Measured["parts"][number]): string {
  return `${part} ${segment.code} ${name}`;
}
