import {rmSync} from "node:fs";
import fc from "fast-check";
import {expect, test} from "vitest";
import {fromDay, toDay} from "../../pipeline/calendar/iso-date.ts";
import type {Project} from "../../pipeline/config/project.ts";
import {type Answer, answer} from "../../pipeline/run/answer.ts";
import {loadFiles, projectFolder, readFolder, writeFiles} from "../support/project-folder.ts";

/*
 * A load's effects against a second way to them: what is printed before and after it, as two questions to the ledger,
 * and again through the last day that both count.
 */

const definitions = {
  "sources/calls.yaml": `source: calls
title: Calls
files: ["calls*.csv"]
delivery: period
partition: [area]
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
measures:
  calls: {title: Calls, count: rows, nature: outcome, better: lower, unit: calls}
`,
  "targets/calls.yaml": `- target: fewer
  title: Fewer
  measure: calls
  goal: {change: -10%}
  baseline: {period: previous}
  period: 2024-Q1
  by_segment: [bureau, area]
- target: few
  title: Few
  measure: calls
  goal: {at_most: 60}
  period: 2024-H1
- target: watched
  title: Watched
  measure: calls
  goal: {track: true}
  period: 2023
  by_segment: [area]
`
};

const [first, last] = [toDay("2023-01-01"), toDay("2024-04-30")];
const day = fc.integer({min: first, max: last});
const all = ["1", "2", "10"];

/** A file: each of its Areas on a first and last day, and some days between; often all Areas over nearly all days. */
const file = fc
  .record({
    areas: fc.oneof(fc.constant(all), fc.subarray(all, {minLength: 1})),
    from: fc.oneof(fc.constant(first), day),
    to: fc.oneof(fc.constant(last), fc.constant(toDay("2024-03-15")), day),
    days: fc.array(fc.tuple(day, fc.integer({min: 1, max: 6})), {minLength: 5, maxLength: 40})
  })
  .filter(({from, to}) => from < to)
  .map(({areas, from, to, days}) => {
    const counted = days.filter(([on]) => on >= from && on <= to).flatMap(([on, count]) => Array(count).fill(on));
    const records = areas.flatMap((area, place) =>
      [from, to, ...counted.filter((_, index) => index % areas.length === place)].map((on) => `${fromDay(on)},${area}`)
    );
    return ["Day,Area", ...records, ""].join("\n");
  });

const keyOf = ({target, segment_type, segment}: {target: string; segment_type: string; segment: string}) =>
  `${target} ${segment_type} ${segment}`;
const earlier = (a: string, b: string) => (a < b ? a : b);

/** Rows that differ by what is printed, with their values through the last day that both count. */
async function expected(project: Project, before: string, after: string): Promise<Record<string, unknown>> {
  const known = new Map<string, Answer>();
  const ask = async (asOf: string, through: string | null) => {
    const key = `${asOf} ${through}`;
    const given = known.get(key) ?? (await answer(project, {asOf, definitions: "now", through}));
    known.set(key, given);
    return given.rows;
  };
  const changed: Record<string, unknown> = {};
  for (const [place, now] of (await ask(after, null)).entries()) {
    const was = (await ask(before, null))[place]!;
    const counted = [was, now].map(({through, period_to}) => earlier(through, period_to)) as [string, string];
    const to = earlier(...counted);
    const [old, restated] = [(await ask(before, to))[place]!, (await ask(after, to))[place]!];
    const differs = (part: "baseline_value" | "baseline_to_date") => old[part] !== null && old[part] !== restated[part];
    if (
      was.status !== now.status ||
      old.actual_value !== restated.actual_value ||
      differs("baseline_value") ||
      differs("baseline_to_date") ||
      (was.actual_value !== null && counted[1] < counted[0])
    ) {
      const side = (row: typeof was, then: typeof was) => [row.status, row.actual_value, then.actual_value];
      changed[keyOf(now)] = {before: side(was, old), after: side(now, restated)};
    }
  }
  return changed;
}

test("effects are the rows that differ in status or in what was counted before, and none else", {
  timeout: 240_000
}, async () => {
  const sizes: number[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(file, {minLength: 2, maxLength: 3}), async (files) => {
      const directory = projectFolder(definitions);
      try {
        const project = await readFolder(directory);
        for (const [index, contents] of files.entries()) {
          const at = (of: number) => `2024-06-0${of + 1}T12:00:00.000Z`;
          writeFiles(directory, {[`calls-${index}.csv`]: contents});
          const [receipt] = await loadFiles(directory, [`calls-${index}.csv`], at(index + 1));
          if (receipt?.outcome !== "loaded") continue;
          const effects = receipt.effects ?? [];
          const told = effects.map((effect) => {
            const [before, after] = [effect.before, effect.after].map((side) => [
              side.status,
              side.actual_value,
              side.restated_value
            ]);
            return [keyOf(effect), {before, after}] as const;
          });
          expect(Object.fromEntries(told)).toEqual(await expected(project, at(index), at(index + 1)));
          expect(told.map(([key]) => key)).toEqual([
            ...effects.filter(({binding}) => binding).map(keyOf),
            ...effects.filter(({binding}) => !binding).map(keyOf)
          ]);
          sizes.push(effects.length);
        }
      } finally {
        rmSync(directory, {recursive: true, force: true});
      }
    }),
    {numRuns: 8}
  );
  // The cases drawn are of both kinds, or the law says nothing.
  expect(Math.max(...sizes)).toBeGreaterThan(3);
});
