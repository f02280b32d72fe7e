import type {IsoDate} from "../calendar/iso-date.ts";
import type {Project} from "../config/project.ts";
import type {Report} from "../config/report.ts";
import type {Roster, Segment} from "../config/roster.ts";

/**
 * The segments of a report in the order of its pages: type by type from the root down, the city, the bureaus, then the
 * Areas; within a type by what stands above, so that the Areas of a bureau follow one another, then as in the roster's
 * file. Only those that belong to the roster on the day. A report that names no types has the root alone.
 */
export function segmentsCompared({roster}: Project, {segments}: Pick<Report, "segments">, day: IsoDate): Segment[] {
  const types = segments.length === 0 ? roster.types.slice(0, 1) : segments;
  return inTree(roster)
    .filter((segment) => types.includes(segment.type) && isValidOn(segment, day))
    .map((segment) => ({segment, depth: roster.types.indexOf(segment.type)}))
    .sort((a, b) => a.depth - b.depth)
    .map(({segment}) => segment);
}

/** Each segment before those within it. */
function inTree({segments}: Roster): Segment[] {
  const within = (above: Segment | null): Segment[] =>
    segments
      .filter(({parent}) =>
        above === null ? parent === null : parent?.type === above.type && parent.code === above.code
      )
      .flatMap((segment) => [segment, ...within(segment)]);
  return within(null);
}

function isValidOn({valid_from, valid_to}: Segment, day: IsoDate): boolean {
  return (valid_from === null || valid_from <= day) && (valid_to === null || valid_to >= day);
}
