import {type DaySet, intersect, subtract, union} from "../calendar/day-set.ts";
import {dayOf} from "../calendar/instant.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Source} from "../config/source.ts";
import type {Ownership} from "./contract.ts";

/** What the fold of what is known reads of a load. */
export interface OrderedLoad {
  readonly id: string;
  /** Order of commits. */
  readonly sequence: number;
  /** When it was committed, UTC. */
  readonly at: string;
  /** Place of the first reading of its extract, which a reading again takes; left out, its own. */
  readonly order?: {readonly sequence: number; readonly at: string};
  readonly extracted: IsoDate | null;
  readonly covered: readonly {readonly partition: string | null; readonly days: DaySet}[];
}

/**
 * Which load decides which days of which partition: the fold of what is known.
 *
 * A newer `snapshot` replaces all of the partitions that it contains, so an older one that arrives late decides
 * nothing of them. A newer `period` load replaces the days that it covers, so an older one fills only what no newer
 * one covers. `upsert` and `append` loads take no day from one another: each decides all that it covers. Newer is by
 * `extracted`, else by load order; see `newestFirst`.
 *
 * @param partitions Codes of the partitions in the roster; null where the source has no partition. A load from before
 * `partition` was declared speaks for all of them. One from before it was taken away can't speak for the whole, so
 * it decides nothing until its extract is read again.
 * @param timeZone The project's, in which its days are: an extract that says no day was made on the day it was loaded.
 * @returns In order of load order and partition; loads that decide nothing are left out.
 */
export function ownershipOf(
  delivery: Source["delivery"],
  loads: readonly OrderedLoad[],
  partitions: readonly string[] | null,
  timeZone: string
): Ownership[] {
  const taken = new Map<string | null, DaySet>();
  const owned: (Ownership & {readonly sequence: number})[] = [];
  for (const load of newestFirst(loads, timeZone)) {
    const {id, covered} = load;
    const {sequence} = placeOf(load);
    for (const {partition, days} of covered.flatMap((one) => inPartitions(one, partitions))) {
      const before = taken.get(partition);
      if (delivery === "snapshot" && before !== undefined) continue;
      const own = before === undefined || sharesDays(delivery) ? union(days, []) : subtract(days, before);
      if (own.length > 0) owned.push({load: id, partition, days: own, sequence});
      taken.set(partition, union(before ?? [], days));
    }
  }
  return owned
    .sort((a, b) => a.sequence - b.sequence || compareCodes(a.partition, b.partition))
    .map(({load, partition, days}) => ({load, partition, days}));
}

/** Whether several loads may decide a day, each by its own rows. */
export function sharesDays(delivery: Source["delivery"]): boolean {
  return delivery === "upsert" || delivery === "append";
}

/** The days of which a load that decides some may hold rows: a file of changes speaks of all before its last one. */
export function spokenDays(delivery: Source["delivery"], decided: DaySet): DaySet {
  const last = decided.at(-1)?.[1];
  return delivery === "upsert" && last !== undefined ? [["1000-01-01", last]] : decided;
}

type Covered = OrderedLoad["covered"][number];

function inPartitions(covered: Covered, partitions: readonly string[] | null): readonly Covered[] {
  if (partitions === null) return covered.partition === null ? [covered] : [];
  return covered.partition === null ? partitions.map((partition) => ({...covered, partition})) : [covered];
}

/**
 * Loads by the day on which their extract was made, else by load order. Where some loads carry that day and others do
 * not (it was declared later), one without counts as made on the day when it was loaded, by the project's clocks: what is
 * loaded in the evening is of that day, though it is the next one in UTC. An extract read again, under
 * a mended definition, is no newer for that: it keeps the place of its first reading.
 */
export function newestFirst<L extends OrderedLoad>(loads: readonly L[], timeZone: string): L[] {
  const dated = loads.some(({extracted}) => extracted !== null);
  const days = new Map(
    loads.map((load) => [load, dated ? (load.extracted ?? dayOf(new Date(placeOf(load).at), timeZone)) : ""])
  );
  const made = (load: L) => days.get(load)!;
  return [...loads].sort((a, b) =>
    made(a) === made(b) ? placeOf(b).sequence - placeOf(a).sequence : made(a) < made(b) ? 1 : -1
  );
}

function placeOf({order, sequence, at}: OrderedLoad): {readonly sequence: number; readonly at: string} {
  return order ?? {sequence, at};
}

/**
 * The loads that decide what a load covers in its stead; none where it decides all of it, or shares its days.
 *
 * @param ownership Of all loads known, as `ownershipOf` gives it.
 * @returns Ids, in load order.
 */
export function displacedBy(
  delivery: Source["delivery"],
  load: Pick<OrderedLoad, "id" | "covered">,
  ownership: readonly Ownership[]
): string[] {
  if (sharesDays(delivery)) return [];
  const others = ownership.filter((one) => one.load !== load.id);
  const instead = others.filter((other) =>
    load.covered.some(({partition, days}) => {
      if (partition !== null && partition !== other.partition) return false;
      // A newer snapshot replaces the whole partition, on days that it does not cover itself too.
      return delivery === "snapshot" || intersect(days, other.days).length > 0;
    })
  );
  return [...new Set(instead.map((one) => one.load))];
}

/** The days of each partition for which two states of knowledge are decided by different loads. */
export function changedOwnership(
  before: readonly Ownership[],
  after: readonly Ownership[]
): {readonly before: readonly Ownership[]; readonly after: readonly Ownership[]} {
  return {before: without(before, after), after: without(after, before)};
}

function without(owned: readonly Ownership[], other: readonly Ownership[]): Ownership[] {
  const others = new Map(other.map((one) => [ownerOf(one), one.days]));
  return owned.flatMap((own) => {
    const same = others.get(ownerOf(own));
    if (same === own.days) return [];
    const days = subtract(own.days, same === undefined ? [] : intersect(own.days, same));
    return days.length === 0 ? [] : [{...own, days}];
  });
}

function ownerOf({load, partition}: Ownership): string {
  return JSON.stringify([load, partition]);
}

/** One for all comparisons: a hundred loads of twenty Areas make some ten thousand. */
const codeOrder = new Intl.Collator("en", {numeric: true});

/** By number where both are numbers, so that Area 10 follows 9. */
function compareCodes(a: string | null, b: string | null): number {
  return codeOrder.compare(a ?? "", b ?? "");
}
