import {mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {writeEveryKind} from "./every-kind-project.ts";

/**
 * The project of every kind with a plan beside it: milestones of two owners and one without, some counted from a register
 * that is kept by hand, one that is not measured, and two results that the plan reports. Counted through 31 March 2024.
 */
export function writeOwned(folder: string): void {
  writeEveryKind(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text.trimStart());
  }
}

const date = `type: date, formats: ["yyyy-MM-dd"]`;

const files: Readonly<Record<string, string>> = {
  "sources/register.yaml": `
source: register
title: Register of what was done
files: ["register-*.csv"]
delivery: snapshot
covers: {from: file_name, pattern: "register-{yyyy}-{MM}-{dd}*", since: 2023-07-01}
extracted: {from: file_name, pattern: "register-{yyyy}-{MM}-{dd}*"}
key: [entry]
date: listed_on
freshness: {warn_after: 45 days, error_after: 300 days}
register: {target: target_id}
columns:
  entry: {from: Entry, type: text, required: true}
  target_id: {from: Target, type: text, required: true}
  listed_on: {from: Listed, ${date}, required: true}
  completed_on: {from: Completed, ${date}}
measures:
  deliverable: {title: Deliverable, done: completed_on, of_target: true, better: higher, unit: deliverables}
  pieces: {title: Pieces of work, count: rows, date: completed_on, of_target: true, nature: output, better: higher, unit: pieces}
`,
  "targets/plan/plan.yaml": `
plan: town-plan
title: Plan of the town
publisher: Small Town
published: "2023"
goals:
  - {goal: "1", title: Do things, initiatives: [{initiative: A, title: Papers}, {initiative: B, title: Meetings}]}
  - {goal: "2", title: Be sure}
owners:
  - {owner: Operations}
  - {owner: "R&F", name: Records & Files, cite: Chart of offices}
milestones:
  - {milestone: m1, goal: "1", initiative: A, plan_year: 2023-2024, owner: Operations, title: A paper}
  - {milestone: m2, goal: "1", initiative: A, plan_year: 2023-2024, owner: Operations, title: Another paper}
  - {milestone: m3, goal: "1", initiative: A, plan_year: 2023-2024, owner: "R&F", title: A third paper}
  - {milestone: m4, goal: "1", initiative: B, plan_year: 2023-2024, owner: "R&F", title: Posts}
  - {milestone: m5, goal: "1", initiative: B, plan_year: 2023-2024, title: Pieces}
  - {milestone: m6, goal: "2", plan_year: 2023-2024, owner: Operations, title: A feeling of safety, not_measured: "Nobody asks how people feel."}
  - milestone: m7
    goal: "2"
    title: Events of 2023
    reported: {value: "9000", unit: events, period: "2023", claimed_on: "2024", cite: "Yearly report, p. 3", measure: events}
  - milestone: m8
    goal: "2"
    title: People who feel safe
    reported: {value: "80%", claimed_on: "2024", cite: "Yearly report, p. 4"}
  - milestone: m9
    goal: "2"
    title: Sworn officers
    reported: {value: "120", comparator: above, unit: officers, period: 2019-04, claimed_on: "2024", cite: "Yearly report, p. 5", measure: sworn}
`,
  "targets/plan/all.yaml": `
- {target: paper, milestone: m1, title: A paper by the end of the year, measure: deliverable, goal: {done: true}, by: 2023-12-31}
- {target: another, milestone: m2, title: Another paper by January, measure: deliverable, goal: {done: true}, by: 2024-01-31}
- {target: third, milestone: m3, title: A third paper by June, measure: deliverable, goal: {done: true}, by: 2024-06-15}
- {target: posting, milestone: m4, title: A post each quarter, measure: posts, goal: {at_least: 1}, every: quarter}
- {target: pieces, milestone: m5, title: Four pieces of work, measure: pieces, goal: {at_least: 4}}
`,
  "inbox/register-2024-01-15.csv": `
Entry,Target,Listed,Completed
1,paper,2023-07-01,
`,
  "inbox/register-2024-03-31.csv": `
Entry,Target,Listed,Completed
1,paper,2023-07-01,
2,another,2023-07-01,2024-03-11
3,pieces,2023-07-01,2023-09-04
4,pieces,2023-07-01,2024-02-20
5,pieces,2023-07-01,
`,
  "reports/owner.yaml": `
report: owner
title: By owner
period: month
audience: Owners
sections: [by-owner, owner-pages, data-quality]
`,
  "reports/quarterly.yaml": `
report: quarterly
title: Quarterly report
period: quarter
audience: Management
segments: [bureau, area]
sections: [summary, by-owner, by-goal, late, scorecard, goal-pages, reported, data-quality, methods, not-measured]
`
};
