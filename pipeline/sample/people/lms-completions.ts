import {addDays, type IsoDate} from "../../calendar/iso-date.ts";
import type {Chance} from "../random.ts";
import {type Cell, type ExtractMaker, extractFile, type World} from "../world.ts";
import {assignedDays, type Course} from "./course.ts";
import {courses} from "./courses.ts";
import {firstObservation, type Person, standingOn, workforce} from "./workforce.ts";

const header = [
  "person_key",
  "course_code",
  "course_name",
  "discipline",
  "format",
  "assigned_on",
  "completed_on",
  "hours",
  "score_pre",
  "score_post",
  "class",
  "rank",
  "left_on",
  "unit_code"
];

/** Part of the completions that are typed in from sheets, days or weeks later; and of those with a wrong day, until it is found. */
const late = 0.03;
const wrong = 0.004;
const daysUntilFound = 100;

/** Everything that the system knows by the day: one file. */
export const lmsCompletions: ExtractMaker = (world) => [
  {file: extractFile("lms-completions", world.through), header, records: {[Symbol.iterator]: () => assignments(world)}}
];

function* assignments(world: World): Generator<readonly Cell[]> {
  const people = workforce(world);
  for (const course of courses) {
    const drawn = world.chance(`course ${course.code}`);
    for (const person of people) {
      // Somebody who is not assigned draws as many numbers as one who is: nobody's day hangs on another's.
      const [taken, share, place] = [drawn.share(), drawn.share(), drawn.share()];
      if (!course.isFor(person) || !isChosen(course, person, taken)) continue;
      const own = world.through < course.from ? [] : assignedDays(course, person, share, drawn);
      for (const day of own) {
        const record = assignment(course, person, day, world.through, place, drawn);
        if (day <= world.through) yield record;
      }
    }
  }
}

/** Of those hired since, the course of the first field day is everybody's. */
function isChosen({part, assigned}: Course, {hired_on}: Person, taken: number): boolean {
  return taken < part || (assigned === "first field day" && hired_on > firstObservation);
}

function assignment(
  {code, name, discipline, format, hours, within, ever}: Course,
  person: Person,
  day: IsoDate,
  through: IsoDate,
  place: number,
  drawn: Chance
): readonly Cell[] {
  const [finishes, wait, lag, error] = [drawn.share(), (place + drawn.share()) % 1, drawn.share(), drawn.share()];
  const [pre, gain] = [drawn.between(35, 80), drawn.between(0, 20)];
  const completed = addDays(day, 1 + Math.floor(wait * within));
  const entered = lag < late ? addDays(completed, 5 + Math.floor((lag / late) * 50)) : completed;
  const isKnown = finishes < ever && completed < person.left_on && entered <= through;
  const misdated = error < wrong && addDays(completed, daysUntilFound) > through;
  const shown = misdated ? addDays(completed, -Math.min(3, Math.floor(wait * within))) : completed;
  const hasLeft = person.left_on <= through;
  const scored = isKnown && format === "classroom" && hours < 32;
  return [
    person.key,
    code,
    name,
    discipline,
    format,
    day,
    isKnown ? shown : null,
    isKnown ? hours : null,
    scored ? pre : null,
    scored ? pre + gain : null,
    person.class,
    standingOn(person.ranks, hasLeft ? person.left_on : through),
    hasLeft ? person.left_on : null,
    person.unit?.division ?? null
  ];
}
