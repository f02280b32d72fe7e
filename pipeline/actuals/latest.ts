import type {DayNumber} from "../calendar/iso-date.ts";
import type {Aggregate} from "../config/measure.ts";
import type {ProjectMeasure, SegmentKey} from "../config/project.ts";
import type {Segment} from "../config/roster.ts";
import type {CountedSource} from "./counted-sources.ts";
import type {DaySums} from "./day-sums.ts";
import {type CountedParts, counted, type Found, noCases} from "./measure-values.ts";
import {casesWithin, differentTexts} from "./told-cases.ts";

/** A partition of a segment, to be asked for the days on which it was observed. */
export interface Observed {
  /** Null without partition: then any row of the source is an observation. */
  readonly partition: Segment | null;
  readonly days: DaySums;
  /** What of it is the segment's. */
  readonly parts: CountedParts;
}

/** The last day on which a partition was observed, with what of it is a segment's. */
export interface LatestDay extends Pick<Observed, "partition" | "parts"> {
  readonly day: DayNumber;
}

export function observedIn(
  source: CountedSource,
  measure: ProjectMeasure,
  segment: SegmentKey,
  shift: string | null
): Observed[] {
  return source.territories.partitions(segment).map(({partition, territory, whole}) => {
    const days = source.parts(measure, whole, null).sums("observed");
    return {partition, days, parts: source.parts(measure, territory, shift)};
  });
}

/**
 * The last day up to another on which each partition of a segment holds any row, whatever its conditions: a day without
 * a row is no observation, for a count that was not made is no 0.
 */
export function latestDays(observed: readonly Observed[], to: DayNumber): LatestDay[] {
  return observed.flatMap(({partition, days, parts}) => {
    const day = days.lastDay(to);
    return day === null ? [] : [{partition, parts, day}];
  });
}

/** The stock of these days, added up; texts that several hold count once. */
export function latestValue({of}: Extract<Aggregate, {readonly kind: "latest"}>, latest: readonly LatestDay[]): Found {
  const [one] = latest;
  if (one === undefined) return noCases("no day observed");
  if (of === "distinct") {
    const runs = latest.flatMap(({parts, day}) => casesWithin(parts.cases(), day, day));
    const {texts, rows} = differentTexts(runs, one.parts.texts());
    return counted(texts, rows);
  }
  const rows = latest.reduce((sum, {parts, day}) => sum + parts.sums("itself").rows(day, day), 0);
  if (of === "rows") return counted(rows, rows);
  const sum = latest.reduce((total, {parts, day}) => total + parts.sums("itself").value(day, day), 0);
  return counted(sum / one.parts.scale, rows);
}
