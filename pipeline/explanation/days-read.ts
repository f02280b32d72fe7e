import type {DayRange} from "../calendar/day-set.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import {rollingFrom} from "../calendar/span.ts";
import type {Project, ProjectMeasure} from "../config/project.ts";

/** Days that have a name. */
export const [firstOfAll, lastOfAll] = ["1000-01-01", "9999-12-31"] as const;

/** @returns The first day whose observations a measure of `latest` is made from over the days; null: none was made. */
export type ObservedFrom = (measure: string, days: {readonly from: IsoDate; readonly to: IsoDate}) => IsoDate | null;

/**
 * The days of a source on which rows may lie that a value of `from..to` is made from: what stands on a day was installed
 * before it, and what is completed on it, or counts by another day of its own, was listed on any. Of what is observed the
 * last observation counts, and the days since, on which a newer one could have lain. None where the measure does not read
 * the source.
 */
export function daysRead(
  measures: Project["measures"],
  measure: ProjectMeasure,
  source: string,
  {from, to}: {readonly from: IsoDate; readonly to: IsoDate},
  observedFrom: ObservedFrom
): DayRange[] {
  const {aggregate, rolling, cumulative} = measure;
  if (aggregate.kind === "ratio") {
    return [aggregate.of, aggregate.to].flatMap((name) => {
      const term = measures.get(name);
      return term === undefined ? [] : daysRead(measures, term, source, {from, to}, observedFrom);
    });
  }
  if (measure.source !== source) return [];
  if (aggregate.kind === "done" || ("date" in aggregate && aggregate.date !== null)) return [[firstOfAll, lastOfAll]];
  if (aggregate.kind === "standing") return [[firstOfAll, to]];
  if (aggregate.kind === "latest") return [[observedFrom(measure.name, {from, to}) ?? firstOfAll, to]];
  if (rolling !== undefined) return [[rollingFrom(to, rolling), to]];
  return [[cumulative?.since ?? from, to]];
}
