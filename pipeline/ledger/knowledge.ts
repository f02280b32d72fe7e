import type {DayRange} from "../calendar/day-set.ts";
import type {IsoInstant} from "../calendar/instant.ts";
import type {Knowledge, KnownLoad, LedgerEntry, Load, RetractedLoad} from "./contract.ts";

/**
 * What was known at a moment: a fold over the entries up to and including it. The same extract read again under a
 * mended definition replaces the former reading and takes its place in the order of loads: a definition that is
 * mended says nothing about which extract is newer. A retracted load is as if it had never been, from that entry on:
 * where it was a reading again, the reading before it counts again.
 *
 * @param asOf Null: everything.
 */
export function knowledge(entries: readonly LedgerEntry[], asOf: IsoInstant | null): Knowledge {
  const known = asOf === null ? entries : entries.filter(({at}) => Date.parse(at) <= Date.parse(asOf));
  /** Readings of an extract that stand, oldest first: the last of them counts. */
  const readings = new Map<string, KnownLoad[]>();
  const refusals = new Map<string, Knowledge["refusals"][number]>();
  let retracted: RetractedLoad[] = [];
  for (const entry of known) {
    if (entry.kind === "refusal") {
      const {refusal, sequence, at} = entry;
      refusals.set(nameOf(refusal), {...refusal, sequence, at});
    }
    if (entry.kind === "acceptance") refusals.delete(nameOf(entry.acceptance));
    if (entry.kind === "refusal_withdrawn") refusals.delete(nameOf(entry.refusal_withdrawn));
    if (entry.kind === "load") {
      const {load, sequence, at, receipt} = entry;
      const extract = extractOf(load);
      readings.set(extract, [...(readings.get(extract) ?? []), {...load, sequence, at, receipt}]);
      retracted = retracted.filter((one) => extractOf(one) !== extract);
      refusals.delete(nameOf(load));
    }
    if (entry.kind === "retraction") {
      const {reason, by, load: id} = entry.retraction;
      // A definition that is mended and mended back gives the same id twice: it is the later reading that counts.
      const load = [...readings.values()].flat().findLast((one) => one.id === id);
      if (load === undefined) continue;
      const extract = extractOf(load);
      readings.set(
        extract,
        readings.get(extract)!.filter((one) => one !== load)
      );
      retracted.push({...load, retraction: {reason, by, sequence: entry.sequence, at: entry.at}});
    }
  }
  const last = known.findLast(({kind}) => kind !== "pruning");
  return {
    loads: [...readings.values()].flatMap(current).sort((a, b) => a.sequence - b.sequence),
    refusals: [...refusals.values()],
    retracted,
    as_of: last?.at ?? null,
    definitions: last?.definitions ?? null
  };
}

/** The reading of an extract that counts, at the place of its first one. */
function current(readings: readonly KnownLoad[]): KnownLoad[] {
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [{...last, order: {sequence: first.sequence, at: first.at}}];
}

function extractOf({source, sha256}: Load): string {
  return `${source} ${sha256}`;
}

function nameOf({source, file}: {readonly source: string; readonly file: string}): string {
  return JSON.stringify([source, file]);
}

/**
 * Whether a load of the same extract answers for it, so that nothing need be read: it was read under this definition,
 * and covers the days said by hand. Where none are said now, those said for it then hold.
 */
export function answersFor(load: KnownLoad, definition: string, coversSaid: DayRange | null): boolean {
  if (load.definition !== definition) return false;
  if (coversSaid === null) return true;
  const [from, to] = coversSaid;
  const exactly = ({days}: KnownLoad["covered"][number]) =>
    days.length === 1 && days[0]?.[0] === from && days[0][1] === to;
  return load.covered.length > 0 && load.covered.every(exactly);
}
