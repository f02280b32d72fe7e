import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {bytes, int96, parquetFileOf} from "./parquet-file.ts";
import {places, sourceOf, workplace} from "./support.ts";
import {zipFile} from "./zip-file.ts";

const {write, read, rows, scratch, engine} = workplace();

const columns = {
  id: {from: ["ID"], type: "text", required: true},
  day: {from: ["Day"], type: "date", formats: ["MM/dd/yyyy"], required: true},
  area: {from: ["AREA"], segment: "area", required: true},
  code: {from: ["Code"], type: "integer"},
  amount: {from: ["Amount"], type: "decimal"},
  open: {from: ["Open"], type: "boolean"},
  tags: {from: ["Tags"], type: "list"},
  age: {from: ["Age"], personal: "drop"}
};
const source = sourceOf({columns, rejects: {at_most: "100%"}});

async function parquet(select: string): Promise<string> {
  const path = join(scratch(), "a.parquet");
  await engine().run(`copy (${select}) to '${path}' (format parquet)`);
  return path;
}

test("columns by name, types as they are", async () => {
  const path = await parquet(
    `select 33 as "Age", 8 as " AREA", 17::bigint as "ID", timestamp '2024-03-01 23:59:59' as "Day", 5::utinyint as "Code",
            1.5::double as "Amount", true as "Open", ['a ', '', 'b'] as "Tags", 1 as "Extra"`
  );
  const outcome = await read(path, source);
  expect(outcome).toMatchObject({
    outcome: "read",
    records: 1,
    kept: 1,
    columns: {unknown: ["Extra"], missing: []},
    covered: [{partition: null, days: [["2024-03-01", "2024-03-01"]]}]
  });
  expect(await rows(outcome)).toEqual([
    {record: "1", id: "17", day: "2024-03-01", area: "8", code: "5", amount: "1.5000", open: true, tags: ["a", "b"]}
  ]);
});

test("text is read by the source's rules, and what can't be read names its record", async () => {
  const path = await parquet(
    `select * from (values ('x1', '03/01/2024', 'West LA', '5.0'), ('x2', '2024-03-01', '8', ''), ('x3', '03/02/2024', '8', 'z'))
     as given("ID", "Day", "AREA", "Code")`
  );
  const outcome = await read(path, source);
  expect(outcome).toMatchObject({records: 3, kept: 2, rejects_by_reason: {unreadable_value: 1}});
  expect(outcome.diagnostics).toMatchObject([
    {code: "unreadable-value", message: "Record 2 is rejected: day can't be read", found: '"2024-03-01"'},
    {code: "value-not-read", found: '"z"'}
  ]);
  expect(outcome.diagnostics[0]?.place).toEqual({file: "a.parquet", line: undefined, column: undefined});
  expect(readFileSync(outcome.rejectsFile ?? "", "utf8").split("\n")[1]).toBe(
    ",,2,unreadable_value,day,2024-03-01,a date as MM/dd/yyyy"
  );
  expect((await rows(outcome)).map(({record, code}) => `${record} ${code}`)).toEqual(["1 5", "3 null"]);
});

test("numbers that are no whole numbers, days beyond the calendar", async () => {
  const path = await parquet(
    `select * from (values (1, date '2024-03-01', 8, 5.5::double, 0.12345::double), (2, date 'infinity', 8, 6, null), (3, date '0999-01-01', 8, 1e20, 1))
     as given("ID", "Day", "AREA", "Code", "Amount")`
  );
  const outcome = await read(path, source);
  expect(outcome).toMatchObject({records: 3, kept: 1, rejects_by_reason: {unreadable_value: 2}});
  expect(await rows(outcome)).toMatchObject([{id: "1", code: null, amount: null}]);
});

test("whole numbers of a floating column are the texts, keys and codes that they would be without a point", async () => {
  const path = await parquet(
    `select * from (values (240000117.0::double, date '2024-03-01', 8.0::float, -0.0::double), (null, date '2024-03-01', 8, 1), (2.5, date '2024-03-01', 8, 'nan'), (3, date '2024-03-01', 8.5, 1))
     as given("ID", "Day", "AREA", "Code")`
  );
  const outcome = await read(path, source);
  expect(outcome).toMatchObject({records: 4, kept: 2, rejects_by_reason: {missing_value: 1, unknown_segment: 1}});
  expect(await rows(outcome)).toMatchObject([
    {id: "240000117", area: "8", code: "0"},
    {id: "2.5", area: "8", code: null}
  ]);
});

