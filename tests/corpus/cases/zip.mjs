import {deflateRawSync} from "node:zlib";

/** A zip as anybody's program writes it, and as nobody's does: every field can be said wrong. */

const table = Array.from({length: 256}, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff];
  return (crc ^ 0xffffffff) >>> 0;
}

function fields(...parts) {
  const bytes = Buffer.alloc(parts.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of parts) {
    bytes.writeUIntLE(value, at, size);
    at += size;
  }
  return bytes;
}

/** 1 January 2024, in the form of MS-DOS. */
const day = ((2024 - 1980) << 9) | (1 << 5) | 1;

/**
 * @param members {name, bytes, crc?, flags?, method?, size?, attributes?}: what is said wrongly, where it is given.
 */
export function zip(...members) {
  const bodies = [];
  const directory = [];
  let offset = 0;
  for (const {
    name,
    bytes,
    stored = false,
    crc = crc32(bytes),
    flags = 0x800,
    method = stored ? 0 : 8,
    ...wrong
  } of members) {
    const path = Buffer.from(name);
    const body = stored ? Buffer.from(bytes) : deflateRawSync(bytes, {level: 9});
    const size = wrong.size ?? bytes.length;
    const common = [
      [2, flags],
      [2, method],
      [2, 0],
      [2, day],
      [4, crc],
      [4, body.length],
      [4, size],
      [2, path.length],
      [2, 0]
    ];
    bodies.push(fields([4, 0x04034b50], [2, 20], ...common), path, body);
    directory.push(
      fields(
        [4, 0x02014b50],
        [2, 0x031e],
        [2, 20],
        ...common,
        [2, 0],
        [2, 0],
        [2, 0],
        [4, wrong.attributes ?? 0],
        [4, offset]
      ),
      path
    );
    offset += 30 + path.length + body.length;
  }
  const listed = Buffer.concat(directory);
  const end = fields(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, members.length],
    [2, members.length],
    [4, listed.length],
    [4, offset],
    [2, 0]
  );
  return Buffer.concat([...bodies, listed, end]);
}
