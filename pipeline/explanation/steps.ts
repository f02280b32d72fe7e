import type {AttainmentRow, Measured} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import {formatFigure} from "../format/numbers.ts";
import type {Step} from "./contract.ts";

/** The figures of a row one by one, each in names, in numbers, and as it stands in the row. */
export function stepsOf(measured: Measured): Step[] {
  const {row, counted_to, baseline} = measured;
  const days = (from: string, to: string) => `counted over ${longDate(from)} to ${longDate(to)}`;
  const counted = measured.days_counted > 0 ? days(row.period_from, counted_to) : "the period has not begun";
  return [
    {figure: "actual_value", formula: counted, calculation: null, value: row.actual_value},
    ...(baseline === null
      ? statedBaseline(row)
      : [
          {
            figure: "baseline_value",
            formula: days(baseline.from, baseline.to),
            calculation: null,
            value: row.baseline_value
          },
          {
            figure: "baseline_to_date",
            formula:
              baseline.counted_to === null ? "the period has not begun" : days(baseline.from, baseline.counted_to),
            calculation: null,
            value: row.baseline_to_date
          }
        ]),
    ...(measured.bound === null ? [] : goalSteps(measured)),
    ...(row.baseline_to_date === null ? [] : [changeStep(row)]),
    ...(measured.bound === null ? [] : comparisonSteps(measured))
  ];
}

function statedBaseline({baseline_value}: Measured["row"]): Step[] {
  if (baseline_value === null) return [];
  return [{figure: "baseline_value", formula: "as stated", calculation: null, value: baseline_value}];
}

function goalSteps(measured: Measured): Step[] {
  const {row, goal_value, pace, days, days_counted} = measured;
  const change = row.goal_kind === "change";
  const percent = (goal_value ?? "").slice(1, -1);
  const sign = goal_value?.startsWith("-") === true ? "-" : "+";
  const target: Step = {
    figure: "target_value",
    formula: change ? `baseline_value x (100 ${sign} ${percent}) / 100` : "the level",
    calculation: change ? numbers(`# x (100 ${sign} ${percent}) / 100`, row.baseline_value) : null,
    value: row.target_value
  };
  const byBaseline = pace === "baseline";
  const expected: Step = {
    figure: "expected_to_date",
    formula: byBaseline
      ? "baseline_to_date x target_value / baseline_value"
      : "target_value x days counted / days of the period",
    calculation: byBaseline
      ? numbers("# x # / #", row.baseline_to_date, row.target_value, row.baseline_value)
      : numbers("# x # / #", row.target_value, days_counted, days),
    value: row.expected_to_date
  };
  return [target, expected];
}

function changeStep({actual_value, baseline_to_date, change_to_date}: Measured["row"]): Step {
  return {
    figure: "change_to_date",
    formula: "actual_value / baseline_to_date - 1",
    calculation: numbers("# / # - 1", actual_value, baseline_to_date),
    value: change_to_date
  };
}

function comparisonSteps({row, bound}: Measured): Step[] {
  const {actual_value: actual, expected_to_date: expected, baseline_to_date: toDate} = row;
  const gap: Step = {
    figure: "gap",
    formula: "actual_value - expected_to_date",
    calculation: numbers("# - #", actual, expected),
    value: row.gap
  };
  if (row.goal_kind === "change") {
    if (toDate === null) return [gap];
    const progress: Step = {
      figure: "progress_share",
      formula: "(actual_value - baseline_to_date) / (expected_to_date - baseline_to_date)",
      calculation: numbers("(# - #) / (# - #)", actual, toDate, expected, toDate),
      value: row.progress_share
    };
    return [progress, gap];
  }
  const [above, below] =
    bound === "lower"
      ? (["actual_value", "expected_to_date"] as const)
      : (["expected_to_date", "actual_value"] as const);
  const ratio: Step = {
    figure: "attainment_ratio",
    formula: `${above} / ${below}`,
    calculation: numbers("# / #", row[above], row[below]),
    value: row.attainment_ratio
  };
  return [gap, ratio];
}

type Figure = AttainmentRow["actual_value"];

/** numbers("# x #", 1903, 0.9) //=> "1,903 x 0.9"; null where one of them is not known. */
function numbers(pattern: string, ...values: readonly Figure[]): string | null {
  if (values.includes(null)) return null;
  const rest = [...values];
  return pattern.replace(/#/g, () => formatFigure(rest.shift() ?? null));
}
