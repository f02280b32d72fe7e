import {existsSync} from "node:fs";
import {mkdtemp, readdir, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gunzipSync} from "node:zlib";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {type SampleRecord, sampleRecordName} from "../../pipeline/sample/sample-record.ts";
import {sampleFileNames, writeSample} from "../../pipeline/sample/write-sample.ts";
import {records} from "../support/csv-records.ts";

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "milepost-sample-"));
  folders.push(folder);
  return folder;
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, {recursive: true}))));

async function rowsOf(path: string): Promise<Record<string, string>[]> {
  const bytes = await readFile(path);
  return records((path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
}

const tenth = {rowsPerYear: 23_000};
const short = {...tenth, from: "2023-11-01", to: "2023-12-31"};

describe("one seed, one set of bytes", () => {
  test("the same seed writes the same files, another seed others", async () => {
    const [first, again, other] = await Promise.all(
      [7, 7, 8].map(async (seed) => writeSample({directory: await newFolder(), seed, ...short}))
    );
    expect(again).toEqual(first);
    expect(other!.files.map(({file}) => file)).toEqual(first!.files.map(({file}) => file));
    for (const [at, {sha256}] of first!.files.entries()) expect(other!.files[at]!.sha256).not.toBe(sha256);
  });

  test("the record names each file with its SHA-256, and every name says synthetic", async () => {
    const directory = await newFolder();
    const record = await writeSample({directory, seed: 7, ...short});
    expect(JSON.parse(await readFile(join(directory, sampleRecordName), "utf8"))).toEqual(record);
    const written = (await readdir(directory)).filter((name) => name !== sampleRecordName).sort();
    expect(written).toEqual(record.files.map(({file}) => file).sort());
    expect(sampleFileNames(short).sort()).toEqual(written);
    for (const name of written) expect(name).toContain("synthetic");
  });

  test("the same people die at every volume", async () => {
    const dead = async (rowsPerYear: number) => {
      const directory = await newFolder();
      const {files} = await writeSample({directory, seed: 7, ...short, rowsPerYear});
      const [crimes, collisions] = await Promise.all(files.map(({file}) => rowsOf(join(directory, file))));
      expect(crimes!.length).toBeGreaterThan(0.1 * rowsPerYear);
      const when = (row: Record<string, string>, day: string, area: string) => `${row[day]} ${row[area]}`;
      return {
        killed: crimes!.filter((row) => row["Crm Cd"] === "110").map((row) => when(row, "DATE OCC", "AREA")),
        crashed: collisions!.filter(({Fatal}) => Fatal === "Y").map((row) => when(row, "Date Occurred", "Area ID"))
      };
    };
    const [few, more] = await Promise.all([dead(1000), dead(23_000)]);
    expect(few).toEqual(more);
    // Two months of some 330 and 270 a year.
    for (const {length} of [few.killed, few.crashed]) expect(Math.abs(length - 50)).toBeLessThan(28);
  });
});

describe("six years and a quarter at a tenth of the volume", () => {
  let record: SampleRecord;
  let directory: string;
  const crimes: Record<string, string>[] = [];
  const collisions: Record<string, string>[] = [];

  beforeAll(async () => {
    directory = await newFolder();
    record = await writeSample({directory, seed: 1, ...tenth});
    for (const {file, rows} of record.files) {
      const read = await rowsOf(join(directory, file));
      expect(read.length, file).toBe(rows);
      (file.startsWith("crime") ? crimes : collisions).push(...read);
    }
  });

  // Poisson: four standard deviations of the expected count, and for the last year the reports still to come.
  test.each([
    ["2018", 23_154, 5706],
    ["2019", 22_041, 5790],
    ["2020", 20_256, 4820],
    ["2021", 21_291, 5310],
    ["2022", 23_758, 5460]
  ])("%s: about %d crime reports and %d collisions", (year, crime, collision) => {
    const inYear = (rows: Record<string, string>[], column: string) =>
      rows.filter((row) => row[column]!.slice(6, 10) === year).length;
    expect(Math.abs(inYear(crimes, "DATE OCC") - crime)).toBeLessThan(4 * Math.sqrt(crime));
    expect(Math.abs(inYear(collisions, "Date Occurred") - collision)).toBeLessThan(4 * Math.sqrt(collision));
  });

  test("deaths keep their real level", () => {
    const in2022 = collisions.filter((row) => row["Date Occurred"]!.slice(6, 10) === "2022");
    const deaths = in2022.reduce((sum, row) => sum + Number(row["Pedestrians Killed"]), 0);
    expect(deaths).toBeGreaterThan(100);
    expect(deaths).toBeLessThan(190);
    const atOdds = collisions.filter((row) => {
      const dead = Number(row["Pedestrians Killed"]) + Number(row["Bicyclists Killed"]);
      return (row.Fatal === "Y") !== (row["Highest Injury"] === "Fatal") || (dead > 0 && row.Fatal !== "Y");
    });
    expect(atOdds).toEqual([]);
  });

  test("every record has the header's cells, and none that a spreadsheet would run", () => {
    for (const [rows, width] of [
      [crimes, 31],
      [collisions, 24]
    ] as const) {
      expect(rows.filter((row) => Object.keys(row).length !== width)).toEqual([]);
      expect(rows.filter((row) => Object.values(row).some((cell) => /^[=+@]/.test(cell)))).toEqual([]);
    }
    const premises = new Set(crimes.map((row) => row["Premis Desc"]));
    expect(premises).toContain("MULTI-UNIT DWELLING (APARTMENT, DUPLEX, ETC)");
    expect(collisions[0]!.Location).toMatch(/^\(\d\d\.\d{4}, -\d{3}\.\d{4}\)$/);
  });

  test("every Area reports in every month, and the city on the first and the last day of every file", () => {
    for (const [rows, date, area] of [
      [crimes, "DATE OCC", "AREA NAME"],
      [collisions, "Date Occurred", "Area Name"]
    ] as const) {
      const seen = new Map<string, Set<string>>();
      for (const row of rows) {
        const day = row[date]!;
        const keys = [`${day.slice(6, 10)}-${day.slice(0, 2)}`, day.slice(0, 10)];
        for (const key of keys) seen.set(key, (seen.get(key) ?? new Set()).add(row[area]!));
      }
      for (let year = 2018; year <= 2024; year++) {
        for (let month = 1; month <= (year === 2024 ? 3 : 12); month++) {
          expect(seen.get(`${year}-${String(month).padStart(2, "0")}`)?.size).toBe(21);
        }
        expect(seen.get(`01/01/${year}`)?.size).toBeGreaterThan(0);
        expect(seen.get(year === 2024 ? "03/31/2024" : `12/31/${year}`)?.size).toBeGreaterThan(0);
      }
    }
  });

  test("no report is made before the crime or after the extract, and no number comes twice", () => {
    const iso = (date: string) => `${date.slice(6, 10)}-${date.slice(0, 2)}-${date.slice(3, 5)}`;
    expect(record.extracted).toBe("2024-04-10");
    const wrong = crimes.filter(({"Date Rptd": reported, "DATE OCC": occurred}) => {
      if (!/^\d\d\/\d\d\/\d{4} 12:00:00 AM$/.test(reported!)) return true;
      return iso(reported!) < iso(occurred!) || iso(reported!) > record.extracted;
    });
    expect(wrong).toEqual([]);
    expect(new Set(crimes.map((row) => row.DR_NO)).size).toBe(crimes.length);
    expect(new Set(collisions.map((row) => row["DR Number"])).size).toBe(collisions.length);
  });

  test("the newest month is short of what will be reported later", () => {
    const lateShare = (year: string) => {
      const march = crimes.filter(
        (row) => row["DATE OCC"]!.startsWith("03/") && row["DATE OCC"]!.endsWith(`${year} 12:00:00 AM`)
      );
      const late = march.filter(({"DATE OCC": occurred, "Date Rptd": reported}) => days(occurred!, reported!) > 40);
      return late.length / march.length;
    };
    const days = (from: string, to: string) => (Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 864e5;
    expect(lateShare("2023")).toBeGreaterThan(0.03);
    expect(lateShare("2024")).toBe(0);
  });

  const real = "../shared/data/lapd_crime/first10000_2020_mixed_dates.csv";
  test.skipIf(!existsSync(real))("headers are the portal's (skipped without the real extracts)", async () => {
    const header = (await readFile(real, "utf8")).split("\n", 1)[0]!.trim().split(",");
    expect(Object.keys(crimes[0]!).slice(0, 28)).toEqual(header);
  });
});

describe("a year at full volume", () => {
  const byCode = new Map<number, number>();
  const byArea = new Map<string, number>();

  beforeAll(async () => {
    const directory = await newFolder();
    const {files} = await writeSample({directory, seed: 3, from: "2022-01-01", to: "2022-12-31"});
    const text = await readFile(join(directory, files[0]!.file), "latin1");
    // Nothing before these cells is quoted.
    for (const line of text.trimEnd().split("\n").slice(1)) {
      const cells = line.split(",", 9);
      const [code, area] = [Number(cells[8]), cells[4]!];
      byCode.set(code, (byCode.get(code) ?? 0) + 1);
      byArea.set(area, (byArea.get(area) ?? 0) + 1);
    }
  });

  // The city's own counts of 2022 by COMPSTAT's lists; of December's crimes a few are reported after the extract.
  test.each([
    ["homicide", [110, 113], 391],
    ["rape", [121, 122, 815, 820, 821], 1550],
    ["robbery", [210, 220], 9117],
    ["aggravated assault", [230, 231, 235, 236, 250, 251, 761, 926], 20_158],
    ["burglary", [310, 320], 14_960],
    ["vehicle theft", [433, 510, 520], 25_428],
    ["theft from vehicle", [330, 331, 410, 420, 421], 32_351],
    ["theft from person", [350, 351, 352, 353, 450, 451, 452, 453], 2102]
  ])("has its real number of %s", (_, codes, real) => {
    const made = codes.reduce((sum, code) => sum + (byCode.get(code) ?? 0), 0);
    expect(made).toBeGreaterThan(real * 0.97 - 4 * Math.sqrt(real));
    expect(made).toBeLessThan(real + 4 * Math.sqrt(real));
  });

  test("falls on all Areas, on the busiest no more than thrice as often as on the quietest", () => {
    const counts = [...byArea.values()];
    expect(counts).toHaveLength(21);
    expect(Math.max(...counts)).toBeLessThan(3 * Math.min(...counts));
  });
});

test("Areas change each in its own way, as no city's do alike", async () => {
  const directory = await newFolder();
  const {files} = await writeSample({directory, seed: 1, ...tenth, from: "2021-01-01", to: "2022-12-31"});
  const ratios: number[] = [];
  const [before, after] = await Promise.all(
    [0, 1].map(async (year) => {
      const counts = new Map<string, number>();
      for (const row of await rowsOf(join(directory, files[year]!.file))) {
        counts.set(row.AREA!, (counts.get(row.AREA!) ?? 0) + 1);
      }
      return counts;
    })
  );
  for (const [area, count] of before!) ratios.push(after!.get(area)! / count);
  expect(Math.min(...ratios)).toBeLessThan(1.08);
  expect(Math.max(...ratios)).toBeGreaterThan(1.16);
});
