/** A column of a Parquet file made by hand: what the engine reads and does not write itself. */
export interface PlainColumn {
  readonly name: string;
  /** Physical type by its number in the format: 2 INT64, 3 INT96, 6 BYTE_ARRAY. */
  readonly type: number;
  /** Converted type: 0 UTF8, 4 ENUM. */
  readonly converted?: number;
  /** Each value as the format writes it plainly. */
  readonly values: readonly Buffer[];
}

/** A value of BYTE_ARRAY. */
export const bytes = (text: string) => Buffer.concat([uint32(Buffer.byteLength(text)), Buffer.from(text)]);

/** A moment as INT96: nanoseconds of the day, then the Julian day. */
export function int96(iso: string): Buffer {
  const milliseconds = Date.parse(iso);
  const day = Math.floor(milliseconds / 86_400_000);
  const value = Buffer.alloc(12);
  value.writeBigUInt64LE(BigInt(milliseconds - day * 86_400_000) * 1_000_000n, 0);
  value.writeUInt32LE(day + 2_440_588, 8);
  return value;
}

/** One group of rows, one page a column, nothing packed, no nulls. */
export function parquetFileOf(columns: readonly PlainColumn[]): Buffer {
  const rows = columns[0]?.values.length ?? 0;
  const parts: Buffer[] = [Buffer.from("PAR1")];
  let offset = 4;
  const chunks = columns.map(({name, type, values}) => {
    const data = Buffer.concat(values);
    const page = struct(
      [1, i32(0)],
      [2, i32(data.length)],
      [3, i32(data.length)],
      [5, struct([1, i32(rows)], [2, i32(0)], [3, i32(3)], [4, i32(3)])]
    );
    const start = offset;
    const size = page.bytes.length + data.length;
    parts.push(page.bytes, data);
    offset += size;
    const about = struct(
      [1, i32(type)],
      [2, list(i32(0))],
      [3, list(binary(name))],
      [4, i32(0)],
      [5, i64(rows)],
      [6, i64(size)],
      [7, i64(size)],
      [9, i64(start)]
    );
    return struct([2, i64(start)], [3, about]);
  });
  const elements = columns.map(({name, type, converted}) =>
    struct(
      [1, i32(type)],
      [3, i32(0)],
      [4, binary(name)],
      ...(converted === undefined ? [] : [[6, i32(converted)] as const])
    )
  );
  const footer = struct(
    [1, i32(1)],
    [2, list(struct([4, binary("schema")], [5, i32(columns.length)]), ...elements)],
    [3, i64(rows)],
    [4, list(struct([1, list(...chunks)], [2, i64(offset)], [3, i64(rows)]))]
  ).bytes;
  return Buffer.concat([...parts, footer, uint32(footer.length), Buffer.from("PAR1")]);
}

/** A value of Thrift's compact protocol with the number of its type. */
interface Thrift {
  readonly type: number;
  readonly bytes: Buffer;
}

function varint(value: number): Buffer {
  const out: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) out.push((left % 128) | 128);
  return Buffer.from([...out, left]);
}

const i32 = (value: number): Thrift => ({type: 5, bytes: varint(2 * value)});
const i64 = (value: number): Thrift => ({type: 6, bytes: varint(2 * value)});
const binary = (text: string): Thrift => ({
  type: 8,
  bytes: Buffer.concat([varint(Buffer.byteLength(text)), Buffer.from(text)])
});

function list(...items: readonly Thrift[]): Thrift {
  const type = items[0]?.type ?? 0;
  const head =
    items.length < 15
      ? Buffer.from([(items.length << 4) | type])
      : Buffer.concat([Buffer.from([0xf0 | type]), varint(items.length)]);
  return {type: 9, bytes: Buffer.concat([head, ...items.map((item) => item.bytes)])};
}

function struct(...fields: readonly (readonly [number: number, value: Thrift])[]): Thrift {
  let last = 0;
  const parts = fields.flatMap(([number, value]) => {
    const head = Buffer.from([((number - last) << 4) | value.type]);
    last = number;
    return [head, value.bytes];
  });
  return {type: 12, bytes: Buffer.concat([...parts, Buffer.from([0])])};
}

function uint32(value: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32LE(value);
  return out;
}
