import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {beforeAll, describe, expect, test} from "vitest";
import {z} from "zod";
import type {ReadExtract} from "../../pipeline/extract/contract.ts";
import {readExtract} from "../../pipeline/extract/read-extract.ts";
import {openEngine} from "../../pipeline/warehouse/engine.ts";
import {roster, sourceOf, workplace} from "./support.ts";

const {write, read, engine, folder, scratch} = workplace();

const source = sourceOf({
  columns: {
    id: {from: ["ID"], type: "text", required: true},
    day: {from: ["Day"], type: "date", formats: ["MM/dd/yyyy"]},
    area: {from: ["AREA"], segment: "area", required: true},
    code: {from: ["Code"], type: "integer"},
    tags: {from: ["Tags"], type: "list"},
    note: {from: ["Note"], type: "text"}
  },
  rejects: {at_most: "1%"}
});

/** 300,000 records: several row groups and more than one of the engine's buffers. */
let text = "";

beforeAll(() => {
  const lines = ["ID,Day,AREA,Code,Tags,Note"];
  for (let i = 0; i < 300_000; i++) {
    const day = `${String((i % 12) + 1).padStart(2, "0")}/${String((i % 28) + 1).padStart(2, "0")}/${2020 + (i % 4)}`;
    lines.push(
      `${i},${day},${i % 1000 === 7 ? "nowhere" : (i % 21) + 1},${i % 97},a${i % 5} b,"note, ${"x".repeat(i % 90)}"`
    );
  }
  text = `${lines.join("\n")}\n`;
});

const sha = (outcome: unknown) =>
  createHash("sha256")
    .update(readFileSync((outcome as ReadExtract).rowsFile))
    .digest("hex");

describe("the same records give the same bytes", () => {
  test("twice, on one thread and on four, packed, and by either reader", async () => {
    const path = write("a.csv", text);
    const first = await read(path, source);
    expect(first).toMatchObject({outcome: "read", records: 300_000, kept: 299_700, rejected: 300});
    const [order] = await engine().rows(
      `select count(*) filter (record - 1 <> id::bigint)::double as wrong, count(*)::double as count,
              count(*) filter (record < file_row_number + 1)::double as early
       from read_parquet('${(first as ReadExtract).rowsFile}', file_row_number = true)`,
      z.object({wrong: z.number(), count: z.number(), early: z.number()})
    );
    expect(order).toEqual({wrong: 0, count: 299_700, early: 0});
    const hashes = new Set([sha(first), sha(await read(path, source))]);
    for (const threads of [1, 4]) {
      const other = await openEngine({
        temporary: join(folder, `engine-${threads}`),
        reads: [],
        writes: [folder],
        threads
      });
      const request = {
        source,
        roster,
        codeLists: new Map(),
        path,
        name: "a.csv",
        scratch: scratch(),
        today: "2024-12-31",
        covers: null
      };
      {
        const h = sha(await readExtract(other, request));
        hashes.add(h);
      }
      other.close();
    }
    hashes.add(sha(await read(write("b.csv.gz", gzipSync(text, {level: 1})), source)));
    // A blank line in the middle is out of the ordinary: our own reader reads the whole file.
    const middle = text.indexOf("\n", text.length / 2);
    const exact = await read(write("c.csv", `${text.slice(0, middle)}\n${text.slice(middle)}`), source);
    expect(exact).toMatchObject({outcome: "read", records: 300_000, kept: 299_700, rejected: 300});
    hashes.add(sha(exact));
    expect(hashes.size).toBe(1);
    const groups = await engine().rows(
      `select distinct row_group_id::integer as id, row_group_num_rows::integer as rows
       from parquet_metadata('${(first as ReadExtract).rowsFile}') order by id`,
      z.object({id: z.number(), rows: z.number()})
    );
    // Every row group is full but the last: nothing was cut by what was ready first.
    expect(groups.map(({rows: count}) => count)).toEqual([122_880, 122_880, 299_700 - 2 * 122_880]);
  }, 120_000);
});
