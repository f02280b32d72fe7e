import {countDays, type DaySet, intersect} from "../calendar/day-set.ts";
import type {ProjectSource} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {PartitionCoverage, ReadExtract} from "../extract/contract.ts";
import {sharesDays} from "../facts/ownership.ts";
import type {ExtractRead} from "./read-extracts.ts";

/**
 * Files of one command and source that speak for the same, and nothing says which is newer: two snapshots of one
 * partition, or two period extracts of one day of a partition. Order of names would decide, so both are refused. An
 * extract that is read again has its place in the order of loads already, before all that are new. Where rows are
 * appended without a key, no two may speak for one day, whichever is newer; with a key, and of upserts, files may: see
 * `contradictionFaults`.
 *
 * @returns Each such file with its complaints, one for each file that it overlaps.
 */
export function overlapFaults(reads: readonly ExtractRead[]): Map<ExtractRead, Diagnostic[]> {
  const faults = new Map<ExtractRead, Diagnostic[]>();
  for (const read of reads) {
    const found = reads.flatMap((other) => {
      const what = other === read ? null : sharedBy(read, other);
      if (what === null) return [];
      const declared = read.extract.source.extracted !== undefined;
      return [complain("overlapping-files", {file: read.extract.name}, {other: other.extract.name, what, declared})];
    });
    if (found.length > 0) faults.set(read, found);
  }
  return faults;
}

function sharedBy(a: ExtractRead, b: ExtractRead): string | null {
  const [first, second] = [readOf(a), readOf(b)];
  if (first === null || second === null || a.extract.source !== b.extract.source) return null;
  if (isReadAgain(a) || isReadAgain(b)) return null;
  const {delivery, key} = a.extract.source;
  if (sharesDays(delivery) ? key !== undefined : first.extracted !== second.extracted) return null;
  const whole = delivery === "snapshot";
  for (const {partition, days} of first.covered) {
    const same = second.covered.find((covered) => covered.partition === partition);
    if (same === undefined) continue;
    const shared = intersect(days, same.days);
    if (whole || shared.length > 0) return dayWords(a.extract.source, partition, whole ? null : shared);
  }
  return null;
}

function readOf(read: ExtractRead): Pick<ReadExtract, "covered" | "extracted"> | null {
  return read.kind === "read" && read.outcome.outcome === "read" ? read.outcome : null;
}

function isReadAgain(read: ExtractRead): boolean {
  return read.kind === "read" && read.former !== null;
}

/** "3 days of area 5, 2024-01-29 first"; null days: "everything". */
export function dayWords(
  source: Pick<ProjectSource, "partition">,
  partition: PartitionCoverage["partition"],
  days: DaySet | null
): string {
  const of = partition === null ? "" : ` of ${source.partition?.[0] ?? "partition"} ${partition}`;
  if (days === null) return partition === null ? "everything" : `all${of}`;
  const count = countDays(days);
  return `${count === 1 ? "1 day" : `${count} days`}${of}, ${days[0]![0]} first`;
}
