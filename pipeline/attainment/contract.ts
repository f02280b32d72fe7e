import {z} from "zod";

/** Words for where a row stands; the order in which reports list them. */
export const statuses = [
  "missed",
  "off_track",
  "at_risk",
  "on_track",
  "met",
  "too_early",
  "not_due",
  "not_comparable",
  "no_data",
  "to_be_set",
  "tracked"
] as const;
export type Status = (typeof statuses)[number];

export const flags = [
  "provisional",
  "stale",
  "overdue",
  "done_late",
  "within_noise",
  "signal_better",
  "signal_worse",
  "small_numbers",
  "goal_moved",
  "pace_fallback",
  "withheld"
] as const;
export type Flag = (typeof flags)[number];

const day = z.string();
const number = z.number().nullable();

/**
 * One row: target x segment x period, with everything said about it. The columns of data/attainment.*, in this
 * order. Values are in the measure's unit, shares are fractions 0 to 1, nothing is rounded.
 */
export const attainmentRowSchema = z.strictObject({
  target: z.string(),
  milestone: z.string().nullable(),
  plan: z.string().nullable(),
  goal: z.string().nullable(),
  initiative: z.string().nullable(),
  activity: z.int().nullable(),
  owner: z.string().nullable(),
  title: z.string(),
  measure: z.string(),
  unit: z.string(),
  better: z.enum(["lower", "higher", "none"]),
  goal_kind: z.enum(["change", "at_least", "at_most", "below", "track"]),
  segment_type: z.string(),
  segment: z.string(),
  segment_name: z.string(),
  part: z.enum(["whole", "sub_period", "unit"]),
  /** True at `at`, false at `by_segment`: summaries count binding whole rows only. */
  binding: z.boolean(),
  period: z.string(),
  period_from: day,
  period_to: day,
  due_on: day.nullable(),
  done_on: day.nullable(),
  through: day,
  /** Time of the last ledger entry known; null when nothing was. */
  as_of: z.string().nullable(),
  /** Series of baseline and actual; joined by "+" where there are several. */
  series: z.string(),
  baseline_value: number,
  baseline_to_date: number,
  target_value: number,
  original_target_value: number,
  actual_value: number,
  numerator: number,
  denominator: number,
  expected_to_date: number,
  change_to_date: number,
  progress_share: number,
  gap: number,
  attainment_ratio: number,
  probability: number,
  projected_value: number,
  projected_low: number,
  projected_high: number,
  status: z.enum(statuses),
  original_status: z.enum(statuses),
  reason_code: z.string().nullable(),
  status_reason: z.string(),
  flags: z.array(z.enum(flags)),
  rows_counted: z.int().nullable()
});

export type AttainmentRow = z.output<typeof attainmentRowSchema>;

/** The names of the columns, in order. */
export const attainmentColumns = Object.keys(attainmentRowSchema.shape) as (keyof AttainmentRow)[];

/** What `attainment` hands to `status`: a row without its verdict, and what the verdict needs beside it. */
export interface Measured {
  readonly row: Omit<AttainmentRow, "status" | "original_status" | "status_reason" | "flags">;
  /** Days of the period, and those counted up to `through`. */
  readonly days: number;
  readonly days_counted: number;
  /** "184 of 365 days", for a null; null where there is none. */
  readonly null_detail: string | null;
  /** Goal as written: `-10%`, `100`; null for track. */
  readonly goal_value: string | null;
  readonly nature: "outcome" | "output";
  /** Last day covered by any partition of the source: how old what is known is. */
  readonly horizon: string | null;
  /** From the source, in days and as a fraction; null when it declares none. */
  readonly mature: {readonly after: number; readonly late: number} | null;
  readonly freshness_error_after: number | null;
  /** Whether the goal holds now for the value so far, on exact decimals; null without an actual or a needed baseline. */
  readonly holds: boolean | null;
  /** The same with the actual raised by a share of late reports (0.05 = 5%), exactly. */
  holdsIfRaisedBy(share: number): boolean | null;
  /** Which pace was used; null for track and where there is none. */
  readonly pace: "baseline" | "linear" | null;
}
