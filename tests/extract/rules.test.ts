import {readdirSync, readFileSync, statSync} from "node:fs";
import {gzipSync} from "node:zlib";
import {describe, expect, test} from "vitest";
import {RunFailure} from "../../pipeline/diagnostics/failure.ts";
import {sourceOf, workplace} from "./support.ts";

const {write, read, rows, folder, scratch} = workplace();

const columns = {
  id: {from: ["ID", "Number"], type: "text", required: true},
  day: {from: ["Day"], type: "date", formats: ["MM/dd/yyyy", "yyyy-MM-dd"], required: true},
  area: {from: ["AREA"], segment: "area", required: true},
  code: {from: ["Code"], type: "integer"},
  note: {from: ["Note"], type: "text"},
  age: {from: ["Age"], personal: "drop"}
};
const source = sourceOf({columns, ignore: ["Place"], rejects: {at_most: "100%"}});
const header = "ID,Day,AREA,Code,Note,Age,Place\n";

/** Diagnostics without the words: code, place, severity. */
function places(outcome: {
  diagnostics: readonly {
    code: string;
    severity: string;
    place: {line?: number | undefined; column?: number | undefined} | null;
  }[];
}) {
  return outcome.diagnostics.map(
    ({code, severity, place}) => `${severity} ${code} ${place?.line ?? ""}:${place?.column ?? ""}`
  );
}

describe("a good file", () => {
  test("becomes typed rows in order, without personal, ignored and unknown columns", async () => {
    const path = write(
      "a.csv",
      `\ufeffPlace,Note, AREA ,Number,Day,Age,Extra\n1 MAIN ST,"a ""b"", c",08,x1,03/01/2024,33,?\r\n`.replace(
        "\r\n",
        "\n"
      )
    );
    const outcome = await read(path, source);
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
    const outcome = await read(write("a.csv", lines.join(lineEnd) + (closed ? lineEnd : "")), source);
    expect(outcome).toMatchObject({outcome: "read", records: 2, kept: 2});
    expect(await rows(outcome)).toEqual([
      {record: "1", id: "x1", day: "2024-03-01", area: "8", code: "5", note: "one\ntwo"},
      {record: "2", id: "x2", day: "2024-03-02", area: "8", code: null, note: null}
    ]);
  });

  test("lines with nothing on them are no records, wherever they are", async () => {
    const outcome = await read(write("a.csv", `\n${header}\nx1,03/01/2024,8,,,,\n\n\nx2,03/01/2024,8,,,,\n\n`), source);
    expect(outcome).toMatchObject({outcome: "read", records: 2, kept: 2, rejected: 0});
  });

  test("a line of delimiters alone is a record with nothing in it", async () => {
    const outcome = await read(write("a.csv", `${header},,,,,,\nx2,03/01/2024,8,,,,\n`), source);
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
      source
    );
    expect(await rows(outcome)).toMatchObject([{note: `6' 2" tall`}, {note: "'); drop--"}]);
  });

  test("the hash is that of the file as delivered", async () => {
    const outcome = await read(write("a.csv", `\ufeff${header}x1,03/01/2024,8,,,,\n`), source);
    const packed = await read(write("b.csv.gz", gzipSync("")), source);
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
          source
        );
        expect(outcome).toMatchObject({outcome: "read", records: 2, kept: 2});
        expect(String((await rows(outcome))[0]?.note).length).toBe(note === stray ? 990_001 : 490_000);
      }
    }
  });

  test("nothing but the rows and the rejects is left behind", async () => {
    const folder = scratch();
    await read(write("a.csv", `${header}x1,?,8,,,,\n\nx2,03/01/2024,8,,,,\n`), source, {scratch: folder});
    expect(readdirSync(folder).sort()).toEqual(["rejects.csv", "rows.parquet"]);
  });
});

