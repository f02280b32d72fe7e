import {readFileSync} from "node:fs";
import {join} from "node:path";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {sourceOf, workplace} from "../extract/support.ts";
import {sources} from "./sources.mjs";

const {write, read} = workplace();
const source = sourceOf(sources.incidents!);
const here = import.meta.dirname;

/** Good files of the kinds whose bytes are no text, and how many records each holds. */
const good: readonly (readonly [file: string, records: number])[] = [
  ["given/good.parquet", 3],
  ["given/other-order.parquet", 3],
  ["given/text-days.parquet", 3],
  ["files/packed.csv.gz", 3],
  ["files/zipped.zip", 3],
  ["files/a-workbook.xlsx", 3]
];

const alteration = fc.tuple(fc.nat(), fc.integer({min: 0, max: 255}), fc.constantFrom("set", "cut", "put"));
const alterations = fc.array(alteration, {minLength: 1, maxLength: 4});

function altered(bytes: Buffer, changes: readonly (readonly [number, number, string])[]): Buffer {
  return changes.reduce<Buffer>((before, [where, byte, how]) => {
    const at = where % (before.length + 1);
    const rest = before.subarray(how === "put" ? at : at + 1);
    return Buffer.concat([before.subarray(0, at), how === "cut" ? Buffer.alloc(0) : Buffer.from([byte]), rest]);
  }, bytes);
}

describe("a file with any bytes altered is read whole or refused, and the next one is read", () => {
  test.each(good)(
    "%s",
    async (file, records) => {
      const bytes = readFileSync(join(here, file));
      const name = `a${file.slice(file.indexOf("."))}`;
      await fc.assert(
        fc.asyncProperty(alterations, async (changes) => {
          const outcome = await read(write(name, altered(bytes, changes)), source);
          if (outcome.outcome === "read") expect(outcome.records).toBe(outcome.kept + outcome.rejected);
          else expect([outcome.kept, outcome.diagnostics[0]?.severity]).toEqual([0, "error"]);
        }),
        {numRuns: 60}
      );
      expect(await read(write(name, bytes), source)).toMatchObject({outcome: "read", records, kept: records});
    },
    60_000
  );
});
