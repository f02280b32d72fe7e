import {findSegment, type Roster, type Segment, segmentsOfType} from "../config/roster.ts";

/** One leaf segment as a part of a segment above it, or of itself. */
export interface Branch {
  /** Null: rows without a leaf, which belong to the root alone. */
  readonly leaf: string | null;
  readonly type: string;
  readonly code: string;
}

/**
 * How the leaf segments of a source add up: one branch for each leaf and each segment that it is or lies below.
 *
 * Dates of validity decide what must be covered and what is shown, never whether a row is counted: a row counts for
 * its leaf and all above it on any day, so bureaus always add up to their city. (A code stands once in the roster, so
 * no leaf has one parent today and another tomorrow.) Rows without a leaf happened in the city and count for the root
 * alone.
 *
 * @param leafType Null where rows tell no segment: there is the root alone.
 */
export function branchesOf(roster: Roster, leafType: string | null): Branch[] {
  const roots = segmentsOfType(roster, roster.types[0] ?? "");
  const root = roots.length === 1 ? roots[0]! : null;
  const unplaced = root === null ? [] : [{leaf: null, type: root.type, code: root.code}];
  if (leafType === null) return unplaced;
  const placed = segmentsOfType(roster, leafType).flatMap((leaf) =>
    wayUp(roster, leaf).map(({type, code}): Branch => ({leaf: leaf.code, type, code}))
  );
  return [...placed, ...unplaced];
}

/** Types of segment that a source with leaves of this type can tell: its own and those above, and the root. */
export function tellableTypes(roster: Roster, leafType: string | null): ReadonlySet<string> {
  return new Set(branchesOf(roster, leafType).map(({type}) => type));
}

function wayUp(roster: Roster, segment: Segment): Segment[] {
  const above = segment.parent === null ? null : findSegment(roster, segment.parent);
  return above === null ? [segment] : [segment, ...wayUp(roster, above)];
}
