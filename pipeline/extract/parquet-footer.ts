import {open} from "node:fs/promises";

/** Of the footer: a file of 2,000 columns in a thousand groups of rows has less. */
const mostFooterBytes = 256 * 2 ** 20;

const magic = "PAR1";

/**
 * What is wrong with the frame of a Parquet file, or null when nothing is: the engine would trust the length that the
 * last bytes say, and answers a false one with words about its own insides.
 */
export async function footerProblem(path: string): Promise<string | null> {
  const file = await open(path, "r");
  try {
    const {size} = await file.stat();
    if (size < 12) return `${size} bytes: a Parquet file has more`;
    const head = Buffer.alloc(4);
    const tail = Buffer.alloc(8);
    await file.read(head, 0, 4, 0);
    await file.read(tail, 0, 8, size - 8);
    const ends = tail.toString("latin1", 4);
    if (ends === "PARE") return "its footer is encrypted";
    if (head.toString("latin1") !== magic) return "it does not begin as a Parquet file";
    if (ends !== magic) return "it does not end as a Parquet file: it is cut off, or still being written";
    const footer = tail.readUInt32LE(0);
    if (footer === 0 || footer > size - 12) return "its footer says a length that the file has no room for";
    return footer > mostFooterBytes ? "its footer is larger than any honest one" : null;
  } finally {
    await file.close();
  }
}
