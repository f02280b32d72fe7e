import type {Project} from "../config/project.ts";
import type {Receipt} from "../ledger/contract.ts";
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
  {now, version}: JobEffects
): Promise<void> {
  const {source, file, sha256, outcome, load} = receipt;
  if (outcome === "loaded") return;
  const {warehouse} = projectPaths(project);
  const definition = definitionHash(project.sources.get(source)!, project.roster);
  for (;;) {
    const entries = await readLedger(warehouse);
    const open = knowledge(entries, null).refusals.find((one) => one.source === source && one.file === file);
    const base = {at: now().toISOString(), milepost: version, definitions: project.definitions};
    let entry: NewEntry;
    if (outcome === "unchanged") {
      if (open === undefined) return;
      entry = {...base, kind: "acceptance", acceptance: {source, file, sha256, load: load!}};
    } else {
      if (open?.sha256 === sha256 && open.definition === definition) return;
      const {records, rejected} = receipt;
      const refusal = {source, file, sha256, bytes, definition, records, rejected, ...faultOf(receipt)};
      entry = {...base, kind: "refusal", refusal};
    }
    await storeDefinitions(warehouse, project.files, project.definitions);
    if ((await commitEntry(warehouse, entry, entries.length)) !== "taken") return;
  }
}

/** The first error of a refused file. */
export function faultOf({diagnostics}: Receipt): {readonly code: string; readonly reason: string} {
  const {code, message} = diagnostics.find(({severity}) => severity === "error") ?? diagnostics[0]!;
  return {code, reason: message};
}
