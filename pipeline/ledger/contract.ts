import {z} from "zod";
import {
  type approvalSchema,
  day,
  dayRange,
  type driftSchema,
  effectSchema,
  monthSchema,
  receiptSchema,
  sha256
} from "./receipt.ts";

/** What the ledger keeps: one JSON file an entry. Users' scripts may read it, so every field is documented. */

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
      /** For faults of their own; in entries of earlier versions all records. */
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
