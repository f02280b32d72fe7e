import {closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync} from "node:fs";
import {join} from "node:path";
import {createGzip, gzipSync} from "node:zlib";
import {describe, expect, test} from "vitest";
import {columns, header, incidents, places, sourceOf, workplace} from "./support.ts";
import {zipFile} from "./zip-file.ts";

const {write, read, rows, folder, scratch} = workplace();
const good = `${header}x1,03/01/2024,8,5,n,33,p\n`;

/** A file of one chunk again and again, behind a beginning. */
function longFile(beginning: string, chunk: Buffer, times: number): string {
  const path = join(scratch(), "a.csv");
  const file = openSync(path, "w");
  writeSync(file, beginning);
  for (let i = 0; i < times; i++) writeSync(file, chunk);
  closeSync(file);
  return path;
}

/** Largest memory of this process so far, in MiB: each test file has a process of its own. */
const peak = () => process.resourceUsage().maxRSS / 1024;

describe("memory stays bounded", () => {
  test.each([
    ["one line of 600 MB", good, "y", "record-too-long"],
    ["one quoted value of 600 MB", `${good}x2,03/01/2024,8,5,"`, "y\n", "unclosed-quote"],
    ["one header of 600 MB", "", "c,", "record-too-long"],
    ["600 MB of quotes", `${good}"`, '"', "unclosed-quote"],
    ["600 MB of zero bytes", good, "\0", "nul-byte"]
  ])("%s", {timeout: 120_000}, async (_, beginning, again, code) => {
    await read(write("a.csv", good), incidents);
    const chunk = Buffer.from(again.repeat(2 ** 20 / again.length));
    const path = longFile(beginning, chunk, 600);
    const before = peak();
    const outcome = await read(path, incidents);
    expect(outcome).toMatchObject({outcome: "refused", kept: 0, diagnostics: [{code}]});
    expect(peak() - before).toBeLessThan(100);
  });

  test("a packed line of 120 MB in every encoding", {timeout: 120_000}, async () => {
    const member = gzipSync(Buffer.alloc(2 ** 20, "y"));
    const line = Array.from({length: 120}, () => member);
    const before = peak();
    for (const [encoding, mark] of [
      ["utf-8", ""],
      ["windows-1252", ""],
      ["utf-16", "\xff\xfe"]
    ] as const) {
      const packed = Buffer.concat([gzipSync(Buffer.from(mark, "latin1")), ...line]);
      const outcome = await read(write("a.csv.gz", packed), sourceOf({columns, csv: {encoding}}));
      expect(outcome).toMatchObject({outcome: "refused", diagnostics: [{code: "record-too-long"}]});
    }
    expect(peak() - before).toBeLessThan(100);
  });
});

describe("bombs", () => {
  test("a gzip of good records, a thousand times as large as its packed form", {timeout: 180_000}, async () => {
    // Members of a gzip one after another are one text: 1.1 GiB without packing it all.
    const lines = Buffer.from("x1,03/01/2024,8,5,n,33,p\n".repeat(2 ** 18));
    const member = await new Promise<Buffer>((resolve, reject) => {
      const parts: Buffer[] = [];
      const gzip = createGzip({level: 9})
        .on("data", (part: Buffer) => parts.push(part))
        .on("end", () => resolve(Buffer.concat(parts)))
        .on("error", reject);
      gzip.end(lines);
    });
    const times = Math.ceil((1.1 * 2 ** 30) / lines.length);
    const bomb = Buffer.concat([gzipSync(header), ...Array.from({length: times}, () => member)]);
    expect((times * lines.length) / bomb.length).toBeGreaterThan(200);
    const outcome = await read(write("a.csv.gz", bomb), incidents);
    expect(outcome).toMatchObject({outcome: "refused", kept: 0, diagnostics: [{code: "packed-bomb"}]});
  });

  test("a zip that says how large it is, before anything is unpacked", async () => {
    const bomb = zipFile([{name: "a.csv", contents: good, size: 2 ** 31}]);
    expect(places(await read(write("a.zip", bomb), incidents))).toEqual(["error packed-bomb :"]);
  });

  test.each([
    ["a gzip in a gzip", "a.csv.gz", gzipSync(gzipSync(good)), "content-not-as-named"],
    ["a gzip in a zip", "a.zip", zipFile([{name: "a.csv.gz", contents: gzipSync(good)}]), "zip-member"],
    [
      "a gzip in a zip by another name",
      "a.zip",
      zipFile([{name: "a.csv", contents: gzipSync(good)}]),
      "content-not-as-named"
    ],
    [
      "a zip in a zip",
      "a.zip",
      zipFile([{name: "a.zip", contents: zipFile([{name: "a.csv", contents: good}])}]),
      "zip-member"
    ],
    ["a zip in a gzip", "a.csv.gz", gzipSync(zipFile([{name: "a.csv", contents: good}])), "content-not-as-named"],
    [
      "a workbook by another name",
      "a.csv",
      zipFile([{name: "xl/workbook.xml", contents: "x"}]),
      "content-not-as-named"
    ],
    ["a Parquet file by another name", "a.csv", Buffer.from("PAR1\x15\x04\x15\x10\x15\x14"), "content-not-as-named"]
  ])("%s", async (_, name, bytes, code) => {
    expect(await read(write(name, bytes), incidents)).toMatchObject({
      outcome: "refused",
      kept: 0,
      diagnostics: [{code}]
    });
  });
});

