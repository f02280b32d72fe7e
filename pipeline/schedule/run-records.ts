import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {createExclusively} from "../warehouse/safe-files.ts";
import {type NewRecord, type Reckoning, type RunRecord, runRecordSchema} from "./contract.ts";
import type {LockHolder} from "./run-lock.ts";

/**
 * The last runs of a warehouse, oldest first; none when there is no warehouse yet.
 *
 * @throws RunFailure when one of them can't be read.
 */
export async function lastRuns(warehouse: string, most: number): Promise<RunRecord[]> {
  const names = (await recordNames(warehouse)).slice(-most);
  return Promise.all(names.map((name) => readRecord(warehouse, name)));
}

/** How far the last run that came to its end has worked off the schedule; [] when none has. */
export async function lastReckoning(warehouse: string): Promise<readonly Reckoning[]> {
  for (const name of (await recordNames(warehouse)).reverse()) {
    const {schedule} = await readRecord(warehouse, name);
    if (schedule !== null) return schedule;
  }
  return [];
}

/** Keeps the record of a run under the next number. */
export async function keepRecord(warehouse: string, record: NewRecord): Promise<RunRecord> {
  for (;;) {
    const last = (await recordNames(warehouse)).at(-1);
    const sequence = last === undefined ? 1 : Number.parseInt(last, 10) + 1;
    const whole = runRecordSchema.parse({sequence, ...record});
    const path = join(warehouse, "runs", `${String(sequence).padStart(6, "0")}.json`);
    if (await createExclusively(path, `${JSON.stringify(whole, null, 2)}\n`)) return whole;
  }
}

/** Keeps a record of a run that was killed, unless it has left its own. */
export async function keepKilled(warehouse: string, {id, how, started}: LockHolder): Promise<void> {
  const last = await lastRuns(warehouse, 1);
  if (last.some((record) => record.id === id)) return;
  await keepRecord(warehouse, {
    id,
    how,
    milepost: null,
    started,
    ended: null,
    outcome: "stopped",
    extracts: [],
    ignored: [],
    unchanged: 0,
    reports: [],
    problems: ["The run was killed: the process, or the machine. The next run went on from what it had done."],
    schedule: null
  });
}

async function readRecord(warehouse: string, name: string): Promise<RunRecord> {
  const path = join(warehouse, "runs", name);
  const record = runRecordSchema.safeParse(parsed(await readFile(path, "utf8")));
  if (!record.success) throw new RunFailure([complain("run-record", {file: path}, {})]);
  return record.data;
}

async function recordNames(warehouse: string): Promise<string[]> {
  const names = await readdir(join(warehouse, "runs")).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return [];
  });
  return names
    .filter((name) => /^\d{6,}\.json$/.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
