import {z} from "zod";

/** What the ledger keeps: one JSON file an entry. Users' scripts may read it, so every field is documented. */

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.string();
const dayRange = z.tuple([day, day]).readonly();

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

const monthSchema = z.strictObject({
  month: z.string(),
  added: z.int(),
  changed: z.int(),
  gone: z.int(),
  /**
   * Of those that changed, the rows in which a column that a measure adds is lower than it was. Left out where the
   * source has no key, or no measure adds anything.
   */
  down: z.int().optional()
});

/** `--approve "name: reason"`. */
const approvalSchema = z.strictObject({by: z.string(), reason: z.string()});

const driftSchema = z.strictObject({
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

export const loadSchema = z.strictObject({
  /** First 12 hex digits of the SHA-256 over source, extract, definition and `covers_said`: the load's identity. */
  id: z.string(),
  source: z.string(),
  /** The extract's name, without its folder. */
  file: z.string(),
  sha256,
  /** Size of the extract: an extract of another size is another extract, and need not be hashed to know it. */
  bytes: z.int(),
  /** SHA-256 of what decides how the source is read: its definition but titles and measures, and the roster it names. */
  definition: sha256,
  /** Relative to the warehouse. */
  rows_file: z.string(),
  rows_sha256: sha256,
  extracted: day.nullable(),
  covered: z.array(z.strictObject({partition: z.string().nullable(), days: z.array(dayRange)})),
  /** First and last day that `--covers` said by hand; null: the source's rule decided. */
  covers_said: dayRange.nullable().default(null),
  /** Columns that the rows file holds. */
  columns: z.array(z.string()),
  kept: z.int(),
  synthetic: z.boolean(),
  /** The load of the same extract, under an earlier definition or other days said by hand, that this one replaces. */
  replaces: z.string().nullable()
});

const entryBase = {
  /** From 1, without gaps; the file's name. */
  sequence: z.int().positive(),
  /** When it was committed, UTC. */
  at: z.iso.datetime(),
  /** Version of milepost that wrote it. */
  milepost: z.string(),
  /** SHA-256 of the project's definitions as stored under warehouse/definitions. */
  definitions: sha256
};

export const entrySchema = z.discriminatedUnion("kind", [
  z.strictObject({...entryBase, kind: z.literal("load"), load: loadSchema, receipt: receiptSchema}),
  z.strictObject({
    ...entryBase,
    /** The scheduled job refused an extract: nobody stood by, so reports tell of it until the file is loaded or taken away. */
    kind: z.literal("refusal"),
    refusal: z.strictObject({
      source: z.string(),
      /** The extract's name, without its folder. */
      file: z.string(),
      sha256,
      bytes: z.int(),
      /** By which it was read; see a load's. */
      definition: sha256,
      records: z.int(),
      rejected: z.int(),
      /** The sentence of its first error, without values of records. */
      reason: z.string(),
      code: z.string(),
      /** Where that error is, from 1; left out where it is of the whole file, and in entries of before it was kept. */
      line: z.int().positive().optional(),
      column: z.int().positive().optional()
    })
  }),
  z.strictObject({
    ...entryBase,
    /** A refused file is no longer in the inbox: taken away, or mended under another name. Nobody waits for it any more. */
    kind: z.literal("refusal_withdrawn"),
    refusal_withdrawn: z.strictObject({
      source: z.string(),
      /** Without its folder. */
      file: z.string(),
      /** Number of the entry that told of its refusal. */
      refusal: z.int().positive()
    })
  }),
  z.strictObject({
    ...entryBase,
    /** A file of a name that was refused holds an extract that is loaded already: nobody need mend anything any more. */
    kind: z.literal("acceptance"),
    acceptance: z.strictObject({
      source: z.string(),
      /** Without its folder. */
      file: z.string(),
      sha256,
      /** Id of the load. */
      load: z.string()
    })
  }),
  z.strictObject({
    ...entryBase,
    /** From here on a load is as if it had never been; what was known until then had it. */
    kind: z.literal("retraction"),
    retraction: z.strictObject({
      /** Id of the load; the last one committed under it, where its extract was loaded anew after a retraction. */
      load: z.string(),
      source: z.string(),
      /** Its extract, without its folder. */
      file: z.string(),
      reason: z.string(),
      /** Who says so; null: nobody was named. */
      by: z.string().nullable(),
      /** What of the source is counted no more, or again, by month. */
      months: z.array(monthSchema),
      /** As of a load. */
      effects: z.array(effectSchema).nullable()
    })
  }),
  z.strictObject({
    ...entryBase,
    /** Files that the project's `retention` does not keep were deleted. Says nothing of what is known. */
    kind: z.literal("pruning"),
    pruning: z.strictObject({
      /**
       * The horizon: an `as_of` before it may need rows that are gone. Null where no rows of loads were deleted.
       */
      before: z.iso.datetime().nullable(),
      /** Ids of loads whose rows were deleted: they decided nothing at the horizon, nor at any time since. */
      loads: z.array(z.string()),
      /** Names of files of rejects that were deleted, without `.csv`: the ids of loads, or what would have been one. */
      rejects: z.array(z.string())
    })
  }),
  z.strictObject({
    ...entryBase,
    kind: z.literal("issue"),
    issue: z.strictObject({
      report: z.string(),
      period: z.string(),
      edition: z.enum(["internal", "public"]),
      number: z.int().positive(),
      by: z.string(),
      through: day,
      as_of: z.iso.datetime().nullable(),
      /** Relative to the project's out folder. */
      folder: z.string(),
      manifest_sha256: sha256,
      /** SHA-256 over what the issue was made from: the same again is `unchanged`. */
      knowledge: sha256
    })
  })
]);

export type Receipt = z.output<typeof receiptSchema>;
export type Load = z.output<typeof loadSchema>;
export type Effect = z.output<typeof effectSchema>;
export type Refusal = Extract<z.output<typeof entrySchema>, {kind: "refusal"}>["refusal"];
export type Approval = z.output<typeof approvalSchema>;
export type Drift = z.output<typeof driftSchema>;
export type LedgerEntry = z.output<typeof entrySchema>;
export type EntryOf<Kind extends LedgerEntry["kind"]> = Extract<LedgerEntry, {kind: Kind}>;

export type KnownLoad = Load & {
  readonly sequence: number;
  readonly at: string;
  /** Where the extract was first loaded: its place among the loads, however often it is read again; left out, its own. */
  readonly order?: {readonly sequence: number; readonly at: string};
  readonly receipt: Receipt;
};

/** A load that was retracted, and whose extract was not loaded anew since. */
export type RetractedLoad = KnownLoad & {
  readonly retraction: Pick<EntryOf<"retraction">["retraction"], "reason" | "by"> & {
    readonly sequence: number;
    readonly at: string;
  };
};

/** What was known at a moment: the loads that count, in the order in which they were committed. */
export interface Knowledge {
  readonly loads: readonly KnownLoad[];
  /**
   * Extracts that the scheduled job refused, that no loaded one has replaced since under the same name, and that were
   * still in the inbox when it last looked; oldest first.
   */
  readonly refusals: readonly (Refusal & {readonly sequence: number; readonly at: string})[];
  /** In the order of their retractions. */
  readonly retracted: readonly RetractedLoad[];
  /** Time of the last entry known; null when nothing was. What is deleted changes nothing known: prunings don't count. */
  readonly as_of: string | null;
  /** Definitions of that entry; null when nothing was known. */
  readonly definitions: string | null;
}

/** Why an extract was refused, with its line: "line 77: The quote opened here is not closed". */
export function refusalWords({reason, line}: Pick<Refusal, "reason" | "line">): string {
  return line === undefined ? reason : `line ${line}: ${reason}`;
}

/** Whether the file was read to its end, so that its counts are of all its records. */
export function isCounted({code}: Pick<Refusal, "code">): boolean {
  return code === "too-many-rejects";
}
