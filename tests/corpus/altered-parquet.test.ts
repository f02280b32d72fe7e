import {readFileSync} from "node:fs";
import {join} from "node:path";
import fc from "fast-check";
import {expect, test} from "vitest";
import {sourceOf, workplace} from "../extract/support.ts";
import {sources} from "./sources.mjs";

const {write, read} = workplace();
const source = sourceOf(sources.incidents!);
const given = ["good", "other-order", "text-days"].map((name) =>
  readFileSync(join(import.meta.dirname, "given", `${name}.parquet`))
);

test("a Parquet file with any bytes altered is read or refused, and the next one is read", async () => {
  const alterations = fc.array(fc.tuple(fc.nat(), fc.integer({min: 0, max: 255})), {minLength: 1, maxLength: 4});
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...given), alterations, async (good, changes) => {
      const bytes = Buffer.from(good);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      const outcome = await read(write("a.parquet", bytes), source);
      if (outcome.outcome === "read") expect(outcome.records).toBe(outcome.kept + outcome.rejected);
      else expect(outcome.diagnostics[0]?.severity).toBe("error");
    }),
    {numRuns: 120}
  );
  expect(await read(write("a.parquet", given[0]!), source)).toMatchObject({outcome: "read", records: 3, kept: 3});
}, 60_000);
