import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {gunzipSync, gzipSync} from "node:zlib";
import {beforeAll, describe, expect, test} from "vitest";
import {z} from "zod";
import type {ExtractOutcome} from "../../pipeline/extract/contract.ts";
import {sourceOf, workplace} from "./support.ts";

const data = join(import.meta.dirname, "../../../shared/data");
const absent = existsSync(data) ? "" : " (skipped: the real extracts are not beside the repository)";

const crime = sourceOf({
  date: "occurred_on",
  key: ["incident_id"],
  columns: {
    incident_id: {from: ["DR_NO", "dr_no"], type: "text", required: true},
    occurred_on: {
      from: ["DATE OCC"],
      position: 3,
      type: "date",
      formats: ["MM/dd/yyyy hh:mm:ss a", "M/d/yyyy H:mm"],
      required: true
    },
    reported_on: {from: ["Date Rptd"], type: "date", formats: ["MM/dd/yyyy hh:mm:ss a", "M/d/yyyy H:mm"]},
    area: {from: ["AREA"], segment: "area", required: true},
    crime_code: {from: ["Crm Cd"], type: "integer", required: true},
    premise: {from: ["Premis Cd"], type: "integer"},
    mo_codes: {from: ["Mocodes"], type: "list", separator: " "},
    victim_age: {from: ["Vict Age"], personal: "drop"}
  }
});

const collisions = sourceOf({
  date: "occurred_on",
  partition: ["area"],
  columns: {
    occurred_on: {from: ["Date"], type: "date", formats: ["yyyy-MM-dd"], required: true},
    area: {from: ["Area Name"], segment: "area", required: true},
    victim_age: {from: ["Victim Age"], personal: "drop"}
  }
});

