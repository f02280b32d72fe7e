/** What stands in a cell of a sheet. */
export interface Cell {
  /** As people read it: a number in shortest form, a day as yyyy-MM-dd with its time where it has one. */
  readonly text: string;
  /** `number` may yet be a day by its column; `error` is a value that can't be read, whatever the column. */
  readonly kind: "text" | "number" | "day" | "error";
}

export const daysFrom1900To1904 = 1462;

/** The last day that a spreadsheet knows, 9999-12-31, and the first after the leap day of 1900 that never was. */
const lastSerial = 2_958_465;
const firstSerial = 61;

const millisecondsOfDay = 86_400_000;

/** 1899-12-30 as milliseconds since 1970: where a spreadsheet of today counts from. */
const epoch = Date.UTC(1899, 11, 30);

/** The number of a cell that means itself. */
export function numberCell(written: string): Cell {
  return {text: numberText(written), kind: Number.isFinite(Number(written)) ? "number" : "error"};
}

/**
 * The number of a cell that is styled as a day or a time of day. One that can't be such stays a number.
 *
 * @param shift Days to add: `daysFrom1900To1904` in a workbook that counts from 1904.
 */
export function dateCell(written: string, style: "day" | "time", shift: number): Cell {
  const serial = Number(written) + shift;
  if (style === "time" && Number(written) >= 0 && Number(written) < 1) {
    return {text: timeOf(Math.round(Number(written) * millisecondsOfDay)), kind: "text"};
  }
  if (!(serial >= firstSerial && serial < lastSerial + 1)) return numberCell(written);
  // Times are kept as fractions of a day, off by some millionths of a second.
  const milliseconds = Math.round(serial * millisecondsOfDay);
  const day = new Date(epoch + milliseconds).toISOString().slice(0, 10);
  const time = milliseconds % millisecondsOfDay;
  return {text: time === 0 ? day : `${day} ${timeOf(time)}`, kind: "day"};
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 19);
}

/** A spreadsheet counts in 15 digits and writes more: 34.117600000000003 is 34.1176. */
function numberText(written: string): string {
  if (/^-?(0|[1-9]\d{0,14})$/.test(written)) return written;
  const number = Number(written);
  return written.trim() !== "" && Number.isFinite(number) ? String(Number(number.toPrecision(15))) : written;
}

/** Column from 1 and row of `AB12`; null where it is no cell. */
export function cellPlace(reference: string): {column: number; row: number} | null {
  const parts = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(reference);
  if (parts === null) return null;
  const [, letters = "", digits = ""] = parts;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return {column, row: Number(digits)};
}

/** columnLetters(28) //=> "AB" */
export function columnLetters(column: number): string {
  let letters = "";
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  }
  return letters;
}
