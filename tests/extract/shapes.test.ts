import {readFileSync} from "node:fs";
import {gzipSync} from "node:zlib";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import type {ExtractOutcome} from "../../pipeline/extract/contract.ts";
import {readStrictly} from "./strict-reader.ts";
import {columns, header, incidents, places, sourceOf, workplace} from "./support.ts";
import {zipFile} from "./zip-file.ts";

const {write, read, rows} = workplace();

const under = (csv: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  sourceOf({columns, ignore: ["Place"], rejects: {at_most: "100%"}, csv, ...more});

/** The same text in every shape in which a source may say that it comes, with the line on which it begins there. */
const shapes: readonly {
  readonly name: string;
  readonly file: string;
  readonly csv: Record<string, unknown>;
  readonly firstLine?: number;
  readonly of: (text: string) => Uint8Array;
}[] = [
  {name: "UTF-8 with its mark", file: "a.csv", csv: {}, of: (text) => Buffer.from(`\ufeff${text}`)},
  {name: "gzip", file: "a.csv.gz", csv: {}, of: (text) => gzipSync(text)},
  {name: "zip", file: "a.zip", csv: {}, of: (text) => zipFile([{name: "a.csv", contents: text}])},
  {
    name: "zip, UTF-16",
    file: "a.csv.zip",
    csv: {encoding: "utf-16"},
    of: (text) => zipFile([{name: "data/a.CSV", contents: Buffer.from(`\ufeff${text}`, "utf16le"), stored: true}])
  },
  {
    name: "UTF-16, little-endian",
    file: "a.csv",
    csv: {encoding: "utf-16"},
    of: (text) => Buffer.from(`\ufeff${text}`, "utf16le")
  },
  {
    name: "UTF-16, big-endian, packed",
    file: "a.csv.gz",
    csv: {encoding: "utf-16"},
    of: (text) => gzipSync(Buffer.from(`\ufeff${text}`, "utf16le").swap16())
  },
  {
    name: "UTF-16 without a mark",
    file: "a.csv",
    csv: {encoding: "utf-16"},
    of: (text) => Buffer.from(text, "utf16le")
  },
  {
    name: "Windows-1252",
    file: "a.csv",
    csv: {encoding: "windows-1252"},
    of: (text) => Buffer.from(text.replaceAll("\u20ac", "\u0080").replaceAll("\u2019", "\u0092"), "latin1")
  },
  {
    name: "below a banner",
    file: "a.csv",
    csv: {banner: 3},
    firstLine: 4,
    of: (text) => Buffer.from(`\ufeffReport "1,\r\n\nby a clerk\r${text}`)
  },
  {
    name: "below a banner, Windows-1252, zip",
    file: "a.zip",
    csv: {banner: 1, encoding: "windows-1252"},
    firstLine: 2,
    of: (text) =>
      zipFile([
        {
          name: "a.csv",
          contents: Buffer.from(
            `${text.replaceAll("\u20ac", "\u0080").replaceAll("\u2019", "\u0092")}`.replace(/^/, "\u0084\n"),
            "latin1"
          )
        }
      ])
  }
];

const cell = fc.constantFrom(
  "n",
  "b c",
  '"q"',
  '"x, y"',
  '"say ""no"""',
  '"two\nlines"',
  "",
  "\u00e9 \u20ac\u2019",
  " pad ",
  "a\rb",
  '"open'
);
const record = fc
  .tuple(
    fc.constantFrom("x1", "x2", ""),
    fc.constantFrom("03/01/2024", "2024-02-29", "?"),
    fc.constantFrom("8", "West LA", "99"),
    cell,
    fc.constantFrom("", "", "", ",")
  )
  .map(([id, day, area, note, more]) => `${id},${day},${area},5,${note},33,p${more}`);
const text = fc
  .tuple(
    fc.array(fc.oneof({weight: 8, arbitrary: record}, {weight: 1, arbitrary: fc.constant("")}), {maxLength: 8}),
    fc.constantFrom("\n", "\r\n", "\r"),
    fc.boolean()
  )
  .map(([records, lineEnd, closed]) => [header.trim(), ...records].join(lineEnd) + (closed ? lineEnd : ""));

describe("a text is the same in whatever shape it comes", () => {
  test.each(shapes)("$name", async ({file, csv, of, firstLine = 1}) => {
    await fc.assert(
      fc.asyncProperty(text, async (given) => {
        const plain = await read(write("a.csv", given), incidents);
        const shaped = await read(write(file, of(given)), under(csv));
        const {records, unclosed} = readStrictly(given);
        if (!unclosed) expect(shaped.records).toBe(records.length - 1);
        expect(shaped.kept + shaped.rejected).toBe(shaped.records);
        expect(told(shaped)).toEqual(told(plain, firstLine - 1));
        if (plain.outcome === "read") expect(await rows(shaped)).toEqual(await rows(plain));
        expect(rejectsOf(shaped)).toEqual(rejectsOf(plain, firstLine - 1));
      }),
      {numRuns: 25}
    );
  });
});

/** All that is said of a file, lines counted on by `shift`; without the words of counts that depend on its packing. */
function told({outcome, records, kept, rejects_by_reason, columns: found, diagnostics}: ExtractOutcome, shift = 0) {
  return {
    outcome,
    records,
    kept,
    rejects_by_reason,
    found,
    diagnostics: diagnostics.map(({code, severity, place}) => ({
      code,
      severity,
      line: place?.line === undefined ? null : place.line + shift,
      column: place?.column ?? null
    }))
  };
}

function rejectsOf({rejectsFile}: ExtractOutcome, shift = 0): string {
  if (rejectsFile === null) return "";
  return readFileSync(rejectsFile, "utf8").replace(/^(\d+),/gm, (_, line: string) => `${Number(line) + shift},`);
}

describe("encodings", () => {
  const line = (note: string) => `${header}x1,03/01/2024,8,5,${note},33,p\n`;

  test("every character of Windows-1252", async () => {
    const bytes = Array.from({length: 128}, (_, i) => 0x80 + i).filter(
      (b) => ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(b)
    );
    const given = Buffer.concat([
      Buffer.from(line("<>").split("<>")[0] as string),
      Buffer.from(["z".charCodeAt(0), ...bytes]),
      Buffer.from("z,33,p\n")
    ]);
    const outcome = await read(write("a.csv", given), under({encoding: "windows-1252"}));
    const expected = new TextDecoder("latin1").decode(Buffer.from(bytes));
    expect(outcome).toMatchObject({outcome: "read", kept: 1, diagnostics: []});
    const [kept] = await rows(outcome);
    expect(kept?.note).toBe(
      `z\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178${expected.slice(27)}z`
    );
  });

  test.each([
    [
      "a byte that Windows-1252 lacks",
      "windows-1252",
      Buffer.from(`${line("ni\u00f1o")}x2,03/01/2024,8,5,\u009d`, "latin1"),
      "error not-windows-1252 3:19"
    ],
    [
      "half a character of UTF-16",
      "utf-16",
      Buffer.from(`\ufeff${line("n")}x2,\ud83d,`, "utf16le"),
      "error not-utf-16 3:4"
    ],
    [
      "an odd byte at the end",
      "utf-16",
      Buffer.concat([Buffer.from(line("n"), "utf16le"), Buffer.from("x")]),
      "error not-utf-16 3:1"
    ],
    ["UTF-8 under UTF-16", "utf-16", Buffer.from(line("n")), "error not-utf-16 :"],
    ["big-endian without a mark", "utf-16", Buffer.from(line("n"), "utf16le").swap16(), "error not-utf-16 :"],
    [
      "UTF-8 with its mark under Windows-1252",
      "windows-1252",
      Buffer.from(`\ufeff${line("n")}`),
      "error not-windows-1252 1:1"
    ]
  ])("%s is refused", async (_, encoding, contents, said) => {
    const outcome = await read(write("a.csv", contents), under({encoding}));
    expect(outcome).toMatchObject({outcome: "refused", kept: 0, records: 0});
    expect(places(outcome)).toEqual([said]);
  });

  test("UTF-8 under Windows-1252 is read and told", async () => {
    const outcome = await read(write("a.csv", line("Pe\u00f1a")), under({encoding: "windows-1252"}));
    expect(places(outcome)).toEqual(["warning seems-utf-8 :"]);
    expect(await rows(outcome)).toMatchObject([{note: "Pe\u00c3\u00b1a"}]);
  });

  test("what is not declared is refused, and the fix names the key", async () => {
    const latin = await read(write("a.csv", Buffer.from(line("Pe\u00f1a"), "latin1")), incidents);
    expect(latin.diagnostics[0]?.fix).toContain("encoding: windows-1252");
    const wide = await read(write("a.csv", Buffer.from(`\ufeff${line("n")}`, "utf16le")), incidents);
    expect(wide.diagnostics[0]?.fix).toContain("encoding: utf-16");
  });

  test("characters across the seams of what is read at once", async () => {
    const note = "\u{1f600}\u00e9\u20ac".repeat(100_000);
    for (const shift of ["", "y"]) {
      const outcome = await read(
        write("a.csv", Buffer.from(line(shift + note), "utf16le")),
        under({encoding: "utf-16"})
      );
      expect((await rows(outcome))[0]?.note).toBe(shift + note);
    }
  });
});

describe("line ends", () => {
  test("the first one says whether a lone CR is one", async () => {
    const lines = [header.trim(), "x1,03/01/2024,8,5,a\rb,33,p", "x2,03/01/2024,8,5,n,33,p", ""];
    for (const lineEnd of ["\n", "\r\n"]) {
      const outcome = await read(write("a.csv", lines.join(lineEnd)), incidents);
      expect(outcome).toMatchObject({outcome: "read", records: 2, kept: 2, diagnostics: []});
      expect(await rows(outcome)).toMatchObject([{note: "a\rb"}, {note: "n"}]);
    }
    const cut = await read(write("a.csv", lines.join("\r")), incidents);
    expect(cut).toMatchObject({outcome: "read", records: 3, kept: 1, rejects_by_reason: {wrong_field_count: 2}});
  });

  test("LF and CRLF in one file", async () => {
    const outcome = await read(
      write(
        "a.csv",
        `${header}x1,03/01/2024,8,5,n,33,p\r\nx2,03/01/2024,8,5,"a\r\nb",33,p\nx3,03/01/2024,8,5,n,33,p\r\n`
      ),
      incidents
    );
    expect(outcome).toMatchObject({outcome: "read", records: 3, kept: 3});
  });

  test("a stray CR counts as a line, as editors count it", async () => {
    const outcome = await read(write("a.csv", `${header}x1,03/01/2024,8,5,a\rb,33,p\nx2,?,8,5,n,33,p\n`), incidents);
    expect(places(outcome)).toEqual(["warning unreadable-value 4:4"]);
  });
});

describe("trailing delimiters", () => {
  const trailing = under({trailing_delimiter: true});
  const good = "x1,03/01/2024,8,5,n,33,p,\nx2,03/02/2024,8,5,n,33,p,\n";

  test.each([
    ["with one behind the header", `${header.trim()},\n`],
    ["with none behind the header", header]
  ])("%s", async (_, top) => {
    const outcome = await read(write("a.csv", top + good), trailing);
    expect(outcome).toMatchObject({outcome: "read", records: 2, kept: 2, diagnostics: []});
  });

  test("a record without it, with something behind it, or with one too many is rejected by what it has", async () => {
    const bad =
      "x3,03/01/2024,8,5,n,33,p\nx4,03/01/2024,8,5,n,33,p,q\nx5,03/01/2024,8,5,n,33,p,,\nx6,03/01/2024,8,5,n,33,\n";
    for (const top of [`${header.trim()},\n`, header]) {
      const outcome = await read(write("a.csv", top + good + bad), trailing);
      expect(outcome).toMatchObject({outcome: "read", records: 6, kept: 2, rejects_by_reason: {wrong_field_count: 4}});
      expect(outcome.diagnostics.map(({found}) => found)).toEqual([
        "7 fields, no delimiter after the last",
        "8 fields, no delimiter after the last",
        "8 fields, and a delimiter after the last",
        "6 fields, and a delimiter after the last"
      ]);
    }
  });

  test("where it is not declared, each record has a field too many", async () => {
    const outcome = await read(write("a.csv", header + good), incidents);
    expect(outcome).toMatchObject({outcome: "refused", records: 2, rejects_by_reason: {wrong_field_count: 2}});
  });
});

describe("numbers and days in other clothes", () => {
  const source = (more: Record<string, unknown>, column: Record<string, unknown> = {}) =>
    sourceOf({
      date: "day",
      rejects: {at_most: "100%"},
      columns: {
        day: {from: "day", type: "date", formats: ["excel_serial", "yyyy-MM-dd"], required: true},
        whole: {from: "whole", type: "integer", ...column},
        part: {from: "part", type: "decimal", ...column}
      },
      ...more
    });
  const file = (...lines: string[]) => write("a.csv", `day,whole,part\n${lines.join("\n")}\n`);

  test.each([
    ['"1,234"', '"-1,234,567.5"', "1234", "-1234567.5000"],
    ["1234", "1234.5", "1234", "1234.5000"],
    ['"12,34"', '"1,2345"', null, null],
    ['",123"', '"1,,234"', null, null],
    ['"1,234.00"', '"0.1,234"', "1234", null],
    ['"+12,345"', '"123,456"', "12345", "123456.0000"]
  ])("%s and %s", async (whole, part, ...expected) => {
    const line = `2024-03-01,${whole},${part}`;
    for (const given of [source({csv: {thousands: ","}}), source({}, {thousands: ","})]) {
      const [kept] = await rows(await read(file(line), given));
      expect([kept?.whole, kept?.part]).toEqual(expected);
    }
    if (whole.includes(",")) expect((await rows(await read(file(line), source({}))))[0]?.whole).toBeNull();
  });

  test("a thousands separator is said in what is expected", async () => {
    const outcome = await read(file('2024-03-01,"1,2",1'), source({csv: {thousands: ","}}));
    expect(outcome.diagnostics).toMatchObject([
      {code: "value-not-read", expected: 'a whole number, thousands parted by ","'}
    ]);
  });

  test.each([
    ["61", "1900-03-01"],
    ["45352", "2024-03-01"],
    ["45352.75", "2024-03-01"],
    ["2024-03-01", "2024-03-01"],
    ["60", null],
    ["1", null],
    ["0", null],
    ["-45352", null],
    ["4.5e4", null],
    ["2958466", null],
    ["20240301", null]
  ])("a serial number %s is %s", async (day, expected) => {
    const outcome = await read(file(`${day},1,1`), source({}));
    expect(outcome.kept).toBe(expected === null ? 0 : 1);
    if (expected !== null) expect((await rows(outcome))[0]?.day).toBe(expected);
    else if (outcome.records > 0) expect(outcome.rejects_by_reason).toEqual({unreadable_value: 1});
  });

  test("where it is not declared, a serial number is no day", async () => {
    const plain = sourceOf({
      columns: {day: {from: "day", type: "date", formats: ["yyyy-MM-dd"], required: true}},
      rejects: {at_most: "100%"}
    });
    expect(await read(file("45352,1,1"), plain)).toMatchObject({records: 1, kept: 0});
  });
});
