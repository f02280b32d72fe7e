import type {Cell, Relation} from "./relation.ts";

/** A relation as CSV; see `csvText`. */
export function relationCsv({columns, rows}: Relation): string {
  return csvText(
    columns.map(({name}) => name),
    rows
  );
}

/**
 * Rows as CSV (RFC 4180 with line feeds): null is empty, an empty text is `""`, numbers are in the shortest form that
 * reads back the same, a list is joined by ";", and a text that begins with = + - @, a tab or a CR gets a leading apostrophe, so that
 * no spreadsheet runs it.
 *
 * @param columns Names of the columns, in order; each row must have every one of them.
 */
export function csvText<Column extends string>(
  columns: readonly Column[],
  rows: Iterable<Readonly<Record<Column, Cell>>>
): string {
  const lines = [columns.map((column) => csvCell(column)).join(",")];
  for (const row of rows) lines.push(columns.map((column) => csvCell(row[column])).join(","));
  return `${lines.join("\n")}\n`;
}

function csvCell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new Error(`${value} is not a number that a file may hold`);
    return String(value);
  }
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "string") return value.length === 0 ? "" : csvCell(value.join(";"));
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return harmless === "" || /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
