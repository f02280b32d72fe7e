import {mkdtemp, readFile} from "node:fs/promises";
import {join} from "node:path";
import {
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBListValue,
  DuckDBTimestampTZValue,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  TIMESTAMPTZ,
  VARCHAR
} from "@duckdb/node-api";
import {type Engine, openEngine} from "./engine.ts";
import {type Column, type Kind, type Relation, storedColumn} from "./relation.ts";
import {discard} from "./safe-files.ts";
import {quoteIdentifier, quoteLiteral} from "./sql.ts";

/** How many rows the engine takes at once. */
const chunkRows = 2048;

/**
 * The relations as Parquet files, compressed with zstd: the same rows give the same bytes. Days are DATE, instants
 * TIMESTAMP in UTC, whole numbers INT32, lists LIST.
 *
 * The engine writes to disk only, so the files pass through a folder; nothing is left there.
 *
 * @param folder Absolute: the caller's own, which nobody else clears.
 */
export async function parquetBytes(relations: readonly Relation[], folder: string): Promise<Uint8Array[]> {
  const scratch = await mkdtemp(join(folder, "parquet-"));
  try {
    // One thread: the order of the rows is theirs, and the groups of rows are cut where they always are.
    const engine = await openEngine({temporary: join(scratch, "engine"), reads: [], writes: [scratch], threads: 1});
    try {
      const files: Uint8Array[] = [];
      for (const [index, relation] of relations.entries()) {
        const path = join(scratch, `${index}.parquet`);
        await define(engine, `relation_${index}`, relation);
        await engine.run(`copy relation_${index} to ${quoteLiteral(path)} (format parquet, compression zstd)`);
        files.push(new Uint8Array(await readFile(path)));
      }
      return files;
    } finally {
      engine.close();
    }
  } finally {
    await discard(scratch);
  }
}

async function define({connection, run}: Engine, table: string, relation: Relation): Promise<void> {
  const {columns, rows} = relation;
  const types = columns.map(({kind}) => engineTypes[kind]);
  await run(
    `create table ${table} (${columns.map(({name}, at) => `${quoteIdentifier(name)} ${types[at]}`).join(", ")})`
  );
  const appender = await connection.createAppender(table);
  for (let from = 0; from < rows.length; from += chunkRows) {
    const part = {rows: rows.slice(from, from + chunkRows)};
    const chunk = DuckDBDataChunk.create(types, part.rows.length);
    for (const [at, column] of columns.entries()) chunk.setColumnValues(at, values(part, column));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

const engineTypes: Readonly<Record<Kind, DuckDBType>> = {
  text: VARCHAR,
  day: DATE,
  instant: TIMESTAMPTZ,
  number: DOUBLE,
  whole: INTEGER,
  boolean: BOOLEAN,
  texts: LIST(VARCHAR)
};

function values(rows: Pick<Relation, "rows">, column: Column): DuckDBValue[] {
  const {kind} = column;
  const of = <Of extends Kind>(one: Of) => storedColumn(rows, {...column, kind: one});
  switch (kind) {
    case "day":
      return of(kind).map((cell) => (cell === null ? null : new DuckDBDateValue(cell)));
    case "instant":
      return of(kind).map((cell) => (cell === null ? null : new DuckDBTimestampTZValue(BigInt(cell) * 1000n)));
    case "texts":
      return of(kind).map((cell) => (cell === null ? null : new DuckDBListValue([...cell])));
    default:
      return of(kind);
  }
}
