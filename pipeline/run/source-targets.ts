import type {Project, ProjectTarget} from "../config/project.ts";

/** The targets that read a source: by their measure, by either term of a ratio, or by the event that they wait for. */
export function targetsOver({targets, measures}: Project, source: string): Project["targets"] {
  return targets.filter((target) => measuresRead(target).some((name) => isFrom(name, source, measures)));
}

function measuresRead({measure, due, revisions}: ProjectTarget): string[] {
  const days = [due, ...revisions.map((revision) => revision.due)];
  return [measure, ...days.flatMap((day) => (day?.kind === "event" ? [day.measure] : []))];
}

/** No ratio is within itself: that was checked. */
function isFrom(name: string, source: string, measures: Project["measures"]): boolean {
  const measure = measures.get(name);
  if (measure === undefined) return false;
  const {aggregate} = measure;
  if (aggregate.kind !== "ratio") return measure.source === source;
  return [aggregate.of, aggregate.to].some((term) => isFrom(term, source, measures));
}
