import {rmSync} from "node:fs";
import {join} from "node:path";
import {afterEach, describe, expect, test} from "vitest";
import type {Receipt} from "../../pipeline/ledger/contract.ts";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {loadFiles, projectFolder, writeFiles} from "../support/project-folder.ts";

const source = (more: string, delivery = "snapshot") => `source: calls
title: Calls
files: ["calls*.csv"]
delivery: ${delivery}
covers: {from: rows}
date: day
columns:
  id: {from: Id, type: integer, required: true}
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
${more}
measures:
  calls: {title: Calls, count: rows, nature: outcome, better: lower, unit: calls}
`;

let directory: string;
const begin = (more: string, delivery?: string) => {
  directory = projectFolder({"sources/calls.yaml": source(more, delivery)});
};
afterEach(() => rmSync(directory, {recursive: true, force: true}));

/** So many records on each day, in Area 1 or the one named. */
function csv(perDay: Readonly<Record<string, number>>, area = "1"): string {
  const days = Object.entries(perDay).flatMap(([day, count]) => Array.from({length: count}, () => day));
  return ["Id,Day,Area", ...days.map((day, index) => `${index},${day},${area}`), ""].join("\n");
}

const load = async (files: Readonly<Record<string, string>>) => {
  writeFiles(directory, files);
  return loadFiles(directory, Object.keys(files));
};

const unlike = ({diagnostics}: Receipt) => diagnostics.filter(({code}) => code === "rows-unlike-before");

describe("volume against the load before", () => {
  const perMonth = (severity: string) =>
    `checks: [{rows: {per: month, within: 30% of previous_load}, severity: ${severity}}]`;

  test("compares the months that both cover, on the days that both cover", async () => {
    begin(perMonth("warn"));
    const [first] = await load({"calls-1.csv": csv({"2024-01-01": 10, "2024-02-01": 10, "2024-02-15": 10})});
    // Nothing to compare with.
    expect(first!.checks).toEqual([
      {check: "rows a month must be within 30% of the load before", severity: "warn", failed: 0, of: 0}
    ]);
    // February grows by 40 on days that the first file did not cover: that is no change of volume.
    const [same] = await load({
      "calls-2.csv": csv({"2024-01-01": 13, "2024-02-01": 7, "2024-02-15": 7, "2024-02-29": 40})
    });
    expect(same).toMatchObject({outcome: "loaded", checks: [{failed: 0, of: 2}]});
    expect(unlike(same!)).toEqual([]);
    const [more] = await load({
      "calls-3.csv": csv({"2024-01-01": 18, "2024-02-01": 9, "2024-02-15": 9, "2024-02-29": 10})
    });
    expect(more).toMatchObject({outcome: "loaded", checks: [{failed: 2, of: 2}]});
    expect(unlike(more!)).toMatchObject([
      {
        code: "rows-unlike-before",
        severity: "warning",
        message: "The file fails a check: rows a month must be within 30% of the load before, calls-2.csv",
        found: "2024-01: 18 rows, 2024-02: 28 rows",
        expected: "2024-01: 10 to 16, 2024-02: 38 to 70"
      }
    ]);
  });

  test("refuses where it is asked to, in a dry run alike, and the next load is held against the one that was kept", async () => {
    begin(perMonth("refuse"));
    await load({"calls-1.csv": csv({"2024-01-01": 10})});
    const files = {"calls-2.csv": csv({"2024-01-01": 1})};
    writeFiles(directory, files);
    const [dry] = await loadFiles(directory, ["calls-2.csv"], undefined, {dryRun: true});
    expect(dry).toMatchObject({outcome: "refused", dry_run: true, checks: [{failed: 1, of: 1}]});
    const [refused] = await load(files);
    expect(refused).toMatchObject({outcome: "refused", records: 1, kept: 0, rejected: 1, checks: [{failed: 1, of: 1}]});
    expect(refused!.diagnostics).toMatchObject([{code: "rows-unlike-before", severity: "error"}]);
    expect(await readLedger(join(directory, "warehouse"))).toHaveLength(1);
    expect((await load({"calls-3.csv": csv({"2024-01-01": 13})}))[0]).toMatchObject({
      outcome: "loaded",
      checks: [{failed: 0, of: 1}]
    });
  });

  test("per file compares rows a covered day, so months that follow one another can be compared", async () => {
    begin("checks: [{rows: {per: file, within: 30% of previous_load}}]", "period");
    const [january, february, march] = await load({
      "calls-01.csv": csv({"2024-01-01": 31, "2024-01-31": 31}),
      "calls-02.csv": csv({"2024-02-01": 10, "2024-02-29": 65}),
      "calls-03.csv": csv({"2024-03-01": 10, "2024-03-31": 21})
    });
    expect(january!.checks).toMatchObject([{failed: 0, of: 0}]);
    expect(february!.checks).toMatchObject([{failed: 0, of: 1}]);
    expect(march!.checks).toMatchObject([{failed: 1, of: 1}]);
    expect(march!.diagnostics.find(({code}) => code === "rows-unlike-before")).toMatchObject({
      found: "1 rows a covered day (31 in 31 days)",
      expected: "1.8 to 3.4 rows a covered day"
    });
  });

  test("of the same partitions only", async () => {
    begin("partition: [area]\nchecks: [{rows: {per: file, within: 10% of previous_load}, severity: refuse}]", "period");
    await load({"calls-1.csv": csv({"2024-01-01": 100})});
    expect((await load({"calls-2.csv": csv({"2024-01-01": 5}, "2")}))[0]).toMatchObject({
      outcome: "loaded",
      checks: [{of: 0}]
    });
    expect((await load({"calls-3.csv": csv({"2024-01-02": 50})}))[0]).toMatchObject({
      outcome: "refused",
      checks: [{of: 1}]
    });
  });

  test("an older extract is held against the one before it in the order of making, not of loading", async () => {
    begin(
      "extracted: {from: file_name, pattern: 'calls-{yyyy}{MM}{dd}*'}\nchecks: [{rows: {per: day, within: 0% of previous_load}}]"
    );
    await load({"calls-20240101.csv": csv({"2024-01-01": 2})});
    await load({"calls-20240301.csv": csv({"2024-01-01": 9})});
    const [late] = await load({"calls-20240201.csv": csv({"2024-01-01": 2, "2024-01-02": 1})});
    expect(late).toMatchObject({outcome: "loaded", checks: [{failed: 0, of: 1}]});
  });

  test("an extract that is read again is not held against itself", async () => {
    begin("checks: [{rows: {per: day, within: 0% of previous_load}}]");
    await load({"calls-1.csv": csv({"2024-01-01": 2})});
    writeFiles(directory, {
      "sources/calls.yaml": source("rejects: {at_most: 1%}\nchecks: [{rows: {per: day, within: 0% of previous_load}}]")
    });
    expect((await load({"calls-1.csv": csv({"2024-01-01": 2})}))[0]).toMatchObject({
      outcome: "loaded",
      checks: [{of: 0}]
    });
  });
});

