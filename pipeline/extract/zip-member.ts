import {stat} from "node:fs/promises";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {extractKind} from "./file-bytes.ts";
import {UnpackedBytes} from "./unpacked-bytes.ts";
import {Unreadable} from "./unreadable.ts";
import {mostMembers, openZip, ZipError} from "./zip-archive.ts";

/** The only file of a .zip. */
export interface ZipMember {
  readonly kind: "csv" | "parquet";
  readonly bytes: AsyncIterable<Buffer>;
  /** What stands beside it and is not read. */
  readonly notes: readonly Diagnostic[];
  readonly close: () => void;
}

/** So many names are told. */
const toldMembers = 5;

/** What the Finder of macOS puts into every .zip beside the files themselves. */
const besideFiles = /^__MACOSX\/|(^|\/)\.DS_Store$/;

/**
 * The one file that a .zip holds, in whatever folder; its name only says what it is.
 *
 * @param file How messages name the .zip.
 * @throws Unreadable where there is none or more, or it is no CSV or Parquet file. ZipError, PackedBomb.
 */
export async function openMember(path: string, file: string): Promise<ZipMember> {
  const zip = await openZip(path, new UnpackedBytes((await stat(path)).size));
  const besides = zip.members.filter((name) => besideFiles.test(name));
  const files = zip.members.filter((name) => !besideFiles.test(name));
  const [member] = files;
  const kind = member === undefined ? null : extractKind(member);
  try {
    // Of so many not all are listed: another file may be among the others.
    if (member === undefined || files.length > 1 || zip.members.length >= mostMembers) {
      const told = files.length > 1 ? files : zip.members;
      throw new Unreadable(complain("zip-members", {file}, {members: told.slice(0, toldMembers), count: told.length}));
    }
    if (kind !== "csv" && kind !== "parquet") {
      throw new ZipError("unsafe", member, "is not a .csv or .parquet file by its name");
    }
    const passedOver = {members: besides.slice(0, toldMembers), count: besides.length};
    const notes = besides.length === 0 ? [] : [complain("zip-passed-over", {file}, passedOver, "note")];
    return {kind, bytes: zip.read(member), notes, close: () => zip.close()};
  } catch (error) {
    zip.close();
    throw error;
  }
}
