import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import type {Diagnostic} from "../../pipeline/diagnostics/diagnostic.ts";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {knowledge} from "../../pipeline/ledger/knowledge.ts";
import type {RunRecord} from "../../pipeline/schedule/contract.ts";
import {type JobOutcome, runJob} from "../../pipeline/schedule/job.ts";
import {lastRuns} from "../../pipeline/schedule/run-records.ts";
import {openEngine} from "../../pipeline/warehouse/engine.ts";
import {fingerprint, loadFiles, readFolder} from "../support/project-folder.ts";
import {damaged, deliver, extract, yearProject} from "./year-project.ts";

vi.mock("../../pipeline/warehouse/engine.ts", {spy: true});

let directory: string;
let remove: () => void;
let told: Diagnostic[];
beforeEach(() => {
  ({directory, remove} = yearProject());
  for (const month of ["2023-12", "2024-01"]) {
    for (const source of ["incidents", "calls"]) deliver(directory, `${source}-${month}.csv`, extract(month));
  }
});
afterEach(() => remove());

/** After the meeting's Sunday and the third of the month: January is due by both. */
const february = "2024-02-05T20:00:00.000Z";

async function start(
  at: string,
  stopping = () => false,
  progress: (line: string) => void = () => {}
): Promise<JobOutcome> {
  told = [];
  return runJob(await readFolder(directory), "run", {
    now: () => new Date(at),
    cwd: directory,
    version: "0.0.0-test",
    progress: (told) => (typeof told === "string" ? progress(told) : undefined),
    tell: (diagnostics) => void told.push(...diagnostics),
    stopping,
    newId: () => at.replace(/\D/g, "").padEnd(16, "0").slice(0, 16)
  });
}

async function run(at: string, stopping?: () => boolean): Promise<RunRecord> {
  const outcome = await start(at, stopping);
  if (outcome.kind === "busy") throw new Error("busy");
  for (const bug of outcome.bugs) throw bug;
  return outcome.record;
}

const warehouse = () => join(directory, "warehouse");
const codes = () => told.map(({code}) => code);
const reportsOf = ({reports}: RunRecord) =>
  reports.map(({report, period, outcome}) => `${report} ${period} ${outcome}`);
const issued = async () => (await readLedger(warehouse())).filter(({kind}) => kind === "issue");
const refused = async () => knowledge(await readLedger(warehouse()), null).refusals.map(({file}) => file);

test("loads what is new, makes what is due, and keeps what came of it, without a path", async () => {
  const record = await run(february);
  expect(record).toMatchObject({
    sequence: 1,
    how: "run",
    started: february,
    outcome: "done",
    unchanged: 0,
    problems: []
  });
  expect(record.extracts.map(({file, outcome, kept}) => [file, outcome, kept])).toEqual([
    ["calls-2023-12.csv", "loaded", 16],
    ["calls-2024-01.csv", "loaded", 16],
    ["incidents-2023-12.csv", "loaded", 16],
    ["incidents-2024-01.csv", "loaded", 16]
  ]);
  expect(record.reports).toEqual([
    {
      report: "quarterly",
      period: "2023-Q4",
      due_at: "2024-01-10T14:00:00.000Z",
      outcome: "drafted",
      number: null,
      folder: "quarterly/2023-Q4/internal/draft",
      reason: null,
      overdue: false
    },
    {
      report: "monthly",
      period: "2024-01",
      due_at: "2024-02-03T09:30:00.000Z",
      outcome: "issued",
      number: 1,
      folder: "monthly/2024-01/internal/1",
      reason: null,
      overdue: false
    },
    {
      report: "meeting",
      period: "28d-2024-02-03",
      due_at: "2024-02-04T10:30:00.000Z",
      outcome: "waiting",
      number: null,
      folder: null,
      reason: "needs extracts through 3 February 2024; calls and incidents end on 31 January 2024",
      overdue: false
    }
  ]);
  expect(readdirSync(join(warehouse(), "runs"))).toEqual(["000001.json"]);
  expect(readFileSync(join(warehouse(), "runs/000001.json"), "utf8")).not.toContain(directory);
  expect(existsSync(join(warehouse(), "run.lock"))).toBe(false);
});

test("with nothing new changes nothing but its record", async () => {
  await run(february);
  const ignore = (path: string) => path.startsWith("runs") || path.startsWith("cache");
  const before = [fingerprint(warehouse(), ignore), fingerprint(join(directory, "out"))];
  const record = await run("2024-02-06T20:00:00.000Z");
  expect(reportsOf(record)).toEqual(["meeting 28d-2024-02-03 waiting"]);
  expect(record.unchanged).toBe(4);
  expect([fingerprint(warehouse(), ignore), fingerprint(join(directory, "out"))]).toEqual(before);
});

