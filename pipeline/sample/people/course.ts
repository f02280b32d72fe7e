import {addDays, daysIn, type IsoDate, later} from "../../calendar/iso-date.ts";
import type {Chance} from "../random.ts";
import {fieldDay} from "./recruits.ts";
import {firstObservation, type Person} from "./workforce.ts";

/** A course of the learning management system, and how people come to it. */
export interface Course {
  readonly code: string;
  readonly name: string;
  readonly discipline: string;
  readonly format: "classroom" | "online" | "virtual_reality";
  readonly hours: number;
  /** First and last day on which somebody is assigned it. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Part of those whom it is for; the others are never assigned it. */
  readonly part: number;
  readonly isFor: (person: Person) => boolean;
  /** Days from the assignment until the last have completed it, and the part that ever does. */
  readonly within: number;
  readonly ever: number;
  /** all: on the first day, later hires in their first weeks. spread: evenly over the days. growing: more towards the end. */
  readonly assigned: "all" | "spread" | "growing" | "each year" | "first field day";
}

/**
 * The days on which somebody is assigned a course, while they serve and it is offered.
 *
 * @param share 0 to 1: where between the course's first and last day their turn comes.
 */
export function assignedDays(course: Course, {hired_on, left_on}: Person, share: number, drawn: Chance): IsoDate[] {
  const {from, to, assigned} = course;
  const spread = addDays(from, Math.floor(share * daysIn(from, to)));
  const days = {
    all: () => [hired_on > from && from !== to ? addDays(hired_on, 30) : from],
    // Who is hired after their day comes to it from the academy.
    spread: () => [hired_on > spread && from !== to ? addDays(fieldDay(hired_on), 14) : spread],
    growing: () => [addDays(from, Math.floor(Math.max(share, drawn.share()) * daysIn(from, to)))],
    "each year": () =>
      Array.from({length: 6}, (_, year) => `${+from.slice(0, 4) + year}-01-03`).flatMap((day) => {
        const first = later(day, fieldDay(hired_on));
        return first.slice(0, 4) === day.slice(0, 4) ? [first] : [];
      }),
    // Recruits on leaving the academy; who served before has come to it in the years since.
    "first field day": () => [
      hired_on < firstObservation
        ? addDays(from, Math.floor(share * daysIn(from, firstObservation)))
        : fieldDay(hired_on)
    ]
  }[assigned]();
  return days.filter((day) => day >= hired_on && day < left_on && day >= from && day <= to);
}
