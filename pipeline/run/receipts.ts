import {mkdir} from "node:fs/promises";
import {dirname, join} from "node:path";
import {countDays} from "../calendar/day-set.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {ExtractSummary, ReadExtract, RefusedExtract} from "../extract/contract.ts";
import type {Ownership} from "../facts/contract.ts";
import type {ChangedMonth} from "../facts/months.ts";
import {type Load, type Receipt, receiptSchema} from "../ledger/contract.ts";
import {copyFileSafely} from "../warehouse/safe-files.ts";
import type {ReadAnew} from "./read-extracts.ts";

/** The receipt of an extract that is to become a load. */
export function loadedReceipt(
  {extract, load}: ReadAnew,
  read: ReadExtract,
  months: readonly ChangedMonth[],
  notes: readonly Diagnostic[]
): Receipt {
  return inOrder({
    file: extract.name,
    source: extract.source.source,
    outcome: "loaded",
    load,
    ...counts(read),
    covered: read.covered.map(({partition, days}) => ({
      partition,
      days: days.map(([from, to]) => [from, to] as const)
    })),
    months: [...months],
    effects: null,
    diagnostics: [...read.diagnostics, ...notes]
  });
}

/** The receipt of an extract that is known: what was said when it was loaded, and that nothing changed. */
export function unchangedReceipt(name: string, former: Receipt): Receipt {
  return {...former, file: name, outcome: "unchanged", months: [], effects: null, diagnostics: []};
}

/** The receipt of a file that the reader refused; its rejects are kept, nothing else is. */
export async function refusedReceipt(warehouse: string, read: ReadAnew, refused: RefusedExtract): Promise<Receipt> {
  const notes = await keepRejects(warehouse, read.load, read.extract.name, refused);
  return refusal(read, counts(refused), [...refused.diagnostics, ...notes]);
}

/** The receipt of a file that can be read, and is refused for what another file of the command says. */
export async function refusedTogether(
  warehouse: string,
  read: ReadAnew,
  outcome: ReadExtract,
  faults: readonly Diagnostic[]
): Promise<Receipt> {
  const notes = await keepRejects(warehouse, read.load, read.extract.name, outcome);
  const counted = {...counts(outcome), kept: 0, rejected: outcome.records};
  return refusal(read, counted, [...outcome.diagnostics, ...notes, ...faults]);
}

/** Where an older extract comes late, what is left for it to decide; [] where it decides all that it covers. */
export function lateNotes(load: Load, owned: readonly Ownership[], known: readonly Load[]): Diagnostic[] {
  const covered = load.covered.reduce((sum, {days}) => sum + countDays(days), 0);
  const own = owned.filter((one) => one.load === load.id);
  const decided = own.reduce((sum, {days}) => sum + countDays(days), 0);
  // A load from before the partitions were declared covers each of them, and so decides more days than it lists.
  if (decided >= covered) return [];
  const newer = known.findLast(({id, extracted}) => id !== load.id && (extracted ?? "") > (load.extracted ?? ""));
  const decides =
    decided === 0 ? "nothing" : `${decided.toLocaleString("en-US")} of ${covered.toLocaleString("en-US")} days`;
  const parameters = {extracted: load.extracted ?? "earlier", decides, newer: newer?.id ?? "another"};
  return [complain("late-extract", {file: load.file}, parameters, "note")];
}

/**
 * Keeps the rejects of a file where its owner alone can read them.
 *
 * @returns The note that says where; [] when there are none.
 */
export async function keepRejects(
  warehouse: string,
  load: string,
  file: string,
  {rejectsFile}: ExtractSummary
): Promise<Diagnostic[]> {
  if (rejectsFile === null) return [];
  const path = join(warehouse, "rejects", `${load}.csv`);
  await mkdir(dirname(path), {recursive: true, mode: 0o700});
  await copyFileSafely(rejectsFile, path, 0o600);
  return [complain("rejects-kept", {file}, {path: `rejects/${load}.csv`}, "note")];
}

function refusal({extract}: ReadAnew, counted: ReturnType<typeof counts>, diagnostics: readonly Diagnostic[]): Receipt {
  return inOrder({
    file: extract.name,
    source: extract.source.source,
    outcome: "refused",
    load: null,
    ...counted,
    covered: [],
    months: [],
    effects: null,
    diagnostics: [...diagnostics]
  });
}

/** The schema's order of keys, so that every receipt reads alike in the ledger and on the screen. */
function inOrder(receipt: Receipt): Receipt {
  return receiptSchema.parse(receipt);
}

function counts({sha256, records, kept, rejected, rejects_by_reason, columns}: ExtractSummary) {
  return {
    sha256,
    records,
    kept,
    rejected,
    rejects_by_reason: {...rejects_by_reason},
    columns: {
      mapped: columns.mapped.map((one) => ({...one})),
      missing: [...columns.missing],
      unknown: [...columns.unknown]
    }
  };
}
