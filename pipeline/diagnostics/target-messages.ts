import type {Texts} from "./diagnostic.ts";

/** A period as messages tell it. */
interface Days {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface TargetParameters {
  // Targets
  "several-segments": {type: string; count: number; example: string};
  /** `key`: by_segment or each. */
  "segment-not-below": {key: string; type: string; at: string};
  "unit-not-below": {each: string; type: string; types: string};
  "segment-not-told": {type: string; measure: string; source: string};
  "baseline-missing": {goal: string};
  "baseline-unwanted": {goal: string};
  "baseline-not-earlier": {baseline: Days; period: Days};
  "baseline-of-other-length": {baseline: Days; period: Days};
  "goal-against-better": {goal: string; measure: string; better: string; wanted: string};
  "baseline-unfit": {baseline: string; problem: string; fix: string};
  "chain-unfit": {target: string; problem: string; fix: string};
  "chain-cycle": {way: readonly string[]};
  "goal-impossible": {goal: string; problem: string; fix?: string | undefined};
  "goal-unfit": {goal: string; measure: string; problem: string; fix: string};
  "pace-unwanted": {pace: string; why: string};
  "cadence-unfit": {asked: string; problem: string; fix: string};
  "due-unfit": {by: string; problem: string; fix: string};
  "revision-order": {from: string; before: string};
  "revision-too-late": {from: string; period: Days};
  "opening-after-period": {measure: string; since: string; period: Days};
  // Plans
  "unknown-goal": {goal: string; suggestion: string};
  "unknown-initiative": {initiative: string; goal: string; suggestion: string};
  "unknown-owner": {owner: string; suggestion: string};
  "unknown-plan-year": {plan_year: string; suggestion: string};
  "milestone-without-target": {milestone: string};
  "milestone-excused-and-measured": {milestone: string};
  "milestone-of-other-plan": {milestone: string; plan: string; folder: string};
  "period-outside-plan-year": {milestone: string; year: Days; period: Days};
}

export const targetTexts: Texts<TargetParameters> = {
  "several-segments": ({type, count, example}) => ({
    message: `"at" must mean one segment, and the roster has ${count} of type ${type}`,
    fix: `Write {${type}: ${example}} for one of them, or by_segment: [${type}] to show them all`
  }),
  "segment-not-below": ({key, type, at}) => ({
    message: `"${key}" must name ${key === "each" ? "a type" : "types"} below ${at}, and no ${type} stands there`
  }),
  "unit-not-below": ({each, type, types}) => ({
    message: `"each" asks every ${each}, and none stands below the ${types}: there would be nobody to ask`,
    fix: `Leave ${type} out of by_segment`
  }),
  "segment-not-told": ({type, measure, source}) => ({
    message: `"${measure}" can't be told by ${type}: no column of the source "${source}" says which ${type} a row belongs to`,
    fix: `Declare one in the source, such as {from: ..., segment: ${type}}`
  }),
  "baseline-missing": ({goal}) => ({
    message: `The goal {${goal}} must have a baseline to be held against`,
    fix: "Add baseline: {period: previous} for the same period a year earlier"
  }),
  "baseline-unwanted": ({goal}) => ({
    message: `A goal ${goal} is ${goal === "done" ? "reached or not" : "a level"}: it has no baseline`,
    fix: "Leave the baseline out, or set goal: {change: ...}"
  }),
  "baseline-not-earlier": ({baseline, period}) => ({
    message: "The baseline must begin before the period that is held against it",
    found: days(baseline),
    expected: `a period that begins before ${days(period)}`
  }),
  "baseline-of-other-length": ({baseline, period}) => ({
    message: "The baseline is not as long as the period that is held against it, and nothing is scaled up",
    found: days(baseline),
    expected: `a period as long as ${days(period)}`
  }),
  "goal-against-better": ({goal, measure, better, wanted}) => ({
    message: `The goal {${goal}} asks for ${wanted}, but "${measure}" says better: ${better}`,
    fix: "Correct the goal's sign or word, or better in the measure"
  }),
  "baseline-unfit": ({baseline, problem, fix}) => ({
    message: `The baseline {${baseline}} can't be held against the goal: ${problem}`,
    fix
  }),
  "chain-unfit": ({target, problem, fix}) => ({message: `The target can't follow on "${target}": ${problem}`, fix}),
  "chain-cycle": ({way}) => ({
    message: `The target follows on itself: ${way.join(", which follows on ")}`,
    fix: "Let the earliest of them have a baseline of its own, such as {period: previous}"
  }),
  "goal-impossible": ({goal, problem, fix}) => ({
    message: `The goal {${goal}} can't be held against anything: ${problem}`,
    fix
  }),
  "goal-unfit": ({goal, measure, problem, fix}) => ({
    message: `The goal {${goal}} can't be asked of "${measure}": ${problem}`,
    fix
  }),
  "pace-unwanted": ({pace, why}) => ({message: `The pace ${pace} can't stand here: ${why}`, fix: "Leave pace out"}),
  "cadence-unfit": ({asked, problem, fix}) => ({message: `"${asked}" can't be asked here: ${problem}`, fix}),
  "due-unfit": ({by, problem, fix}) => ({message: `The due day {${by}} can't be kept: ${problem}`, fix}),
  "revision-order": ({from, before}) => ({
    message: "Revisions must stand in order of time, at most one a day: each holds until the next one's first day",
    found: `${from}, after ${before}`,
    expected: `a day after ${before}`
  }),
  "revision-too-late": ({from, period}) => ({
    message: `The revision from ${from} on never holds: the period is over before`,
    expected: `a day on or before ${period.to}, the last of ${days(period)}`,
    fix: "Correct its day, or write what holds afterwards as a target of the next period"
  }),
  "opening-after-period": ({measure, since, period}) => ({
    message: `"${measure}" counts from ${since} on, after the period is over: it would never have a value`,
    found: days(period),
    fix: "Correct since in the measure, or the period here"
  }),

  "unknown-goal": ({goal, suggestion}) => ({message: `The plan has no goal "${goal}"`, fix: suggestion}),
  "unknown-initiative": ({initiative, goal, suggestion}) => ({
    message: `The plan's goal "${goal}" has no initiative "${initiative}"`,
    fix: suggestion
  }),
  "unknown-owner": ({owner, suggestion}) => ({
    message: `The plan lists its owners, and "${owner}" is none of them`,
    fix: suggestion
  }),
  "unknown-plan-year": ({plan_year, suggestion}) => ({
    message: `milepost.yaml declares no plan year "${plan_year}"`,
    fix: suggestion
  }),
  "milestone-without-target": ({milestone}) => ({
    message: `The milestone "${milestone}" has no target and does not say why`,
    fix: `Write a target with milestone: ${milestone}, or not_measured: "..." here`
  }),
  "milestone-excused-and-measured": ({milestone}) => ({
    message: `The milestone "${milestone}" says why it has no target, but it has one`,
    fix: "Keep the target or not_measured"
  }),
  "milestone-of-other-plan": ({milestone, plan, folder}) => ({
    message: `The milestone "${milestone}" belongs to the plan "${plan}", and this file lies in another plan's folder`,
    fix: `Move the target below ${folder}/`
  }),
  "period-outside-plan-year": ({milestone, year, period}) => ({
    message: `The period reaches outside the plan year of the milestone "${milestone}"`,
    found: days(period),
    expected: `within ${days(year)}`
  })
};

function days({name, from, to}: Days): string {
  return name === `${from}/${to}` ? name : `${name} (${from} to ${to})`;
}
