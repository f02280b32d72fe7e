import type {IsoDate} from "../calendar/iso-date.ts";
import {toDay} from "../calendar/iso-date.ts";
import type {ProjectSource} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Load} from "../ledger/contract.ts";

/**
 * Whether the newest extract of a source is too old on the day of a load. It is told as an error where it is older than
 * `error_after`, and refuses nothing: an old file is better than none. Synthetic extracts are as old as they were made.
 *
 * @param loads Known of the source, the new ones among them.
 */
export function freshnessComplaints(
  {source, freshness}: ProjectSource,
  loads: readonly Pick<Load, "covered" | "synthetic">[],
  file: string,
  today: IsoDate
): Diagnostic[] {
  if (freshness === undefined || loads.some(({synthetic}) => synthetic)) return [];
  const days = loads.flatMap(({covered}) => covered.flatMap((one) => one.days.map(([, to]) => to)));
  const last = days.sort().at(-1);
  if (last === undefined) return [];
  const age = toDay(today) - toDay(last);
  if (age <= freshness.warn_after) return [];
  const tooOld = age > freshness.error_after;
  const limit = tooOld ? freshness.error_after : freshness.warn_after;
  const parameters = {source, last, age, limit, key: tooOld ? "error_after" : "warn_after"};
  return [complain("stale-source", {file}, parameters, tooOld ? "error" : "warning")];
}
