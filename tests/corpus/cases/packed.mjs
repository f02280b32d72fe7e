import {gzipSync} from "node:zlib";
import {csv, kept, record, records, refused, some, text} from "./build.mjs";
import {zip} from "./zip.mjs";

const good = Buffer.from(csv(...records(3)));
const archive = (name, bytes, expect, source = "incidents") => ({
  ...text(name, bytes, expect, source),
  file: `${name.replaceAll(/[^a-z0-9]+/gi, "-").toLowerCase()}.zip`
});
const member = (name, bytes = good, more = {}) => ({name, bytes: Buffer.from(bytes), ...more});
/** Of a link, as Unix keeps it. */
const link = 0o120777 * 65_536;
/** As the Finder writes it beside each file: AppleDouble, a resource fork. */
const fork = (name) => member(name, Buffer.from([0, 5, 22, 7, 0, 2, 0, 0]));
const folder = {name: "data/", bytes: Buffer.alloc(0), stored: true};

/** Files in a .zip. */
export const packedCases = [
  archive("zipped", zip(member("incidents.csv")), kept(3)),
  archive("zipped without packing", zip(member("incidents.csv", good, {stored: true})), kept(3)),
  archive("zipped in a folder", zip(member("data/incidents.csv")), kept(3)),
  archive("zipped with its folder beside it", zip(folder, member("data/incidents.csv")), kept(3)),
  archive(
    "zipped by macOS",
    zip(member("incidents.csv"), fork("__MACOSX/._incidents.csv")),
    kept(3, "zip-passed-over")
  ),
  archive(
    "zipped by macOS with its folder",
    zip(member("data/.DS_Store", "Bud1"), fork("__MACOSX/data/._.DS_Store"), folder, member("data/incidents.csv")),
    kept(3, "zip-passed-over")
  ),
  archive(
    "two files in a zip by macOS",
    zip(member("a.csv"), fork("__MACOSX/._a.csv"), member("b.csv"), fork("__MACOSX/._b.csv")),
    refused("zip-members")
  ),
  archive("a zip by macOS without its file", zip(fork("__MACOSX/._incidents.csv")), refused("zip-members")),
  archive(
    "a zip of a folder named nearly as macOS names its own",
    zip(member("incidents.csv"), member("data/__MACOSX/incidents.csv")),
    refused("zip-members")
  ),
  archive(
    "zipped with bad records",
    zip(member("incidents.csv", csv(record(1), "x"))),
    some(1, {wrong_field_count: 1}, "wrong-field-count")
  ),
  archive(
    "zipped with an unclosed quote",
    zip(member("incidents.csv", csv(record(1, {note: '"n'})))),
    refused("unclosed-quote", [2, 19])
  ),
  archive("two files in a zip", zip(member("a.csv"), member("b.csv")), refused("zip-members")),
  archive("a zip of nothing", zip(), refused("zip-members")),
  archive("a zip of a folder alone", zip(folder), refused("zip-members")),
  archive("a zip that climbs out of its folder", zip(member("../../incidents.csv")), refused("zip-member")),
  archive("a zip that climbs within", zip(member("a/../../incidents.csv")), refused("zip-member")),
  archive("a zip of a path from the root", zip(member("/etc/incidents.csv")), refused("zip-member")),
  archive("a zip of a path on a drive", zip(member("C:\\incidents.csv")), refused("zip-member")),
  archive(
    "a zip of a link",
    zip(member("incidents.csv", "/etc/passwd", {stored: true, attributes: link})),
    refused("zip-member")
  ),
  archive("a zip with a password", zip(member("incidents.csv", good, {flags: 0x801})), refused("zip-member")),
  archive("a zip of another packing", zip(member("incidents.csv", good, {method: 99})), refused("damaged-zip")),
  archive("a zip with a wrong sum", zip(member("incidents.csv", good, {crc: 1})), refused("damaged-zip")),
  archive("a zip that says too small a size", zip(member("incidents.csv", good, {size: 10})), refused("damaged-zip")),
  archive(
    "a zip that says too large a size",
    zip(member("incidents.csv", good, {size: 4_000_000_000})),
    refused("packed-bomb")
  ),
  archive("a zip that is cut off", zip(member("incidents.csv")).subarray(0, -30), refused("damaged-zip")),
  archive("a zip of no bytes", Buffer.alloc(0), refused("empty-file")),
  archive("a zip that is none", good, refused("damaged-zip")),
  archive("a zip of an empty file", zip(member("incidents.csv", "", {stored: true})), refused("empty-file")),
  archive("a zip of a program", zip(member("incidents.exe")), refused("zip-member")),
  archive("a zip in a zip", zip(member("incidents.zip", zip(member("incidents.csv")))), refused("zip-member")),
  archive("a gzip in a zip", zip(member("incidents.csv.gz", gzipSync(good, {level: 9}))), refused("zip-member")),
  archive(
    "a gzip in a zip by another name",
    zip(member("incidents.csv", gzipSync(good, {level: 9}))),
    refused("content-not-as-named")
  ),
  archive("a name in a zip with quotes and SQL", zip(member("x'; drop table t; --.csv")), kept(3)),
  archive(
    "a bomb in a zip",
    zip(member("incidents.csv", Buffer.alloc(1_200_000, "y"))),
    refused("record-too-long", [1, 1])
  )
];
