import {gzipSync} from "node:zlib";
import {describe, expect, test} from "vitest";
import {RunFailure} from "../../pipeline/diagnostics/failure.ts";
import {header, incidents, places, workplace} from "./support.ts";

const {write, read, folder} = workplace();

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
    ["another kind of file", "a.xls", "PK", "error unknown-file-kind :"],
    ["a record without end", "a.csv", `${good}x3,${"y".repeat(1_200_000)}`, "error record-too-long 4:1"]
  ])("%s", async (_, name, contents, diagnostic) => {
    const outcome = await read(write(name, contents), incidents);
    expect(outcome).toMatchObject({outcome: "refused", kept: 0, rejectsFile: null});
    expect(outcome.rejected).toBe(outcome.records);
    expect(places(outcome)).toEqual([diagnostic]);
  });

  test("a quote that swallowed whole records is found where it is no chance, and else told", async () => {
    const swallow = (text: string) => text.replace('"n"', '"n').replace(",n,33", ',n",33');
    const outcome = await read(write("a.csv", swallow(good)), incidents);
    expect(outcome).toMatchObject({outcome: "read", records: 1});
    expect(places(outcome)).toEqual(["warning records-in-value 2:19"]);
    const wide = good.replace("Place", "Place,Extra").replaceAll(",p\n", ",p,e\n");
    expect(places(await read(write("a.csv", swallow(wide)), incidents))).toEqual([
      "warning unknown-columns 1:1",
      "error records-in-value 2:19"
    ]);
    const comment = '"one, two\nthree, four"';
    expect(places(await read(write("a.csv", good.replace('"n"', comment)), incidents))).toEqual([]);
  });

  test("a last line that is short but has its line end is one reject", async () => {
    const outcome = await read(write("a.csv", `${good.slice(0, -8)}\n`), incidents);
    expect(outcome).toMatchObject({outcome: "read", records: 2, kept: 1, rejects_by_reason: {wrong_field_count: 1}});
  });

  test("the engine still works after every one of them", async () => {
    expect((await read(write("a.csv", good), incidents)).outcome).toBe("read");
  });

  test("No such file, and a folder", async () => {
    await expect(read(`${folder}/none.csv`, incidents)).rejects.toThrow(RunFailure);
    await expect(read(folder, incidents)).rejects.toMatchObject({
      exitCode: 1,
      diagnostics: [{code: "file-unreadable"}]
    });
  });
});

function damage(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length - 6] = (copy[copy.length - 6] as number) ^ 0xff;
  return copy;
}
