import {existsSync, readFileSync} from "node:fs";
import {resolve} from "node:path";
import {beforeAll, describe, expect, test} from "vitest";
import type {Project} from "../../pipeline/config/project.ts";
import {readProject} from "../../pipeline/config/read-project.ts";
import {records} from "../support/csv-records.ts";

let project: Project;

beforeAll(async () => {
  const read = await readProject(resolve("."));
  expect(read.diagnostics).toEqual([]);
  project = read.project!;
});

test("every target says how its milestone was read", () => {
  for (const target of project.targets) expect(target.reading, target.target).toBeTruthy();
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

const census = "../shared/plan/milestone-targets.csv";
const milestoneTexts = "../shared/plan/milestones.csv";

describe.skipIf(!existsSync(census))("against the census of the plan's milestones (skipped where it is absent)", () => {
  const ours = ["crime_incidents", "traffic_collisions"];
  const rows = existsSync(census)
    ? records(readFileSync(census, "utf8")).filter(
        ({document, nature, likely_source}) =>
          document === "strategic-plan" && nature === "target" && ours.includes(likely_source!)
      )
    : [];

  test("every target that crime or collision extracts can answer is encoded, and no other", () => {
    expect(project.targets.map((target) => target.milestone?.milestone).sort()).toEqual(
      rows.map(({milestone_id}) => milestone_id).sort()
    );
  });

  test.each(rows.map((row) => [row.milestone_id!, row] as const))("%s: goal, owner and year agree", (id, row) => {
    const target = project.targets.find(({milestone}) => milestone?.milestone === id)!;
    const {kind, written} = target.goal;
    if (row.kind === "reduce_pct") expect([kind, written]).toEqual(["change", `-${row.target_value}%`]);
    else expect([row.sub_kind, kind]).toEqual(["monitor_only", "track"]);
    expect(target.milestone!.owner).toBe(row.entity_lead);
    expect(target.period.name).toBe(row.plan_year);
    expect(target.milestone!.plan_year).toBe(row.plan_year);
    expect(project.measures.get(target.measure)!.better).toBe(row.direction!.split("_")[0]);
    expect(project.measures.get(target.measure)!.source.replace("-", "_")).toBe(row.likely_source);
  });

  test("milestones stand where the plan has them, titled in other words than its own", () => {
    const printed = new Map(records(readFileSync(milestoneTexts, "utf8")).map((row) => [row.id!, row]));
    for (const plan of project.plans) {
      for (const milestone of plan.milestones) {
        const {goal, initiative, activity_no, text} = printed.get(milestone.milestone)!;
        expect(milestone.goal).toBe(goal!.split(" ")[0]);
        expect(milestone.initiative).toBe(initiative!.split(" ")[0]);
        expect(milestone.activity).toBe(Number(activity_no));
        const words = (sentence: string) => sentence.toLowerCase().replace(/[^a-z0-9% ]/g, "");
        expect(words(milestone.title)).not.toBe(words(text!));
        expect(words(text!)).not.toContain(words(milestone.title));
      }
    }
  });
});
