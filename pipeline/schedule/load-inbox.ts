import type {Project} from "../config/project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import type {Receipt} from "../ledger/contract.ts";
import {storeDefinitions} from "../ledger/definitions.ts";
import {commitEntry, readLedger} from "../ledger/entries.ts";
import {definitionHash} from "../ledger/identity.ts";
import {answersFor, knowledge} from "../ledger/knowledge.ts";
import {type Extract, extractsToLoad} from "../run/inbox.ts";
import {openKnownFiles} from "../run/known-files.ts";
import {projectPaths} from "../run/paths.ts";
import type {RunRecord} from "./contract.ts";
import type {JobEffects} from "./job-effects.ts";

/** What became of the inbox. */
export type LoadedInbox = Pick<RunRecord, "extracts" | "unchanged" | "problems">;

/**
 * Loads what is new in the inbox. A refused file stops no other, and the ledger keeps its refusal, once, so that reports
 * tell of it. A fault that stops them all (no inbox, a name of two sources) is told and kept as a problem.
 */
export async function loadInbox(project: Project, effects: JobEffects): Promise<LoadedInbox> {
  try {
    const {extracts, known} = await lookThrough(project, effects);
    if (extracts.length === known) return {extracts: [], unchanged: known, problems: []};
    // The engine takes longer to start than all that is known takes to look through.
    const {loadExtracts} = await import("../run/load.ts");
    const {receipts} = await loadExtracts(project, {files: null, source: null, covers: null}, effects);
    for (const receipt of receipts) {
      effects.tell(receipt.diagnostics);
      if (receipt.outcome === "refused") await keepRefusal(project, receipt, bytesOf(receipt, extracts), effects);
    }
    return {
      extracts: receipts.flatMap(inShort),
      unchanged: receipts.filter(({outcome}) => outcome === "unchanged").length,
      problems: []
    };
  } catch (error) {
    if (!(error instanceof RunFailure)) throw error;
    effects.tell(error.diagnostics);
    return {extracts: [], unchanged: 0, problems: error.diagnostics.map(({message}) => message)};
  }
}

/** The extracts in the inbox, and how many of them are known under the name that they have. */
async function lookThrough(project: Project, {cwd, tell}: JobEffects): Promise<{extracts: Extract[]; known: number}> {
  const {inbox, warehouse} = projectPaths(project);
  const {extracts, warnings} = await extractsToLoad(project, {files: null, source: null}, {inbox, cwd});
  tell(warnings);
  const {loads} = knowledge(await readLedger(warehouse), null);
  const files = await openKnownFiles(project);
  const isKnown = async ({path, name, bytes, source}: Extract) => {
    const alike = loads.filter((load) => load.source === source.source && load.file === name && load.bytes === bytes);
    if (alike.length === 0) return false;
    const sha256 = await files.hash(path);
    const definition = definitionHash(source, project.roster);
    return alike.some((load) => load.sha256 === sha256 && answersFor(load, definition, null));
  };
  let known = 0;
  for (const extract of extracts) if (await isKnown(extract)) known += 1;
  await files.save();
  return {extracts, known};
}

function bytesOf({source, file}: Receipt, extracts: readonly Extract[]): number {
  return extracts.find((one) => one.name === file && one.source.source === source)?.bytes ?? 0;
}

/** Once for the same bytes under the same definition: as long as it stands open, it need not be said again. */
async function keepRefusal(
  project: Project,
  receipt: Receipt,
  bytes: number,
  {now, version}: JobEffects
): Promise<void> {
  const {warehouse} = projectPaths(project);
  const {source, file, sha256, records, rejected} = receipt;
  const definition = definitionHash(project.sources.get(source)!, project.roster);
  const fault = faultOf(receipt);
  await storeDefinitions(warehouse, project.files, project.definitions);
  for (;;) {
    const entries = await readLedger(warehouse);
    const told = knowledge(entries, null).refusals.some(
      (one) => one.source === source && one.file === file && one.sha256 === sha256 && one.definition === definition
    );
    if (told) return;
    const entry = {
      kind: "refusal" as const,
      at: now().toISOString(),
      milepost: version,
      definitions: project.definitions,
      refusal: {source, file, sha256, bytes, definition, records, rejected, ...fault}
    };
    if ((await commitEntry(warehouse, entry, entries.length)) !== "taken") return;
  }
}

function inShort(receipt: Receipt): RunRecord["extracts"] {
  const {file, source, outcome, kept, rejected} = receipt;
  if (outcome === "unchanged") return [];
  return [{file, source, outcome, kept, rejected, code: outcome === "refused" ? faultOf(receipt).code : null}];
}

/** The first error of a refused file. */
function faultOf({diagnostics}: Receipt): {readonly code: string; readonly reason: string} {
  const {code, message} = diagnostics.find(({severity}) => severity === "error") ?? diagnostics[0]!;
  return {code, reason: message};
}
