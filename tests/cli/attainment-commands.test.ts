import {readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {attainmentDataColumns, attainmentDataSchema} from "../../pipeline/attainment/contract.ts";
import {main} from "../../pipeline/cli/program.ts";
import {csvText} from "../../pipeline/warehouse/csv.ts";
import {records} from "../support/csv-records.ts";
import {openArrow, openParquet} from "../support/data-files.ts";
import {loadFiles, projectFolder, writeFiles} from "../support/project-folder.ts";

let directory: string;
beforeAll(async () => {
  directory = projectFolder({
    "sources/calls.yaml": `source: calls
title: Calls
files: ["calls*.csv"]
delivery: snapshot
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  kind: {from: Kind, type: text}
measures:
  calls: {title: Calls, count: rows, where: {kind: call}, nature: outcome, better: lower, unit: calls}
`,
    "targets/calls.yaml": `- target: fewer-calls
  title: "=Fewer calls"
  measure: calls
  goal: {change: -10%}
  baseline: {period: previous}
  period: 2024-Q1
  by_segment: [bureau, area]
  reading: Calls of every kind, by the day on which they came in.
- {target: few, title: At most 40, measure: calls, goal: {at_most: 40}, period: "2024"}
`
  });
  const day = (date: string, count: number, area: string, kind: string) =>
    Array.from({length: count}, () => `${date},${area},${kind}`);
  const lines = [
    "Day,Area,Kind",
    ...day("2023-01-01", 1, "1", "fire"),
    ...day("2023-02-02", 19, "1", "call"),
    ...day("2023-03-31", 20, "10", "call"),
    ...day("2024-01-01", 1, "2", "fire"),
    ...day("2024-02-02", 12, "1", "call"),
    ...day("2024-02-20", 3, "10", "=x"),
    ...day("2024-03-31", 24, "10", "call")
  ];
  writeFiles(directory, {"calls.csv": `${lines.join("\n")}\n`});
  await loadFiles(directory, ["calls.csv"], "2024-04-02T12:00:00.000Z");
});
afterAll(() => rmSync(directory, {recursive: true, force: true}));

async function run(...words: string[]) {
  let [out, err] = ["", ""];
  const context = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    now: () => new Date("2024-04-03T12:00:00Z"),
    cwd: directory,
    terminal: false,
    version: "0.0.0"
  };
  const code = await main(words, context);
  return {code, out, err};
}

