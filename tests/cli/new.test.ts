import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {parse} from "yaml";
import {readProject} from "../../pipeline/config/read-project.ts";
import {renderDiagnostics} from "../../pipeline/diagnostics/render.ts";
import {runProgram} from "../support/run-program.ts";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "milepost-new-"));
});

afterEach(() => rmSync(directory, {recursive: true, force: true}));

const milepost = (...words: string[]) => runProgram(directory, "2024-07-02T12:00:00Z", words);

const read = (path: string) => readFileSync(join(directory, path), "utf8");

function write(path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), {recursive: true});
  writeFileSync(join(directory, path), text);
}

/** What `check` says: nothing. */
async function expectNoFault(): Promise<void> {
  expect(renderDiagnostics((await readProject(directory)).diagnostics)).toBe("");
}

function freshProject(): void {
  write(
    "milepost.yaml",
    `title: Fresh
time_zone: UTC
calendar: {week_starts: monday, fiscal_year_starts: 01-01}
paths: {inbox: inbox, warehouse: warehouse, out: out}
segments: seeds/segments.csv
`
  );
  write(
    "seeds/segments.csv",
    "type,code,name,aliases,parent_type,parent_code,valid_from,valid_to\ncity,PV,Port Vale,,,,,\narea,8,West End,,city,PV,,\narea,9,Harbor,,city,PV,,\n"
  );
}

describe("in a fresh project", () => {
  beforeEach(freshProject);

  test("a target, a source and a report pass check as they stand, in any order", async () => {
    const target = await milepost("new", "target", "posts");
    expect(target).toEqual({
      code: 0,
      out: "sources/posts.yaml is written\ntargets/posts.yaml is written\nFill it in, then: milepost check\n",
      err: ""
    });
    await expectNoFault();
    expect((await milepost("new", "report", "monthly")).out).toContain("reports/monthly.yaml is written");
    expect((await milepost("new", "source", "bookings")).out).toContain("sources/bookings.yaml is written");
    await expectNoFault();
    expect((await milepost("new", "target", "fewer", "--measure", "bookings")).code).toBe(0);
    await expectNoFault();
    expect(parse(read("targets/posts.yaml"))).toMatchObject({target: "posts", measure: "posts", period: 2024});
  });

  test("every file names its schema, as it lies from there, in its first line", async () => {
    await milepost("new", "target", "posts");
    await milepost("new", "report", "monthly");
    for (const [path, kind] of [
      ["targets/posts.yaml", "target"],
      ["sources/posts.yaml", "source"],
      ["reports/monthly.yaml", "report"]
    ]) {
      const [, schema = ""] = /^# yaml-language-server: \$schema=(.+)\n/.exec(read(path!)) ?? [];
      expect(schema.endsWith(`/schemas/${kind}.schema.json`)).toBe(true);
      expect(existsSync(join(directory, dirname(path!), schema)), schema).toBe(true);
    }
  });

  test("no file is ever overwritten, and no name given twice", async () => {
    write("reports/monthly.yaml", "report: other\ntitle: T\nperiod: month\naudience: A\nsections: [summary]\n");
    const before = read("reports/monthly.yaml");
    const there = await milepost("new", "report", "monthly");
    expect([there.code, there.out]).toEqual([1, ""]);
    expect(there.err).toContain("reports/monthly.yaml  error  file-is-there");
    expect(read("reports/monthly.yaml")).toBe(before);
    const twice = await milepost("new", "report", "Other");
    expect(twice.code).toBe(1);
    expect(twice.err).toContain('There is a report "Other" already, in reports/monthly.yaml:1');
    expect(existsSync(join(directory, "reports/Other.yaml"))).toBe(false);
  });

  test("what can't be written is said, and nothing is", async () => {
    const cases: [string[], number, string][] = [
      [["target", "two words"], 2, 'the name "two words" must be letters, digits'],
      [["tagret", "x"], 2, 'Did you mean "target"?'],
      [["report", "x", "--from", "a.csv"], 2, "--from is for a new source"],
      [["target"], 2, "the name of the target is missing"],
      [["source", "x", "--from", "a.csv"], 1, "No such file"],
      [["source", "x", "--from", "a.xlsx"], 1, "it is no .csv file"],
      [["target", "x", "--plan", "p"], 2, 'no plan is called "p"']
    ];
    for (const [words, code, said] of cases) {
      const answer = await milepost("new", ...words);
      expect([answer.code, answer.out], words.join(" ")).toEqual([code, ""]);
      expect(answer.err).toContain(said);
    }
    expect(existsSync(join(directory, "targets"))).toBe(false);
  });

  test("as JSON the files are data", async () => {
    const {out} = await milepost("new", "source", "bookings", "--format", "json");
    expect(JSON.parse(out)).toEqual({files: ["sources/bookings.yaml"]});
  });
});

