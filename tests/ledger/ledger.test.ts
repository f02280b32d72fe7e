import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {RunFailure} from "../../pipeline/diagnostics/failure.ts";
import {type Refusal, refusalWords} from "../../pipeline/ledger/contract.ts";
import {storeDefinitions} from "../../pipeline/ledger/definitions.ts";
import {commitEntry, type NewEntry, readLedger} from "../../pipeline/ledger/entries.ts";
import {definitionHash, loadId} from "../../pipeline/ledger/identity.ts";
import {knowledge} from "../../pipeline/ledger/knowledge.ts";
import {smallRoster, source} from "../support/small-project.ts";

let warehouse: string;
beforeEach(() => {
  warehouse = mkdtempSync(join(tmpdir(), "milepost-ledger-"));
});
afterEach(() => rmSync(warehouse, {recursive: true}));

const hash = (letter: string) => letter.repeat(64);

function loadEntry(id: string, at: string, sha256 = hash("a"), replaces: string | null = null): NewEntry {
  const columns = {mapped: [], missing: [], unknown: []};
  const counts = {records: 1, kept: 1, rejected: 0, rejects_by_reason: {}};
  return {
    kind: "load",
    at,
    milepost: "0.1.0",
    definitions: hash("d"),
    load: {
      id,
      source: "calls",
      file: "calls.csv",
      sha256,
      bytes: 10,
      definition: hash("b"),
      rows_file: `loads/calls/${id}.parquet`,
      rows_sha256: hash("c"),
      extracted: null,
      covered: [{partition: null, days: [["2024-01-01", "2024-01-31"]]}],
      covers_said: null,
      columns: ["day"],
      kept: 1,
      synthetic: false,
      replaces
    },
    receipt: {
      file: "calls.csv",
      source: "calls",
      sha256,
      outcome: "loaded",
      load: id,
      ...counts,
      covered: [{partition: null, days: [["2024-01-01", "2024-01-31"]]}],
      months: [],
      columns,
      effects: null,
      diagnostics: []
    }
  };
}

describe("the ledger", () => {
  test("is empty before the first entry", async () => {
    expect(await readLedger(join(warehouse, "none"))).toEqual([]);
  });

  test("answers what was committed, in order", async () => {
    await commitEntry(warehouse, loadEntry("one", "2024-02-01T10:00:00.000Z"), 0);
    await commitEntry(warehouse, loadEntry("two", "2024-02-02T10:00:00.000Z", hash("e")), 1);
    const entries = await readLedger(warehouse);
    expect(entries.map(({sequence, kind}) => `${sequence} ${kind}`)).toEqual(["1 load", "2 load"]);
    expect(readdirSync(join(warehouse, "ledger")).sort()).toEqual(["000001.json", "000002.json"]);
  });

  test("gives a number to one of those who ask for it at once", async () => {
    const answers = await Promise.all(
      Array.from({length: 8}, (_, index) =>
        commitEntry(warehouse, loadEntry(`l${index}`, "2024-02-01T10:00:00.000Z"), 0)
      )
    );
    expect(answers.filter((answer) => answer !== "taken")).toHaveLength(1);
    expect(await readLedger(warehouse)).toHaveLength(1);
  });

  test("tells every fault at once: what is no entry, what is missing between others", async () => {
    await commitEntry(warehouse, loadEntry("one", "2024-02-01T10:00:00.000Z"), 0);
    await commitEntry(warehouse, loadEntry("two", "2024-02-01T10:00:00.000Z"), 1);
    writeFileSync(join(warehouse, "ledger", "000001.json"), '{"sequence": 1, "ki');
    writeFileSync(join(warehouse, "ledger", "000004.json"), "{}");
    const failure = await readLedger(warehouse).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RunFailure);
    expect((failure as RunFailure).diagnostics.map(({code}) => code)).toEqual(["ledger-entry", "ledger-gap"]);
  });

  test("does not see a file that a killed process left beside it", async () => {
    mkdirSync(join(warehouse, "ledger"));
    writeFileSync(join(warehouse, "ledger", ".000001.json.17.0a.tmp"), "{");
    expect(await readLedger(warehouse)).toEqual([]);
  });
});

describe("what was known", () => {
  const commitAll = async () => {
    await commitEntry(warehouse, loadEntry("one", "2024-02-01T10:00:00.000Z"), 0);
    await commitEntry(warehouse, loadEntry("two", "2024-02-02T10:00:00.000Z", hash("e")), 1);
    await commitEntry(warehouse, loadEntry("mended", "2024-02-03T10:00:00.000Z", hash("a"), "one"), 2);
    return readLedger(warehouse);
  };

  test.each([
    [null, ["two", "mended"], "2024-02-03T10:00:00.000Z"],
    ["2024-02-03T10:00:00.000Z", ["two", "mended"], "2024-02-03T10:00:00.000Z"],
    ["2024-02-03T09:59:59.999Z", ["one", "two"], "2024-02-02T10:00:00.000Z"],
    ["2024-02-01T12:00:00.000Z", ["one"], "2024-02-01T10:00:00.000Z"],
    ["2024-01-01T00:00:00.000Z", [], null]
  ])("as of %s: %j", async (asOf, ids, as_of) => {
    const known = knowledge(await commitAll(), asOf);
    expect(known.loads.map(({id}) => id)).toEqual(ids);
    expect(known.as_of).toBe(as_of);
  });

  test("keeps an extract at its first place, however often it is read again", async () => {
    await commitAll();
    await commitEntry(warehouse, loadEntry("mended-again", "2024-02-04T10:00:00.000Z", hash("a"), "mended"), 3);
    const {loads} = knowledge(await readLedger(warehouse), null);
    expect(loads.map(({id, sequence, order}) => [id, sequence, order])).toEqual([
      ["two", 2, {sequence: 2, at: "2024-02-02T10:00:00.000Z"}],
      ["mended-again", 4, {sequence: 1, at: "2024-02-01T10:00:00.000Z"}]
    ]);
  });

  test("a definition that is mended and mended back gives one id twice; its retraction takes the later reading", async () => {
    await commitAll();
    await commitEntry(warehouse, loadEntry("one", "2024-02-04T10:00:00.000Z", hash("a"), "mended"), 3);
    const retract = async (load: string, sequence: number) => {
      const retraction = {
        load,
        source: "calls",
        file: "calls.csv",
        reason: "wrong",
        by: null,
        months: [],
        effects: null
      };
      const base = {milepost: "0.1.0", definitions: hash("d"), at: `2024-02-05T10:00:0${sequence}.000Z`};
      await commitEntry(warehouse, {...base, kind: "retraction", retraction}, sequence - 1);
      return knowledge(await readLedger(warehouse), null).loads.map(({id}) => id);
    };
    expect(await retract("one", 5)).toEqual(["two", "mended"]);
    expect(await retract("mended", 6)).toEqual(["one", "two"]);
    expect(await retract("one", 7)).toEqual(["two"]);
  });
});

