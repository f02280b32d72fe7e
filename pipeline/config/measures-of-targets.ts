import type {ProjectMeasure, ProjectSource} from "./project.ts";

/** A target with the measure that it names, as the files write them. */
export interface NamedMeasure {
  readonly target: string;
  readonly measure: string;
}

/** Name of the measure that counts a register's rows of one target. */
export function measureOfTarget({measure, target}: NamedMeasure): string {
  return `${measure}.${target}`;
}

/**
 * A register's measure is one for each target that names it, with the condition that a row is of that target: so its
 * hundred deliverables need no hundred definitions.
 *
 * @returns The given measures, and after them those of single targets.
 */
export function withMeasuresOfTargets(
  measures: ReadonlyMap<string, ProjectMeasure>,
  sources: ReadonlyMap<string, ProjectSource>,
  named: readonly NamedMeasure[]
): Map<string, ProjectMeasure> {
  const own = named.flatMap((one): [string, ProjectMeasure][] => {
    const measure = measures.get(one.measure);
    const column = measure === undefined ? undefined : sources.get(measure.source)?.register?.target;
    if (measure?.of_target === undefined || column === undefined) return [];
    const name = measureOfTarget(one);
    const where = {...measure.where, [column]: one.target};
    return [[name, {...measure, name, where, columns: [...new Set([...measure.columns, column])].sort()}]];
  });
  return new Map([...measures, ...own]);
}
