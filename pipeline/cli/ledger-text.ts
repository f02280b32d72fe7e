import {localMinute, zonedMinute} from "../calendar/instant.ts";
import {changedParts, isFirstData} from "../changes/effects.ts";
import {harmless} from "../diagnostics/terminal-text.ts";
import {formatCount, formatCounted} from "../format/numbers.ts";
import {type Effect, isCounted, type LedgerEntry, type Receipt, refusalWords} from "../ledger/contract.ts";
import {knowledge} from "../ledger/knowledge.ts";
import {prunedRows} from "../run/pruned-rows.ts";
import {coveredSpan} from "./receipt-text.ts";
import {textTable} from "./text-table.ts";

/** How a load stands, as `loads ID --format json` prints it. */
export interface Standing {
  readonly state: "counts" | "replaced" | "retracted";
  /** Id of the reading of the same extract that counts in its stead; null where none does. */
  readonly by: string | null;
  /** When, why and by whom it was retracted; else null. */
  readonly retracted: {readonly at: string; readonly reason: string; readonly by: string | null} | null;
  /** Whether its rows were deleted, since nothing needed them any more. */
  readonly pruned: boolean;
}

/**
 * How each load stands, by the number of its entry.
 *
 * @param entries Up to the moment asked for.
 * @param all Of the whole ledger: what was deleted since is gone.
 */
export function standings(entries: readonly LedgerEntry[], all: readonly LedgerEntry[]): Map<number, Standing> {
  const {loads, retracted} = knowledge(entries, null);
  const {files} = prunedRows(all);
  const counting = new Map(loads.map((load) => [`${load.source} ${load.sha256}`, load]));
  const back = new Map(retracted.map((load) => [load.sequence, load.retraction]));
  const found = new Map<number, Standing>();
  for (const entry of entries) {
    if (entry.kind !== "load") continue;
    const {source, sha256, rows_file} = entry.load;
    const current = counting.get(`${source} ${sha256}`);
    const retraction = back.get(entry.sequence) ?? formerRetraction(entry, entries);
    const counts = current?.sequence === entry.sequence;
    found.set(entry.sequence, {
      state: counts ? "counts" : retraction === null ? "replaced" : "retracted",
      by: counts ? null : (current?.id ?? null),
      retracted:
        counts || retraction === null ? null : {at: retraction.at, reason: retraction.reason, by: retraction.by},
      pruned: files.has(rows_file)
    });
  }
  return found;
}

/** The retraction of a load whose extract was loaded anew since: the next one that names it. */
function formerRetraction(
  {sequence, load: {id}}: Extract<LedgerEntry, {kind: "load"}>,
  entries: readonly LedgerEntry[]
) {
  const next = entries.find(
    (entry) => entry.sequence > sequence && entry.kind === "retraction" && entry.retraction.load === id
  );
  return next?.kind === "retraction" ? {...next.retraction, at: next.at} : null;
}

export function standingWords({state, by, retracted, pruned}: Standing, timeZone: string): string {
  const gone = pruned ? "; its rows were pruned" : "";
  if (retracted !== null) {
    const who = retracted.by === null ? "" : ` by ${harmless(retracted.by)}`;
    const anew = by === null ? "" : `; its extract counts as load ${by}`;
    return `retracted ${zonedMinute(retracted.at, timeZone)}${who}: ${harmless(retracted.reason)}${anew}${gone}`;
  }
  return `${state === "counts" ? "counts" : `replaced by load ${by}, the same extract read again`}${gone}`;
}

/** The ledger as a table: a line an entry, with what each changed. */
export function ledgerText(entries: readonly LedgerEntry[], all: readonly LedgerEntry[], timeZone: string): string {
  const byEntry = standings(entries, all);
  return textTable(
    ["entry", `at (${timeZone})`, "what", "id", "file", "rows", "covered", "months", "note"],
    entries.map((entry) => [
      String(entry.sequence),
      localMinute(new Date(entry.at), timeZone),
      ...cells(entry, byEntry.get(entry.sequence))
    ]),
    [0, 5]
  );
}