describe("a refusal", () => {
  const base = {milepost: "0.1.0", definitions: hash("d")};
  const about = {source: "calls", file: "calls.csv"};
  const counts = {sha256: hash("a"), bytes: 10, definition: hash("b"), records: 75, rejected: 75};
  const why = {reason: "The quote opened here is not closed", code: "unclosed-quote"};
  const refuse = async (refusal: Partial<Refusal> = {}) => {
    const at = "2024-02-01T10:00:00.000Z";
    await commitEntry(warehouse, {...base, at, kind: "refusal", refusal: {...about, ...counts, ...why, ...refusal}}, 0);
  };

  test("of before its place was kept still reads, and is told without one", async () => {
    await refuse();
    const [open] = knowledge(await readLedger(warehouse), null).refusals;
    expect(refusalWords(open!)).toBe("The quote opened here is not closed");
  });

  test("tells its line", async () => {
    await refuse({line: 77, column: 3});
    const [open] = knowledge(await readLedger(warehouse), null).refusals;
    expect(refusalWords(open!)).toBe("line 77: The quote opened here is not closed");
  });

  test("is open until it is withdrawn, and as of before then", async () => {
    await refuse();
    const at = "2024-02-03T10:00:00.000Z";
    const withdrawn = {...about, refusal: 1};
    await commitEntry(warehouse, {...base, at, kind: "refusal_withdrawn", refusal_withdrawn: withdrawn}, 1);
    const entries = await readLedger(warehouse);
    expect(knowledge(entries, null).refusals).toEqual([]);
    expect(knowledge(entries, "2024-02-02T10:00:00.000Z").refusals).toMatchObject([{file: "calls.csv", sequence: 1}]);
  });
});

describe("stored definitions", () => {
  const files = [
    {path: "milepost.yaml", contents: Buffer.from("title: x\n")},
    {path: "seeds/segments.csv", contents: Buffer.from([0xef, 0xbb, 0xbf, 0x41])}
  ];

  test("are the files as they were, once", async () => {
    const folder = await storeDefinitions(warehouse, files, hash("d"));
    expect(await storeDefinitions(warehouse, files, hash("d"))).toBe(folder);
    expect(readFileSync(join(folder, "seeds", "segments.csv"))).toEqual(files[1]!.contents);
    expect(readdirSync(join(warehouse, "definitions"))).toEqual([hash("d")]);
  });

  test("that somebody changed are refused", async () => {
    const folder = await storeDefinitions(warehouse, files, hash("d"));
    writeFileSync(join(folder, "milepost.yaml"), "title: y\n");
    await expect(storeDefinitions(warehouse, files, hash("d"))).rejects.toThrow(RunFailure);
  });
});

describe("identity", () => {
  const yaml = (title: string, format: string) => `
source: calls
title: ${title}
files: ["calls*.csv"]
delivery: snapshot
covers: {from: rows}
date: day
columns:
  day: {from: Day, type: date, formats: ["${format}"], required: true}
  area: {from: Area, segment: area}
measures:
  calls: {title: ${title}, count: rows, nature: outcome, better: lower, unit: calls}
`;
  const base = source(yaml("Calls", "yyyy-MM-dd"));

  test("does not change with titles and measures, nor with segments that the source does not name", () => {
    expect(definitionHash(source(yaml("Other", "yyyy-MM-dd")), smallRoster)).toBe(definitionHash(base, smallRoster));
    const renamed = smallRoster.segments.map((one) => (one.type === "bureau" ? {...one, name: "Other"} : one));
    expect(definitionHash(base, {...smallRoster, segments: renamed})).toBe(definitionHash(base, smallRoster));
  });

  test("changes with how values are read, and with the words of the segments that the source names", () => {
    expect(definitionHash(source(yaml("Calls", "MM/dd/yyyy")), smallRoster)).not.toBe(
      definitionHash(base, smallRoster)
    );
    const renamed = smallRoster.segments.map((one) => (one.type === "area" ? {...one, aliases: ["A"]} : one));
    expect(definitionHash(base, {...smallRoster, segments: renamed})).not.toBe(definitionHash(base, smallRoster));
  });

  test("of a load is twelve hex digits of source, extract, definition and the days said by hand", () => {
    const id = loadId("calls", hash("a"), hash("b"), null);
    expect(id).toMatch(/^[0-9a-f]{12}$/);
    expect(id).not.toBe(loadId("other", hash("a"), hash("b"), null));
    expect(id).not.toBe(loadId("calls", hash("a"), hash("b"), ["2024-01-01", "2024-01-31"]));
  });
});
