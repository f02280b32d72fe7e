import {addDays, type IsoDate} from "../../calendar/iso-date.ts";
import {segmentsOfType} from "../../config/roster.ts";
import {type Chance, weighted} from "../random.ts";
import type {World} from "../world.ts";

/** Somebody who began the academy with a class. */
export interface Recruit {
  readonly recruit_class: string;
  /** The first day of the class. */
  readonly hired_on: IsoDate;
  readonly gender: string;
  readonly ethnicity: string;
}

/** Days from the first day of the academy to the first in the field. */
export const academyDays = 168;

/** Parts of applicants in hundredths; of recruits they are near. */
const ethnicities = [
  ["hispanic", 48],
  ["white", 24],
  ["african_american", 11],
  ["aapi", 10],
  ["other", 7]
] as const;

const anyEthnicity = weighted(ethnicities, ([, part]) => part);

/** One of the codes of sources/candidate-pipeline.yaml. */
export function drawEthnicity(chance: Chance): string {
  return anyEthnicity(chance)[0];
}

/** Recruits of all classes that began by the day, in order of the classes. Classes keep their size at every volume. */
export function recruitsUpTo({project, chance}: World, day: IsoDate): Recruit[] {
  return segmentsOfType(project.roster, "recruit_class").flatMap(({code, valid_from}) => {
    if (valid_from === null || valid_from > day) return [];
    const drawn = chance(`recruits of ${code}`);
    const size = drawn.between(25, 40);
    // Some classes reach three women in ten, others don't.
    const women = 0.22 + 0.16 * drawn.share();
    return Array.from({length: size}, () => ({
      recruit_class: code,
      hired_on: valid_from,
      gender: drawn.happens(women) ? "F" : drawn.happens(0.01) ? "X" : "M",
      ethnicity: drawEthnicity(drawn)
    }));
  });
}

/** The first day in the field, when the academy is over. */
export function fieldDay(hired_on: IsoDate): IsoDate {
  return addDays(hired_on, academyDays);
}
