import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {RunFailure} from "../../pipeline/diagnostics/failure.ts";
import {columns, header, incidents, sourceOf, workplace} from "./support.ts";

const {read, write, rows, engine, folder} = workplace();

const dated = {...columns, told: {from: ["Told"], type: "date", formats: ["yyyy-MM-dd"]}};
const head = "ID,Day,AREA,Code,Note,Age,Told\n";
const file = (...lines: string[]) => write("checked.csv", `${head}${lines.join("\n")}\n`);
const withChecks = (checks: readonly unknown[], more: Record<string, unknown> = {}) =>
  sourceOf({columns: dated, rejects: {at_most: "100%"}, checks, ...more});

describe("what a check asks", () => {
  const records = [
    "a,2024-01-01,1,100,ok,30,2024-01-02",
    "b,2024-01-05,2,99,OK,31,2024-01-04",
    "c,2024-01-06,3,999,,32,",
    "d,2024-01-07,4,,four,33,2024-01-07",
    "e,2024-01-08,5,1000,five words,34,2024-01-01"
  ];
  const cases: [check: Record<string, unknown>, words: string, failed: string[], of: number][] = [
    [{column: "code", between: [100, 999]}, "code must be from 100 to 999", ["b", "e"], 4],
    [{column: "code", between: [100, null]}, "code must be at least 100", ["b"], 4],
    [{column: "code", between: [null, 999]}, "code must be at most 999", ["e"], 4],
    [
      {column: "day", between: ["2024-01-02", "2024-01-07"]},
      "day must be from 2024-01-02 to 2024-01-07",
      ["a", "e"],
      5
    ],
    [{column: "day", not_after: "told"}, "day must not be after told", ["b", "e"], 4],
    [{column: "told", not_before: "day"}, "told must not be before day", ["b", "e"], 4],
    [{column: "day", not_after: "today"}, "day must not be after today", [], 5],
    [{column: "note", required: true}, "note must be filled", ["c"], 5],
    [{column: "code", required: true}, "code must be filled", ["d"], 5],
    [{column: "note", matches: "[a-z]+"}, "note must be of the form [a-z]+", ["b", "e"], 4],
    [{column: "note", matches: "ok|four"}, "note must be of the form ok|four", ["b", "e"], 4],
    [{column: "note", in: ["ok", "OK", "four"]}, "note must be one of ok, OK, four", ["e"], 4],
    [{column: "code", in: [100, 999]}, "code must be one of 100, 999", ["b", "e"], 4],
    [
      {column: "area", in: ["Central", "02", 3, "hollenbeck"]},
      "area must be one of Central, 02, 3, hollenbeck",
      ["e"],
      5
    ],
    [{column: "code", in: "part1"}, "code must be in the list part1", ["a", "e"], 4]
  ];
  const codeLists = new Map([["part1", ["99", "999"]]]);

  test.each(cases)("%j: %s", async (check, words, failed, of) => {
    const warned = await read(file(...records), withChecks([check]), {codeLists});
    expect(warned).toMatchObject({outcome: "read", kept: 5, rejected: 0, rejectsFile: null});
    expect(warned.checks).toEqual([{check: words, severity: "warn", failed: failed.length, of}]);
    expect(warned.diagnostics.map(({code}) => code)).toEqual(failed.length === 0 ? [] : ["check-not-held"]);
    const rejected = await read(file(...records), withChecks([{...check, severity: "reject"}]), {codeLists});
    expect(rejected).toMatchObject({outcome: "read", kept: 5 - failed.length, rejected: failed.length});
    expect(rejected.checks).toEqual([{check: words, severity: "reject", failed: failed.length, of}]);
    expect((await rows(rejected)).map(({id}) => id)).toEqual(
      ["a", "b", "c", "d", "e"].filter((id) => !failed.includes(id))
    );
    const refused = await read(file(...records), withChecks([{...check, severity: "refuse"}]), {codeLists});
    expect(refused.outcome).toBe(failed.length === 0 ? "read" : "refused");
    expect(refused.checks).toMatchObject([{severity: "refuse", failed: failed.length}]);
  });

  test("without checks there are none", async () => {
    expect((await read(write("a.csv", `${header}1,2024-01-01,1,,,,\n`), incidents)).checks).toEqual([]);
  });
});

