import {closeSync, openSync, writeSync} from "node:fs";
import type {Diagnostic, Severity} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {RejectReason} from "./contract.ts";
import {rejectReasons, type StageColumn} from "./stage.ts";

/** What stands in place of a value that nobody may see. */
export const withheld = "(withheld)";

/** So many of one reason are told one by one; the rest are in the file. */
const shownOfOneReason = 5;

/** One reject, its place null where the file has no lines. */
export interface Reject {
  readonly record: number;
  readonly line: number | null;
  /** In characters, from 1. */
  readonly column: number | null;
  readonly reason: RejectReason;
  /** Null where the whole record is at fault. */
  readonly of: StageColumn | null;
  /** As it stands in the file; ignored where it must be withheld. */
  readonly value: string;
  readonly expected: string;
  /** Of a wrong field count. */
  readonly fields?: {readonly found: number; readonly expected: number} | undefined;
}

/** Rejects go to a file as they come; the first few of each reason are kept as diagnostics. */
export class RejectsFile {
  readonly #output: number;
  readonly #name: string;
  #block = "line,column,record,reason,column_name,value,expected\n";
  readonly #shown: Reject[] = [];
  readonly #counts = new Map<RejectReason, number>();

  /** @param name How messages name the extract. */
  constructor(path: string, name: string) {
    // Readable by its owner only: it holds values as they came.
    this.#output = openSync(path, "w", 0o600);
    this.#name = name;
  }

  add(reject: Reject): void {
    const count = (this.#counts.get(reject.reason) ?? 0) + 1;
    this.#counts.set(reject.reason, count);
    if (count <= shownOfOneReason) this.#shown.push(reject);
    const {line, column, record, reason, of} = reject;
    const value = of === null || of.withheld ? withheld : reject.value;
    this.#block += `${[line ?? "", column ?? "", record, reason, of?.column ?? "", value, reject.expected].map(cell).join(",")}\n`;
    if (this.#block.length > 1e6) this.#flush();
  }

  /** Closes the file. */
  close(): void {
    this.#flush();
    closeSync(this.#output);
  }

  /** By reason in order, at most five of one and a line for the rest. */
  diagnostics(severity: Severity): Diagnostic[] {
    return rejectReasons.flatMap((reason) => {
      const shown = this.#shown.filter((reject) => reject.reason === reason);
      const more = (this.#counts.get(reason) ?? 0) - shown.length;
      return [
        ...shown.map((reject) => describe(reject, this.#name, severity)),
        ...(more > 0 ? [complain("more-rejects", {file: this.#name}, {reason, more}, severity)] : [])
      ];
    });
  }

  #flush(): void {
    writeSync(this.#output, this.#block);
    this.#block = "";
  }
}

/** A cell's value for a message: in quotes, control characters escaped, not longer than a line; or withheld. */
export function shownValue(value: string, of: StageColumn): string {
  if (of.withheld) return withheld;
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 79)}…` : value).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`
  );
}

/** The frame would show the rest of the record, so a place has no text: the value alone stands under `found`. */
function describe(reject: Reject, file: string, severity: Severity): Diagnostic {
  const {record, reason, of, expected, fields} = reject;
  const place = {file, line: reject.line ?? undefined, column: reject.column ?? undefined};
  if (of === null) {
    return reason === "wrong_field_count" && fields !== undefined
      ? complain("wrong-field-count", place, {record, ...fields}, severity)
      : complain("text-after-quote", place, {record}, severity);
  }
  if (reason === "missing_value") return complain("missing-value", place, {record, column: of.column}, severity);
  const code = reason.replaceAll("_", "-") as
    | "unreadable-value"
    | "unknown-segment"
    | "date-in-future"
    | "outside-coverage"
    | "repeated-key";
  return complain(code, place, {record, column: of.column, value: shownValue(reject.value, of), expected}, severity);
}

/** A spreadsheet would run a text that begins with one of these as a formula. */
function cell(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
