import type {Project} from "../config/project.ts";
import {type LedgerEntry, type Receipt, type Refusal, refusalWords} from "../ledger/contract.ts";
import {storeDefinitions} from "../ledger/definitions.ts";
import {commitEntry, type NewEntry, readLedger} from "../ledger/entries.ts";
import {definitionHash} from "../ledger/identity.ts";
import {knowledge} from "../ledger/knowledge.ts";
import {projectPaths} from "../run/paths.ts";
import type {JobEffects} from "./job-effects.ts";

/**
 * Keeps in the ledger what no load tells: that a file was refused, once for the same bytes under the same definition
 * as long as nothing has come in its place; and that what has come in the place of a refused one was loaded before.
 *
 * @param bytes Size of the file.
 */
export async function keepVerdict(
  project: Project,
  receipt: Receipt,
  bytes: number,
  effects: JobEffects
): Promise<void> {
  const {source, file, sha256, outcome, load} = receipt;
  if (outcome === "loaded") return;
  const definition = definitionHash(project.sources.get(source)!, project.roster);
  await keepEntries(project, [], effects, (entries, base) => {
    const open = knowledge(entries, null).refusals.find((one) => one.source === source && one.file === file);
    if (outcome === "unchanged") {
      if (open === undefined) return null;
      return {...base, kind: "acceptance", acceptance: {source, file, sha256, load: load!}};
    }
    if (open?.sha256 === sha256 && open.definition === definition) return null;
    const {records, rejects_by_reason} = receipt;
    // By faults of their own: nothing of a refused file is kept, its good records neither.
    const rejected = Object.values(rejects_by_reason).reduce((all, count) => all + count, 0);
    const refusal = {source, file, sha256, bytes, definition, records, rejected, ...faultOf(receipt)};
    return {...base, kind: "refusal", refusal};
  });
}

/**
 * Closes the refusals of files that are no longer in the inbox. A mended file often comes under another name, and
 * nothing that is loaded could ever clear the refusal of the former one.
 *
 * @param entries Of the ledger, as read before.
 * @param isThere Whether the inbox holds a file of that source and name.
 */
export async function withdrawRefusals(
  project: Project,
  entries: readonly LedgerEntry[],
  isThere: (source: string, file: string) => boolean,
  effects: JobEffects
): Promise<void> {
  await keepEntries(project, entries, effects, (known, base) => {
    const gone = knowledge(known, null).refusals.find(({source, file}) => !isThere(source, file));
    if (gone === undefined) return null;
    const {source, file, sequence} = gone;
    effects.progress(`${file}: refused before, no longer in the inbox`);
    return {...base, kind: "refusal_withdrawn", refusal_withdrawn: {source, file, refusal: sequence}};
  });
}

type EntryBase = Pick<NewEntry, "at" | "milepost" | "definitions">;

/** Commits an entry after the other, each over the ledger as it is then, until none is wanted any more. */
async function keepEntries(
  project: Project,
  read: readonly LedgerEntry[],
  {now, version}: JobEffects,
  next: (entries: readonly LedgerEntry[], base: EntryBase) => NewEntry | null
): Promise<void> {
  const {warehouse} = projectPaths(project);
  let entries = read;
  for (;;) {
    entries = await readLedger(warehouse, entries);
    const entry = next(entries, {at: now().toISOString(), milepost: version, definitions: project.definitions});
    if (entry === null) return;
    await storeDefinitions(warehouse, project.files, project.definitions);
    await commitEntry(warehouse, entry, entries.length);
  }
}

/** The first error of a refused file, with its place where it has one. */
export function faultOf({diagnostics}: Receipt): Pick<Refusal, "code" | "reason" | "line" | "column"> {
  const {code, message, place} = diagnostics.find(({severity}) => severity === "error") ?? diagnostics[0]!;
  return {
    code,
    reason: message,
    ...(place?.line === undefined ? {} : {line: place.line}),
    ...(place?.column === undefined ? {} : {column: place.column})
  };
}

/** The same as a sentence for the record of a run. */
export function faultWords(receipt: Receipt): string {
  return refusalWords(faultOf(receipt));
}