test("a time with a zone and a structure are refused by name", async () => {
  const path = await parquet(`select 'x' as "ID", timestamptz '2024-03-01 00:00:00+00' as "Day", {'a': 1} as "AREA"`);
  const outcome = await read(path, source);
  expect(outcome.outcome).toBe("refused");
  expect(outcome.diagnostics.map(({code, message}) => `${code}: ${message}`)).toEqual([
    "unfit-type: day can't be made from a Parquet column of type TIMESTAMP WITH TIME ZONE",
    "unfit-type: area can't be made from a Parquet column of type STRUCT(a INTEGER)"
  ]);
});

test.each([
  ["an empty file", "", "empty-file"],
  ["not Parquet", "ID,Day\n1,2\n", "damaged-parquet"]
])("%s is refused", async (_, contents, code) => {
  const outcome = await read(write("a.parquet", contents), source);
  expect(outcome).toMatchObject({outcome: "refused", records: 0, diagnostics: [{code}]});
});

test("damaged and cut off Parquet is refused, and the engine works on", async () => {
  const path = await parquet(
    `select i as "ID", date '2024-01-01' + (i % 300)::integer as "Day", 8 as "AREA" from range(50000) r(i)`
  );
  const bytes = readFileSync(path);
  for (const damaged of [
    bytes.subarray(0, bytes.length - 20),
    Buffer.concat([bytes.subarray(0, 1000), Buffer.alloc(3000, 0x55), bytes.subarray(4000)])
  ]) {
    const copy = join(scratch(), "b.parquet");
    writeFileSync(copy, damaged);
    expect(await read(copy, source)).toMatchObject({
      outcome: "refused",
      kept: 0,
      diagnostics: [{code: "damaged-parquet"}]
    });
  }
  expect(await read(path, source)).toMatchObject({outcome: "read", kept: 50_000});
});

test("no rows and a missing column are refused", async () => {
  expect(
    await read(await parquet(`select 1 as "ID", date '2024-01-01' as "Day", 8 as "AREA" limit 0`), source)
  ).toMatchObject({
    outcome: "refused",
    diagnostics: [{code: "no-records"}]
  });
  expect(await read(await parquet(`select 1 as "ID", 8 as "AREA"`), source)).toMatchObject({
    outcome: "refused",
    diagnostics: [{code: "column-not-found"}]
  });
});

test("other types than declared, in another order, by what they say", async () => {
  const path = await parquet(
    `select 33.00::decimal(10, 2) as "Amount", 5::decimal(9, 0) as "Code", '3/1/24' as "Extra", 'yes' as "Open",
            '08' as "AREA", '03/01/2024' as "Day", uuid '00000000-0000-0000-0000-000000000001' as "ID"`
  );
  const outcome = await read(path, source);
  expect(outcome).toMatchObject({outcome: "read", kept: 1, columns: {unknown: ["Extra"], missing: ["tags"]}});
  expect(await rows(outcome)).toMatchObject([
    {id: "00000000-0000-0000-0000-000000000001", day: "2024-03-01", area: "8", code: "5", amount: "33.0000", open: true}
  ]);
});

test("dictionaries, with values that repeat", async () => {
  const path = await parquet(
    `select 'x' || i as "ID", case when i % 7 = 0 then '?' else '03/01/2024' end as "Day", ['8', 'West LA', 'Harbor'][i % 3 + 1] as "AREA"
     from range(20000) r(i)`
  );
  const outcome = await read(path, source);
  const bad = Math.ceil(20_000 / 7);
  expect(outcome).toMatchObject({records: 20_000, kept: 20_000 - bad, rejects_by_reason: {unreadable_value: bad}});
});

