import {Cron, CronPattern} from "croner";

/** What a cron expression asks for, spelt out; hours and days are local. */
export interface CronFields {
  /** 0 to 59, ascending, as in all lists. */
  readonly minutes: readonly number[];
  /** 0 to 23. */
  readonly hours: readonly number[];
  /** Days of the month, 1 to 31; null: every day. */
  readonly days: readonly number[] | null;
  /** Whether the last day of the month is one of `days`. */
  readonly lastDay: boolean;
  /** 1 to 12. */
  readonly months: readonly number[];
  /** 0 is Sunday; null: every day. Where days are given too, a day need be in only one of the two lists. */
  readonly weekdays: readonly number[] | null;
}

/**
 * Holds an expression to five fields: minute, hour, day of month, month, day of week.
 *
 * @returns What is wrong with it: it can't be read, or no day ever answers it (31 February); null when nothing is.
 */
export function cronProblem(expression: string): "unreadable" | "never" | null {
  try {
    // By itself croner would take a date and time for an expression too.
    parsed(expression);
    // Any fixed day will do: the calendar repeats itself. An offset asks for no zone's rules, which take time to load.
    const anywhere = new Cron(expression, {utcOffset: 0, mode: "5-part", paused: true});
    return anywhere.nextRun(new Date("2000-01-01T00:00:00Z")) === null ? "never" : null;
  } catch {
    return "unreadable";
  }
}

/**
 * The first occurrence after a moment. A time that the clocks skip comes right after the gap, one that they repeat
 * comes the first time; an expression with * or a step in its minute or hour goes on through both.
 *
 * @returns Null when there is none before the year 10000.
 */
export function occurrenceAfter(expression: string, timeZone: string, after: Date): Date | null {
  return cron(expression, timeZone).nextRun(after);
}

/** The last occurrence at or before a moment; null when there is none. */
export function occurrenceUpTo(expression: string, timeZone: string, at: Date): Date | null {
  // Croner looks before the second that it is given.
  const following = new Date(Math.floor(at.getTime() / 1000) * 1000 + 1000);
  return cron(expression, timeZone).previousRuns(1, following)[0] ?? null;
}

/** @returns Null where the expression asks for what no list of days can say: nearest or counted weekdays. */
export function cronFields(expression: string): CronFields | null {
  const pattern = parsed(expression);
  const {minute, hour, day, month, dayOfWeek, lastDayOfMonth, starDOM, starDOW} = pattern;
  const counted = dayOfWeek.some((bits) => bits !== 0 && bits !== everyWeek);
  if (counted || pattern.lastWeekday || pattern.nearestWeekdays.some((bit) => bit !== 0)) return null;
  if (pattern.useAndLogic && !starDOM && !starDOW) return null;
  return {
    minutes: listed(minute, 0),
    hours: listed(hour, 0),
    days: starDOM ? null : listed(day, 1),
    lastDay: !starDOM && lastDayOfMonth,
    months: listed(month, 1),
    weekdays: starDOW ? null : listed(dayOfWeek.slice(0, 7), 0)
  };
}

/** How croner marks a weekday that counts in every week of the month. */
const everyWeek = 63;

function listed(bits: readonly number[], first: number): number[] {
  return bits.flatMap((bit, index) => (bit === 0 ? [] : [index + first]));
}

function parsed(expression: string): CronPattern {
  return new CronPattern(expression, undefined, {mode: "5-part"});
}

function cron(expression: string, timezone: string): Cron {
  return new Cron(expression, {timezone, mode: "5-part", fixedTimeRule: "no-wildcard", paused: true});
}
