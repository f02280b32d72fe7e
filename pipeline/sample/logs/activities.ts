import type {Project, ProjectMeasure, ProjectSource, ProjectTarget} from "../../config/project.ts";
import type {Where} from "../../config/where.ts";

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
    const to = ratio?.aggregate.kind === "ratio" ? project.measures.get(ratio.aggregate.to) : undefined;
    const follows = ratio === undefined || to === undefined ? null : {to, asks: asksOf(ratio)};
    return {name, where: group[0]!.where, measures: group, asks: group.flatMap(asksOf), follows};
  });
}
