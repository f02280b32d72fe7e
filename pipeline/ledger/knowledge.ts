import type {DayRange} from "../calendar/day-set.ts";
import type {IsoInstant} from "../calendar/instant.ts";
import type {Knowledge, KnownLoad, LedgerEntry} from "./contract.ts";

/**
 * What was known at a moment: a fold over the entries up to and including it. The same extract read again under a
 * mended definition replaces the former reading and takes its place in the order of loads: a definition that is
 * mended says nothing about which extract is newer.
 *
 * @param asOf Null: everything.
 */
export function knowledge(entries: readonly LedgerEntry[], asOf: IsoInstant | null): Knowledge {
  const known = asOf === null ? entries : entries.filter(({at}) => Date.parse(at) <= Date.parse(asOf));
  const byExtract = new Map<string, KnownLoad>();
  const refusals = new Map<string, Knowledge["refusals"][number]>();
  for (const entry of known) {
    if (entry.kind === "refusal") {
      const {refusal, sequence, at} = entry;
      refusals.set(nameOf(refusal), {...refusal, sequence, at});
    }
    if (entry.kind === "acceptance") refusals.delete(nameOf(entry.acceptance));
    if (entry.kind === "refusal_withdrawn") refusals.delete(nameOf(entry.refusal_withdrawn));
    if (entry.kind !== "load") continue;
    const {load, sequence, at, receipt} = entry;
    const extract = `${load.source} ${load.sha256}`;
    const order = byExtract.get(extract)?.order ?? {sequence, at};
    // Taken out first, so that a later reading is listed where it was committed.
    byExtract.delete(extract);
    byExtract.set(extract, {...load, sequence, at, order, receipt});
    refusals.delete(nameOf(load));
  }
  const last = known.at(-1);
  return {
    loads: [...byExtract.values()],
    refusals: [...refusals.values()],
    as_of: last?.at ?? null,
    definitions: last?.definitions ?? null
  };
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
