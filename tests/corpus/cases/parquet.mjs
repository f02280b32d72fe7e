import {readFileSync} from "node:fs";
import {kept, refused, some, text} from "./build.mjs";

/** Written once by an engine, three records each; see README.md. */
const given = (name) => readFileSync(new URL(`../given/${name}.parquet`, import.meta.url));
const parquet = (name, bytes, expect, source = "incidents") => ({
  ...text(name, bytes, expect, source),
  file: `${name.replaceAll(/[^a-z0-9]+/gi, "-").toLowerCase()}.parquet`
});
const good = given("good");
const changed = (change) => {
  const copy = Buffer.from(good);
  change(copy);
  return copy;
};
/** Where the length of the footer stands. */
const footer = good.length - 8;

/** Parquet files: other types, another order, and what no engine should believe. */
export const parquetCases = [
  parquet("a Parquet file", good, kept(3)),
  parquet("Parquet columns in another order and of other types", given("other-order"), kept(3)),
  parquet("Parquet days as text and codes as doubles", given("text-days"), kept(3)),
  parquet("Parquet Areas that are none", given("text"), refused("no-coverage", null, ["unknown-segment"])),
  parquet("a Parquet day with a zone", given("zoned"), refused("unfit-type")),
  parquet("a Parquet day inside a structure", given("nested"), refused("unfit-type")),
  parquet("Parquet bytes for text", given("binary"), refused("unfit-type")),
  parquet("Parquet decimals for whole numbers", given("decimals"), refused("no-coverage", null, ["unknown-segment"])),
  parquet("Parquet names with quotes and SQL", given("names"), kept(3, "unknown-columns")),
  parquet("a Parquet file without rows", given("no-rows"), refused("no-records")),
  parquet("a Parquet file without a required column", given("missing"), refused("column-not-found")),
  parquet("a Parquet row without a required value", given("null-day"), some(2, {missing_value: 1}, "missing-value")),
  parquet("a Parquet file of no bytes", Buffer.alloc(0), refused("empty-file")),
  parquet("a Parquet file that is cut off", good.subarray(0, -20), refused("damaged-parquet")),
  parquet("a Parquet file without its beginning", good.subarray(4), refused("damaged-parquet")),
  parquet("a Parquet file that is a CSV", Buffer.from("ID,Day,AREA\nx1,2024-03-01,8\n"), refused("damaged-parquet")),
  parquet("a Parquet file of four letters", Buffer.from("PAR1"), refused("damaged-parquet")),
  parquet("a Parquet file of its two marks alone", Buffer.from("PAR1\0\0\0\0PAR1"), refused("damaged-parquet")),
  parquet(
    "a Parquet footer that says it is longer than the file",
    changed((bytes) => bytes.writeUInt32LE(1_000_000, footer)),
    refused("damaged-parquet")
  ),
  parquet(
    "a Parquet footer that says it is four gigabytes",
    changed((bytes) => bytes.writeUInt32LE(0xffffffff, footer)),
    refused("damaged-parquet")
  ),
  parquet(
    "a Parquet footer that says it is empty",
    changed((bytes) => bytes.writeUInt32LE(0, footer)),
    refused("damaged-parquet")
  ),
  parquet(
    "a Parquet footer of zeros",
    changed((bytes) => bytes.fill(0, footer - bytes.readUInt32LE(footer), footer)),
    refused("damaged-parquet")
  ),
  parquet(
    "Parquet pages of zeros",
    changed((bytes) => bytes.fill(0, 4, footer - bytes.readUInt32LE(footer))),
    refused("damaged-parquet")
  ),
  parquet(
    "a Parquet file with a password",
    changed((bytes) => bytes.write("PARE", bytes.length - 4)),
    refused("damaged-parquet")
  )
];
