import type {Project} from "../config/project.ts";
import {formatCounted} from "../format/numbers.ts";
import type {Knowledge} from "../ledger/contract.ts";
import type {Block} from "./page-model.ts";
import {momentWords} from "./words.ts";

/** Older ones are counted, not told. */
const told = 6;

/**
 * Loads of these sources that were taken back, the newest first: numbers that an earlier report printed may have rested
 * on them. Who took them back stays in the ledger.
 */
export function retractionItems(
  {sources, settings}: Project,
  {retracted}: Knowledge,
  names: readonly string[]
): Block[] {
  const back = retracted.filter(({source}) => names.includes(source)).reverse();
  if (back.length === 0) return [];
  const items = back.slice(0, told).map(({file, source, kept, retraction}) => ({
    title: `Taken back: ${file}`,
    section: null,
    status: null,
    text:
      `${sources.get(source)?.title ?? source}. Retracted ${momentWords(retraction.at, settings.time_zone)}: ` +
      `${retraction.reason.replace(/[.!?]?$/, ".")} None of its ${formatCounted(kept, "row")} is counted.`
  }));
  const more = back.length - items.length;
  const older = {
    title: `${formatCounted(more, "more extract")} taken back earlier`,
    section: null,
    status: null,
    text: "The ledger of loads lists them."
  };
  return [{kind: "items", items: more === 0 ? items : [...items, older]}];
}
