import {cpSync, existsSync, rmSync} from "node:fs";
import {join} from "node:path";
import fc from "fast-check";
import {expect, test} from "vitest";
import {parsePeriod} from "../../pipeline/calendar/period.ts";
import type {Project} from "../../pipeline/config/project.ts";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {knowledge} from "../../pipeline/ledger/knowledge.ts";
import {type Answer, answer} from "../../pipeline/run/answer.ts";
import {makeIssue} from "../../pipeline/run/publish-issue.ts";
import {retractLoad} from "../../pipeline/run/retract.ts";
import {callsProject} from "../support/clocked-project.ts";
import {loadFiles, projectFolder, readFolder, writeFiles} from "../support/project-folder.ts";

/*
 * Whatever comes later, a moment before answers as it did: with the definitions of then as it was printed then, with
 * those of now as a warehouse would that had stopped there. Over random histories of loads, readings again under mended
 * definitions, retractions and issues.
 */

/** Definitions that read the same extracts otherwise, and aim otherwise. */
const variants = [
  (text: string) => text,
  // A third of the records lacks its kind: read so, they are rejected.
  (text: string) => text.replace("type: text}\nmeasures", "type: text, required: true}\nmeasures"),
  (text: string) => text.replace("measures:\n  calls: {", "measures:\n  calls: {where: {kind: present}, "),
  (text: string) => text.replaceAll("15", "9").replace("At most 15", "At most 9")
] as const;

function definitions(delivery: string, variant: number): Record<string, string> {
  const source = callsProject["sources/calls.yaml"]!.replace("delivery: period", `delivery: ${delivery}`);
  const whole = {...callsProject, "sources/calls.yaml": source};
  return Object.fromEntries(Object.entries(whole).map(([path, text]) => [path, variants[variant]!(text)]));
}

const month = fc.integer({min: 1, max: 4});
const row = fc.record({day: fc.integer({min: 1, max: 28}), area: fc.constantFrom(1, 2, 10), key: fc.nat({max: 40})});
const extract = fc.record({
  first: month,
  months: fc.integer({min: 0, max: 2}),
  rows: fc.uniqueArray(row, {minLength: 3, maxLength: 12, selector: ({key}) => key})
});
const action = fc.oneof(
  {weight: 5, arbitrary: fc.record({kind: fc.constant("load" as const), extract})},
  {weight: 3, arbitrary: fc.record({kind: fc.constant("mend" as const), variant: fc.nat({max: 3}), which: fc.nat()})},
  {weight: 3, arbitrary: fc.record({kind: fc.constant("retract" as const), which: fc.nat()})},
  {weight: 2, arbitrary: fc.record({kind: fc.constant("again" as const), which: fc.nat()})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant("issue" as const)})}
);

/** Its first and last day are always there: it covers from one to the other. */
function csv({first, months, rows}: {first: number; months: number; rows: {day: number; area: number; key: number}[]}) {
  const two = (part: number) => String(part).padStart(2, "0");
  const of = (at: number) => `2024-${two(first + (at % (months + 1)))}`;
  const last = `2024-${two(first + months)}`;
  const all = [
    `first,2024-${two(first)}-01,1,K`,
    ...rows.map(({day, area, key}, at) => `k${key},${of(at)}-${two(day)},${area},${key % 3 === 0 ? "" : "K"}`),
    `last,${last}-28,2,K`
  ];
  return ["Id,Day,Area,Kind", ...all, ""].join("\n");
}

const asked = {through: null, until: null};
const printed = ({rows, knowledge: {as_of}}: Answer) => JSON.stringify({as_of, rows});

test("every moment answers as it did, and under the definitions of now as if nothing had come after", {
  timeout: 300_000
}, async () => {
  const seen = {load: 0, mend: 0, retract: 0, again: 0, issue: 0};
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("period", "snapshot", "upsert"),
      fc.array(action, {minLength: 4, maxLength: 9}),
      async (delivery, actions) => {
        const directory = projectFolder(definitions(delivery, 0));
        const copies = projectFolder({});
        const moments: {readonly at: string; readonly told: string}[] = [];
        let files = 0;
        try {
          for (const [index, one] of actions.entries()) {
            const at = new Date(Date.parse("2024-06-01T12:00:00Z") + index * 864e5).toISOString();
            const warehouse = join(directory, "warehouse");
            const before = (await readLedger(warehouse)).length;
            if (one.kind === "load") {
              writeFiles(directory, {[`calls-${files}.csv`]: csv(one.extract)});
              await loadFiles(directory, [`calls-${files}.csv`], at);
              files += 1;
            } else if (files === 0) continue;
            else if (one.kind === "mend") {
              writeFiles(directory, definitions(delivery, one.variant));
              await loadFiles(directory, [`calls-${one.which % files}.csv`], at);
            } else if (one.kind === "again") await loadFiles(directory, [`calls-${one.which % files}.csv`], at);
            else await other(await readFolder(directory), one, at);
            if ((await readLedger(warehouse)).length === before) continue;
            seen[one.kind] += 1;
            // Deleting the cache changes no answer; the copies are asked without it.
            cpSync(warehouse, join(copies, at), {recursive: true, filter: (path) => !path.endsWith("cache")});
            const project = await readFolder(directory);
            moments.push({at, told: printed(await answer(project, {...asked, asOf: null, definitions: "then"}))});
          }
          const project = await readFolder(directory);
          for (const {at, told} of moments) {
            expect(printed(await answer(project, {...asked, asOf: at, definitions: "then"}))).toBe(told);
            const stopped = {...project.settings.paths, warehouse: join(copies, at)};
            const alone = {...project, settings: {...project.settings, paths: stopped}};
            const now = printed(await answer(alone, {...asked, asOf: null, definitions: "now"}));
            expect(printed(await answer(project, {...asked, asOf: at, definitions: "now"}))).toBe(now);
          }
        } finally {
          for (const folder of [directory, copies]) rmSync(folder, {recursive: true, force: true});
        }
      }
    ),
    {numRuns: Number(process.env.MILEPOST_RUNS ?? 12)}
  );
  // The histories drawn hold everything that may come later, or the law says nothing.
  expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(0);
});

/** A retraction, or an issue; nothing where there is nothing to retract or to tell of. */
async function other(
  project: Project,
  one: {readonly kind: "retract"; readonly which: number} | {readonly kind: "issue"},
  at: string
): Promise<void> {
  const effects = {now: () => new Date(at), version: "0.1.0", progress: () => {}};
  const {loads} = knowledge(await readLedger(join(project.directory, "warehouse")), null);
  if (loads.length === 0) return;
  if (one.kind === "retract") {
    const {id} = loads[one.which % loads.length]!;
    await retractLoad(project, {load: id, reason: "wrong", by: null, dryRun: false}, effects);
    return;
  }
  const covered = loads.some(({covered}) => covered.some(({days}) => days.some(([from]) => from <= "2024-03-31")));
  if (!covered || existsSync(join(project.directory, "out"))) return;
  const period = parsePeriod("2024-Q1", project.calendar);
  const question = {report: "quarterly", period, through: null, asOf: null, definitions: "then" as const};
  await makeIssue(project, question, "A. Analyst", effects);
}
