import {isUtf8} from "node:buffer";
import {UTCDate} from "@date-fns/utc";
import {isValid, parse} from "date-fns";
import fc from "fast-check";
import {expect, test} from "vitest";
import {readStrictly, type StrictRecord} from "./strict-reader.ts";
import {sourceOf, workplace} from "./support.ts";

const {write, read, rows} = workplace();

const source = sourceOf({
  columns: {
    id: {from: ["id"], type: "text", required: true},
    day: {from: ["day"], type: "date", formats: ["yyyy-MM-dd"]},
    note: {from: ["note"], type: "text"}
  },
  rejects: {at_most: "100%"}
});

const cell = fc.constantFrom("a", "b c", '"q"', '"x, y"', '"say ""no"""', '"two\nlines"', "", "é", " pad ", '""');
const goodFile = fc
  .tuple(
    fc.array(fc.tuple(cell, fc.constantFrom("2024-01-01", "2024-02-29", '"2023-12-31"'), cell), {
      minLength: 1,
      maxLength: 6
    }),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
    fc.boolean()
  )
  .map(([records, lineEnd, mark, closed]) => {
    const lines = ["id,day,note", ...records.map((record) => record.join(","))];
    return Buffer.from((mark ? "\ufeff" : "") + lines.join(lineEnd) + (closed ? lineEnd : ""));
  });

const piece = fc
  .constantFrom('"', ",", "\n", "\r", "\r\n", '""', " ", "x", "2024", "\0", "\t", "é", ',"', '",', "\n\n")
  .map((text) => Buffer.from(text));
const change = fc.tuple(
  fc.nat(),
  fc.oneof(
    fc.tuple(fc.constant(0), piece),
    fc.tuple(fc.integer({min: 1, max: 4}), fc.constant(Buffer.alloc(0))),
    fc.tuple(fc.constant(1), piece),
    fc.tuple(fc.constant(1), fc.constant(Buffer.from([0xff]))),
    fc.tuple(fc.constant(1_000_000), fc.constant(Buffer.alloc(0)))
  )
);
const damagedFile = fc.tuple(goodFile, fc.array(change, {maxLength: 3})).map(([file, changes]) =>
  changes.reduce((bytes, [where, [removed, added]]) => {
    const at = where % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);
  }, file)
);

/** What must be kept, by the rules alone; null where the file must be refused. */
function expectation(bytes: Buffer): {records: number; kept: string[][]} | null {
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  if (!isUtf8(bytes) || text.includes("\0")) return null;
  const {records, unclosed, open} = readStrictly(text);
  const [header, ...data] = records;
  if (unclosed || header === undefined || data.length === 0) return null;
  const names = header.fields.map((name) => name.trim());
  const position = (name: string) =>
    names.filter((one) => one === name).length > 1 ? Number.NaN : names.indexOf(name);
  const [id, day, note] = [position("id"), position("day"), position("note")];
  if (id === -1 || day === -1 || [id, day, note].some(Number.isNaN)) return null;
  const whole = ({fields, textAfterQuote}: StrictRecord) => fields.length === names.length && !textAfterQuote;
  if (data.some((record) => !whole(record) && record.overLines)) return null;
  const last = data.at(-1) as StrictRecord;
  if (open && !last.textAfterQuote && last.fields.length < names.length) return null;
  const kept = data.flatMap((record, i) => {
    if (!whole(record)) return [];
    const [idText, dayText, noteText] = [id, day, note].map((at) => record.fields[at]?.trim() ?? "");
    if (idText === "" || !/^[1-9]\d{3}-\d\d-\d\d$/.test(dayText as string) || (dayText as string) > "2024-12-31")
      return [];
    if (!isValid(parse(dayText as string, "yyyy-MM-dd", new UTCDate(0)))) return [];
    return [[String(i + 1), idText as string, dayText as string, noteText as string]];
  });
  return kept.length === 0 ? null : {records: data.length, kept};
}

test("whatever is done to a file: refused, or every record accounted for and the kept ones read as they stand", async () => {
  let refused = 0;
  let read_ = 0;
  await fc.assert(
    fc.asyncProperty(damagedFile, async (bytes) => {
      const outcome = await read(write("a.csv", bytes), source);
      const expected = expectation(bytes);
      expect(outcome.kept + outcome.rejected).toBe(outcome.records);
      expect(outcome.outcome).toBe(expected === null ? "refused" : "read");
      if (expected === null) {
        refused++;
        expect(outcome.kept).toBe(0);
        expect(outcome.diagnostics.some(({severity}) => severity === "error")).toBe(true);
        return;
      }
      read_++;
      expect(outcome.records).toBe(expected.records);
      const byReason = Object.values(outcome.rejects_by_reason).reduce((sum, count) => sum + count, 0);
      expect(byReason).toBe(outcome.rejected);
      const kept = await rows(outcome);
      expect(kept.map(({record, id, day, note}) => [record, id, day, note ?? ""])).toEqual(expected.kept);
    }),
    {numRuns: 400}
  );
  // Both ways must have been gone often, or the files were not damaged as meant.
  expect(Math.min(refused, read_)).toBeGreaterThan(60);
}, 240_000);
