import {daysIn, type IsoDate} from "../calendar/iso-date.ts";
import type {Project, ProjectSource} from "../config/project.ts";
import {type Segment, segmentsOfType} from "../config/roster.ts";
import type {SourceCoverage} from "../facts/contract.ts";

/**
 * The last day that everything known covers, but for what is overdue: a source, or an Area of one, that ends more than
 * the source's `freshness.error_after` before the newest day that anything covers. A meeting goes on without it, and its cells say
 * why they are empty. A source without `freshness` is never overdue, and one of which nothing is loaded holds nothing
 * back.
 *
 * @param coverages By source; those of sources that need not be waited for are left out.
 * @returns Null when nothing is known.
 */
export function coveredThrough(project: Project, coverages: ReadonlyMap<string, SourceCoverage>): IsoDate | null {
  const known = [...coverages].flatMap(([name, coverage]) => {
    const source = project.sources.get(name);
    return source === undefined || coverage.horizon === null ? [] : [{source, coverage, horizon: coverage.horizon}];
  });
  // Of any part: measured from the last whole day, an Area that has stopped would pass for the newest.
  const newest = known
    .map(({horizon}) => horizon)
    .sort()
    .at(-1);
  if (newest === undefined) return null;
  const ends = known.flatMap(({source, coverage, horizon}) => {
    const inTime = (day: IsoDate) => !isOverdue(source, day, newest);
    if (coverage.last !== null && inTime(coverage.last)) return [coverage.last];
    if (coverage.partition_type === null) return [horizon].filter(inTime);
    return partitions(project, coverage.partition_type, newest)
      .flatMap((partition) => coverage.knownTo(partition) ?? [])
      .filter(inTime);
  });
  return ends.sort()[0] ?? newest;
}

/**
 * Whether nobody waits any more for what is known through a day: it lies behind the newest day covered by more than the
 * source's `freshness.error_after`. A source without `freshness` is never overdue.
 */
export function isOverdue({freshness}: ProjectSource, day: IsoDate, newest: IsoDate): boolean {
  return freshness !== undefined && daysIn(day, newest) - 1 > freshness.error_after;
}

function partitions({roster}: Project, type: string, day: IsoDate): Segment[] {
  return segmentsOfType(roster, type).filter(
    ({valid_from, valid_to}) => (valid_from === null || valid_from <= day) && (valid_to === null || valid_to >= day)
  );
}