function cells(entry: LedgerEntry, standing: Standing | undefined): string[] {
  if (entry.kind === "issue") {
    const {report, number, period, through, by, folder} = entry.issue;
    return [`issue ${report} ${period}`, String(number), folder, "", `through ${through}`, "", `by ${harmless(by)}`];
  }
  if (entry.kind === "refusal") {
    const {source, file, records} = entry.refusal;
    const kept = isCounted(entry.refusal) ? `0 of ${formatCount(records)}` : "0";
    return [`refused ${source}`, "", harmless(file), kept, "", "", harmless(refusalWords(entry.refusal))];
  }
  if (entry.kind === "refusal_withdrawn") {
    const {source, file, refusal} = entry.refusal_withdrawn;
    const note = `no longer in the inbox: closes entry ${refusal}`;
    return [`withdrawn ${source}`, "", harmless(file), "", "", "", note];
  }
  if (entry.kind === "acceptance") {
    const {source, file, load} = entry.acceptance;
    return [`accepted ${source}`, load, harmless(file), "", "", "", "its extract was loaded already"];
  }
  if (entry.kind === "retraction") {
    const {source, load, file, reason, by, months, effects} = entry.retraction;
    const why = harmless(`${by === null ? "" : `by ${by}: `}${reason}`);
    const note = [why, ...statusWords(effects)].join("; ");
    return [`retracted ${source}`, load, harmless(file), "", "", monthsWords(months), note];
  }
  if (entry.kind === "pruning") {
    const {loads, rejects} = entry.pruning;
    const note = [
      ...(loads.length === 0 ? [] : [`rows of ${formatCounted(loads.length, "load")}`]),
      ...(rejects.length === 0 ? [] : [`rejects of ${formatCounted(rejects.length, "file")}`])
    ].join(", ");
    return ["pruned", "", "", "", "", "", note];
  }
  const {source, id, file, kept, covered} = entry.load;
  const note = loadNotes(entry, standing).join("; ");
  const changed = monthsWords(entry.receipt.months);
  return [source, id, harmless(file), formatCount(kept), coveredSpan(covered), changed, note];
}

function loadNotes({load, receipt}: Extract<LedgerEntry, {kind: "load"}>, standing: Standing | undefined): string[] {
  const {synthetic, replaces} = load;
  const {closed, approved, effects} = receipt;
  return [
    ...(synthetic ? ["synthetic"] : []),
    ...(replaces === null ? [] : [`replaces ${replaces}`]),
    ...(standing === undefined || standing.state === "counts" ? [] : [standing.state]),
    ...(standing?.pruned ? ["pruned"] : []),
    ...(closed.length === 0 ? [] : [`${formatCounted(closed.length, "closed month")} moved`]),
    ...(approved === null ? [] : [harmless(`approved by ${approved.by}`)]),
    ...statusWords(effects)
  ];
}

/** monthsWords(...) //=> "2024-01 .. 2024-03: 12 added, 3 changed"; "" where nothing changed. */
function monthsWords(months: Receipt["months"]): string {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return "";
  const parts = (["added", "changed", "gone"] as const)
    .map((part) => ({part, count: months.reduce((all, one) => all + one[part], 0)}))
    .filter(({count}) => count > 0)
    .map(({part, count}) => `${formatCount(count)} ${part}`);
  return `${first.month === last.month ? first.month : `${first.month} .. ${last.month}`}: ${parts.join(", ")}`;
}

/** Which targets have their first data by it, and which another status, where they bind: what publishing it would change. */
function statusWords(effects: readonly Effect[] | null): string[] {
  const binding = (effects ?? []).filter((effect) => effect.binding);
  const first = namesOf(binding.filter(isFirstData));
  const changed = namesOf(binding.filter((effect) => !isFirstData(effect) && changedParts(effect).status));
  return [
    ...(first === "" ? [] : [`first data for ${first}`]),
    ...(changed === "" ? [] : [`status of ${changed} changed`])
  ];
}

/** namesOf(...) //=> "bookings-june, bookings-q2"; more than three are counted: "12 targets"; "" of none. */
function namesOf(effects: readonly Effect[]): string {
  const targets = new Set(effects.map(({target}) => target));
  return targets.size > 3 ? formatCounted(targets.size, "target") : [...targets].join(", ");
}
