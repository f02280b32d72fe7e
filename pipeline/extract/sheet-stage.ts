import {join} from "node:path";
import type {Source} from "../config/source.ts";
import type {Engine} from "../warehouse/engine.ts";
import {quoteLiteral} from "../warehouse/sql.ts";
import {trimmed} from "./column-typing.ts";
import {readRecords} from "./csv-records.ts";
import {readCsv} from "./engine-csv.ts";
import type {FindPlaces, FoundPlace} from "./places.ts";
import {recordFields} from "./record-fields.ts";
import {cellKinds} from "./sheet-table.ts";
import {type Stage, type StageColumn, writeStage} from "./stage.ts";

/** Types the cells that `SheetTable` wrote out. */
export async function stageSheet(
  engine: Engine,
  {
    source,
    staged,
    columns,
    stageFolder
  }: {
    readonly source: Source;
    readonly staged: string;
    readonly columns: readonly StageColumn[];
    readonly stageFolder: string;
  }
): Promise<Stage> {
  const read = readCsv(staged, {
    delimiter: ",",
    header: false,
    lineEnd: "\n",
    columns: [
      ["record", "bigint"],
      ["sheet_row", "bigint"],
      ...columns.flatMap((_, i) => [[`k${i}`, "varchar"] as const, [`c${i}`, "varchar"] as const])
    ]
  });
  const texts = columns.flatMap((_, i) => [`k${i}`, `${trimmed(`c${i}`, false)} as c${i}`]);
  const cells = {
    from: `(select ${["record", ...texts].join(", ")} from ${read})`,
    text: (column: StageColumn) => `c${columns.indexOf(column)}`,
    native: (column: StageColumn) => {
      const i = columns.indexOf(column);
      const of = (kind: keyof typeof cellKinds) => `k${i} = ${quoteLiteral(cellKinds[kind])}`;
      const day =
        source.columns[column.column]?.type === "date"
          ? `when ${of("day")} then try_cast(left(c${i}, 10) as date) `
          : "";
      return `case when ${of("error")} then null ${day}else ${column.typing.value(`c${i}`)} end`;
    },
    record: "record",
    plain: false
  };
  return writeStage(engine, cells, columns, join(stageFolder, "sheet.parquet"));
}

/** Reads what was written out again: the place of a cell is its row and its column. */
export function sheetPlaces(staged: string, columns: readonly StageColumn[]): FindPlaces {
  return async (faults, unread, {onReject, onUnread}) => {
    const last = Math.max(faults.record(faults.length - 1) ?? 0, ...unread.map(({record}) => record));
    let next = 0;
    const text = {path: staged, delimiter: ",", firstLine: 1, trailing: false};
    await readRecords(text, (one) => {
      // Every line is a record, also the first.
      const number = one.number + 1;
      const isFault = faults.record(next) === number;
      const cells = unread.filter(({record}) => record === number);
      if (!isFault && cells.length === 0) return number < last;
      const {fields} = recordFields(one.text(), ",");
      const placeOf = (column: StageColumn): FoundPlace => ({
        line: Number(fields[1]),
        column: column.position,
        value: fields[3 + 2 * columns.indexOf(column)] ?? ""
      });
      if (isFault) {
        const fault = faults.at(next++);
        onReject(fault, placeOf(fault.of));
      }
      for (const cell of cells) onUnread(cell, placeOf(cell.column));
      return number < last;
    });
  };
}
