import type {DaySet} from "../calendar/day-set.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {SegmentKey} from "../config/project.ts";

/** The days of a partition that a load decides, after newer loads took theirs. */
export interface Ownership {
  readonly load: string;
  /** Roster code; null where the source has no partition. */
  readonly partition: string | null;
  readonly days: DaySet;
}

/** How far `from..to` of a segment is covered by what is known of a source. */
export interface CoverageAnswer {
  /** Days of `from..to`. */
  readonly days: number;
  /** Days of these on which the segment is in the roster; on the others it can't be covered. */
  readonly roster_days: number;
  /** Days on which the segment is in the roster and every partition of it is covered. */
  readonly covered_days: number;
  /** Partitions of the segment in the roster; 1 where the source has none. */
  readonly partitions: number;
  /** Names of partitions that are not covered on all the days, in roster order; [] where the source has none. */
  readonly missing_partitions: readonly string[];
  /** Columns asked for that a load deciding some of these days does not hold. */
  readonly missing_columns: readonly string[];
}

/** Coverage of one source as known; pure lookups, no I/O. */
export interface SourceCoverage {
  readonly source: string;
  /** Type of the segments that partition the source (`area`); null without partition. */
  readonly partition_type: string | null;
  readonly ownership: readonly Ownership[];
  /** The same with the days of which each load may hold rows: those of an upsert reach back before what it covers. */
  readonly spoken: readonly Ownership[];
  ask(segment: SegmentKey, from: IsoDate, to: IsoDate, columns: readonly string[]): CoverageAnswer;
  /** First and last day covered by every partition of the roster; null when there is none such. */
  readonly first: IsoDate | null;
  readonly last: IsoDate | null;
  /** Last day covered by any partition: how far the newest extract reaches; null when nothing is known. */
  readonly horizon: IsoDate | null;
  /**
   * Last day on which every partition of the segment that is valid on it is covered; after its validity the last day
   * that its partitions cover all the same, since late rows still come. Null when there is none such.
   */
  knownTo(segment: SegmentKey): IsoDate | null;
}
