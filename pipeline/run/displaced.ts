import {countDays} from "../calendar/day-set.ts";
import type {ProjectSource} from "../config/project.ts";
import type {Diagnostic, Severity} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Ownership} from "../facts/contract.ts";
import {displacedBy, newestFirst} from "../facts/ownership.ts";
import type {KnownLoad, Load} from "../ledger/contract.ts";

/**
 * Where an older extract comes late, what is left for it to decide; [] where it decides all that it covers. An upsert
 * decides what no newer one says: how much that is its months tell.
 *
 * @param loads Of its source, with itself.
 * @param ownership Of these.
 */
export function lateNotes(
  source: ProjectSource,
  load: Load,
  loads: readonly KnownLoad[],
  ownership: readonly Ownership[],
  timeZone: string
): Diagnostic[] {
  const [newest] = newestFirst(loads, timeZone);
  if (source.delivery === "upsert" && newest !== undefined && newest.id !== load.id) {
    const parameters = {extracted: load.extracted ?? "earlier", newer: newest.id};
    return [complain("late-upsert", {file: load.file}, parameters, "note")];
  }
  const newer = displacedBy(source.delivery, load, ownership).at(-1);
  if (newer === undefined) return [];
  const parameters = {extracted: load.extracted ?? "earlier", decides: decidesWords(load, ownership), newer};
  return [complain("late-extract", {file: load.file}, parameters, "note")];
}

/**
 * Where a known extract does not decide all that it covers any more: whoever delivers it again to make it count must
 * hear that it does not. [] where it decides all.
 *
 * @param ownership Of all loads of its source before the command.
 */
export function displacedNotes(
  file: string,
  source: ProjectSource,
  load: KnownLoad,
  ownership: readonly Ownership[],
  severity: Severity
): Diagnostic[] {
  const newer = displacedBy(source.delivery, load, ownership);
  if (newer.length === 0) return [];
  const parameters = {
    load: load.id,
    decides: decidesWords(load, ownership),
    newer,
    declared: source.extracted !== undefined
  };
  return [complain("known-displaced", {file}, parameters, severity)];
}

/** "nothing", or "3 of 31 days", summed over the partitions. */
function decidesWords({id, covered}: Load, ownership: readonly Ownership[]): string {
  const days = (of: readonly {readonly days: Ownership["days"]}[]) =>
    of.reduce((sum, one) => sum + countDays(one.days), 0);
  const decided = days(ownership.filter(({load}) => load === id));
  return decided === 0
    ? "nothing"
    : `${decided.toLocaleString("en-US")} of ${days(covered).toLocaleString("en-US")} days`;
}
