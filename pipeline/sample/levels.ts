import {type DayNumber, toDay} from "../calendar/iso-date.ts";
import type {Category} from "./offenses.ts";

/** The first of the years that the levels below speak of; an earlier or later day takes the nearest. */
export const firstYear = 2018;

/**
 * Reports a year in the whole city, 2018 to 2023. To 2022 they are the city's own counts by COMPSTAT's code lists; 2023
 * continues them.
 */
const crimeLevels: Readonly<Record<Category, readonly number[]>> = {
  homicide: [260, 258, 355, 402, 391, 331],
  rape: [2125, 1828, 1571, 1604, 1550, 1480],
  robbery: [10327, 9635, 8018, 8498, 9117, 8690],
  aggravated_assault: [17018, 17244, 18559, 20072, 20158, 19400],
  burglary: [16023, 13666, 13758, 13014, 14960, 14400],
  vehicle_theft: [17453, 15706, 21337, 24335, 25428, 26300],
  btfv: [33071, 31102, 27648, 29648, 32351, 29200],
  personal_theft: [2298, 2082, 1085, 1115, 2102, 2050],
  other_theft: [32554, 32567, 22697, 23820, 27954, 29900],
  part2: [98068, 94000, 84337, 86780, 100049, 100600]
};

/** Collisions a year in the whole city. */
const collisionLevels = [57061, 57900, 48200, 53100, 54600, 53800];

/** What happens so seldom that a tenth of it could not be judged: a half-year's number, from the first of 2018 on. */
const rareLevels = {
  part1_csp: [820, 800, 780, 760, 690, 700, 720, 730, 780, 790, 770, 780],
  retaliatory_gang_violence: [330, 330, 310, 320, 330, 380, 370, 380, 350, 340, 310, 300],
  metro_violent: [310, 310, 300, 300, 250, 270, 310, 330, 365, 385, 345, 315],
  pedestrian_deaths: [63, 67, 65, 70, 58, 66, 62, 71, 68, 74, 70, 80],
  bicyclist_deaths: [9, 10, 9, 9, 7, 8, 8, 9, 9, 9, 9, 13, 9],
  dui_fatal_crashes: [22, 24, 22, 23, 21, 24, 25, 27, 26, 27, 25, 25],
  hit_and_run_ksi: [150, 160, 150, 160, 135, 150, 155, 165, 165, 175, 170, 175]
} as const;

export type Rare = keyof typeof rareLevels;

/** A real year's crime reports, of which `--rows` is a share. */
export const realCrimeReports = 230_000;

/** Reports of a category in the whole year; homicides keep their real level at every volume. */
export function crimeLevel(category: Category, year: number, scale: number): number {
  return nearest(crimeLevels[category], year - firstYear) * (category === "homicide" ? 1 : scale);
}

/** The day on which the department began to report by NIBRS. */
const nibrsFrom = toDay("2024-03-07");

/**
 * What one incident comes to by NIBRS, against the counting before it: the average over 1,131 agencies that changed (Bureau
 * of Justice Statistics, NCJ 178890). Part II is left as it is.
 */
const byNibrs: Readonly<Record<Category, number>> = {
  homicide: 1,
  rape: 1.01,
  robbery: 1.01,
  aggravated_assault: 1.01,
  burglary: 0.995,
  vehicle_theft: 1.045,
  btfv: 1.034,
  personal_theft: 1.034,
  other_theft: 1.034,
  part2: 1
};

/** The factor by which a day's method of counting changes its reports of a category. */
export function methodFactor(category: Category, day: DayNumber): number {
  return day < nibrsFrom ? 1 : byNibrs[category];
}

/** All collisions in the year. */
export function collisionLevel(year: number, scale: number): number {
  return nearest(collisionLevels, year - firstYear) * scale;
}

/** How many a year there would be if the day's half-year lasted a whole one; the same at every volume. */
export function rareLevel(what: Rare, year: number, month: number): number {
  return 2 * nearest(rareLevels[what], 2 * (year - firstYear) + (month > 6 ? 1 : 0));
}

/** A month's daily level, January first; the year's mean is 1. */
export const seasons = {
  violent: season([0.94, 0.94, 0.97, 0.99, 1.03, 1.04, 1.07, 1.06, 1.02, 1.02, 0.96, 0.96]),
  theft: season([0.99, 0.98, 0.98, 0.98, 0.99, 1.0, 1.02, 1.02, 1.0, 1.02, 1.0, 1.02]),
  collisions: season([0.93, 0.99, 1.02, 0.99, 0.97, 1.0, 0.99, 1.03, 1.0, 1.06, 1.01, 1.01]),
  deaths: season([1.08, 1.02, 0.98, 0.92, 0.9, 0.9, 0.92, 0.95, 1.0, 1.08, 1.12, 1.13])
};

/** A weekday's level, Sunday first; the week's mean is 1. */
export const weekdayLevels = {
  violent: [1.09, 0.96, 0.96, 0.96, 0.96, 1.0, 1.07],
  theft: [0.95, 1.0, 0.99, 0.99, 0.99, 1.06, 1.02],
  collisions: [0.9, 0.97, 1.0, 1.01, 1.02, 1.11, 0.99],
  deaths: [1.12, 0.9, 0.9, 0.92, 0.95, 1.06, 1.15]
};

function nearest(levels: readonly number[], index: number): number {
  return levels[Math.min(Math.max(index, 0), levels.length - 1)]!;
}

function season(levels: readonly number[]): readonly number[] {
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  return levels.map((level) => level / mean);
}
