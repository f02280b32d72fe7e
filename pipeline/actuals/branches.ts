import {findSegment, type Roster, type Segment, segmentsOfType} from "../config/roster.ts";

/** One leaf segment as a part of a segment above it (or of itself), on the days on which both are valid. */
export interface Branch {
  /** Null: rows without a leaf, which belong to the root alone. */
  readonly leaf: string | null;
  readonly type: string;
  readonly code: string;
  /** Null: since ever, for ever. */
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * How the leaf segments of a source add up: one branch for each leaf and each segment that it is or lies below.
 *
 * A leaf counts for a segment on the days on which every segment on the way is valid. All rows count for the root,
 * also those without a leaf and those on a day when their leaf was not valid: they happened in the city.
 *
 * @param leafType Null where rows tell no segment: there is the root alone.
 */
export function branchesOf(roster: Roster, leafType: string | null): Branch[] {
  const roots = segmentsOfType(roster, roster.types[0] ?? "");
  const root = roots.length === 1 ? roots[0]! : null;
  const unplaced = root === null ? [] : [{leaf: null, type: root.type, code: root.code, from: null, to: null}];
  if (leafType === null) return unplaced;
  const placed = segmentsOfType(roster, leafType).flatMap((leaf) =>
    wayUp(roster, leaf).flatMap(({type, code}, index, way): Branch[] => {
      if (root !== null && type === root.type && code === root.code) return [];
      const valid = way.slice(0, index + 1);
      return [{leaf: leaf.code, type, code, from: latest(valid), to: earliest(valid)}];
    })
  );
  const leaves = [...new Set(segmentsOfType(roster, leafType).map(({code}) => code))];
  const whole =
    root === null ? [] : leaves.map((leaf) => ({leaf, type: root.type, code: root.code, from: null, to: null}));
  return [...placed, ...whole, ...unplaced];
}

/** Types of segment that a source with leaves of this type can tell: its own and those above, and the root. */
export function tellableTypes(roster: Roster, leafType: string | null): ReadonlySet<string> {
  return new Set(branchesOf(roster, leafType).map(({type}) => type));
}

function wayUp(roster: Roster, segment: Segment): Segment[] {
  const above = segment.parent === null ? null : findSegment(roster, segment.parent);
  return above === null ? [segment] : [segment, ...wayUp(roster, above)];
}

function latest(way: readonly Segment[]): string | null {
  return way.reduce<string | null>(
    (day, {valid_from}) => (valid_from !== null && (day === null || valid_from > day) ? valid_from : day),
    null
  );
}

function earliest(way: readonly Segment[]): string | null {
  return way.reduce<string | null>(
    (day, {valid_to}) => (valid_to !== null && (day === null || valid_to < day) ? valid_to : day),
    null
  );
}
