import type {IsoInstant} from "../calendar/instant.ts";
import type {Knowledge, LedgerEntry} from "./contract.ts";

type KnownLoad = Knowledge["loads"][number];

/**
 * What was known at a moment: a fold over the entries up to and including it. The same extract read again under a
 * mended definition replaces the former reading.
 *
 * @param asOf Null: everything.
 */
export function knowledge(entries: readonly LedgerEntry[], asOf: IsoInstant | null): Knowledge {
  const known = asOf === null ? entries : entries.filter(({at}) => Date.parse(at) <= Date.parse(asOf));
  const byExtract = new Map<string, KnownLoad>();
  for (const entry of known) {
    if (entry.kind !== "load") continue;
    const {load, sequence, at, receipt} = entry;
    const extract = `${load.source} ${load.sha256}`;
    // Taken out first, so that a later reading stands at its own place in the order of commits.
    byExtract.delete(extract);
    byExtract.set(extract, {...load, sequence, at, receipt});
  }
  const last = known.at(-1);
  return {loads: [...byExtract.values()], as_of: last?.at ?? null, definitions: last?.definitions ?? null};
}
