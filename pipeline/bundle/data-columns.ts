import type {AttainmentDataRow} from "../attainment/contract.ts";
import type {ComparisonRow} from "../comparisons/contract.ts";
import type {Kinds} from "../warehouse/relation.ts";
import type {ActualRow, ReportedRow} from "./contract.ts";

/** One row a load and reason. */
export interface RejectsRow {
  readonly source: string;
  readonly load: string;
  readonly file: string;
  readonly sha256: string;
  readonly reason: string;
  readonly records: number;
}

/** The columns of data/attainment.*, as CSV, Parquet and Arrow all have them. */
export const attainmentKinds: Kinds<AttainmentDataRow> = {
  target: "text",
  milestone: "text?",
  plan: "text?",
  goal: "text?",
  initiative: "text?",
  activity: "whole?",
  owner: "text?",
  title: "text",
  measure: "text",
  unit: "text",
  better: "text",
  goal_kind: "text",
  segment_type: "text",
  segment: "text",
  segment_name: "text",
  part: "text",
  binding: "boolean",
  period: "text",
  period_from: "day",
  period_to: "day",
  due_on: "day?",
  done_on: "day?",
  through: "day",
  as_of: "instant?",
  series: "text",
  baseline_value: "number?",
  baseline_to_date: "number?",
  target_value: "number?",
  original_target_value: "number?",
  actual_value: "number?",
  numerator: "number?",
  denominator: "number?",
  expected_to_date: "number?",
  change_to_date: "number?",
  progress_share: "number?",
  gap: "number?",
  attainment_ratio: "number?",
  probability: "number?",
  projected_value: "number?",
  projected_low: "number?",
  projected_high: "number?",
  status: "text?",
  original_status: "text?",
  reason_code: "text?",
  status_reason: "text",
  flags: "texts",
  rows_counted: "whole?",
  verdict: "text?"
};

/** The columns of data/actuals.* */
export const actualsKinds: Kinds<ActualRow> = {
  measure: "text",
  segment_type: "text",
  segment: "text",
  grain: "text",
  period_from: "day",
  period_to: "day",
  numerator: "number?",
  denominator: "number?",
  value: "number?",
  rows_counted: "whole?"
};

/** The columns of data/comparisons.* */
export const comparisonsKinds: Kinds<ComparisonRow> = {
  measure: "text",
  title: "text",
  unit: "text",
  better: "text",
  total: "boolean",
  segment_type: "text",
  segment: "text",
  segment_name: "text",
  through: "day",
  current_28_days: "number?",
  previous_28_days: "number?",
  change_28_days: "number?",
  change_28_days_kind: "text",
  year_to_date: "number?",
  last_year: "number?",
  change_last_year: "number?",
  change_last_year_kind: "text",
  two_years_before: "number?",
  change_two_years_before: "number?",
  change_two_years_before_kind: "text",
  reason_code: "text?",
  reason: "text?"
};

/** The columns of data/reported.* */
export const reportedKinds: Kinds<ReportedRow> = {
  milestone: "text",
  plan: "text",
  title: "text",
  claimed: "text?",
  comparator: "text?",
  unit: "text?",
  period: "text?",
  claimed_on: "text",
  cite: "text",
  measure: "text?",
  period_from: "day?",
  period_to: "day?",
  counted_from: "day?",
  counted_to: "day?",
  value: "number?",
  reason: "text?"
};

/** The columns of data/rejects-by-reason.csv. */
export const rejectsKinds: Kinds<RejectsRow> = {
  source: "text",
  load: "text",
  file: "text",
  sha256: "text",
  reason: "text",
  records: "whole"
};