describe("headers", () => {
  const two = {...columns, day: {...columns.day, position: 3}};

  test("a column that is not there is refused with the nearest header", async () => {
    const outcome = await read(write("a.csv", "ID,Dya,AREA,Note\nx1,03/01/2024,8,\n"), source);
    expect(outcome).toMatchObject({outcome: "refused", records: 1, kept: 0, rejected: 1});
    expect(places(outcome)).toEqual(["error column-not-found 1:1", "warning unknown-columns 1:1"]);
    expect(outcome.diagnostics[0]).toMatchObject({
      message: "The file must have the column day",
      expected: '"Day"',
      fix: 'Is it "Dya" now? Then add that to "from" of day.'
    });
  });

  test("the first name in order of preference wins", async () => {
    const outcome = await read(write("a.csv", "Number,Day,AREA,ID\nn,03/01/2024,8,i\n"), source);
    expect(await rows(outcome)).toMatchObject([{id: "i"}]);
  });

  test("a name that stands twice is refused with both places, and not when a position says which", async () => {
    const path = write("a.csv", "ID,Day,Day,AREA\nx1,03/01/2024,2024-04-01,8\n");
    const outcome = await read(path, source);
    expect(outcome.outcome).toBe("refused");
    expect(outcome.diagnostics).toMatchObject([
      {code: "header-repeated", place: {line: 1, column: 8}, found: "columns 2 and 3"}
    ]);
    expect(await rows(await read(path, sourceOf({columns: two})))).toMatchObject([{day: "2024-04-01"}]);
  });

  test("a position takes a header with no name, and complains of another name or none such", async () => {
    const source = sourceOf({columns: two});
    expect(await rows(await read(write("a.csv", "ID,AREA,\nx1,8,2024-04-01\n"), source))).toMatchObject([
      {day: "2024-04-01"}
    ]);
    const other = await read(write("a.csv", "ID,AREA,When\nx1,8,2024-04-01\n"), source);
    expect(places(other)).toEqual(["error position-mismatch 1:9", "warning unknown-columns 1:1"]);
    const few = await read(write("a.csv", "ID,AREA\nx1,8\n"), source);
    expect(places(few)).toEqual(["error position-beyond 1:1"]);
  });

  test("columns in another order are read by name", async () => {
    const outcome = await read(write("a.csv", "AREA,ID,Day\n8,x1,03/01/2024\n"), source);
    expect(await rows(outcome)).toMatchObject([{id: "x1", day: "2024-03-01", area: "8"}]);
  });

  test("date, key and partition are required without saying so", async () => {
    const bare = sourceOf({
      columns: {
        id: {from: ["ID"], type: "text"},
        day: {from: ["Day"], type: "date", formats: ["yyyy-MM-dd"]},
        area: {from: ["AREA"], segment: "area"}
      },
      key: ["id"],
      partition: ["area"],
      rejects: {at_most: "100%"}
    });
    const outcome = await read(
      write("a.csv", "ID,Day,AREA\n,2024-01-01,8\nx,,8\nx,2024-01-01,\nx,2024-01-01,8\n"),
      bare
    );
    expect(outcome).toMatchObject({kept: 1, rejects_by_reason: {missing_value: 3}});
    expect((await read(write("a.csv", "ID,Day\nx,2024-01-01\n"), bare)).outcome).toBe("refused");
  });
});

