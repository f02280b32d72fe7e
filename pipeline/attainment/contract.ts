import {z} from "zod";
import type {DayValue, WindowValue} from "../actuals/contract.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import {type Goal, goalKinds} from "../config/goal.ts";
import type {Shape} from "../config/measure.ts";
import type {Segment} from "../config/roster.ts";
import type {Cadence} from "../config/target.ts";
import type {Exact} from "../statistics/exact.ts";

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
 * One whole row: target x segment x period, with everything said about it. In the order of the columns of
 * data/attainment.*, which have parts too (`attainmentDataSchema`). Values are in the measure's unit, shares are fractions 0 to 1, nothing is rounded.
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
  goal_kind: z.enum(goalKinds),
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
  /** Why figures are null: a code of `actuals`, or `series_break` where a change would span two counting methods. */
  reason_code: z.string().nullable(),
  status_reason: z.string(),
  flags: z.array(z.enum(flags)),
  rows_counted: z.int().nullable()
});

export type AttainmentRow = z.output<typeof attainmentRowSchema>;

/** Whether a part met the goal; unknown where its actual or a needed baseline is not known. */
export const verdicts = ["yes", "no", "unknown"] as const;
export type PartVerdict = (typeof verdicts)[number];

/** A row as data files have it: whole rows have a status and no verdict, parts a verdict and no status. */
export const attainmentDataSchema = attainmentRowSchema.extend({
  status: z.enum(statuses).nullable(),
  original_status: z.enum(statuses).nullable(),
  verdict: z.enum(verdicts).nullable()
});

export type AttainmentDataRow = z.output<typeof attainmentDataSchema>;

/** The names of the columns of data/attainment.*, in order. */
export const attainmentDataColumns = Object.keys(attainmentDataSchema.shape) as (keyof AttainmentDataRow)[];

/**
 * A part of a row: one sub-period of an `every`, one unit of an `each`, or both. It has a verdict and never a status.
 * Values are in the measure's unit, unlike those of the whole row, which counts its parts.
 */
export interface Part {
  /** With `every` and `each` both: a sub-period, of a unit. */
  readonly part: "sub_period" | "unit";
  /** The unit; with `every` alone the row's own segment. */
  readonly segment: Segment;
  /** The sub-period; with `each` alone the row's own, to the last day counted. `name` as `calendar` writes it, of a shift "2024-01-08 night". */
  readonly period: {readonly name: string; readonly from: IsoDate; readonly to: IsoDate};
  /** The shift, where the sub-period is one of a day. */
  readonly shift: string | null;
  /** The day by which the unit must meet the goal: its own, or the row's; null where nothing but the period ends. */
  readonly due_on: IsoDate | null;
  /** Of a deliverable the day on which it was completed. */
  readonly done_on: IsoDate | null;
  readonly actual_value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly baseline_value: number | null;
  readonly target_value: number | null;
  readonly rows_counted: number | null;
  readonly verdict: PartVerdict;
  /** Whether no later day can turn the verdict; a part that is not over may still be met. */
  readonly final: boolean;
  /** Met by the day asked for, but not by the day on which it was due: the verdict stays no. */
  readonly late: boolean;
  /** Why the value is null. */
  readonly reason: WindowValue["reason"];
}

/** How a row with `every` or `each` is made of its parts, and what of it no later day can turn. */
export interface Division {
  readonly every: Cadence | null;
  /** Type of the units. */
  readonly each: string | null;
  /** How many parts may miss the goal. */
  readonly allow: number;
  /** Parts of the whole period, those to come with them; null where nobody can know (observations). */
  readonly planned: number | null;
  /** The verdict, once neither a later day nor a late report can turn it; may be known before the period is over. */
  readonly decided: "met" | "missed" | null;
  /** Whether nothing is to come: the due day has passed, or the period where there is none. */
  readonly over: boolean;
  /** Of units whose time runs on: how the one furthest behind stands against its own pace; null where none does. */
  readonly pace: "at" | "near" | "behind" | null;
  /** What a part is counted in: the measure's own unit. */
  readonly unit: string;
  /** The next day on which a unit is due that has not met the goal; null where none is to come. */
  readonly next_due: IsoDate | null;
}