describe("zips", () => {
  const member = {name: "a.csv", contents: good};

  test.each([
    ["a path that climbs", [{...member, name: "../../a.csv"}], "zip-member"],
    ["a path that climbs later", [{...member, name: "a/../../../a.csv"}], "zip-member"],
    ["a path from the root", [{...member, name: "/tmp/milepost-climbed.csv"}], "zip-member"],
    ["a path of Windows", [{...member, name: "..\\..\\a.csv"}], "zip-member"],
    ["a path on a drive", [{...member, name: "C:/a.csv"}], "zip-member"],
    ["a link", [{name: "a.csv", contents: "/etc/passwd", mode: 0o120777, stored: true}], "zip-member"],
    ["a device", [{...member, mode: 0o020666}], "zip-member"],
    ["a password", [{...member, encrypted: true}], "zip-member"],
    ["two files", [member, {...member, name: "b.csv"}], "zip-members"],
    ["the same file twice", [member, member], "damaged-zip"],
    ["nothing", [], "zip-members"],
    ["a folder alone", [{name: "a.csv/", contents: ""}], "zip-members"],
    ["a program", [{...member, name: "a.exe"}], "zip-member"],
    ["a wrong check sum", [{...member, crc: 1}], "damaged-zip"],
    ["a wrong check sum, not packed", [{...member, crc: 1, stored: true}], "damaged-zip"],
    ["a size that is too small", [{...member, size: 3}], "damaged-zip"],
    ["another way of packing", [{...member, method: 12}], "damaged-zip"]
  ])("%s is refused", async (_, entries, code) => {
    const outcome = await read(write("a.zip", zipFile(entries)), incidents);
    expect(outcome).toMatchObject({outcome: "refused", kept: 0, records: 0, diagnostics: [{code}]});
    expect(existsSync("/tmp/milepost-climbed.csv")).toBe(false);
  });

  test("what macOS puts beside the file is passed over and told, unless it hides how many there are", async () => {
    const beside = (n: number) => ({name: `__MACOSX/._${n}.csv`, contents: "x"});
    const outcome = await read(write("a.zip", zipFile([beside(1), member, beside(2)])), incidents);
    expect(outcome).toMatchObject({outcome: "read", records: 1, kept: 1});
    expect(outcome.diagnostics).toMatchObject([
      {code: "zip-passed-over", severity: "note", found: '2: "__MACOSX/._1.csv", "__MACOSX/._2.csv"'}
    ]);
    // A second file beyond those that are listed.
    const many = [member, ...Array.from({length: 999}, (_, n) => beside(n)), {...member, name: "b.csv"}];
    expect(await read(write("a.zip", zipFile(many)), incidents)).toMatchObject({
      outcome: "refused",
      diagnostics: [{code: "zip-members"}]
    });
  });

  test("damaged anywhere, it is refused or its rows are the true ones", async () => {
    const whole = zipFile([member]);
    let read_ = 0;
    for (let at = 0; at < whole.length; at++) {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] as number) ^ 0xff;
      const outcome = await read(write("a.zip", copy), incidents);
      if (outcome.outcome === "refused") continue;
      read_++;
      expect(await rows(outcome)).toMatchObject([{id: "x1", day: "2024-03-01", area: "8", note: "n"}]);
    }
    // Times and versions may be anything.
    expect(read_).toBeLessThan(whole.length / 2);
  });

  test("a Parquet file in it is read as one", async () => {
    const outcome = await read(write("a.parquet.zip", zipFile([{name: "a.parquet", contents: "PAR1"}])), incidents);
    expect(outcome).toMatchObject({outcome: "refused", diagnostics: [{code: "damaged-parquet"}]});
  });
});

describe("names and cells that would be run elsewhere", () => {
  test("a million columns", async () => {
    const wide = ",".repeat(999_000);
    expect(places(await read(write("a.csv", `ID${wide}\nx1${wide}\n`), incidents))).toEqual([
      "error too-many-columns 1:1"
    ]);
    const enough = Array.from({length: 2000 - 7}, (_, i) => `c${i}`).join(",");
    const outcome = await read(
      write("a.csv", `${header.trim()},${enough}\nx1,03/01/2024,8,5,n,33,p${",".repeat(1993)}\n`),
      incidents
    );
    expect(outcome).toMatchObject({outcome: "read", kept: 1});
  });

  test("headers, cells and file names with quotes and SQL", async () => {
    const evil = `'); drop table x; --"`;
    mkdirSync(join(folder, evil));
    const source = sourceOf({
      columns: {...columns, note: {from: [evil], type: "text"}},
      ignore: ["Place"],
      rejects: {at_most: "100%"}
    });
    const name = `${evil} [1]*?.csv`.replaceAll("/", "");
    const quoted = `"${evil.replaceAll('"', '""')}"`;
    const outcome = await read(
      write(name, `${header.replace("Note", quoted)}x1,03/01/2024,8,5,${quoted},33,p\n${quoted},?,8,5,n,33,p\n`),
      source
    );
    expect(outcome).toMatchObject({outcome: "read", records: 2, kept: 1});
    expect(await rows(outcome)).toMatchObject([{note: evil}]);
    const member = await read(write("b.zip", zipFile([{name: `${evil}.csv`, contents: good}])), incidents);
    expect(member).toMatchObject({outcome: "read", kept: 1});
  });

  test("formulas in rejected cells are kept as text", async () => {
    const formulas = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")'];
    const lines = formulas.map((formula) => `x1,"${formula.replaceAll('"', '""')}",8,5,n,33,p`);
    const outcome = await read(write("a.csv", `${header}${lines.join("\n")}\nx2,03/01/2024,8,5,n,33,p\n`), incidents);
    const [, ...kept] = readFileSync(outcome.rejectsFile ?? "", "utf8")
      .trim()
      .split("\n");
    expect(kept.map((line) => /unreadable_value,day,"?(.)/.exec(line)?.[1])).toEqual(formulas.map(() => "'"));
  });
});
