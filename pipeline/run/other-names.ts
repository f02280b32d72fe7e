import {countDays, type DaySet, subtract, union} from "../calendar/day-set.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Diagnostic, Severity} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {readFileName} from "../extract/coverage.ts";
import type {Extract} from "./inbox.ts";

/** The load that these bytes are already, or will be. */
export interface SameBytes {
  readonly id: string;
  /** Name of the file that it was read from. */
  readonly file: string;
  readonly extracted: IsoDate | null;
}

/**
 * The same bytes are one load, whatever their file is called. Where another name says a later day of making, or days on
 * which nothing is known, that is passed over: a delivery made in between would count as the newer one, and the days stay
 * unknown. Whoever delivers must hear of it.
 *
 * @param known Of which something is known of the source, whatever the partition.
 * @returns [] where the name says nothing beyond.
 */
export function otherNameNotes(
  {name, source}: Pick<Extract, "name" | "source">,
  load: SameBytes,
  known: readonly {readonly days: DaySet}[],
  severity: Severity
): Diagnostic[] {
  if (name === load.file) return [];
  const said = readFileName({source, name, covers: null});
  const isLater = said.extracted !== null && load.extracted !== null && said.extracted > load.extracted;
  const days = subtract(said.covered === null ? [] : [said.covered], known.map((one) => one.days).reduce(union, []));
  if (!isLater && days.length === 0) return [];
  const parameters = {
    load: load.id,
    other: load.file,
    made: isLater ? said.extracted : null,
    counts_as: load.extracted,
    days: countDays(days),
    covers: said.covered?.join("..") ?? null
  };
  return [complain("known-by-other-name", {file: name}, parameters, days.length > 0 ? "warning" : severity)];
}