test("a report that fails stops no other, is told, and is due again", async () => {
  const shelf = join(directory, "out/monthly/2024-01/internal/1");
  mkdirSync(shelf, {recursive: true});
  writeFileSync(join(shelf, "mine.txt"), "mine");
  const record = await run(february);
  expect(record.outcome).toBe("failed");
  expect(reportsOf(record).slice(0, 2)).toEqual(["quarterly 2023-Q4 drafted", "monthly 2024-01 failed"]);
  expect(record.reports[1]?.reason).toContain("Something stands where issue 1 would go");
  expect(codes()).toContain("issue-in-the-way");
  rmSync(shelf, {recursive: true});
  expect(reportsOf(await run("2024-02-06T20:00:00.000Z"))[0]).toBe("monthly 2024-01 issued");
});

test("a refused file stops neither the others nor what does not need it, and its refusal is kept once", async () => {
  deliver(directory, "incidents-2024-02.csv", damaged("2024-02"));
  const record = await run("2024-03-04T20:00:00.000Z");
  expect(record.outcome).toBe("failed");
  expect(record.extracts.filter(({outcome}) => outcome === "refused")).toEqual([
    {
      file: "incidents-2024-02.csv",
      source: "incidents",
      outcome: "refused",
      kept: 0,
      rejected: 15,
      code: "too-many-rejects",
      reason: "Too many records are rejected, so nothing of the file is kept"
    }
  ]);
  expect(codes()).toContain("too-many-rejects");
  expect(reportsOf(record)[0]).toBe("quarterly 2023-Q4 drafted");
  await run("2024-03-05T20:00:00.000Z");
  const entries = await readLedger(warehouse());
  // One record is bad; the receipt rejects the good ones with it, the report must not say so of them.
  expect(entries.filter(({kind}) => kind === "refusal")).toMatchObject([{refusal: {records: 15, rejected: 1}}]);
  expect(JSON.stringify(entries.at(-1))).not.toContain("2024-02-39");
  expect(await refused()).toEqual(["incidents-2024-02.csv"]);
  // Damaged otherwise, it is another refusal; mended, it is none.
  deliver(directory, "incidents-2024-02.csv", `${damaged("2024-02")}2024-02-40,1\n`);
  await run("2024-03-06T20:00:00.000Z");
  expect((await readLedger(warehouse())).filter(({kind}) => kind === "refusal")).toHaveLength(2);
  deliver(directory, "incidents-2024-02.csv", extract("2024-02"));
  expect((await run("2024-03-07T20:00:00.000Z")).outcome).toBe("done");
  expect(await refused()).toEqual([]);
});

test("a refusal is over too when the file that was loaded before is put back", async () => {
  await run(february);
  deliver(directory, "incidents-2024-01.csv", damaged("2024-01"));
  await run("2024-02-06T20:00:00.000Z");
  expect(await refused()).toEqual(["incidents-2024-01.csv"]);
  deliver(directory, "incidents-2024-01.csv", extract("2024-01"));
  expect((await run("2024-02-07T20:00:00.000Z")).outcome).toBe("done");
  expect(await refused()).toEqual([]);
  const {length} = await readLedger(warehouse());
  await run("2024-02-08T20:00:00.000Z");
  expect(await readLedger(warehouse())).toHaveLength(length);
});

test("a refusal is over when its file is gone: the mended one came under another name", async () => {
  deliver(directory, "incidents-2024-02.csv", damaged("2024-02"));
  await run("2024-03-04T20:00:00.000Z");
  expect(await refused()).toEqual(["incidents-2024-02.csv"]);
  rmSync(join(directory, "inbox/incidents-2024-02.csv"));
  deliver(directory, "incidents-2024-02-b.csv", extract("2024-02"));
  deliver(directory, "calls-2024-02.csv", extract("2024-02"));
  const record = await run("2024-03-05T20:00:00.000Z");
  expect(record.outcome).toBe("done");
  expect(await refused()).toEqual([]);
  const entries = await readLedger(warehouse());
  const told = entries.find(({kind}) => kind === "refusal")!;
  expect(entries.flatMap((entry) => (entry.kind === "refusal_withdrawn" ? [entry.refusal_withdrawn] : []))).toEqual([
    {source: "incidents", file: "incidents-2024-02.csv", refusal: told.sequence}
  ]);
  const made = record.reports.find(({folder}) => folder?.startsWith("monthly/2024-02"))!;
  expect(readFileSync(join(directory, "out", made.folder!, "index.html"), "utf8")).not.toContain("was refused");
  // Put back as it was, it is refused anew; and what was known then still tells of the first refusal.
  deliver(directory, "incidents-2024-02.csv", damaged("2024-02"));
  await run("2024-03-06T20:00:00.000Z");
  expect(await refused()).toEqual(["incidents-2024-02.csv"]);
  expect(knowledge(await readLedger(warehouse()), told.at).refusals).toHaveLength(1);
});

test("keeps the line of the fault for which a file was refused", async () => {
  const whole = extract("2024-02").split("\n");
  whole[5] = `"${whole[5]}`;
  deliver(directory, "incidents-2024-02.csv", whole.join("\n"));
  const record = await run("2024-03-04T20:00:00.000Z");
  expect(record.extracts.at(-1)).toMatchObject({outcome: "refused", code: "unclosed-quote"});
  expect(record.extracts.at(-1)!.reason).toBe("line 6: The quote opened here is not closed");
  const {refusals} = knowledge(await readLedger(warehouse()), null);
  expect(refusals).toMatchObject([{line: 6, column: 1, reason: "The quote opened here is not closed"}]);
});

