import {TZDate} from "@date-fns/tz";
import {addDays, fromDay, type IsoDate, isIsoDate, toDay} from "./iso-date.ts";

/** A moment in UTC, `2024-03-31T06:59:59.999Z`. Written to the millisecond, so it sorts as text. */
export type IsoInstant = string;

/**
 * Reads what a user writes for `--as-of`: an instant with its offset, or a day or minute of the zone, which means its
 * last millisecond (whether the day has 23, 24 or 25 hours; of a minute that comes twice, the second time).
 *
 * @returns Null when it is neither.
 */
export function parseAsOf(text: string, timeZone: string): IsoInstant | null {
  if (isIsoDate(text)) return endOfDay(text, timeZone);
  const minute = /^(\d{4}-\d\d-\d\d) ([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (minute !== null) return isIsoDate(minute[1]!) ? endOfMinute(text, timeZone) : null;
  const instant = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (instant === null || !isIsoDate(instant[1]!)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** endOfDay("2024-03-10", "America/Los_Angeles") //=> "2024-03-11T06:59:59.999Z", the day that has 23 hours */
export function endOfDay(day: IsoDate, timeZone: string): IsoInstant {
  return new Date(startOfDay(addDays(day, 1), timeZone) - 1).toISOString();
}

/** The calendar day of a moment in the zone. */
export function dayOf(instant: Date, timeZone: string): IsoDate {
  const local = new TZDate(instant.getTime(), timeZone);
  return fromDay(Date.UTC(local.getFullYear(), local.getMonth(), local.getDate()) / 864e5);
}

/** localMinute(new Date("2024-01-08T14:00:00Z"), "America/Los_Angeles") //=> "2024-01-08 06:00" */
export function localMinute(instant: Date, timeZone: string): string {
  const local = new TZDate(instant.getTime(), timeZone);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${dayOf(instant, timeZone)} ${two(local.getHours())}:${two(local.getMinutes())}`;
}

/** How a moment is told to people, wherever it is not in a sentence: "2024-01-08 06:00 (America/Los_Angeles)". */
export function zonedMinute(instant: IsoInstant, timeZone: string): string {
  return `${localMinute(new Date(instant), timeZone)} (${timeZone})`;
}

/** The last millisecond of a minute as `localMinute` writes it; null where the clocks jump over it. */
function endOfMinute(text: string, timeZone: string): IsoInstant | null {
  // As if it were in UTC: no zone is further from it than 14 hours, in steps of 15 minutes.
  const near = Date.parse(`${text.replace(" ", "T")}:59.999Z`);
  for (let quarters = 60; quarters >= -60; quarters -= 1) {
    const moment = new Date(near + quarters * 15 * 60_000);
    if (localMinute(moment, timeZone) === text) return moment.toISOString();
  }
  return null;
}

/**
 * The first millisecond of a day. Where the clocks jump over midnight (Beirut, Havana) the day begins at one o'clock,
 * and where they go back over it, at the first of its two midnights; so it is looked for, not computed from an offset.
 */
function startOfDay(day: IsoDate, timeZone: string): number {
  // No zone is further from UTC than 14 hours, and at 15 hours either side the answer is bracketed.
  let before = toDay(day) * 864e5 - 15 * 36e5;
  let within = toDay(day) * 864e5 + 15 * 36e5;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayOf(new Date(middle), timeZone) < day) before = middle;
    else within = middle;
  }
  return within;
}
