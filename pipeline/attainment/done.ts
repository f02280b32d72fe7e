import {earlier, type IsoDate} from "../calendar/iso-date.ts";
import {exact} from "../statistics/exact.ts";
import {dueOn} from "./due.ts";
import {measureOf, type PartsInput} from "./part-value.ts";
import type {WholeFigures} from "./parts.ts";

/**
 * A deliverable: 1 when it is completed by the last day known of, else 0, also after its due day and its period, so that
 * what is done late is seen. It is due on the period's last day where no day is set, and on none before the event has
 * happened that its due day is told from.
 */
export function doneOf(input: PartsInput): WholeFigures {
  const {actuals, target, segment, through, due} = input;
  const {unit} = measureOf(input);
  const due_on = due === null ? target.period.to : dueOn(due, input);
  const actual = actuals.over(target.measure, segment, earlier(target.period.from, through), through);
  const done_on = actual.value === 1 ? (actual.done_on ?? null) : null;
  const expected = due_on !== null && through >= due_on ? 1 : 0;
  const value = actual.value === null ? null : exact(actual.value);
  const holds = actual.value === null ? null : actual.value === 1 && isInTime(done_on, due_on);
  return {
    row: {
      unit,
      due_on,
      done_on,
      baseline_value: null,
      baseline_to_date: null,
      target_value: 1,
      actual_value: actual.value,
      numerator: null,
      denominator: null,
      expected_to_date: expected,
      change_to_date: null,
      progress_share: null,
      gap: actual.value === null ? null : actual.value - expected,
      attainment_ratio: null,
      reason_code: actual.reason?.code ?? null,
      rows_counted: actual.rows_counted
    },
    null_detail: actual.reason?.detail ?? null,
    parts: [],
    division: null,
    series: {actual: actuals.series(target.measure, earlier(target.period.from, through), through), baseline: []},
    baseline: null,
    baseline_windows: [],
    bound: "lower",
    exact: {actual: value, target: exact(1), expected: exact(expected), baseline_to_date: null},
    expected_between: null,
    line: null,
    holds,
    // A report still to come may tell of a completion that is not known yet, never take one back.
    holdsIfRaisedBy: () => (holds === true || done_on !== null ? holds : null),
    pace: "hold",
    pace_fell_back: false
  };
}

function isInTime(done_on: IsoDate | null, due_on: IsoDate | null): boolean {
  return done_on === null || due_on === null || done_on <= due_on;
}
