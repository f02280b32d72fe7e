import {daysIn} from "../calendar/iso-date.ts";
import {type Calendar, type Period, parsePeriod, precedingPeriod, previousPeriod} from "../calendar/period.ts";
import {spanWords} from "../calendar/span.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {goalKindsOf, goalsOf, goalWords} from "./check-goal.ts";
import {kindOf} from "./goal.ts";
import {rangeOf} from "./measure-range.ts";
import {noSuchPeriod} from "./no-such-period.ts";
import type {ProjectMeasure} from "./project.ts";
import type {Target} from "./target.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** Holds a target's baseline against its goals, its period and its cadence. */
export function checkBaseline(
  target: Target,
  measure: ProjectMeasure | null,
  period: Period | null,
  calendar: Calendar | null,
  path: Path,
  yaml: YamlFile
): Diagnostic[] {
  const {baseline} = target;
  const goals = goalsOf(target, path);
  if (baseline === undefined) {
    const change = goals.find(({goal}) => kindOf(goal) === "change");
    if (change === undefined) return [];
    return [complain("baseline-missing", yaml.placeOfKey(change.at), {goal: goalWords(change.goal)})];
  }
  const kinds = goalKindsOf(target);
  if (!kinds.some((kind) => kind === "change" || kind === "track" || kind === "to_be_set")) {
    return [complain("baseline-unwanted", yaml.placeOfKey([...path, "baseline"]), {goal: kinds[0] ?? ""})];
  }
  return [
    ...unfit(target, measure, path, yaml),
    ...(calendar === null ? [] : checkDays(target, measure, period, calendar, path, yaml))
  ];
}

/** What a baseline is, beside its days. */
function unfit(target: Target, measure: ProjectMeasure | null, path: Path, yaml: YamlFile): Diagnostic[] {
  const {baseline = {}, every, each} = target;
  const {value, mean_of, period} = baseline;
  const complaint = (key: string, words: string, problem: string, fix: string) =>
    complain("baseline-unfit", yaml.placeOf([...path, "baseline", key]), {baseline: words, problem, fix});
  const faults: Diagnostic[] = [];
  if (value !== undefined && measure !== null) {
    const {least, most, never} = rangeOf(measure);
    const problem = Number(value) < least ? never.below : Number(value) > most ? never.above : null;
    const percent = measure.unit === "share" && Number(value) > 1 ? `Write ${Number(value) / 100} for ${value}%` : "";
    if (problem !== null) faults.push(complaint("value", `value: ${value}`, problem, percent || "Correct the value"));
  }
  const perSubPeriod = value !== undefined || period === "previous" || period === "preceding";
  if (each !== undefined && value !== undefined) {
    const problem = `it is stated once, and the goal is asked of every ${each} by its own`;
    const fix = "Write a level that each must keep to, such as at_most, or a baseline that is counted";
    faults.push(complaint("value", `value: ${value}`, problem, fix));
  }
  if (every !== undefined && !perSubPeriod) {
    const [key = "period"] = Object.keys(baseline);
    const written = mean_of === undefined ? String(Object.values(baseline)[0]) : spanWords(mean_of);
    const problem = `with every: ${every}, each of them is held against another of its kind`;
    const fix = "Write {period: preceding} for the one before, {period: previous} for a year earlier, or a value";
    faults.push(complaint(key, `${key}: ${written}`, problem, fix));
  }
  return faults;
}

/** When a baseline is, against the period and the day on which it was known. */
function checkDays(
  {baseline = {}, every}: Target,
  measure: ProjectMeasure | null,
  period: Period | null,
  calendar: Calendar,
  path: Path,
  yaml: YamlFile
): Diagnostic[] {
  const {period: name, fixed_at, mean_of} = baseline;
  const place = (key: string) => yaml.placeOf([...path, "baseline", key]);
  if (mean_of !== undefined) {
    if (period?.kind !== "week" && period?.kind !== "28_days") return [];
    const problem = `${period.name} goes back by weeks, which fall on other dates in other years`;
    const fix = "Write {period: previous}: exactly 364 days earlier";
    return [complain("baseline-unfit", place("mean_of"), {baseline: `mean_of: ${spanWords(mean_of)}`, problem, fix})];
  }
  if (name === undefined) return [];
  const isNamed = name !== "previous" && name !== "preceding";
  const own = isNamed ? parsePeriod(name, calendar) : null;
  if (isNamed && own === null) return [noSuchPeriod(name, place("period"), calendar, ["previous", "preceding"])];
  if (period === null) return [];
  const faults: Diagnostic[] = [];
  const meant = own ?? (name === "previous" ? previousPeriod(period) : precedingPeriod(period));
  if (own !== null && every === undefined) {
    if (own.from >= period.from)
      faults.push(complain("baseline-not-earlier", place("period"), {baseline: own, period}));
    else if (isCounted(measure) && lengthsDiffer(own, period))
      faults.push(complain("baseline-of-other-length", place("period"), {baseline: own, period}, "warning"));
  }
  if (fixed_at !== undefined && fixed_at < meant.to) {
    const problem = `it runs to ${meant.to}, and on ${fixed_at} nothing could be known of its last days`;
    const fix = `Write a day from ${meant.to} on`;
    faults.push(complain("baseline-unfit", place("fixed_at"), {baseline: `fixed_at: ${fixed_at}`, problem, fix}));
  }
  return faults;
}

/** An average and the value of a day do not grow with the days that they are taken of. */
function isCounted(measure: ProjectMeasure | null): boolean {
  return measure === null || measure.shape === "flow";
}

/** Quarters are 90 to 92 days long, years 365 or 366; more apart than that is another kind of period. */
function lengthsDiffer(a: Period, b: Period): boolean {
  return Math.abs(daysIn(a.from, a.to) - daysIn(b.from, b.to)) > 3;
}
