import {closeSync, openSync, writeSync} from "node:fs";
import type {Diagnostic, Severity} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {RejectReason} from "./contract.ts";
import type {CellFault, FoundPlace, RecordFault} from "./places.ts";
import {rejectReasons, type StageColumn} from "./stage.ts";

/** What stands in place of a value that nobody may see. */
export const withheld = "(withheld)";

/** Characters gathered before they are written; ten times as many cost twice the time, all of it garbage collection. */
const blockLength = 65_536;

/** So many of one reason are told one by one; the rest are in the file. */
const shownOfOneReason = 5;

/** Rejects go to a file as they come; the first few of each reason are kept as diagnostics. */
export class RejectsFile {
  readonly #output: number;
  readonly #name: string;
  #block = "line,column,record,reason,column_name,value,expected\n";
  readonly #shown: {readonly fault: CellFault | RecordFault; readonly place: FoundPlace}[] = [];
  readonly #counts = new Map<RejectReason, number>();

  /** @param name How messages name the extract. */
  constructor(path: string, name: string) {
    // Readable by its owner only: it holds values as they came.
    this.#output = openSync(path, "w", 0o600);
    this.#name = name;
  }

  /** @param place Its value is as it stands in the file; it is left out where it must be withheld. */
  add(fault: CellFault | RecordFault, place: FoundPlace): void {
    const {record, reason, of, expected} = fault;
    const count = (this.#counts.get(reason) ?? 0) + 1;
    this.#counts.set(reason, count);
    if (count <= shownOfOneReason) this.#shown.push({fault, place});
    const value = of === null || of.withheld ? withheld : place.value;
    this.#block += `${place.line ?? ""},${place.column ?? ""},${record},${reason},`;
    this.#block += `${cell(of?.column ?? "")},${cell(value)},${cell(expected)}\n`;
    if (this.#block.length > blockLength) this.#flush();
  }

  /** Closes the file. */
  close(): void {
    this.#flush();
    closeSync(this.#output);
  }

  /** By reason in order, at most five of one and a line for the rest. */
  diagnostics(severity: Severity): Diagnostic[] {
    return rejectReasons.flatMap((reason) => {
      const shown = this.#shown.filter(({fault}) => fault.reason === reason);
      const more = (this.#counts.get(reason) ?? 0) - shown.length;
      return [
        ...shown.map(({fault, place}) => describe(fault, place, this.#name, severity)),
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
function describe(fault: CellFault | RecordFault, found: FoundPlace, file: string, severity: Severity): Diagnostic {
  const {record, reason, of, expected} = fault;
  const place = {file, line: found.line ?? undefined, column: found.column ?? undefined};
  if (of === null) {
    return fault.fields === undefined
      ? complain("text-after-quote", place, {record}, severity)
      : complain("wrong-field-count", place, {record, ...fault.fields}, severity);
  }
  if (reason === "missing_value") return complain("missing-value", place, {record, column: of.column}, severity);
  const code = reason.replaceAll("_", "-") as
    | "unreadable-value"
    | "unknown-segment"
    | "date-in-future"
    | "outside-coverage"
    | "check-failed"
    | "repeated-key";
  return complain(code, place, {record, column: of.column, value: shownValue(found.value, of), expected}, severity);
}

/** A spreadsheet would run a text that begins with one of these as a formula. */
function cell(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
