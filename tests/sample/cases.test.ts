import {existsSync} from "node:fs";
import {mkdir, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {Receipt} from "../../pipeline/ledger/contract.ts";
import {records} from "../support/csv-records.ts";
import {copySources} from "../support/sources-alone.ts";

type Row = Readonly<Record<string, string>>;

const sources = [
  "ballistics-log",
  "case-filings",
  "complaint-log",
  "crisis-calls",
  "dispensary-register",
  "diversion-enrolments",
  "firearm-intake",
  "gryd-referrals",
  "gvro-register",
  "homeless-outreach",
  "lafd-incidents",
  "ombuds-cases",
  "prohibited-persons",
  "street-takeovers",
  "therapeutic-vans",
  "unarmed-response-calls",
  "use-of-force"
] as const;

/** Each measure as a target that is tracked over the first three quarters of the plan year. */
const [from, to] = ["2023-07-01", "2024-03-31"] as const;
const measures = [
  ...["cases_presented", "filing_rate", "firearm_sale_cases_to_ausa", "firearm_sale_federal_filings"],
  ...["ghost_gun_filings", "prohibited_possessor_cases_to_ausa", "catalytic_converter_filings"],
  ...["gvro_issued", "gvro_attached_share", "casings_tested", "unarmed_responses", "unarmed_backup_share"],
  ...["unarmed_service_days", "unarmed_team_size", "unarmed_follow_ups", "gryd_referrals", "gryd_online_referrals"],
  ...["gryd_online_share", "uses_of_force", "officer_involved_shootings", "carotid_holds", "confirmed_crisis_calls"],
  ...["crisis_calls_with_mhit_officer", "crisis_calls_triaged", "crisis_diversions", "redy_enrolled"],
  ...["lead_participants", "circle_referrals", "narcan_reports_by_app", "sb16_videos_released"],
  ...["bias_complaints_investigated_and_reviewed", "illegal_dispensaries", "ombuds_cases"],
  ...["firearms_taken_in_3_years", "prohibited_persons_open", "call_processing_time", "stations_with_clinicians"]
];

const project = copySources("2024-07-05T12:00:00Z", sources);
const inbox = join(project.directory, "inbox");
afterAll(() => rm(project.directory, {recursive: true}));

async function milepost(...words: string[]): Promise<string> {
  const {exitCode, out, err} = await project.milepost(...words);
  expect({exitCode, err: exitCode === 0 ? "" : err}).toEqual({exitCode: 0, err: ""});
  return out;
}

async function loaded(): Promise<Receipt[]> {
  return JSON.parse(await milepost("load", "--format", "json"));
}

/** The file's rows, each a record of its header. */
async function rowsOf(file: string): Promise<Row[]> {
  return records(await readFile(join(inbox, file), "utf8"));
}

/** All rows of a source as they stand: of each key the one of the newest file. */
async function known(source: string, key: string): Promise<Row[]> {
  const rows = new Map<string, Row>();
  for (const file of (await readdir(inbox)).filter((name) => name.startsWith(`${source}-`)).sort()) {
    for (const row of await rowsOf(file)) rows.set(row[key]!, row);
  }
  return [...rows.values()];
}

const within = (day: string | undefined) => day !== undefined && day.slice(0, 10) >= from && day.slice(0, 10) <= to;
const share = (rows: readonly Row[], holds: (row: Row) => boolean) => rows.filter(holds).length / rows.length;
const daysBetween = (first: string, last: string) => (Date.parse(last) - Date.parse(first)) / 86_400_000;

let values: ReadonlyMap<string, number | null>;
let receipts: Receipt[];

beforeAll(async () => {
  const targets = measures.map(
    (measure) =>
      `- {target: ${measure}, title: ${measure}, measure: ${measure}, goal: {track: true}, period: 2023-2024}\n`
  );
  await mkdir(join(project.directory, "targets"));
  await writeFile(join(project.directory, "targets/tracked.yaml"), targets.join(""));
  await milepost("sample", "--rows", "23000");
  receipts = await loaded();
  values = await attained();
}, 240_000);

async function attained(): Promise<Map<string, number | null>> {
  const rows: {target: string; part: string; actual_value: number | null}[] = JSON.parse(
    await milepost("attain", "--through", to, "--format", "json")
  );
  return new Map(rows.filter(({part}) => part === "whole").map(({target, actual_value}) => [target, actual_value]));
}

test("every extract loads without a reject, a column that is not declared, or a check that fails", () => {
  expect([...new Set(receipts.map(({source}) => source))].sort()).toEqual([...sources]);
  for (const {file, outcome, records, kept, columns, checks, diagnostics} of receipts) {
    expect({file, outcome, kept, unknown: columns.unknown, missing: columns.missing, diagnostics}).toEqual({
      file,
      outcome: "loaded",
      kept: records,
      unknown: [],
      missing: [],
      diagnostics: []
    });
    expect({file, failed: checks.filter(({failed}) => failed > 0)}).toEqual({file, failed: []});
  }
});

describe("what is measured is what a plain count of the files' rows says", () => {
  test("cases presented and filed", async () => {
    const cases = (await known("case-filings", "case_id")).filter(({outcome}) => outcome !== "presented_in_error");
    const presented = cases.filter((row) => within(row.presented_on));
    const filed = (theme: string) => (row: Row) =>
      row.case_theme === theme && row.outcome === "filed" && within(row.filed_on);
    const toAusa = (theme: string) => (row: Row) => row.case_theme === theme && row.presented_to === "ausa";
    expect(values.get("cases_presented")).toBe(presented.length);
    const decided = presented.filter(({outcome}) => outcome !== "pending");
    expect(values.get("filing_rate")).toBe(share(decided, ({outcome}) => outcome === "filed"));
    expect(values.get("firearm_sale_cases_to_ausa")).toBe(presented.filter(toAusa("illegal_firearm_sale")).length);
    expect(values.get("firearm_sale_federal_filings")).toBe(cases.filter(filed("illegal_firearm_sale")).length);
    expect(values.get("ghost_gun_filings")).toBe(cases.filter(filed("ghost_gun")).length);
    expect(values.get("catalytic_converter_filings")).toBe(cases.filter(filed("catalytic_converter")).length);
    expect(values.get("prohibited_possessor_cases_to_ausa")).toBe(
      presented.filter(toAusa("prohibited_possessor")).length
    );
  });

  test("restraining orders, casings and unarmed responses", async () => {
    const orders = await known("gvro-register", "order_id");
    expect(values.get("gvro_issued")).toBe(orders.filter((row) => within(row.issued_on)).length);
    const pertinent = orders.filter((row) => within(row.opened_on) && row.crime_pertinent_flag === "Y");
    expect(values.get("gvro_attached_share")).toBe(share(pertinent, (row) => row.attached_flag === "Y"));

    const casings = await known("ballistics-log", "casing_id");
    const asked = casings.filter((row) => within(row.recovered_on) && daysBetween(row.recovered_on!, to) >= 60);
    expect(values.get("casings_tested")).toBeCloseTo(
      share(asked, (row) => row.tested_on !== "" && daysBetween(row.recovered_on!, row.tested_on!) <= 60),
      12
    );

    const calls = (await known("unarmed-response-calls", "call_id")).filter(
      (row) => row.program === "umcr" && row.call_type !== "test_call" && within(row.received_at)
    );
    expect(values.get("unarmed_responses")).toBe(calls.length);
    expect(values.get("unarmed_backup_share")).toBe(share(calls, (row) => row.police_backup_flag === "Y"));
    expect(values.get("unarmed_service_days")).toBe(new Set(calls.map((row) => row.received_at!.slice(0, 10))).size);
    expect(values.get("unarmed_team_size")).toBe(2);
    expect(values.get("unarmed_follow_ups")).toBe(calls.filter((row) => row.follow_up_flag === "Y").length);
  });

  test("referrals, crisis calls, outreach and enrolments", async () => {
    const referrals = (await known("gryd-referrals", "referral_id")).filter((row) => within(row.referred_on));
    const online = referrals.filter((row) => row.channel === "online");
    expect(values.get("gryd_referrals")).toBe(referrals.length);
    expect(values.get("gryd_online_referrals")).toBe(online.length);
    expect(values.get("gryd_online_share")).toBe(online.length / referrals.length);

    const calls = (await known("crisis-calls", "call_id")).filter((row) => within(row.received_on));
    const confirmed = calls.filter((row) => row.confirmed_crisis_flag === "Y");
    expect(values.get("confirmed_crisis_calls")).toBe(confirmed.length);
    expect(values.get("crisis_calls_with_mhit_officer")).toBe(share(confirmed, (row) => row.mhit_officer_flag === "Y"));
    expect(values.get("crisis_calls_triaged")).toBe(share(calls, (row) => row.triaged_flag === "Y"));
    expect(values.get("crisis_diversions")).toBe(
      confirmed.filter((row) => row.disposition === "diverted" || row.disposition === "referred").length
    );

    const outreach = (await known("homeless-outreach", "record_id")).filter((row) => within(row.date));
    const reports = outreach.filter((row) => row.program === "ndr" && row.via_dhc_app_flag === "Y");
    expect(values.get("circle_referrals")).toBe(outreach.filter((row) => row.program === "circle").length);
    expect(values.get("narcan_reports_by_app")).toBe(reports.length);

    const enrolled = (await known("diversion-enrolments", "case_key")).filter((row) => within(row.enrolled_on));
    expect(values.get("redy_enrolled")).toBe(enrolled.filter((row) => row.program === "redy").length);
    expect(values.get("lead_participants")).toBe(enrolled.filter((row) => row.program === "lead").length);
  });

  test("force, complaints and cases of the ombuds section", async () => {
    const uses = (await known("use-of-force", "incident_id")).filter((row) => within(row.incident_date));
    expect(values.get("uses_of_force")).toBe(uses.length);
    expect(values.get("officer_involved_shootings")).toBe(uses.filter((row) => row.category === "ois").length);
    expect(values.get("carotid_holds")).toBe(0);

    const complaints = (await known("complaint-log", "complaint_id")).filter((row) => within(row.received_on));
    const bias = complaints.filter((row) => row.allegation === "biased_policing" && row.disposition !== "");
    expect(values.get("bias_complaints_investigated_and_reviewed")).toBe(
      share(bias, (row) => row.psb_opened_on !== "" && row.oig_reviewed_on !== "")
    );
    const qualifying = complaints.filter((row) => row.sb16_flag === "Y");
    expect(values.get("sb16_videos_released")).toBe(share(qualifying, (row) => row.video_released_on !== ""));

    const cases = (await known("ombuds-cases", "case_id")).filter((row) => within(row.opened_on));
    expect(values.get("ombuds_cases")).toBe(cases.length);
  });

  test("stocks and means: dispensaries, firearms, prohibited people, vans, call processing", async () => {
    const lastRound = await rowsOf("dispensary-register-2024-03-21-synthetic.csv");
    expect(values.get("illegal_dispensaries")).toBe(lastRound.filter((row) => row.status === "operating").length);

    const firearms = await known("firearm-intake", "firearm_id");
    const threeYears = firearms.filter((row) => row.taken_on! > "2021-03-31" && row.taken_on! <= to);
    expect(values.get("firearms_taken_in_3_years")).toBe(threeYears.length);

    const counts = await known("prohibited-persons", "as_of_date");
    const last = counts.find((row) => row.as_of_date === to)!;
    expect(values.get("prohibited_persons_open")).toBe(Number(last.open_cases));
    expect(values.get("stations_with_clinicians")).toBe(5);

    const incidents = (await known("lafd-incidents", "incident_id")).filter((row) => within(row.call_received_at));
    const seconds = incidents.reduce((sum, row) => sum + Number(row.call_processing_seconds), 0);
    expect(values.get("call_processing_time")).toBeCloseTo(seconds / incidents.length, 9);
  });
});

test("one source is overdue, and one begins too late for a year before", async () => {
  const lasts = (source: string) =>
    receipts.filter((one) => one.source === source).flatMap(({covered}) => covered.flatMap(({days}) => days));
  expect(lasts("street-takeovers")).toEqual([["2022-07-01", "2023-12-31"]]);
  expect(lasts("ombuds-cases")).toEqual([["2023-01-01", to]]);
});

test("a file of changes is said to decide all days, not those since the year 1000", async () => {
  const text = await milepost("explain", "gvro_issued", "--through", to);
  expect(text).toContain("decides all days to 2023-12-31");
  expect(text).not.toContain("1000-01-01 to");
});

test("a later call tells the same events again, and what became known since", async () => {
  const before = new Map<string, string>();
  for (const file of await readdir(inbox)) before.set(file, await readFile(join(inbox, file), "utf8"));
  await milepost("sample", "--rows", "23000", "--through", "2024-06-30");
  const now = async (file: string) => readFile(join(inbox, file), "utf8");

  // What is delivered as changes or never mended stays as it was; what is sent anew changes where something became known.
  for (const file of [
    "case-filings-2024-03-31-synthetic.csv",
    "unarmed-response-calls-2024-03-31-synthetic.csv",
    "lafd-incidents-2024-Q1-synthetic.csv",
    "dispensary-register-2024-03-21-synthetic.csv",
    "gryd-referrals-2022-07-to-2023-12-synthetic.csv"
  ]) {
    expect(existsSync(join(inbox, file))).toBe(true);
    expect({file, same: (await now(file)) === before.get(file)}).toEqual({file, same: true});
  }
  for (const file of ["gryd-referrals-2024-03-synthetic.csv", "crisis-calls-2024-Q1-synthetic.csv"]) {
    expect({file, same: (await now(file)) === before.get(file)}).toEqual({file, same: false});
  }
  const march = await rowsOf("gryd-referrals-2024-03-synthetic.csv");
  const ids = new Set(march.map((row) => row.referral_id));
  const first = records(before.get("gryd-referrals-2024-03-synthetic.csv")!);
  expect(first.filter((row) => !ids.has(row.referral_id!))).toEqual([]);
  expect(march.length).toBeGreaterThan(first.length);

  const again = await loaded();
  expect(again.filter(({outcome}) => outcome === "refused")).toEqual([]);
  const changed = (source: string) =>
    again
      .filter((one) => one.source === source)
      .flatMap(({months}) => months)
      .filter(({month}) => month <= "2024-03")
      .reduce((sum, one) => sum + one.added + one.changed + one.gone, 0);
  for (const source of ["case-filings", "gryd-referrals", "crisis-calls", "use-of-force", "complaint-log"]) {
    expect({source, changed: changed(source) > 0}).toEqual({source, changed: true});
  }
  const later = await attained();
  expect(later.get("gryd_referrals")).toBeGreaterThan(values.get("gryd_referrals")!);
  expect(later.get("cases_presented")).not.toBe(values.get("cases_presented"));
  expect(later.get("call_processing_time")).toBe(values.get("call_processing_time"));
}, 240_000);
