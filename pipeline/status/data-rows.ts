import type {AttainmentDataRow, AttainmentRow, Measured, Part} from "../attainment/contract.ts";
import {partSentence} from "./part-wording.ts";

/**
 * Rows as data files have them: each whole row, followed by its parts. A part stands once: where a unit is counted both
 * in the row that binds and in one shown beside it, with the first of them.
 *
 * @param measured What the rows were judged from, in the same order.
 */
export function dataRows(measured: readonly Measured[], rows: readonly AttainmentRow[]): AttainmentDataRow[] {
  const told = new Set<string>();
  return rows.flatMap((row, index): AttainmentDataRow[] => {
    const {parts, division, goal} = measured[index]!;
    const own = parts.filter(({part, segment, period}) => {
      const key = JSON.stringify([row.target, part, segment.type, segment.code, period.name]);
      if (told.has(key)) return false;
      told.add(key);
      return true;
    });
    return [{...row, verdict: null}, ...own.map((part) => partRow(row, part, goal, division?.unit ?? row.unit))];
  });
}

/** What is said of the target stands in each of its parts; what is only said of the whole is empty. */
function partRow(row: AttainmentRow, part: Part, goal: Measured["goal"], unit: string): AttainmentDataRow {
  return {
    target: row.target,
    milestone: row.milestone,
    plan: row.plan,
    goal: row.goal,
    initiative: row.initiative,
    activity: row.activity,
    owner: row.owner,
    title: row.title,
    measure: row.measure,
    unit,
    better: row.better,
    goal_kind: row.goal_kind,
    segment_type: part.segment.type,
    segment: part.segment.code,
    segment_name: part.segment.name,
    part: part.part,
    binding: row.binding,
    period: part.period.name,
    period_from: part.period.from,
    period_to: part.period.to,
    due_on: part.due_on,
    done_on: part.done_on,
    through: row.through,
    as_of: row.as_of,
    series: row.series,
    baseline_value: part.baseline_value,
    baseline_to_date: null,
    target_value: part.target_value,
    original_target_value: null,
    actual_value: part.actual_value,
    numerator: part.numerator,
    denominator: part.denominator,
    expected_to_date: null,
    change_to_date: null,
    progress_share: null,
    gap: null,
    attainment_ratio: null,
    probability: null,
    projected_value: null,
    projected_low: null,
    projected_high: null,
    status: null,
    original_status: null,
    reason_code: part.reason?.code ?? null,
    status_reason: partSentence(part, unit, goal),
    flags: [],
    rows_counted: part.rows_counted,
    verdict: part.verdict
  };
}
