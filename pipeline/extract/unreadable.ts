import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {isDamagedGzip, OtherContent} from "./file-bytes.ts";
import {PackedBomb} from "./unpacked-bytes.ts";
import {WorkbookError} from "./workbook-error.ts";
import {ZipError} from "./zip-archive.ts";

/** Why nothing of a file can be read, said where it was found: its records were not even counted. */
export class Unreadable extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.name = "Unreadable";
    this.diagnostic = diagnostic;
  }
}

/** What is wrong with a file that could not be read, or null when the error says nothing of the file. */
export function complaintOf(error: unknown, file: string): Diagnostic | null {
  if (error instanceof Unreadable) return error.diagnostic;
  if (error instanceof OtherContent) return complain("content-not-as-named", {file}, {is: error.is, name: file});
  if (error instanceof PackedBomb) return complain("packed-bomb", {file}, {packed: error.packed});
  if (error instanceof ZipError) {
    const {kind, member, problem} = error;
    if (kind === "damaged") return complain("damaged-zip", {file}, {member, problem});
    return complain("zip-member", {file}, {member: member ?? "", problem});
  }
  if (error instanceof WorkbookError) return complain("damaged-workbook", {file}, {problem: error.problem});
  return isDamagedGzip(error) ? complain("damaged-gzip", {file}, {}) : null;
}
