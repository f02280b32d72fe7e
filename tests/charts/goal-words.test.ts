import {expect, test} from "vitest";
import {goalWords} from "../../pipeline/charts/goal-words.ts";
import {goalSchema, resolveGoal} from "../../pipeline/config/goal.ts";
import type {Shape} from "../../pipeline/config/measure.ts";

const words = (goal: object, unit = "posts", shape: Shape = "flow", base: string | null = "1,903", isNamed = false) =>
  goalWords(resolveGoal(goalSchema.parse(goal), new Map())!, {unit, shape, base, isNamed});

test.each([
  [{change: "-10%"}, "\u221210% of 1,903"],
  [{change: "+3 points"}, "3 points more than 1,903"],
  [{change: "-1 point"}, "1 point less than 1,903"],
  [{change: "-12 seconds"}, "12 seconds less than 1,903"],
  [{change: "x2"}, "twice 1,903"],
  [{change: "x0.5"}, "half of 1,903"],
  [{change: "x1.5"}, "1.5 times 1,903"],
  [{change: "increase"}, "more than 1,903"],
  [{change: "decrease"}, "less than 1,903"],
  [{at_least: 1200}, "at least 1,200"],
  [{at_most: 26.85}, "at most 26.85"],
  [{above: 12}, "more than 12"],
  [{below: 100}, "fewer than 100"],
  [{exactly: 3}, "exactly 3"],
  [{between: [10, 20]}, "between 10 and 20"],
  [{done: true}, "done"],
  [{track: true}, "tracked, no goal"],
  [{to_be_set: true}, "a goal still to be set"]
])("%j is said as %s", (goal, said) => {
  expect(words(goal)).toBe(said);
});

test("a share is said in percent with all its digits, and less of it, not fewer", () => {
  expect(words({at_least: "30%"}, "share", "average")).toBe("at least 30%");
  expect(words({above: "4.1%"}, "share", "average")).toBe("more than 4.1%");
  expect(words({below: "12.25%"}, "share", "average")).toBe("less than 12.25%");
  expect(words({between: ["10%", "20%"]}, "share", "average")).toBe("between 10% and 20%");
});

test("what is asked of each part names its unit, and a change without a common base its size", () => {
  expect(words({at_least: 4}, "posts", "flow", null, true)).toBe("at least 4 posts");
  expect(words({at_least: 1}, "mentors", "stock", null, true)).toBe("at least 1");
  expect(words({change: "-5%"}, "thefts", "flow", null, true)).toBe("a fall of 5%");
  expect(words({change: "increase"}, "bikes", "flow", null, true)).toBe("an increase");
});
