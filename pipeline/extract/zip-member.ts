import {stat} from "node:fs/promises";
import {complain} from "../diagnostics/messages.ts";
import {extractKind} from "./file-bytes.ts";
import {UnpackedBytes} from "./unpacked-bytes.ts";
import {Unreadable} from "./unreadable.ts";
import {openZip, ZipError} from "./zip-archive.ts";

/** The only file of a .zip. */
export interface ZipMember {
  readonly kind: "csv" | "parquet";
  readonly bytes: AsyncIterable<Buffer>;
  readonly close: () => void;
}

/** So many names are told. */
const toldMembers = 5;

/**
 * The one file that a .zip holds, in whatever folder; its name only says what it is.
 *
 * @param file How messages name the .zip.
 * @throws Unreadable where there is none or more, or it is no CSV or Parquet file. ZipError, PackedBomb.
 */
export async function openMember(path: string, file: string): Promise<ZipMember> {
  const zip = await openZip(path, new UnpackedBytes((await stat(path)).size));
  const [member] = zip.members;
  const kind = member === undefined ? null : extractKind(member);
  try {
    if (member === undefined || zip.members.length > 1) {
      const members = zip.members.slice(0, toldMembers);
      throw new Unreadable(complain("zip-members", {file}, {members, count: zip.members.length}));
    }
    if (kind !== "csv" && kind !== "parquet") {
      throw new ZipError("unsafe", member, "is not a .csv or .parquet file by its name");
    }
    return {kind, bytes: zip.read(member), close: () => zip.close()};
  } catch (error) {
    zip.close();
    throw error;
  }
}
