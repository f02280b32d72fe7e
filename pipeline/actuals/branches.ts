import type {ProjectSource} from "../config/project.ts";
import {findSegment, type Roster, type Segment, segmentsOfType} from "../config/roster.ts";

/** One leaf segment as a part of a segment above it, or of itself. */
export interface Branch {
  /** Null: rows without a leaf, which belong to the root alone. */
  readonly leaf: string | null;
  readonly type: string;
  readonly code: string;
}

/** A column that holds a segment's code, and its type. */
export interface SegmentColumn {
  readonly column: string;
  readonly type: string;
  /** Types that it tells: its own, those above, and, of the first column, the root. */
  readonly tells: ReadonlySet<string>;
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
export function branchesOf(roster: Roster, leafType: string | null): readonly Branch[] {
  const ofRoster = known.get(roster) ?? new Map<string | null, readonly Branch[]>();
  known.set(roster, ofRoster);
  const found = ofRoster.get(leafType) ?? findBranches(roster, leafType);
  ofRoster.set(leafType, found);
  return found;
}

/** Found once a type: every column of every source asks for those of its own. */
const known = new WeakMap<Roster, Map<string | null, readonly Branch[]>>();

function findBranches(roster: Roster, leafType: string | null): readonly Branch[] {
  const roots = segmentsOfType(roster, roster.types[0] ?? "");
  const root = roots.length === 1 ? roots[0]! : null;
  const unplaced = root === null ? [] : [{leaf: null, type: root.type, code: root.code}];
  if (leafType === null) return unplaced;
  const placed = segmentsOfType(roster, leafType).flatMap((leaf) =>
    wayUp(roster, leaf).map(({type, code}): Branch => ({leaf: leaf.code, type, code}))
  );
  return [...placed, ...unplaced];
}

/** Columns that tell a segment: the partition's first, then in the source's order. */
export function segmentColumns(roster: Roster, {partition, columns}: ProjectSource): SegmentColumn[] {
  const first = partition?.[0];
  const names = Object.keys(columns).filter((name) => columns[name]!.segment !== undefined && name !== first);
  return [...(first === undefined ? [] : [first]), ...names].flatMap((column) => {
    const type = columns[column]?.segment;
    if (type === undefined) return [];
    return [{column, type, tells: new Set(branchesOf(roster, type).map((branch) => branch.type))}];
  });
}

/** The column that tells segments of a type: the first whose own lie there or below; the first of all for the root. */
export function tellingColumn(
  roster: Roster,
  columns: readonly SegmentColumn[],
  type: string
): SegmentColumn | undefined {
  return type === roster.types[0] ? columns[0] : columns.find(({tells}) => tells.has(type));
}

function wayUp(roster: Roster, segment: Segment): Segment[] {
  const above = segment.parent === null ? null : findSegment(roster, segment.parent);
  return above === null ? [segment] : [segment, ...wayUp(roster, above)];
}
