import {join} from "node:path";
import {z} from "zod";
import type {Source} from "../config/source.ts";
import {type Engine, QueryError} from "../warehouse/engine.ts";
import {parquetFile, quoteIdentifier, quoteLiteral} from "../warehouse/sql.ts";
import type {FindPlaces} from "./places.ts";
import {type Stage, type StageColumn, writeStage} from "./stage.ts";

/** Name and SQL type of each column of a Parquet file, in its order. */
export type ParquetColumns = readonly {readonly name: string; readonly type: string}[];

/** A Parquet file with the contract by which it is read. */
export interface ParquetFile {
  readonly path: string;
  readonly source: Source;
  readonly found: ParquetColumns;
}

export async function parquetColumns(engine: Engine, path: string): Promise<ParquetColumns> {
  return engine.rows(
    `select column_name as name, column_type as type from (describe select * from ${parquetFile(path)})`,
    z.object({name: z.string(), type: z.string()})
  );
}

/** Types a Parquet file: columns that have the declared type are taken as they are, others are read as text. */
export async function stageParquet(
  engine: Engine,
  {path, source, found}: ParquetFile,
  columns: readonly StageColumn[],
  stageFolder: string
): Promise<Stage> {
  const cells = {
    from: parquetFile(path),
    text: (column: StageColumn) => cellText(source, found, column),
    native: (column: StageColumn) => nativeValue(source, found, column),
    record: null,
    plain: false
  };
  return writeStage(engine, cells, columns, join(stageFolder, "direct.parquet"));
}

/** Parquet has no lines: a place is a record's number, which the message says. */
export function parquetPlaces(
  engine: Engine,
  {path, source, found}: ParquetFile,
  columns: readonly StageColumn[]
): FindPlaces {
  return async (faults, unread, {onReject, onUnread}) => {
    const texts = columns.map((column, i) => `coalesce(${cellText(source, found, column)}, '') as t${i}`).join(", ");
    const batch = 10_000;
    const valuesOf = async (records: readonly number[]) => {
      const rows = await engine.rows(
        `select (file_row_number + 1)::double as record, ${texts}
         from ${parquetFile(path, {numbered: true})}
         where file_row_number + 1 in (${records.join(", ")})`,
        z.looseObject({record: z.number()})
      );
      return new Map(rows.map((row) => [row.record, row as Record<string, unknown>]));
    };
    const place = (values: Record<string, unknown> | undefined, column: StageColumn) => ({
      line: null,
      column: null,
      value: String(values?.[`t${columns.indexOf(column)}`] ?? "")
    });
    for (let start = 0; start < faults.length; start += batch) {
      const some = Array.from({length: Math.min(batch, faults.length - start)}, (_, i) => faults.at(start + i));
      const values = await valuesOf(some.map(({record}) => record));
      for (const fault of some) onReject(fault, place(values.get(fault.record), fault.of));
    }
    if (unread.length === 0) return;
    const values = await valuesOf(unread.map(({record}) => record));
    for (const cell of unread) onUnread(cell, place(values.get(cell.record), cell.column));
  };
}

/** Types that can't become what is declared; a time with a zone is refused because its day depends on the zone. */
export function unfitType(source: Source, found: ParquetColumns, {column, position}: StageColumn): string | null {
  const type = found[position - 1]?.type ?? "";
  const declared = source.columns[column];
  if (type.endsWith("[]")) return declared?.type === "list" ? null : type;
  if (/^(STRUCT|MAP|UNION|BLOB|ARRAY|BIT|VARIANT|GEOMETRY)/.test(type)) return type;
  return type === "TIMESTAMP WITH TIME ZONE" || type === "TIME WITH TIME ZONE" ? type : null;
}

/** What the engine says when it is not the extract that is at fault: the statement, memory, or a disk that is full. */
const notOfTheFile =
  /^(Binder|Parser|Catalog|Out of Memory|Interrupt)|no space left|could not write|can't write|file too large/i;

/** Of bytes that are no Parquet the engine says whatever it stumbled over: "Out of buffer", "don't know what type". */
const ofTheFile = /^(Invalid Error|Invalid Input Error)|parquet|thrift|snappy|zstd|string encoding|deserializ/i;

/** What the engine says of a file that it can't read, or null when the error is of another kind. */
export function isDamagedParquet(error: unknown): string | null {
  const cause = error instanceof QueryError ? (error.cause as Error).message : "";
  if (notOfTheFile.test(cause) || !ofTheFile.test(cause)) return null;
  return (cause.split("\n")[0] ?? "").replace(/^[A-Za-z ]*Error: /, "").trim();
}

function nativeValue(source: Source, found: ParquetColumns, {column, position}: StageColumn): string | null {
  const {name, type} = found[position - 1] ?? {name: "", type: ""};
  const cell = quoteIdentifier(name);
  switch (source.columns[column]?.type) {
    case "date":
      if (type !== "DATE" && !type.startsWith("TIMESTAMP")) return null;
      return `case when year(${cell}) between 1000 and 9999 then ${cell}::date end`;
    case "integer":
      return /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/.test(type) ? `try_cast(${cell} as bigint)` : null;
    case "boolean":
      return type === "BOOLEAN" ? cell : null;
    default:
      return null;
  }
}

function cellText(source: Source, found: ParquetColumns, {column, position}: StageColumn): string {
  const {name, type} = found[position - 1] ?? {name: "", type: ""};
  const cell = quoteIdentifier(name);
  // Whole numbers beside empty cells are often written as floating ones: a code 8 must not become 8.0, nor a key.
  if (type === "DOUBLE" || type === "FLOAT") {
    const isWhole = `${cell} = trunc(${cell}) and abs(${cell}) < ${Number.MAX_SAFE_INTEGER}`;
    return `case when ${isWhole} then ${cell}::bigint::varchar else ${cell}::varchar end`;
  }
  if (!type.endsWith("[]")) return `${cell}::varchar`;
  return `array_to_string(${cell}::varchar[], ${quoteLiteral(source.columns[column]?.separator ?? " ")})`;
}
