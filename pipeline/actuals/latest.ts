import type {DayNumber} from "../calendar/iso-date.ts";
import type {Aggregate} from "../config/measure.ts";
import type {ProjectMeasure, SegmentKey} from "../config/project.ts";
import type {Segment} from "../config/roster.ts";
import type {CountedSource} from "./counted-sources.ts";
import {counted, type Found, noCases} from "./measure-values.ts";
import type {Territory} from "./territory.ts";
import {casesWithin, differentTexts} from "./told-cases.ts";

/** The last day on which a partition was observed, with what of it is a segment's. */
export interface LatestDay {
  /** Null without partition: then any row of the source is an observation. */
  readonly partition: Segment | null;
  readonly territory: Territory;
  readonly day: DayNumber;
}

/**
 * The last day up to another on which each partition of a segment holds any row, whatever its conditions: a day without
 * a row is no observation, for a count that was not made is no 0.
 */
export function latestDays(
  source: CountedSource,
  measure: ProjectMeasure,
  segment: SegmentKey,
  to: DayNumber
): LatestDay[] {
  return source.territories.partitions(segment).flatMap(({partition, territory, whole}) => {
    const day = source.parts(measure, whole, null).sums("observed").lastDay(to);
    return day === null ? [] : [{partition, territory, day}];
  });
}

/** The stock of these days, added up; texts that several hold count once. */
export function latestValue(
  source: CountedSource,
  measure: ProjectMeasure,
  {of}: Extract<Aggregate, {readonly kind: "latest"}>,
  latest: readonly LatestDay[],
  shift: string | null
): Found {
  if (latest.length === 0) return noCases("no day observed");
  const own = latest.map(({territory, day}) => ({parts: source.parts(measure, territory, shift), day}));
  if (of === "distinct") {
    const runs = own.flatMap(({parts, day}) => casesWithin(parts.cases(), day, day));
    const {texts, rows} = differentTexts(runs, own[0]!.parts.texts());
    return counted(texts, rows);
  }
  const rows = own.reduce((sum, {parts, day}) => sum + parts.sums("itself").rows(day, day), 0);
  if (of === "rows") return counted(rows, rows);
  const sum = own.reduce((total, {parts, day}) => total + parts.sums("itself").value(day, day), 0);
  return counted(sum / own[0]!.parts.scale, rows);
}
