import {cpSync, existsSync, mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {Actuals} from "../../pipeline/actuals/contract.ts";
import {countDays} from "../../pipeline/calendar/day-set.ts";
import type {Receipt} from "../../pipeline/ledger/contract.ts";
import {actualsOf} from "../support/known-actuals.ts";
import {fingerprint, loadFiles, readFolder} from "../support/project-folder.ts";

/** Public extracts that stand beside the repository on some machines; they are not ours to keep. */
const data = fileURLToPath(new URL("../../../shared/data", import.meta.url));
const traffic = join(data, "lapd_traffic");
const westLa = join(data, "lapd_crime", "westla_2020-03-15_2021-07-31.csv");
const projects = resolve(fileURLToPath(new URL("../projects", import.meta.url)));

const city = {type: "city", code: "LA"};
let folder: string;

function copyOf(project: string): string {
  folder = mkdtempSync(join(tmpdir(), "milepost-real-"));
  cpSync(join(projects, project), folder, {recursive: true});
  return folder;
}

describe.skipIf(!existsSync(traffic))(
  "21 files of collisions (skipped where ../shared/data/lapd_traffic is absent)",
  () => {
    let files: readonly string[];
    let receipts: readonly Receipt[];
    let actuals: Actuals;

    beforeAll(async () => {
      const directory = copyOf("lapd-traffic");
      files = readdirSync(traffic)
        .filter((name) => name.endsWith(".csv.gz"))
        .map((name) => join(traffic, name));
      receipts = await loadFiles(directory, files);
      actuals = await actualsOf(await readFolder(directory));
    });
    afterAll(() => rmSync(folder, {recursive: true, force: true}));

    test("are all kept, and each receipt says which Area it covers from when to when", () => {
      expect(receipts.map(({outcome}) => outcome)).toEqual(Array(21).fill("loaded"));
      expect(receipts.reduce((sum, {kept}) => sum + kept, 0)).toBe(453_817);
      expect(receipts.reduce((sum, {rejected}) => sum + rejected, 0)).toBe(0);
      expect(receipts.map(({covered}) => covered.map(({partition}) => partition).join()).sort()).toEqual(
        Array.from({length: 21}, (_, index) => String(index + 1)).sort()
      );
      for (const {covered, months, kept} of receipts) {
        const [from, to] = covered[0]!.days[0]!;
        expect(from).toBe("2010-01-01");
        expect(to >= "2019-01-15" && to <= "2019-01-19").toBe(true);
        expect(months.reduce((sum, {added}) => sum + added, 0)).toBe(kept);
      }
      const southeast = receipts.find(({file}) => file === "Southeast.csv.gz");
      expect(southeast?.covered).toEqual([{partition: "18", days: [["2010-01-01", "2019-01-15"]]}]);
      expect(countDays(southeast!.covered[0]!.days)).toBe(3302);
    });

    test.each([
      [2010, 45_086],
      [2015, 52_484],
      [2017, 57_717],
      [2018, 57_061]
    ])("of %d count %d in the city, and the bureaus and Areas add up to it", async (year, collisions) => {
      const window = [`${year}-01-01`, `${year}-12-31`] as const;
      expect(actuals.over("collisions", city, ...window)).toEqual({
        value: collisions,
        rows_counted: collisions,
        reason: null
      });
      const {roster} = await readFolder(folder);
      for (const type of ["bureau", "area"]) {
        const parts = roster.segments.filter((segment) => segment.type === type);
        expect(
          parts.reduce((sum, part) => sum + (actuals.over("collisions", part, ...window).value ?? Number.NaN), 0)
        ).toBe(collisions);
      }
    });

    test("reach as far as the Area that ends first; beyond that the city is not known", () => {
      expect([actuals.lastCovered("collisions"), actuals.horizon("collisions")]).toEqual(["2019-01-15", "2019-01-19"]);
      expect(actuals.over("collisions", city, "2019-01-01", "2019-01-16").reason).toEqual({
        code: "partition_missing",
        detail: "20 of 21 Areas, Southeast missing"
      });
    });

    test("loaded again are unchanged, and so is the warehouse", async () => {
      const before = fingerprint(join(folder, "warehouse"));
      const again = await loadFiles(folder, files);
      expect(again.map(({outcome}) => outcome)).toEqual(Array(21).fill("unchanged"));
      expect(fingerprint(join(folder, "warehouse"))).toEqual(before);
    });
  }
);

describe.skipIf(!existsSync(westLa))("West LA's crime (skipped where ../shared/data/lapd_crime is absent)", () => {
  let receipt: Receipt;
  let actuals: Actuals;

  beforeAll(async () => {
    const directory = copyOf("west-la");
    receipt = (await loadFiles(directory, [westLa]))[0]!;
    actuals = await actualsOf(await readFolder(directory));
  });
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  test("is 12,954 rows, all of Area 8, the repeated header told apart", () => {
    expect(receipt).toMatchObject({
      outcome: "loaded",
      records: 12_954,
      kept: 12_954,
      rejected: 0,
      covered: [{partition: "8", days: [["2020-03-15", "2021-07-31"]]}]
    });
    expect(receipt.columns.mapped).toContainEqual({column: "occurred_on", header: "DATE OCC", position: 3});
  });

  test.each([
    ["2021-03-01", "2021-03-31", 489],
    ["2021-07-01", "2021-07-31", 484],
    ["2020-04-01", "2020-07-31", 1903],
    ["2021-04-01", "2021-07-31", 1828]
  ])("has %s..%s %d Part I crimes by COMPSTAT's list", (from, to, crimes) => {
    expect(actuals.over("part1_crime", {type: "area", code: "8"}, from, to)).toMatchObject({
      value: crimes,
      reason: null
    });
  });

  test("says nothing of the rest of the city", () => {
    expect(actuals.over("part1_crime", city, "2021-03-01", "2021-03-31").reason).toEqual({
      code: "partition_missing",
      detail: "1 of 21 Areas, Central, Rampart, Southwest and 17 more missing"
    });
    expect(actuals.lastCovered("part1_crime")).toBeNull();
  });
});
