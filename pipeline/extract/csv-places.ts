import {readRecords} from "./csv-records.ts";
import type {CsvFile} from "./csv-stage.ts";
import {wrongCount} from "./csv-text.ts";
import type {FindPlaces, FoundPlace} from "./places.ts";
import {placeInRecord, recordFields} from "./record-fields.ts";
import type {StageColumn} from "./stage.ts";

/**
 * Reads a CSV file again to tell line, column and value of what the engine could only number. Malformed records are
 * found on the way; where there are none the reading ends with the last place wanted.
 */
export function csvPlaces({text: csv, width}: CsvFile, hasMalformed: boolean): FindPlaces {
  return async (faults, unread, {onReject, onUnread}) => {
    const last = Math.max(faults.record(faults.length - 1) ?? 0, ...unread.map(({record}) => record));
    const firstUnread = new Set(unread.map(({record}) => record));
    let next = 0;
    await readRecords(csv, ({number, line, text}) => {
      if (number === 0) return true;
      const fault = faults.record(next) === number ? faults.at(next++) : undefined;
      const cells = firstUnread.has(number) ? unread.filter(({record}) => record === number) : [];
      if (fault === undefined && cells.length === 0 && !hasMalformed) return number < last;
      const raw = text();
      const record = recordFields(raw, csv.delimiter);
      const {fields, starts, textAfterQuote} = record;
      const placeAt = (offset: number, value = ""): FoundPlace => {
        const place = placeInRecord(raw, line, offset);
        return {line: place.line, column: place.column, value};
      };
      const counts = wrongCount(csv, width, record);
      const cellAt = ({position}: StageColumn) => placeAt(starts[position - 1] ?? 0, fields[position - 1]);
      if (fault !== undefined) onReject(fault, cellAt(fault.of));
      else if (textAfterQuote !== null) {
        const expected = "a delimiter or a line end";
        onReject({record: number, reason: "text_after_quote", of: null, expected}, placeAt(textAfterQuote));
      } else if (counts !== null) {
        onReject(
          {
            record: number,
            reason: "wrong_field_count",
            of: null,
            expected: `${counts.expected} fields`,
            fields: counts
          },
          placeAt(fields.length <= width ? raw.length : (starts[width] ?? 0))
        );
      }
      for (const cell of cells) onUnread(cell, cellAt(cell.column));
      return hasMalformed || number < last;
    });
  };
}
