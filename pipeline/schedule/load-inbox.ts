import type {Project} from "../config/project.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import type {LedgerEntry, Receipt} from "../ledger/contract.ts";
import {definitionHash} from "../ledger/identity.ts";
import {answersFor, knowledge} from "../ledger/knowledge.ts";
import {type Extract, extractsToLoad} from "../run/inbox.ts";
import {openKnownFiles} from "../run/known-files.ts";
import {projectPaths} from "../run/paths.ts";
import type {RunRecord} from "./contract.ts";
import type {JobEffects} from "./job-effects.ts";
import {faultOf, keepVerdict} from "./refusals.ts";

/** What became of the inbox. */
export type LoadedInbox = Pick<RunRecord, "extracts" | "unchanged" | "problems">;

/**
 * Loads what is new in the inbox. A refused file stops no other, and the ledger keeps its refusal, once, so that reports
 * tell of it. A fault that stops them all (no inbox, a name of two sources) is told and kept as a problem.
 */
export async function loadInbox(
  project: Project,
  entries: readonly LedgerEntry[],
  effects: JobEffects
): Promise<LoadedInbox> {
  try {
    const {extracts, known, isRefused} = await lookThrough(project, entries, effects);
    if (extracts.length === known) return {extracts: [], unchanged: known, problems: []};
    // The engine takes longer to start than all that is known takes to look through.
    const {loadExtracts} = await import("../run/load.ts");
    const {receipts} = await loadExtracts(project, {files: null, source: null, covers: null}, effects);
    for (const receipt of receipts) {
      effects.tell(receipt.diagnostics);
      if (receipt.outcome === "refused" || isRefused(receipt.source, receipt.file)) {
        await keepVerdict(project, receipt, bytesOf(receipt, extracts), effects);
      }
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

interface Inbox {
  readonly extracts: readonly Extract[];
  /** How many of them are known under the name that they have. */
  readonly known: number;
  /** Whether a file of that name was refused, and nothing has come in its place so far. */
  readonly isRefused: (source: string, file: string) => boolean;
}

async function lookThrough(project: Project, entries: readonly LedgerEntry[], {cwd, tell}: JobEffects): Promise<Inbox> {
  const {inbox} = projectPaths(project);
  const {extracts, warnings} = await extractsToLoad(project, {files: null, source: null}, {inbox, cwd});
  tell(warnings);
  const {loads, refusals} = knowledge(entries, null);
  const isRefused: Inbox["isRefused"] = (source, file) =>
    refusals.some((one) => one.source === source && one.file === file);
  const files = await openKnownFiles(project);
  const isKnown = async ({path, name, bytes, source}: Extract) => {
    const alike = loads.filter((load) => load.source === source.source && load.file === name && load.bytes === bytes);
    if (alike.length === 0 || isRefused(source.source, name)) return false;
    const sha256 = await files.hash(path);
    const definition = definitionHash(source, project.roster);
    return alike.some((load) => load.sha256 === sha256 && answersFor(load, definition, null));
  };
  let known = 0;
  for (const extract of extracts) if (await isKnown(extract)) known += 1;
  await files.save();
  return {extracts, known, isRefused};
}

function bytesOf({source, file}: Receipt, extracts: readonly Extract[]): number {
  return extracts.find((one) => one.name === file && one.source.source === source)?.bytes ?? 0;
}

function inShort(receipt: Receipt): RunRecord["extracts"] {
  const {file, source, outcome, kept, rejected} = receipt;
  if (outcome === "unchanged") return [];
  return [{file, source, outcome, kept, rejected, code: outcome === "refused" ? faultOf(receipt).code : null}];
}
