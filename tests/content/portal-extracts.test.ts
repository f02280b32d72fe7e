import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {rm} from "node:fs/promises";
import {join, resolve} from "node:path";
import {afterAll, describe, expect, test} from "vitest";
import type {AttainmentRow} from "../../pipeline/attainment/contract.ts";
import type {Receipt} from "../../pipeline/ledger/contract.ts";
import {copySources} from "../support/sources-alone.ts";

const shared = resolve("../shared/data");

const projects: string[] = [];
afterAll(() => Promise.all(projects.map((directory) => rm(directory, {recursive: true}))));

/** One source of the repository's own project, to which files are loaded and whose measures are tracked over a period. */
function sourceAlone(source: string) {
  const {directory, milepost} = copySources("2024-04-10T12:00:00Z", [source]);
  projects.push(directory);
  const load = async (file: string) => {
    const {exitCode, out} = await milepost("load", resolve(directory, file), "--source", source, "--format", "json");
    const [receipt] = JSON.parse(out) as Receipt[];
    return {exitCode, receipt: receipt!};
  };
  return {
    load,
    write: (file: string, lines: readonly string[]) => {
      writeFileSync(join(directory, file), `${lines.join("\n")}\n`);
      return load(file);
    },
    /** All Parquet files of its loads as text: names of columns stand in them as they are. */
    storedText: () => {
      const loads = join(directory, "warehouse", "loads");
      const files = readdirSync(loads, {recursive: true, encoding: "utf8"}).filter((file) => file.endsWith(".parquet"));
      return files.map((file) => readFileSync(join(loads, file), "latin1")).join("");
    },
    /** Values by measure, of the whole city or of one segment: `area:1`. */
    track: async (measures: readonly string[], period: string, segment = "city:LA") => {
      mkdirSync(join(directory, "targets"), {recursive: true});
      const targets = measures.map(
        (measure) =>
          `- {target: ${measure}, title: ${measure}, measure: ${measure}, goal: {track: true}, period: ${period}, by_segment: [area]}`
      );
      writeFileSync(join(directory, "targets", "tracked.yaml"), `${targets.join("\n")}\n`);
      const {out} = await milepost("attain", "--format", "json", "--through", period.slice(-10), "--segment", segment);
      const rows = JSON.parse(out) as AttainmentRow[];
      return Object.fromEntries(
        rows.map(({target, actual_value, reason_code}) => [target, reason_code ?? actual_value])
      );
    }
  };
}

describe.skipIf(!existsSync(shared))(
  "arrests and calls as the portal gives them (skipped where they are absent)",
  () => {
    const arrests = (file: string) => join(shared, "lapd_arrests", file);

    test("arrests: the file of 25 columns, with a byte order mark, leading zeros and none of its columns unknown", async () => {
      const {load, track} = sourceAlone("arrests");
      const {exitCode, receipt} = await load(arrests("arrests_2010_2019_sample230_BOM.csv"));
      expect(exitCode).toBe(0);
      expect(receipt).toMatchObject({records: 229, kept: 229, rejected: 0, columns: {missing: [], unknown: []}});
      expect(receipt.covered.map(({partition}) => partition)).toEqual(["3", "11", "13"]);
      const lines = ["arrests", "arrests_violent", "arrests_part1"];
      expect(await track(lines, "2010-01-01/2019-12-06", "area:3")).toMatchObject({arrests: 226});
      expect(await track(lines, "2010-01-01/2019-12-06")).toEqual(
        Object.fromEntries(lines.map((line) => [line, "partition_missing"]))
      );
    });

    test("arrests: the older file of 17 columns, numbers without zeros", async () => {
      const {load, track} = sourceAlone("arrests");
      const {receipt} = await load(arrests("arrests_2018_sample.csv"));
      expect(receipt).toMatchObject({
        records: 98,
        kept: 98,
        rejected: 0,
        columns: {missing: ["report_type"], unknown: []}
      });
      expect(receipt.covered).toHaveLength(21);
      const values = await track(
        ["arrests", "arrests_homicide", "arrests_violent", "arrests_part1", "arrests_dui", "arrests_felony"],
        "2018-09-02/2019-04-25"
      );
      expect(values).toEqual({
        arrests: 98,
        arrests_homicide: 1,
        arrests_violent: 29,
        arrests_part1: 44,
        arrests_dui: 6,
        arrests_felony: 88
      });
    });

    test("calls: what happened outside the 21 Areas counts for the city alone, and is said", async () => {
      const {load, track} = sourceAlone("calls-for-service");
      const {receipt} = await load(join(shared, "lapd_calls", "calls_2020_sample.csv"));
      expect(receipt).toMatchObject({records: 998, kept: 998, rejected: 0, columns: {missing: [], unknown: []}});
      expect(receipt.diagnostics.map(({code}) => code)).toEqual(["value-not-read", "stale-source"]);
      const week = "2020-03-21/2020-03-28";
      const measures = ["calls_for_service", "calls_from_public", "calls_officer_initiated", "calls_traffic_stops"];
      expect(await track(measures, week)).toEqual({
        calls_for_service: 998,
        calls_from_public: 468,
        calls_officer_initiated: 530,
        calls_traffic_stops: 43
      });
      expect(await track(measures, week, "area:6")).toMatchObject({calls_for_service: 31});
    });
  }
);

