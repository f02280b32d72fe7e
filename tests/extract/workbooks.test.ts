import {existsSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {kindOfFormat} from "../../pipeline/extract/date-styles.ts";
import {places, sourceOf, workplace} from "./support.ts";
import {row, type WorkbookParts, workbook, zipFile} from "./zip-file.ts";

const {write, read, rows} = workplace();

const definition = {
  rejects: {at_most: "100%"},
  ignore: ["Place"],
  columns: {
    id: {from: "ID", type: "text", required: true},
    day: {from: "Day", type: "date", formats: ["MM/dd/yyyy"], required: true},
    area: {from: "AREA", segment: "area", required: true},
    code: {from: "Code", type: "integer"},
    amount: {from: "Amount", type: "decimal"},
    open: {from: "Open", type: "boolean"},
    note: {from: "Note", type: "text"},
    age: {from: "Age", personal: "drop"}
  }
};
const source = sourceOf(definition);
const names = ["ID", "Day", "AREA", "Code", "Amount", "Open", "Note", "Age", "Place"];
const day = {attributes: 's="1"', inside: "<v>45352</v>"};
type Cells = Parameters<typeof row>[1];
const good: Cells = ["x1", day, 8, 5, 1.5, "yes", "n", 33, "p"];
const header = row(1, names);
const book = (sheet: string, more: Partial<WorkbookParts> = {}) =>
  write("a.xlsx", workbook({sheets: {Incidents: sheet}, formats: [14], ...more}));
/** A row with one cell put in place of the good one. */
const withCell = (name: string, value: Cells[number]) => row(2, good.with(names.indexOf(name), value));

describe("what a cell means", () => {
  const cell = (attributes: string, inside: string) => ({attributes, inside});

  test.each<[string, string, Cells[number], unknown]>([
    ["leading zeros of a text stay", "id", "007", "007"],
    ["a number in shortest form", "id", cell("", "<v>34.117600000000003</v>"), "34.1176"],
    ["a sum that is off by a bit", "amount", cell("", "<v>0.30000000000000004</v>"), "0.3000"],
    ["a number with an exponent", "amount", cell("", "<v>1.5E-3</v>"), "0.0015"],
    ["a long whole number", "id", cell("", "<v>123456789012345</v>"), "123456789012345"],
    ["a whole number with an exponent", "code", cell("", "<v>1E+3</v>"), "1000"],
    ["a day of today's way of counting", "day", day, "2024-03-01"],
    ["a day with its time", "day", cell('s="1"', "<v>45352.99999</v>"), "2024-03-01"],
    ["midnight that is off by a bit", "day", cell('s="1"', "<v>45351.999999999993</v>"), "2024-03-01"],
    ["a day as a text in the declared format", "day", "03/01/2024", "2024-03-01"],
    ["a day as ISO text of the file", "day", cell('t="d"', "<v>2024-03-01T10:00:00</v>"), "2024-03-01"],
    ["a day in a text column", "note", day, "2024-03-01"],
    ["a day with its time in a text column", "note", cell('s="1"', "<v>45352.5</v>"), "2024-03-01 12:00:00"],
    ["a time of day", "note", cell('s="2"', "<v>0.5625</v>"), "13:30:00"],
    ["a duration", "note", cell('s="3"', "<v>1.5</v>"), "1.5"],
    ["true", "open", cell('t="b"', "<v>1</v>"), true],
    ["false", "open", cell('t="b"', "<v>0</v>"), false],
    ["true in a text column", "note", cell('t="b"', "<v>1</v>"), "TRUE"],
    ["a shared text", "note", cell('t="s"', "<v>0</v>"), "shared"],
    ["a shared text of several runs, without how it is spoken", "note", cell('t="s"', "<v>1</v>"), "a b"],
    ["an escaped character", "note", cell('t="s"', "<v>2</v>"), "a\rb _x"],
    ["the value of a formula", "code", cell("", '<f>HYPERLINK("http://x")+1</f><v>7</v>'), "7"],
    ["the text of a formula", "note", cell('t="str"', "<f>A1</f><v>t</v>"), "t"],
    ["an empty text of a formula", "note", cell('t="str"', "<f>A1</f><v></v>"), null],
    ["a text that would be a formula in a CSV", "note", "=1+1", "=1+1"],
    ["quotes, delimiters and line ends", "note", "a &quot;b&quot;,\nc", 'a "b",\nc'],
    ["blanks alone", "note", "  ", null],
    ["a cell with a style and nothing in it", "note", cell('s="1"', ""), null],
    ["an area by its number", "area", cell("", "<v>8.0</v>"), "8"],
    ["an error", "note", cell('t="e"', "<v>#N/A</v>"), null],
    ["a formula whose value was never stored", "code", cell("", "<f>A1</f>"), null],
    ["a zero character", "note", cell('t="s"', "<v>3</v>"), null]
  ])("%s", async (_, column, value, expected) => {
    const header = names[Object.keys(definition.columns).indexOf(column)] as string;
    const path = book(row(1, names) + withCell(header, value), {
      formats: [14, "h:mm", "[h]:mm"],
      strings: ["shared", "<r><t>a </t></r><r><t>b</t></r><rPh><t>spoken</t></rPh>", "a_x000D_b _x005F_x", "a_x0000_b"]
    });
    const outcome = await read(path, source);
    expect(outcome).toMatchObject({outcome: "read", records: 1, kept: 1});
    expect((await rows(outcome))[0]?.[column]).toEqual(expected);
  });

  test.each<[string, string, Cells[number], string, string]>([
    [
      "an error in a text column",
      "Note",
      {attributes: 't="e"', inside: "<v>#N/A</v>"},
      "warning value-not-read 2:7",
      '"#N/A"'
    ],
    [
      "an error in a required column",
      "ID",
      {attributes: 't="e"', inside: "<v>#REF!</v>"},
      "warning unreadable-value 2:1",
      '"#REF!"'
    ],
    [
      "a formula without a value",
      "Code",
      {attributes: "", inside: "<f>A1</f><v></v>"},
      "warning value-not-read 2:4",
      '"(a formula without a value)"'
    ],
    ["a number where a day should be", "Day", 45352, "warning unreadable-value 2:2", '"45352"'],
    [
      "the leap day that never was",
      "Day",
      {attributes: 's="1"', inside: "<v>60</v>"},
      "warning unreadable-value 2:2",
      '"60"'
    ],
    ["a day where a number should be", "Code", day, "warning value-not-read 2:4", '"2024-03-01"'],
    [
      "a day in the future",
      "Day",
      {attributes: 's="1"', inside: "<v>46000</v>"},
      "warning date-in-future 2:2",
      '"2025-12-09"'
    ]
  ])("%s is told with its row and column", async (_, column, value, said, found) => {
    const outcome = await read(book(header + withCell(column, value) + row(3, good)), source);
    expect(outcome).toMatchObject({outcome: "read", records: 2});
    expect(places(outcome)).toEqual([said]);
    expect(outcome.diagnostics[0]?.found).toBe(found);
  });

  test("serial numbers where the source declares them, by the workbook's own count", async () => {
    const serial = sourceOf({
      ...definition,
      columns: {...definition.columns, day: {from: "Day", type: "date", formats: ["excel_serial"], required: true}}
    });
    for (const [from1904, number] of [
      [false, 45352],
      [true, 45352 - 1462]
    ] as const) {
      const cells =
        header + withCell("Day", number) + row(3, good.with(1, {attributes: 's="1"', inside: `<v>${number}</v>`}));
      const outcome = await read(book(cells, {from1904}), serial);
      expect((await rows(outcome)).map((kept) => kept.day)).toEqual(["2024-03-01", "2024-03-01"]);
    }
  });

  test.each([
    ["yyyy-mm-dd", "day"],
    ["[$-409]d-mmm-yy;@", "day"],
    ["mmm", "day"],
    ["m/d/yy h:mm", "day"],
    ["h:mm AM/PM", "time"],
    ["mm:ss", "time"],
    ["[h]:mm:ss", null],
    ["General", null],
    ["0.00E+00", null],
    ['0" days"', null],
    ["#,##0_);[Red](#,##0)", null],
    ["\\d0", null]
  ])("the number format %s shows %s", (code, kind) => {
    expect(kindOfFormat(code)).toBe(kind);
  });
});

describe("which rows and which sheet", () => {
  test("rows with nothing in them are no records, hidden rows are", async () => {
    const hidden = row(5, good).replace("<row ", '<row hidden="1" ');
    const outcome = await read(
      book(`${row(2, names)}${row(4, good)}${hidden}${row(9, [null, "  "])}${row(12, good.with(1, "?"))}`),
      source
    );
    expect(outcome).toMatchObject({outcome: "read", records: 3, kept: 2, rejects_by_reason: {unreadable_value: 1}});
    expect(places(outcome)).toEqual(["warning unreadable-value 12:2"]);
  });

  test("rows above the header are a banner where that is declared", async () => {
    const sheet = row(1, ["Report of June"]) + row(3, names) + row(4, good);
    const merged = {after: '<mergeCells count="1"><mergeCell ref="A1:F1"/></mergeCells>'};
    const outcome = await read(book(sheet, merged), sourceOf({...definition, excel: {banner: 2}}));
    expect(outcome).toMatchObject({outcome: "read", records: 1, kept: 1, diagnostics: []});
    expect((await read(book(sheet), source)).outcome).toBe("refused");
    expect(places(await read(book(sheet), sourceOf({...definition, excel: {banner: 9}})))).toEqual([
      "error empty-file :"
    ]);
  });

  test("merged cells in the table and cells beside it are told", async () => {
    const outcome = await read(
      book(header + row(2, [...good, null, "sum", 3]), {
        after: '<mergeCells><mergeCell ref="C2:C3"/><mergeCell ref="D2:D3"/></mergeCells>'
      }),
      source
    );
    expect(outcome).toMatchObject({outcome: "read", kept: 1});
    expect(outcome.diagnostics.map(({code, found}) => `${code}: ${found}`)).toEqual([
      "merged-cells: C2:C3",
      "cells-beyond-header: column K and beyond, without a header"
    ]);
  });

  test("the first sheet that is shown, or the one named", async () => {
    const sheets = {
      Lists: row(1, ["x"]),
      Incidents: header + row(2, good),
      "Other ": header + row(2, good) + row(3, good)
    };
    const path = write("a.xlsx", workbook({sheets, formats: [14], hidden: ["Lists"]}));
    expect(await read(path, source)).toMatchObject({records: 1});
    expect(await read(path, sourceOf({...definition, excel: {sheet: "Other"}}))).toMatchObject({records: 2});
    const none = await read(path, sourceOf({...definition, excel: {sheet: "Incident"}}));
    expect(none).toMatchObject({outcome: "refused", diagnostics: [{code: "sheet-not-found"}]});
    expect(none.diagnostics[0]?.fix).toContain('"Incidents"');
  });

  test("cells and rows that do not say where they are stand one after the other", async () => {
    const bare = (cells: string) => `<row>${cells.replace(/ r="[A-Z]+\d+"/g, "")}</row>`;
    const inside = (xml: string) => xml.replace(/<row[^>]*>|<\/row>/g, "");
    const outcome = await read(book(bare(inside(header)) + bare(inside(row(2, good)))), source);
    expect(outcome).toMatchObject({outcome: "read", records: 1, kept: 1});
  });

  test("blank and repeated headers by their position", async () => {
    const positions = sourceOf({
      ...definition,
      columns: {...definition.columns, code: {from: "ID", position: 4, type: "integer"}}
    });
    const outcome = await read(
      book(
        row(
          1,
          names.with(3, "ID").map((name) => name)
        ) + row(2, good)
      ),
      positions
    );
    expect(outcome).toMatchObject({outcome: "refused", diagnostics: [{code: "header-repeated"}]});
    const blank = await read(
      book(
        row(
          1,
          names.map((name) => (name === "Code" ? null : name))
        ) + row(2, good)
      ),
      positions
    );
    expect((await rows(blank))[0]?.code).toBe("5");
  });

  test("many rows, every one counted", async () => {
    const count = 5000;
    const lines = Array.from({length: count}, (_, i) =>
      row(i + 2, good.with(0, `x${i}`).with(1, i % 10 === 0 ? "?" : day))
    );
    const outcome = await read(book(header + lines.join("")), source);
    expect(outcome).toMatchObject({records: count, kept: 4500, rejects_by_reason: {unreadable_value: 500}});
    expect((await rows(outcome)).map(({id}) => id)).toEqual(
      Array.from({length: count}, (_, i) => `x${i}`).filter((_, i) => i % 10 !== 0)
    );
  });
});

describe("workbooks that are refused", () => {
  const sheet = "xl/worksheets/sheet1.xml";
  const replaced = (xml: string) => book(header, {replace: {[sheet]: xml}});
  const table = (inside: string) => `<worksheet><sheetData>${inside}</sheetData></worksheet>`;

  test.each<[string, () => string, string]>([
    [
      "entities that grow",
      () => replaced(`<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${table("&b;")}`),
      "damaged-workbook"
    ],
    [
      "an entity of the machine",
      () => replaced(`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${table("&a;")}`),
      "damaged-workbook"
    ],
    ["an unknown entity", () => replaced(table("<row><c t='str'><v>&a;</v></c></row>")), "damaged-workbook"],
    ["no XML", () => replaced("ID,Day"), "damaged-workbook"],
    ["XML that is cut off", () => replaced("<worksheet><sheetData><row>"), "damaged-workbook"],
    ["no table", () => replaced("<worksheet/>"), "damaged-workbook"],
    ["rows in disorder", () => replaced(table(row(3, ["a"]) + row(2, ["b"]))), "damaged-workbook"],
    ["a row twice", () => replaced(table(row(3, ["a"]) + row(3, ["b"]))), "damaged-workbook"],
    ["a row beyond the last", () => replaced(table(row(1_048_577, ["a"]))), "damaged-workbook"],
    ["a row of no number", () => replaced(table(row(Number.NaN, ["a"]))), "damaged-workbook"],
    ["a cell of another row", () => replaced(table('<row r="2"><c r="A3"><v>1</v></c></row>')), "damaged-workbook"],
    [
      "a cell twice",
      () => replaced(table('<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>')),
      "damaged-workbook"
    ],
    [
      "a cell of no place",
      () => replaced(table('<row r="2"><c r="\'; drop table x --"><v>1</v></c></row>')),
      "damaged-workbook"
    ],
    [
      "a cell beyond the last column",
      () => replaced(table('<row r="2"><c r="XFE2"><v>1</v></c></row>')),
      "damaged-workbook"
    ],
    [
      "a text that is not there",
      () => replaced(table('<row r="2"><c r="A2" t="s"><v>9</v></c></row>')),
      "damaged-workbook"
    ],
    ["a type that is none", () => replaced(table('<row r="2"><c r="A2" t="x"><v>9</v></c></row>')), "damaged-workbook"],
    ["elements without end", () => replaced(`<worksheet><sheetData>${"<a>".repeat(200_000)}`), "damaged-workbook"],
    [
      "attributes without end",
      () => replaced(`<worksheet ${Array.from({length: 5000}, (_, i) => `a${i}="1"`).join(" ")}/>`),
      "damaged-workbook"
    ],
    ["a name without end", () => replaced(`<${"a".repeat(1_000_000)}>`), "damaged-workbook"],
    [
      "a value without end",
      () => replaced(table(`<row r="2"><c r="A2" t="str"><v>${"a".repeat(1_200_000)}</v></c></row>`)),
      "damaged-workbook"
    ],
    ["UTF-16 inside", () => book(header, {replace: {[sheet]: "\ufffe"}}), "damaged-workbook"],
    [
      "no workbook inside",
      () => write("a.xlsx", zipFile([{name: "readme.txt", contents: "hello"}])),
      "damaged-workbook"
    ],
    [
      "a binary workbook",
      () =>
        book(header, {
          replace: {
            "_rels/.rels":
              '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
            "xl/workbook.bin": "x"
          }
        }),
      "damaged-workbook"
    ],
    [
      "its sheet on another server",
      () =>
        book(header, {
          replace: {
            "xl/_rels/workbook.xml.rels":
              '<Relationships><Relationship Id="s0" Type="x/worksheet" Target="http://example.org/sheet1.xml" TargetMode="External"/></Relationships>'
          }
        }),
      "damaged-workbook"
    ],
    [
      "its sheet outside of the archive",
      () =>
        book(header, {
          replace: {
            "xl/_rels/workbook.xml.rels":
              '<Relationships><Relationship Id="s0" Type="x/worksheet" Target="../../../etc/passwd"/></Relationships>'
          }
        }),
      "damaged-zip"
    ],
    [
      "a part that is encrypted",
      () => write("a.xlsx", zipFile([{name: "_rels/.rels", contents: "<Relationships/>", encrypted: true}])),
      "zip-member"
    ],
    [
      "a part whose name climbs",
      () => write("a.xlsx", zipFile([{name: "../_rels/.rels", contents: "<Relationships/>"}])),
      "zip-member"
    ],
    [
      "a workbook with a password",
      () => write("a.xlsx", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)])),
      "content-not-as-named"
    ],
    ["a CSV by its name", () => write("a.xlsx", "ID,Day\n"), "content-not-as-named"],
    ["an old workbook", () => write("a.xls", "x"), "unknown-file-kind"],
    ["a binary workbook by its name", () => write("a.xlsb", "x"), "unknown-file-kind"],
    ["a header alone", () => book(header), "no-records"]
  ])("%s", async (_, make, code) => {
    const outcome = await read(make(), source);
    expect(outcome).toMatchObject({outcome: "refused", kept: 0, rejectsFile: null});
    expect(outcome.rejected).toBe(outcome.records);
    expect(outcome.diagnostics.map((one) => one.code)).toEqual([code]);
  });

  test("a byte wrong anywhere: refused, or the rows are the true ones", async () => {
    const whole = workbook({sheets: {Incidents: header + row(2, good) + row(3, good)}, formats: [14]});
    const true_ = await rows(await read(write("a.xlsx", whole), source));
    let refused = 0;
    for (let at = 0; at < whole.length; at += 3) {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] as number) ^ (1 << (at % 8));
      const outcome = await read(write("a.xlsx", copy), source);
      expect(outcome.kept + outcome.rejected).toBe(outcome.records);
      if (outcome.outcome === "refused") refused++;
      else expect(await rows(outcome)).toEqual(true_);
    }
    expect(refused).toBeGreaterThan(whole.length / 6);
  });

  test("more columns than any extract has", async () => {
    const wide = `<row r="1"><c r="A1" t="str"><v>ID</v></c><c r="BZZ1" t="str"><v>x</v></c></row>`;
    expect(places(await read(book(wide + row(2, good)), source))).toEqual(["error too-many-columns 1:1"]);
  });
});

