import {expect, test} from "vitest";
import {isSeldom} from "../../pipeline/bundle/plain-targets.ts";
import {readProject} from "../../pipeline/config/read-project.ts";

test("what is asked of one place up to four times a year is told in a line; more often, or of many, it has a calendar", async () => {
  const {project} = await readProject(".");
  const cadenced = project!.targets.filter(({every}) => every !== undefined);
  const seldom = new Set(cadenced.filter((target) => isSeldom(target, project!)).map(({target}) => target));
  const kindOf = ({every, each}: (typeof cadenced)[number]) => `${every}${each === undefined ? "" : " each"}`;
  const told = new Set(cadenced.filter(({target}) => seldom.has(target)).map(kindOf));
  const drawn = new Set(cadenced.filter(({target}) => !seldom.has(target)).map(kindOf));
  expect([...told].sort()).toEqual(["half", "quarter"]);
  expect([...drawn]).toEqual(expect.arrayContaining(["month", "two months", "week", "quarter each", "half each"]));
  expect(seldom).toContain("g1.a.5.y1.2");
  expect(seldom).not.toContain("g1.e.1.y1.1");
});