describe("rejects", () => {
  test("each with its place, reason and value; one reason a record", async () => {
    const text = `${header}x1,02/30/2024,99,z,n,33,p\n,03/01/2024,8,,,,\n"x\ny","03/01/20,24",8,,,,\nx4,03/01/2024,Nowhere,5.5,"n\n2",33,p\nx5,01/01/2025,8,,,,\nx6,03/01/2024,8,,,,\n`;
    const outcome = await read(write("a.csv", text), source);
    expect(outcome).toMatchObject({
      outcome: "read",
      records: 6,
      kept: 1,
      rejected: 5,
      rejects_by_reason: {missing_value: 1, unreadable_value: 2, unknown_segment: 1, date_in_future: 1}
    });
    expect(places(outcome)).toEqual([
      "warning missing-value 3:1",
      "warning unreadable-value 2:4",
      "warning unreadable-value 5:4",
      "warning unknown-segment 6:15",
      "warning date-in-future 8:4"
    ]);
    expect(outcome.diagnostics[1]).toMatchObject({
      found: '"02/30/2024"',
      expected: "a date as MM/dd/yyyy or yyyy-MM-dd"
    });
    expect(readFileSync(outcome.rejectsFile ?? "", "utf8")).toBe(
      [
        "line,column,record,reason,column_name,value,expected",
        "2,4,1,unreadable_value,day,02/30/2024,a date as MM/dd/yyyy or yyyy-MM-dd",
        "3,1,2,missing_value,id,,a value",
        '5,4,3,unreadable_value,day,"03/01/20,24",a date as MM/dd/yyyy or yyyy-MM-dd',
        '6,15,4,unknown_segment,area,Nowhere,"a code, name or alias of type area in the roster"',
        "8,4,5,date_in_future,day,01/01/2025,not after 2024-12-31",
        ""
      ].join("\n")
    );
    expect(statSync(outcome.rejectsFile ?? "").mode & 0o777).toBe(0o600);
  });

  test("a record with the wrong number of fields or text after a quote withholds all it has", async () => {
    const text = `${header}x1,03/01/2024,8,5,secret,33,p,more\nx2,03/01/2024,8\nx3,03/01/2024,8,5,"secret"!,33,p\nx4,03/01/2024,8,5,n,33,p\n`;
    const outcome = await read(write("a.csv", text), source);
    expect(outcome).toMatchObject({
      records: 4,
      kept: 1,
      rejects_by_reason: {wrong_field_count: 2, text_after_quote: 1}
    });
    expect(places(outcome)).toEqual([
      "warning wrong-field-count 2:31",
      "warning wrong-field-count 3:16",
      "warning text-after-quote 4:27"
    ]);
    expect(
      readFileSync(outcome.rejectsFile ?? "", "utf8")
        .split("\n")
        .slice(1)
    ).toEqual([
      "2,31,1,wrong_field_count,,(withheld),7 fields",
      "3,16,2,wrong_field_count,,(withheld),7 fields",
      "4,27,3,text_after_quote,,(withheld),a delimiter or a line end",
      ""
    ]);
    expect(JSON.stringify(outcome)).not.toContain("secret");
  });

  test("one empty field too many is one too many", async () => {
    const outcome = await read(
      write("a.csv", `${header}x1,03/01/2024,8,5,n,33,p\nx2,03/01/2024,8,5,n,33,p,\nx3,03/01/2024,8,5,n,33,p,""\n`),
      source
    );
    expect(outcome).toMatchObject({records: 3, kept: 1, rejects_by_reason: {wrong_field_count: 2}});
  });

  test("personal and ignored values are withheld everywhere, also where another column reads the same header", async () => {
    const shared = sourceOf({
      columns: {
        ...columns,
        age_number: {from: ["Age"], type: "integer", required: true},
        place: {from: ["Place"], type: "date", formats: ["yyyy-MM-dd"]}
      },
      ignore: ["Place"],
      rejects: {at_most: "100%"}
    });
    const outcome = await read(
      write("a.csv", `${header}x1,03/01/2024,8,5,n,old-man,home\nx1,03/01/2024,8,5,n,44,home\n`),
      shared
    );
    expect(outcome).toMatchObject({kept: 1, rejected: 1});
    expect(JSON.stringify(outcome) + readFileSync(outcome.rejectsFile ?? "", "utf8")).not.toMatch(/old-man|home/);
    expect(outcome.diagnostics.map(({found}) => found)).toEqual(["(withheld)", "(withheld)"]);
  });

  test("no diagnostic carries the rest of the record", async () => {
    const outcome = await read(
      write("a.csv", `${header}x1,nonsense,8,5,secret,33,home\n`),
      sourceOf({columns, ignore: ["Place"]})
    );
    expect(outcome.outcome).toBe("refused");
    expect(JSON.stringify(outcome)).not.toMatch(/secret|home|33/);
  });

  test("a cell that a spreadsheet would run gets an apostrophe", async () => {
    const cells = ["=1+1", "+1", "-1", "@x", "'=1"];
    const text = `${header}${cells.map((cell) => `x,${cell},8,,,,`).join("\n")}\n`;
    const outcome = await read(write("a.csv", text), source);
    const written = readFileSync(outcome.rejectsFile ?? "", "utf8")
      .split("\n")
      .slice(1, -1);
    expect(written.map((line) => line.split(",")[5])).toEqual(["'=1+1", "'+1", "'-1", "'@x", "'=1"]);
  });

  test("five of one kind are told, the rest counted; control characters and length are tamed", async () => {
    const cells = ["\u001b[31m", "x".repeat(200), ...Array.from({length: 10}, (_, i) => `d${i}`)];
    const text = `${header}${cells.map((cell) => `x,${cell},8,,,,`).join("\n")}\nx,03/01/2024,8,,,,\n`;
    const outcome = await read(write("a.csv", text), source);
    expect(places(outcome)).toEqual([
      ...[2, 3, 4, 5, 6].map((line) => `warning unreadable-value ${line}:3`),
      "warning more-rejects :"
    ]);
    expect(outcome.diagnostics[0]?.found).toBe('"\\u001b[31m"');
    expect(outcome.diagnostics[1]?.found?.length).toBe(82);
    expect(outcome.diagnostics[5]?.message).toBe(
      "And 7 more records rejected for unreadable_value; all in the rejects file"
    );
  });

  test("above the limit nothing is kept, at it everything good is", async () => {
    const text = `${header}${Array.from({length: 100}, (_, i) => `x${i},${i < 29 ? "?" : "03/01/2024"},8,,,,`).join("\n")}\n`;
    const at = await read(write("a.csv", text), sourceOf({columns, ignore: ["Place"], rejects: {at_most: "29%"}}));
    expect(at).toMatchObject({outcome: "read", kept: 71, rejected: 29});
    const above = await read(write("a.csv", text), sourceOf({columns, ignore: ["Place"], rejects: {at_most: "28%"}}));
    expect(above).toMatchObject({
      outcome: "refused",
      records: 100,
      kept: 0,
      rejected: 100,
      rejects_by_reason: {unreadable_value: 29}
    });
    expect(above.diagnostics[0]).toMatchObject({
      code: "too-many-rejects",
      found: "29 of 100 records",
      expected: "at most 28% (rejects: at_most)"
    });
    expect(readFileSync(above.rejectsFile ?? "", "utf8").split("\n")).toHaveLength(31);
  });

  test("without a limit declared there is none to spare", async () => {
    const outcome = await read(
      write("a.csv", `${header}x,?,8,,,,\nx,03/01/2024,8,,,,\n`),
      sourceOf({columns, ignore: ["Place"]})
    );
    expect(outcome.outcome).toBe("refused");
    expect(outcome.diagnostics[0]?.expected).toBe("at most none (rejects: at_most)");
  });

  test("a column that need not be there becomes null with a counted warning", async () => {
    const text = `${header}x1,03/01/2024,8,5,,,\nx2,03/01/2024,8,five,,,\nx3,03/01/2024,8,6.5,,,\n`;
    const outcome = await read(write("a.csv", text), sourceOf({columns, ignore: ["Place"]}));
    expect(outcome).toMatchObject({outcome: "read", kept: 3, rejected: 0, rejectsFile: null});
    expect(places(outcome)).toEqual(["warning value-not-read 3:17"]);
    expect(outcome.diagnostics[0]).toMatchObject({
      message: "2 values of code can't be read and are taken as empty",
      found: '"five"',
      expected: "a whole number"
    });
    expect((await rows(outcome)).map(({code}) => code)).toEqual(["5", null, null]);
  });

  test("of a repeated key the first record is kept, whatever the others say", async () => {
    const keyed = sourceOf({columns, ignore: ["Place"], key: ["id"], rejects: {at_most: "100%"}});
    const text = `${header}k,?,8,,,,\nk,03/01/2024,8,1,,,\nj,03/01/2024,8,,,,\nk,03/01/2024,8,1,,,\n k ,03/02/2024,7,2,,,\n`;
    const outcome = await read(write("a.csv", text), keyed);
    expect(outcome).toMatchObject({records: 5, kept: 2, rejects_by_reason: {unreadable_value: 1, repeated_key: 2}});
    expect(places(outcome)).toEqual([
      "warning unreadable-value 2:3",
      "warning repeated-key 5:1",
      "warning repeated-key 6:1"
    ]);
    expect((await rows(outcome)).map(({record, id, code}) => `${record} ${id} ${code}`)).toEqual(["2 k 1", "3 j null"]);
  });
});

