import {excelSerial} from "../calendar/date-format.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {type Cell, columnLetters, dateCell, daysFrom1900To1904} from "./cell-value.ts";
import type {ExtractRequest} from "./contract.ts";
import {PlainCsvFile} from "./engine-csv.ts";
import {type HeaderMatch, matchHeader, mostColumns} from "./header.ts";
import type {MergedCells, SheetRow} from "./sheet-rows.ts";
import type {StageColumn} from "./stage.ts";
import {stageColumns} from "./stage-columns.ts";

/** One letter a cell, beside its text: an error can't be read as anything, a day needs no format. */
export const cellKinds = {text: "t", number: "n", day: "d", error: "e"} as const satisfies Record<Cell["kind"], string>;

/**
 * The rows of a sheet as a table: the first row with something in it below the banner is the header, each one below it
 * a record. Wanted cells are written out for the engine as they come: number of the record, number of the row, then
 * kind and text of each cell.
 */
export class SheetTable {
  /** See `SheetParts`; to be said before the first row. */
  from1904 = false;
  /** Null until the header was read, or where it can't be taken for one (`fault`). */
  match: HeaderMatch | null = null;
  fault: Diagnostic | null = null;
  columns: readonly StageColumn[] = [];
  headerRow: number | undefined;
  records = 0;
  readonly #request: ExtractRequest;
  readonly #banner: number;
  readonly #output: PlainCsvFile;
  #width = 0;
  #beyond = {cells: 0, column: Number.POSITIVE_INFINITY};
  #merged: MergedCells[] = [];
  #mergedCount = 0;
  /** Columns whose numbers are days, in a workbook that counts them from 1904. */
  #serialColumns: ReadonlySet<string> = new Set();

  constructor(request: ExtractRequest, banner: number, path: string) {
    this.#request = request;
    this.#banner = banner;
    this.#output = new PlainCsvFile(path);
  }

  add(row: SheetRow): void {
    if (row.number <= this.#banner || [...row.cells.values()].every(({text}) => text.trim() === "")) return;
    if (this.headerRow === undefined) this.#readHeader(row);
    else this.#addRecord(row);
  }

  /** Merged cells stand behind all rows of a sheet. Those above the table are its title. */
  addMerged(merged: MergedCells): void {
    if (this.headerRow === undefined || merged.lastRow < this.headerRow) return;
    this.#mergedCount++;
    if (this.#merged.length === 0) this.#merged.push(merged);
  }

  warnings(): Diagnostic[] {
    const {name: file} = this.#request;
    const {cells, column} = this.#beyond;
    const [first] = this.#merged;
    return [
      ...(first === undefined
        ? []
        : [complain("merged-cells", {file}, {count: this.#mergedCount, first: first.range}, "warning")]),
      ...(cells === 0
        ? []
        : [complain("cells-beyond-header", {file}, {cells, column: columnLetters(column)}, "warning")])
    ];
  }

  flush(): void {
    this.#output.flush();
  }

  close(): void {
    this.#output.close();
  }

  #readHeader({number, cells}: SheetRow): void {
    const {name: file, source} = this.#request;
    this.headerRow = number;
    this.#width = Math.max(...cells.keys());
    if (this.#width > mostColumns) {
      const place = {file, line: number, column: 1};
      this.fault = complain("too-many-columns", place, {columns: this.#width, most: mostColumns});
      return;
    }
    const names = Array.from({length: this.#width}, (_, i) => cells.get(i + 1)?.text ?? "");
    const match = matchHeader(source, names, (position) => ({file, line: number, column: position ?? 1}));
    this.match = match;
    this.columns = stageColumns(this.#request, match, {plain: false});
    const serial = ({column}: StageColumn) => source.columns[column]?.formats?.includes(excelSerial) === true;
    this.#serialColumns = new Set(this.from1904 ? this.columns.filter(serial).map((column) => column.column) : []);
  }

  #addRecord({number, cells}: SheetRow): void {
    this.records++;
    for (const column of cells.keys()) {
      if (column <= this.#width) continue;
      this.#beyond.cells++;
      this.#beyond.column = Math.min(this.#beyond.column, column);
    }
    this.#output.add(
      [this.records, number],
      this.columns.flatMap(({column, position}) => {
        const cell = cells.get(position);
        if (cell === undefined) return ["", ""];
        const {kind, text} =
          cell.kind === "number" && this.#serialColumns.has(column)
            ? dateCell(cell.text, "day", daysFrom1900To1904)
            : cell;
        return [cellKinds[kind], text];
      })
    );
  }
}
