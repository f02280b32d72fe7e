import {gzipSync} from "node:zlib";
import {csv, header, kept, record, records, refused, text} from "./build.mjs";

const good = csv(...records(3));
const latin = (contents) => Buffer.from(contents, "latin1");
const gz = (name, bytes, expect) => ({
  ...text(name, bytes, expect),
  file: `${name.replaceAll(/[^a-z0-9]+/gi, "-").toLowerCase()}.csv.gz`
});
/** One byte turned round. */
const turned = (bytes, at) => {
  const copy = Buffer.from(bytes);
  copy[at < 0 ? copy.length + at : at] ^= 0xff;
  return copy;
};
const packed = gzipSync(good, {level: 9});

/** What the file is made of: encodings, packing, nothing. */
export const byteCases = [
  text("an empty file", "", refused("empty-file")),
  text("a byte order mark alone", "\ufeff", refused("empty-file")),
  text("blank lines alone", "\n\n\r\n", refused("empty-file")),
  text("one line feed", "\n", refused("empty-file")),
  text("utf-8 with a byte order mark", `\ufeff${good}`, kept(3)),
  text("a byte order mark and quotes around the first name", `\ufeff"ID"${good.slice(2)}`, kept(3)),
  text("two byte order marks", `\ufeff\ufeff${good}`, kept(3)),
  text("a byte order mark in the middle", `${good}\ufeff${good}`, {
    outcome: "read",
    records: 7,
    kept: 6,
    rejects: {unreadable_value: 1},
    codes: ["unreadable-value"]
  }),
  text("utf-16 little endian", Buffer.from(`\ufeff${good}`, "utf16le"), refused("utf-16", [1, 1])),
  text("utf-16 big endian", Buffer.from(`\ufeff${good}`, "utf16le").swap16(), refused("utf-16", [1, 1])),
  text("utf-16 without a byte order mark", Buffer.from(good, "utf16le"), refused("nul-byte", [1, 2])),
  text("latin-1", latin(csv(record(1), record(2, {note: "ni\u00f1o"}))), refused("not-utf-8", [3, 21])),
  text(
    "windows-1252 quotes",
    Buffer.concat([Buffer.from(csv(record(1)).trimEnd()), Buffer.from([0x93, 0x94, 0x0a])]),
    refused("not-utf-8", [2, 25])
  ),
  text("utf-8 cut within a letter", Buffer.from(`${good}x\u00e9`).subarray(0, -1), refused("not-utf-8", [5, 2])),
  text(
    "an overlong form of utf-8",
    Buffer.concat([Buffer.from(`${header}\n`), Buffer.from([0xc0, 0xaf]), Buffer.from("\n")]),
    refused("not-utf-8", [2, 1])
  ),
  text(
    "a surrogate in utf-8",
    Buffer.concat([Buffer.from(`${header}\n`), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from("\n")]),
    refused("not-utf-8", [2, 1])
  ),
  text("a zero byte", good.replace(",n,", ",n\0,"), refused("nul-byte", [2, 20])),
  text("zero bytes at the end", `${good}\0\0\0\0`, refused("nul-byte", [5, 1])),
  text(
    "random bytes",
    Buffer.from(Array.from({length: 512}, (_, index) => (index * 167 + 89) % 256)),
    refused("not-utf-8")
  ),
  text(
    "a picture by another name",
    Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
    refused("not-utf-8", [1, 1])
  ),
  text("a zip by another name", Buffer.from("504b0304140000000800", "hex"), refused("content-not-as-named")),
  text("a gzip by another name", packed, refused("content-not-as-named")),
  text(
    "a web page by another name",
    "<!doctype html>\n<html><body>Sign in</body></html>\n",
    refused("column-not-found", [1, 1], ["column-not-found", "column-not-found", "unknown-columns"])
  ),
  text(
    "JSON by another name",
    '[{"ID": "x1", "Day": "03/01/2024"}]\n',
    refused("column-not-found", [1, 1], ["column-not-found", "column-not-found", "unknown-columns", "no-records"])
  ),
  gz("packed", packed, kept(3)),
  gz(
    "packed in two parts",
    Buffer.concat([gzipSync(`${header}\n`), gzipSync(`${record(1)}\n${record(2)}\n`)]),
    kept(2)
  ),
  gz("packed nothing", gzipSync(""), refused("empty-file")),
  gz("packed of no bytes", Buffer.alloc(0), refused("empty-file")),
  gz("packed and cut off", gzipSync(csv(...records(500))).subarray(0, -40), refused("damaged-gzip")),
  gz("packed without its sum", packed.subarray(0, -8), refused("damaged-gzip")),
  gz("packed with a wrong sum", turned(packed, -6), refused("damaged-gzip")),
  gz("packed with a wrong length", turned(packed, -2), refused("damaged-gzip")),
  gz("packed with a wrong byte", turned(packed, 40), refused("damaged-gzip")),
  gz("packed only by its name", good, refused("damaged-gzip")),
  gz("packed with text behind it", Buffer.concat([packed, Buffer.from("more")]), refused("damaged-gzip")),
  gz("packed twice", gzipSync(packed), refused("content-not-as-named")),
  gz("packed latin-1", gzipSync(latin(csv(record(1, {note: "ni\u00f1o"})))), refused("not-utf-8", [2, 21])),
  gz("packed with an unclosed quote", gzipSync(csv(record(1, {note: '"n'}))), refused("unclosed-quote", [2, 19]))
];
