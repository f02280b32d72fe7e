import {csv, header, kept, record, records, refused, some, text} from "./build.mjs";

const three = records(3);
const crlf = (contents) => contents.replaceAll("\n", "\r\n");

/** Where records begin and end: quotes, delimiters, line ends. */
export const recordCases = [
  text("three good records", csv(...three), kept(3)),
  text("one good record", csv(three[0]), kept(1)),
  text("crlf line ends", crlf(csv(...three)), kept(3)),
  text("no final line end", csv(...three).trimEnd(), kept(3)),
  text("crlf and no final line end", crlf(csv(...three)).trimEnd(), kept(3)),
  text(
    "crlf no final line end and a line feed in quotes",
    crlf(csv(record(1), record(2)))
      .trimEnd()
      .replace(",n,", ',"a\nb",'),
    kept(2)
  ),
  text("mixed line ends", `${header}\r\n${record(1)}\n${record(2)}\r\n`, kept(2)),
  text("blank lines between records", csv(three[0], "", "", three[1], ""), kept(2)),
  text("blank lines above the header", `\n\n${csv(...three)}`, kept(3)),
  text("a line of blanks", csv(three[0], "   ", three[1]), some(2, {wrong_field_count: 1}, "wrong-field-count")),
  text("a line of delimiters alone", csv(three[0], ",,,,,,"), some(1, {missing_value: 1}, "missing-value")),
  text("a line feed in quotes", csv(record(1, {note: '"two\nlines"'}), record(2)), kept(2)),
  text("crlf in quotes", csv(record(1, {note: '"two\r\nlines"'}), record(2)), kept(2)),
  text("a carriage return in quotes", csv(record(1, {note: '"two\rlines"'}), record(2)), kept(2)),
  text("many line feeds in one cell", csv(record(1, {note: `"${"\n".repeat(500)}"`}), record(2)), kept(2)),
  text("doubled quotes", csv(record(1, {note: '"say ""no"""'})), kept(1)),
  text("a cell of nothing but quotes", csv(record(1, {note: '""""""'})), kept(1)),
  text("an empty quoted cell", csv(record(1, {note: '""'})), kept(1)),
  text("a delimiter in quotes", csv(record(1, {note: '"a, b"'})), kept(1)),
  text("a quote inside an unquoted cell", csv(record(1, {note: 'five"six'}), record(2)), kept(2)),
  text("every cell quoted", csv('"x1","03/01/2024","8","5","n","33","p"'), kept(1)),
  text(
    "a quoted header",
    csv(...three).replace(
      header,
      header
        .split(",")
        .map((name) => `"${name}"`)
        .join(",")
    ),
    kept(3)
  ),
  text(
    "text behind a closing quote",
    csv(record(1), record(2, {note: '"n"z'}), record(3)),
    some(2, {text_after_quote: 1}, "text-after-quote")
  ),
  text(
    "a blank behind a closing quote",
    csv(record(1), record(2, {note: '"n" '}), record(3)),
    some(2, {text_after_quote: 1}, "text-after-quote")
  ),
  text(
    "one field too many",
    csv(record(1), `${record(2)},more`, record(3)),
    some(2, {wrong_field_count: 1}, "wrong-field-count")
  ),
  text(
    "one field too few",
    csv(record(1), "x2,03/01/2024,8,5,n,33", record(3)),
    some(2, {wrong_field_count: 1}, "wrong-field-count")
  ),
  text("one field alone", csv(record(1), "x2", record(3)), some(2, {wrong_field_count: 1}, "wrong-field-count")),
  text(
    "every record one field too many",
    csv(...three.map((line) => `${line},`)),
    refused("no-coverage", null, ["wrong-field-count"])
  ),
  text(
    "a comma in an unquoted number",
    csv(record(1), record(2, {code: "1,214"})),
    some(1, {wrong_field_count: 1}, "wrong-field-count")
  ),
  text("a total in the last line", csv(...three, "Total,3"), some(3, {wrong_field_count: 1}, "wrong-field-count")),
  text(
    "a footer of prose in the last line",
    csv(...three, "Source: records system"),
    some(3, {wrong_field_count: 1}, "wrong-field-count")
  ),
  text(
    "the header again in the middle",
    csv(record(1), header, record(2)),
    some(2, {unreadable_value: 1}, "unreadable-value")
  ),
  text(
    "two files put together with their headers",
    `${csv(record(1))}${csv(record(2))}`,
    some(2, {unreadable_value: 1}, "unreadable-value")
  ),
  text(
    "an unclosed quote in the last record",
    csv(record(1), record(2, {note: '"n'})),
    refused("unclosed-quote", [3, 19])
  ),
  text(
    "an unclosed quote in the first record",
    csv(record(1, {note: '"n'}), record(2)),
    refused("unclosed-quote", [2, 19])
  ),
  text(
    "an unclosed quote in a long file",
    csv(record(1, {note: '"n'}), ...records(400)),
    refused("unclosed-quote", [2, 19])
  ),
  text(
    "an unclosed quote that meets another",
    csv(record(1, {note: '"n'}), record(2), record(3, {note: '"n"'})),
    refused("quote-over-records", [2, 19], ["records-in-value"])
  ),
  text("a quote opened in the header", csv(record(1)).replace("Note", '"Note'), refused("unclosed-quote", [1, 18])),
  text("cut off in the middle of a record", csv(...three).slice(0, -12), refused("cut-off-line", [4, 14])),
  text(
    "cut off inside quotes",
    csv(record(1), record(2, {note: '"a longer note"'})).slice(0, -12),
    refused("unclosed-quote", [3, 19])
  ),
  text("cut off in the header", header.slice(0, 20), refused("no-records", null, ["unknown-columns"])),
  text("cut off behind the last delimiter", csv(...three).slice(0, -2), kept(3)),
  text("ten thousand good records", csv(...records(10_000)), kept(10_000)),
  text(
    "a bad record among ten thousand",
    csv(...records(10_000), "x"),
    some(10_000, {wrong_field_count: 1}, "wrong-field-count")
  ),
  text(
    "a bad record among ten thousand of a strict source",
    csv(...records(10_000), "x"),
    refused("too-many-rejects", null, ["wrong-field-count"]),
    "strict"
  ),
  text("a record of a million characters", csv(record(1, {note: "y".repeat(900_000)})), kept(1)),
  text(
    "a record beyond any length",
    csv(record(1), record(2, {note: "y".repeat(1_200_000)})),
    refused("record-too-long", [3, 1])
  ),
  text(
    "a quoted record beyond any length",
    csv(record(1), record(2, {note: `"${"y\n".repeat(700_000)}"`})),
    refused("unclosed-quote", [3, 19])
  )
];
