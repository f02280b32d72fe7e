import {addDays, type DayNumber, earlier, endOfMonthOf, fromDay, type IsoDate, toDay} from "../../calendar/iso-date.ts";
import {type Cell, extractFile, type SampleExtract} from "../world.ts";

/** A row as it comes to be: entered one day, and changed as more becomes known. */
export interface RowInTime {
  /** The day that it counts for. */
  readonly day: DayNumber;
  /** The days on which it was entered and on which it changed, in any order. */
  readonly told: readonly DayNumber[];
  /** As it stands at the end of a day. */
  readonly cells: (asOf: DayNumber) => readonly Cell[];
}

/** What a source's extracts are cut from. */
export interface Register {
  readonly source: string;
  readonly header: readonly string[];
  /** Every row that counts for a day up to this one; with a later day the same rows and others. */
  readonly rows: (to: IsoDate) => Iterable<RowInTime>;
}

/** `2024-03-01`, or nothing as long as the day has not come. */
export function dayBy(asOf: DayNumber, day: DayNumber | null): IsoDate | null {
  return day === null || day > asOf ? null : fromDay(day);
}

/** One file with everything that is known on the day. */
export function wholeExtract({source, header, rows}: Register, through: IsoDate): SampleExtract {
  return {file: extractFile(source, through), header, records: recordsBy(() => rows(through), through)};
}

/** The first file of those that come as changes holds everything up to this day. */
const handedOver: IsoDate = "2023-12-31";

/**
 * The whole as it was known at the end of 2023, and from then on a file a month with the rows that are new or changed. What
 * a file says is never said again, so a later day adds files and leaves those before it as they are.
 */
export function changeExtracts({source, header, rows}: Register, through: IsoDate): SampleExtract[] {
  const drawn = drawnOnce(rows, through);
  const ends = monthEnds(handedOver, through);
  return ends.map((end, index) => {
    const since = index === 0 ? Number.NEGATIVE_INFINITY : toDay(ends[index - 1]!);
    return {file: extractFile(source, end), header, records: recordsBy(drawn, end, since)};
  });
}

/** The days that one of several files speaks for. */
export interface Delivery {
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** By which the file is named: 2024-03, 2024-Q1. */
  readonly name: string;
}

/** The months from July 2022 on that have ended. */
export function wholeMonths(through: IsoDate): Delivery[] {
  return monthEnds("2022-07-31", through)
    .filter((end) => end === endOfMonthOf(end))
    .map((to) => ({from: `${to.slice(0, 7)}-01`, to, name: to.slice(0, 7)}));
}

/** The quarters from July 2022 on that have ended. */
export function wholeQuarters(through: IsoDate): Delivery[] {
  return wholeMonths(through)
    .map(({to}) => quarterAround(to))
    .filter(({to}, index, quarters) => to <= through && quarters[index + 1]?.to !== to);
}

/** The quarter that holds a day, named as calendars do. */
export function quarterAround(date: IsoDate): Delivery {
  const [year, quarter] = [date.slice(0, 4), Math.ceil(+date.slice(5, 7) / 3)];
  const month = (number: number) => `${year}-${String(number).padStart(2, "0")}-01`;
  return {from: month(3 * quarter - 2), to: endOfMonthOf(month(3 * quarter)), name: `${year}-Q${quarter}`};
}

/** The same, but that one delivery takes the place of all that ended by the end of 2023. */
export function sinceHandedOver(deliveries: readonly Delivery[]): Delivery[] {
  const before = deliveries.filter(({to}) => to <= handedOver);
  const [first, last] = [before.at(0), before.at(-1)];
  if (first === undefined || last === undefined) return [...deliveries];
  const {from, to} = {from: first.from, to: last.to};
  return [{from, to, name: `${from.slice(0, 7)}-to-${to.slice(0, 7)}`}, ...deliveries.slice(before.length)];
}

/**
 * A file for each delivery with the rows of its days, each of which says the delivery's first and last day.
 *
 * @param knownOn The day as of which a delivery is written: the last day of all, where it is sent anew when it was mended.
 */
export function deliveredExtracts(
  {source, header, rows}: Register,
  deliveries: readonly Delivery[],
  knownOn: (delivery: Delivery) => IsoDate
): SampleExtract[] {
  const drawn = drawnOnce(rows, deliveries.at(-1)?.to ?? handedOver);
  return deliveries.map((delivery) => ({
    file: extractFile(source, delivery.name),
    header: ["period_from", "period_to", ...header],
    records: recordsOf(drawn, delivery, knownOn(delivery))
  }));
}

function* recordsBy(rows: () => Iterable<RowInTime>, end: IsoDate, since = Number.NEGATIVE_INFINITY) {
  const asOf = toDay(end);
  for (const {told, cells} of rows()) {
    const known = told.filter((day) => day <= asOf);
    if (known.includes(Math.min(...told)) && known.some((day) => day > since)) yield cells(asOf);
  }
}

function* recordsOf(rows: () => Iterable<RowInTime>, {from, to}: Delivery, knownOn: IsoDate) {
  const [first, last, asOf] = [toDay(from), toDay(to), toDay(knownOn)];
  for (const {day, told, cells} of rows()) {
    if (day >= first && day <= last && Math.min(...told) <= asOf) yield [from, to, ...cells(asOf)];
  }
}

/** The rows up to a day, drawn when they are first asked for and kept for the files that follow. */
function drawnOnce(rows: Register["rows"], to: IsoDate): () => readonly RowInTime[] {
  let drawn: readonly RowInTime[] | null = null;
  return () => {
    drawn ??= [...rows(to)];
    return drawn;
  };
}

/** The first day, or the last of all where that is earlier, and each end of a month after it up to the last day. */
function monthEnds(first: IsoDate, last: IsoDate): IsoDate[] {
  const ends = [earlier(first, last)];
  while (ends.at(-1)! < last) ends.push(earlier(endOfMonthOf(addDays(ends.at(-1)!, 1)), last));
  return ends;
}
