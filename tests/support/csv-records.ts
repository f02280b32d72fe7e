/** Records of a small, well-made CSV text (RFC 4180) by header; for reading what was written, not users' files. */
export function records(text: string): Record<string, string>[] {
  const [header, ...rows] = cells(text.replace(/^\uFEFF/, ""));
  return rows.map((row) => Object.fromEntries(header!.map((name, at) => [name, row[at] ?? ""])));
}

function cells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (end === "" && quoted === undefined && plain === "" && row.length === 0) break;
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