test("names the files that fit no source, and goes on without them", async () => {
  deliver(directory, "crimes-2024.csv", extract("2024-01"));
  deliver(directory, "readme.txt", "");
  const record = await run(february);
  expect(record).toMatchObject({outcome: "done", ignored: ["crimes-2024.csv", "readme.txt"], problems: []});
});

test("an extract that lies there twice is known under both names, without a start of the engine", async () => {
  await run(february);
  deliver(directory, "incidents-2024-01 copy.csv", extract("2024-01"));
  vi.mocked(openEngine).mockClear();
  const record = await run("2024-02-06T20:00:00.000Z");
  expect(record).toMatchObject({extracts: [], unchanged: 5});
  expect(openEngine).not.toHaveBeenCalled();
});

test.each([
  ["a full disk", Object.assign(new Error("ENOSPC"), {code: "ENOSPC"}), "no space left on the disk"],
  ["a fault of milepost's own", new Error("No magic bytes"), "a fault of milepost's own; its words are in the log"]
])("%s half way leaves on record what was loaded, and no path", async (_what, fault, said) => {
  const outcome = await start(february, undefined, (line) => {
    if (!line.startsWith("incidents") || !line.includes("storing")) return;
    fault.message += ` '${directory}/x.parquet'`;
    throw fault;
  });
  if (outcome.kind === "busy") throw new Error("busy");
  const {record} = outcome;
  expect(record.outcome).toBe("failed");
  expect(record.extracts.map(({file, outcome}) => [file, outcome])).toEqual([
    ["calls-2023-12.csv", "loaded"],
    ["calls-2024-01.csv", "loaded"]
  ]);
  expect(record.problems).toEqual([expect.stringContaining(said)]);
  expect(JSON.stringify(record)).not.toContain(directory);
});

test("a report that meets a fault of milepost's own is failed, and its record keeps no path", async () => {
  const outcome = await start(february, undefined, (line) => {
    if (line.startsWith("monthly")) throw new Error(`No magic bytes found at end of file '${directory}/x.parquet'`);
  });
  if (outcome.kind === "busy") throw new Error("busy");
  expect(outcome.bugs).toHaveLength(1);
  expect(reportsOf(outcome.record)[1]).toBe("monthly 2024-01 failed");
  expect(outcome.record.reports[1]!.reason).toBe("a fault of milepost's own; its words are in the log");
  expect(readFileSync(join(warehouse(), "runs/000001.json"), "utf8")).not.toContain(directory);
});

test("what stops the whole inbox is told and kept, and reports are made all the same", async () => {
  await loadFiles(directory, null, "2024-02-05T12:00:00.000Z");
  rmSync(join(directory, "inbox"), {recursive: true});
  const record = await run(february);
  expect(record.outcome).toBe("failed");
  expect(record.problems).toHaveLength(1);
  expect(codes()).toContain("no-inbox");
  expect(reportsOf(record)).toContain("monthly 2024-01 issued");
});

test("while one is at work, another says so and does nothing", async () => {
  const [first, second] = await Promise.all([start(february), start(february)]);
  expect([first.kind, second.kind].sort()).toEqual(["busy", "ran"]);
  expect(await lastRuns(warehouse(), 10)).toHaveLength(1);
  expect((await issued()).length).toBe(1);
});

test("told to stop it ends between two steps, and the next one goes on", async () => {
  let asked = 0;
  const record = await run(february, () => {
    asked += 1;
    return asked > 1;
  });
  expect(record.outcome).toBe("stopped");
  expect(reportsOf(record)).toEqual(["quarterly 2023-Q4 drafted"]);
  expect(existsSync(join(warehouse(), "run.lock"))).toBe(false);
  const next = await run("2024-02-05T20:01:00.000Z");
  expect(reportsOf(next)).toEqual(["monthly 2024-01 issued", "meeting 28d-2024-02-03 waiting"]);
});

test("what somebody has issued by hand, or an earlier run that nobody remembers, is not made again", async () => {
  await run(february);
  rmSync(join(warehouse(), "runs"), {recursive: true});
  // More has come of January since; a new issue is for somebody to decide.
  deliver(directory, "incidents-2024-01-b.csv", extract("2024-01", 3));
  const record = await run("2024-02-05T21:00:00.000Z");
  expect(reportsOf(record)).toEqual(["quarterly 2023-Q4 drafted", "meeting 28d-2024-02-03 waiting"]);
  expect(await issued()).toHaveLength(1);
});

test("a record that was damaged is told by its place", async () => {
  await run(february);
  writeFileSync(join(warehouse(), "runs/000001.json"), "{");
  await expect(run("2024-02-06T20:00:00.000Z")).rejects.toMatchObject({
    diagnostics: [{code: "run-record", place: {file: join(warehouse(), "runs/000001.json")}}]
  });
  expect(existsSync(join(warehouse(), "run.lock"))).toBe(false);
});
