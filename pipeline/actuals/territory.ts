import type {ProjectSource, SegmentKey} from "../config/project.ts";
import {findSegment, leavesBelow, type Roster, type Segment, segmentsOfType} from "../config/roster.ts";
import {branchesOf, type SegmentColumn, segmentColumns, tellingColumn} from "./branches.ts";
import type {Leaf} from "./cells.ts";

/** The leaves of a source whose rows are counted together. */
export interface Territory {
  /** Two of the same name hold the same. */
  readonly key: string;
  holds(leaf: Leaf): boolean;
}

/** Which rows of a source are a segment's. */
export interface Territories {
  /** The column by which segments of a type are told; null where rows tell none of them. Rows always tell the root. */
  column(type: string): SegmentColumn | null;
  tells(type: string): boolean;
  /** @throws Error where rows were not counted by the column that tells the segment: nobody was to ask for it. */
  of(segment: SegmentKey): Territory;
  /** Whether rows were counted by the column that tells segments of a type. */
  isCounted(type: string): boolean;
  /** The partitions of a segment, as coverage takes them; one in all without partition. */
  partitions(segment: SegmentKey): readonly SegmentPartition[];
}

export interface SegmentPartition {
  readonly partition: Segment | null;
  /** All of the partition, or of the source. */
  readonly whole: Territory;
  /** What of it is the segment's. */
  readonly territory: Territory;
}

/** @param counted The columns by which rows were counted, in order. */
export function territoriesOf(
  roster: Roster,
  source: ProjectSource,
  counted: readonly Pick<SegmentColumn, "column">[]
): Territories {
  const columns = segmentColumns(roster, source);
  const root = roster.types[0];
  const column = (type: string) => tellingColumn(roster, columns, type) ?? null;
  const known = new Map<string, Territory>();
  const make = (segment: SegmentKey): Territory => {
    const telling = column(segment.type);
    const at = counted.findIndex((one) => one.column === telling?.column);
    if (telling !== null && at === -1) {
      throw new Error(`"${source.source}" was not counted by ${telling.column}, which no target or report asks for`);
    }
    const leaves = new Set(
      branchesOf(roster, telling?.type ?? null)
        .filter(({type, code}) => type === segment.type && code === segment.code)
        .map(({leaf}) => leaf)
    );
    return {key: `${segment.type}\0${segment.code}`, holds: (leaf) => leaves.has(leaf[at] ?? null)};
  };
  const of = (segment: SegmentKey) => {
    const key = `${segment.type}\0${segment.code}`;
    const territory = known.get(key) ?? make(segment);
    known.set(key, territory);
    return territory;
  };
  const partitionType = source.partition === undefined ? null : (columns[0]?.type ?? null);
  const parts = new Map<string, readonly SegmentPartition[]>();
  const everything: Territory = {key: "", holds: () => true};
  const isCounted = (type: string) => {
    const telling = column(type);
    return telling === null ? type === root : counted.some((one) => one.column === telling.column);
  };
  return {
    column,
    tells: (type) => type === root || column(type) !== null,
    isCounted,
    of,
    partitions: (segment) => {
      const own = of(segment);
      if (partitionType === null) return [{partition: null, whole: everything, territory: own}];
      const found =
        parts.get(own.key) ??
        partitionsOf(roster, segment, partitionType).map((partition) => ({
          partition,
          whole: {key: `partition ${partition.code}`, holds: (leaf: Leaf) => leaf[0] === partition.code},
          territory: {
            key: `${own.key}\0${partition.code}`,
            holds: (leaf: Leaf) => leaf[0] === partition.code && own.holds(leaf)
          }
        }));
      parts.set(own.key, found);
      return found;
    }
  };
}

/** Those below a segment; the one that it lies below; all where it has nothing to do with them. */
export function partitionsOf(roster: Roster, segment: SegmentKey, type: string): readonly Segment[] {
  const below = leavesBelow(roster, segment, type);
  if (below.length > 0) return below;
  for (let at = findSegment(roster, segment); at !== null; ) {
    const above: Segment | null = at.parent === null ? null : findSegment(roster, at.parent);
    if (above?.type === type) return [above];
    at = above;
  }
  return segmentsOfType(roster, type);
}
