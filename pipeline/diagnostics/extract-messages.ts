import type {Texts} from "./diagnostic.ts";
import {nearest} from "./suggest.ts";

export interface ExtractParameters {
  "unknown-file-kind": {name: string};
  "file-unreadable": {problem: string};
  "file-changed": Record<never, never>;
  "empty-file": {bytes: number};
  "no-records": Record<never, never>;
  "damaged-gzip": Record<never, never>;
  "utf-16": Record<never, never>;
  "not-utf-8": Record<never, never>;
  "nul-byte": Record<never, never>;
  "unclosed-quote": {bytes: number};
  "records-in-value": {lines: number};
  "quote-over-records": {to: number};
  "record-too-long": {bytes: number};
  "cut-off-line": {found: number; expected: number};
  "damaged-parquet": {problem: string};
  "unfit-type": {column: string; type: string};
  "column-not-found": {column: string; from: readonly string[]; headers: readonly string[]};
  "header-repeated": {column: string; header: string; positions: readonly number[]};
  "position-beyond": {column: string; position: number; columns: number};
  "position-mismatch": {column: string; position: number; found: string; from: readonly string[]};
  "unknown-columns": {headers: readonly string[]};
  "wrong-field-count": {record: number; found: number; expected: number};
  "text-after-quote": {record: number};
  "missing-value": {record: number; column: string};
  "unreadable-value": {record: number; column: string; value: string; expected: string};
  "unknown-segment": {record: number; column: string; value: string; expected: string};
  "date-in-future": {record: number; column: string; value: string; expected: string};
  "outside-coverage": {record: number; column: string; value: string; expected: string};
  "repeated-key": {record: number; column: string; value: string; expected: string};
  "more-rejects": {reason: string; more: number};
  "too-many-rejects": {rejected: number; records: number; at_most: number};
  "value-not-read": {column: string; count: number; value: string; expected: string};
  "file-name-without-date": {pattern: string; what: string};
  "no-coverage": Record<never, never>;
  "coverage-in-future": {to: string; today: string};
  "sparse-coverage": {gaps: readonly {from: string; to: string; days: number}[]};
}

const rejected = (record: number, why: string) => `Record ${record.toLocaleString("en-US")} is rejected: ${why}`;

