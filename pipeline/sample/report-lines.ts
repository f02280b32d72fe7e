import {addDays, daysIn, type IsoDate, toDay} from "../calendar/iso-date.ts";
import type {Area} from "./areas.ts";

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

/** A day as the tables of levels ask for it. */
export interface DayParts {
  readonly date: IsoDate;
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** From 0, Sunday. */
  readonly weekday: number;
}

export function daysOf({from, to}: Span): DayParts[] {
  return Array.from({length: daysIn(from, to)}, (_, index) => {
    const date = addDays(from, index);
    // 1970-01-01 was a Thursday.
    return {date, year: +date.slice(0, 4), month: +date.slice(5, 7), weekday: (toDay(date) + 4) % 7};
  });
}

/** `01/08/2020 12:00:00 AM`: how the portal writes a day. */
export function portalDate(date: IsoDate): string {
  return `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)} 12:00:00 AM`;
}

/** Gives the next report number: year of report, Area, five digits of a count from 1. Unique over all calls. */
export type ReportNumbers = (reported: IsoDate, area: Area) => string;

export function reportNumbers(): ReportNumbers {
  const counts = new Map<string, number>();
  return (reported, area) => {
    const series = `${reported.slice(2, 4)}${String(area.number).padStart(2, "0")}`;
    const count = (counts.get(series) ?? 0) + 1;
    counts.set(series, count);
    return `${series}${String(count).padStart(5, "0")}`;
  };
}

/** One record of a CSV file without its line end; quoted where it must be. */
export function csvRecord(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
}
