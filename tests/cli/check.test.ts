import {cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {parseDocument} from "yaml";
import {check} from "../../pipeline/cli/check.ts";
import type {Context, Given} from "../../pipeline/cli/context.ts";
import {RunFailure} from "../../pipeline/diagnostics/failure.ts";

const good = join(import.meta.dirname, "../config/good");
let broken: string;

beforeAll(async () => {
  broken = await mkdtemp(join(tmpdir(), "milepost-check-"));
  await cp(good, broken, {recursive: true});
  await writeFile(
    join(broken, "reports/second.yaml"),
    "report: quarterly\ntitle: T\nperiod: month\naudience: A\nsections: [summry]\n"
  );
});

afterAll(() => rm(broken, {recursive: true, force: true}));

async function run(options: Readonly<Record<string, string>>, cwd: string) {
  let out = "";
  let err = "";
  const given: Given = {positionals: [], text: (option) => options[option], is: () => false};
  const context: Context = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    now: () => new Date(0),
    cwd,
    terminal: false,
    version: "1.2.3"
  };
  return {code: await check(given, context), out, err};
}

test("a project without fault: what there is, on standard output", async () => {
  expect(await run({}, good)).toEqual({
    code: 0,
    err: "",
    out: `Safe Port 2023-2025

  sources   3, with 18 measures
  targets   3
  plan      safe-port: 3 milestones, 2 measured, 1 not, each with its reason
  reports   1
  segments  1 city, 2 bureaus, 2 classes, 3 Areas

No fault found.
`
  });
});

test("a project with faults: all of them on standard error, nothing on standard output, code 1", async () => {
  const {code, out, err} = await run({project: broken}, ".");
  expect([code, out]).toEqual([1, ""]);
  expect(err).toBe(`reports/second.yaml:1:9  error  repeated-name
  There is a report "quarterly" already, in reports/quarterly.yaml:2

  1 | report: quarterly
    |         ^

  fix       Names must be unique in a project; upper and lower case count as the same

reports/second.yaml:5:12  error  bad-value
  "sections[1]" must be one of summary, late, by-goal, by-owner, scorecard, goal-pages, owner-pages, segment-pages, comparisons, reported, not-measured, data-quality, methods; changes is not supported yet

  5 | sections: [summry]
    |            ^

  found     "summry"
  fix       Did you mean "summary"?

2 errors
`);
});

test("as JSON, faults and summary are data on standard output", async () => {
  const found = await run({project: broken, format: "json"}, ".");
  expect([found.code, found.err]).toEqual([1, ""]);
  expect(JSON.parse(found.out)).toMatchObject({
    ok: false,
    summary: null,
    diagnostics: [
      {code: "repeated-name", severity: "error", place: {file: "reports/second.yaml", line: 1, column: 9}},
      {code: "bad-value", severity: "error", found: '"summry"'}
    ]
  });
  const fine = await run({project: good, format: "json"}, ".");
  expect(fine.code).toBe(0);
  expect(JSON.parse(fine.out)).toMatchObject({
    ok: true,
    summary: {sources: 3, measures: 18, targets: 3, segments: {city: 1, bureau: 2, class: 2, area: 3}},
    diagnostics: []
  });
});

test("the project is found from a folder inside it, and a missing one is said", async () => {
  expect((await run({}, join(good, "targets/safe-port"))).code).toBe(0);
  await expect(run({project: join(good, "nowhere")}, ".")).rejects.toThrow(RunFailure);
});

test("checking a plan with 400 targets costs little more than reading its YAML", async () => {
  const big = await mkdtemp(join(tmpdir(), "milepost-big-"));
  try {
    await cp(good, big, {recursive: true});
    await mkdir(join(big, "targets/many"));
    const milestones = Array.from(
      {length: 400},
      (_, i) => `  - {milestone: b${i}, goal: "1", plan_year: year-1, title: Milestone ${i}}`
    );
    await writeFile(
      join(big, "targets/many/plan.yaml"),
      `plan: many\ntitle: Many\npublisher: P\npublished: "2024"\ngoals: [{goal: "1", title: One}]\nmilestones:\n${milestones.join("\n")}\n`
    );
    for (let file = 0; file < 20; file++) {
      const targets = Array.from({length: 20}, (_, i) => {
        const id = file * 20 + i;
        return `- target: b${id}\n  milestone: b${id}\n  title: Thefts down ${id % 50}%\n  measure: thefts\n  goal: {change: -${(id % 50) + 1}%}\n  baseline: {period: previous}\n  period: year-1\n  at: city\n  by_segment: [bureau, area]\n`;
      });
      await writeFile(join(big, `targets/many/t${file}.yaml`), targets.join(""));
    }
    const texts = await Promise.all(
      (await readdir(join(big, "targets/many"))).map((name) => readFile(join(big, "targets/many", name), "utf8"))
    );
    const checking: number[] = [];
    const reading: number[] = [];
    // The best of three, and a ratio: other tests share the machine.
    for (let turn = 0; turn < 3; turn++) {
      const began = performance.now();
      for (const text of texts) parseDocument(text);
      reading.push(performance.now() - began);
      const {code, out} = await run({project: big}, ".");
      checking.push(performance.now() - began - (reading.at(-1) ?? 0));
      expect(code).toBe(0);
      expect(out).toContain("targets   403\n");
    }
    expect(Math.min(...checking) / Math.min(...reading)).toBeLessThan(5);
  } finally {
    await rm(big, {recursive: true, force: true});
  }
});
