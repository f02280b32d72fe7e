import {isIsoDate, toDay} from "../calendar/iso-date.ts";

/**
 * What the cells of a column are, in every format alike:
 *
 * - `text`
 * - `day`: `yyyy-MM-dd`, a date without a time
 * - `instant`: ISO 8601 in UTC, to the millisecond
 * - `number`: a double, unrounded
 * - `whole`: -2,147,483,648 to 2,147,483,647
 * - `boolean`
 * - `texts`: a list, joined by ";" in CSV
 */
export type Kind = "text" | "day" | "instant" | "number" | "whole" | "boolean" | "texts";

/** What a row may hold. */
export type Cell = string | number | boolean | null | readonly string[];

export interface Column {
  readonly name: string;
  readonly kind: Kind;
  /** Whether a cell may be null, which is never written as 0, NaN or an empty text. */
  readonly nullable: boolean;
}

/** Rows of which every column is told, made by `relationOf`: what all writers of data files take. */
export interface Relation {
  /** In the order in which every format has them. */
  readonly columns: readonly Column[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  /**
   * The columns as they are stored, in the same order: made once, whoever asks.
   *
   * @throws Error for a cell that its column can't hold: a bug, since the row types say what it holds.
   */
  readonly stored: () => readonly StoredColumn[];
}

type KindOfValue<Value> = [Value] extends [string]
  ? "text" | "day" | "instant"
  : [Value] extends [number]
    ? "number" | "whole"
    : [Value] extends [boolean]
      ? "boolean"
      : [Value] extends [readonly string[]]
        ? "texts"
        : never;

/** A kind for each column of a row type, with a question mark exactly where the type has null. */
export type Kinds<Row> = {
  readonly [Name in keyof Row]-?: null extends Row[Name]
    ? `${KindOfValue<NonNullable<Row[Name]>>}?`
    : KindOfValue<Row[Name]>;
};

/** relationOf({day: "day", value: "number?"}, rows): the columns in the order written. */
export function relationOf<Row extends {readonly [Name in keyof Row]: Cell}>(
  kinds: Kinds<Row>,
  rows: readonly Row[]
): Relation {
  const columns = Object.entries<string>(kinds).map(([name, written]): Column => {
    const nullable = written.endsWith("?");
    return {name, kind: (nullable ? written.slice(0, -1) : written) as Kind, nullable};
  });
  let stored: readonly StoredColumn[] | null = null;
  return {
    columns,
    rows: rows as readonly Readonly<Record<string, Cell>>[],
    stored: () => {
      stored ??= columns.map((column) => storedColumn(rows, column));
      return stored;
    }
  };
}

/** How the cells of each kind are stored: a day as days since 1970-01-01, an instant as milliseconds since then. */
interface StoredCells {
  readonly text: string;
  readonly day: number;
  readonly instant: number;
  readonly number: number;
  readonly whole: number;
  readonly boolean: boolean;
  readonly texts: readonly string[];
}

/** A column with its cells, null where they are. */
export type StoredColumn = {
  readonly [Of in Kind]: Omit<Column, "kind"> & {
    readonly kind: Of;
    readonly cells: readonly (StoredCells[Of] | null)[];
  };
}[Kind];

const store: {readonly [Of in Kind]: (cell: Cell | undefined) => StoredCells[Of] | undefined} = {
  text: (cell) => (typeof cell === "string" ? cell : undefined),
  day: (cell) => (typeof cell === "string" && isIsoDate(cell) ? toDay(cell) : undefined),
  instant: (cell) => (typeof cell === "string" && /^\d{4}-\d\d-\d\dT.*Z$/.test(cell) ? Date.parse(cell) : undefined),
  number: (cell) => (typeof cell === "number" && Number.isFinite(cell) ? cell : undefined),
  whole: (cell) => (typeof cell === "number" && cell === (cell | 0) ? cell : undefined),
  boolean: (cell) => (typeof cell === "boolean" ? cell : undefined),
  texts: (cell) => (Array.isArray(cell) ? cell : undefined)
};

/** Dear to read; and thousands of rows share a few dozen. */
const shared: readonly Kind[] = ["day", "instant"];

function storedColumn(
  rows: readonly {readonly [name: string]: Cell | undefined}[],
  {name, kind, nullable}: Column
): StoredColumn {
  const read = store[kind] as (cell: Cell | undefined) => Cell | undefined;
  const stored = (cell: Cell | undefined): Cell => {
    const found = read(cell);
    if (found !== undefined && !Number.isNaN(found)) return found;
    throw new Error(`${JSON.stringify(cell) ?? "nothing"} is not what column ${name} (${kind}) may hold`);
  };
  const known = new Map<Cell | undefined, Cell>();
  const storedOnce = (cell: Cell | undefined): Cell => {
    const found = known.get(cell) ?? stored(cell);
    known.set(cell, found);
    return found;
  };
  const cellOf = shared.includes(kind) ? storedOnce : stored;
  const cells = rows.map((row) => {
    const cell = row[name];
    return cell === null && nullable ? null : cellOf(cell);
  });
  return {name, kind, nullable, cells} as StoredColumn;
}
