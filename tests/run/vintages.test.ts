import {existsSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {parse} from "csv-parse/sync";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {receiptsText} from "../../pipeline/cli/receipt-text.ts";
import type {Receipt} from "../../pipeline/ledger/contract.ts";
import {actualsOf} from "../support/known-actuals.ts";
import {loadFiles, projectFolder, readFolder} from "../support/project-folder.ts";

// Three vintages of one table of sums, as they were published: not ours to keep.
const data = fileURLToPath(new URL("../../../shared/data/lapd_rollup", import.meta.url));
const files = ["2020_2021_rollup", "2020_2022_rollup_old", "2020_2022_rollup"].map((name) =>
  join(data, `lapd_crime_${name}.csv`)
);

const areas = Array.from({length: 21}, (_, at) => `area,${at + 1},Area ${at + 1},0${at + 1},city,C,,`);
const seeds = ["type,code,name,aliases,parent_type,parent_code,valid_from,valid_to", "city,C,City,,,,,", ...areas];
const yaml = `source: sums
title: Reports by year, Area and crime code
files: ["lapd_crime_*_rollup*.csv"]
delivery: snapshot
covers: {from: rows}
key: [year, area, crime_code]
date: year
columns:
  year: {from: DATE OCC, type: date, formats: ["yyyy"], required: true}
  area: {from: AREA, segment: area, required: true}
  crime_code: {from: Crm Cd, type: integer, required: true}
  part: {from: Part 1-2, type: integer}
  reports: {from: DR_NO, type: integer, required: true}
ignore: [AREA NAME, Crm Cd Desc]
measures:
  reports: {title: Reports, sum: reports, nature: outcome, better: lower, unit: reports}
  part1: {title: Part I reports, sum: reports, where: {part: 1}, nature: outcome, better: lower, unit: reports}
`;

/** The cells of a file by year, Area and code, read by another reader. */
function cellsOf(file: string): Map<string, number> {
  const records = parse(readFileSync(file, "utf8"), {columns: true}) as Record<string, string>[];
  return new Map(
    records.map((cell) => [`${cell["DATE OCC"]} ${Number(cell.AREA)} ${cell["Crm Cd"]}`, Number(cell.DR_NO)])
  );
}

describe.skipIf(!existsSync(data))(
  "vintages of a table of sums (skipped where ../shared/data/lapd_rollup is absent)",
  () => {
    let directory: string;
    const receipts: Receipt[] = [];
    beforeAll(async () => {
      directory = projectFolder({"seeds/segments.csv": `${seeds.join("\n")}\n`, "sources/sums.yaml": yaml});
      for (const [at, file] of files.entries()) {
        const covers = ["2020-01-01", "2022-12-31"] as const;
        receipts.push(...(await loadFiles(directory, [file], `2024-06-0${at + 1}T12:00:00.000Z`, {covers})));
      }
    }, 60_000);
    afterAll(() => rmSync(directory, {recursive: true, force: true}));

    const totals = ({months}: Receipt) =>
      months.reduce(
        (sum, {added, changed, gone, down = Number.NaN}) => ({
          added: sum.added + added,
          changed: sum.changed + changed,
          gone: sum.gone + gone,
          down: sum.down + down
        }),
        {added: 0, changed: 0, gone: 0, down: 0}
      );

    test("the last receipt tells the cells that came, went, changed and fell", () => {
      expect(receipts.map(({outcome, rejected}) => `${outcome} ${rejected}`)).toEqual(Array(3).fill("loaded 0"));
      expect(totals(receipts[2]!)).toEqual({added: 10, gone: 3, changed: 818, down: 47});
      expect(receipts[2]!.months.map(({month}) => month)).toEqual(["2020-01", "2021-01", "2022-01"]);
    });

    test("the receipt prints how many of the changed went down", async () => {
      const printed = receiptsText([receipts[2]!], await readFolder(directory));
      expect(printed).toMatch(/month +added +changed +gone +of the changed, down/);
      expect(printed).toMatch(/together +10 +818 +3 +47\n/);
    });

    test("each receipt tells what another reader finds, whatever the order of columns", () => {
      expect(receipts[0]!.columns.mapped.map(({position}) => position)).not.toEqual(
        receipts[1]!.columns.mapped.map(({position}) => position)
      );
      for (const at of [1, 2]) {
        const [before, after] = [cellsOf(files[at - 1]!), cellsOf(files[at]!)];
        const both = [...after].filter(([cell]) => before.has(cell));
        expect(totals(receipts[at]!)).toEqual({
          added: after.size - both.length,
          gone: before.size - both.length,
          changed: both.filter(([cell, count]) => before.get(cell) !== count).length,
          down: both.filter(([cell, count]) => count < before.get(cell)!).length
        });
      }
    });

    test("every vintage is known as of its time", async () => {
      const project = await readFolder(directory);
      for (const [at, file] of files.entries()) {
        const actuals = await actualsOf(project, `2024-06-0${at + 1}T23:00:00.000Z`);
        const sum = [...cellsOf(file).values()].reduce((total, count) => total + count, 0);
        expect(actuals.over("reports", {type: "city", code: "C"}, "2020-01-01", "2022-12-31").value).toBe(sum);
      }
    });
  }
);
