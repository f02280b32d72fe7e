import {spawn} from "node:child_process";
import {existsSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {uniformInt} from "pure-rand/distribution/uniformInt";
import {xoroshiro128plus} from "pure-rand/generator/xoroshiro128plus";
import {afterAll, describe, expect, test} from "vitest";
import {knowledge} from "../../pipeline/ledger/knowledge.ts";
import type {RunRecord} from "../../pipeline/schedule/contract.ts";
import {runJob} from "../../pipeline/schedule/job.ts";
import {lastRuns} from "../../pipeline/schedule/run-records.ts";
import {readFolder} from "../support/project-folder.ts";
import {Inspection} from "./year-inspection.ts";
import {damaged, daysOf, deliver, extract, yearProject} from "./year-project.ts";

/** Real processes need the built program; `npm test` builds it first. */
const program = fileURLToPath(new URL("../../dist/schedule/job.js", import.meta.url));
const child = fileURLToPath(new URL("./job-process.mjs", import.meta.url));

const {directory, remove} = yearProject();
afterAll(remove);

/** Days on which extracts come: the month, and what is special about them. */
const deliveries: Readonly<Record<string, () => void>> = {
  "2024-01-14": () => both("2023-10", "2023-11", "2023-12"),
  "2024-02-05": () => both("2024-01"),
  "2024-03-04": () => one("incidents", "2024-02"),
  // Late: every report waits for it.
  "2024-03-20": () => one("calls", "2024-02"),
  "2024-04-02": () => one("incidents", "2024-03"),
  "2024-04-06": () => one("calls", "2024-03"),
  // Twice: the same bytes under another name.
  "2024-04-08": () => deliver(directory, "incidents-2024-03 copy.csv", extract("2024-03")),
  "2024-05-01": () => rmSync(join(directory, "inbox/incidents-2024-03 copy.csv")),
  "2024-05-04": () => both("2024-04"),
  // Mended after all that is made of it was published.
  "2024-05-20": () => deliver(directory, "incidents-2024-04-b.csv", extract("2024-04", 3)),
  "2024-06-04": () => one("calls", "2024-05"),
  "2024-07-03": () => one("calls", "2024-06"),
  // Out of order and damaged: June before May, and June can't be read.
  "2024-07-05": () => deliver(directory, "incidents-2024-06.csv", damaged("2024-06")),
  "2024-07-09": () => one("incidents", "2024-05"),
  "2024-07-16": () => one("incidents", "2024-06"),
  "2024-08-05": () => both("2024-07"),
  "2024-09-04": () => both("2024-08"),
  "2024-10-02": () => deliver(directory, "calls-2024-09.csv", damaged("2024-09")),
  "2024-10-04": () => one("calls", "2024-09"),
  "2024-10-05": () => one("incidents", "2024-09"),
  "2024-11-02": () => both("2024-10"),
  // Damaged, and mended under another name.
  "2024-12-04": () => deliver(directory, "incidents-2024-11 draft.csv", damaged("2024-11")),
  "2024-12-06": () => {
    rmSync(join(directory, "inbox/incidents-2024-11 draft.csv"));
    both("2024-11");
  },
  "2025-01-07": () => both("2024-12")
};

/** The machine is off. */
const off = ["2024-08-01", "2024-08-22"] as const;

/** Where a run of that day is killed, one process after the other, before one comes to its end. */
const kills: Readonly<Record<string, readonly string[]>> = {
  // After a load's entry; then, before the next run has taken over from the dead one.
  "2024-02-05": ["after:link:/ledger/", "before:rename:run.lock", "after:rename:run.lock"],
  // After an issue's entry, before its folder has its place.
  "2024-03-20": ["before:rename:/internal/1", "after:rename:/internal/1"],
  "2024-04-06": ["before:rename:latest.html", "before:link:/runs/"],
  "2024-05-04": ["before:link:/ledger/", "after:link:/runs/"],
  "2024-07-05": ["before:link:/ledger/", "after:link:/ledger/"],
  "2024-07-16": ["after:link:run.lock", "before:rename:/internal/1"],
  "2024-10-10": ["before:rename:/draft", "after:rename:/draft"]
};

/** Days whose first run is started twice at once. */
const twice = ["2024-02-11", "2024-09-04", "2025-01-07"];

/** On the other days an extract comes: after so many changes of the disk, or so many milliseconds. */
function killsAt(day: string, at: string): readonly string[] {
  const chosen = kills[day];
  if (chosen !== undefined) return at === startsOn(day).at(-1) ? chosen : [];
  if (deliveries[day] === undefined || at !== startsOn(day).at(-1)) return [];
  return [upTo(3) === 1 ? `ms:${500 + upTo(1500)}` : `n:${upTo(60)}`];
}

const random = xoroshiro128plus(2024);
const upTo = (most: number) => uniformInt(random, 1, most);

describe.skipIf(!existsSync(program))(
  "a year of the job (skipped where the program is not built: npm run build)",
  () => {
    test("makes every due report once and loses nothing, whatever comes late, twice or damaged and whoever is killed", async () => {
      const inspection = new Inspection(directory);
      let killed = 0;
      for (const day of daysFrom("2024-01-14", "2025-01-31")) {
        deliveries[day]?.();
        if (day >= off[0] && day < off[1]) continue;
        for (const at of startsOn(day)) {
          for (const kill of killsAt(day, at)) {
            const died = await inProcess(at, kill);
            if (kills[day] !== undefined) expect(died, `${day} ${kill}`).toBe("killed");
            if (died === "killed") killed += 1;
            await inspection.look();
          }
          if (twice.includes(day)) {
            const said = await Promise.all([inProcess(at), inProcess(at)]);
            expect(said).toContain("ran");
            await inspection.look();
          }
          const record = await run(at);
          const entries = await inspection.look();
          expect({at, ...made(entries)}).toEqual({at, ...dueBy(at)});
          expect(record.reports.filter(({outcome}) => outcome === "failed")).toEqual([]);
          lookAtRefusals(day, record, entries);
        }
      }
      expect(killed).toBeGreaterThan(15);

      inspection.forget();
      const entries = await inspection.look();
      const records = await lastRuns(join(directory, "warehouse"), 10_000);
      // Each killed run is on record, but for one that had kept its own, or had not got the lock yet.
      expect(records.filter(({ended}) => ended === null).length).toBeGreaterThan(killed / 2);
      const drafts = records.flatMap(({reports}) =>
        reports.filter(({report, folder}) => report === "quarterly" && folder !== null)
      );
      expect(drafts.map(({period}) => period)).toEqual(["2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]);
      const dueAt = new Map(
        records.flatMap(({reports}) => reports.map((one) => [`${one.report} ${one.period}`, one.due_at]))
      );
      // The clocks skip half past two, and the meeting is at three; they repeat half past one, and the first counts.
      expect(dueAt.get("meeting 28d-2024-03-09")).toBe("2024-03-10T10:00:00.000Z");
      expect(dueAt.get("monthly 2024-10")).toBe("2024-11-03T08:30:00.000Z");
      expect(knowledge(entries, null).refusals).toEqual([]);
      const refused = entries.flatMap((entry) => (entry.kind === "refusal" ? [entry.refusal.file] : []));
      expect(refused).toEqual(["incidents-2024-06.csv", "calls-2024-09.csv", "incidents-2024-11 draft.csv"]);
      expect(entries.filter(({kind}) => kind === "refusal_withdrawn")).toHaveLength(1);
      // One load an extract: 15 months of two sources, and one month again.
      expect(entries.filter(({kind}) => kind === "load")).toHaveLength(31);
    }, 800_000);
  }
);

/** While a refused file waits to be mended, what is published tells of it. */
function lookAtRefusals(day: string, record: RunRecord, entries: Parameters<typeof knowledge>[0]): void {
  const open = knowledge(entries, null).refusals.map(({file}) => file);
  if (day >= "2024-07-05" && day < "2024-07-16") expect(open).toEqual(["incidents-2024-06.csv"]);
  if (day >= "2024-12-04") expect(open).toEqual(day < "2024-12-06" ? ["incidents-2024-11 draft.csv"] : []);
  if (day !== "2024-07-09") return;
  const folders = record.reports.flatMap(({outcome, folder}) => (outcome === "issued" ? [folder!] : []));
  expect(folders.length).toBeGreaterThan(0);
  for (const folder of folders) {
    expect(readFileSync(join(directory, "out", folder, "index.html"), "utf8")).toContain("incidents-2024-06.csv");
  }
}

function one(source: string, month: string): void {
  deliver(directory, `${source}-${month}.csv`, extract(month));
}

function both(...months: readonly string[]): void {
  for (const month of months) {
    one("incidents", month);
    one("calls", month);
  }
}

async function run(at: string): Promise<RunRecord> {
  const outcome = await runJob(await readFolder(directory), "schedule", {
    now: () => new Date(at),
    cwd: directory,
    version: "0.0.0-test",
    progress: () => {},
    tell: () => {},
    stopping: () => false,
    newId: () => `${at.replace(/\D/g, "")}`.slice(0, 16).padEnd(16, "0")
  });
  if (outcome.kind === "busy") throw new Error(`busy at ${at}`);
  for (const bug of outcome.bugs) throw bug;
  return outcome.record;
}

async function inProcess(at: string, kill = ""): Promise<"killed" | "busy" | "ran"> {
  const started = spawn(process.execPath, [child, directory, at, kill], {stdio: ["ignore", "pipe", "pipe"]});
  let out = "";
  let err = "";
  started.stdout.on("data", (text) => {
    out += text;
  });
  started.stderr.on("data", (text) => {
    err += text;
  });
  const [when, number] = kill.split(":");
  if (when === "ms") setTimeout(() => started.kill("SIGKILL"), Number(number)).unref();
  const signal = await new Promise((resolve) => started.once("close", (code, by) => resolve(by ?? code)));
  if (signal === "SIGKILL") return "killed";
  expect(signal, err).toBe(0);
  return out === "busy" ? "busy" : "ran";
}

// What must be so, worked out from the calendar of the test alone.

/** Days by which all extracts of a month are there and can be read; later ones count too. */
const complete: readonly (readonly [day: string, month: string])[] = [
  ["2024-01-14", "2023-12"],
  ["2024-02-05", "2024-01"],
  ["2024-03-20", "2024-02"],
  ["2024-04-06", "2024-03"],
  ["2024-05-04", "2024-04"],
  ["2024-07-09", "2024-05"],
  ["2024-07-16", "2024-06"],
  ["2024-08-05", "2024-07"],
  ["2024-09-04", "2024-08"],
  ["2024-10-05", "2024-09"],
  ["2024-11-02", "2024-10"],
  ["2024-12-06", "2024-11"],
  ["2025-01-07", "2024-12"]
];

/** Issues that must be there after a run that came to its end. */
function dueBy(at: string): {readonly meeting: string[]; readonly monthly: string[]} {
  const month = complete.filter(([day]) => day <= at.slice(0, 10)).at(-1)![1];
  const covered = `${month}-${daysOf(month)}`;
  // The first run takes the last Sunday and the last third of a month; then each of them.
  const meeting = daysFrom("2024-01-13", covered).filter(
    (day) => weekday(day) === 6 && startAt(after(day), "02:30") <= at
  );
  const months = [...new Set(daysFrom("2023-12-01", covered).map((day) => day.slice(0, 7)))];
  const monthly = months.filter((one) => `${one}-${daysOf(one)}` <= covered && startAt(thirdAfter(one), "01:30") <= at);
  return {meeting: meeting.map((day) => `28d-${day}`), monthly};
}

function made(entries: Parameters<typeof knowledge>[0]): {readonly meeting: string[]; readonly monthly: string[]} {
  const of = (report: string) =>
    entries
      .flatMap((entry) => (entry.kind === "issue" && entry.issue.report === report ? [entry.issue.period] : []))
      .sort();
  return {meeting: of("meeting"), monthly: of("monthly")};
}

/** When the system starts the job: a minute after each time of the schedule, and at noon where an extract came. */
function startsOn(day: string): string[] {
  const local = [
    ...(day.endsWith("-03") ? ["01:31"] : []),
    ...(weekday(day) === 0 ? ["02:31"] : []),
    ...(/-(01|04|07|10)-10$/.test(day) ? ["06:01"] : []),
    ...(deliveries[day] === undefined ? [] : ["12:30"])
  ];
  return local.map((time) => startAt(day, time));
}

/** The instant of a local time in Los Angeles; a skipped one is an hour later. */
function startAt(day: string, time: string): string {
  const instant = (offset: number) => new Date(Date.parse(`${day}T${time}:00Z`) + offset * 36e5).toISOString();
  const summer = instant(7) >= "2024-03-10T10:00" && instant(7) < "2024-11-03T09:00";
  return instant(summer ? 7 : 8);
}

function thirdAfter(month: string): string {
  return `${after(`${month}-${daysOf(month)}`).slice(0, 8)}03`;
}

function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = after(day)) days.push(day);
  return days;
}

function after(day: string): string {
  return new Date(Date.parse(day) + 864e5).toISOString().slice(0, 10);
}

function weekday(day: string): number {
  return new Date(Date.parse(day)).getUTCDay();
}
