import {resolve} from "node:path";
import {beforeAll, expect, test} from "vitest";
import type {Project} from "../../pipeline/config/project.ts";
import {readProject} from "../../pipeline/config/read-project.ts";

let project: Project;

beforeAll(async () => {
  const read = await readProject(resolve("."));
  expect(read.diagnostics).toEqual([]);
  project = read.project!;
});

test("every change says how its words were read: the plan states no baseline", () => {
  for (const {target, goal, reading = ""} of project.targets) {
    if (goal.kind !== "change") continue;
    expect(reading.length, `${target} has a reading`).toBeGreaterThan(40);
  }
});

test("the Part I list holds each category's codes once, and violent and property make it up", () => {
  const list = (name: string) => [...project.codeLists.get(name)!].sort();
  const parts = ["homicide", "rape", "robbery", "aggravated_assault"];
  const property = ["burglary", "vehicle_theft", "btfv", "personal_theft", "other_theft"];
  expect(parts.flatMap(list).sort()).toEqual(list("violent"));
  expect(property.flatMap(list).sort()).toEqual(list("property"));
  expect([...list("violent"), ...list("property")].sort()).toEqual(list("part1"));
  expect(["rape", "robbery", "aggravated_assault"].flatMap(list).sort()).toEqual(list("metro_violent"));
});
