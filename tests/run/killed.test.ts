import {type ChildProcess, spawn} from "node:child_process";
import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {setTimeout as wait} from "node:timers/promises";
import {fileURLToPath} from "node:url";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {actualsOf} from "../support/known-actuals.ts";
import {loadFiles, projectFolder, readFolder, writeFiles} from "../support/project-folder.ts";

/** Real processes need the built program; `npm test` builds it first. */
const program = fileURLToPath(new URL("../../dist/program/main.js", import.meta.url));

const source = `source: calls
title: Calls
files: ["calls*.csv"]
delivery: snapshot
partition: [area]
covers: {from: rows}
date: day
columns:
  id: {from: Id, type: integer, required: true}
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
measures:
  calls: {title: Calls, count: rows, nature: outcome, better: lower, unit: calls}
`;
const records = 40_000;

function csv(area: string): string {
  const lines = Array.from({length: records}, (_, index) => `${index},2024-0${1 + (index % 3)}-1${index % 10},${area}`);
  return ["Id,Day,Area", ...lines, ""].join("\n");
}

let directory: string;
beforeEach(() => {
  directory = projectFolder({"sources/calls.yaml": source});
  writeFiles(directory, {"calls-1.csv": csv("1"), "calls-2.csv": csv("2"), "calls-10.csv": csv("10")});
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

function start(...files: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, "load", ...files], {cwd: directory, stdio: "ignore"});
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("exit", (code) => resolve(code)));
}

async function count(): Promise<number | null> {
  const actuals = await actualsOf(await readFolder(directory));
  return actuals.over("calls", {type: "city", code: "C"}, "2024-01-10", "2024-03-19").value;
}

describe.skipIf(!existsSync(program))("real processes (skipped where the program is not built: npm run build)", () => {
  test("killed at any moment leave whole loads, and the next load goes on from there", async () => {
    const files = ["calls-1.csv", "calls-2.csv", "calls-10.csv"];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const child = start(...files);
      await wait(150 + attempt * 120);
      child.kill("SIGKILL");
      await ended(child);
      for (const entry of await readLedger(join(directory, "warehouse"))) {
        if (entry.kind !== "load") continue;
        const rows = readFileSync(join(directory, "warehouse", entry.load.rows_file));
        expect(createHash("sha256").update(rows).digest("hex")).toBe(entry.load.rows_sha256);
      }
    }
    const receipts = await loadFiles(directory, files);
    expect(receipts.every(({outcome}) => outcome !== "refused")).toBe(true);
    expect(await readLedger(join(directory, "warehouse"))).toHaveLength(3);
    expect(await count()).toBe(3 * records);
  });

  test("at once all land, each with a number of its own", async () => {
    const codes = await Promise.all([start("calls-1.csv"), start("calls-2.csv"), start("calls-10.csv")].map(ended));
    expect(codes).toEqual([0, 0, 0]);
    expect((await readLedger(join(directory, "warehouse"))).map(({sequence}) => sequence)).toEqual([1, 2, 3]);
    expect(readdirSync(join(directory, "warehouse")).filter((name) => name.startsWith("."))).toEqual([]);
    expect(await count()).toBe(3 * records);
  });
});