/** What `attainment` hands to `status`: a row without its verdict, and what the verdict needs beside it. */
export interface Measured {
  readonly row: Omit<AttainmentRow, "status" | "original_status" | "status_reason" | "flags">;
  /** Days of `period_from..ends_on`, and those counted in the actual: `period_from..counted_to`, 0 before it begins. */
  readonly days: number;
  readonly days_counted: number;
  /** min(through, ends_on): the end of the actual's window. */
  readonly counted_to: IsoDate;
  /**
   * The day whose value decides: the period's last, or the due day. What is counted over days ends with its period at
   * the latest; a stock, a deliverable and units are looked at on their due day, which may lie after it. The period's
   * last while the event that sets the due day has not happened.
   */
  readonly ends_on: IsoDate;
  /** An event sets the due day, and it has not happened: its time has not begun, so nothing is asked yet. */
  readonly awaits_event: boolean;
  /** The day that was asked for; null when the last covered day was taken. `row.through` may be earlier, never later. */
  readonly asked_through: IsoDate | null;
  /** "184 of 365 days", for a null; null where there is none. */
  readonly null_detail: string | null;
  /**
   * Goal as written: `-10%`, `100`; of an additive chain all its changes added, null where they do not add up. Null for
   * track, and for a level beside the segment that it was set for.
   */
  readonly goal_value: string | null;
  /** The goal that holds on the last day counted; null where nothing is to be met here. */
  readonly goal: Goal | null;
  /**
   * Which side of the target value is good: the goal holds at or under it, at or over it, or between two levels (or at
   * one); null without a goal.
   */
  readonly bound: "upper" | "lower" | "both" | null;
  readonly shape: Shape;
  /** How the cases of an average make its value: "median", "90th percentile"; null of shares and ratios, and of all else. */
  readonly statistic: string | null;
  /** The same row by the goal and due day as first set; null where they were never revised. */
  readonly original: Measured | null;
  /** What `every` and `each` count, in order of sub-period and roster; [] without them. Parts to come are not listed. */
  readonly parts: readonly Part[];
  /** A revision is in force that began after the period had: its data was known by then. */
  readonly goal_moved: boolean;
  /** Cases of which it is not known yet whether they end within their time, and whether they may turn the verdict. */
  readonly undecided: number;
  readonly undecided_may_turn: boolean;
  /** Null without `every` and `each`. With it the row counts parts: `bound` is "lower", `unit` "share" or the units' name. */
  readonly division: Division | null;
  /** Null of an average or stock whose source says nothing of it. */
  readonly nature: "outcome" | "output" | null;
  /** Last day that every partition of the segment covers: how old what is known of it is; null when nothing is. */
  readonly known_to: IsoDate | null;
  /** Whether the value may fall as days are added: a sum over a column with negative values. */
  readonly can_fall: boolean;
  /** From the source, in days and as a fraction; null when it declares none. */
  readonly mature: {readonly after: number; readonly late: number} | null;
  readonly freshness_error_after: number | null;
  /** Series (counting methods) that the days of each touch, in order. */
  readonly series: {readonly actual: readonly string[]; readonly baseline: readonly string[]};
  /**
   * The days of the baseline, and the last of them that answers `counted_to`; null without one, with a stated value, and
   * where it is not one count over one run of days (a mean of years, what an earlier target asks for).
   */
  readonly baseline: BaselineWindow | null;
  /** All runs of days that the baseline is made from, the latest first; [] without one and with a stated value. */
  readonly baseline_windows: readonly BaselineWindow[];
  /** The row's values before they became doubles: compare these.  */
  readonly exact: Readonly<Record<"actual" | "target" | "expected" | "baseline_to_date", Exact | null>>;
  /** With two levels, what is expected so far of each; `low` is `high` where it must be exactly one. Null otherwise. */
  readonly expected_between: {readonly low: Exact; readonly high: Exact} | null;
  /** The way of a stock to its due day: from what it was on the eve of the period (or on its first known day); else null. */
  readonly line: {readonly from: IsoDate; readonly start: Exact} | null;
  /** Whether the goal holds now for the value so far, on exact decimals; null without an actual or a needed baseline. */
  readonly holds: boolean | null;
  /**
   * The same with up to so large a share of late reports more (0.05 = 5%), exactly; null where it depends on how many
   * of them come, or on what they hold.
   */
  holdsIfRaisedBy(share: number): boolean | null;
  /** Which pace was used; null where nothing is to be met. */
  readonly pace: Pace | null;
  /** The declared or usual pace could not be used, so `linear` was. */
  readonly pace_fell_back: boolean;
}

/**
 * How the way to the target value is laid over the period.
 *
 * - `baseline`: as the baseline went
 * - `linear`: evenly by day; of a stock with a due day a straight line from its value at the start
 * - `step`: evenly by day in whole units
 * - `months`: by declared weights of the months
 * - `seasonal`: by the months of the years before
 * - `hold`: it must hold on every day: averages, and stocks without a due day
 */
export type Pace = "baseline" | "linear" | "step" | "months" | "seasonal" | "hold";

/** Days that a baseline is counted over. */
export interface BaselineWindow {
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** The day that corresponds to the actual's last one; null before the period begins. */
  readonly counted_to: IsoDate | null;
}

/** A row's course through its period, for charts: values cumulated from the period's first day. */
export interface Course {
  /** One point a day from `period_from` to `counted_to`; [] when the actual is not known. */
  readonly actual: readonly DayValue[];
  /** The baseline on this period's dates, over the whole period; [] where there is no baseline by day. */
  readonly baseline: readonly DayValue[];
  /** What the pace asks for by each day of the whole period; [] without a target. Ends at the target value. */
  readonly expected: readonly DayValue[];
}
