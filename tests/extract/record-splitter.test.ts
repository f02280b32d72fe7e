import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {placeInRecord, recordFields} from "../../pipeline/extract/record-fields.ts";
import {longestRecord, RecordSplitter} from "../../pipeline/extract/record-splitter.ts";
import {readStrictly} from "./strict-reader.ts";

function split(chunks: readonly Buffer[], delimiter = ",") {
  const records: {text: string; line: number}[] = [];
  const splitter = new RecordSplitter(delimiter, (bytes, from, to, line) => {
    if (from < to) records.push({text: bytes.toString("utf8", from, to), line});
  });
  for (const chunk of chunks) {
    // As the file's buffer is: overwritten by the next chunk.
    const buffer = Buffer.from(chunk);
    splitter.push(buffer);
    buffer.fill(0x22);
  }
  splitter.end();
  return {records, splitter};
}

/** Cuts the text at the places given. */
function pieces(text: string, cuts: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text);
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  return places.slice(1).map((to, i) => bytes.subarray(places[i], to));
}

const csvText = fc
  .array(
    fc.constantFrom("a", "b", " ", ",", ",", '"', '"', '""', "\n", "\n", "\r\n", "\r", "é", "\u{1f600}", '"a"', ',"'),
    {
      maxLength: 40
    }
  )
  .map((parts) => parts.join(""));

describe("records", () => {
  test.each([
    ["line feeds", "a,b\n1,2\n3,4\n", ["a,b", "1,2", "3,4"], [1, 2, 3]],
    ["no line end at the end", "a,b\n1,2", ["a,b", "1,2"], [1, 2]],
    ["carriage return and line feed", "a,b\r\n1,2\r\n", ["a,b", "1,2"], [1, 2]],
    ["lone carriage returns", "a,b\r1,2\r3,4", ["a,b", "1,2", "3,4"], [1, 2, 3]],
    ["blank lines are none", "\na,b\n\n\r\n1,2\n\n", ["a,b", "1,2"], [2, 5]],
    ["line ends inside quotes", 'a,"b\nc\r\nd"\n1,2\n', ['a,"b\nc\r\nd"', "1,2"], [1, 4]],
    ["doubled quotes", '"a"",""\n"\n1\n', ['"a"",""\n"', "1"], [1, 3]],
    ["a quote in the middle of a field opens nothing", 'a"b\n"c"\n', ['a"b', '"c"'], [1, 2]],
    ["a blank before a quote makes it text", 'a, "b\nc"\n', ['a, "b', 'c"'], [1, 2]]
  ])("%s", (_, text, records, lines) => {
    const found = split([Buffer.from(text)]).records;
    expect(found.map((record) => record.text)).toEqual(records);
    expect(found.map((record) => record.line)).toEqual(lines);
  });

  test("what is out of the ordinary is counted", () => {
    const {splitter} = split([Buffer.from('a"b,"c"d\r"e\nf"\n')]);
    expect(splitter).toMatchObject({
      strayQuotes: 1,
      textAfterQuote: 1,
      quotedLineEnds: 1,
      lineEnds: {lf: 1, crlf: 0, cr: 1},
      lastLineOpen: false,
      unfinished: null
    });
  });

  test("a quote that is not closed says where it was opened, in characters", () => {
    const {splitter} = split([Buffer.from('a,b\né,"x\ny"\nü,"z\n1,2\n')]);
    expect(splitter.unfinished).toEqual({reason: "unclosed_quote", line: 4, column: 3});
  });

  test("a record that grows without end is not held in memory", () => {
    const {splitter} = split([Buffer.from('a,b\n1,"'), ...Array.from({length: 12}, () => Buffer.alloc(100_000, "x"))]);
    expect(longestRecord).toBe(1_000_000);
    expect(splitter.unfinished).toEqual({reason: "unclosed_quote", line: 2, column: 3});
  });

  test("however the bytes come, the records are those of a reader that looks at each character", () => {
    fc.assert(
      fc.property(csvText, fc.array(fc.nat(60), {maxLength: 6}), (text, cuts) => {
        const {records, splitter} = split(pieces(text, cuts));
        const strict = readStrictly(text);
        expect(splitter.unfinished !== null).toBe(strict.unclosed);
        const read = records.map((record) => ({...recordFields(record.text, ","), line: record.line}));
        expect(read.map(({fields}) => fields)).toEqual(strict.records.map(({fields}) => fields));
        expect(read.map(({line}) => line)).toEqual(strict.records.map(({line}) => line));
        expect(read.map(({textAfterQuote}) => textAfterQuote !== null)).toEqual(
          strict.records.map(({textAfterQuote}) => textAfterQuote)
        );
        if (!strict.unclosed) expect(splitter.lastLineOpen).toBe(strict.open);
      }),
      {numRuns: 3000}
    );
  });
});

describe("fields", () => {
  test("places are those of each field's first character, quotes counted", () => {
    expect(recordFields('a,"b ""c""\nd",,e', ",")).toEqual({
      fields: ["a", 'b "c"\nd', "", "e"],
      starts: [0, 2, 14, 15],
      textAfterQuote: null
    });
  });

  test("text after a closing quote belongs to the field and is pointed at", () => {
    expect(recordFields('"a"b,c', ",")).toEqual({fields: ["ab", "c"], starts: [0, 5], textAfterQuote: 3});
  });

  test("a place after line ends inside the record", () => {
    expect(placeInRecord('a,"b\r\nc\nd",e', 7, 11)).toEqual({line: 9, column: 4});
    expect(placeInRecord("a,b", 7, 2)).toEqual({line: 7, column: 3});
  });
});
