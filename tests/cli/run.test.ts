import {readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {main} from "../../pipeline/cli/program.ts";
import {runRecordSchema} from "../../pipeline/schedule/contract.ts";
import {thisProcess} from "../../pipeline/schedule/this-process.ts";
import {damaged, deliver, extract, yearProject} from "../schedule/year-project.ts";

let directory: string;
let remove: () => void;
beforeEach(() => {
  ({directory, remove} = yearProject());
});
afterEach(() => remove());

async function milepost(at: string, ...words: string[]) {
  const said = {out: "", err: ""};
  const code = await main(words, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    now: () => new Date(at),
    cwd: directory,
    terminal: false,
    version: "0.0.0"
  });
  return {code, ...said};
}

test("run says a line a file and report, and runs a line a run", async () => {
  expect(await milepost("2024-02-05T20:00:00Z", "runs")).toMatchObject({
    code: 0,
    out: "The job has not run yet: milepost run\n"
  });
  for (const name of ["incidents-2023-12", "incidents-2024-01", "calls-2023-12"]) {
    deliver(directory, `${name}.csv`, extract(name.slice(-7)));
  }
  deliver(directory, "calls-2024-01.csv", damaged("2024-01"));
  const first = await milepost("2024-02-05T20:00:00Z", "run");
  expect(first.code).toBe(1);
  expect(first.out).toBe(`Run 1, failed, 2024-02-05 12:00 (America/Los_Angeles)
  loaded   calls-2023-12.csv      calls           16 rows
  refused  calls-2024-01.csv      calls           Too many records are rejected, so nothing of the file is kept
  loaded   incidents-2023-12.csv  incidents       16 rows
  loaded   incidents-2024-01.csv  incidents       16 rows
  drafted  quarterly              2023-Q4         out/quarterly/2023-Q4/internal/draft
  waiting  monthly                2024-01         needs extracts through 31 January 2024; calls ends on 31 December 2023
  waiting  meeting                28d-2024-02-03  needs extracts through 3 February 2024; calls ends on 31 December 2023; incidents ends on 31 January 2024
`);
  expect(first.err).toContain("calls-2024-01.csv:6:1  error  unreadable-value");

  deliver(directory, "calls-2024-01.csv", extract("2024-01"));
  const second = await milepost("2024-02-06T20:00:00Z", "run", "--format", "json");
  expect(second.code).toBe(0);
  const record = runRecordSchema.parse(JSON.parse(second.out));
  expect(record.reports.map(({outcome}) => outcome)).toEqual(["issued", "waiting"]);

  const runs = await milepost("2024-02-06T21:00:00Z", "runs");
  expect(
    runs.out
  ).toBe(`run  started (America/Los_Angeles)  took  by   outcome  loaded  refused  made  waiting  failed  note
  1  2024-02-05 12:00                0 s  run  failed        3        1     1        2       0  calls-2024-01.csv: Too many records are rejected, so nothing of the file is kept
  2  2024-02-06 12:00                0 s  run  done          1        0     1        1       0  1 waits: meeting 28d-2024-02-03
`);
  const last = await milepost("2024-02-06T21:00:00Z", "runs", "--last", "1", "--format", "json");
  expect(JSON.parse(last.out)).toEqual([record]);
  expect((await milepost("2024-02-06T21:00:00Z", "loads")).out).toContain("refused calls");
});

test("run names what it ignores, and says what can be had where extracts may never come", async () => {
  const names = ["incidents", "calls"].map((source) => `sources/${source}.yaml`);
  for (const name of names) {
    const yaml = readFileSync(join(directory, name), "utf8");
    writeFileSync(
      join(directory, name),
      yaml.replace("date: day", "date: day\nfreshness: {warn_after: 35 days, error_after: 65 days}")
    );
  }
  deliver(directory, "crimes\x1b-2024.csv", "");
  for (const source of ["incidents", "calls"]) deliver(directory, `${source}-2023-12.csv`, extract("2023-12"));
  const {code, out} = await milepost("2024-05-06T20:00:00Z", "run");
  expect(code).toBe(0);
  expect(out).toBe(`Run 1, done, 2024-05-06 13:00 (America/Los_Angeles)
  loaded   calls-2023-12.csv      calls           16 rows
  loaded   incidents-2023-12.csv  incidents       16 rows
  ignored  1 file that fits no source: crimes␛-2024.csv
  waiting  quarterly              2024-Q1         needs extracts through 31 March 2024; calls and incidents end on 31 December 2023
  waiting  monthly                2024-04         needs extracts through 30 April 2024; calls and incidents end on 31 December 2023
  waiting  meeting                28d-2024-05-04  needs extracts through 4 May 2024; calls and incidents end on 31 December 2023
  milepost report quarterly makes a draft of what is covered
  milepost report monthly makes a draft of what is covered
  milepost report meeting makes a draft of what is covered
`);
  const runs = await milepost("2024-05-06T21:00:00Z", "runs");
  expect(runs.out).toContain(
    "3 wait: quarterly 2024-Q1, monthly 2024-04, meeting 28d-2024-05-04; ignored 1 file that fits no source: crimes␛-2024.csv\n"
  );
});

test("loads tells of a refusal by its line, and of its end", async () => {
  const whole = extract("2024-01").split("\n");
  whole[5] = `"${whole[5]}`;
  deliver(directory, "calls-2024-01.csv", whole.join("\n"));
  await milepost("2024-02-05T20:00:00Z", "run");
  rmSync(join(directory, "inbox/calls-2024-01.csv"));
  await milepost("2024-02-06T20:00:00Z", "run");
  const {out} = await milepost("2024-02-06T21:00:00Z", "loads");
  expect(out).toMatch(/refused calls +calls-2024-01.csv +0 +line 6: The quote opened here is not closed\n/);
  expect(out).toMatch(/withdrawn calls +calls-2024-01.csv +no longer in the inbox: closes entry 1\n/);
});

test("a second start says who is at work, and ends well", async () => {
  const started = "2024-02-05T20:00:00.000Z";
  const holder = {id: "0".repeat(16), how: "schedule", started, ...(await thisProcess())};
  deliver(directory, "incidents-2024-01.csv", extract("2024-01"));
  deliver(directory, "../warehouse/run.lock", JSON.stringify(holder));
  const {code, out, err} = await milepost("2024-02-05T20:10:00Z", "run");
  expect({code, out}).toEqual({code: 0, out: ""});
  expect(err).toBe(
    `A run is at work since 2024-02-05 12:00 (America/Los_Angeles), of the schedule, process ${process.pid} on ${holder.host}: nothing was done\n`
  );
  expect((await milepost("2024-02-05T20:10:00Z", "loads")).out).toBe("Nothing is loaded yet.\n");
});

test("definitions with a fault stop a run before it touches anything", async () => {
  writeFileSync(join(directory, "reports/monthly.yaml"), "report: monthly\n");
  const {code, err} = await milepost("2024-02-05T20:10:00Z", "run");
  expect(code).toBe(1);
  expect(err).toContain("reports/monthly.yaml:1:1  error  missing-key");
  rmSync(join(directory, "inbox"), {recursive: true});
});

test.each(["0", "-1", "1.5", "many"])("runs --last=%s is a fault of the command line", async (count) => {
  const {code, err} = await milepost("2024-02-05T20:10:00Z", "runs", `--last=${count}`);
  expect(code).toBe(2);
  expect(err).toContain("a whole number from 1");
});
