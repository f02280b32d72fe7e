import {readFileSync, statSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {columns, header, incidents, places, sourceOf, workplace} from "./support.ts";

const {write, read, rows} = workplace();

describe("rejects", () => {
  test("each with its place, reason and value; one reason a record", async () => {
    const text = `${header}x1,02/30/2024,99,z,n,33,p\n,03/01/2024,8,,,,\n"x\ny","03/01/20,24",8,,,,\nx4,03/01/2024,Nowhere,5.5,"n\n2",33,p\nx5,01/01/2025,8,,,,\nx6,03/01/2024,8,,,,\n`;
    const outcome = await read(write("a.csv", text), incidents);
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
    const outcome = await read(write("a.csv", text), incidents);
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
      incidents
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
    const outcome = await read(write("a.csv", text), incidents);
    const written = readFileSync(outcome.rejectsFile ?? "", "utf8")
      .split("\n")
      .slice(1, -1);
    expect(written.map((line) => line.split(",")[5])).toEqual(["'=1+1", "'+1", "'-1", "'@x", "'=1"]);
  });

  test("five of one kind are told, the rest counted; control characters and length are tamed", async () => {
    const cells = ["\u001b[31m", "x".repeat(200), ...Array.from({length: 10}, (_, i) => `d${i}`)];
    const text = `${header}${cells.map((cell) => `x,${cell},8,,,,`).join("\n")}\nx,03/01/2024,8,,,,\n`;
    const outcome = await read(write("a.csv", text), incidents);
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