describe.skipIf(absent !== "")(`real extracts${absent}`, () => {
  const {read, write, engine} = workplace();

  test("every crime of West LA, with a header that stands twice", async () => {
    const outcome = await read(join(data, "lapd_crime/westla_2020-03-15_2021-07-31.csv"), crime);
    expect(outcome).toMatchObject({outcome: "read", records: 12_954, kept: 12_954, rejected: 0, rejectsFile: null});
    expect(outcome).toMatchObject({covered: [{partition: null, days: [["2020-03-15", "2021-07-31"]]}]});
    if (outcome.outcome !== "read") return;
    const [counts] = await engine().rows(
      `select count(distinct incident_id)::double as ids, count(distinct area)::double as areas, any_value(area) as area,
              count(*) filter (occurred_on between date '2021-07-01' and date '2021-07-31')::double as july
       from read_parquet('${outcome.rowsFile}')`,
      z.record(z.string(), z.unknown())
    );
    expect(counts).toMatchObject({ids: 12_954, areas: 1, area: "8"});
  });

  test("both date formats of one column", async () => {
    const outcome = await read(join(data, "lapd_crime/first10000_2020_mixed_dates.csv"), crime);
    expect(outcome).toMatchObject({
      outcome: "read",
      records: 10_000,
      kept: 10_000,
      covered: [{days: [["2020-01-01", "2020-12-31"]]}]
    });
  });

  test("whole numbers that pandas wrote as 501.0", async () => {
    const outcome = await read(join(data, "lapd_crime/first1000_vintage_A.csv"), crime);
    expect(outcome).toMatchObject({outcome: "read", records: 1000, kept: 1000});
    expect(outcome.diagnostics.filter(({code}) => code === "value-not-read")).toEqual([]);
  });

  test("every collision of the 21 Areas, packed", async () => {
    let kept = 0;
    const partitions: unknown[] = [];
    for (const file of readdirSync(join(data, "lapd_traffic")).filter((name) => name.endsWith(".csv.gz"))) {
      const outcome = await read(join(data, "lapd_traffic", file), collisions);
      expect(outcome).toMatchObject({outcome: "read", rejected: 0});
      kept += outcome.kept;
      if (outcome.outcome === "read") partitions.push(...outcome.covered.map(({partition}) => partition));
    }
    expect(kept).toBe(453_817);
    expect(new Set(partitions).size).toBe(21);
  });

  // The same faults in each file, at a line well inside it; the places are found by hand from the line itself.
  describe.each([
    {
      name: "westla",
      file: "lapd_crime/westla_2020-03-15_2021-07-31.csv",
      source: crime,
      date: 2,
      number: 16,
      lineEnd: "\r\n"
    },
    {name: "Central", file: "lapd_traffic/Central.csv.gz", source: collisions, date: 10, number: null, lineEnd: "\n"}
  ])("a damaged copy of $name", ({name, file, source, date, number, lineEnd}) => {
    let lines: string[] = [];
    let at = 0;
    let cells: string[] = [];
    beforeAll(() => {
      const bytes = readFileSync(join(data, file));
      lines = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").split(lineEnd);
      // A line without quotes, so that its cells can be counted by its commas.
      at = lines.findIndex((line, i) => i > 500 && !line.includes('"'));
      cells = (lines[at] ?? "").split(",");
    });
    const columnOf = (cell: number) => cells.slice(0, cell).join(",").length + 2;
    const damaged = (change: (copy: string[]) => string[], tail = "") => {
      const text = change([...lines]).join(lineEnd) + tail;
      return file.endsWith(".gz") ? write(`${name}.csv.gz`, gzipSync(text)) : write(`${name}.csv`, text);
    };
    const withCell = (cell: number, value: string) =>
      damaged((copy) => copy.with(at, cells.with(cell, value).join(",")));
    const first = (outcome: ExtractOutcome, code: string) =>
      outcome.diagnostics.find((one) => one.code === code)?.place;

    test("an impossible date", async () => {
      const outcome = await read(withCell(date, file.includes("crime") ? "02/30/2021 0:00" : "2018-02-30"), source);
      expect(outcome).toMatchObject({outcome: "refused", kept: 0, rejects_by_reason: {unreadable_value: 1}});
      expect(first(outcome, "unreadable-value")).toMatchObject({line: at + 1, column: columnOf(date)});
    });

    test.skipIf(number === null)("a letter in a number", async () => {
      const outcome = await read(withCell(number ?? 0, "62x4"), source);
      expect(outcome).toMatchObject({outcome: "refused", rejects_by_reason: {unreadable_value: 1}});
      expect(first(outcome, "unreadable-value")).toMatchObject({line: at + 1, column: columnOf(number ?? 0)});
    });

    test("a short line", async () => {
      const short = cells.slice(0, 4).join(",");
      const outcome = await read(
        damaged((copy) => copy.with(at, short)),
        source
      );
      expect(outcome).toMatchObject({outcome: "refused", rejects_by_reason: {wrong_field_count: 1}});
      expect(first(outcome, "wrong-field-count")).toMatchObject({line: at + 1, column: short.length + 1});
    });

    test("an unclosed quote", async () => {
      const outcome = await read(withCell(date, `"${cells[date]}`), source);
      expect(outcome).toMatchObject({outcome: "refused", kept: 0});
      // In the one file a later quote closes it and the record is malformed, in the other none does.
      const place = first(outcome, "quote-over-records") ?? first(outcome, "unclosed-quote");
      expect(place).toMatchObject({line: at + 1, column: columnOf(date)});
    });

    test("a cut-off last line", async () => {
      const cut = cells.slice(0, 5).join(",");
      const outcome = await read(
        damaged((copy) => [...copy.slice(0, at), cut]),
        source
      );
      expect(outcome).toMatchObject({outcome: "refused", kept: 0});
      expect(first(outcome, "cut-off-line")).toMatchObject({line: at + 1, column: cut.length + 1});
    });

    test("a renamed, a missing and a swapped column", async () => {
      const header = (lines[0] ?? "").split(",");
      const renamed = await read(
        damaged((copy) => copy.with(0, header.with(date, "Datum").join(","))),
        source
      );
      expect(renamed.outcome).toBe("refused");
      expect(renamed.diagnostics.some(({code}) => ["column-not-found", "position-mismatch"].includes(code))).toBe(true);
      const plainLines = (copy: string[]) => copy.filter((line) => line !== "" && !line.includes('"'));
      const swap = (line: string) => {
        const parts = line.split(",");
        return parts
          .with(0, parts[1] ?? "")
          .with(1, parts[0] ?? "")
          .join(",");
      };
      const swapped = await read(
        damaged((copy) => plainLines(copy).map(swap)),
        source
      );
      const plain = await read(damaged(plainLines), source);
      expect(swapped).toMatchObject({outcome: "read", records: plain.records, kept: plain.kept});
      const compared = ["record", ...swapped.columns.mapped.map(({column}) => column)].join(", ");
      if (swapped.outcome !== "read" || plain.outcome !== "read") return;
      const differing = await engine().rows(
        `select ${compared} from read_parquet('${swapped.rowsFile}') except select ${compared} from read_parquet('${plain.rowsFile}')`,
        z.any()
      );
      expect(differing).toEqual([]);
    });

    test("nothing in it", async () => {
      const outcome = await read(write(file.endsWith(".gz") ? "a.csv.gz" : "a.csv", ""), source);
      expect(outcome).toMatchObject({outcome: "refused", records: 0, diagnostics: [{code: "empty-file"}]});
    });
  });
});
