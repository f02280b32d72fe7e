import {mkdtempSync, readdirSync, rmSync} from "node:fs";
import {hostname, tmpdir} from "node:os";
import {join} from "node:path";
import {Dictionary, Int32, Table, tableToIPC, Utf8, vectorFromArray} from "apache-arrow";
import fc from "fast-check";
import {expect, test} from "vitest";
import {arrowBytes} from "../../pipeline/warehouse/arrow.ts";
import {relationCsv} from "../../pipeline/warehouse/csv.ts";
import {parquetBytes} from "../../pipeline/warehouse/parquet.ts";
import {type Cell, type Kinds, relationOf} from "../../pipeline/warehouse/relation.ts";
import {openArrow, openParquet} from "../support/data-files.ts";

interface Row {
  readonly text: string | null;
  readonly day: string | null;
  readonly instant: string | null;
  readonly number: number | null;
  readonly whole: number | null;
  readonly boolean: boolean | null;
  readonly texts: readonly string[] | null;
  readonly name: string;
}

const kinds: Kinds<Row> = {
  text: "text?",
  day: "day?",
  instant: "instant?",
  number: "number?",
  whole: "whole?",
  boolean: "boolean?",
  texts: "texts?",
  name: "text"
};

const nothing: Row = {
  text: null,
  day: null,
  instant: null,
  number: null,
  whole: null,
  boolean: null,
  texts: null,
  name: "nothing"
};

const rows: readonly Row[] = [
  {
    text: 'é "b", 警察\n=1',
    day: "2024-02-29",
    instant: "2024-03-10T09:59:59.999Z",
    number: 0.1 + 0.2,
    whole: 2_147_483_647,
    boolean: true,
    texts: ["provisional", "small_numbers"],
    name: "all"
  },
  nothing,
  {
    text: "",
    day: "1969-12-31",
    instant: "1969-12-31T23:59:59.001Z",
    number: 0,
    whole: 0,
    boolean: false,
    texts: [],
    name: "zero is not null"
  },
  {...nothing, number: -5e-324, whole: -2_147_483_648, texts: [""], name: "edges"},
  {...nothing, number: 1e300, day: "9999-12-31", texts: ["🚔", "x"], name: "more edges"}
];

const written = [
  ["text", "Utf8", "VARCHAR"],
  ["day", "Date32<DAY>", "DATE"],
  ["instant", "Timestamp<MILLISECOND, UTC>", "TIMESTAMP WITH TIME ZONE"],
  ["number", "Float64", "DOUBLE"],
  ["whole", "Int32", "INTEGER"],
  ["boolean", "Bool", "BOOLEAN"],
  ["texts", "List<Utf8>", "VARCHAR[]"],
  ["name", "Utf8", "VARCHAR"]
] as const;

test("Arrow and Parquet hold every cell as it was, each column in its type and place", async () => {
  const relation = relationOf(kinds, rows);
  const arrow = openArrow(arrowBytes(relation));
  const [bytes] = await parquetBytes([relation], tmpdir());
  const parquet = await openParquet(bytes!);
  expect(arrow.types).toEqual(written.map(([name, type]) => [name, type]));
  expect(parquet.types).toEqual(written.map(([name, , type]) => [name, type]));
  expect(arrow.rows).toEqual(rows);
  expect(parquet.rows).toEqual(rows);
});

test("numbers of every size come back exactly, half a character as the sign for what can't be read", async () => {
  const random = fc.sample(fc.double({noNaN: true, noDefaultInfinity: true}), {numRuns: 20_000, seed: 6});
  const numbers = [...random.filter((number) => !Object.is(number, -0)), 0.1 + 0.7, 2 ** 53 + 2, 1e21, 5e-324];
  const relation = relationOf<Pick<Row, "number" | "text">>(
    {number: "number?", text: "text?"},
    numbers.map((number) => ({number, text: "\ud800 \\ud800 \u0000"}))
  );
  const [bytes] = await parquetBytes([relation], tmpdir());
  for (const opened of [openArrow(arrowBytes(relation)), await openParquet(bytes!)]) {
    expect(opened.rows.map(({number}) => number)).toEqual(numbers);
    expect(opened.rows[0]!.text).toBe("\ufffd \\ud800 \u0000");
  }
});

