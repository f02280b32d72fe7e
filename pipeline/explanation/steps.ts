import type {Measured} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import type {ProjectTarget} from "../config/project.ts";
import type {Step} from "./contract.ts";
import {goalSteps, numbers} from "./goal-steps.ts";

/** The figures of a row one by one, each in names, in numbers, and as it stands in the row. */
export function stepsOf(measured: Measured, {baseline}: Pick<ProjectTarget, "baseline">): Step[] {
  const {row, goal} = measured;
  const asksAmount = goal?.kind === "change" && goal.change.form !== "direction" && row.baseline_to_date !== null;
  const isKnown = row.actual_value !== null && row.expected_to_date !== null;
  // Though all is known and nothing divided by 0, there is no share: the baseline stood beyond the pace already.
  const beyond = isKnown && row.progress_share === null && row.expected_to_date !== row.baseline_to_date;
  return [
    actualStep(measured),
    ...baselineSteps(measured, baseline),
    ...(measured.bound === null ? [] : goalSteps(measured)),
    ...(row.baseline_to_date === null ? [] : [changeStep(row)]),
    ...(asksAmount && !beyond ? [progressStep(row)] : []),
    ...(measured.bound === null ? [] : [gapStep(row)]),
    ...ratioSteps(measured)
  ];
}

function actualStep(measured: Measured): Step {
  const {row, division, shape, counted_to, days_counted} = measured;
  const step = {figure: "actual_value", value: row.actual_value, calculation: null};
  const quotient = numbers("# / #", row.numerator, row.denominator);
  if (division !== null && division.every === null) return {...step, formula: "units that met the goal"};
  if (division !== null)
    return {...step, formula: "parts that met the goal / parts that are over", calculation: quotient};
  if (shape === "done") return {...step, formula: `1 when it was done by ${longDate(counted_to)}`};
  if (days_counted === 0) return {...step, formula: "the period has not begun"};
  const over = shape === "stock" ? `on ${longDate(counted_to)}` : overDays(row.period_from, counted_to);
  if (quotient !== null) return {...step, formula: `numerator / denominator, ${over}`, calculation: quotient};
  return {...step, formula: shape === "stock" ? `as it stood ${over}` : over};
}

function overDays(from: string, to: string): string {
  return `counted over ${longDate(from)} to ${longDate(to)}`;
}

function baselineSteps(measured: Measured, baseline: ProjectTarget["baseline"]): Step[] {
  const {row, baseline: window, baseline_windows: windows, shape} = measured;
  const whole = (formula: string): Step => {
    return {figure: "baseline_value", formula, calculation: null, value: row.baseline_value};
  };
  const toDate = (formula: string): Step => {
    return {figure: "baseline_to_date", formula, calculation: null, value: row.baseline_to_date};
  };
  if (baseline === undefined || measured.division !== null) return [];
  const before = baseline.target ?? "";
  if (baseline.chain === "compound") {
    const course = `the baseline of ${before} to the same day, raised or lowered as its goal asks`;
    return [whole(`target_value of ${before}`), ...(row.baseline_to_date === null ? [] : [toDate(course)])];
  }
  if (baseline.mean_of !== undefined) {
    const years = windows.map(({from, to}) => `${longDate(from)} to ${longDate(to)}`).join("; ");
    return [whole(`mean over ${years}`), toDate("mean over the same days of those years")];
  }
  if (window === null) return row.baseline_value === null ? [] : [whole("as stated")];
  const {from, to, counted_to} = window;
  const over = (last: string) => (shape === "stock" ? `as it stood on ${longDate(last)}` : overDays(from, last));
  const fixed = baseline.fixed_at === undefined ? "" : `, as known on ${longDate(baseline.fixed_at)}`;
  return [
    whole(`${over(to)}${fixed}`),
    toDate(counted_to === null ? "the period has not begun" : `${over(counted_to)}${fixed}`)
  ];
}

function changeStep({actual_value, baseline_to_date, change_to_date}: Measured["row"]): Step {
  return {
    figure: "change_to_date",
    formula: "actual_value / baseline_to_date - 1",
    calculation: baseline_to_date === 0 ? null : numbers("# / # - 1", actual_value, baseline_to_date),
    value: change_to_date
  };
}

function progressStep({
  actual_value: actual,
  baseline_to_date: toDate,
  expected_to_date: expected,
  ...row
}: Measured["row"]): Step {
  return {
    figure: "progress_share",
    formula: "(actual_value - baseline_to_date) / (expected_to_date - baseline_to_date)",
    calculation: expected === toDate ? null : numbers("(# - #) / (# - #)", actual, toDate, expected, toDate),
    value: row.progress_share
  };
}

function gapStep({actual_value, expected_to_date, gap}: Measured["row"]): Step {
  return {
    figure: "gap",
    formula: "actual_value - expected_to_date",
    calculation: numbers("# - #", actual_value, expected_to_date),
    value: gap
  };
}

/** Of levels that are a least or a greatest value; of 0, and of two levels, there is none. */
function ratioSteps({row, bound, goal, division}: Measured): Step[] {
  const one = goal !== null && "level" in goal && goal.kind !== "exactly";
  if (!one || row.target_value === 0 || (division !== null && row.attainment_ratio === null)) return [];
  const lower = bound === "lower";
  const [above, below] = lower
    ? (["actual_value", "expected_to_date"] as const)
    : (["expected_to_date", "actual_value"] as const);
  return [
    {
      figure: "attainment_ratio",
      formula: `${above} / ${below}`,
      calculation: row[below] === 0 ? null : numbers("# / #", row[above], row[below]),
      value: row.attainment_ratio
    }
  ];
}
