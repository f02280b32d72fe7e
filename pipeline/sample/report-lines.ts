import {type DayNumber, daysIn, fromDay, type IsoDate, toDay} from "../calendar/iso-date.ts";
import type {Area} from "./areas.ts";
import type {Chance} from "./random.ts";

/** The days of one file, and what decides its rows. */
export interface Span {
  /** First and last day of occurrence, both of one calendar year. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** The day the extract was made: it holds no report made later. */
  readonly extracted: IsoDate;
  /** Part of a real year's volume, 1 being all of it. */
  readonly scale: number;
}

/** What decides a file's records beside the levels. */
export interface Runs {
  readonly usual: Chance;
  /** Of what keeps its real level: when and where, so that the same people die at every volume. */
  readonly rare: Chance;
  /** Of what stands in no column of the portal's: its columns stay as they are whatever is added to them. */
  readonly beside: Chance;
  /** Of what is mended later. */
  readonly restated: Chance;
}

/** A day as the tables of levels ask for it. */
export interface DayParts {
  readonly number: DayNumber;
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** From 0, Sunday. */
  readonly weekday: number;
}

/** The records of one day. */
export interface DayRecords {
  /** Each with its line end; "" where there is none. */
  readonly text: string;
  readonly rows: number;
}

export function daysOf({from, to}: Pick<Span, "from" | "to">): DayParts[] {
  return Array.from({length: daysIn(from, to)}, (_, index) => {
    const number = toDay(from) + index;
    const date = fromDay(number);
    // 1970-01-01 was a Thursday.
    return {number, year: +date.slice(0, 4), month: +date.slice(5, 7), weekday: (((number + 4) % 7) + 7) % 7};
  });
}

/** Days are written millions of times, and there are some thousands of them. */
const written = new Map<DayNumber, string>();

/** `01/08/2020 12:00:00 AM`: how the portal writes a day. */
export function portalDate(day: DayNumber): string {
  const known = written.get(day);
  if (known !== undefined) return known;
  const date = fromDay(day);
  const text = `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)} 12:00:00 AM`;
  written.set(day, text);
  return text;
}

/** Gives the next report number: year of report, Area, five digits of a count from 1. Unique over all calls. */
export type ReportNumbers = (reported: DayNumber, area: Area) => string;

export function reportNumbers(): ReportNumbers {
  const counts = new Map<string, number[]>();
  return (reported, area) => {
    const year = portalDate(reported).slice(8, 10);
    const ofYear = counts.get(year) ?? [];
    if (ofYear.length === 0) counts.set(year, ofYear);
    const count = (ofYear[area.number] ?? 0) + 1;
    ofYear[area.number] = count;
    return year + area.code + String(count).padStart(5, "0");
  };
}

/** csvCells("a", "b, c") //=> 'a,"b, c"' */
export function csvCells(...cells: readonly string[]): string {
  return cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
}
