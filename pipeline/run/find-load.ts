import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {EntryOf, LedgerEntry} from "../ledger/contract.ts";

/** Fewer hex digits of an id say too little to be meant. */
const shortest = 4;

/**
 * The entry of a load by its id, or by the first digits of it that no other has; the last one, where an extract was
 * loaded anew under the same id.
 *
 * @throws RunFailure with exit code 2 when there is none such, or several.
 */
export function findLoad(entries: readonly LedgerEntry[], given: string): EntryOf<"load"> {
  const loads = new Map<string, EntryOf<"load">>();
  for (const entry of entries) if (entry.kind === "load") loads.set(entry.load.id, entry);
  const word = given.trim().toLowerCase();
  const exact = loads.get(word);
  if (exact !== undefined) return exact;
  const found = word.length < shortest ? [] : [...loads.values()].filter(({load}) => load.id.startsWith(word));
  if (found.length === 1) return found[0]!;
  const named = (of: readonly EntryOf<"load">[]) => of.map(({load: {id, file}}) => ({id, file}));
  throw new RunFailure(
    [
      found.length > 1
        ? complain("ambiguous-load", null, {given, loads: named(found)})
        : complain("unknown-load", null, {
            given,
            known: [...loads.keys()],
            files: named([...loads.values()].filter(({load}) => load.file === given))
          })
    ],
    2
  );
}
