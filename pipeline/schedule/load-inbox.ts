import type {Project, ProjectSource} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import type {LedgerEntry, Load, Receipt} from "../ledger/contract.ts";
import {readLedger} from "../ledger/entries.ts";
import {definitionHash} from "../ledger/identity.ts";
import {answersFor, knowledge} from "../ledger/knowledge.ts";
import {tellingDiskFaults} from "../run/disk-faults.ts";
import {type Extract, extractsToLoad} from "../run/inbox.ts";
import {openKnownFiles} from "../run/known-files.ts";
import {projectPaths} from "../run/paths.ts";
import {retractedLoad, retractedNote} from "../run/retracted.ts";
import type {RunRecord} from "./contract.ts";
import type {JobEffects} from "./job-effects.ts";
import {keptWords} from "./kept-words.ts";
import {faultOf, faultWords, keepVerdict, withdrawRefusals} from "./refusals.ts";

/** What became of the inbox. */
export type LoadedInbox = Pick<RunRecord, "extracts" | "ignored" | "unchanged" | "problems"> & {
  /** A fault of milepost's own that stopped it. */
  readonly bug: Error | null;
};

/**
 * Loads what is new in the inbox. A refused file stops no other, and the ledger keeps its refusal, once, so that reports
 * tell of it until it is loaded or taken away. A fault that stops them all (no inbox, a name of two sources, a full
 * disk) is told and kept as a problem, with what was loaded before it.
 *
 * @param entries Of the ledger, as read at the start of the run.
 */
export async function loadInbox(
  project: Project,
  entries: readonly LedgerEntry[],
  effects: JobEffects
): Promise<LoadedInbox> {
  let inbox = unseen;
  try {
    return await tellingDiskFaults(async () => {
      inbox = await lookThrough(project, entries, effects);
      return await loadSeen(project, entries, inbox, effects);
    });
  } catch (error) {
    const extracts = await loadedSince(project, entries, inbox);
    const left = {extracts, ignored: inbox.ignored, unchanged: 0};
    if (!(error instanceof RunFailure)) {
      return {...left, problems: [`Loading met ${keptWords(error)}`], bug: error as Error};
    }
    effects.tell(error.diagnostics);
    return {...left, problems: error.diagnostics.map(({message}) => message), bug: null};
  }
}

interface Inbox {
  readonly extracts: readonly Extract[];
  /** Names of files that fit no source, in their order. */
  readonly ignored: string[];
  /** How many of the extracts are known, and need not be read. */
  readonly known: number;
  /** Tells of those among them that were retracted. */
  readonly takenBack: readonly Diagnostic[];
  /** Whether a file of that name was refused, and nothing has come in its place so far. */
  readonly isRefused: (source: string, file: string) => boolean;
}

const unseen: Inbox = {extracts: [], ignored: [], known: 0, takenBack: [], isRefused: () => false};

async function lookThrough(project: Project, entries: readonly LedgerEntry[], {cwd, tell}: JobEffects): Promise<Inbox> {
  const {inbox} = projectPaths(project);
  const {extracts, warnings} = await extractsToLoad(project, {files: null, source: null}, {inbox, cwd});
  tell(warnings);
  const ignored = warnings.flatMap(({code, place}) => (code === "no-source-for-file" ? [place!.file] : []));
  const knownNow = knowledge(entries, null);
  const {loads, retracted, refusals} = knownNow;
  const isRefused: Inbox["isRefused"] = (source, file) =>
    refusals.some((one) => one.source === source && one.file === file);
  const files = await openKnownFiles(project);
  const takenBack: Diagnostic[] = [];
  const definitions = new Map<ProjectSource, string>();
  const definitionOf = (source: ProjectSource) => {
    const definition = definitions.get(source) ?? definitionHash(source, project.roster);
    definitions.set(source, definition);
    return definition;
  };
  const isKnown = async (extract: Extract) => {
    const {path, name, bytes, source} = extract;
    // Under whatever name: the same bytes are the same extract.
    const isAlike = (load: Load) => load.source === source.source && load.bytes === bytes;
    const alike = loads.filter(isAlike);
    if (!(alike.length > 0 || retracted.some(isAlike)) || isRefused(source.source, name)) return false;
    const sha256 = await files.hash(path);
    const definition = definitionOf(source);
    const taken = retractedLoad(knownNow, extract, sha256, definition);
    if (taken !== null) takenBack.push(retractedNote(name, taken, project));
    return taken !== null || alike.some((load) => load.sha256 === sha256 && answersFor(load, definition, null));
  };
  let known = 0;
  for (const extract of extracts) if (await isKnown(extract)) known += 1;
  await files.save();
  return {extracts, ignored, known, takenBack, isRefused};
}

async function loadSeen(
  project: Project,
  entries: readonly LedgerEntry[],
  {extracts, ignored, known, takenBack, isRefused}: Inbox,
  effects: JobEffects
): Promise<LoadedInbox> {
  const isThere = (source: string, file: string) => extractOf({source, file}, extracts) !== undefined;
  await withdrawRefusals(project, entries, isThere, effects);
  const nothing = {extracts: [], ignored, unchanged: known, problems: [], bug: null};
  if (extracts.length === known) {
    effects.tell(takenBack);
    return nothing;
  }
  // The engine takes longer to start than all that is known takes to look through.
  const {loadExtracts} = await import("../run/load.ts");
  const {receipts} = await loadExtracts(project, {files: null, source: null, covers: null}, effects);
  for (const receipt of receipts) {
    effects.tell(receipt.diagnostics);
    if (receipt.outcome === "refused" || isRefused(receipt.source, receipt.file)) {
      await keepVerdict(project, receipt, extractOf(receipt, extracts)?.bytes ?? 0, effects);
    }
  }
  const unchanged = receipts.filter(({outcome}) => outcome === "unchanged").length;
  return {...nothing, extracts: receipts.flatMap(inShort), unchanged};
}

/** What was loaded of the inbox before a fault stopped the rest: a load lasts with its entry. */
async function loadedSince(
  project: Project,
  before: readonly LedgerEntry[],
  {extracts}: Inbox
): Promise<RunRecord["extracts"]> {
  const entries = await readLedger(projectPaths(project).warehouse, before).catch(() => before);
  return entries
    .slice(before.length)
    .flatMap((entry) => (entry.kind === "load" && extractOf(entry.load, extracts) ? inShort(entry.receipt) : []));
}

function extractOf(
  {source, file}: {readonly source: string; readonly file: string},
  extracts: readonly Extract[]
): Extract | undefined {
  return extracts.find((one) => one.name === file && one.source.source === source);
}

function inShort(receipt: Receipt): RunRecord["extracts"] {
  const {file, source, outcome, kept, rejected} = receipt;
  if (outcome === "unchanged") return [];
  const why = outcome === "refused" ? {code: faultOf(receipt).code, reason: faultWords(receipt)} : loaded;
  return [{file, source, outcome, kept, rejected, ...why}];
}

const loaded = {code: null, reason: null};