test("a relation without rows keeps its columns", async () => {
  const relation = relationOf(kinds, []);
  const [bytes] = await parquetBytes([relation], tmpdir());
  for (const opened of [openArrow(arrowBytes(relation)), await openParquet(bytes!)]) {
    expect(opened.types.map(([name]) => name)).toEqual(Object.keys(kinds));
    expect(opened.rows).toEqual([]);
  }
  expect(relationCsv(relation)).toBe(`${Object.keys(kinds).join(",")}\n`);
});

test("more rows than one piece holds come back in their order", async () => {
  const many = Array.from({length: 130_000}, (_, at) => ({
    whole: at % 5 === 0 ? null : at,
    text: at % 3 === 0 ? null : `${at}`
  }));
  const relation = relationOf<Pick<Row, "whole" | "text">>({whole: "whole?", text: "text?"}, many);
  const [bytes] = await parquetBytes([relation], tmpdir());
  for (const opened of [openArrow(arrowBytes(relation)), await openParquet(bytes!)]) {
    expect(opened.rows.length).toBe(many.length);
    const other = opened.rows.findIndex(({whole, text}, at) => whole !== many[at]!.whole || text !== many[at]!.text);
    expect(other).toBe(-1);
  }
});

test("the same rows give the same bytes, whatever was written before", async () => {
  const relation = relationOf(kinds, rows);
  const other = relationOf(kinds, rows.slice(0, 2));
  const first = {arrow: arrowBytes(relation), parquet: (await parquetBytes([relation], tmpdir()))[0]};
  // A dictionary takes the next free id of the process.
  tableToIPC(new Table({a: vectorFromArray(["x", "y"], new Dictionary(new Utf8(), new Int32()))}), "file");
  arrowBytes(other);
  const [, second] = await parquetBytes([other, relation], tmpdir());
  expect(Buffer.compare(arrowBytes(relation), first.arrow)).toBe(0);
  expect(Buffer.compare(second!, first.parquet!)).toBe(0);
});

test("no file tells where or when it was made, and nothing is left behind", async () => {
  const temporary = mkdtempSync(join(tmpdir(), "milepost-elsewhere-"));
  const relation = relationOf(kinds, rows);
  const [parquet] = await parquetBytes([relation], temporary);
  const year = String(new Date().getFullYear());
  for (const bytes of [arrowBytes(relation), parquet!]) {
    const text = Buffer.from(bytes).toString("latin1");
    for (const secret of [temporary, process.cwd(), "milepost", hostname(), `${year}-`]) {
      expect(text).not.toContain(secret);
    }
  }
  expect(readdirSync(temporary)).toEqual([]);
  rmSync(temporary, {recursive: true});
});

const impossible: readonly (readonly [keyof Row, Cell | undefined])[] = [
  ["name", null],
  ["name", undefined],
  ["number", Number.NaN],
  ["number", Number.POSITIVE_INFINITY],
  ["whole", 1.5],
  ["whole", 3e9],
  ["whole", "1"],
  ["day", "2024-02-30"],
  ["day", ""],
  ["instant", "2024-02-29"],
  ["instant", "2024-13-01T00:00:00Z"],
  ["boolean", 1],
  ["texts", "provisional"]
];

test.each(impossible)("a column %s refuses %j in both", async (column, cell) => {
  const relation = relationOf(kinds, [...rows, {...rows[0]!, [column]: cell} as Row]);
  expect(() => arrowBytes(relation)).toThrow(`column ${column}`);
  await expect(parquetBytes([relation], tmpdir())).rejects.toThrow(`column ${column}`);
});
