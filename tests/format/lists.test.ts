import {expect, test} from "vitest";
import {joinFirst, joinWords} from "../../pipeline/format/lists.ts";

test("words are joined as in a sentence", () => {
  expect(joinWords([])).toBe("");
  expect(joinWords(["a"])).toBe("a");
  expect(joinWords(["a", "b"])).toBe("a and b");
  expect(joinWords(["a", "b", "c"])).toBe("a, b and c");
});

test("of many the first are told, and how many more: never one", () => {
  expect(joinFirst([], 2)).toBe("");
  expect(joinFirst(["a", "b"], 2)).toBe("a and b");
  expect(joinFirst(["a", "b", "c"], 2)).toBe("a, b and c");
  expect(joinFirst(["a", "b", "c", "d"], 2)).toBe("a, b and 2 more");
  expect(
    joinFirst(
      Array.from({length: 1502}, () => "a"),
      2
    )
  ).toBe("a, a and 1,500 more");
});
