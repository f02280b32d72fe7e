/** The only places where a name or a value becomes SQL text. */

/** quoteIdentifier('a"b') //=> '"a""b"' */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** quoteLiteral("it's") //=> "'it''s'" */
export function quoteLiteral(text: string): string {
  if (text.includes("\0")) throw new Error("a SQL literal can't hold a NUL character");
  return `'${text.replaceAll("'", "''")}'`;
}

/** The path of one file as a literal that means itself: the engine reads * ? and [ in a path as a pattern. */
export function quotePath(path: string): string {
  return quoteLiteral(path.replace(/[*?[]/g, "[$&]"));
}

/** Reads one Parquet file, and nothing but it: a folder named `area=1` above it would else become a column. */
export function parquetFile(path: string, {numbered = false}: {readonly numbered?: boolean} = {}): string {
  return `read_parquet(${quotePath(path)}, hive_partitioning = false${numbered ? ", file_row_number = true" : ""})`;
}

/** Reads several Parquet files as one relation, by the names of their columns. */
export function parquetFiles(paths: readonly string[]): string {
  return `read_parquet([${paths.map(quotePath).join(", ")}], hive_partitioning = false, union_by_name = true)`;
}
