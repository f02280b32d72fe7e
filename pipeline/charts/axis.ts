import {addCalendarMonths, addDays, daysIn, type IsoDate} from "../calendar/iso-date.ts";
import {textWidth} from "./text-metrics.ts";
import {fontSizes} from "./theme.ts";

/** Short names of the months: axes have no room for the long ones. */
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Round numbers from `low` to `high`, about `count` of them: steps of 1, 2 or 5 times a power of ten.
 *
 * @param whole Only whole numbers.
 * @example roundTicks(0, 1903, 5, true) //=> [0, 500, 1000, 1500]
 */
export function roundTicks(low: number, high: number, count: number, whole: boolean): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * 0.999) ?? 10;
  const step = Math.max(factor * power, whole ? 1 : 0);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Multiplied and divided by whole numbers, so that 3 steps of 0.1 are 0.3.
  const scale = step < 1 ? Math.round(1 / step) : 1;
  return Array.from({length: last - first + 1}, (_, index) =>
    step < 1 ? (first + index) / scale : (first + index) * step
  );
}

/**
 * The d3 format of an axis of values: whole numbers with separators, shares in percent.
 *
 * @param ticks At even steps.
 */
export function tickFormat(ticks: readonly number[], unit: string): string {
  if (unit !== "share") return ",d";
  return ticks.every((tick) => Math.abs(tick * 100 - Math.round(tick * 100)) < 1e-9) ? ".0%" : ".1%";
}

export interface DateTick {
  readonly day: IsoDate;
  /** "Apr", or "1 Apr" where days are told. */
  readonly label: string;
  /** The year, under the first label and under each January; else empty. */
  readonly year: string;
}

/**
 * Ticks of a time axis: the first of months (each, or every 2nd, 3rd, 6th, 12th, as labels of real width fit), or
 * days where the period is no longer than two months.
 *
 * @param width Of the axis, in px.
 */
export function dateTicks(from: IsoDate, to: IsoDate, width: number): DateTick[] {
  const days = daysIn(from, to);
  const daily = days <= 62;
  const roomOf = (count: number) => width / Math.max(1, count);
  const widest = textWidth(daily ? "28 May" : "May", fontSizes.label) + 8;
  if (daily) {
    const step = [1, 2, 7, 14, 28].find((candidate) => roomOf(days / candidate) >= widest) ?? 28;
    return yearsOnce(
      Array.from({length: Math.ceil(days / step)}, (_, index) => addDays(from, index * step)),
      (day) => `${Number(day.slice(8))} ${monthName(day)}`
    );
  }
  const step = [1, 2, 3, 6, 12].find((candidate) => roomOf(days / 30.4 / candidate) >= widest) ?? 12;
  return yearsOnce(
    firstsOfMonths(from, to).filter((_, index) => index % step === 0),
    monthName
  );
}

/** @returns "30 Jun 2024" */
export function shortDate(day: IsoDate): string {
  return `${Number(day.slice(8))} ${monthName(day)} ${day.slice(0, 4)}`;
}

function monthName(day: IsoDate): string {
  return monthNames[Number(day.slice(5, 7)) - 1]!;
}

function firstsOfMonths(from: IsoDate, to: IsoDate): IsoDate[] {
  const first = from.endsWith("-01") ? from : addCalendarMonths(`${from.slice(0, 8)}01`, 1);
  const firsts: IsoDate[] = [];
  for (let day = first; day <= to; day = addCalendarMonths(day, 1)) firsts.push(day);
  return firsts;
}

function yearsOnce(days: readonly IsoDate[], label: (day: IsoDate) => string): DateTick[] {
  return days.map((day, index) => {
    const isNew = index === 0 || day.slice(0, 4) !== days[index - 1]!.slice(0, 4);
    return {day, label: label(day), year: isNew ? day.slice(0, 4) : ""};
  });
}
