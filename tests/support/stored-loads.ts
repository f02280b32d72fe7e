import {createHash} from "node:crypto";
import {mkdirSync, mkdtempSync, readFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import type {DaySet} from "../../pipeline/calendar/day-set.ts";
import type {StoredLoad} from "../../pipeline/facts/known.ts";
import {type Engine, openEngine} from "../../pipeline/warehouse/engine.ts";
import {quoteLiteral} from "../../pipeline/warehouse/sql.ts";

/** A warehouse in a temporary folder with an engine, for loads made of SQL values. */
export async function temporaryWarehouse(): Promise<{readonly engine: Engine; readonly warehouse: string}> {
  // A bracket and a star in the path: it must be taken as it is, never as a pattern.
  const warehouse = mkdtempSync(join(tmpdir(), "milepost-[a]-"));
  return {
    engine: await openEngine({temporary: join(warehouse, ".scratch"), reads: [], writes: [warehouse], threads: 2}),
    warehouse
  };
}

/**
 * Stores rows as a load.
 *
 * @param columns Names of the columns that the rows give, in order; `record` is added.
 * @param rows A SQL values list: `(date '2024-01-01', '1', 5), ...`.
 */
export async function storeLoad(
  {engine, warehouse}: {readonly engine: Engine; readonly warehouse: string},
  load: {
    readonly id: string;
    readonly sequence: number;
    readonly extracted?: string;
    readonly columns: readonly string[];
  },
  covered: readonly {readonly partition: string | null; readonly days: DaySet}[],
  rows: string
): Promise<StoredLoad & {readonly rows_sha256: string}> {
  const rows_file = `loads/test/${load.id}.parquet`;
  mkdirSync(dirname(join(warehouse, rows_file)), {recursive: true});
  await engine.run(
    `copy (select row_number() over () as record, * from (values ${rows}) as given (${load.columns.join(", ")}))
     to ${quoteLiteral(join(warehouse, rows_file))} (format parquet)`
  );
  return {
    id: load.id,
    sequence: load.sequence,
    at: "2024-05-01T00:00:00.000Z",
    extracted: load.extracted ?? null,
    covered,
    columns: load.columns,
    file: `${load.id}.csv`,
    rows_file,
    rows_sha256: createHash("sha256")
      .update(readFileSync(join(warehouse, rows_file)))
      .digest("hex")
  };
}
