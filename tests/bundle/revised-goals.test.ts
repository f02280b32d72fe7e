import {expect, test} from "vitest";
import type {BundleRequest} from "../../pipeline/bundle/contract.ts";
import {goalSections} from "../../pipeline/bundle/goal-sections.ts";
import type {Section, TableBlock} from "../../pipeline/bundle/page-model.ts";
import type {Goal} from "../../pipeline/config/goal.ts";
import type {Revision} from "../../pipeline/config/project.ts";
import {bundleRequest} from "./fixture.ts";

const atLeast = (level: string): Goal => ({kind: "at_least", level, written: level});

function revision(from: string, level: string | null, due: string | null = null): Revision {
  return {
    from,
    goal: level === null ? null : atLeast(level),
    due: due === null ? null : {kind: "day", on: due},
    reason: `decided on ${from}`,
    approved_by: "A. Chief"
  };
}

/** The table of revisions of the fixture's first binding target. */
function tableOf(revisions: readonly Revision[], goalInForce: Goal): TableBlock | undefined {
  const request: BundleRequest = bundleRequest();
  const [row] = request.rows.filter(({binding}) => binding);
  const target = {
    ...request.project.targets.find((one) => one.target === row!.target)!,
    goal: atLeast("40"),
    revisions
  };
  const revised = {
    ...row!,
    through: "2024-05-31",
    original_target_value: 40,
    original_status: "off_track" as const,
    target_value: 30,
    status: "on_track" as const
  };
  const sections = goalSections(
    {...request, goals: new Map([[target.target, goalInForce]])},
    [revised],
    new Map([[target.target, target]])
  );
  const all = (list: readonly Section[]): readonly Section[] => list.flatMap((one) => [one, ...all(one.sections)]);
  return all(sections)
    .flatMap(({blocks}) => blocks)
    .find((block): block is TableBlock => block.kind === "table" && block.id.startsWith("revisions-"));
}

test("a goal that was never revised has no table of revisions", () => {
  expect(tableOf([], atLeast("40"))).toBeUndefined();
});

test("a revised goal stands beside the one first set, each with its status, reason and approver", () => {
  const table = tableOf(
    [revision("2024-01-01", "35"), revision("2024-04-01", "30", "2024-06-15"), revision("2024-06-01", "25")],
    atLeast("30")
  );
  const rows = table!.groups[0]!.rows.map((cells) =>
    cells.map(({status, text, note}) => [status, text, note].filter((part) => part !== null && part !== "").join(" | "))
  );
  expect(rows).toEqual([
    ["As first set", "at least 40", "40", "off_track", ""],
    ["From 1 January 2024", "at least 35", "\u2013", "revised again", "decided on 2024-01-01 | approved by A. Chief"],
    [
      "From 1 April 2024",
      "at least 30 | by 15 June 2024",
      "30",
      "on_track",
      "decided on 2024-04-01 | approved by A. Chief"
    ],
    [
      "From 1 June 2024",
      "at least 25 | by 15 June 2024",
      "\u2013",
      "to come",
      "decided on 2024-06-01 | approved by A. Chief"
    ]
  ]);
});
