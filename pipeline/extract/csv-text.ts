import type {RecordFields} from "./record-fields.ts";

/** A CSV text in UTF-8 whose first line with something on it is the header. */
export interface CsvText {
  readonly path: string;
  readonly delimiter: string;
  /** The number of its first line in the file as delivered: more than 1 below a banner. */
  readonly firstLine: number;
  /** Each record ends with a delimiter that no field follows. */
  readonly trailing: boolean;
}

/**
 * Names of the columns. Where records end with a delimiter the header may do so too.
 *
 * @param fields Of the first record.
 */
export function headerNames({trailing}: CsvText, fields: readonly string[]): readonly string[] {
  return trailing && fields.at(-1)?.trim() === "" ? fields.slice(0, -1) : fields;
}

/** How many fields a record must have when it is taken apart, the empty one behind a trailing delimiter counted. */
export function widthOf(text: CsvText, fields: readonly string[]): number {
  return headerNames(text, fields).length + (text.trailing ? 1 : 0);
}

/** What is wrong with the number of a record's fields, or null when nothing is. */
export function wrongCount(
  {trailing}: CsvText,
  width: number,
  {fields}: RecordFields
): {readonly found: number; readonly expected: number; readonly trailing?: "present" | "absent"} | null {
  if (!trailing) return fields.length === width ? null : {found: fields.length, expected: width};
  const closed = fields.length > 1 && fields.at(-1) === "";
  if (closed && fields.length === width) return null;
  const found = closed ? fields.length - 1 : fields.length;
  return {found, expected: width - 1, trailing: closed ? "present" : "absent"};
}