describe("in the repository's own project", () => {
  beforeEach(() => {
    for (const name of ["milepost.yaml", "targets", "sources", "reports", "seeds"])
      cpSync(name, join(directory, name), {recursive: true});
  });

  test("all three pass check as they stand, the target in the folder of the plan that is named, of several", async () => {
    await milepost("new", "target", "my-target", "--plan", "lapd-strategic-plan-2023-2025");
    await milepost("new", "target", "of-no-plan");
    await milepost("new", "source", "my-source");
    await milepost("new", "report", "my-report");
    await expectNoFault();
    const path = "targets/lapd-strategic-plan-2023-2025/my-target.yaml";
    expect(parse(read(path))).toMatchObject({target: "my-target", period: "2023-2024"});
    expect(parse(read("targets/of-no-plan.yaml"))).toMatchObject({target: "of-no-plan"});
  });

  test("a milestone without a target gets one that cites it", async () => {
    const plan = "targets/lapd-strategic-plan-2023-2025/plan.yaml";
    write(
      plan,
      `${read(plan)}  - {milestone: new.1, goal: "1", plan_year: 2024-2025, title: Something new}
  - {milestone: new.2, goal: "1", title: Something else, not_measured: No extract}
`
    );
    expect((await readProject(directory)).diagnostics).toMatchObject([{code: "milestone-without-target"}]);
    await milepost("new", "target", "new.1");
    await milepost("new", "target", "new.2");
    await expectNoFault();
    const written = parse(read("targets/lapd-strategic-plan-2023-2025/new.1.yaml"));
    expect(written).toMatchObject({milestone: "new.1", title: "Something new"});
    expect(written).not.toHaveProperty("period");
    expect(parse(read("targets/lapd-strategic-plan-2023-2025/new.2.yaml"))).not.toHaveProperty("milestone");
  });
});

test("a target of every kind of measure passes check, in the folder of the only plan", async () => {
  cpSync("tests/config/good", directory, {recursive: true});
  const {project} = await readProject(directory);
  for (const measure of project!.measures.keys()) {
    const {code, err} = await milepost("new", "target", `t-${measure}`, "--measure", measure);
    expect([code, err], measure).toEqual([0, ""]);
    expect(existsSync(join(directory, "targets/safe-port", `t-${measure}.yaml`)), measure).toBe(true);
  }
  await expectNoFault();
});

describe("a source from an extract", () => {
  beforeEach(freshProject);

  test("has the columns of its header, passes check, and loads the extract", async () => {
    write(
      "bookings-2024-06.csv",
      `Booking No,Booked,Div,Area,Offense,DOB,Miles,Cents,,Area
24-000117,06/03/2024,08,West End,459 PC,1990-01-01,1.5,7,a,x
24-000118,06/23/2024,08,Harbor,211 PC,1985-02-11,2,8,,y
`
    );
    const {code, err} = await milepost("new", "source", "bookings", "--from", "bookings-2024-06.csv");
    expect([code, err]).toEqual([0, ""]);
    await expectNoFault();
    expect(parse(read("sources/bookings.yaml"))).toMatchObject({
      files: ["bookings-*.csv"],
      delivery: "period",
      covers: {from: "file_name", pattern: "bookings-{yyyy}-{MM}*"},
      date: "booked",
      columns: {
        booking_no: {from: "Booking No", type: "text"},
        booked: {from: "Booked", type: "date", formats: ["MM/dd/yyyy"], required: true},
        div: {from: "Div", type: "text"},
        area: {from: "Area", position: 4, segment: "area"},
        offense: {type: "text"},
        dob: {personal: "drop"},
        miles: {type: "decimal"},
        cents: {type: "integer"},
        column_9: {position: 9, type: "text"},
        area_2: {from: "Area", position: 10, type: "text"}
      }
    });
    const loaded = await milepost("load", "bookings-2024-06.csv");
    expect(loaded.code).toBe(0);
    expect(loaded.out).toContain("2 = 2 kept + 0 rejected");
  });

  test("says the shape of the file where it is not plain, and doubts", async () => {
    writeFileSync(join(directory, "x.csv"), Buffer.from("Tag;Stra\xdfe;Wert\n01/02/2024;M\xfchlweg;1\n", "latin1"));
    await milepost("new", "source", "x", "--from", "x.csv");
    await expectNoFault();
    expect(parse(read("sources/x.yaml"))).toMatchObject({
      csv: {delimiter: ";", encoding: "windows-1252"},
      delivery: "snapshot",
      covers: {from: "rows"},
      columns: {tag: {formats: ["MM/dd/yyyy"]}}
    });
    expect(read("sources/x.yaml")).toContain("or the day first? No record here tells");
    expect((await milepost("load", "x.csv")).code).toBe(0);
  });

  test("reads several ways to write a day, and years of two digits; two days in a name say no month", async () => {
    write("z_2020-03-15_2021-07-31.csv", "A,B\n2020-03-15,3/1/13\n3/16/2020 0:00,11/22/13\n");
    await milepost("new", "source", "z", "--from", "z_2020-03-15_2021-07-31.csv");
    await expectNoFault();
    expect(parse(read("sources/z.yaml"))).toMatchObject({
      files: ["z_*.csv"],
      delivery: "snapshot",
      columns: {a: {formats: ["yyyy-MM-dd", "M/d/yyyy H:mm"], required: true}, b: {formats: ["M/d/yy"]}}
    });
  });

  test("is not proposed where no column holds days", async () => {
    write("y.csv", "A,B\n1,2\n");
    const {code, err} = await milepost("new", "source", "y", "--from", "y.csv");
    expect(code).toBe(1);
    expect(err).toContain("no column holds a day");
    expect(existsSync(join(directory, "sources/y.yaml"))).toBe(false);
  });
});