describe("NIBRS offenses, by the columns that the city documents", () => {
  const header =
    "caseno,uniquenibrno,date_rptd,date_occ,time_occ,area,area_name,rpt_dist_no,totaloffensecount,group,nibr_code," +
    "nibr_description,crime_against,premis_cd,premis_desc,weapon_used_cd,weapon_desc,status,status_desc,totalvictimcount," +
    "victim_shot,domestic_violence_crime,hate_crime,gang_related_crime,transit_related_crime,homeless_victim_crime," +
    "homeless_suspect_crime,homeless_arrestee_crime,hndrdth_loc_chk,hndrdth_lat,hndrdth_lon";

  /** One offense of a case; the flags are in the order of the file. */
  const offense = (
    caseNo: string,
    [day, area, group, code, against]: readonly [string, string, string, string, string],
    {shot = "No", transit = "No", status = "Investigation Continued"} = {}
  ) =>
    `${caseNo},${caseNo}${code}1,${day}T00:00:00.000,${day}T00:00:00.000,2315,${area},Central,0101,2,${group},${code},` +
    `x,${against},101,STREET,,,IC,${status},1,${shot},No,No,No,${transit},No,No,No,100 MAIN ST,34.0500,-118.2500`;

  const rows = [
    // One case with two offenses, in both of which the same victim was shot.
    offense("240100001", ["2024-03-08", "1", "A", "120", "Property"], {shot: "Yes"}),
    offense("240100001", ["2024-03-08", "1", "A", "13A", "Person"], {shot: "Yes"}),
    offense("240100002", ["2024-03-09", "1", "A", "13B", "Person"], {transit: "Yes"}),
    offense("240100003", ["2024-03-09", "1", "A", "35A", "Society"]),
    offense("240100004", ["2024-03-10", "1", "B", "90Z", "Society"]),
    offense("240100005", ["2024-03-10", "1", "A", "240", "Property"], {status: "Unfounded"})
  ];

  test("offenses are counted by what they are against, cases with a victim shot once", async () => {
    const {write, track} = sourceAlone("nibrs-offenses");
    const {exitCode, receipt} = await write("nibrs-offenses-central.csv", [header, ...rows]);
    expect(receipt.diagnostics.map(({code}) => code)).toEqual([]);
    expect(exitCode).toBe(0);
    expect(receipt).toMatchObject({records: 6, kept: 6, rejected: 0, columns: {missing: [], unknown: []}});
    const measures = [
      "offenses",
      "against_persons",
      "against_property",
      "against_society",
      "shooting_cases",
      "transit"
    ];
    const names = measures.map((name) => `nibrs_${name}`);
    expect(await track(names, "2024-03-08/2024-03-10", "area:1")).toEqual({
      nibrs_offenses: 4,
      nibrs_against_persons: 2,
      nibrs_against_property: 1,
      nibrs_against_society: 1,
      nibrs_shooting_cases: 1,
      nibrs_transit: 1
    });
  });

  test("while some bureaus have not changed, the city has no number, not a small one", async () => {
    const {write, track} = sourceAlone("nibrs-offenses");
    await write("nibrs-offenses-central.csv", [header, ...rows]);
    expect(await track(["nibrs_offenses"], "2024-03-08/2024-03-10")).toEqual({nibrs_offenses: "partition_missing"});
  });
});

describe("RIPA stops, by the headers of the portal's file of persons", () => {
  const results = ["No Action", "Warning", "Citation for infraction", "In-field cite and release"];
  const arrests = [
    "Custodial Arrest Pursuant to Outstanding Warrant",
    "Custodial Arrest Without Warrant",
    "Psychiatric Hold"
  ];
  const header = [
    "Form Reference Number",
    "Person ID",
    "Stop Date",
    "Stop Time",
    "Area ID",
    "Type of Stop",
    "Perceived: AGE",
    "Perceived: Black/African American",
    "Perceived: White",
    "Basis for Stop",
    "Action Taken: None",
    ...[...results, ...arrests].map((result) => `Result of Stop: ${result}`)
  ].join(",");
  const person = (stop: string, id: string, area: string, result: string) =>
    [
      stop,
      id,
      "01/05/2024 12:00:00 AM",
      "19:28",
      area,
      "Vehicle",
      "25",
      "No",
      "Yes",
      "",
      "Yes",
      ...[...results, ...arrests].map((one) => (one === result ? "Yes" : "No"))
    ].join(",");

  test("the unit is the person; what officers perceived never reaches the warehouse", async () => {
    const {write, track, storedText} = sourceAlone("ripa-stops");
    const {receipt} = await write("ripa-stops-2024-01.csv", [
      header,
      person("S1", "P1", "12", "Warning"),
      person("S1", "P2", "12", "Custodial Arrest Without Warrant"),
      person("S2", "P3", "01", "No Action"),
      person("S3", "P4", "99", "Citation for infraction")
    ]);
    expect(receipt).toMatchObject({records: 4, kept: 4, columns: {unknown: []}});
    expect(receipt.columns.missing).not.toContain("result_warning");
    const values = await track(
      ["persons_stopped", "stops", "persons_arrested", "persons_warned", "stopped_without_result"],
      "2024-01-05/2024-01-05"
    );
    expect(values).toEqual({
      persons_stopped: 4,
      stops: 3,
      persons_arrested: 1,
      persons_warned: 1,
      stopped_without_result: 0.25
    });
    expect(await track(["persons_stopped"], "2024-01-05/2024-01-05", "area:12")).toEqual({persons_stopped: 2});
    const stored = storedText();
    expect(stored).toContain("result_warning");
    expect(stored).not.toContain("perceived");
  });

  test("a file that repeats a person for each answer is refused: its rows are not persons", async () => {
    const {write} = sourceAlone("ripa-stops");
    const {exitCode, receipt} = await write("ripa-stops-2024-01.csv", [
      header,
      person("S1", "P1", "12", "Warning"),
      person("S1", "P1", "12", "Citation for infraction")
    ]);
    expect(exitCode).toBe(1);
    expect(receipt).toMatchObject({outcome: "refused", kept: 0});
    expect(receipt.diagnostics.map(({code}) => code)).toContain("repeated-key");
  });
});
