import {fromDay, type IsoDate} from "../../calendar/iso-date.ts";
import {type Area, areas, type Share} from "../areas.ts";
import {clockTime} from "../circumstances.ts";
import {type Chance, weighted} from "../random.ts";
import {type DayParts, daysOf} from "../report-lines.ts";

/** How often something happens. */
export interface Rate {
  /** How many a year, by half-year from the second of 2022 on; later ones are as the last. */
  readonly halves: readonly number[];
  /** A month's level, January first; the year's mean is 1. */
  readonly season?: readonly number[];
  /** A weekday's level, Sunday first; the week's mean is 1. */
  readonly weekdays?: readonly number[];
  /** Nothing happens before this day. */
  readonly since?: IsoDate;
  /** The part that comes by plan, 0 (the default) to 1: it scatters no more than its rounding, the rest as chance has it. */
  readonly planned?: number;
}

/** One thing that happened on a day. */
export interface Happening extends DayParts {
  readonly date: IsoDate;
  /** `230714-3`: the day and its number among the day's, from 1, for keys that stay what they are. */
  readonly id: string;
}

/** The first day of the logs and registers. */
export const firstLogged: IsoDate = "2022-07-01";

/**
 * What happens day by day. Whoever takes one draws the same numbers for it each time, so the run of chance comes to every
 * happening in the same state, whatever the last day is.
 */
export function* happenings(chance: Chance, rate: Rate, to: IsoDate, from = firstLogged): Generator<Happening> {
  const {planned = 0} = rate;
  let owed = planned * chance.share();
  for (const day of daysOf({from, to})) {
    const mean = dailyMean(rate, day);
    owed += planned * mean;
    const due = Math.floor(owed);
    owed -= due;
    const count = due + chance.count((1 - planned) * mean);
    const date = fromDay(day.number);
    const compact = date.slice(2, 4) + date.slice(5, 7) + date.slice(8, 10);
    const {number, year, month, weekday} = day;
    for (let nth = 1; nth <= count; nth++) yield {number, year, month, weekday, date, id: `${compact}-${nth}`};
  }
}

/** The level of a day's half-year: a rate a year, a share, a mean. The first is the second half of 2022. */
export function levelOf(halves: readonly number[], {year, month}: Pick<DayParts, "year" | "month">): number {
  const index = 2 * (year - 2022) + (month > 6 ? 1 : 0) - 1;
  return halves[Math.min(Math.max(index, 0), halves.length - 1)]!;
}

/** Office work: hardly any on a Sunday or Saturday. */
export const officeDays = [0.1, 1.35, 1.4, 1.4, 1.35, 1.25, 0.15];

/** Draws an Area by its share of the city's reports of a kind. */
export function areaBy(share: Share): (chance: Chance) => Area {
  return weighted(areas, (area) => area[share]);
}

/** A day and a time of it: `2024-03-01 09:35`. */
export function momentOf(chance: Chance, date: IsoDate): string {
  const time = clockTime(chance);
  return `${date} ${time.slice(0, 2)}:${time.slice(2)}`;
}

function dailyMean({halves, season, weekdays, since}: Rate, day: DayParts): number {
  if (since !== undefined && fromDay(day.number) < since) return 0;
  return (levelOf(halves, day) / 365.25) * (season?.[day.month - 1] ?? 1) * (weekdays?.[day.weekday] ?? 1);
}
