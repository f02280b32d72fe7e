import fc from "fast-check";
import {expect, test} from "vitest";
import {compare, dividedBy, exact, minus, plus, times, toNumber} from "../../pipeline/statistics/exact.ts";

test("decimals stay as written, where doubles do not", () => {
  expect(0.1 + 0.2).not.toBe(0.3);
  expect(compare(plus(exact("0.1"), exact("0.2")), exact("0.3"))).toBe(0);
  expect(100 * 1.1).not.toBe(110);
  expect(toNumber(times(exact(100), {...exact("110"), under: exact(100).over}))).toBe(110);
});

test("a quotient is compared without being divided", () => {
  const third = dividedBy(exact(1), exact(3))!;
  expect(compare(times(third, exact(3)), exact(1))).toBe(0);
  expect(compare(third, exact("0.33333333333333333333333333333333333333"))).toBe(1);
});

test("nothing is divided by 0, and a negative divisor keeps the order", () => {
  expect(dividedBy(exact(1), minus(exact(2), exact(2)))).toBeNull();
  const minusHalf = dividedBy(exact(1), exact(-2))!;
  expect(toNumber(minusHalf)).toBe(-0.5);
  expect(compare(minusHalf, exact(0))).toBe(-1);
});

test("zero has no sign", () => {
  expect(Object.is(toNumber(times(exact(-1), exact(0))), 0)).toBe(true);
});

test("the double is the nearest one", () => {
  fc.assert(
    fc.property(fc.integer({min: -1e6, max: 1e6}), fc.integer({min: 1, max: 1e6}), (over, under) => {
      // For whole numbers below 2^53 the machine's own division is the nearest double.
      expect(toNumber(dividedBy(exact(over), exact(under))!)).toBe(over / under + 0);
    })
  );
});
