import {cpSync, existsSync, mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {afterAll, describe, expect, test} from "vitest";
import {loadFiles} from "../support/project-folder.ts";
import {copySources} from "../support/sources-alone.ts";

/** Public extracts that stand beside the repository on some machines; they are not ours to keep. */
const data = resolve(import.meta.dirname, "../../../shared/data");

/** Records, kept, rejects by reason, and the codes of what was said beside; or why nothing was kept. */
type Outcome =
  | readonly [
      "loaded",
      records: number,
      kept: number,
      rejected: Readonly<Record<string, number>>,
      said: readonly string[]
    ]
  | readonly ["refused", records: number, code: string];

/** Of sources that say how old they may get: all these files are years old. */
const old = ["stale-source"];

/** Every file of the folders below, by the source that reads it: of the repository's project (root) or of a test project. */
const expected: readonly (readonly [file: string, project: string, source: string, Outcome])[] = [
  ["lapd_crime/first10000_2020_mixed_dates.csv", "root", "crime-incidents", ["loaded", 10_000, 10_000, {}, old]],
  ["lapd_crime/first1000_vintage_A.csv", "root", "crime-incidents", ["loaded", 1000, 1000, {}, old]],
  ["lapd_crime/first1000_vintage_B.csv", "root", "crime-incidents", ["loaded", 1000, 1000, {}, old]],
  ["lapd_crime/sample1000_2022.csv", "root", "crime-incidents", ["loaded", 1000, 1000, {}, old]],
  ["lapd_crime/sample1000_2022.xlsx", "root", "crime-incidents", ["loaded", 1000, 1000, {}, old]],
  ["lapd_crime/sample1000_snake_case.csv", "root", "crime-incidents", ["loaded", 1000, 1000, {}, old]],
  [
    "lapd_crime/sample200_2010s_BOM.csv",
    "root",
    "crime-incidents",
    ["loaded", 199, 199, {}, ["sparse-coverage", ...old]]
  ],
  [
    "lapd_crime/sample6007_2020_blank_headers.csv",
    "root",
    "crime-incidents",
    ["loaded", 6007, 6007, {}, ["unknown-columns", ...old]]
  ],
  // Without the number of the report there is no key: by this source it can't be loaded, by one without a key it can.
  ["lapd_crime/sample_socrata_dates_16cols.csv", "root", "crime-incidents", ["refused", 1000, "column-not-found"]],
  ["lapd_crime/sample_socrata_dates_16cols.csv", "real-files", "crime-unnumbered", ["loaded", 1000, 1000, {}, []]],
  // Its header DATE OCC stands twice: which of them is meant, a source must say by position.
  ["lapd_crime/westla_2020-03-15_2021-07-31.csv", "root", "crime-incidents", ["refused", 12_954, "header-repeated"]],
  ["lapd_crime/westla_2020-03-15_2021-07-31.csv", "west-la", "crime", ["loaded", 12_954, 12_954, {}, []]],
  [
    "lapd_arrests/arrests_2010_2019_sample230_BOM.csv",
    "real-files",
    "arrests",
    ["loaded", 229, 229, {}, ["sparse-coverage"]]
  ],
  ["lapd_arrests/arrests_2018_sample.csv", "real-files", "arrests", ["loaded", 98, 98, {}, []]],
  [
    "lapd_calls/calls_2020_sample.csv",
    "real-files",
    "calls",
    ["loaded", 998, 536, {unknown_segment: 462}, ["unknown-segment", "more-rejects"]]
  ],
  ["lapd_calls/calls_2020_sample.csv", "real-files", "calls-everywhere", ["refused", 998, "too-many-rejects"]],
  ["lapd_traffic/raw_sample_100.csv", "root", "traffic-collisions", ["loaded", 99, 99, {}, ["value-not-read", ...old]]],
  // A page to be read: no row says of which day it is. As JSON, it is no kind of file that is read.
  ["nypd_compstat/cs-en-us-city_2024-02-18.csv", "real-files", "compstat-sheet", ["refused", 41, "column-not-found"]],
  ["nypd_compstat/2026-03-01.json.gz", "real-files", "compstat-sheet", ["refused", 0, "unknown-file-kind"]],
  ["nypd_compstat/2026-03-08.json.gz", "real-files", "compstat-sheet", ["refused", 0, "unknown-file-kind"]],
  ["nypd_compstat/2026-08-16.json.gz", "real-files", "compstat-sheet", ["refused", 0, "unknown-file-kind"]]
];

describe.skipIf(!existsSync(data))("real files (skipped where ../shared/data is absent)", () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, {recursive: true, force: true});
  });
  const copyOf = (project: string, source: string) => {
    if (project === "root") return copySources("2024-01-11T12:00:00Z", [source]).directory;
    const folder = mkdtempSync(join(tmpdir(), "milepost-real-"));
    cpSync(resolve(import.meta.dirname, "../projects", project), folder, {recursive: true});
    return folder;
  };
  const load = async (project: string, source: string, files: readonly string[]) => {
    const folder = copyOf(project, source);
    folders.push(folder);
    const paths = files.map((file) => join(data, file));
    return loadFiles(folder, paths, "2024-06-01T12:00:00Z", {source});
  };

  test.each(expected)("%s by %s/%s: %j", async (file, project, source, outcome) => {
    const [receipt] = await load(project, source, [file]);
    const {records, kept, rejected, rejects_by_reason, diagnostics} = receipt!;
    expect(records).toBe(kept + rejected);
    if (outcome[0] === "refused") {
      const code = diagnostics.find(({severity}) => severity === "error")?.code;
      expect([receipt!.outcome, records, code]).toEqual(outcome);
      expect(kept).toBe(0);
      return;
    }
    const said = diagnostics.map(({code}) => code).filter((code) => code !== "rejects-kept");
    expect([receipt!.outcome, records, kept, rejects_by_reason, [...new Set(said)]]).toEqual(outcome);
  });

  test("the 21 files of collisions, packed, without a report's number", async () => {
    const files = readdirSync(join(data, "lapd_traffic")).filter((name) => name.endsWith(".csv.gz"));
    const receipts = await load(
      "lapd-traffic",
      "collisions",
      files.map((name) => `lapd_traffic/${name}`)
    );
    expect(new Set(receipts.map(({outcome, rejected}) => `${outcome} ${rejected}`))).toEqual(new Set(["loaded 0"]));
    expect(receipts.reduce((sum, {kept}) => sum + kept, 0)).toBe(453_817);
  });

  test("no file of these folders is left out", () => {
    const folders = ["lapd_arrests", "lapd_calls", "lapd_crime", "lapd_traffic", "nypd_compstat"];
    const there = folders.flatMap((folder) => readdirSync(join(data, folder)).map((name) => `${folder}/${name}`));
    const told = new Set(expected.map(([file]) => file));
    expect(there.filter((file) => !told.has(file) && !/^lapd_traffic\/.*\.csv\.gz$/.test(file))).toEqual([]);
  });
});
