import type {Texts} from "./diagnostic.ts";
import {nearest} from "./suggest.ts";

export interface ExtractParameters {
  "file-unreadable": {problem: string};
  "file-changed": Record<never, never>;
  "no-records": Record<never, never>;
  "unclosed-quote": {bytes: number};
  "records-in-value": {lines: number};
  "quote-over-records": {to: number};
  "record-too-long": {bytes: number};
  "cut-off-line": {found: number; expected: number};
  "too-many-columns": {columns: number; most: number};
  "column-not-found": {column: string; from: readonly string[]; headers: readonly string[]};
  "header-repeated": {column: string; header: string; positions: readonly number[]};
  "position-beyond": {column: string; position: number; columns: number};
  "position-mismatch": {column: string; position: number; found: string; from: readonly string[]};
  "unknown-columns": {headers: readonly string[]};
  "wrong-field-count": {record: number; found: number; expected: number; trailing?: "present" | "absent"};
  "text-after-quote": {record: number};
  "missing-value": {record: number; column: string};
  "unreadable-value": {record: number; column: string; value: string; expected: string};
  "unknown-segment": {record: number; column: string; value: string; expected: string};
  "date-in-future": {record: number; column: string; value: string; expected: string};
  "outside-coverage": {record: number; column: string; value: string; expected: string};
  "check-failed": {record: number; column: string; value: string; expected: string};
  "check-not-held": {
    check: string;
    failed: number;
    of: number;
    /** As shown, of the first record. */
    value: string;
    /** The column that it is compared with, and its value; null where there is none. */
    other: {readonly column: string; readonly value: string} | null;
    /** Where else, of files that have lines; else the numbers of the records. */
    lines?: readonly number[];
    records?: readonly number[];
  };
  "too-few-values": {check: string; column: string; filled: number | null; of: number};
  "rows-unlike-before": {
    check: string;
    former: string;
    found: readonly string[];
    expected: readonly string[];
    /** Months or days that fail beside those told. */
    more: number;
  };
  "stale-source": {source: string; last: string; age: number; limit: number; key: string};
  "repeated-key": {record: number; column: string; value: string; expected: string};
  "more-rejects": {reason: string; more: number};
  "too-many-rejects": {rejected: number; records: number; at_most: number};
  "value-not-read": {column: string; count: number; value: string; expected: string};
  "file-name-without-date": {pattern: string; what: string};
  "no-coverage": Record<never, never>;
  "coverage-in-future": {to: string; today: string};
  "sparse-coverage": {gaps: readonly {from: string; to: string; days: number}[]};
}

/** Other signs than the comma by which files are parted, as YAML writes them. */
const delimiters = [
  {sign: ";", written: ";"},
  {sign: "\t", written: "\\t"},
  {sign: "|", written: "|"}
] as const;

const rejected = (record: number, why: string) => `Record ${record.toLocaleString("en-US")} is rejected: ${why}`;

export const extractTexts: Texts<ExtractParameters> = {
  "file-unreadable": ({problem}) => ({message: "Can't read the file", found: problem}),
  "file-changed": () => ({
    message: "The file changed while it was read",
    fix: "Load it again when it is written whole."
  }),
  "no-records": () => ({
    message: "The file has no records",
    found: "a header and nothing after it",
    fix: "If nothing happened in the period, it needs a file that says so; ask where the extract was made."
  }),
  "unclosed-quote": ({bytes}) => ({
    message: "The quote opened here is not closed",
    expected: `a closing quote within ${bytes.toLocaleString("en-US")} bytes`,
    fix: "Everything after it would be one value. Close the quote, or ask for the extract again; a column of longer texts must be left out of it."
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
    expected: `a line end within ${bytes.toLocaleString("en-US")} bytes`,
    fix: "Its line ends are lost, or it is no table: ask for the extract again. A column of texts as long as that must be left out of it."
  }),
  "cut-off-line": ({found, expected}) => ({
    message: "The file ends in the middle of its last record",
    found: `${count(found, "field")} and no line end`,
    expected: count(expected, "field"),
    fix: "The extract was cut off: ask for it again."
  }),
  "too-many-columns": ({columns, most}) => ({
    message: "The file has too many columns",
    found: columns.toLocaleString("en-US"),
    expected: `at most ${most.toLocaleString("en-US")}`,
    fix: "Is the delimiter the one that the source declares? Else ask for the extract again."
  }),
  "column-not-found": ({column, from, headers}) => {
    const near = from.map((name) => nearest(name, headers)).find((name) => name !== null);
    const parted = headers.length === 1 ? delimiters.find(({sign}) => headers[0]!.includes(sign)) : undefined;
    return {
      message: `The file must have the column ${column}`,
      found: headers.map((header) => `"${header}"`).join(", "),
      expected: from.map((name) => `"${name}"`).join(" or "),
      fix:
        parted !== undefined
          ? `It seems to be parted by another sign: declare csv: {delimiter: "${parted.written}"} in the source.`
          : near === undefined
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
    message: `${headers.length === 1 ? "A column is" : "Columns are"} neither declared nor ignored`,
    found: headers.map((header) => `"${header}"`).join(", "),
    fix: 'Declare it under "columns" or name it under "ignore".'
  }),
  "wrong-field-count": ({record, found, expected, trailing}) => ({
    message: rejected(record, "it has the wrong number of fields"),
    found: `${count(found, "field")}${trailing === undefined ? "" : `, ${trailing === "present" ? "and a" : "no"} delimiter after the last`}`,
    expected: `${count(expected, "field")}${trailing === undefined ? "" : ", and a delimiter after the last"}`
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
  "check-failed": ({record, column, value, expected}) => ({
    message: rejected(record, `${column} fails a check`),
    found: value,
    expected
  }),
  "check-not-held": ({check, failed, of, value, other, lines, records}) => {
    const [noun, numbers] = lines === undefined ? ["record", records ?? []] : ["line", lines];
    const listed = numbers.map((one) => one.toLocaleString("en-US")).join(", ");
    const further = numbers.length === 0 ? "" : `; then ${noun}${numbers.length === 1 ? "" : "s"} ${listed}`;
    const more = failed - 1 - numbers.length;
    return {
      message: `${failed.toLocaleString("en-US")} of ${count(of, "record")} ${failed === 1 ? "fails" : "fail"} a check: ${check}`,
      found: `${value}${other === null ? "" : `, ${other.column} ${other.value}`}${further}${more > 0 ? ` and ${more.toLocaleString("en-US")} more` : ""}`
    };
  },
  "too-few-values": ({check, column, filled, of}) => ({
    message: `The file fails a check: ${check}`,
    found:
      filled === null
        ? `no column ${column} in the file`
        : `${filled.toLocaleString("en-US")} of ${count(of, "record")}`
  }),
  "rows-unlike-before": ({check, former, found, expected, more}) => ({
    message: `The file fails a check: ${check}, ${former}`,
    found: `${found.join(", ")}${more > 0 ? ` and ${more.toLocaleString("en-US")} more` : ""}`,
    expected: expected.join(", "),
    fix: "If the file is whole, the difference is real: load it with a wider share. Else ask for the extract again."
  }),
  "stale-source": ({source, last, age, limit, key}) => ({
    message: `The newest day of ${source} that is known lies ${count(age, "day")} back`,
    found: last,
    expected: `at most ${count(limit, "day")} back (freshness: ${key})`,
    fix: "Ask for a newer extract, or say another limit in the source."
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
    fix: "Mend what its records are rejected for. With --covers A..B alone it would count as none on these days."
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
