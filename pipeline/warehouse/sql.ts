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
