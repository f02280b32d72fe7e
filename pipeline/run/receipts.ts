import type {z} from "zod";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import type {ExtractSummary, ReadExtract, RefusedExtract} from "../extract/contract.ts";
import type {Effect, Receipt} from "../ledger/contract.ts";
import {receiptSchema} from "../ledger/receipt.ts";
import type {LoadStore} from "./load-store.ts";
import type {ReadAnew} from "./read-extracts.ts";

/** What a load does to what is known, as far as it is worked out. */
type ToldChanges = Pick<Receipt, "months"> & Partial<Pick<Receipt, "closed" | "drift" | "moved_keys" | "approved">>;

/** The receipt of an extract that is to become a load. */
export function loadedReceipt(
  {extract, load}: ReadAnew,
  read: ReadExtract,
  changes: ToldChanges,
  effects: Effect[] | null,
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
    ...changes,
    effects,
    diagnostics: [...read.diagnostics, ...notes]
  });
}

/** The receipt of an extract that is known: what was said when it was loaded, and that nothing changed. */
export function unchangedReceipt(name: string, former: Receipt, notes: readonly Diagnostic[] = []): Receipt {
  return inOrder({
    ...former,
    ...nothingChanged,
    file: name,
    outcome: "unchanged",
    months: [],
    effects: null,
    diagnostics: [...notes]
  });
}

const nothingChanged = {closed: undefined, drift: undefined, moved_keys: undefined, approved: undefined};

/** What the receipt would say of a load that a dry run did not keep. */
export function dryReceipt(receipt: Receipt): Receipt {
  return inOrder({...receipt, dry_run: true});
}

/** The receipt of a file that the reader refused; its rejects are kept, nothing else is. */
export async function refusedReceipt(store: LoadStore, read: ReadAnew, refused: RefusedExtract): Promise<Receipt> {
  const notes = await store.keepRejects(read.load, read.extract.name, refused);
  return refusal(read, counts(refused), [...refused.diagnostics, ...notes]);
}

/** The receipt of a file that can be read, and is refused for what another file of the command says. */
export async function refusedTogether(
  store: LoadStore,
  read: ReadAnew,
  outcome: ReadExtract,
  faults: readonly Diagnostic[]
): Promise<Receipt> {
  const notes = await store.keepRejects(read.load, read.extract.name, outcome);
  const counted = {...counts(outcome), kept: 0, rejected: outcome.records};
  return refusal(read, counted, [...outcome.diagnostics, ...notes, ...faults]);
}

/** The receipt of a file that may be loaded only when somebody answers for the closed months that it moves. */
export async function refusedForApproval(
  store: LoadStore,
  read: ReadAnew,
  outcome: ReadExtract,
  closed: Receipt["closed"],
  fault: Diagnostic
): Promise<Receipt> {
  return inOrder({...(await refusedTogether(store, read, outcome, [fault])), closed});
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
function inOrder(receipt: z.input<typeof receiptSchema>): Receipt {
  return receiptSchema.parse(receipt);
}

function counts({sha256, records, kept, rejected, rejects_by_reason, checks, columns}: ExtractSummary) {
  return {
    sha256,
    records,
    kept,
    rejected,
    rejects_by_reason: {...rejects_by_reason},
    checks: checks.map((check) => ({...check})),
    columns: {
      mapped: columns.mapped.map((one) => ({...one})),
      missing: [...columns.missing],
      unknown: [...columns.unknown]
    }
  };
}