describe("a check that warns", () => {
  test("says how many fail, the first place with what it is compared with, and the lines of the next four", async () => {
    const bad = Array.from({length: 7}, (_, i) => `x${i},2024-01-0${i + 2},1,,,,2024-01-01`);
    const outcome = await read(
      file("a,2024-01-01,1,,,,2024-01-02", ...bad),
      withChecks([{column: "day", not_after: "told"}])
    );
    expect(outcome).toMatchObject({kept: 8});
    expect(outcome.diagnostics).toEqual([
      {
        code: "check-not-held",
        severity: "warning",
        place: {file: "checked.csv", line: 3, column: 4},
        message: "7 of 8 records fail a check: day must not be after told",
        found: '"2024-01-02", told "2024-01-01"; then lines 4, 5, 6, 7 and 2 more'
      }
    ]);
  });

  test("asks nothing of a column that the file does not hold, and counts nothing", async () => {
    const outcome = await read(
      write("narrow.csv", "ID,Day,AREA\na,2024-01-01,1\n"),
      withChecks([
        {column: "day", not_after: "told"},
        {column: "code", between: [1, 2]}
      ])
    );
    expect(outcome.checks.map(({failed, of}) => ({failed, of}))).toEqual([
      {failed: 0, of: 0},
      {failed: 0, of: 0}
    ]);
    expect(outcome.diagnostics).toEqual([]);
  });

  test("asks nothing of records that are rejected for what they are", async () => {
    const outcome = await read(
      file("a,2024-13-01,1,5,,,", "b,2024-01-01,1,5,,,"),
      withChecks([{column: "code", between: [9, null]}])
    );
    expect(outcome).toMatchObject({kept: 1, rejects_by_reason: {unreadable_value: 1}, checks: [{failed: 1, of: 1}]});
  });
});

describe("a check that rejects", () => {
  test("gives place, value and expectation; the file of rejects holds them all", async () => {
    const outcome = await read(
      file("a,2024-01-03,1,5,,,2024-01-01", "b,2024-01-01,1,7,,,", "c,2024-01-01,1,50,,,2024-01-01"),
      withChecks([
        {column: "day", not_after: "told", severity: "reject"},
        {column: "code", between: [10, 99], severity: "reject"}
      ])
    );
    expect(outcome).toMatchObject({kept: 1, rejected: 2, rejects_by_reason: {check_failed: 2}});
    // The first record fails both: it is rejected for the first, and counted by both.
    expect(outcome.checks.map(({failed, of}) => `${failed} of ${of}`)).toEqual(["1 of 2", "2 of 3"]);
    expect(outcome.diagnostics).toMatchObject([
      {
        code: "check-failed",
        severity: "warning",
        place: {line: 2, column: 3},
        found: '"2024-01-03"',
        expected: "not after told"
      },
      {code: "check-failed", place: {line: 3, column: 16}, found: '"7"', expected: "from 10 to 99"}
    ]);
    expect(readFileSync(outcome.rejectsFile!, "utf8").trim().split("\n").slice(1)).toEqual([
      "2,3,1,check_failed,day,2024-01-03,not after told",
      "3,16,2,check_failed,code,7,from 10 to 99"
    ]);
  });

  test("refuses the file with more rejects than it may have", async () => {
    const source = withChecks([{column: "code", between: [10, 99], severity: "reject"}], {rejects: {at_most: "0%"}});
    const outcome = await read(file("a,2024-01-03,1,5,,,", "b,2024-01-01,1,20,,,"), source);
    expect(outcome).toMatchObject({outcome: "refused", kept: 0, rejected: 2, rejects_by_reason: {check_failed: 1}});
    expect(outcome.diagnostics.map(({code}) => code)).toEqual(["too-many-rejects", "check-failed"]);
  });

  test("does not let a rejected record take the key of a good one", async () => {
    const source = withChecks([{column: "code", between: [10, 99], severity: "reject"}], {key: ["id"]});
    const outcome = await read(file("a,2024-01-03,1,5,,,", "a,2024-01-01,1,20,,,", "a,2024-01-01,1,30,,,"), source);
    expect(outcome).toMatchObject({kept: 1, rejects_by_reason: {check_failed: 1, repeated_key: 1}});
    expect(await rows(outcome)).toMatchObject([{id: "a", code: "20"}]);
  });
});

