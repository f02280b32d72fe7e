// Load this file only where an Arrow file is wanted: it takes longer than all of `check`.
import * as arrow from "apache-arrow";
import type {Kind, Relation, StoredColumn} from "./relation.ts";

/**
 * The relation as an Arrow IPC file, without compression or metadata, all rows in one batch: as pandas, R, DuckDB,
 * Observable and Power BI read it. Days are date32, instants timestamps in UTC, whole numbers int32, lists lists. Texts
 * are plain: a dictionary would carry an id that depends on what was made before it.
 */
export function arrowBytes(relation: Relation): Uint8Array {
  const {columns, rows} = relation;
  const fields = columns.map(
    ({name, kind, nullable}) => new arrow.Field<arrow.DataType>(name, types[kind](), nullable)
  );
  const schema = new arrow.Schema(fields);
  const children = relation.stored().map(columnData);
  const type = new arrow.Struct(fields);
  const batch = new arrow.RecordBatch(schema, arrow.makeData({type, length: rows.length, children}));
  return arrow.tableToIPC(new arrow.Table(schema, batch), "file");
}

const types = {
  text: () => new arrow.Utf8(),
  day: () => new arrow.DateDay(),
  instant: () => new arrow.TimestampMillisecond("UTC"),
  number: () => new arrow.Float64(),
  whole: () => new arrow.Int32(),
  boolean: () => new arrow.Bool(),
  texts: () => new arrow.List(new arrow.Field("item", new arrow.Utf8(), false))
} as const satisfies Readonly<Record<Kind, () => unknown>>;

/** Buffers are filled directly: Arrow's own builders take a hundred times as long for a column. */
function columnData({kind, cells}: StoredColumn): arrow.Data {
  const known = validity(cells);
  switch (kind) {
    case "text":
      return arrow.makeData({type: types.text(), ...known, ...textBuffers(cells)});
    case "texts": {
      const items = cells.flatMap((cell) => cell ?? []);
      const child = arrow.makeData({type: types.text(), length: items.length, ...textBuffers(items)});
      const valueOffsets = offsets(cells, (cell) => cell?.length ?? 0);
      return arrow.makeData({type: types.texts(), ...known, valueOffsets, child});
    }
    case "boolean":
      return arrow.makeData({type: types.boolean(), ...known, data: bits(cells, (cell) => cell === true)});
    case "instant":
      return arrow.makeData({
        type: types.instant(),
        ...known,
        data: BigInt64Array.from(cells, (cell) => BigInt(cell ?? 0))
      });
    case "number":
      return arrow.makeData({type: types.number(), ...known, data: Float64Array.from(cells, orZero)});
    case "day":
      return arrow.makeData({type: types.day(), ...known, data: Int32Array.from(cells, orZero)});
    case "whole":
      return arrow.makeData({type: types.whole(), ...known, data: Int32Array.from(cells, orZero)});
  }
}

/** What lies under a null is never read, but it is written: always the same. */
function orZero(cell: number | null): number {
  return cell ?? 0;
}

function validity(cells: readonly unknown[]) {
  const nullCount = cells.reduce<number>((count, cell) => count + (cell === null ? 1 : 0), 0);
  const nullBitmap = nullCount === 0 ? null : bits(cells, (cell) => cell !== null);
  return {length: cells.length, nullCount, nullBitmap};
}

/** One bit a cell, the lowest first. */
function bits<Cell>(cells: readonly Cell[], set: (cell: Cell) => boolean): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(cells.length / 8));
  for (let at = 0; at < cells.length; at += 1) if (set(cells[at]!)) bytes[at >> 3]! |= 1 << (at & 7);
  return bytes;
}

function textBuffers(cells: readonly (string | null)[]) {
  // Most columns are plain ASCII: encoded at once they take a fifth of the time.
  const joined = cells.join("");
  const data = new TextEncoder().encode(joined);
  if (data.length === joined.length) return {valueOffsets: offsets(cells, (cell) => cell?.length ?? 0), data};
  const encoded = cells.map((cell) => Buffer.from(cell ?? "", "utf8"));
  return {valueOffsets: offsets(encoded, ({length}) => length), data: new Uint8Array(Buffer.concat(encoded))};
}

/** Where each cell begins, and after the last where it ends. */
function offsets<Cell>(cells: readonly Cell[], lengthOf: (cell: Cell) => number): Int32Array {
  const starts = new Int32Array(cells.length + 1);
  for (let at = 0; at < cells.length; at += 1) starts[at + 1] = starts[at]! + lengthOf(cells[at]!);
  return starts;
}
