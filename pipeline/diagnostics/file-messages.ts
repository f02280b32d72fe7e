import type {Texts} from "./diagnostic.ts";
import {nearest} from "./suggest.ts";

/** A file as a whole, in whatever shape it comes: before its header and its records are looked at. */
export interface FileParameters {
  "empty-file": {bytes: number; banner?: number};
  "damaged-gzip": Record<never, never>;
  "packed-bomb": {packed: number};
  "damaged-zip": {member: string | null; problem: string};
  "zip-members": {members: readonly string[]; count: number};
  "zip-passed-over": {members: readonly string[]; count: number};
  "zip-member": {member: string; problem: string};
  "content-not-as-named": {is: string; name: string};
  "utf-16": Record<never, never>;
  "not-utf-8": Record<never, never>;
  "not-utf-16": {found: string};
  "not-windows-1252": {found: string};
  "seems-utf-8": Record<never, never>;
  "nul-byte": Record<never, never>;
  "damaged-parquet": {problem: string};
  "damaged-workbook": {problem: string};
  "sheet-not-found": {sheet: string; sheets: readonly string[]};
  "workbook-too-large": {what: string; most: number};
  "merged-cells": {count: number; first: string};
  "cells-beyond-header": {cells: number; column: string};
  "unfit-type": {column: string; type: string};
  "unknown-file-kind": {name: string};
}

export const fileTexts: Texts<FileParameters> = {
  "empty-file": ({bytes, banner = 0}) => ({
    message: "The file is empty",
    found:
      bytes === 0
        ? "0 bytes"
        : `${bytes} bytes, no line with text${banner === 0 ? "" : ` below the banner of ${banner}`}`,
    expected: "a header and records",
    fix: "Ask for the extract again; nothing was delivered."
  }),
  "damaged-gzip": () => ({
    message: "Can't unpack the file: it is damaged or cut off",
    expected: "a whole .gz file",
    fix: "Copy or download it again."
  }),
  "packed-bomb": ({packed}) => ({
    message: "The file is too large for what it is packed in, and is not unpacked further",
    found: `more than 1 GiB and more than 200 times its packed size of ${count(packed, "byte")}`,
    fix: "Ask where it was made; if it is honest, deliver it unpacked."
  }),
  "damaged-zip": ({member, problem}) => ({
    message: "Can't unpack the file",
    found: member === null ? `it ${problem}` : `"${member}" ${problem}`,
    fix: "Copy or download it again."
  }),
  "zip-members": ({members, count: number}) => ({
    message: "A .zip must hold exactly one file",
    found: number === 0 ? "none" : listed(members, number),
    expected: "one .csv or .parquet file",
    fix: "Unpack it, and load the files by themselves."
  }),
  "zip-passed-over": ({members, count: number}) => ({
    message: "What macOS puts into a .zip beside the file is passed over",
    found: listed(members, number)
  }),
  "zip-member": ({member, problem}) => ({
    message: "What the .zip holds must not be read",
    found: `"${member}" ${problem}`,
    expected: "one .csv or .parquet file, not encrypted",
    fix: "Ask where it was made; nothing of it was unpacked."
  }),
  "content-not-as-named": ({is, name}) => ({
    message: "The file is not what its name says",
    found: is,
    expected: `what "${name}" says by its ending`,
    fix: is.includes("password")
      ? 'Open it in Excel, take off the password if it has one, and save it as "Excel Workbook (.xlsx)".'
      : "Give it the ending of what it is, or save it anew; what is packed twice must be unpacked first."
  }),
  "utf-16": () => ({
    message: "The file must be UTF-8",
    found: "a byte order mark of UTF-16",
    fix: 'Save it as "CSV UTF-8"; or, if it always comes so, declare csv: {encoding: utf-16} in the source.'
  }),
  "not-utf-8": () => ({
    message: "The file must be UTF-8",
    found: "bytes that are no UTF-8 character",
    fix: 'Save it as "CSV UTF-8"; or, if it always comes so from Windows, declare csv: {encoding: windows-1252} in the source.'
  }),
  "not-utf-16": ({found}) => ({
    message: "The file must be UTF-16, as its source declares",
    found,
    expected: "UTF-16 with a byte order mark, or little-endian without one",
    fix: "Declare the csv encoding that the file has, or ask for the extract as before."
  }),
  "not-windows-1252": ({found}) => ({
    message: "The file must be Windows-1252, as its source declares",
    found,
    fix: "Declare the csv encoding that the file has, or ask for the extract as before."
  }),
  "seems-utf-8": () => ({
    message: "The file seems to be UTF-8 and is read as Windows-1252, as its source declares",
    found: "characters beyond ASCII, all of them well-formed UTF-8",
    fix: "Look at such a value; if it is garbled, declare csv: {encoding: utf-8} and load the file again."
  }),
  "nul-byte": () => ({
    message: "The file must be text",
    found: "a zero byte",
    fix: "The file is damaged or not a text file; ask for it again."
  }),
  "damaged-parquet": ({problem}) => ({
    message: "Can't read the file as Parquet",
    found: problem,
    fix: "Copy or download it again, or ask for the extract again."
  }),
  "damaged-workbook": ({problem}) => ({
    message: "Can't read the file as an Excel workbook",
    found: problem,
    fix: 'Open it and save it anew as "Excel Workbook (.xlsx)", or ask for the extract again.'
  }),
  "sheet-not-found": ({sheet, sheets}) => {
    const near = nearest(sheet, sheets);
    return {
      message: `The workbook must have the sheet "${sheet}"`,
      found: sheets.map((name) => `"${name}"`).join(", "),
      fix:
        near === null ? "Declare its name: excel: {sheet: ...}." : `Is it "${near}" now? Declare: excel: {sheet: ...}.`
    };
  },
  "workbook-too-large": ({what, most}) => ({
    message: "The workbook is too large to be read",
    found: `more than ${most.toLocaleString("en-US")} ${what}`,
    fix: 'Save the sheet as "CSV UTF-8".'
  }),
  "merged-cells": ({count: number, first}) => ({
    message: `${number === 1 ? "a range of merged cells holds" : `${number} ranges of merged cells hold`} one value each; the other cells are empty`,
    found: first,
    fix: "Unmerge them where each row should have the value."
  }),
  "cells-beyond-header": ({cells, column}) => ({
    message: `${count(cells, "cell")} beside the table ${cells === 1 ? "is" : "are"} not read`,
    found: `column ${column} and beyond, without a header`
  }),
  "unfit-type": ({column, type}) => ({
    message: `${column} can't be made from a Parquet column of type ${type}`,
    fix: "Write it as text, a number, a date or a time without a zone."
  }),
  "unknown-file-kind": ({name}) => ({
    message: `Can't tell how to read "${name}"`,
    expected: "a name that ends in .csv, .csv.gz, .zip, .parquet or .xlsx",
    fix: /\.(xls|xlsb|xlsm|ods)$/i.test(name) ? 'Save it as "Excel Workbook (.xlsx)" or as "CSV UTF-8".' : undefined
  })
};

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}

/** listed(["a.csv", "b.csv"], 7) //=> '7: "a.csv", "b.csv" and 5 more' */
function listed(members: readonly string[], all: number): string {
  const more = all - members.length;
  return `${all}: ${members.map((name) => `"${name}"`).join(", ")}${more === 0 ? "" : ` and ${more} more`}`;
}
