import {readFileSync} from "node:fs";
import {readdir} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {createExclusively} from "../warehouse/safe-files.ts";
import {entrySchema, type LedgerEntry} from "./contract.ts";

/** An entry before it has its number; what has a default may be left out. */
export type NewEntry = WithoutNumber<z.input<typeof entrySchema>>;
type WithoutNumber<Entry> = Entry extends unknown ? Omit<Entry, "sequence"> : never;

/**
 * All entries of a warehouse in order of their number; none when there is no warehouse yet.
 *
 * @param known What an earlier call has answered: entries never change, so only later ones are read.
 * @throws RunFailure with every fault: a number missing between others, a file that is not an entry.
 */
export async function readLedger(warehouse: string, known: readonly LedgerEntry[] = []): Promise<LedgerEntry[]> {
  const folder = join(warehouse, "ledger");
  const names = (await listFolder(folder)).filter((name) => /^\d{6,}\.json$/.test(name)).sort(byNumber);
  const faults: Diagnostic[] = [];
  const entries: LedgerEntry[] = known.slice(0, names.length);
  for (const [index, name] of names.entries()) {
    if (Number.parseInt(name, 10) !== index + 1) {
      faults.push(complain("ledger-gap", {file: join(folder, name)}, {missing: fileName(index + 1)}));
      break;
    }
    if (index < known.length) continue;
    // Hundreds of small files, one after the other: a promise for each costs five times what reading it does.
    const entry = readEntry(readFileSync(join(folder, name), "utf8"), index + 1);
    if (typeof entry === "string") faults.push(complain("ledger-entry", {file: join(folder, name)}, {problem: entry}));
    else entries.push(entry);
  }
  if (faults.length > 0) throw new RunFailure(faults);
  return entries;
}

/**
 * Commits an entry under the number after `previousSequence`. Everything that it names must be on disk and synced.
 *
 * @param previousSequence Number of the last entry that the caller has seen; 0 for an empty ledger.
 * @returns The entry as written, or "taken" when another process has committed that number: read again and retry.
 */
export async function commitEntry(
  warehouse: string,
  entry: NewEntry,
  previousSequence: number
): Promise<LedgerEntry | "taken"> {
  const sequence = previousSequence + 1;
  const whole = numberedEntry(entry, sequence);
  const path = join(warehouse, "ledger", fileName(sequence));
  const created = await createExclusively(path, `${JSON.stringify(whole, null, 2)}\n`);
  return created ? whole : "taken";
}

/** The entry as it stands in the ledger under that number. */
export function numberedEntry(entry: NewEntry, sequence: number): LedgerEntry {
  return entrySchema.parse({sequence, ...entry});
}

function readEntry(text: string, sequence: number): LedgerEntry | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return `is not JSON: ${(error as Error).message}`;
  }
  const entry = entrySchema.safeParse(json);
  if (!entry.success) return z.prettifyError(entry.error).replaceAll("\n", " ");
  return entry.data.sequence === sequence ? entry.data : `says that its number is ${entry.data.sequence}`;
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function fileName(sequence: number): string {
  return `${String(sequence).padStart(6, "0")}.json`;
}

function byNumber(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10);
}
