import type {AttainmentRow, Measured} from "../attainment/contract.ts";
import {daysIn, longDate} from "../calendar/iso-date.ts";
import {changeOf} from "../config/goal.ts";
import {formatFigure} from "../format/numbers.ts";
import {toNumber} from "../statistics/exact.ts";
import type {Step} from "./contract.ts";

/** How the value to be met, and what is expected of it so far, come about. */
export function goalSteps(measured: Measured): Step[] {
  return [targetStep(measured), expectedStep(measured)];
}

function targetStep(measured: Measured): Step {
  const {row, goal, division} = measured;
  const step = {figure: "target_value", value: row.target_value};
  if (division !== null) {
    const formula = division.every === null ? "the units that are asked" : "every part";
    return {...step, formula, calculation: null};
  }
  switch (goal?.kind) {
    case "change":
      return {...step, ...changeFormula(measured)};
    case "between":
      return {...step, formula: `the nearer of ${goal.written.replace(" to ", " and ")}`, calculation: null};
    case "done":
      return {...step, formula: "done", calculation: null};
    default:
      return {...step, formula: "the level", calculation: null};
  }
}

/** A change of the baseline, all changes of an additive chain in one. */
function changeFormula({row, goal_value}: Measured): Pick<Step, "formula" | "calculation"> {
  if (goal_value === null) return {formula: "the earlier target's value with this change", calculation: null};
  const change = changeOf(goal_value);
  const of = (pattern: string) => ({
    formula: pattern.replace("#", "baseline_value"),
    calculation: numbers(pattern, row.baseline_value)
  });
  if (change.form === "direction")
    return {
      formula: `the baseline_value, ${change.direction === "increase" ? "more" : "less"} is needed`,
      calculation: null
    };
  if (change.form === "multiple") return of(`# x ${change.amount}`);
  const [sign, amount] = [change.amount.startsWith("-") ? "-" : "+", change.amount.slice(1)];
  if (change.form === "points") return of(`# ${sign} ${amount} / 100`);
  return change.form === "units" ? of(`# ${sign} ${amount}`) : of(`# x (100 ${sign} ${amount}) / 100`);
}

function expectedStep(measured: Measured): Step {
  const {row, pace, days, days_counted, line, counted_to, ends_on, bound} = measured;
  const step = {figure: "expected_to_date", value: row.expected_to_date};
  if (row.expected_to_date === null) return {...step, formula: "nothing yet", calculation: null};
  const {target_value: target, baseline_value: baseline, baseline_to_date: toDate} = row;
  const evenly = "target_value x days counted / days of the period";
  const even = numbers("# x # / #", target, days_counted, days);
  if (pace === "hold") {
    const formula = row.goal_kind === "done" ? "1 from the due day on" : "the target_value, throughout";
    return {...step, formula, calculation: null};
  }
  if (line !== null) {
    const start = toNumber(line.start);
    return {
      ...step,
      formula: `a straight line from the value on ${longDate(line.from)} to the target_value on ${longDate(ends_on)}`,
      calculation:
        line.from === ends_on
          ? null
          : numbers(
              "# + (# - #) x # / #",
              start,
              target,
              start,
              since(line.from, counted_to),
              since(line.from, ends_on)
            )
    };
  }
  if (pace === "step") {
    const rounded = bound === "upper" ? "rounded up" : "rounded down";
    return {...step, formula: `${evenly}, ${rounded}`, calculation: even === null ? null : `${even}, ${rounded}`};
  }
  if (pace === "months" || pace === "seasonal")
    return {...step, formula: "target_value x the share of the period's months that is over", calculation: null};
  return pace === "baseline" && baseline !== 0
    ? {
        ...step,
        formula: "baseline_to_date x target_value / baseline_value",
        calculation: numbers("# x # / #", toDate, target, baseline)
      }
    : {...step, formula: evenly, calculation: even};
}

function since(from: string, day: string): number {
  return daysIn(from, day) - 1;
}

/** numbers("# x #", 1903, 0.9) //=> "1,903 x 0.9"; null where one of them is not known. */
export function numbers(pattern: string, ...values: readonly AttainmentRow["actual_value"][]): string | null {
  if (values.includes(null)) return null;
  const rest = [...values];
  return pattern.replace(/#/g, () => formatFigure(rest.shift() ?? null));
}
