import type {Readable} from "node:stream";
import {crc32} from "node:zlib";
import type {Entry, ZipFile} from "yauzl";
import yauzl from "yauzl";
import type {UnpackedBytes} from "./unpacked-bytes.ts";

/** A zip file that can't be read, or that must not be; `problem` ends a sentence about the file or the member. */
export class ZipError extends Error {
  readonly kind: "damaged" | "unsafe" | "encrypted";
  /** The member at fault, null where it is the archive. */
  readonly member: string | null;
  readonly problem: string;

  constructor(kind: ZipError["kind"], member: string | null, problem: string) {
    super(problem);
    this.name = "ZipError";
    this.kind = kind;
    this.member = member;
    this.problem = problem;
  }
}

/**
 * An open zip file, read by its directory. Nothing of it is ever written under a name of its own.
 */
export interface ZipArchive {
  /** Names of its files in the order of the directory, without folders; at most `mostMembers`. */
  readonly members: readonly string[];
  /** Unpacked bytes of a member, as the archive says; 0 where it has none of that name. */
  size(member: string): number;
  /**
   * The bytes of a member, unpacked and held against its size and check sum.
   *
   * @throws ZipError where it is damaged, encrypted or no plain file. PackedBomb where it is too large for what it is packed in.
   */
  read(member: string): AsyncIterable<Buffer>;
  close(): void;
}

/** More are not listed: a workbook has some dozens, and an extract one. */
export const mostMembers = 1000;

/**
 * @param unpacked Counts what comes out of it.
 * @throws ZipError where it is none or its directory is damaged, or a name in it leads out of a folder.
 */
export async function openZip(path: string, unpacked: UnpackedBytes): Promise<ZipArchive> {
  const zip = await archive(() => yauzl.openPromise(path, {autoClose: false, strictFileNames: true}));
  const entries = new Map<string, Entry>();
  try {
    await archive(async () => {
      for await (const entry of zip.eachEntry()) {
        if (entry.fileName.endsWith("/")) continue;
        if (entries.has(entry.fileName)) throw new ZipError("damaged", entry.fileName, "is in it twice");
        entries.set(entry.fileName, entry);
        if (entries.size === mostMembers) return;
      }
    });
  } catch (error) {
    zip.close();
    throw error;
  }
  return {
    members: [...entries.keys()],
    size: (member) => entries.get(member)?.uncompressedSize ?? 0,
    read: (member) => readEntry(zip, entries.get(member), member, unpacked),
    close: () => zip.close()
  };
}

async function* readEntry(
  zip: ZipFile,
  entry: Entry | undefined,
  member: string,
  unpacked: UnpackedBytes
): AsyncGenerator<Buffer> {
  if (entry === undefined) throw new ZipError("damaged", member, "is not in it");
  if (entry.isEncrypted()) throw new ZipError("encrypted", member, "is encrypted");
  if (!isPlainFile(entry)) throw new ZipError("unsafe", member, "is a link or a device, not a file");
  if (!entry.canDecodeFileData()) throw new ZipError("damaged", member, "is packed by a method that can't be read");
  unpacked.expect(entry.uncompressedSize);
  let stream: Readable | null = null;
  let sum = 0;
  try {
    stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      unpacked.add(chunk.length);
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    throw asZipError(error, member);
  } finally {
    stream?.destroy();
  }
  if (sum !== entry.crc32) throw new ZipError("damaged", member, "is damaged: its check sum is another");
}

/** What a file is on the system that packed it, where that says so. */
function isPlainFile({versionMadeBy, externalFileAttributes}: Entry): boolean {
  const unix = versionMadeBy >>> 8 === 3;
  const type = (externalFileAttributes >>> 16) & 0o170000;
  return !unix || type === 0 || type === 0o100000;
}

async function archive<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asZipError(error, null);
  }
}

/** The library says what is wrong in plain errors without a code; those of the disk have one. */
function asZipError(error: unknown, member: string | null): unknown {
  if (!(error instanceof Error) || error.name !== "Error") return error;
  const {code} = error as NodeJS.ErrnoException;
  if (code !== undefined && !code.startsWith("Z_")) return error;
  const name = /^(absolute path|invalid relative path|invalid characters in fileName): (.*)$/s.exec(error.message);
  if (name !== null) return new ZipError("unsafe", name[2] as string, "is a path that leads out of its folder");
  return new ZipError("damaged", member, `is damaged or no zip file: ${error.message}`);
}
