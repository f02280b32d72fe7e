import {resolveWhere} from "./check-where.ts";
import {aggregateOf, columnsOf, type Measure, shapeOf} from "./measure.ts";
import type {ProjectMeasure} from "./project.ts";
import type {Roster} from "./roster.ts";
import type {Source} from "./source.ts";
import type {Where} from "./where.ts";

/** A source's measure with its aggregate told apart, and words for segments replaced by the roster's codes. */
export function resolveMeasure(name: string, measure: Measure, source: Source, roster: Roster | null): ProjectMeasure {
  const resolved = (where: Where) => resolveWhere(where, {source, roster, codeLists: null});
  const written = aggregateOf(measure);
  const aggregate = written.kind === "share" ? {...written, where: resolved(written.where)} : written;
  return {
    ...measure,
    where: resolved(measure.where),
    name,
    source: source.source,
    aggregate,
    shape: shapeOf(measure),
    columns: [...new Set([...Object.keys(measure.where), ...columnsOf(aggregate)])].sort()
  };
}
