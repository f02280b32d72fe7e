import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {z} from "zod";
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
  const {read, engine} = workplace();

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
});
