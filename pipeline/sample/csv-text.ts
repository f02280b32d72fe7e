import {csvCells} from "./report-lines.ts";
import type {Cell, SampleExtract} from "./world.ts";

/** A file's text, piece by piece, and after it was read to its end the number of its records. */
export interface ExtractText {
  readonly file: string;
  readonly text: Iterable<string>;
  readonly rows: () => number;
}

/** Some pages at a time: a record alone is too little for the disk. */
const recordsOfPiece = 500;

/** The extract as CSV; an empty cell for null, Y and N for true and false. */
export function csvText({file, header, records}: SampleExtract): ExtractText {
  let count = 0;
  const text = (function* () {
    let piece = `${csvCells(...header)}\n`;
    for (const record of records) {
      if (record.length !== header.length) {
        throw new Error(`Record ${count + 1} of ${file} has ${record.length} cells, and its header ${header.length}`);
      }
      piece += `${csvCells(...record.map(written))}\n`;
      count++;
      if (count % recordsOfPiece > 0) continue;
      yield piece;
      piece = "";
    }
    yield piece;
  })();
  return {file, text, rows: () => count};
}

function written(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "boolean") return cell ? "Y" : "N";
  return String(cell);
}
