import {existsSync} from "node:fs";
import {mkdtemp, readdir, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gunzipSync} from "node:zlib";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {type SampleRecord, sampleFileNames, sampleRecordName, writeSample} from "../../pipeline/sample/write-sample.ts";
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

const short = {from: "2023-11-01", to: "2023-12-31"};

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

  test("fewer rows leave deaths at their level", async () => {
    const directory = await newFolder();
    const few = await writeSample({directory, seed: 7, ...short, rowsPerYear: 2300});
    const [crime, collision] = few.files;
    // Two months of 2,300 a year, and of 538 collisions; the rare ones alone are some 110.
    expect(crime!.rows).toBeGreaterThan(250);
    expect(crime!.rows).toBeLessThan(550);
    const rows = await rowsOf(join(directory, collision!.file));
    expect(rows.filter((row) => row.Fatal === "Y").length).toBeGreaterThan(20);
  });
});

describe("six years at a tenth of the volume", () => {
  let record: SampleRecord;
  let directory: string;
  const crimes: Record<string, string>[] = [];
  const collisions: Record<string, string>[] = [];

  beforeAll(async () => {
    directory = await newFolder();
    record = await writeSample({directory, seed: 1});
    for (const {file, rows} of record.files) {
      const read = await rowsOf(join(directory, file));
      expect(read.length, file).toBe(rows);
      (file.startsWith("crime") ? crimes : collisions).push(...read);
    }
  });

  // Poisson: four standard deviations of the expected count, and for the last year the reports still to come.
  test.each([
    ["2018", 22_920, 5706],
    ["2019", 21_809, 5790],
    ["2020", 19_937, 4820],
    ["2021", 20_929, 5310],
    ["2022", 23_406, 5460]
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
      for (let year = 2018; year <= 2023; year++) {
        for (let month = 1; month <= 12; month++) {
          expect(seen.get(`${year}-${String(month).padStart(2, "0")}`)?.size).toBe(21);
        }
        expect(seen.get(`01/01/${year}`)?.size).toBeGreaterThan(0);
        expect(seen.get(`12/31/${year}`)?.size).toBeGreaterThan(0);
      }
    }
  });

  test("no report is made before the crime or after the extract, and no number comes twice", () => {
    const iso = (date: string) => `${date.slice(6, 10)}-${date.slice(0, 2)}-${date.slice(3, 5)}`;
    expect(record.extracted).toBe("2024-01-10");
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
      const december = crimes.filter(
        (row) => row["DATE OCC"]!.startsWith("12/") && row["DATE OCC"]!.endsWith(`${year} 12:00:00 AM`)
      );
      const late = december.filter(({"DATE OCC": occurred, "Date Rptd": reported}) => days(occurred!, reported!) > 40);
      return late.length / december.length;
    };
    const days = (from: string, to: string) => (Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 864e5;
    expect(lateShare("2022")).toBeGreaterThan(0.03);
    expect(lateShare("2023")).toBe(0);
  });

  const real = "../shared/data/lapd_crime/first10000_2020_mixed_dates.csv";
  test.skipIf(!existsSync(real))("headers are the portal's (skipped without the real extracts)", async () => {
    const header = (await readFile(real, "utf8")).split("\n", 1)[0]!.trim().split(",");
    expect(Object.keys(crimes[0]!).slice(0, 28)).toEqual(header);
  });
});
