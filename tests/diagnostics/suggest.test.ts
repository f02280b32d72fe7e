import {expect, test} from "vitest";
import {didYouMean, nearest} from "../../pipeline/diagnostics/suggest.ts";

const keys = ["measure", "milestone", "goal", "at", "by_segment", "area"];

test.each([
  ["mesure", "measure"],
  ["Measure", "measure"],
  ["by_segments", "by_segment"],
  ["gaol", "goal"],
  ["aera", "area"],
  ["zebra", null],
  // A word of one or two letters is near to nothing: any other would do as well.
  ["as", null],
  ["AT", "at"],
  ["x", null]
])("%s is meant as %s", (word, meant) => {
  expect(nearest(word, keys)).toBe(meant);
});

test("of two near words the nearer is meant, of two equally near the first", () => {
  expect(nearest("theft", ["thefts_all", "thefts", "thefty"])).toBe("thefts");
});

test("without a near word the known ones are told, at most twelve", () => {
  expect(didYouMean("mesure", keys)).toBe('Did you mean "measure"?');
  expect(didYouMean("zebra", ["b", "a"])).toBe("Known: b, a");
  const many = Array.from({length: 14}, (_, index) => `k${index}`);
  expect(didYouMean("zebra", many)).toBe("Known: k0, k1, k2, k3, k4, k5, k6, k7, k8, k9, k10, k11, and 2 more");
  expect(didYouMean("zebra", [])).toBe("There is none yet");
});