describe("the definition of a source", () => {
  test("is the same with a check that warns, and another with one that rejects", async () => {
    begin("");
    const files = {"calls-1.csv": csv({"2024-01-01": 2})};
    await load(files);
    const withCheck = (severity: string) => ({
      "sources/calls.yaml": source(
        `checks: [{column: id, between: [1, 9], severity: ${severity}}]\nrejects: {at_most: 50%}`
      )
    });
    writeFiles(directory, {"sources/calls.yaml": source("rejects: {at_most: 50%}")});
    expect((await load(files))[0]!.outcome).toBe("loaded");
    writeFiles(directory, withCheck("warn"));
    expect((await load(files))[0]!.outcome).toBe("unchanged");
    writeFiles(directory, withCheck("reject"));
    expect((await load(files))[0]).toMatchObject({outcome: "loaded", kept: 1, rejects_by_reason: {check_failed: 1}});
  });

  test("is another when a code list changes that a deciding check names", async () => {
    begin("checks: [{column: id, in: some, severity: reject}]\nrejects: {at_most: 50%}");
    const files = {"calls-1.csv": csv({"2024-01-01": 2})};
    writeFiles(directory, {"seeds/code-lists.csv": "list,code,title\nsome,0,Nought\n"});
    expect((await load(files))[0]).toMatchObject({outcome: "loaded", kept: 1});
    expect((await load(files))[0]!.outcome).toBe("unchanged");
    writeFiles(directory, {"seeds/code-lists.csv": "list,code,title\nsome,0,Nought\nsome,1,One\n"});
    expect((await load(files))[0]).toMatchObject({outcome: "loaded", kept: 2});
  });
});

describe("freshness at load", () => {
  /** On which the clock of the tests stands. */
  const today = "2024-06-01";
  const limits = "freshness: {warn_after: 10 days, error_after: 20 days}";
  const saidOf = async (day: string) => {
    begin(limits);
    const [receipt] = await load({"calls-1.csv": csv({[day]: 1})});
    expect(receipt!.outcome).toBe("loaded");
    return receipt!.diagnostics.map(({code, severity, expected}) => [code, severity, expected]);
  };

  test.each([
    ["within the limit", 10, []],
    ["beyond warn_after", 11, [["stale-source", "warning", "at most 10 days back (freshness: warn_after)"]]],
    ["at error_after", 20, [["stale-source", "warning", "at most 10 days back (freshness: warn_after)"]]],
    ["beyond error_after", 21, [["stale-source", "error", "at most 20 days back (freshness: error_after)"]]]
  ])("%s", async (_, back, said) => {
    const day = new Date(Date.parse(`${today}T00:00:00Z`) - back * 864e5).toISOString().slice(0, 10);
    expect(await saidOf(day)).toEqual(said);
  });

  test("is asked of all that is known, once a command", async () => {
    begin(limits, "period");
    const old = {"calls-1.csv": csv({"2024-01-01": 1}), "calls-2.csv": csv({"2024-02-01": 1})};
    const stale = (receipts: readonly Receipt[]) =>
      receipts.map(({diagnostics}) => diagnostics.filter(({code}) => code === "stale-source").length);
    expect(stale(await load(old))).toEqual([0, 1]);
    await load({"calls-3.csv": csv({[today]: 1})});
    expect(stale(await load({"calls-4.csv": csv({"2024-03-01": 1})}))).toEqual([0]);
  });
});
