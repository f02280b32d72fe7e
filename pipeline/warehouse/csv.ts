/** What a cell may hold; a list is joined by ";". */
export type CsvValue = string | number | boolean | null | readonly string[];

/**
 * Rows as CSV (RFC 4180 with line feeds): null is empty, an empty text is `""`, numbers are in the shortest form that
 * reads back the same, and a text that begins with = + - @ gets a leading apostrophe, so that no spreadsheet runs it.
 *
 * @param columns Names of the columns, in order; each row must have every one of them.
 */
export function csvText<Column extends string>(
  columns: readonly Column[],
  rows: Iterable<Readonly<Record<Column, CsvValue>>>
): string {
  const lines = [columns.map((column) => csvCell(column)).join(",")];
  for (const row of rows) lines.push(columns.map((column) => csvCell(row[column])).join(","));
  return `${lines.join("\n")}\n`;
}

function csvCell(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new Error(`${value} is not a number that a file may hold`);
    return String(value);
  }
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "string") return value.length === 0 ? "" : csvCell(value.join(";"));
  const harmless = /^[=+\-@]/.test(value) ? `'${value}` : value;
  return harmless === "" || /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
