import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {changeOf} from "../../pipeline/comparisons/change.ts";
import {changeKinds} from "../../pipeline/comparisons/contract.ts";
import {formatPercent, formatPercentChange} from "../../pipeline/format/numbers.ts";
import "../support/property-seed.ts";

const one = ["all"];
const count = fc.nat({max: 60_000});

describe("a count against an earlier one", () => {
  test.each([
    [1828, 1903, one, "percent", -75 / 1903],
    [10, 10, one, "percent", 0],
    [0, 10, one, "percent", -1],
    // Under 10 the counts alone are printed; the fraction is kept for the data.
    [2, 9, one, "counts_only", -7 / 9],
    [3, 1, one, "counts_only", 2],
    [5, 0, one, "not_calculable", null],
    [0, 0, one, "not_calculable", null],
    [-5, -20, one, "not_calculable", null],
    [null, 10, one, "not_known", null],
    [10, null, one, "not_known", null],
    [null, 0, one, "not_known", null],
    [700, 900, ["nibrs", "ucr"], "series_break", null],
    [700, 0, ["ucr", "nibrs", "ucr"], "series_break", null],
    [700, 900, ["ucr", "ucr"], "percent", -200 / 900],
    [null, 900, ["nibrs", "ucr"], "not_known", null]
  ])("%s against %s, counted by %s: %s", (current, base, series, kind, change) => {
    expect(changeOf(current, base, series)).toEqual({change, kind});
  });

  test("what is not known never becomes a number, and two methods never a percentage", () => {
    const side = fc.option(count, {nil: null});
    fc.assert(
      fc.property(side, side, fc.array(fc.constantFrom("ucr", "nibrs"), {minLength: 1}), (current, base, series) => {
        const {change, kind} = changeOf(current, base, series);
        expect(changeKinds).toContain(kind);
        expect(change === null).toBe(kind !== "percent" && kind !== "counts_only");
        if (current === null || base === null) expect(kind).toBe("not_known");
        else if (new Set(series).size > 1) expect(kind).toBe("series_break");
      })
    );
  });

  test("there and back again is where it began: (1 + rise) x (1 + fall) = 1, and the signs are opposite", () => {
    fc.assert(
      fc.property(count.filter(Boolean), count.filter(Boolean), (a, b) => {
        const [there, back] = [changeOf(a, b, one).change!, changeOf(b, a, one).change!];
        expect((1 + there) * (1 + back)).toBeCloseTo(1, 9);
        expect(Math.sign(there)).toBe(0 - Math.sign(back));
      })
    );
  });

  test("the fraction prints as the two counts do", () => {
    fc.assert(
      fc.property(count, count, (a, b) => {
        const {change, kind} = changeOf(a, b, one);
        const printed = formatPercentChange(a, b);
        if (kind === "not_calculable") expect(printed).toBe("N.C.");
        else if (kind === "counts_only") expect(printed).toBeNull();
        else expect(printed).toBe(formatPercent(a, b));
        if (change !== null && printed !== null) {
          const read = Number(printed.replace("\u2212", "-").replace(/[+,%]/g, ""));
          expect(Math.abs(read - change * 100)).toBeLessThanOrEqual(0.05 + 1e-6);
        }
      })
    );
  });
});
