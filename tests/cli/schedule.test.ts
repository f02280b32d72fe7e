import {type ChildProcess, spawn} from "node:child_process";
import {existsSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {main} from "../../pipeline/cli/program.ts";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {lastRuns} from "../../pipeline/schedule/run-records.ts";
import {deliver, extract, settings, yearProject} from "../schedule/year-project.ts";

/** Real processes need the built program; `npm test` builds it first. */
const program = fileURLToPath(new URL("../../dist/program/main.js", import.meta.url));

let directory: string;
let remove: () => void;
let child: ChildProcess | null = null;
let said = "";
beforeEach(() => {
  ({directory, remove} = yearProject());
});
afterEach(() => {
  child?.kill("SIGKILL");
  remove();
});

async function milepost(...words: string[]) {
  const answer = {out: "", err: ""};
  const code = await main(words, {
    out: (text) => {
      answer.out += text;
    },
    err: (text) => {
      answer.err += text;
    },
    now: () => new Date("2024-03-05T20:00:00Z"),
    cwd: directory,
    terminal: false,
    version: "0.0.0"
  });
  return {code, ...answer};
}

test("prints the unit that is asked for, with absolute paths, and runs nothing", async () => {
  for (const [print, word] of [
    ["systemd", "OnCalendar=Sun *-*-* 02:30:00 America/Los_Angeles"],
    ["cron", "30 2 * * 0 "],
    ["windows", "<Sunday />"]
  ] as const) {
    const {code, out} = await milepost("schedule", "--print", print);
    expect(code).toBe(0);
    for (const part of [word, process.execPath, "main.js", directory]) expect(out).toContain(part);
  }
  expect(existsSync(join(directory, "warehouse"))).toBe(false);
  expect((await milepost("schedule", "--print", "launchd")).code).toBe(2);
});

test("white space in a time breaks no line of what is printed", async () => {
  const yaml = settings.replace('"30 2 * * 0"', '" 30 2\\t* *\\n 0 "');
  writeFileSync(join(directory, "milepost.yaml"), yaml);
  expect((await milepost("check")).code).toBe(0);
  expect((await milepost("schedule", "--print", "cron")).out).toMatch(/^30 2 \* \* 0 /m);
  expect((await milepost("schedule", "--print", "systemd")).out).not.toMatch(/^ ?0 /m);
});

test("without a schedule there is nothing to keep running for", async () => {
  writeFileSync(join(directory, "milepost.yaml"), settings.replace(/schedule:[\s\S]*/, ""));
  const {code, err} = await milepost("schedule");
  expect(code).toBe(1);
  expect(err).toContain("milepost.yaml  error  empty-schedule");
});

describe.skipIf(!existsSync(program))(
  "a schedule that runs (skipped where the program is not built: npm run build)",
  () => {
    function start(): ChildProcess {
      said = "";
      const started = spawn(process.execPath, [program, "schedule"], {
        cwd: directory,
        stdio: ["ignore", "pipe", "pipe"]
      });
      for (const stream of [started.stdout, started.stderr]) {
        stream.on("data", (text) => {
          said += text;
        });
      }
      child = started;
      return started;
    }

    async function until(words: string): Promise<void> {
      for (let waited = 0; !said.includes(words); waited += 20) {
        if (waited > 50_000) throw new Error(`never said ${words}, but:\n${said}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }

    function ended(process: ChildProcess): Promise<number | NodeJS.Signals | null> {
      return new Promise((resolve) => process.once("close", (code, signal) => resolve(signal ?? code)));
    }

    test("catches up, says what comes next, and ends well when it is told to", async () => {
      deliver(directory, "incidents-2024-01.csv", extract("2024-01"));
      const running = start();
      await until("Next: ");
      expect(said).toContain("loaded   incidents-2024-01.csv");
      expect(said).toMatch(/Next: \d{4}-\d\d-\d\d \d\d:\d\d \(America\/Los_Angeles\): /);
      running.kill("SIGTERM");
      expect(await ended(running)).toBe(0);
      expect(said).toContain("Stopped\n");
      expect(readdirSync(join(directory, "warehouse"))).not.toContain("run.lock");
      const [record] = await lastRuns(join(directory, "warehouse"), 5);
      expect(record).toMatchObject({sequence: 1, how: "schedule"});
    });

    test("told to stop while it is at work, it finishes the step at hand and keeps what it has done", async () => {
      for (const month of ["2024-01", "2024-02"]) {
        for (const source of ["incidents", "calls"]) deliver(directory, `${source}-${month}.csv`, extract(month));
      }
      const running = start();
      await until("reading (1 of 4)");
      running.kill("SIGINT");
      expect(await ended(running)).toBe(0);
      const [record] = await lastRuns(join(directory, "warehouse"), 5);
      expect(record).toMatchObject({outcome: "stopped", reports: []});
      expect(record?.extracts).toHaveLength(4);
      expect(await readLedger(join(directory, "warehouse"))).toHaveLength(4);
      expect(existsSync(join(directory, "warehouse/run.lock"))).toBe(false);
    });

    test("told twice, it ends at once; the next run goes on, and tells of the one that was stopped", async () => {
      for (const month of ["2024-01", "2024-02"]) {
        for (const source of ["incidents", "calls"]) deliver(directory, `${source}-${month}.csv`, extract(month));
      }
      const running = start();
      await until("reading (1 of 4)");
      running.kill("SIGTERM");
      // Two signals that come together are one.
      await new Promise((resolve) => setTimeout(resolve, 20));
      running.kill("SIGTERM");
      expect([143, 0]).toContain(await ended(running));
      expect((await milepost("run")).code).toBe(0);
      expect((await readLedger(join(directory, "warehouse"))).filter(({kind}) => kind === "load")).toHaveLength(4);
      const records = await lastRuns(join(directory, "warehouse"), 5);
      expect(records.map(({outcome}) => outcome)).toEqual(["stopped", "done"]);
      expect(readFileSync(join(directory, "warehouse/runs/000002.json"), "utf8")).toContain('"how": "run"');
    });
  }
);
