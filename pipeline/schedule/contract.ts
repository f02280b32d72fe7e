import {z} from "zod";

/** What a scheduled run leaves behind: `warehouse/runs/<sequence>.json`. Users' scripts may read it, so every field is documented. */

const instant = z.iso.datetime();

/** A report and period that an occurrence of the schedule asks for. */
const dueSchema = z.strictObject({
  period: z.string(),
  /** The occurrence that asked for it, UTC; of several the first. */
  due_at: instant
});

/** How far the schedule of one report is worked off. */
const reckoningSchema = z.strictObject({
  report: z.string(),
  /** automatic: to be published; null: a draft. */
  issue: z.literal("automatic").nullable(),
  /** Occurrences up to here, UTC, are done or stand in `open`. */
  through: instant,
  /** The newest period asked for so far, made or open; null when none was. */
  latest: z.string().nullable(),
  /** Due and not made yet: they wait for extracts, or failed; oldest first. */
  open: z.array(dueSchema)
});

export const runRecordSchema = z.strictObject({
  /** From 1, without gaps; the file's name. */
  sequence: z.int().positive(),
  /** The run's own, 16 hex digits: stood in the lock while it was at work. */
  id: z.string(),
  /** run: started once, by hand or by the system's scheduler; schedule: by `milepost schedule`. */
  how: z.enum(["run", "schedule"]),
  /** Version of milepost; null where the run was killed. */
  milepost: z.string().nullable(),
  /** UTC. */
  started: instant,
  /** UTC; null where the run was killed before it could say so. */
  ended: instant.nullable(),
  /** done: nothing was refused and nothing failed; stopped: by a signal, or killed: the next run went on. */
  outcome: z.enum(["done", "failed", "stopped"]),
  /** Extracts that were loaded or refused, in the order of the receipts. */
  extracts: z.array(
    z.strictObject({
      /** Without its folder. */
      file: z.string(),
      source: z.string(),
      outcome: z.enum(["loaded", "refused"]),
      kept: z.int(),
      rejected: z.int(),
      /** Of the first error of a refused file; null for a loaded one. */
      code: z.string().nullable(),
      /** The sentence of that error, with its line; null for a loaded one, and in records of before it was kept. */
      reason: z.string().nullable().default(null)
    })
  ),
  /** Files of the inbox whose names fit no source, without their folder, in order; they are left where they lie. */
  ignored: z.array(z.string()).default([]),
  /** How many extracts of the inbox were known already. */
  unchanged: z.int(),
  /** What was due, oldest first. */
  reports: z.array(
    z.strictObject({
      report: z.string(),
      period: z.string(),
      due_at: instant,
      /** waiting, failed: due again in the next run. unchanged: the draft stood there already. */
      outcome: z.enum(["issued", "drafted", "unchanged", "waiting", "failed"]),
      /** Of the issue; null where none was made. */
      number: z.int().nullable(),
      /** Relative to the project's out folder; null where nothing was made. */
      folder: z.string().nullable(),
      /** Why it waits or failed; null where it was made. */
      reason: z.string().nullable(),
      /**
       * Whether something that it waits for ends before the period does by more than its source's
       * `freshness.error_after`; false where it does not wait.
       */
      overdue: z.boolean().default(false)
    })
  ),
  /** What went wrong beside refused files and failed reports: a sentence each. */
  problems: z.array(z.string()),
  /** What the next run goes on from; null where the run was killed. */
  schedule: z.array(reckoningSchema).nullable()
});

export type RunRecord = z.output<typeof runRecordSchema>;
export type Due = z.output<typeof dueSchema>;
export type Reckoning = z.output<typeof reckoningSchema>;
export type MadeReport = RunRecord["reports"][number];

/** A record before it has its number. */
export type NewRecord = Omit<RunRecord, "sequence">;
