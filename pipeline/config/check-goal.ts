import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {
  type Change,
  changeOf,
  type Goal,
  type GoalKind,
  kindOf,
  type References,
  referencesOf,
  resolveGoal,
  type WrittenGoal
} from "./goal.ts";
import {rangeOf} from "./measure-range.ts";
import type {ProjectMeasure} from "./project.ts";
import type {Target} from "./target.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** A goal of a target, as first set or as revised, with its place in the file. */
export interface WrittenAt {
  readonly goal: WrittenGoal;
  readonly at: Path;
}

/** The goal as first set, then the revised ones. */
export function goalsOf(target: Target, path: Path): WrittenAt[] {
  return [
    {goal: target.goal, at: [...path, "goal"]},
    ...target.revisions.flatMap(({goal}, index) =>
      goal === undefined ? [] : [{goal, at: [...path, "revisions", index, "goal"]}]
    )
  ];
}

/** Holds the goals of a target, each by itself and against the measure: its kind, its unit, its range, its `better`. */
export function checkGoals(
  target: Target,
  measure: ProjectMeasure | null,
  references: References | null,
  path: Path,
  yaml: YamlFile
): Diagnostic[] {
  return goalsOf(target, path).flatMap(({goal, at}) => {
    const kind = kindOf(goal);
    const place = yaml.placeOf([...at, kind]);
    const words = goalWords(goal);
    const resolved = resolveGoal(goal, references ?? new Map());
    const unfit = measure === null ? null : unfitFor(goal, measure, references ?? new Map());
    if (measure !== null && unfit !== null)
      return [complain("goal-unfit", place, {goal: words, measure: measure.name, ...unfit})];
    if (resolved?.kind === "between" && Number(resolved.low) > Number(resolved.high)) {
      const problem = "its least value is above its greatest";
      return [complain("goal-impossible", place, {goal: words, problem, fix: "Write the least value first"})];
    }
    if (measure === null) return [];
    const impossible = resolved === null ? null : impossibleOf(resolved, measure, target);
    const wanted = wantedDirection(goal);
    return [
      ...(wanted !== null && measure.better !== "none" && measure.better !== wanted
        ? [complain("goal-against-better", place, {goal: words, measure: measure.name, better: measure.better, wanted})]
        : []),
      ...(impossible === null ? [] : [complain("goal-impossible", place, {goal: words, ...impossible})])
    ];
  });
}

/** goalWords({change: "-10%"}) //=> "change: -10%" */
export function goalWords(goal: WrittenGoal): string {
  const kind = kindOf(goal);
  const value = goal[kind];
  return `${kind}: ${Array.isArray(value) ? `[${value.map(levelWords).join(", ")}]` : levelWords(value)}`;
}

function levelWords(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return entries.length === 0 ? "true" : `{${entries.map(([key, part]) => `${key}: ${part}`).join(", ")}}`;
}

/** Why a goal of this kind can't be asked of the measure; null when it can. */
function unfitFor(
  goal: WrittenGoal,
  {shape, unit}: ProjectMeasure,
  references: References
): {problem: string; fix: string} | null {
  const kind = kindOf(goal);
  if (kind === "track" || kind === "to_be_set") return null;
  if (kind === "done") {
    if (shape === "done") return null;
    const fix = "Name a measure with done, or ask for a level, such as at_least: 1";
    return {problem: "nothing in it says on which day something was completed", fix};
  }
  if (shape === "done") return {problem: "a deliverable is done or not", fix: "Write goal: {done: true}"};
  if (goal.change !== undefined) return unfitChange(changeOf(goal.change), unit);
  const levels = [goal[kind]].flat();
  if (unit !== "share" && levels.some((level) => typeof level === "string" && level.endsWith("%"))) {
    return {
      problem: `it is told in ${unit}, and only a share is told in percent`,
      fix: `Write the number of ${unit}, or what it should change by: goal: {change: ...}`
    };
  }
  const other = referencesOf(goal)
    .map((name) => references.get(name))
    .find((reference) => reference !== undefined && !isUnit(reference.unit, unit));
  if (other === undefined) return null;
  const problem = `it is told in ${unit}, and the reference ${other.name} in ${other.unit}`;
  return {problem, fix: `Correct the unit in seeds/references.csv, or name a reference in ${unit}`};
}

