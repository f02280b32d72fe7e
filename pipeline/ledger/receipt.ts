import {z} from "zod";

/** What an analyst is told about one file, as the ledger keeps it. Its types are in the contract. */

/** Lower-case hex. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** `2024-06-30` */
export const day = z.string();
/** Both ends counted. */
export const dayRange = z.tuple([day, day]).readonly();

const diagnosticSchema = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning", "note"]),
  place: z
    .object({
      file: z.string(),
      line: z.number().optional(),
      column: z.number().optional(),
      text: z.string().optional()
    })
    .nullable(),
  message: z.string(),
  found: z.string().optional(),
  expected: z.string().optional(),
  fix: z.string().optional()
});

/** Where a row of attainment stood before or after a load. */
const effectSideSchema = z.strictObject({
  status: z.string(),
  /** Last day that is counted: of the period, or before it where it has not begun. */
  through: day,
  /** In the measure's unit, to `through`; null is not known. */
  actual_value: z.number().nullable(),
  /**
   * The measure over the days that were counted before the load, on both sides to the earlier `through`: what a
   * restatement changed. Null is not known, or no day was counted.
   */
  restated_value: z.number().nullable(),
  /** The baseline over all its days; null is not known, or the target has none. */
  baseline_value: z.number().nullable(),
  /** The baseline over the days that answer those of `restated_value`; null also for a stated one. */
  baseline_to_date: z.number().nullable()
});

/** One row of attainment that a load changed. */
export const effectSchema = z.strictObject({
  target: z.string(),
  /** Of the roster. */
  segment_type: z.string(),
  segment: z.string(),
  period: z.string(),
  /** Whether the target binds the segment; else it is shown beside. */
  binding: z.boolean(),
  unit: z.string(),
  before: effectSideSchema,
  after: effectSideSchema
});

/** Rows that came, changed and went in a month of the source's date. */
export const monthSchema = z.strictObject({
  month: z.string(),
  added: z.int(),
  changed: z.int(),
  gone: z.int(),
  /**
   * Of those that changed, the rows in which a column that a measure adds is lower than it was. Left out where the
   * source has no key, or no measure adds anything.
   */
  down: z.int().optional(),
  /**
   * Of those that changed, the rows in which a day that was empty is known now: cases that have ended since. Left out where
   * the source has no key, or no day beside its date.
   */
  ended: z.int().optional()
});

/** `--approve "name: reason"`. */
export const approvalSchema = z.strictObject({by: z.string(), reason: z.string()});

/** How columns differ from those of the extract before. */
export const driftSchema = z.strictObject({
  /** Headers that the extract before did not have. Those that the source ignores are not told. */
  added: z.array(z.string()),
  /** Headers that the extract before had. */
  gone: z.array(z.string()),
  /** Headers that stand elsewhere among those that both have; positions from 1. */
  moved: z.array(z.strictObject({header: z.string(), from: z.int(), to: z.int()})),
  /** Declared columns that are read from another header now. */
  renamed: z.array(z.strictObject({column: z.string(), from: z.string(), to: z.string()}))
});

/** What an analyst is told about one file; printed by `load`, as JSON with `--format json`. */
export const receiptSchema = z.strictObject({
  /** The extract's name, without its folder: receipts are kept, and say nothing of the machine. */
  file: z.string(),
  source: z.string(),
  sha256,
  outcome: z.enum(["loaded", "unchanged", "refused"]),
  /** `load --dry-run`: what the outcome would be; nothing was kept. Absent of a load, so never in the ledger. */
  dry_run: z.literal(true).optional(),
  /** Id of the load; null when refused. */
  load: z.string().nullable(),
  records: z.int(),
  kept: z.int(),
  rejected: z.int(),
  rejects_by_reason: z.record(z.string(), z.int()),
  covered: z.array(z.strictObject({partition: z.string().nullable(), days: z.array(dayRange)})),
  /** Against what was known before, by month of the source's date. */
  months: z.array(monthSchema),
  /**
   * Of these the months that were closed: ended before the last day that was covered until then, and covered at least
   * in part by what this extract covers. Numbers of theirs may have been published. Told of a refused extract too,
   * where it was refused for them.
   */
  closed: z
    .array(
      z.strictObject({
        month: z.string(),
        /** Counted rows of the month before the load, of all partitions. */
        rows_before: z.int(),
        added: z.int(),
        changed: z.int(),
        gone: z.int(),
        /** As in `months`. */
        ended: z.int().optional(),
        /** Rows added, changed and gone over `rows_before`, a fraction; null where there were none. */
        share: z.number().nullable()
      })
    )
    .default([]),
  columns: z.strictObject({
    mapped: z.array(z.strictObject({column: z.string(), header: z.string(), position: z.int()})),
    missing: z.array(z.string()),
    unknown: z.array(z.string())
  }),
  /** Columns against the load of the source that was committed before this one; nothing where there is none. */
  drift: driftSchema.default({added: [], gone: [], moved: [], renamed: []}),
  /** Rows of older loads whose key this load says anew on another day or partition: they are no longer counted. */
  moved_keys: z.int().default(0),
  /** What came of the checks of the source, in its order; `failed` is 0 where one holds. */
  checks: z
    .array(
      z.strictObject({
        /** In words: "occurred_on must not be after reported_on". */
        check: z.string(),
        severity: z.enum(["warn", "reject", "refuse"]),
        failed: z.int(),
        /** Records, months or days that it was asked of, or 1: the file. 0 where there was nothing to ask. */
        of: z.int()
      })
    )
    .default([]),
  /** Who answers for a load that moves closed months by more than the project allows without asking; else null. */
  approved: approvalSchema.nullable().default(null),
  /**
   * What the loads of a command and source change together in the targets, on the receipt of the last of them to be
   * committed: rows whose status changed, and rows of which counted days changed value, in the actual or in the
   * baseline; binding rows first. Null on the others, and where it was not worked out.
   */
  effects: z.array(effectSchema).nullable(),
  diagnostics: z.array(diagnosticSchema)
});