describe("files that are refused whole", () => {
  const good = `${header}x1,03/01/2024,8,5,"n",33,p\nx2,03/02/2024,8,5,n,33,p\n`;

  test.each<[string, string, string | Uint8Array, string]>([
    ["an empty file", "a.csv", "", "error empty-file :"],
    ["a byte order mark alone", "a.csv", "\ufeff", "error empty-file :"],
    ["blank lines alone", "a.csv", "\n\n\r\n", "error empty-file :"],
    ["a .gz of no bytes", "a.csv.gz", "", "error empty-file :"],
    ["a .gz of an empty file", "a.csv.gz", gzipSync(""), "error empty-file :"],
    ["a header and no records", "a.csv", header, "error no-records 1:1"],
    ["a header without line end", "a.csv", header.trim(), "error no-records 1:1"],
    ["a .gz that is cut off", "a.csv.gz", gzipSync(good.repeat(50)).subarray(0, -12), "error damaged-gzip :"],
    ["a .gz with a damaged byte", "a.csv.gz", damage(gzipSync(good.repeat(50))), "error damaged-gzip :"],
    ["a .gz that is none", "a.csv.gz", good, "error damaged-gzip :"],
    ["an unclosed quote", "a.csv", good.replace('"n"', '"n'), "error unclosed-quote 2:19"],
    ["an unclosed quote, packed", "a.csv.gz", gzipSync(good.replace('"n"', '"n')), "error unclosed-quote 2:19"],
    [
      "an unclosed quote that meets another one, with text behind that",
      "a.csv",
      `${good.replace("33,p", '33,"p')}x3,03/02/2024,8,5,"n",33,p\n`,
      "error quote-over-records 2:26"
    ],
    [
      "an unclosed quote that meets another one, with too many fields behind that",
      "a.csv",
      `${good.replace("33,p", '33,"p')}x3,03/02/2024,8,5,n",33,p\n`,
      "error quote-over-records 2:26"
    ],
    [
      "a quote that is not closed in a long file",
      "a.csv",
      `${good}"${good.replaceAll('"', "").repeat(20_000)}`,
      "error unclosed-quote 4:1"
    ],
    ["a cut-off last line", "a.csv", good.slice(0, -8), "error cut-off-line 3:18"],
    ["a cut-off last line inside quotes", "a.csv", `${good}x3,03/01/2024,8,5,"no`, "error unclosed-quote 4:19"],
    ["UTF-16", "a.csv", Buffer.from(`\ufeff${good}`, "utf16le"), "error utf-16 1:1"],
    ["Latin-1", "a.csv", Buffer.from(good.replace(",n,", ",ni\u00f1o,"), "latin1"), "error not-utf-8 3:21"],
    ["half a character at the end", "a.csv", Buffer.from(`${good}x\u00e9`).subarray(0, -1), "error not-utf-8 4:2"],
    ["a zero byte", "a.csv", good.replace(",n,", ",\u00fcn\0,"), "error nul-byte 3:21"],
    ["another kind of file", "a.xlsx", "PK", "error unknown-file-kind :"],
    ["a record without end", "a.csv", `${good}x3,${"y".repeat(1_200_000)}`, "error record-too-long 4:1"]
  ])("%s", async (_, name, contents, diagnostic) => {
    const outcome = await read(write(name, contents), source);
    expect(outcome).toMatchObject({outcome: "refused", kept: 0, rejectsFile: null});
    expect(outcome.rejected).toBe(outcome.records);
    expect(places(outcome)).toEqual([diagnostic]);
  });

  test("a quote that swallowed whole records is found where it is no chance, and else told", async () => {
    const swallow = (text: string) => text.replace('"n"', '"n').replace(",n,33", ',n",33');
    const outcome = await read(write("a.csv", swallow(good)), source);
    expect(outcome).toMatchObject({outcome: "read", records: 1});
    expect(places(outcome)).toEqual(["warning records-in-value 2:19"]);
    const wide = good.replace("Place", "Place,Extra").replaceAll(",p\n", ",p,e\n");
    expect(places(await read(write("a.csv", swallow(wide)), source))).toEqual([
      "warning unknown-columns 1:1",
      "error records-in-value 2:19"
    ]);
    const comment = '"one, two\nthree, four"';
    expect(places(await read(write("a.csv", good.replace('"n"', comment)), source))).toEqual([]);
  });

  test("a last line that is short but has its line end is one reject", async () => {
    const outcome = await read(write("a.csv", `${good.slice(0, -8)}\n`), source);
    expect(outcome).toMatchObject({outcome: "read", records: 2, kept: 1, rejects_by_reason: {wrong_field_count: 1}});
  });

  test("the engine still works after every one of them", async () => {
    expect((await read(write("a.csv", good), source)).outcome).toBe("read");
  });

  test("No such file, and a folder", async () => {
    await expect(read(`${folder}/none.csv`, source)).rejects.toThrow(RunFailure);
    await expect(read(folder, source)).rejects.toMatchObject({exitCode: 1, diagnostics: [{code: "file-unreadable"}]});
  });
});

function damage(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length - 6] = (copy[copy.length - 6] as number) ^ 0xff;
  return copy;
}
