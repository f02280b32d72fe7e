import type {Project, ProjectSource, SegmentKey} from "../../config/project.ts";
import {findSegment, leavesBelow, type Segment, segmentsOfType} from "../../config/roster.ts";
import type {Where} from "../../config/where.ts";
import {areas} from "../areas.ts";
import {type Chance, weighted} from "../random.ts";
import type {Cell} from "../world.ts";
import {holds} from "./conditions.ts";
import type {Occasion} from "./occasions.ts";

interface Given {
  readonly project: Project;
  readonly source: ProjectSource;
  readonly chance: Chance;
}

/** Filled where nobody asks for them; other types of segment are noted only where the row is about one of them. */
const everywhere = new Set(["bureau", "area"]);

/**
 * The cells of the segment columns: of the unit and all above it, and of the conditions. A row of no unit lies in an Area,
 * each as often as its part of the city's reports, or now and then in none.
 */
export function placeCells(
  {project, source, chance}: Given,
  {day, unit}: Occasion,
  where: Where
): Record<string, Cell> {
  const {roster, codeLists} = project;
  const columns = Object.entries(source.columns).flatMap(([column, {segment}]) =>
    segment === undefined ? [] : [{column, type: segment}]
  );
  const cells: Record<string, Cell> = {};
  const set = (key: SegmentKey) => {
    for (
      let at = findSegment(roster, key);
      at !== null;
      at = at.parent === null ? null : findSegment(roster, at.parent)
    ) {
      const {type, code} = at;
      for (const one of columns) if (one.type === type && !(one.column in cells)) cells[one.column] = code;
    }
  };
  const fits = (column: string) => (segment: Segment) => {
    const condition = where[column];
    const there = (segment.valid_from ?? day) <= day && day <= (segment.valid_to ?? day);
    return there && (condition === undefined || holds(segment.code, condition, codeLists));
  };
  if (unit !== null) {
    set(unit);
    const telling = columns.find(({type}) => leavesBelow(roster, unit, type).length > 0);
    if (telling !== undefined && !(telling.column in cells)) {
      set(draw(chance, leavesBelow(roster, unit, telling.type).filter(fits(telling.column))));
    }
  }
  // The finest first, so that what lies above follows from it.
  for (const {column, type} of columns.toReversed()) {
    const condition = where[column];
    const wanted = condition !== undefined && !holds(null, condition, codeLists);
    const free = condition === undefined && unit === null && everywhere.has(type) && chance.happens(0.85);
    if (column in cells || !(wanted || free)) continue;
    const among = segmentsOfType(roster, type).filter(fits(column));
    if (among.length > 0) set(draw(chance, among));
  }
  for (const {column} of columns) cells[column] ??= null;
  return cells;
}

function draw(chance: Chance, segments: readonly Segment[]): Segment {
  return weighted(segments, ({type, code}) => (type === "area" ? (areas[Number(code) - 1]?.part2 ?? 1) : 1))(chance);
}
