import {type DaySet, intersect, subtract, union} from "../calendar/day-set.ts";
import {daysIn, type IsoDate} from "../calendar/iso-date.ts";
import type {ProjectSource, SegmentKey} from "../config/project.ts";
import {findSegment, type Roster, type Segment, segmentsOfType} from "../config/roster.ts";
import type {CoverageAnswer, Ownership, SourceCoverage} from "./contract.ts";
import {type OrderedLoad, ownershipOf} from "./ownership.ts";

/** What coverage reads of a load. */
export interface CoveringLoad extends OrderedLoad {
  /** Columns that its rows hold. */
  readonly columns: readonly string[];
}

/** Where a roster says nothing of dates, a partition is valid on all days that have a name. */
const always: DaySet = [["1000-01-01", "9999-12-31"]];

/** One partition of a segment: when it belongs to it, and when it is covered. */
interface Part {
  readonly code: string | null;
  readonly name: string;
  readonly valid: DaySet;
  /** Its valid days that no load decides. */
  readonly gaps: DaySet;
  /** Days that a load decides, valid or not. */
  readonly decided: DaySet;
}

/** The coverage of one segment, worked out once. */
interface SegmentCoverage {
  readonly parts: readonly Part[];
  /** Days on which it has partitions and all of them are covered. */
  readonly covered: DaySet;
  /** Last day of these, or of those that all partitions cover while none of them is valid. */
  readonly known_to: IsoDate | null;
}

/**
 * Coverage of one source by the loads known of it.
 *
 * A segment above the partitions is covered on the days on which all its partitions of the roster that are valid on
 * that day are covered; one below them where its partition is. A segment that is neither (its column has nothing to
 * do with the partitions) needs all of them. Without partition a load speaks for every segment.
 */
export function coverageOf(roster: Roster, source: ProjectSource, loads: readonly CoveringLoad[]): SourceCoverage {
  const partition_type = partitionType(source);
  const ownership = ownershipOf(source.delivery, loads, partitionsOf(roster, source));
  const decided = daysByPartition(ownership);
  const segments = new Map<string, SegmentCoverage>();
  const bySegment = (key: SegmentKey): SegmentCoverage => {
    const name = `${key.type} ${key.code}`;
    const known = segments.get(name) ?? segmentCoverage(partsOf(roster, key, partition_type, decided));
    segments.set(name, known);
    return known;
  };
  const everything = segmentCoverage(allParts(roster, partition_type, decided));
  const columnsOf = new Map(loads.map(({id, columns}) => [id, new Set(columns)]));
  const ask: SourceCoverage["ask"] = (segment, from, to, columns) => {
    const days = daysIn(from, to);
    const {parts, covered} = bySegment(segment);
    const present = parts.filter(({valid}) => touches(valid, from, to));
    const covered_days = daysWithin(covered, from, to);
    const answer: CoverageAnswer = {
      days,
      covered_days,
      partitions: partition_type === null ? 1 : present.length,
      missing_partitions:
        covered_days === days || partition_type === null
          ? []
          : present.filter(({gaps}) => touches(gaps, from, to)).map(({name}) => name),
      missing_columns: missingColumns(ownership, columnsOf, new Set(parts.map(({code}) => code)), from, to, columns)
    };
    return answer;
  };
  return {
    source: source.source,
    partition_type,
    ownership,
    ask,
    first: everything.covered[0]?.[0] ?? null,
    last: everything.covered.at(-1)?.[1] ?? null,
    horizon: [...decided.values()].reduce<IsoDate | null>((latest, days) => {
      const last = days.at(-1)?.[1] ?? null;
      return latest === null || (last !== null && last > latest) ? last : latest;
    }, null),
    knownTo: (segment) => bySegment(segment).known_to
  };
}

/** Codes of the roster by which a source is partitioned, in its order; null where it has no partition. */
export function partitionsOf(roster: Roster, source: ProjectSource): readonly string[] | null {
  const type = partitionType(source);
  return type === null ? null : [...new Set(segmentsOfType(roster, type).map(({code}) => code))];
}