export const extractTexts: Texts<ExtractParameters> = {
  "unknown-file-kind": ({name}) => ({
    message: `Can't tell how to read "${name}"`,
    expected: "a name that ends in .csv, .csv.gz or .parquet"
  }),
  "file-unreadable": ({problem}) => ({message: "Can't read the file", found: problem}),
  "file-changed": () => ({
    message: "The file changed while it was read",
    fix: "Load it again when it is written whole."
  }),
  "empty-file": ({bytes}) => ({
    message: "The file is empty",
    found: bytes === 0 ? "0 bytes" : `${bytes} bytes, no line with text`,
    expected: "a header and records",
    fix: "Ask for the extract again; nothing was delivered."
  }),
  "no-records": () => ({
    message: "The file has no records",
    found: "a header and nothing after it",
    fix: "If nothing happened in the period, it needs a file that says so; ask where the extract was made."
  }),
  "damaged-gzip": () => ({
    message: "Can't unpack the file: it is damaged or cut off",
    expected: "a whole .gz file",
    fix: "Copy or download it again."
  }),
  "utf-16": () => ({
    message: "The file must be UTF-8",
    found: "a byte order mark of UTF-16",
    fix: 'Save it as "CSV UTF-8".'
  }),
  "not-utf-8": () => ({
    message: "The file must be UTF-8",
    found: "bytes that are no UTF-8 character",
    fix: 'Save it as "CSV UTF-8", or ask for the extract in UTF-8.'
  }),
  "nul-byte": () => ({
    message: "The file must be text",
    found: "a zero byte",
    fix: "The file is damaged or not a text file; ask for it again."
  }),
  "unclosed-quote": ({bytes}) => ({
    message: "The quote opened here is not closed",
    expected: `a closing quote within ${bytes.toLocaleString("en-US")} bytes`,
    fix: "Everything after it would be one value. Close the quote, or ask for the extract again."
  }),
  "records-in-value": ({lines}) => ({
    message: `The value that begins here seems to hold whole records: ${lines} lines, each with a record's delimiters`,
    fix: "The quote before it was probably never closed. Close it, or ask for the extract again."
  }),
  "quote-over-records": ({to}) => ({
    message: `The quote opened here runs over line ends into a record that is malformed and ends on line ${to}`,
    fix: "It was probably never closed and has swallowed records. Close the quote, or ask for the extract again."
  }),
  "record-too-long": ({bytes}) => ({
    message: "The record that begins here is too long",
    expected: `at most ${bytes.toLocaleString("en-US")} bytes`,
    fix: "A quote before this place is probably not closed."
  }),
  "cut-off-line": ({found, expected}) => ({
    message: "The file ends in the middle of its last record",
    found: `${count(found, "field")} and no line end`,
    expected: count(expected, "field"),
    fix: "The extract was cut off: ask for it again."
  }),
  "damaged-parquet": ({problem}) => ({message: "Can't read the file as Parquet", found: problem}),
  "unfit-type": ({column, type}) => ({
    message: `${column} can't be made from a Parquet column of type ${type}`,
    fix: "Write it as text, a number, a date or a time without a zone."
  }),
  "column-not-found": ({column, from, headers}) => {
    const near = from.map((name) => nearest(name, headers)).find((name) => name !== null);
    return {
      message: `The file must have the column ${column}`,
      found: headers.map((header) => `"${header}"`).join(", "),
      expected: from.map((name) => `"${name}"`).join(" or "),
      fix:
        near === undefined
          ? `If it has a new name, add it to "from" of ${column}.`
          : `Is it "${near}" now? Then add that to "from" of ${column}.`
    };
  },
  "header-repeated": ({column, header, positions}) => ({
    message: `The header "${header}" stands ${positions.length} times, so ${column} is not certain`,
    found: `columns ${positions.join(" and ")}`,
    fix: `Say which one: position: ${positions[0]} beside "from" of ${column}.`
  }),
  "position-beyond": ({column, position, columns}) => ({
    message: `${column} must be column ${position}`,
    found: count(columns, "column")
  }),
  "position-mismatch": ({column, position, found, from}) => ({
    message: `${column} must be column ${position}, and that has another name`,
    found: `"${found}"`,
    expected: `${from.map((name) => `"${name}"`).join(" or ")}, or no name`
  }),
  "unknown-columns": ({headers}) => ({
    message: `${headers.length === 1 ? "a column is" : "columns are"} neither declared nor ignored`,
    found: headers.map((header) => `"${header}"`).join(", "),
    fix: 'Declare it under "columns" or name it under "ignore".'
  }),
  "wrong-field-count": ({record, found, expected}) => ({
    message: rejected(record, "it has the wrong number of fields"),
    found: count(found, "field"),
    expected: count(expected, "field")
  }),
  "text-after-quote": ({record}) => ({
    message: rejected(record, "text follows a closing quote"),
    expected: "a delimiter or the line's end; a quote inside quotes is written twice"
  }),
  "missing-value": ({record, column}) => ({
    message: rejected(record, `${column} is required and empty`)
  }),
  "unreadable-value": ({record, column, value, expected}) => ({
    message: rejected(record, `${column} can't be read`),
    found: value,
    expected
  }),
  "unknown-segment": ({record, column, value, expected}) => ({
    message: rejected(record, `${column} is not in the roster`),
    found: value,
    expected
  }),
  "date-in-future": ({record, column, value, expected}) => ({
    message: rejected(record, `${column} lies in the future`),
    found: value,
    expected
  }),
  "outside-coverage": ({record, column, value, expected}) => ({
    message: rejected(record, `${column} lies outside the days that the file covers`),
    found: value,
    expected
  }),
  "repeated-key": ({record, column, value, expected}) => ({
    message: rejected(record, `its key (${column}) stands in an earlier record`),
    found: value,
    expected
  }),
  "more-rejects": ({reason, more}) => ({
    message: `And ${count(more, "more record")} rejected for ${reason}; all in the rejects file`
  }),
  "too-many-rejects": ({rejected: number, records, at_most}) => ({
    message: "Too many records are rejected, so nothing of the file is kept",
    found: `${number.toLocaleString("en-US")} of ${count(records, "record")}`,
    expected: `at most ${at_most === 0 ? "none" : `${Number((at_most * 100).toPrecision(12))}%`} (rejects: at_most)`,
    fix: "Correct these records and load the file again; or, if so many may be wrong, raise at_most in the source"
  }),
  "value-not-read": ({column, count: times, value, expected}) => ({
    message: `${count(times, "value")} of ${column} can't be read and ${times === 1 ? "is" : "are"} taken as empty`,
    found: value,
    expected
  }),
  "file-name-without-date": ({pattern, what}) => ({
    message: `The file's name must say ${what}`,
    expected: pattern
  }),
  "no-coverage": () => ({
    message: "Can't tell which days the file covers: no record was kept",
    fix: "Say it: --covers 2024-01-01..2024-01-31"
  }),
  "coverage-in-future": ({to, today}) => ({
    message: "The file can't cover days that are still to come",
    found: `to ${to}`,
    expected: `to ${today} at most; taken so`
  }),
  "sparse-coverage": ({gaps}) => ({
    message: `${gaps.length === 1 ? "a long run of days has" : "long runs of days have"} no record, and would count as covered with none`,
    found: gaps.map(({from, to, days}) => `${from}..${to} (${days} days)`).join(", "),
    fix: "If records are missing there, refuse the file; if the data are sparse, declare covers from the file name or columns."
  })
};

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}
