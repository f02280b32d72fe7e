/**
 * Columns of plain text, two blanks apart; nothing is cut.
 *
 * @param right Numbers of the columns (from 0) that are set to the right: figures.
 * @returns Ends with a line feed.
 */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = []
): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      widths
        .map((width, column) => {
          const cell = line[column] ?? "";
          return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
        })
        .join("  ")
        .trimEnd()
    )
    .map((line) => `${line}\n`)
    .join("");
}
