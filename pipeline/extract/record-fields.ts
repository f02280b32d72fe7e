/** A record taken apart by our own rules, see `RecordSplitter`. */
export interface RecordFields {
  /** As text, unquoted, not trimmed. */
  readonly fields: readonly string[];
  /** Where each field begins in the record's text, its opening quote counted. */
  readonly starts: readonly number[];
  /** Where text stands after a closing quote, the first such place; null when there is none. */
  readonly textAfterQuote: number | null;
}

/** Takes one record apart; the text has no line end at its end. */
export function recordFields(text: string, delimiter: string): RecordFields {
  const fields: string[] = [];
  const starts: number[] = [];
  let textAfterQuote: number | null = null;
  let at = 0;
  for (;;) {
    starts.push(at);
    let value = "";
    if (text[at] === '"') {
      const closing = closingQuote(text, at + 1);
      value = text.slice(at + 1, closing).replaceAll('""', '"');
      at = closing + 1;
      if (at < text.length && text[at] !== delimiter) textAfterQuote ??= at;
    }
    const end = text.indexOf(delimiter, at);
    fields.push(value + text.slice(at, end === -1 ? text.length : end));
    if (end === -1) return {fields, starts, textAfterQuote};
    at = end + 1;
  }
}

/** Line and column of a place in a record that begins at column 1 of `line`. */
export function placeInRecord(text: string, line: number, offset: number): {line: number; column: number} {
  const before = text.slice(0, offset);
  if (!before.includes("\n") && !before.includes("\r")) return {line, column: offset + 1};
  const lineEnds = before.match(/\r\n|\n|\r/g)?.length ?? 0;
  return {line: line + lineEnds, column: offset - Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r"))};
}

/** Place of the quote that ends a quoted field whose text begins at `from`, or the text's end where none does. */
export function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return text.length;
}