/** The type of segment that partitions a source; null where it has no partition. */
export function partitionType(source: ProjectSource): string | null {
  const column = source.partition?.[0];
  return column === undefined ? null : (source.columns[column]?.segment ?? null);
}

function daysByPartition(ownership: readonly Ownership[]): Map<string | null, DaySet> {
  const decided = new Map<string | null, DaySet>();
  for (const {partition, days} of ownership) decided.set(partition, union(decided.get(partition) ?? [], days));
  return decided;
}

type Decided = ReadonlyMap<string | null, DaySet>;

function partsOf(roster: Roster, key: SegmentKey, type: string | null, decided: Decided): Part[] {
  if (type === null) return allParts(roster, type, decided);
  const below = segmentsOfType(roster, type).flatMap((leaf) => partWithin(roster, leaf, key, decided));
  if (below.length > 0) return below;
  const segment = findSegment(roster, key);
  const around = segment === null ? undefined : ancestors(roster, segment).find((above) => above.type === type);
  return around === undefined ? allParts(roster, type, decided) : [part(around, validity(around), decided)];
}

function allParts(roster: Roster, type: string | null, decided: Decided): Part[] {
  if (type === null) return [{code: null, name: "", valid: always, ...known(null, always, decided)}];
  return segmentsOfType(roster, type).map((leaf) => part(leaf, validity(leaf), decided));
}

/** The partition as a part of `key`, valid while every segment on the way up to it is valid; [] when not below it. */
function partWithin(roster: Roster, leaf: Segment, key: SegmentKey, decided: Decided): Part[] {
  const way = [leaf, ...ancestors(roster, leaf)];
  const end = way.findIndex(({type, code}) => type === key.type && code === key.code);
  if (end === -1) return [];
  const valid = way
    .slice(0, end + 1)
    .map(validity)
    .reduce(intersect);
  return [part(leaf, valid, decided)];
}

function part({code, name}: Segment, valid: DaySet, decided: Decided): Part {
  return {code, name, valid, ...known(code, valid, decided)};
}

function known(code: string | null, valid: DaySet, decided: Decided): Pick<Part, "gaps" | "decided"> {
  const days = decided.get(code) ?? [];
  return {gaps: subtract(valid, days), decided: days};
}

/** Parent, its parent and so on up to the root. */
function ancestors(roster: Roster, {parent}: Segment): Segment[] {
  const above = parent === null ? null : findSegment(roster, parent);
  return above === null ? [] : [above, ...ancestors(roster, above)];
}

function validity({valid_from, valid_to}: Segment): DaySet {
  return [[valid_from ?? always[0]![0], valid_to ?? always[0]![1]]];
}

function segmentCoverage(parts: readonly Part[]): SegmentCoverage {
  const valid = parts.map((one) => one.valid).reduce(union, []);
  const covered = parts.map(({gaps}) => gaps).reduce(subtract, valid);
  const beyond = parts.map((one) => one.decided).reduce(intersect, subtract(always, valid));
  return {parts, covered, known_to: union(covered, beyond).at(-1)?.[1] ?? null};
}

function missingColumns(
  ownership: readonly Ownership[],
  columnsOf: ReadonlyMap<string, ReadonlySet<string>>,
  partitions: ReadonlySet<string | null>,
  from: IsoDate,
  to: IsoDate,
  columns: readonly string[]
): string[] {
  const missing = new Set<string>();
  for (const {load, partition, days} of ownership) {
    const held = columnsOf.get(load);
    const lacks = columns.filter((column) => held?.has(column) !== true);
    if (lacks.length > 0 && partitions.has(partition) && touches(days, from, to)) {
      for (const column of lacks) missing.add(column);
    }
  }
  return columns.filter((column) => missing.has(column));
}

function touches(set: DaySet, from: IsoDate, to: IsoDate): boolean {
  return set.some(([first, last]) => first <= to && last >= from);
}

/** How many days of `from..to` the set holds, without cutting it. */
function daysWithin(set: DaySet, from: IsoDate, to: IsoDate): number {
  let days = 0;
  for (const [first, last] of set) {
    if (first > to) break;
    days += daysIn(first > from ? first : from, last < to ? last : to);
  }
  return days;
}
