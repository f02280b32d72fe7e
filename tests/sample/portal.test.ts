import {readdirSync, readFileSync} from "node:fs";
import {rm} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, describe, expect, test} from "vitest";
import type {Receipt} from "../../pipeline/ledger/contract.ts";
import {copySources} from "../support/sources-alone.ts";

const sources = ["arrests", "calls-for-service", "nibrs-offenses", "ripa-stops"];
const project = copySources("2024-07-10T12:00:00Z", sources);
const inbox = join(project.directory, "inbox");
afterAll(() => rm(project.directory, {recursive: true}));

/** Writes the extracts as they are known on the last day, with a tenth of the volume, and reads them. */
async function sample(through: string): Promise<Map<string, string[]>> {
  const {exitCode, err} = await project.milepost("sample", "--rows", "23000", "--through", through);
  expect(exitCode, err).toBe(0);
  const files = readdirSync(inbox).filter((file) => file.includes(through));
  return new Map(files.map((file) => [file, readFileSync(join(inbox, file), "utf8").trimEnd().split("\n")]));
}

const march = await sample("2024-03-31");
const again = await sample("2024-03-31");
const june = await sample("2024-06-30");

/** As a month's delivery is loaded: a later one comes when the earlier one is known. */
async function load(files: ReadonlyMap<string, unknown>): Promise<Receipt[]> {
  const paths = [...files.keys()].map((file) => join("inbox", file));
  const {exitCode, out, err} = await project.milepost("load", ...paths, "--format", "json");
  expect(exitCode, err).toBe(0);
  return JSON.parse(out);
}

describe("synthetic extracts by the portal's columns", () => {
  test("there is one file a source, and of NIBRS one a bureau that has changed", () => {
    expect([...march.keys()]).toEqual([
      "arrests-2024-03-31-synthetic.csv",
      "calls-for-service-2024-03-31-synthetic.csv",
      "nibrs-offenses-central-2024-03-31-synthetic.csv",
      "ripa-stops-2024-03-31-synthetic.csv"
    ]);
    expect([...june.keys()].filter((file) => file.startsWith("nibrs"))).toEqual(
      ["central", "south", "valley", "west"].map((bureau) => `nibrs-offenses-${bureau}-2024-06-30-synthetic.csv`)
    );
  });

  test("the same call writes the same bytes", () => {
    expect(again).toEqual(march);
  });

  test.each([
    ["arrests", 0],
    ["calls-for-service", 0],
    ["nibrs-offenses-central", 1],
    ["ripa-stops", 1]
  ])("%s: a later day shows the same rows, some of them mended, and more", (name, keyAt) => {
    const key = (line: string) => line.split(",")[keyAt]!;
    const [before, after] = ["03-31", "06-30"].map((day) => {
      const [, ...lines] = (day === "03-31" ? march : june).get(`${name}-2024-${day}-synthetic.csv`)!;
      return new Map(lines.map((line) => [key(line), line]));
    }) as [Map<string, string>, Map<string, string>];
    const same = [...before].filter(([id, line]) => after.get(id) === line).length;
    expect([...before.keys()].filter((id) => !after.has(id))).toEqual([]);
    expect(after.size).toBeGreaterThan(before.size);
    expect(same).toBeLessThan(before.size);
    expect(same / before.size).toBeGreaterThan(0.85);
  });

  test("they load without a reject or an unknown column; what lies outside all Areas is said", async () => {
    const receipts = await load(march);
    const told = receipts.map(({source, records, kept, columns, checks, diagnostics}) => ({
      source,
      lost: records - kept,
      unknown: columns.unknown,
      failed: checks.map(({failed}) => failed).filter((failed) => failed > 0),
      codes: diagnostics.map(({code}) => code).filter((code) => code !== "stale-source")
    }));
    const clean = {lost: 0, unknown: [], failed: [], codes: []};
    expect(told).toEqual([
      {source: "arrests", ...clean},
      {source: "calls-for-service", ...clean, codes: ["value-not-read"]},
      {source: "nibrs-offenses", ...clean},
      {source: "ripa-stops", ...clean, codes: ["value-not-read"]}
    ]);
    const [ofArrests, ofCalls, ofNibrs, ofStops] = receipts as [Receipt, Receipt, Receipt, Receipt];
    expect(ofArrests.covered).toHaveLength(21);
    for (const {days} of ofArrests.covered) expect(days).toEqual([["2022-07-01", "2024-03-31"]]);
    expect(ofCalls.covered).toEqual([{partition: null, days: [["2024-01-01", "2024-03-31"]]}]);
    expect(ofNibrs.covered.map(({partition}) => partition)).toEqual(["1", "2", "4", "11", "13"]);
    for (const {days} of ofNibrs.covered) expect(days[0]?.[0]).toBe("2024-03-07");
    expect(ofStops.covered).toEqual([{partition: null, days: [["2022-07-01", "2024-03-31"]]}]);
  });

  test("the next delivery says the same days anew; from May on the whole city is known by NIBRS", async () => {
    const receipts = await load(june);
    expect(receipts.map(({records, kept}) => records - kept)).toEqual(receipts.map(() => 0));
    const ofNibrs = receipts.filter(({source}) => source === "nibrs-offenses");
    const first = ofNibrs.flatMap(({covered}) => covered.map(({partition, days}) => [partition, days[0]?.[0]]));
    expect(first).toHaveLength(21);
    expect(first.filter(([, day]) => day! > "2024-05-10")).toEqual([]);
    const arrests = receipts.find(({source}) => source === "arrests")!;
    expect(arrests.months.some(({changed}) => changed > 0)).toBe(true);
    expect(arrests.months.filter(({gone}) => gone > 0)).toEqual([]);
  });

  test("no file has more rows than it should at the real volume", () => {
    const rows = (file: string) => 10 * march.get(`${file}-2024-03-31-synthetic.csv`)!.length;
    expect(rows("calls-for-service")).toBeGreaterThan(50_000);
    expect(rows("calls-for-service")).toBeLessThan(60_000);
    expect(rows("arrests")).toBeLessThan(120_000);
    expect(rows("ripa-stops")).toBeLessThan(60_000);
  });
});
