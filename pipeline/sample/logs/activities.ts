import type {Project, ProjectMeasure, ProjectSource, ProjectTarget} from "../../config/project.ts";
import type {Where} from "../../config/where.ts";
import {levelOf} from "./course.ts";
import {valuesOf} from "./usual-cells.ts";

/** A target that asks something of a measure. */
export interface Ask {
  readonly target: ProjectTarget;
  readonly measure: ProjectMeasure;
}

/** What a log records by the same conditions: the rows that these measures count, whichever. */
export interface Activity {
  /** Its conditions, by which it is told from others. */
  readonly name: string;
  readonly where: Where;
  readonly measures: readonly ProjectMeasure[];
  readonly asks: readonly Ask[];
  /** Rows that come of others: of each row of the measure `to`, or not, by the targets of the ratio. */
  readonly follows: {readonly to: ProjectMeasure; readonly asks: readonly Ask[]} | null;
}

/** The activities of a source, in order of its measures; what no target asks for is among them. */
export function activitiesOf(project: Project, {source}: Pick<ProjectSource, "source">): Activity[] {
  const measures = [...project.measures.values()];
  const asksOf = (measure: ProjectMeasure): Ask[] =>
    project.targets.filter((target) => target.measure === measure.name).map((target) => ({target, measure}));
  const groups = new Map<string, ProjectMeasure[]>();
  for (const measure of measures) {
    if (measure.source !== source || measure.aggregate.kind === "ratio") continue;
    const name = JSON.stringify(Object.entries(measure.where).sort(([a], [b]) => (a < b ? -1 : 1)));
    groups.set(name, [...(groups.get(name) ?? []), measure]);
  }
  return [...groups].map(([name, group]) => {
    const ratio = measures.find(
      ({aggregate}) => aggregate.kind === "ratio" && group.some((one) => one.name === aggregate.of)
    );
    const asks = group.flatMap(asksOf);
    const to = ratio?.aggregate.kind === "ratio" ? project.measures.get(ratio.aggregate.to) : undefined;
    const {where} = group[0]!;
    if (ratio === undefined || to === undefined) return {name, where, measures: group, asks, follows: null};
    const all = valuesCounted(group, to);
    if (all === 0) return {name, where, measures: group, asks, follows: {to, asks: asksOf(ratio)}};
    const ofValues = asksOf(ratio).map((ask) => askOfValues(ask, group[0]!, all));
    return {name, where, measures: group, asks: [...asks, ...ofValues], follows: null};
  });
}

/** Of a ratio that holds values of a column against all of that column, how many there are; 0 of another. */
function valuesCounted([of]: readonly ProjectMeasure[], to: ProjectMeasure): number {
  if (of?.aggregate.kind !== "distinct" || to.aggregate.kind !== "distinct") return 0;
  return of.source === to.source && of.aggregate.column === to.aggregate.column
    ? valuesOf(of.aggregate.column).length
    : 0;
}

/** A share of so many values asks for a number of them. */
function askOfValues({target}: Ask, measure: ProjectMeasure, all: number): Ask {
  const level = levelOf(target.goal);
  if (level === null) return {target, measure};
  const values = String(Math.ceil(level * all));
  return {target: {...target, goal: {kind: "at_least", level: values, written: values}}, measure};
}
