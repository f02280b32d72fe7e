import {readdirSync} from "node:fs";
import {gzipSync} from "node:zlib";
import {describe, expect, test} from "vitest";
import {columns, header, incidents, places, sourceOf, workplace} from "./support.ts";

const {write, read, rows, scratch} = workplace();

describe("a good file", () => {
  test("becomes typed rows in order, without personal, ignored and unknown columns", async () => {
    const path = write(
      "a.csv",
      `\ufeffPlace,Note, AREA ,Number,Day,Age,Extra\n1 MAIN ST,"a ""b"", c",08,x1,03/01/2024,33,?\r\n`.replace(
        "\r\n",
        "\n"
      )
    );
    const outcome = await read(path, incidents);
    expect(outcome).toMatchObject({
      outcome: "read",
      records: 1,
      kept: 1,
      rejected: 0,
      rejects_by_reason: {},
      rejectsFile: null,
      extracted: null,
      covered: [{partition: null, days: [["2024-03-01", "2024-03-01"]]}],
      columns: {
        mapped: [
          {column: "id", header: "Number", position: 4},
          {column: "day", header: "Day", position: 5},
          {column: "area", header: " AREA ", position: 3},
          {column: "note", header: "Note", position: 2}
        ],
        missing: ["code"],
        unknown: ["Extra"]
      }
    });
    expect(places(outcome)).toEqual(["warning unknown-columns 1:1"]);
    expect(await rows(outcome)).toEqual([{record: "1", id: "x1", day: "2024-03-01", area: "8", note: 'a "b", c'}]);
  });

  test.each([
    ["CRLF", "\r\n", true],
    ["lone CR", "\r", true],
    ["no line end at the end", "\n", false],
    ["CRLF, none at the end, a line feed inside quotes", "\r\n", false]
  ])("%s", async (_, lineEnd, closed) => {
    const lines = [header.trim(), 'x1,03/01/2024,8,5,"one\ntwo",33,p', "x2,2024-03-02,West LA,,,,"];
    const outcome = await read(write("a.csv", lines.join(lineEnd) + (closed ? lineEnd : "")), incidents);
    expect(outcome).toMatchObject({outcome: "read", records: 2, kept: 2});
    expect(await rows(outcome)).toEqual([
      {record: "1", id: "x1", day: "2024-03-01", area: "8", code: "5", note: "one\ntwo"},
      {record: "2", id: "x2", day: "2024-03-02", area: "8", code: null, note: null}
    ]);
  });

  test("lines with nothing on them are no records, wherever they are", async () => {
    const outcome = await read(
      write("a.csv", `\n${header}\nx1,03/01/2024,8,,,,\n\n\nx2,03/01/2024,8,,,,\n\n`),
      incidents
    );
    expect(outcome).toMatchObject({outcome: "read", records: 2, kept: 2, rejected: 0});
  });

  test("a line of delimiters alone is a record with nothing in it", async () => {
    const outcome = await read(write("a.csv", `${header},,,,,,\nx2,03/01/2024,8,,,,\n`), incidents);
    expect(outcome).toMatchObject({outcome: "read", records: 2, kept: 1, rejects_by_reason: {missing_value: 1}});
    expect(places(outcome)).toEqual(["warning missing-value 2:1"]);
  });

  test("packed, and another delimiter", async () => {
    const semicolons = sourceOf({columns, ignore: ["Place"], csv: {delimiter: ";"}});
    const text = `${header}x1,03/01/2024,8,5,n,33,p\n`.replaceAll(",", ";");
    const outcome = await read(write("a.csv.gz", gzipSync(text)), semicolons);
    expect(outcome).toMatchObject({outcome: "read", records: 1, kept: 1});
    const two = Buffer.concat([gzipSync(text), gzipSync("x2;03/01/2024;8;;;;\n")]);
    expect(await read(write("a.csv.gz", two), semicolons)).toMatchObject({outcome: "read", records: 2, kept: 2});
  });

  test("quotes in the middle of a field and text that looks like SQL or a formula stay what they are", async () => {
    const name = "it's [1]*?.csv";
    const outcome = await read(
      write(name, `${header}x1,03/01/2024,8,5,6' 2" tall,33,p\nx2,03/01/2024,8,5,'); drop--,33,p\n`),
      incidents
    );
    expect(await rows(outcome)).toMatchObject([{note: `6' 2" tall`}, {note: "'); drop--"}]);
  });

  test("the hash is that of the file as delivered", async () => {
    const outcome = await read(write("a.csv", `\ufeff${header}x1,03/01/2024,8,,,,\n`), incidents);
    const packed = await read(write("b.csv.gz", gzipSync("")), incidents);
    expect(outcome.bytes).toBe(3 + header.length + 20);
    expect(outcome.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(packed.sha256).not.toBe(outcome.sha256);
  });
});

describe("long records", () => {
  test("values of quotes alone, just short of the longest record, through either reader", async () => {
    const stray = `x${'"'.repeat(990_000)}`;
    const quoted = `"${'""'.repeat(490_000)}"`;
    for (const note of [stray, quoted]) {
      for (const blank of ["", "\n"]) {
        const outcome = await read(
          write("a.csv", `${header}x1,03/01/2024,8,5,${note},,\n${blank}x2,03/01/2024,8,5,n,,\n`),
          incidents
        );
        expect(outcome).toMatchObject({outcome: "read", records: 2, kept: 2});
        expect(String((await rows(outcome))[0]?.note).length).toBe(note === stray ? 990_001 : 490_000);
      }
    }
  });

  test("nothing but the rows and the rejects is left behind", async () => {
    const folder = scratch();
    await read(write("a.csv", `${header}x1,?,8,,,,\n\nx2,03/01/2024,8,,,,\n`), incidents, {scratch: folder});
    expect(readdirSync(folder).sort()).toEqual(["rejects.csv", "rows.parquet"]);
  });
});