function unfitChange(change: Change, unit: string): {problem: string; fix: string} | null {
  if (change.form === "points" && unit !== "share") {
    const fix = `Write ${change.amount} ${unit}, or a percentage of the baseline`;
    return {problem: `points are of a share, and it is told in ${unit}`, fix};
  }
  if (change.form !== "units" || isUnit(change.unit, unit)) return null;
  const {amount} = change;
  return unit === "share"
    ? {problem: "a share changes by points or in percent", fix: `Write ${amount} points, or ${amount}% of the baseline`}
    : {problem: `it is told in ${unit}, not in ${change.unit}`, fix: `Write ${amount} ${unit}`};
}

/** In any letter case; of one, the noun may stand without its s. */
function isUnit(written: string, unit: string): boolean {
  const [a, b] = [written.toLowerCase(), unit.toLowerCase()];
  return a === b || `${a}s` === b;
}

function wantedDirection(goal: WrittenGoal): "lower" | "higher" | null {
  const kind = kindOf(goal);
  if (kind === "at_least" || kind === "above" || kind === "done") return "higher";
  if (kind === "at_most" || kind === "below") return "lower";
  if (goal.change === undefined) return null;
  const change = changeOf(goal.change);
  if (change.form === "direction") return change.direction === "increase" ? "higher" : "lower";
  const amount = Number(change.amount) - (change.form === "multiple" ? 1 : 0);
  return amount === 0 ? null : amount < 0 ? "lower" : "higher";
}

/** Why no value of the measure can meet the goal, or none can miss it; null when it may go either way. */
function impossibleOf(
  goal: Goal,
  measure: ProjectMeasure,
  {baseline}: Target
): {problem: string; fix?: string | undefined} | null {
  const {least, most, never} = rangeOf(measure);
  const low = (level: number, strict: boolean) => level < least || (strict && level === least);
  const high = (level: number, strict: boolean) => level > most || (strict && level === most);
  switch (goal.kind) {
    case "done":
    case "track":
    case "to_be_set":
      return null;
    case "change":
      return impossibleChange(goal.change, least, most, baseline?.value);
    case "between": {
      const [from, to] = [Number(goal.low), Number(goal.high)];
      if (low(from, false)) return {problem: never.below, fix: undefined};
      return high(to, false) ? {problem: never.above, fix: percentMeant(to, goal.written, measure)} : null;
    }
    default: {
      const level = Number(goal.level);
      if (low(level, goal.kind === "below")) return {problem: never.below};
      return high(level, goal.kind === "above")
        ? {problem: never.above, fix: percentMeant(level, goal.written, measure)}
        : null;
    }
  }
}

function impossibleChange(
  change: Change,
  least: number,
  most: number,
  stated: string | undefined
): {problem: string; fix?: string} | null {
  if (change.form === "direction") return null;
  const amount = Number(change.amount);
  if (stated !== undefined && Number(stated) === 0 && (change.form === "percent" || change.form === "multiple")) {
    return {problem: "of a baseline of 0 nothing but 0 can come", fix: "Write the change in units, or a level"};
  }
  if (change.form === "percent" && least === 0 && amount < -100) return {problem: "nothing can fall by more than 100%"};
  if (change.form === "points" && Math.abs(amount) > 100 && most === 1)
    return {problem: "a share has no more than 100 points"};
  return null;
}

/** 30 of a share is thirty times all of it: 30% was meant. */
function percentMeant(level: number, written: string, {unit}: ProjectMeasure): string | undefined {
  return unit === "share" && !written.includes("%") && level <= 100 ? `Write ${level}% if that is meant` : undefined;
}

/** Kinds of goal that a target has or will have. */
export function goalKindsOf(target: Target): GoalKind[] {
  return goalsOf(target, []).map(({goal}) => kindOf(goal));
}
