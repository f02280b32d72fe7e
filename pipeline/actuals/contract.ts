import type {IsoDate} from "../calendar/iso-date.ts";
import type {SegmentKey} from "../config/project.ts";

/** Why a value is null. */
export type NullReason =
  | "not_covered"
  | "partition_missing"
  | "baseline_not_covered"
  | "column_not_loaded"
  | "no_cases"
  | "zero_base";

/** A measure over a window of days: a value, or the reason why there is none. */
export interface WindowValue {
  /** In the measure's unit; null is not known, 0 is none. */
  readonly value: number | null;
  /** Rows that the value was made from; null with the value. */
  readonly rows_counted: number | null;
  /**
   * Of a share, a ratio and a mean what is divided, and by what: the value is their quotient, exactly. Null with the
   * value; null or left out of all other measures, whose value is exact as it stands.
   */
  readonly numerator?: number | null;
  readonly denominator?: number | null;
  /** Cases of the window of which it is not known yet whether they end within their time; 0 of all other measures. */
  readonly undecided?: number;
  /** Of a deliverable the day on which its last row was completed; null while one is open, and of all other measures. */
  readonly done_on?: IsoDate | null;
  readonly reason: {
    readonly code: NullReason;
    /**
     * The sentence's numbers: "184 of 365 days", "20 of 21 Areas, Harbor missing", "column csp_area"; or a sentence,
     * "Dogwood is in the roster on 45 of 91 days".
     */
    readonly detail: string;
  } | null;
}

/** One day of one measure and segment; for charts. */
export interface DayValue {
  readonly day: IsoDate;
  readonly value: number;
}

/** How else than by its days a window is cut. */
export interface WindowOptions {
  /** Last day of which is known what has ended: later ends count as open. Default the window's last day. */
  readonly known_to?: IsoDate | undefined;
  /** Only rows of this shift, by its name in the calendar. */
  readonly shift?: string | undefined;
}

/**
 * Everything that is known, rolled up to day x segment x measure: what `attainment` and all after it read.
 * Nothing behind it is asked again, so no later stage knows which engine counted.
 */
export interface Actuals {
  /**
   * The measure over `from..to`:
   *
   * - a flow (`ProjectMeasure.shape`) counted or added, an average of the window's cases: null with its reason unless
   *   every day is covered and the segment is in the roster on it. Nothing counted is 0, an average of no case null
   *   with reason `no_cases`. An empty window is 0, or `no_cases`.
   * - a stock: its value at the end of `to`; only what it is made from must be covered, which is `to` itself, and of a
   *   rolling or cumulative measure the days that it adds up.
   * - a deliverable: 1 when all its rows are completed by `to`, else 0; `to` must be covered.
   */
  over(measure: string, segment: SegmentKey, from: IsoDate, to: IsoDate, options?: WindowOptions): WindowValue;
  /**
   * One entry for each day of `from..to`, 0 where nothing happened; coverage is not looked at. Of flows that add up by
   * day: counts of rows and sums.
   */
  daily(measure: string, segment: SegmentKey, from: IsoDate, to: IsoDate): readonly DayValue[];
  /** Days of `from..to` on which the source holds an observation of a `latest` measure, in order. */
  observations(measure: string, segment: SegmentKey, from: IsoDate, to: IsoDate): readonly IsoDate[];
  /** Last day covered by every partition of the measure's source; null when nothing is known. */
  lastCovered(measure: string): IsoDate | null;
  /** Last day covered by any partition of the measure's source. */
  horizon(measure: string): IsoDate | null;
  /**
   * Last day that every partition of the segment covers: an Area's own, in a bureau or city that of the slowest among
   * those valid on the day; null when nothing is known of it.
   */
  knownTo(measure: string, segment: SegmentKey): IsoDate | null;
  /** Whether a longer window may hold less: a day of a segment has a sum below 0. A count can't fall. */
  canFall(measure: string): boolean;
  /** Names of the series (counting methods) that `from..to` touches, in order; ["all"] where the source declares none. */
  series(measure: string, from: IsoDate, to: IsoDate): readonly string[];
}