test("times as old writers keep them (INT96), and texts that are called bytes", async () => {
  const file = (converted: number | undefined) =>
    parquetFileOf([
      {name: "ID", type: 6, ...(converted === undefined ? {} : {converted}), values: [bytes("x1"), bytes("x2")]},
      {name: "Day", type: 3, values: [int96("2024-03-01T00:00:00Z"), int96("2024-03-01T23:59:59.999Z")]},
      {name: "AREA", type: 6, converted: 4, values: [bytes("8"), bytes("West LA")]}
    ]);
  const outcome = await read(write("a.parquet", file(0)), source);
  expect(outcome).toMatchObject({outcome: "read", records: 2, kept: 2});
  expect(await rows(outcome)).toMatchObject([
    {id: "x1", day: "2024-03-01", area: "8"},
    {id: "x2", day: "2024-03-01", area: "8"}
  ]);
  const untold = await read(write("a.parquet", file(undefined)), source);
  expect(untold).toMatchObject({outcome: "refused", diagnostics: [{code: "unfit-type"}]});
});

test("packed in a zip, with the hash of what was delivered", async () => {
  const path = await parquet(`select 'x' as "ID", date '2024-03-01' as "Day", 8 as "AREA"`);
  const packed = zipFile([{name: "a.parquet", contents: readFileSync(path)}]);
  const outcome = await read(write("a.zip", packed), source);
  expect(outcome).toMatchObject({outcome: "read", kept: 1, bytes: packed.length});
});

test("more columns than any extract has", async () => {
  const many = Array.from({length: 2001}, (_, i) => `${i} as c${i}`).join(", ");
  expect(places(await read(await parquet(`select ${many}`), source))).toEqual(["error too-many-columns :"]);
});

describe("false frames", () => {
  const good = () =>
    parquet(`select i as "ID", date '2024-01-01' + (i % 300)::integer as "Day", 8 as "AREA" from range(3000) r(i)`);
  const withLength = (file: Buffer, length: number) => {
    const copy = Buffer.from(file);
    copy.writeUInt32LE(length, copy.length - 8);
    return copy;
  };

  test.each<[string, (file: Buffer) => Buffer, string]>([
    ["zero bytes", () => Buffer.alloc(0), "empty-file"],
    ["the mark alone", () => Buffer.from("PAR1"), "damaged-parquet"],
    ["both marks and nothing between them", () => Buffer.from("PAR1\0\0\0\0PAR1"), "damaged-parquet"],
    ["a footer of no length", (file) => withLength(file, 0), "damaged-parquet"],
    ["a footer longer than the file", (file) => withLength(file, file.length), "damaged-parquet"],
    ["a footer of 4 GB", (file) => withLength(file, 0xffff_ffff), "damaged-parquet"],
    ["a footer that begins too late", (file) => withLength(file, 40), "damaged-parquet"],
    ["a footer that begins too early", (file) => withLength(file, file.length - 12), "damaged-parquet"],
    ["an encrypted footer", (file) => Buffer.concat([file.subarray(0, -1), Buffer.from("E")]), "damaged-parquet"],
    ["no beginning", (file) => file.subarray(1), "damaged-parquet"],
    ["cut off", (file) => file.subarray(0, -100), "damaged-parquet"],
    ["something behind it", (file) => Buffer.concat([file, Buffer.from("\n")]), "damaged-parquet"]
  ])("%s", async (_, change, code) => {
    const outcome = await read(write("a.parquet", change(readFileSync(await good()))), source);
    expect(outcome).toMatchObject({outcome: "refused", kept: 0, records: 0, diagnostics: [{code}]});
  });

  test("a byte wrong anywhere: refused, or every record accounted for, and the engine works on", async () => {
    const path = await good();
    const file = readFileSync(path);
    for (let turn = 0; turn < 150; turn++) {
      // The last fifth of them in the data, the others in the footer.
      const at = turn % 5 === 4 ? 4 + ((turn * 7919) % (file.length - 4)) : file.length - 9 - turn * 3;
      const copy = Buffer.from(file);
      copy[at] = ((copy[at] as number) + 1 + turn) & 0xff;
      const outcome = await read(write("a.parquet", copy), source);
      expect(outcome.kept + outcome.rejected).toBe(outcome.records);
      if (outcome.outcome === "refused") expect(outcome.diagnostics.length).toBeGreaterThan(0);
    }
    expect(await read(path, source)).toMatchObject({outcome: "read", kept: 3000});
  });
});
