import type {DayRange, DaySet} from "../calendar/day-set.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {ProjectSource} from "../config/project.ts";
import type {Roster} from "../config/roster.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";

/** What one extract is read by; nothing else of the world is looked at. */
export interface ExtractRequest {
  readonly source: ProjectSource;
  readonly roster: Roster;
  readonly codeLists: ReadonlyMap<string, readonly string[]>;
  /** Absolute path of the file as delivered. */
  readonly path: string;
  /** How messages and receipts name it. */
  readonly name: string;
  /** An existing folder for the typed rows and the rejects; the caller moves or deletes them. */
  readonly scratch: string;
  /** The day of the load in the project's time zone: no row can have happened after it. */
  readonly today: IsoDate;
  /** `--covers`: said by hand, wins over the source's rule. */
  readonly covers: DayRange | null;
  /** Called again and again while a file is read. */
  readonly progress?: ((step: ReadingStep) => void) | undefined;
}

/** How far the reading of a file is. */
export interface ReadingStep {
  /** What is being done: "checking". */
  readonly what: string;
  /** Rows so far; null where they are not counted. */
  readonly done: number | null;
  /** Rows in all; null where they are not counted yet. */
  readonly of: number | null;
  /** Of the step, 0 to 1; null where it is not known. */
  readonly share: number | null;
}

/** The days a load speaks for, by partition; `partition` is the roster's code, null where the source has none. */
export interface PartitionCoverage {
  readonly partition: string | null;
  readonly days: DaySet;
}

/** Why a record was not kept; the words of `rejects_by_reason`. */
export type RejectReason =
  | "wrong_field_count"
  | "text_after_quote"
  | "missing_value"
  | "unreadable_value"
  | "unknown_segment"
  | "date_in_future"
  | "outside_coverage"
  | "check_failed"
  | "repeated_key";

/** What came of one check of the source. */
export interface CheckResult {
  /** The check in words: "occurred_on must not be after reported_on". */
  readonly check: string;
  readonly severity: "warn" | "reject" | "refuse";
  /** How many of what was asked failed; 0: the check holds. */
  readonly failed: number;
  /**
   * What was asked: records that can be read and have the values that it compares, months or days that both loads
   * cover, or 1 where it is asked of the file. 0 where the file holds nothing to ask.
   */
  readonly of: number;
}

export interface MappedColumn {
  readonly column: string;
  /** As it stands in the file. */
  readonly header: string;
  /** From 1. */
  readonly position: number;
}

/** What was found in the file, refused or not. `records = kept + rejected`; `kept = 0` when refused. */
export interface ExtractSummary {
  /** SHA-256 of the file as delivered, lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly records: number;
  readonly kept: number;
  readonly rejected: number;
  readonly rejects_by_reason: Readonly<Partial<Record<RejectReason, number>>>;
  readonly columns: {
    readonly mapped: readonly MappedColumn[];
    /** Declared, not required and not in the file. */
    readonly missing: readonly string[];
    /** In the file, neither declared nor ignored. */
    readonly unknown: readonly string[];
  };
  /** In the source's order, without those that look at other loads; none where the file was refused before. */
  readonly checks: readonly CheckResult[];
  readonly diagnostics: readonly Diagnostic[];
  /** All rejects with place, reason and value (or "(withheld)"), CSV in `scratch`; null when there are none. */
  readonly rejectsFile: string | null;
}

/**
 * The typed rows of one extract: a Parquet file in `scratch` with `record` (bigint, number of the record in the file,
 * from 1) and every declared column that is not personal and was found, in the source's order. Segment columns hold
 * the roster's code as text; text varchar; integer bigint; decimal decimal(18,4); date date; boolean boolean;
 * list varchar[]. Rows are in order of `record`.
 */
export interface ReadExtract extends ExtractSummary {
  readonly outcome: "read";
  readonly rowsFile: string;
  readonly covered: readonly PartitionCoverage[];
  /** From the file name where declared: a day or a month's first day; else null. */
  readonly extracted: IsoDate | null;
}

export interface RefusedExtract extends ExtractSummary {
  readonly outcome: "refused";
  readonly kept: 0;
}

export type ExtractOutcome = ReadExtract | RefusedExtract;
