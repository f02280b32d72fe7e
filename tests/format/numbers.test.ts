import fc from "fast-check";
import {expect, test} from "vitest";
import {
  formatCount,
  formatCounted,
  formatDifference,
  formatFigure,
  formatPercentChange,
  formatPercentSize,
  formatShare,
  formatValue
} from "../../pipeline/format/numbers.ts";

test.each([
  [0, "0"],
  [999, "999"],
  [1903, "1,903"],
  [1234567, "1,234,567"],
  [-1903, "−1,903"]
])("count %d prints %s", (count, printed) => expect(formatCount(count)).toBe(printed));

test.each([
  [1712.7, "incidents", "1,712.7"],
  [1712, "incidents", "1,712"],
  [0.25, "incidents", "0.3"],
  [-0.25, "incidents", "−0.3"],
  [-0.04, "incidents", "0"],
  [1.005, "incidents", "1"],
  [0.305, "share", "30.5%"],
  [null, "incidents", "–"]
])("value %d %s prints %s", (value, unit, printed) => expect(formatValue(value, unit)).toBe(printed));

test.each([
  [115.3, "+115.3"],
  [-3, "−3"],
  [0, "0"],
  [0.01, "0"],
  [null, "–"]
])("difference %d prints %s", (value, printed) => expect(formatDifference(value)).toBe(printed));

test.each([
  // actual base printed
  [1828, 1903, "−3.9%"],
  [110, 100, "+10.0%"],
  [100, 100, "0.0%"],
  [5, 0, "N.C."],
  [0, 0, "N.C."],
  [12, 9, null],
  [12, 10, "+20.0%"],
  [0, 10, "−100.0%"],
  // exactly half: away from zero, on both sides
  [2001, 2000, "+0.1%"],
  [1999, 2000, "−0.1%"],
  [4001, 4000, "0.0%"],
  [1115, 1000, "+11.5%"],
  [25000, 10, "+249,900.0%"]
])("%d against %d is %s", (actual, base, printed) => expect(formatPercentChange(actual, base)).toBe(printed));

test.each([
  [1712.7, "1,712.7"],
  [1000, "1,000"],
  [0, "0"],
  [100.5, "100.5"],
  [-75 / 1903, "−0.039411"],
  [1 / 3, "0.333333"],
  [0.0000004, "0"],
  [null, "–"]
])("figure %d prints %s", (value, printed) => expect(formatFigure(value)).toBe(printed));

test("the size of a change has no sign", () => {
  expect(formatPercentSize(1828, 1903)).toBe("3.9%");
  expect(formatPercentSize(1903, 1828)).toBe("4.1%");
});

test("a share takes the decimals asked for", () => {
  expect(formatShare(0.3941)).toBe("39.4%");
  expect(formatShare(0.395, 0)).toBe("40%");
  expect(formatShare(-0.5, 0)).toBe("−50%");
});

test("a noun agrees with its number", () => {
  expect(formatCounted(1, "day")).toBe("1 day");
  expect(formatCounted(1200, "day")).toBe("1,200 days");
});

test("a printed percentage lies within half a tenth of the exact one", () => {
  fc.assert(
    fc.property(fc.integer({min: 10, max: 1e6}), fc.integer({min: 0, max: 1e6}), (base, actual) => {
      const printed = Number(formatPercentChange(actual, base)!.replace("−", "-").replaceAll(/[,%+]/g, ""));
      // |printed * base - 100 * (actual - base)| <= 0.05 * base, in whole numbers
      expect(Math.abs(Math.round(printed * 10) * base - 1000 * (actual - base)) * 2).toBeLessThanOrEqual(base);
    })
  );
});
