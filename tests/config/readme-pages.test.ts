import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {parse} from "yaml";
import {fieldTable, withFieldTables} from "../../pipeline/config/field-tables.ts";
import {goalKinds} from "../../pipeline/config/goal.ts";
import type {Project} from "../../pipeline/config/project.ts";
import {readProject} from "../../pipeline/config/read-project.ts";
import {cadences} from "../../pipeline/config/target.ts";
import {renderDiagnostics} from "../../pipeline/diagnostics/render.ts";

const root = join(import.meta.dirname, "../..");
const folders = ["sources", "targets", "reports"];
const pageOf = (folder: string) => readFileSync(join(root, folder, "README.md"), "utf8");

/** YAML of a page; the file that it is an example of stands in its first line, as a comment. */
const blocks = folders.flatMap((folder) =>
  [...pageOf(folder).matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => ({
    page: folder,
    text,
    file: /^# ([\w/.-]+\.yaml)\n/.exec(text)?.[1] ?? null
  }))
);

test.each(folders)("%s/README.md has the fields as the schemas have them (else: npm run schemas)", (folder) => {
  expect(pageOf(folder)).toBe(withFieldTables(pageOf(folder)));
});

test("a table of fields tells keys, which are required, and what they may be", () => {
  expect(fieldTable("target.by")).toBe(
    [
      "| key | | |",
      "|---|---|---|",
      "| `within` | required | So long after the event: 24 months. |",
      "| `after` | required | The event: a day, a measure with done (the day of its completion), or joined (the day on which each unit joined its roster). |"
    ].join("\n")
  );
  expect(fieldTable("target")).toContain("`two weeks`, `month`");
  expect(() => fieldTable("target.gaol")).toThrow("target.gaol is no mapping");
  expect(() => withFieldTables("<!-- fields of target -->\n")).toThrow("has no end");
});

describe("the examples of the pages, together, as one project", () => {
  let directory: string;
  let project: Project;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "milepost-pages-"));
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(directory, path)), {recursive: true});
      writeFileSync(join(directory, path), text);
    };
    const calendar = blocks.map(({text}) => parse(text)).find((value) => value.calendar !== undefined).calendar;
    write(
      "milepost.yaml",
      JSON.stringify({
        title: "Examples",
        time_zone: "America/Los_Angeles",
        calendar: {
          ...calendar,
          plan_years: {
            "2023-2024": {from: "2023-07-01", to: "2024-06-30"},
            "2024-2025": {from: "2024-07-01", to: "2025-06-30"}
          }
        },
        paths: {inbox: "inbox", warehouse: "warehouse", out: "out"},
        segments: "seeds/segments.csv"
      })
    );
    write(
      "seeds/segments.csv",
      `type,code,name,aliases,parent_type,parent_code,valid_from,valid_to
city,LA,Los Angeles,,,,,
bureau,west,West Bureau,,city,LA,,
bureau,south,South Bureau,,city,LA,,
area,8,West LA,,bureau,west,,
area,5,Harbor,,bureau,south,2024-01-15,
recruit_class,9-23,Class 9-23,,city,LA,2023-09-18,2024-03-15
recruit_class,1-24,Class 1-24,,city,LA,2024-01-22,2024-07-19
`
    );
    write("seeds/references.csv", "name,value,unit,cite\nauthorised,480,people,Budget 2023-2024\n");
    for (const {file, text} of blocks) if (file !== null) write(file, text);
    // The meeting's table is of the repository's own measures.
    for (const path of ["sources/crime-incidents.yaml", "sources/traffic-collisions.yaml", "seeds/code-lists.csv"])
      write(path, readFileSync(join(root, path), "utf8"));
    const read = await readProject(directory);
    expect(renderDiagnostics(read.diagnostics)).toBe("");
    project = read.project!;
  });

  afterAll(() => rmSync(directory, {recursive: true, force: true}));

  test("all of it is YAML, and only fragments are of no file", () => {
    for (const {text, page} of blocks) expect(() => parse(text), page).not.toThrow();
    expect(blocks.filter(({file}) => file !== null).length).toBeGreaterThan(12);
  });

  test("every kind of goal, of change, of baseline and of pace, every cadence and every form of a due day is shown", () => {
    const {targets} = project;
    expect(new Set(targets.map(({goal}) => goal.kind))).toEqual(new Set(goalKinds));
    const changes = targets.flatMap(({goal}) => (goal.kind === "change" ? [goal.change.form] : []));
    expect(new Set(changes)).toEqual(new Set(["percent", "points", "units", "multiple", "direction"]));
    expect(new Set(targets.flatMap(({every}) => every ?? []))).toEqual(new Set(cadences));
    const baselines = targets.flatMap(({baseline = {}}) => [...Object.keys(baseline), baseline.chain]);
    for (const word of ["period", "fixed_at", "mean_of", "value", "target", "compound", "additive", "actual"])
      expect(baselines).toContain(word);
    const paces = targets.flatMap(({pace}) => (typeof pace === "object" ? ["months"] : (pace ?? [])));
    expect(new Set(paces)).toEqual(new Set(["baseline", "linear", "seasonal", "step", "months"]));
    expect(new Set(targets.flatMap(({due}) => due?.kind ?? []))).toEqual(new Set(["day", "event", "joined"]));
    expect(targets.some(({each, every}) => each !== undefined && every !== undefined)).toBe(true);
    expect(targets.some(({revisions}) => revisions.length === 2)).toBe(true);
  });

  test("every kind of measure is shown", () => {
    const measures = [...project.measures.values()];
    const kinds = "rows distinct sum mean percentile min max share share_within ratio duration latest standing done";
    expect(new Set(measures.map(({aggregate}) => aggregate.kind))).toEqual(new Set(kinds.split(" ")));
    const written = measures.flatMap((measure) => Object.keys(measure));
    for (const key of ["median", "percentile", "rolling", "cumulative", "date"]) expect(written).toContain(key);
    const shares = measures.flatMap(({share}) => Object.keys(share ?? {}));
    expect(shares).toContain("weight");
    const latest = measures.flatMap(({aggregate}) => (aggregate.kind === "latest" ? [aggregate.of] : []));
    expect(new Set(latest)).toEqual(new Set(["rows", "distinct", "sum"]));
  });

  test("and reports are", () => {
    expect([...project.reports.keys()].sort()).toEqual(["bureau-monthly", "compstat", "owner"]);
  });
});
