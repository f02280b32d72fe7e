import {z} from "zod";
import type {IsoDate} from "../calendar/iso-date.ts";

/** A run of days that a column of the table counts, both ends counted. */
export interface Window {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** The columns of the table officers know, all ending on the same day of the year or of the week. */
export interface Windows {
  /** 28 days that end on the last covered day of a week. */
  readonly current: Window;
  /** The 28 days before. */
  readonly previous: Window;
  /** 1 January to the same last day. */
  readonly year_to_date: Window;
  /** The same dates a year before; 29 February on its own side only, so it may hold a day more or less. */
  readonly last_year: Window;
  readonly two_years_before: Window;
}

/** How a count may be held against an earlier one (domain notes, section 1). */
export const changeKinds = [
  /** A fraction of the base: -0.1 is 10% fewer. */
  "percent",
  /** A base of 1 to 9: the counts only. */
  "counts_only",
  /** A base of 0: N.C. */
  "not_calculable",
  /** One of the two is not known. */
  "not_known",
  /** Counted by another method: never held against it. */
  "series_break"
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** A change smaller than this fraction of the base, up or down, is told as neither better nor worse: a reading aid, not a test. */
export const aboutTheSame = 0.01;

const value = z.number().nullable();
const change = z.number().nullable();
const kind = z.enum(changeKinds);

/**
 * One line of the table: measure x segment. The columns of data/comparisons.*, in this order. Values are in the
 * measure's unit, null is not known; changes are fractions of the earlier value, unrounded, null unless their kind is
 * `percent` or `counts_only`.
 */
export const comparisonRowSchema = z.strictObject({
  measure: z.string(),
  title: z.string(),
  unit: z.string(),
  better: z.enum(["lower", "higher", "none"]),
  /** Totals the lines above it. */
  total: z.boolean(),
  segment_type: z.string(),
  segment: z.string(),
  segment_name: z.string(),
  through: z.string(),
  current_28_days: value,
  previous_28_days: value,
  change_28_days: change,
  change_28_days_kind: kind,
  year_to_date: value,
  last_year: value,
  change_last_year: change,
  change_last_year_kind: kind,
  two_years_before: value,
  change_two_years_before: change,
  change_two_years_before_kind: kind,
  /** Of the first column that is null; null where all are known. */
  reason_code: z.string().nullable(),
  /**
   * Every reason for a null, as words to stand behind a colon: "in the current 28 days only 12 of 28 days are covered".
   */
  reason: z.string().nullable()
});

export type ComparisonRow = z.output<typeof comparisonRowSchema>;

/** The names of the columns, in order. */
export const comparisonColumns = Object.keys(comparisonRowSchema.shape) as (keyof ComparisonRow)[];

/** One month of a measure and segment, beside the same month of the year before. */
export interface TrendMonth {
  /** `2024-06` */
  readonly month: string;
  readonly from: IsoDate;
  /** The month's last day, or the last day counted. */
  readonly to: IsoDate;
  /** Whether the month is counted to its end. */
  readonly whole: boolean;
  /** Null where a day is not covered. */
  readonly value: number | null;
  /**
   * Over the same days a year before: a whole month against a whole month, so that February is 28 or 29 days on each
   * side. Null too where the two are counted by different methods: they are never drawn beside one another.
   */
  readonly last_year: number | null;
  /** What the target's pace asks of these days; null without a target, or where it is not known. */
  readonly expected: number | null;
  /** Counting method of `value`; months of two methods are never joined by a line. */
  readonly series: string;
}

/** A measure of a segment by month, newest last. */
export interface Trend {
  readonly measure: string;
  readonly title: string;
  readonly unit: string;
  readonly better: "lower" | "higher" | "none";
  readonly segment_type: string;
  readonly segment: string;
  readonly segment_name: string;
  /** Target whose pace `expected` is; null without. */
  readonly target: string | null;
  /** First day of which late reports may still come in; absent where the source declares no such delay. */
  readonly provisional_from?: IsoDate;
  readonly months: readonly TrendMonth[];
}

/** Everything that a report compares. */
export interface Comparisons {
  readonly windows: Windows;
  /** By segment in roster order, then by line. */
  readonly rows: readonly ComparisonRow[];
  /** By segment in roster order, then by measure. */
  readonly trends: readonly Trend[];
}
