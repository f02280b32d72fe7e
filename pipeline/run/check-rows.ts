import {join} from "node:path";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {hashFile} from "../extract/file-bytes.ts";
import type {Load} from "../ledger/contract.ts";
import {QueryError} from "../warehouse/engine.ts";

/** The rows of a load, as the ledger recorded them. */
export type RecordedRows = Pick<Load, "id" | "file" | "rows_file" | "rows_sha256">;

/**
 * Holds the rows of loads against what the ledger recorded, before they are read: rows that somebody has altered would
 * be counted like any others. Reads each file once.
 *
 * @throws RunFailure with one complaint a load whose rows are gone, or are not the bytes that were stored.
 */
export async function checkRowsAreWhole(loads: readonly RecordedRows[], warehouse: string): Promise<void> {
  const faults: Diagnostic[] = [];
  for (const load of loads) {
    const found = await rowsHash(load, warehouse);
    if (found === load.rows_sha256) continue;
    const place = {file: join(warehouse, load.rows_file)};
    const {id, file: extract, rows_sha256: recorded} = load;
    faults.push(
      found === null
        ? complain("rows-lost", place, {load: id, extract})
        : complain("rows-changed", place, {load: id, extract, recorded, found})
    );
  }
  if (faults.length > 0) throw new RunFailure(faults);
}

/** Does work that reads rows without holding them against the ledger; where the engine can't read them, says of which load. */
export async function tellingDamagedRows<T>(
  loads: readonly RecordedRows[],
  warehouse: string,
  work: () => Promise<T>
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof QueryError) await checkRowsAreWhole(loads, warehouse);
    throw error;
  }
}

/** SHA-256 of the rows as they lie in the warehouse; null where there is no such file. */
export async function rowsHash({rows_file}: RecordedRows, warehouse: string): Promise<string | null> {
  try {
    return (await hashFile(join(warehouse, rows_file))).sha256;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
