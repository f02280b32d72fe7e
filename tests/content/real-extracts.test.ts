import {existsSync} from "node:fs";
import {rm} from "node:fs/promises";
import {resolve} from "node:path";
import {afterAll, describe, expect, test} from "vitest";
import type {Receipt} from "../../pipeline/ledger/contract.ts";
import {copySources} from "../support/sources-alone.ts";

const shared = resolve("../shared/data");

/** What the sources of the repository's own project make of the city's real files, in all the forms they have been seen in. */
describe.skipIf(!existsSync(shared))("real extracts (skipped where they are absent)", () => {
  const projects: string[] = [];
  afterAll(() => Promise.all(projects.map((directory) => rm(directory, {recursive: true}))));

  async function load(file: string, source: string) {
    const {directory, milepost} = copySources("2024-01-11T12:00:00Z", [source]);
    projects.push(directory);
    const {exitCode, out} = await milepost("load", resolve(shared, file), "--source", source, "--format", "json");
    const [receipt] = JSON.parse(out) as Receipt[];
    return {exitCode, receipt: receipt!};
  }

  const synthetic = ["csp_area", "on_metro", "gang_retaliation"];
  test.each([
    ["first10000_2020_mixed_dates", 10_000, 21, "2020-01-01", "2020-12-31", synthetic],
    ["sample1000_2022", 1000, 21, "2022-01-01", "2022-12-31", synthetic],
    ["first1000_vintage_A", 1000, 21, "2020-01-01", "2020-12-31", synthetic],
    ["sample6007_2020_blank_headers", 6007, 13, "2020-01-01", "2020-12-31", synthetic],
    ["sample1000_snake_case", 1000, 21, "2020-01-01", "2020-12-31", ["mo_codes", "status_code", ...synthetic]],
    ["sample200_2010s_BOM", 199, 14, "2010-01-05", "2014-01-04", synthetic]
  ])("crime: %s", async (file, rows, areas, from, to, missing) => {
    const {exitCode, receipt} = await load(`lapd_crime/${file}.csv`, "crime-incidents");
    expect(exitCode).toBe(0);
    expect(receipt).toMatchObject({records: rows, kept: rows, rejected: 0, columns: {missing}});
    expect(receipt.covered.map(({days}) => days)).toEqual(Array(areas).fill([[from, to]]));
    expect(receipt.months.reduce((sum, {added}) => sum + added, 0)).toBe(rows);
  });

  test("collisions: a file whose dates of report are damaged keeps its rows, and says so", async () => {
    const {exitCode, receipt} = await load("lapd_traffic/raw_sample_100.csv", "traffic-collisions");
    expect(exitCode).toBe(0);
    expect(receipt).toMatchObject({records: 99, kept: 99});
    expect(receipt.diagnostics.map(({code}) => code)).toEqual(["value-not-read", "stale-source"]);
  });

  test.each([
    ["sample_socrata_dates_16cols", "column-not-found"],
    ["westla_2020-03-15_2021-07-31", "header-repeated"]
  ])("crime: %s is refused, because it can't be told what it says", async (file, code) => {
    const {exitCode, receipt} = await load(`lapd_crime/${file}.csv`, "crime-incidents");
    expect(exitCode).toBe(1);
    expect(receipt).toMatchObject({outcome: "refused", kept: 0});
    expect(receipt.diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  });
});