describe("attain", () => {
  test("prints a table that a terminal holds: the binding row first, the others indented and cut", async () => {
    const {code, out, err} = await run("attain");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatchInlineSnapshot(`
      "As known at 2024-04-02 05:00 (America/Los_Angeles)

                                    actual  expected  status
      few  2024, through 31 March 2024  At most 40
        City                            36       9.9  ▼ off track
            36; at most 40 allowed, 9.9 expected so far.

      fewer-calls  2024-Q1, through 31 March 2024  =Fewer calls
        City                            36      35.1  ✗ missed
            Down 7.7% (36 against 39), needs 10%; 77% of the way.
          West                          12      17.1  ✓ met             Down 36.8% (12 against 19), needs 10%; more…
          East                          24        18  ✗ missed          Up 20.0% (24 against 20), needs a fall of 1…
          Alder                         12      17.1  ✓ met             Down 36.8% (12 against 19), needs 10%; more…
          Birch                          0         0  ✓ met             0 against 0 (N.C.), needs a fall of 10%. [s…
          Cedar                         24        18  ✗ missed          Up 20.0% (24 against 20), needs a fall of 1…
      "
    `);
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(110);
  });

  test("says once that segments are not due", async () => {
    const {out} = await run("attain", "--target", "fewer-calls", "--through", "2023-12-31");
    expect(out.split("\n").slice(3)).toEqual([
      "fewer-calls  2024-Q1, through 31 December 2023  =Fewer calls",
      "  City                             –         –  ▷ not due",
      "      The period begins on 1 January 2024.",
      "    and 5 segments, not due either",
      ""
    ]);
  });

  test("prints the same rows as JSON, each as the contract says", async () => {
    const {out} = await run("attain", "--format", "json", "--target", "fewer-calls");
    const rows = JSON.parse(out) as unknown[];
    expect(rows).toHaveLength(6);
    for (const row of rows) expect(Object.keys(attainmentDataSchema.parse(row))).toEqual(attainmentDataColumns);
    expect(Object.keys(rows[0] as object)).toEqual(attainmentDataColumns);
  });

  test("writes the same rows as CSV: columns in the contract's order, null empty, no formula", async () => {
    const {code, out, err} = await run("attain", "--out", "rows/a.csv");
    expect([code, out, err]).toEqual([0, "", "rows/a.csv: 7 rows\n"]);
    const text = readFileSync(join(directory, "rows/a.csv"), "utf8");
    expect(text.split("\n")[0]).toBe(attainmentDataColumns.join(","));
    const [few, city] = records(text);
    expect(city).toMatchObject({
      target: "fewer-calls",
      title: "'=Fewer calls",
      milestone: "",
      binding: "true",
      baseline_value: "39",
      target_value: "35.1",
      actual_value: "36",
      change_to_date: String(-3 / 39),
      progress_share: String(10 / 13),
      probability: "",
      status: "missed",
      flags: "",
      rows_counted: "36"
    });
    expect(few).toMatchObject({attainment_ratio: String((40 * 91) / 366 / 36), progress_share: ""});
  });

  test("writes the same rows as Parquet, Arrow and JSON, over an earlier file", async () => {
    writeFiles(directory, {"rows/b.arrow": "an earlier file"});
    for (const kind of ["csv", "parquet", "arrow", "json"]) {
      const {code, out, err} = await run("attain", "--out", `rows/b.${kind}`);
      expect([code, out, err]).toEqual([0, "", `rows/b.${kind}: 7 rows\n`]);
    }
    const file = (name: string) => readFileSync(join(directory, "rows", name));
    const rows = attainmentDataSchema.array().parse(JSON.parse(file("b.json").toString()));
    const {out} = await run("attain", "--format", "json");
    expect(rows).toEqual(JSON.parse(out));
    expect(openArrow(file("b.arrow")).rows).toEqual(rows);
    expect((await openParquet(file("b.parquet"))).rows).toEqual(rows);
    expect(file("b.csv").toString()).toBe(csvText(attainmentDataColumns, rows));
    expect(readdirSync(join(directory, "rows")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("keeps what is asked for: period, segment by name or by type and name, through", async () => {
    const rows = async (...words: string[]) => {
      const {out} = await run("attain", "--format", "json", ...words);
      return (JSON.parse(out) as {target: string; segment_name: string; actual_value: number}[]).map((row) =>
        [row.target, row.segment_name, row.actual_value].join(" ")
      );
    };
    expect(await rows("--period", "2024-Q3")).toEqual(["few City 36"]);
    expect(await rows("--segment", "cedar")).toEqual(["fewer-calls Cedar 24"]);
    expect(await rows("--segment", "area:1")).toEqual(["fewer-calls Alder 12"]);
    expect(await rows("--segment", "city", "--through", "2024-02-29")).toEqual(["few City 12", "fewer-calls City 12"]);
  });

  test.each([
    [["--target", "fewer-cals"], "unknown-target", 'Did you mean "fewer-calls"?'],
    [["--segment", "Alde"], "segment-not-known", 'Did you mean "Alder"?'],
    [["--period", "2024-Q5"], "no-such-period", "2024-Q1"],
    [["--through", "2024-02-30"], "bad-day", "2024-02-30"],
    [["--as-of", "yesterday"], "bad-as-of", "yesterday"],
    [["--out", "rows.xlsx"], "out-kind", "FILE.csv or FILE.parquet or FILE.arrow or FILE.json"],
    [["--out", "rows"], "out-kind", "rows: its ending does not say which kind of file is wanted"],
    [["--out", "rows.csv.gz"], "out-kind", "rows.csv.gz"]
  ])("%j is a fault of the command line", async (words, code, part) => {
    const answered = await run("attain", ...words);
    expect([answered.code, answered.out]).toEqual([2, ""]);
    expect(answered.err).toContain(code);
    expect(answered.err).toContain(part);
  });

  test("says when nothing was known", async () => {
    const {code, out, err} = await run("attain", "--as-of", "2024-01-01", "--target", "few");
    expect(code).toBe(0);
    expect(err).toContain("nothing was loaded by 2024-01-01");
    expect(out).toContain("– no data");
  });

  test("takes a moment as it prints it: the load of that minute is known, and not a minute before", async () => {
    const known = async (asOf: string) => (await run("attain", "--target", "few", "--as-of", asOf)).out.split("\n")[0];
    expect(await known("2024-04-02 05:00")).toBe("As known at 2024-04-02 05:00 (America/Los_Angeles)");
    expect(await known("2024-04-02 04:59")).toBe("Nothing is known yet");
    expect((await run("loads")).out).toMatch(/^entry {2}at \(America\/Los_Angeles\) .*\n +1 {2}2024-04-02 05:00 /);
    expect((await run("loads", "--as-of", "2024-04-01")).out).toBe(
      "Nothing was loaded by 2024-04-01 23:59 (America/Los_Angeles).\n"
    );
    const [entry] = JSON.parse((await run("loads", "--format", "json")).out) as {at: string}[];
    expect(entry?.at).toBe("2024-04-02T12:00:00.000Z");
  });

  test("says when nothing fits", async () => {
    expect((await run("attain", "--period", "2030")).out).toBe(
      "No target's period overlaps 2030; they run from 1 January 2024 to 31 December 2024: 2024 and 2024-Q1.\n"
    );
    expect((await run("attain", "--period", "2024-Q3", "--target", "fewer-calls")).out).toBe(
      "The period of fewer-calls does not overlap 2024-Q3; it runs from 1 January 2024 to 31 March 2024: 2024-Q1.\n"
    );
    expect((await run("attain", "--period", "2024-Q3", "--segment", "Alder")).out).toBe(
      "No target that is asked for has a row for Alder: its type stands in no by_segment.\n"
    );
    expect((await run("attain", "--period", "2030", "--format", "json")).out).toBe("[]\n");
  });
});

describe("explain", () => {
  test("tells the whole way of a number", async () => {
    const {code, out, err} = await run("explain", "fewer-calls");
    expect([code, err]).toEqual([0, ""]);
    for (const part of [
      "City, 2024-Q1 (1 January 2024 to 31 March 2024), through 31 March 2024",
      "✗ missed: Down 7.7% (36 against 39), needs 10%; 77% of the way.",
      "targets/calls.yaml:1",
      "sources/calls.yaml:1",
      "reading   Calls of every kind",
      "goal      a fall of 10% or more",
      "where     kind is call",
      "1 January 2024 to 31 March 2024: 91 of 91 days covered",
      "calls.csv, loaded 2024-04-02 05:00 (America/Los_Angeles)",
      "decides 2023-01-01 to 2023-03-31, 2024-01-01 to 2024-03-31",
      "= 39 x (100 - 10) / 100",
      "= (36 - 39) / (35.1 - 39)",
      "= 0.769231",
      "6 decided:",
      "yes: missed",
      "-- actual_value: 36",
      `read_parquet('loads/calls/`
    ]) {
      expect(out).toContain(part);
    }
  });

  test("writes the rows that were counted, for their owner alone", async () => {
    const {err} = await run("explain", "fewer-calls", "--segment", "Cedar", "--rows", "counted.csv");
    expect(err).toBe("counted.csv: 24 rows\n");
    const path = join(directory, "counted.csv");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const rows = records(readFileSync(path, "utf8"));
    expect(rows).toHaveLength(24);
    expect(rows[0]).toMatchObject({file: "calls.csv", record: "57", day: "2024-03-31", area: "10", kind: "call"});
  });

  test("writes no rows that are not the ones stored, though their number is known", async () => {
    const folder = join(directory, "warehouse/loads/calls");
    const path = join(folder, readdirSync(folder)[0]!);
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, -1));
    const {code, err} = await run("explain", "fewer-calls", "--rows", "altered.csv");
    writeFileSync(path, whole);
    expect(code).toBe(1);
    expect(err).toContain("rows-changed");
    expect(readdirSync(directory)).not.toContain("altered.csv");
  });

  test("as JSON it is the same, with nothing cut", async () => {
    const {out} = await run("explain", "few", "--format", "json");
    const told = JSON.parse(out);
    expect(told).toMatchObject({
      row: {target: "few", actual_value: 36},
      definition: {goal: "at most 40", baseline: null, pace: "linear: evenly by day", citation: null},
      baseline: null,
      actual: {from: "2024-01-01", to: "2024-03-31", value: 36, rows: 36, days: 91, covered_days: 91, why_null: null}
    });
    expect(told.steps.map(({figure}: {figure: string}) => figure)).toEqual([
      "actual_value",
      "target_value",
      "expected_to_date",
      "gap",
      "attainment_ratio"
    ]);
    expect(told.rules.at(-1)).toMatchObject({rule: "progress", holds: true});
    expect(told.rules).toHaveLength(10);
  });

  test("before its period there is nothing to count again but the baseline", async () => {
    const {out} = await run("explain", "fewer-calls", "--through", "2023-12-31");
    expect(out).toContain("no day of the period is counted yet");
    expect(out).not.toContain("-- actual_value");
    expect(out).toContain("-- baseline_value: 39");
  });

  test("of a number that is not known it tells why", async () => {
    const {out} = await run("explain", "few", "--as-of", "2024-01-01");
    expect(out).toContain("not known");
    expect(out).toContain("No load decides any of the days.");
    expect(out).toContain("366 days covered");
  });

  test.each([
    [["few", "--segment", "Alder"], "segment-not-shown", "few has no row for Alder"],
    [["few", "--period", "2023"], "period-apart", "does not overlap 2023"],
    [["fewer-cals"], "unknown-target", 'Did you mean "fewer-calls"?']
  ])("%j is a fault of the command line", async (words, code, part) => {
    const answered = await run("explain", ...words);
    expect([answered.code, answered.out]).toEqual([2, ""]);
    expect(answered.err).toContain(code);
    expect(answered.err).toContain(part);
  });
});