const real = join(import.meta.dirname, "../../../shared/data/lapd_crime/sample1000_2022");
const absent = existsSync(`${real}.xlsx`) ? "" : " (skipped: the real extracts are not beside the repository)";

test.skipIf(absent !== "")(`a real workbook and the same extract as CSV give the same rows${absent}`, async () => {
  const crime = sourceOf({
    date: "occurred_on",
    key: ["incident_id"],
    columns: {
      incident_id: {from: "DR_NO", type: "text", required: true},
      occurred_on: {from: "DATE OCC", type: "date", formats: ["M/d/yyyy H:mm"], required: true},
      reported_on: {from: "Date Rptd", type: "date", formats: ["M/d/yyyy H:mm"]},
      area: {from: "AREA", segment: "area", required: true},
      area_name: {from: "AREA NAME", segment: "area", required: true},
      crime_code: {from: "Crm Cd", type: "integer", required: true},
      crime: {from: "Crm Cd Desc", type: "text"},
      mo_codes: {from: "Mocodes", type: "list"},
      street: {from: "LOCATION", type: "text"},
      latitude: {from: "LAT", type: "decimal"},
      longitude: {from: "LON", type: "decimal"},
      victim_age: {from: "Vict Age", personal: "drop"}
    }
  });
  const excel = await read(`${real}.xlsx`, crime);
  const csv = await read(`${real}.csv`, crime);
  expect(excel).toMatchObject({outcome: "read", records: 1000, kept: 1000});
  expect(await rows(excel)).toEqual(await rows(csv));
});
