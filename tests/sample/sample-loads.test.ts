import {readdirSync, readFileSync, statSync} from "node:fs";
import {rm} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {statuses} from "../../pipeline/attainment/contract.ts";
import type {Project} from "../../pipeline/config/project.ts";
import {readProject} from "../../pipeline/config/read-project.ts";
import type {Receipt} from "../../pipeline/ledger/contract.ts";
import {records} from "../support/csv-records.ts";
import {copyRootProject} from "../support/root-project.ts";

/** Two years later: what is synthetic is as old as it was made, and nobody is told that it is stale. */
const root = copyRootProject("2026-11-20T12:00:00Z");
afterAll(() => rm(root.directory, {recursive: true}));

interface Told {
  readonly target: string;
  readonly segment: string;
  readonly part: string;
  readonly period: string;
  readonly status: string | null;
}

interface Row extends Told {
  readonly binding: boolean;
  readonly status_reason: string | null;
  readonly reason_code: string | null;
  readonly actual_value: number | null;
}

interface Reported extends Told {
  readonly measure: string;
}

async function milepost(...words: string[]): Promise<string> {
  const {exitCode, out, err} = await root.milepost(...words);
  expect(exitCode, err).toBe(0);
  return out;
}

async function attained(...words: string[]): Promise<Row[]> {
  return JSON.parse(await milepost("attain", ...words, "--format", "json"));
}

/** A draft, and the rows of targets in its data. */
async function reported(name: string, period: string) {
  const {folder} = JSON.parse(await milepost("report", name, "--period", period, "--format", "json"));
  const targets = records(readFileSync(join(folder, "data/attainment.csv"), "utf8")) as unknown as Reported[];
  return {folder: folder as string, targets};
}

describe("the whole plan on synthetic extracts", () => {
  let project: Project;
  let receipts: Receipt[];
  let rows: Row[];

  beforeAll(async () => {
    project = (await readProject(root.directory)).project!;
    await milepost("sample", "--rows", "23000");
    receipts = JSON.parse(await milepost("load", "--format", "json"));
    rows = await attained("--through", "2024-03-31");
  }, 900_000);

  test("every source is loaded, nothing above its limit of rejects and no column unknown", () => {
    expect(new Set(receipts.map(({source}) => source))).toEqual(new Set(project.sources.keys()));
    for (const {file, source, records, rejected, columns, outcome} of receipts) {
      expect({file, outcome, missing: columns.missing, unknown: columns.unknown}).toEqual(
        expect.objectContaining({file, outcome: "loaded", unknown: []})
      );
      expect(rejected, file).toBeLessThanOrEqual(records * project.sources.get(source)!.rejects.at_most);
    }
  });

  test("no receipt calls what is synthetic stale, and none has an error", () => {
    const told = receipts.flatMap(({diagnostics}) => diagnostics);
    expect(told.filter(({severity, code}) => severity === "error" || code === "stale-source")).toEqual([]);
  });

  test("every target has its row, and no value is missing without a reason", () => {
    const whole = rows.filter(({part}) => part === "whole");
    expect(new Set(whole.map(({target}) => target))).toEqual(new Set(project.targets.map(({target}) => target)));
    const untold = whole.filter(({actual_value, reason_code}) => actual_value === null && reason_code === null);
    expect(untold).toEqual([]);
    expect(whole.filter(({status, status_reason}) => status === null || !status_reason)).toEqual([]);
  });

  test("every status occurs, in spring or at the plan's beginning", async () => {
    const seen = (some: readonly Row[]) =>
      some.flatMap(({part, status}) => (part === "whole" && status ? [status] : []));
    const beginning = await attained("--through", "2023-08-19");
    expect(new Set([...seen(rows), ...seen(beginning)])).toEqual(new Set(statuses));
    const reasons = new Set([...rows, ...beginning].map(({reason_code}) => reason_code));
    expect(reasons).toContain("baseline_not_covered");
    expect(reasons).toContain("series_break");
    const stale = rows.filter(
      ({status, status_reason}) => status === "no_data" && /the source allows/.test(status_reason!)
    );
    expect(stale.length).toBeGreaterThan(0);
  });

  test("some targets are met, some missed, some undecided; in some a unit is silent", () => {
    const binding = rows.filter((row) => row.binding && row.part === "whole");
    for (const status of ["met", "missed", "on_track", "at_risk", "off_track"]) {
      expect(binding.filter((row) => row.status === status).length, status).toBeGreaterThan(5);
    }
  });

  test.each([
    ["quarterly", "2024-Q1", "2024-01-01"],
    ["owner", "2024-03", "2024-03-01"]
  ])(
    "the report %s of %s holds each target of its time, and tells of it what attain does",
    async (name, period, first) => {
      const {folder, targets} = await reported(name, period);
      const begun = project.targets.filter(({period: {from, to}}) => from <= "2024-03-31" && to >= first);
      expect(new Set(targets.map(({target}) => target))).toEqual(new Set(begun.map(({target}) => target)));
      expect(begun.length).toBeGreaterThan(200);
      const key = ({target, segment, part, period: of}: Told) => [target, segment, part, of].join(" ");
      const known = new Map(rows.map((row) => [key(row), row.status ?? ""]));
      expect(targets.filter((row) => row.status !== known.get(key(row)))).toEqual([]);
      expect(statSync(join(folder, "report.pdf")).size).toBeGreaterThan(0);
    },
    300_000
  );

  test("the meeting's report holds the targets on crime and traffic", async () => {
    const {folder, targets} = await reported("compstat", "28d-2024-03-02");
    const sources = new Set(targets.map(({measure}) => project.measures.get(measure)!.source));
    expect(sources).toEqual(new Set(["crime-incidents", "traffic-collisions"]));
    expect(readdirSync(join(folder, "areas"))).toHaveLength(1 + 4 + 21);
  }, 300_000);

  test("three months later the same extracts tell what has changed since, and statuses move", async () => {
    await milepost("sample", "--rows", "23000", "--through", "2024-06-30");
    const inbox = (name: string) => `${root.directory}/inbox/${name}`;
    const later: Receipt[] = JSON.parse(
      await milepost(
        "load",
        inbox("event-log-2024-06-30-synthetic.csv"),
        inbox("crime-incidents-synthetic-2023.csv"),
        inbox("crime-incidents-synthetic-2024.csv"),
        ...["--format", "json"]
      )
    );
    const months = later.flatMap((receipt) => receipt.months ?? []);
    const sum = (of: "added" | "changed" | "gone") => months.reduce((total, month) => total + month[of], 0);
    expect(sum("added")).toBeGreaterThan(1000);
    // Reclassified and withdrawn reports, events entered twice: some, and few.
    for (const of of ["changed", "gone"] as const) {
      expect(sum(of), of).toBeGreaterThan(0);
      expect(sum(of), of).toBeLessThan(400);
    }
    expect(later.flatMap(({effects}) => effects ?? []).length).toBeGreaterThan(0);
  }, 600_000);
});