describe("a check that refuses", () => {
  test("keeps nothing, and says where first", async () => {
    const outcome = await read(
      file("a,2024-01-03,1,5,,,", "b,2024-01-01,1,20,,,", "c,2024-01-01,1,3,,,"),
      withChecks([{column: "code", between: [10, 99], severity: "refuse"}])
    );
    expect(outcome).toMatchObject({outcome: "refused", kept: 0, rejected: 3, rejects_by_reason: {}});
    expect(outcome.diagnostics).toMatchObject([
      {
        code: "check-not-held",
        severity: "error",
        place: {line: 2, column: 16},
        message: "2 of 3 records fail a check: code must be from 10 to 99",
        found: '"5"; then line 4'
      }
    ]);
  });

  test("a share of values that must be there", async () => {
    const source = (severity: string, present: string) => withChecks([{column: "note", present, severity}]);
    const path = file("a,2024-01-03,1,,x,,", "b,2024-01-01,1,,x,,", "c,2024-01-01,1,,x,,", "d,2024-01-01,1,,,,");
    expect((await read(path, source("refuse", "75%"))).checks).toEqual([
      {check: "note must be filled in 75% of the records", severity: "refuse", failed: 0, of: 1}
    ]);
    expect(await read(path, source("refuse", "75.1%"))).toMatchObject({
      outcome: "refused",
      diagnostics: [{code: "too-few-values", severity: "error", found: "3 of 4 records"}],
      checks: [{failed: 1, of: 1}]
    });
    const without = await read(write("narrow.csv", "ID,Day,AREA\na,2024-01-01,1\n"), source("warn", "10%"));
    expect(without).toMatchObject({
      outcome: "read",
      diagnostics: [{code: "too-few-values", severity: "warning", found: "no column note in the file"}]
    });
  });
});

test("values of a column that is ignored under the same header are withheld", async () => {
  const source = sourceOf({
    columns,
    ignore: ["Place"],
    rejects: {at_most: "100%"},
    checks: [
      {column: "place", matches: "[0-9]+", severity: "warn"},
      {column: "place", matches: "[0-9]+x", severity: "reject"}
    ]
  });
  const hidden = {
    ...source,
    columns: {...source.columns, place: {...source.columns.note!, from: ["Place"], position: 7}}
  };
  const outcome = await read(write("a.csv", `${header}1,2024-01-01,1,,,,secret\n`), hidden);
  expect(JSON.stringify(outcome.diagnostics)).not.toContain("secret");
  expect(readFileSync(outcome.rejectsFile!, "utf8")).not.toContain("secret");
  expect(outcome).toMatchObject({rejects_by_reason: {check_failed: 1}, checks: [{failed: 1}, {failed: 1}]});
});

test("quotes in a pattern or a value are no SQL", async () => {
  const outcome = await read(
    file("a,2024-01-03,1,,x,,"),
    withChecks([
      {column: "note", matches: "x' or '1'='1"},
      {column: "note", in: ["'); drop table x; --"]}
    ])
  );
  expect(outcome.checks.map(({failed}) => failed)).toEqual([1, 1]);
});

test("a pattern that only the engine finds too large is told with the source's place", async () => {
  const failure = await read(
    file("a,2024-01-03,1,,x,,"),
    withChecks([{column: "note", matches: "(\\pL{500}){2}"}])
  ).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(RunFailure);
  expect((failure as RunFailure).diagnostics).toMatchObject([
    {code: "bad-pattern", place: {file: "sources/incidents.yaml"}, message: expect.stringContaining("too large")}
  ]);
});

test("Parquet has records in place of lines", async () => {
  const path = `${folder}/a.parquet`;
  await engine().run(
    `copy (select * from (values ('a', date '2024-01-03', '1', 5), ('b', date '2024-01-03', '1', 50), ('c', date '2024-01-03', '1', 6)) t("ID", "Day", "AREA", "Code")) to '${path}' (format parquet)`
  );
  const outcome = await read(path, withChecks([{column: "code", between: [10, 99]}]));
  expect(outcome.diagnostics).toMatchObject([{code: "check-not-held", found: '"5"; then record 3'}]);
});
