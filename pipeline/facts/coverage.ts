import {type DaySet, intersect, subtract, union} from "../calendar/day-set.ts";
import {daysIn, type IsoDate} from "../calendar/iso-date.ts";
import type {ProjectSource, SegmentKey} from "../config/project.ts";
import {findSegment, leavesBelow, type Roster, type Segment, segmentsOfType} from "../config/roster.ts";
import type {CoverageAnswer, Ownership, SourceCoverage} from "./contract.ts";
import {type OrderedLoad, ownershipOf, spokenDays} from "./ownership.ts";

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
  /** Days on which it is in the roster. */
  readonly valid: DaySet;
  readonly parts: readonly Part[];
  /** Days on which it is in the roster and has partitions, and all of them are covered. */
  readonly covered: DaySet;
  /** Last day of these, or of those that all partitions cover while none of them is valid. */
  readonly known_to: IsoDate | null;
}

/**
 * Coverage of one source by the loads known of it.
 *
 * A segment above the partitions is covered on the days on which all its partitions of the roster that are valid on
 * that day are covered; one below them where its partition is. A segment that is neither (its column has nothing to
 * do with the partitions) needs all of them. Without partition a load speaks for every segment. No segment is covered
 * on days on which it is not in the roster: half a quarter of a new Area is no baseline.
 *
 * @param timeZone The project's; see `ownershipOf`.
 */
export function coverageOf(
  roster: Roster,
  source: ProjectSource,
  loads: readonly CoveringLoad[],
  timeZone: string
): SourceCoverage {
  const partition_type = partitionType(source);
  const ownership = ownershipOf(source.delivery, loads, partitionsOf(roster, source), timeZone);
  const decided = daysByPartition(ownership);
  const spoken = ownership.map((own) => ({...own, days: spokenDays(source.delivery, own.days)}));
  const segments = new Map<string, SegmentCoverage>();
  const bySegment = (key: SegmentKey): SegmentCoverage => {
    const name = `${key.type} ${key.code}`;
    const known = segments.get(name) ?? segmentCoverage(...partsOf(roster, key, partition_type, decided));
    segments.set(name, known);
    return known;
  };
  const everything = segmentCoverage(always, allParts(roster, partition_type, decided));
  const lackingOf = lackingColumns(loads);
  const ask: SourceCoverage["ask"] = (segment, from, to, columns) => {
    const days = daysIn(from, to);
    const {valid: in_roster, parts, covered} = bySegment(segment);
    const present = parts.filter(({valid}) => touches(valid, from, to));
    const covered_days = daysWithin(covered, from, to);
    const answer: CoverageAnswer = {
      days,
      roster_days: daysWithin(in_roster, from, to),
      covered_days,
      partitions: partition_type === null ? 1 : present.length,
      missing_partitions:
        covered_days === days || partition_type === null
          ? []
          : present.filter(({gaps}) => touches(gaps, from, to)).map(({name}) => name),
      missing_columns: missingColumns(spoken, lackingOf(columns), parts, from, to, columns)
    };
    return answer;
  };
  return {
    source: source.source,
    partition_type,
    ownership,
    spoken,
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

/**
 * The days on which a segment is in the roster, and its partitions, each on the days on which both are. What stands
 * between them needs no dates of its own: an Area without a bureau is still an Area of the city.
 */
function partsOf(roster: Roster, key: SegmentKey, type: string | null, decided: Decided): [valid: DaySet, Part[]] {
  const segment = findSegment(roster, key);
  const valid = segment === null ? always : validity(segment);
  if (type === null) return [valid, allParts(roster, type, decided)];
  const below = leavesBelow(roster, key, type);
  if (below.length > 0) {
    return [valid, below.map((leaf) => part(leaf, intersect(valid, validity(leaf)), decided))];
  }
  const around = segment === null ? undefined : ancestors(roster, segment).find((above) => above.type === type);
  return [valid, around === undefined ? allParts(roster, type, decided) : [part(around, validity(around), decided)]];
}

function allParts(roster: Roster, type: string | null, decided: Decided): Part[] {
  if (type === null) return [{code: null, name: "", valid: always, ...known(null, always, decided)}];
  return segmentsOfType(roster, type).map((leaf) => part(leaf, validity(leaf), decided));
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

function segmentCoverage(valid: DaySet, parts: readonly Part[]): SegmentCoverage {
  const present = intersect(valid, parts.map((one) => one.valid).reduce(union, []));
  const covered = parts.map(({gaps}) => gaps).reduce(subtract, present);
  const beyond = parts.map((one) => one.decided).reduce(intersect, subtract(always, present));
  return {valid, parts, covered, known_to: union(covered, beyond).at(-1)?.[1] ?? null};
}

type Lacking = ReadonlyMap<string, readonly string[]>;

/** Those of some columns that loads do not hold, by load; found once for columns that are asked of every window. */
function lackingColumns(loads: readonly CoveringLoad[]): (columns: readonly string[]) => Lacking {
  const known = new WeakMap<readonly string[], Lacking>();
  const find = (columns: readonly string[]): Lacking =>
    new Map(
      loads.flatMap(({id, columns: held}) => {
        const lacks = columns.filter((column) => !held.includes(column));
        return lacks.length === 0 ? [] : [[id, lacks] as const];
      })
    );
  return (columns) => {
    const found = known.get(columns) ?? find(columns);
    known.set(columns, found);
    return found;
  };
}

function missingColumns(
  ownership: readonly Ownership[],
  lacking: Lacking,
  parts: readonly Pick<Part, "code">[],
  from: IsoDate,
  to: IsoDate,
  columns: readonly string[]
): string[] {
  // Nearly always so, and asked of every window: the parts that loads own are many more than the loads.
  if (lacking.size === 0) return [];
  const partitions = new Set(parts.map(({code}) => code));
  const missing = new Set<string>();
  for (const {load, partition, days} of ownership) {
    const lacks = lacking.get(load);
    if (lacks !== undefined && partitions.has(partition) && touches(days, from, to)) {
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
