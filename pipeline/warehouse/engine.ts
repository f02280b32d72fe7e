import {mkdirSync} from "node:fs";
import {availableParallelism} from "node:os";
import type {DuckDBConnection, DuckDBValue, DuckDBVector} from "@duckdb/node-api";
import type {z} from "zod";
import {quoteLiteral, quotePath} from "./sql.ts";

export interface EngineOptions {
  /** Where the engine may spill; made when missing, on the same disk as the warehouse. */
  readonly temporary: string;
  /** Files and folders, absolute, that its statements may read; they need not be there yet. A link leads where it did when the engine was opened. */
  readonly reads: readonly string[];
  /** Folders, absolute, in which they may write, and read what was written. The engine itself makes no difference. */
  readonly writes: readonly string[];
  /** The engine's own limit, `1GiB`; it spills to disk above it. */
  readonly memory?: string;
  readonly threads?: number;
}

/** DuckDB in memory: nothing that lasts lives in it. */
export interface Engine {
  readonly connection: DuckDBConnection;
  /** Runs a statement that answers nothing. */
  run(sql: string, parameters?: readonly DuckDBValue[]): Promise<void>;
  /** All rows, each checked by the schema; dates are `yyyy-MM-dd`. For thousands of rows. */
  rows<Row>(sql: string, schema: z.ZodType<Row>, parameters?: readonly DuckDBValue[]): Promise<Row[]>;
  /** All rows by column, unchecked; for hundreds of thousands of rows. Cast in the select: bigints come as bigints. */
  columns(sql: string, parameters?: readonly DuckDBValue[]): Promise<Record<string, unknown[]>>;
  /** All rows by column, for millions of rows: columns of INTEGER and DOUBLE without nulls. */
  numbers(sql: string): Promise<Float64Array[]>;
  /**
   * The rows of one INTEGER column without nulls, for tens of millions of rows: held in memory by the engine alone.
   *
   * @param visit Is given a few thousand at a time, in an array that is used again for the next.
   */
  integers(sql: string, visit: (values: Int32Array) => void): Promise<void>;
  /** Rows read so far by the running statement, 0 to 100, or -1 when none runs. */
  progress(): number;
  close(): void;
}

/** A statement that DuckDB refused: the statement is a bug of ours, so it is shown whole. */
export class QueryError extends Error {
  constructor(sql: string, cause: Error) {
    super(`${cause.message}\n\nSQL: ${sql}`, {cause});
    this.name = "QueryError";
  }
}

/**
 * Opens an engine that reaches no other file than those given: whatever a statement says, it reads and writes nothing
 * else, asks no network and loads no code, and no statement can change that.
 */
export async function openEngine({temporary, reads, writes, memory = "1GiB", threads}: EngineOptions): Promise<Engine> {
  mkdirSync(temporary, {recursive: true});
  // A third of a second: commands that need no engine don't wait for it.
  const {DuckDBInstance} = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", {
    temp_directory: temporary,
    memory_limit: memory,
    threads: String(threads ?? availableParallelism()),
    // Nothing is fetched and nothing is loaded that was not linked in.
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false"
  });
  const connection = await instance.connect();
  const guarded = async <T>(sql: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw error instanceof Error ? new QueryError(sql, error) : error;
    }
  };
  await connection.run("set timezone = 'UTC'");
  // How far a statement is, for `progress`; the engine itself must not write to the terminal.
  await connection.run("set enable_progress_bar = true; set enable_progress_bar_print = false");
  await lockDown(connection, [temporary, ...reads, ...writes]);
  return {
    connection,
    run: (sql, parameters = []) =>
      guarded(sql, async () => void (await connection.run(sql, parameters as DuckDBValue[]))),
    rows: (sql, schema, parameters = []) =>
      guarded(sql, async () => {
        const reader = await connection.runAndReadAll(sql, parameters as DuckDBValue[]);
        return reader.getRowObjectsJson().map((row) => schema.parse(row));
      }),
    columns: (sql, parameters = []) =>
      guarded(sql, async () => {
        const reader = await connection.runAndReadAll(sql, parameters as DuckDBValue[]);
        return reader.getColumnsObjectJS() as Record<string, unknown[]>;
      }),
    numbers: (sql) =>
      guarded(sql, async () => {
        const result = await connection.run(sql);
        const columns = Array.from({length: result.columnCount}, () => new Float64Array(Number(result.rowCount)));
        let row = 0;
        for (let at = 0; at < result.chunkCount; at += 1) {
          const chunk = result.getChunk(at);
          const {rowCount} = chunk;
          for (const [column, numbers] of columns.entries()) {
            const vector = chunk.getColumnVector(column);
            for (let item = 0; item < rowCount; item += 1) numbers[row + item] = vector.getItem(item) as number;
          }
          row += rowCount;
        }
        return columns;
      }),
    integers: (sql, visit) =>
      guarded(sql, async () => {
        // Not streamed: that runs on one thread, and takes twice as long.
        const result = await connection.run(sql);
        const {chunkCount} = result;
        let values = new Int32Array(2048);
        for (let at = 0; at < chunkCount; at += 1) {
          const chunk = result.getChunk(at);
          const {rowCount} = chunk;
          const vector = chunk.getColumnVector(0);
          if (rowCount > values.length) values = new Int32Array(rowCount);
          copyItems(vector, rowCount, values);
          visit(values.subarray(0, rowCount));
        }
      }),
    progress: () => connection.progress.percentage,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    }
  };
}

/** The order counts: once access is off no path can be added, and once the configuration is locked nothing can be set. */
async function lockDown(connection: DuckDBConnection, paths: readonly string[]): Promise<void> {
  // A path with * ? or [ is asked for in two forms: as the pattern that means it, and as the file that was found.
  const allowed = `[${paths.flatMap((path) => [quoteLiteral(path), quotePath(path)]).join(", ")}]`;
  await connection.run(`set allowed_paths = ${allowed}`);
  await connection.run(`set allowed_directories = ${allowed}`);
  await connection.run("set enable_external_access = false");
  await connection.run("set lock_configuration = true");
}

/** A function of its own: called thousands of times, it is made fast; the loop within a call that happens once is not. */
function copyItems(vector: DuckDBVector, count: number, values: Int32Array): void {
  for (let item = 0; item < count; item += 1) values[item] = vector.getItem(item) as number;
}
