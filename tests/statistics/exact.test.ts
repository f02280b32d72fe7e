import Big from "big.js";
import fc from "fast-check";
import {expect, test} from "vitest";
import {
  compare,
  dividedBy,
  exact,
  minus,
  plus,
  roundedUp,
  times,
  toNumber,
  wholePart
} from "../../pipeline/statistics/exact.ts";

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

/** Of every size: whole numbers and decimals that doubles hold by their digits, and those far beyond. */
const decimal = fc
  .tuple(fc.bigInt({min: -(10n ** 24n), max: 10n ** 24n}), fc.nat({max: 24}), fc.nat({max: 12}))
  .map(([digits, shorter, decimals]) =>
    new Big((digits / 10n ** BigInt(shorter)).toString()).div(10 ** decimals).toFixed()
  );

test("small and large decimals are reckoned alike", () => {
  const asBig = ({over, under}: ReturnType<typeof exact>) => ({over: new Big(over), under: new Big(under)});
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      const [x, y] = [exact(a), exact(b)];
      const same = (found: ReturnType<typeof exact>, value: Big) => {
        const {over, under} = asBig(found);
        expect(over.cmp(value.times(under))).toBe(0);
      };
      same(plus(x, y), new Big(a).plus(b));
      same(minus(x, y), new Big(a).minus(b));
      same(times(x, y), new Big(a).times(b));
      expect(compare(x, y)).toBe(new Big(a).cmp(b));
      expect(toNumber(x)).toBe(Number(a) + 0);
      const quotient = dividedBy(x, y);
      expect(quotient === null).toBe(new Big(b).eq(0));
      if (quotient === null) return;
      same(times(quotient, y), new Big(a));
      expect(new Big(quotient.under).gt(0)).toBe(true);
    }),
    {numRuns: 500}
  );
});

test("whole parts lie below and above", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({min: 1, max: 1e6}), (over, under) => {
      const [least, most] = [BigInt(over) / BigInt(under), BigInt(over) % BigInt(under)];
      const below = most < 0n ? least - 1n : least;
      const value = dividedBy(exact(over), exact(under))!;
      expect(compare(wholePart(value), exact(below.toString()))).toBe(0);
      expect(compare(roundedUp(value), exact((most === 0n ? below : below + 1n).toString()))).toBe(0);
    })
  );
});
