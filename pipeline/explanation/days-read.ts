import type {DayRange} from "../calendar/day-set.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import {rollingFrom} from "../calendar/span.ts";
import type {Project, ProjectMeasure} from "../config/project.ts";

/** Days that have a name. */
const [firstOfAll, lastOfAll] = ["1000-01-01", "9999-12-31"];

/**
 * The days of a source on which rows may lie that a value of `from..to` is made from: what stands on a day was installed
 * or observed before it, and what is completed on it, or counts by another day of its own, was listed on any. None where the measure does not read the source.
 */
export function daysRead(
  measures: Project["measures"],
  measure: ProjectMeasure,
  source: string,
  {from, to}: {readonly from: IsoDate; readonly to: IsoDate}
): DayRange[] {
  const {aggregate, rolling, cumulative} = measure;
  if (aggregate.kind === "ratio") {
    return [aggregate.of, aggregate.to].flatMap((name) => {
      const term = measures.get(name);
      return term === undefined ? [] : daysRead(measures, term, source, {from, to});
    });
  }
  if (measure.source !== source) return [];
  if (aggregate.kind === "done" || ("date" in aggregate && aggregate.date !== null)) return [[firstOfAll, lastOfAll]];
  if (aggregate.kind === "latest" || aggregate.kind === "standing") return [[firstOfAll, to]];
  if (rolling !== undefined) return [[rollingFrom(to, rolling), to]];
  return [[cumulative?.since ?? from, to]];
}
