import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {ProjectTarget} from "./project.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** A target with its place in the files. */
export interface TargetAt {
  readonly target: ProjectTarget;
  readonly path: Path;
  readonly yaml: YamlFile;
}

/**
 * Holds targets that follow on an earlier one against it.
 *
 * @param targets Those without a fault of their own names.
 * @param names Also those of targets at fault. Null: a file of targets can't be read.
 */
export function checkChains(targets: readonly TargetAt[], names: ReadonlySet<string> | null): Diagnostic[] {
  const byName = new Map(targets.map((one) => [one.target.target, one.target]));
  return targets.flatMap(({target, path, yaml}): Diagnostic[] => {
    const name = target.baseline?.target;
    if (name === undefined) return [];
    const place = yaml.placeOf([...path, "baseline", "target"]);
    if (names !== null && !names.has(name)) {
      return [complain("unknown-target", place, {target: name, known: [...names], earlier: false})];
    }
    const way = wayBack(target, byName);
    if (way !== null) return [complain("chain-cycle", place, {way})];
    const earlier = byName.get(name);
    const unfit = earlier === undefined ? null : unfitFor(target, earlier);
    return unfit === null ? [] : [complain("chain-unfit", place, {target: name, ...unfit})];
  });
}

function unfitFor(target: ProjectTarget, earlier: ProjectTarget): {problem: string; fix: string} | null {
  if (earlier.measure !== target.measure) {
    const problem = `it is on another measure: ${earlier.measure}, not ${target.measure}`;
    return {problem, fix: "Let both have one measure, or write another baseline"};
  }
  if (earlier.period.to >= target.period.from) {
    const problem = `its period ends on ${earlier.period.to}, and this one begins on ${target.period.from}`;
    return {problem, fix: "Name a target whose period is over before this one begins"};
  }
  if (target.baseline?.chain === "actual") return null;
  if (earlier.every !== undefined || earlier.each !== undefined) {
    const problem = "it is asked for again and again, so it has no one value to follow on";
    return {problem, fix: "Write chain: actual, for what was reached then"};
  }
  if (earlier.goal.kind !== "change") {
    const problem = `its goal is ${earlier.goal.kind}, and only a change of a baseline can be carried on`;
    return {problem, fix: "Write chain: actual for what was reached then, or {value: ..., cite: ...} for its level"};
  }
  if (target.baseline?.chain !== "additive" || target.goal.kind !== "change") return null;
  const {form} = target.goal.change;
  if (form !== "multiple" && form !== "direction") return null;
  const problem = `${target.goal.written} can't be added to ${earlier.goal.written}`;
  return {problem, fix: "Write chain: compound, or a change in percent, points or units"};
}

/** The targets by which a chain comes back to where it began, both ends told; null when it doesn't. */
function wayBack(start: ProjectTarget, byName: ReadonlyMap<string, ProjectTarget>): string[] | null {
  const way = [start.target];
  for (
    let at = byName.get(start.baseline?.target ?? "");
    at !== undefined;
    at = byName.get(at.baseline?.target ?? "")
  ) {
    if (at === start) return [...way, start.target];
    if (way.includes(at.target)) return null;
    way.push(at.target);
  }
  return null;
}
