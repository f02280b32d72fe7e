import {cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {records} from "../support/csv-records.ts";
import {runProgram} from "../support/run-program.ts";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "milepost-register-"));
  const files: Record<string, string> = {
    "milepost.yaml": `title: Port Vale plan
time_zone: UTC
calendar:
  week_starts: monday
  fiscal_year_starts: 07-01
  plan_years:
    2023-2024: {from: 2023-07-01, to: 2024-06-30}
paths: {inbox: inbox, warehouse: warehouse, out: out}
segments: seeds/segments.csv
`,
    "seeds/segments.csv":
      "type,code,name,aliases,parent_type,parent_code,valid_from,valid_to\ncity,PV,Port Vale,,,,,\narea,8,West End,,city,PV,,\narea,9,Harbor,,city,PV,,\n",
    "sources/register.yaml": `source: register
title: Work of the plan, one row a piece
files: ["register*.csv"]
delivery: snapshot
covers: {from: file_name, pattern: "register-{yyyy}-{MM}-{dd}*", since: 2023-07-01}
key: [entry]
date: listed
register: {target: target, milestone: milestone, title: title, owner: owner, due: due}
columns:
  entry: {from: Entry, type: text, required: true}
  target: {from: Target, type: text, required: true}
  milestone: {from: Milestone, type: text}
  title: {from: Title, type: text}
  owner: {from: Owner, type: text}
  listed: {from: Listed, type: date, formats: ["yyyy-MM-dd"], required: true}
  due: {from: Due, type: date, formats: ["yyyy-MM-dd"]}
  done: {from: Done, type: date, formats: ["yyyy-MM-dd"]}
  area: {from: Area, segment: area}
  phone: {from: Phone, personal: drop}
measures:
  deliverable: {title: Completed, done: done, of_target: true, better: higher, unit: deliverables}
  pieces: {title: Pieces completed, count: rows, date: done, of_target: true, nature: output, better: higher, unit: pieces}
`,
    "targets/port/plan.yaml": `plan: port
title: Port plan
publisher: Port Vale
published: "2023"
goals: [{goal: "1", title: Work}]
milestones:
  - {milestone: m1, goal: "1", plan_year: 2023-2024, owner: ITB, title: A new system}
  - {milestone: m2, goal: "1", plan_year: 2023-2024, title: Three studies}
  - {milestone: m3, goal: "1", plan_year: 2023-2024, owner: OSS, title: A plan for each Area}
  - {milestone: m4, goal: "1", plan_year: 2023-2024, owner: OSS, title: "A claim", reported: {value: 41.2%, period: "2019", claimed_on: "2020", cite: Page of the mayor}}
`,
    "targets/port/work.yaml": `- {target: m1, milestone: m1, title: A new system in use, measure: deliverable, goal: {done: true}, by: 2024-Q1}
- {target: m2, milestone: m2, title: Three studies, measure: pieces, goal: {at_least: 3}}
- {target: m3, milestone: m3, title: A plan for each Area, measure: pieces, goal: {at_least: 1}, each: area, by: 2024-06-30}
`
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), {recursive: true});
    writeFileSync(join(directory, path), text);
  }
});

afterEach(() => rmSync(directory, {recursive: true, force: true}));

const milepost = (...words: string[]) => runProgram(directory, "2024-01-02T12:00:00Z", words);

const read = (path: string) => readFileSync(join(directory, path), "utf8");

test("the template has a row for each piece of work: one a deliverable, as many as the goal asks, one a unit", async () => {
  const written = await milepost("new", "register");
  expect(written.code).toBe(0);
  expect(written.out).toContain("register-2024-01-02.csv is written, with 6 rows");
  expect(read("register-2024-01-02.csv")).toBe(`Entry,Target,Milestone,Title,Owner,Listed,Due,Done,Area
m1,m1,m1,A new system in use,ITB,2023-07-01,2024-03-31,,
m2/1,m2,m2,Three studies,,2023-07-01,2024-06-30,,
m2/2,m2,m2,Three studies,,2023-07-01,2024-06-30,,
m2/3,m2,m2,Three studies,,2023-07-01,2024-06-30,,
m3/1,m3,m3,A plan for each Area,OSS,2023-07-01,2024-06-30,,8
m3/2,m3,m3,A plan for each Area,OSS,2023-07-01,2024-06-30,,9
`);
});

test("filled in by hand and loaded, each target counts its own rows", async () => {
  await milepost("new", "register");
  const done: Record<string, string> = {
    m1: "2023-12-01",
    "m2/1": "2023-09-01",
    "m2/2": "2023-10-01",
    "m3/2": "2023-11-15"
  };
  const rows = records(read("register-2024-01-02.csv")).map((row) => ({...row, Done: done[row.Entry!] ?? ""}));
  const header = Object.keys(rows[0]!).join(",");
  mkdirSync(join(directory, "inbox"));
  const text = [header, ...rows.map((row) => Object.values(row).join(","))].join("\n");
  writeFileSync(join(directory, "inbox", "register-2024-01-02.csv"), `${text}\n`);
  expect((await milepost("load")).code).toBe(0);
  const attained = JSON.parse((await milepost("attain", "--format", "json")).out) as {
    target: string;
    part: string;
    actual_value: number | null;
    status: string | null;
  }[];
  const whole = attained.filter(({part}) => part === "whole");
  expect(Object.fromEntries(whole.map(({target, actual_value}) => [target, actual_value]))).toEqual({
    m1: 1,
    m2: 2,
    m3: 1
  });
  expect(whole.find(({target}) => target === "m1")!.status).toBe("met");
});

test("with --from, rows that people wrote stay byte for byte, and only targets without a row are added", async () => {
  const kept = `\ufeffEntry,Target,Title,Listed,Done,Remark\r\n1,m1,"our ""own"" words",2023-07-01,,=1+1\r\n`;
  writeFileSync(join(directory, "old.csv"), kept);
  const written = await milepost("new", "register", "--from", "old.csv");
  expect(written.out).toContain("5 rows more");
  const text = read("register-2024-01-02.csv");
  expect(text.startsWith(kept)).toBe(true);
  expect(records(text).map((row) => row.Target)).toEqual(["m1", "m2", "m2", "m2", "m3", "m3"]);
});

test("no file is overwritten, and what can't be done is said", async () => {
  await milepost("new", "register");
  const before = read("register-2024-01-02.csv");
  const again = await milepost("new", "register");
  expect([again.code, read("register-2024-01-02.csv")]).toEqual([1, before]);
  expect(again.err).toContain("file-is-there");
  const unknown = await milepost("new", "register", "regster");
  expect([unknown.code, unknown.err.includes("register?") || unknown.err.includes('"register"')]).toEqual([2, true]);
  writeFileSync(join(directory, "odd.csv"), "A,B\n1,2\n");
  const odd = await milepost("new", "register", "--from", "odd.csv");
  expect([odd.code, odd.err.includes("it has no column Target")]).toEqual([1, true]);
  cpSync(join(directory, "sources/register.yaml"), join(directory, "sources/other.yaml"));
  writeFileSync(
    join(directory, "sources/other.yaml"),
    read("sources/other.yaml")
      .replace("source: register", "source: other")
      .replace("deliverable:", "deliverable2:")
      .replace("pieces: {", "pieces2: {")
  );
  expect((await milepost("new", "register")).err).toContain("say which register: other, register");
  expect(readdirSync(directory).filter((name) => name.endsWith(".csv"))).toEqual([
    "odd.csv",
    "register-2024-01-02.csv"
  ]);
});
