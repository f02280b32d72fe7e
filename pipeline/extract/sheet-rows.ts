import {type Cell, cellPlace, dateCell, daysFrom1900To1904, numberCell} from "./cell-value.ts";
import {longestRecord} from "./record-splitter.ts";
import {RichText} from "./shared-strings.ts";
import type {SheetParts} from "./workbook.ts";
import {WorkbookError} from "./workbook-error.ts";
import {readXml} from "./xml-events.ts";

/** A sheet has no more, by the format. */
const last = {row: 1_048_576, column: 16_384};

/** One row with something in it, hidden or not. */
export interface SheetRow {
  /** From 1, as the sheet numbers it. */
  readonly number: number;
  /** By column from 1; cells with nothing in them are left out. */
  readonly cells: ReadonlyMap<number, Cell>;
}

/** A range of merged cells, of which the first alone has a value. */
export interface MergedCells {
  /** As the sheet writes it: `A1:C1`. */
  readonly range: string;
  readonly lastRow: number;
}

/**
 * Reads the rows of a sheet in order. Formulas are never evaluated: what counts is the value that was stored with them.
 *
 * @param bytes Of the part that holds the sheet.
 * @throws WorkbookError where it is no sheet as it should be. What `onRow` throws.
 */
export async function readRows(
  parts: SheetParts,
  bytes: AsyncIterable<Buffer>,
  onRow: (row: SheetRow) => void,
  onMerged: (merged: MergedCells) => void
): Promise<void> {
  const reader = new RowReader(parts, onRow, onMerged);
  await readXml(parts.sheet, bytes, reader);
  if (!reader.complete) throw new WorkbookError(`${parts.sheet} holds no table of cells`);
}

class RowReader {
  /** The table of cells was there, and ended. */
  complete = false;
  readonly #parts: SheetParts;
  readonly #onRow: (row: SheetRow) => void;
  readonly #onMerged: (merged: MergedCells) => void;
  #inTable = false;
  #row = 0;
  #column = 0;
  #cells = new Map<number, Cell>();
  /** Characters of the present row. */
  #length = 0;
  #type = "n";
  #style = 0;
  #value: string | null = null;
  #inValue = false;
  #hasFormula = false;
  #inline = new RichText();

  constructor(parts: SheetParts, onRow: (row: SheetRow) => void, onMerged: (merged: MergedCells) => void) {
    this.#parts = parts;
    this.#onRow = onRow;
    this.#onMerged = onMerged;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "sheetData") this.#inTable = true;
    else if (name === "mergeCell") this.#addMerged(attributes.ref ?? "");
    else if (!this.#inTable) return;
    else if (name === "row") this.#openRow(attributes.r);
    else if (name === "c") this.#openCell(attributes);
    else if (name === "v") {
      this.#inValue = true;
      this.#value ??= "";
    } else if (name === "f") this.#hasFormula = true;
    else this.#inline.open(name);
  }

  text(text: string): void {
    if (!this.#inTable) return;
    if (this.#inValue) {
      this.#value += text;
      this.#grow(text.length);
    } else this.#grow(this.#inline.add(text));
  }

  close(name: string): void {
    if (!this.#inTable) return;
    if (name === "v") this.#inValue = false;
    else if (name === "c") this.#closeCell();
    else if (name === "row") {
      if (this.#cells.size > 0) this.#onRow({number: this.#row, cells: this.#cells});
    } else if (name === "sheetData") {
      this.#inTable = false;
      this.complete = true;
    } else this.#inline.close(name);
  }

  #openRow(number: string | undefined): void {
    const row = number === undefined ? this.#row + 1 : Number(number);
    if (!Number.isInteger(row) || row > last.row) throw this.#damaged(`has a row ${number ?? row}`);
    if (row <= this.#row) throw this.#damaged(`has row ${row} after row ${this.#row}`);
    this.#row = row;
    this.#column = 0;
    this.#cells = new Map();
    this.#length = 0;
  }

  #openCell({r, t, s}: Readonly<Record<string, string>>): void {
    const place = r === undefined ? {row: this.#row, column: this.#column + 1} : cellPlace(r);
    if (place === null || place.row !== this.#row || place.column > last.column || place.column <= this.#column) {
      throw this.#damaged(`has a cell ${r ?? ""} out of place in row ${this.#row}`);
    }
    this.#column = place.column;
    this.#type = t ?? "n";
    this.#style = Number(s ?? 0);
    this.#value = null;
    this.#hasFormula = false;
  }

  #closeCell(): void {
    const inline = this.#inline.take();
    const cell = this.#type === "inlineStr" ? text(inline) : this.#valueCell();
    if (cell !== null && (cell.text !== "" || cell.kind === "error")) this.#cells.set(this.#column, cell);
  }

  /** Null where the cell has no value. */
  #valueCell(): Cell | null {
    const value = this.#value ?? "";
    switch (this.#type) {
      case "s":
        return value === "" ? null : text(this.#sharedString(value));
      case "str":
        return text(value);
      case "b":
        return value === "" ? null : {text: value === "0" ? "FALSE" : "TRUE", kind: "text"};
      case "e":
        return {text: value === "" ? "#VALUE!" : value, kind: "error"};
      case "d":
        return /^\d{4}-\d\d-\d\d/.test(value) ? {text: value.replace("T", " "), kind: "day"} : text(value);
      case "n": {
        if (value === "") return this.#hasFormula ? {text: "(a formula without a value)", kind: "error"} : null;
        const style = this.#parts.dateStyle(this.#style);
        return style === null
          ? numberCell(value)
          : dateCell(value, style, this.#parts.from1904 ? daysFrom1900To1904 : 0);
      }
      default:
        throw this.#damaged(`has a cell of type ${JSON.stringify(this.#type)}`);
    }
  }

  #sharedString(index: string): string {
    const found = this.#parts.strings.at(Number(index));
    if (found === undefined) throw this.#damaged(`refers to a text that is not there, in row ${this.#row}`);
    this.#grow(found.length);
    return found;
  }

  #grow(characters: number): void {
    this.#length += characters;
    if (this.#length > longestRecord)
      throw this.#damaged(`has more than ${longestRecord} characters in row ${this.#row}`);
  }

  #addMerged(range: string): void {
    const end = cellPlace(range.split(":")[1] ?? range);
    if (end !== null) this.#onMerged({range, lastRow: end.row});
  }

  #damaged(problem: string): WorkbookError {
    return new WorkbookError(`${this.#parts.sheet} ${problem}`);
  }
}

/** A zero character can't be kept, and no program shows one. */
function text(value: string): Cell {
  return value.includes("\0") ? {text: value.replaceAll("\0", ""), kind: "error"} : {text: value, kind: "text"};
}
