import {csv, header, kept, record, records, refused, some, text} from "./build.mjs";

const good = csv(...records(3));
const utf16 = (contents) => Buffer.from(contents, "utf16le");
const bytes = (...parts) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));
const day = (value, expect, name) => text(name, csv(record(1), record(2, {day: value})), expect, "serials");
const code = (value, expect, name) => text(name, csv(record(1), record(2, {code: `"${value}"`})), expect, "thousands");

/** Shapes that a source declares: encodings, line ends, banners, numbers as people write them. */
export const shapeCases = [
  text("utf-16 as declared, little endian", utf16(`\ufeff${csv(record(1, {note: "ni\u00f1o"}))}`), kept(1), "utf16"),
  text("utf-16 as declared, big endian", utf16(`\ufeff${good}`).swap16(), kept(3), "utf16"),
  text("utf-16 as declared, without a mark", utf16(good), kept(3), "utf16"),
  text(
    "utf-16 as declared, with a letter of two units",
    utf16(`\ufeff${csv(record(1, {note: "\u{1f693}"}))}`),
    kept(1),
    "utf16"
  ),
  text(
    "utf-16 as declared, with half a letter",
    bytes(utf16(`\ufeff${good}`), [0x3d, 0xd8], utf16("x\n")),
    refused("not-utf-16"),
    "utf16"
  ),
  text("utf-16 as declared, with half a unit", bytes(utf16(`\ufeff${good}`), [0x78]), refused("not-utf-16"), "utf16"),
  text(
    "utf-16 as declared, with an unclosed quote",
    utf16(`\ufeff${csv(record(1, {note: '"n'}))}`),
    refused("unclosed-quote", [2, 19]),
    "utf16"
  ),
  text("utf-8 where utf-16 is declared", good, refused("not-utf-16"), "utf16"),
  text(
    "windows-1252 as declared",
    bytes(csv(record(1)), "x2,03/01/2024,8,5,ni", [0xf1], "o ", [0x93], "q", [0x94], ",33,p\n"),
    kept(2),
    "windows1252"
  ),
  text("windows-1252 as declared, plain ASCII", good, kept(3), "windows1252"),
  text(
    "windows-1252 as declared, a byte that it lacks",
    bytes(csv(record(1)), "x2,03/01/2024,8,5,n", [0x81], ",33,p\n"),
    refused("not-windows-1252", [3, 20]),
    "windows1252"
  ),
  text(
    "utf-8 where windows-1252 is declared",
    csv(record(1, {note: "ni\u00f1o"})),
    kept(1, "seems-utf-8"),
    "windows1252"
  ),
  text("a mark of utf-8 where windows-1252 is declared", `\ufeff${good}`, refused("not-windows-1252"), "windows1252"),
  text("carriage returns alone", good.replaceAll("\n", "\r"), kept(3)),
  text(
    "carriage returns alone and a line feed in quotes",
    csv(record(1, {note: "\u0001"}), record(2))
      .replaceAll("\n", "\r")
      .replace("\u0001", '"a\nb"'),
    kept(2)
  ),
  text("carriage returns alone, none at the end", good.trimEnd().replaceAll("\n", "\r"), kept(3)),
  text("a delimiter behind each record as declared", good.replaceAll("\n", ",\n"), kept(3), "trailing"),
  text(
    "a delimiter behind each record but the header",
    `${header}\n${records(2)
      .map((line) => `${line},\n`)
      .join("")}`,
    kept(2),
    "trailing"
  ),
  text(
    "no delimiter behind a record where one is declared",
    good.replaceAll("\n", ",\n").replace("33,p,\nx2", "33,p\nx2"),
    some(2, {wrong_field_count: 1}, "wrong-field-count"),
    "trailing"
  ),
  text(
    "something behind the last delimiter",
    good.replaceAll("\n", ",\n").replace("33,p,\nx2", "33,p,more\nx2"),
    some(2, {wrong_field_count: 1}, "wrong-field-count"),
    "trailing"
  ),
  text("a banner of two lines as declared", `Weekly report\nVolume 31, Number 7\n${good}`, kept(3), "banner"),
  text("a banner with a blank line", `Weekly report\n\n${good}`, kept(3), "banner"),
  text("a banner with an unclosed quote", `Weekly "report\nVolume 31\n${good}`, kept(3), "banner"),
  text(
    "a bad record below a banner is found by the file's own lines",
    `Weekly report\nVolume 31\n${csv(record(1), record(2, {day: "x"}))}`,
    {...some(1, {unreadable_value: 1}, "unreadable-value"), at: [5, 4]},
    "banner"
  ),
  text("no banner where one is declared", good, refused("column-not-found", null, ["unknown-columns"]), "banner"),
  text("nothing below the banner", "Weekly report\nVolume 31\n", refused("empty-file"), "banner"),
  code("1,214", kept(2), "thousands as declared"),
  code("1,234,567", kept(2), "two thousands as declared"),
  code("-1,214", kept(2), "negative thousands as declared"),
  code("12,14", kept(2, "value-not-read"), "thousands in the wrong place"),
  code("1,2345", kept(2, "value-not-read"), "a group of four digits"),
  code(",214", kept(2, "value-not-read"), "thousands without a beginning"),
  code("1214", kept(2), "no thousands where they are declared"),
  day("45352", kept(2), "a serial number of a day as declared"),
  day("45352.75", kept(2), "a serial number with a time as declared"),
  day("60", some(1, {unreadable_value: 1}, "unreadable-value"), "the day that Excel invented"),
  day("0", some(1, {unreadable_value: 1}, "unreadable-value"), "a serial number of zero"),
  day("-1", some(1, {unreadable_value: 1}, "unreadable-value"), "a negative serial number"),
  day("2958466", some(1, {unreadable_value: 1}, "unreadable-value"), "a serial number beyond the last year")
];
