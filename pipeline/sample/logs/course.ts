import type {Change, Goal} from "../../config/goal.ts";
import type {Chance} from "../random.ts";

/**
 * How an activity goes.
 *
 * - `met`: what is asked and a little more, in good time
 * - `late`: what is asked, the most of it towards the end
 * - `short`: here and there something is missing
 * - `silent`: one unit reports nothing any more
 * - `behind`: half of what is asked
 */
export type Course = "met" | "late" | "short" | "silent" | "behind";

const outOfTwenty: readonly Course[] = [
  ...Array<Course>(9).fill("met"),
  ...Array<Course>(3).fill("late"),
  ...Array<Course>(4).fill("short"),
  ...Array<Course>(2).fill("silent"),
  ...Array<Course>(2).fill("behind")
];

export function drawCourse(chance: Chance): Course {
  return chance.one(outOfTwenty);
}

/** The level that a goal asks for; null where it names none. */
export function levelOf(goal: Goal): number | null {
  switch (goal.kind) {
    case "at_least":
    case "at_most":
    case "exactly":
      return Number(goal.level);
    case "above":
      return Number(goal.level) * 1.001;
    case "below":
      return Number(goal.level) * 0.999;
    case "between":
      return (Number(goal.low) + Number(goal.high)) / 2;
    default:
      return null;
  }
}

/** Whether more than the level is too much. */
export function isLimit({kind}: Goal): boolean {
  return kind === "at_most" || kind === "below";
}

/** What becomes of a year's level by its change: 1.05 of one that is to rise by 5% and does. */
export function changeFactor(change: Change, course: Course): number {
  const wanted = wantedFactor(change) - 1;
  const reached = {met: 1.3, late: 1.1, short: 0.5, silent: 0.8, behind: -0.4}[course];
  return Math.max(0, 1 + wanted * reached);
}

function wantedFactor(change: Change): number {
  switch (change.form) {
    case "percent":
      return 1 + Number(change.amount) / 100;
    case "multiple":
      return Number(change.amount);
    case "direction":
      return change.direction === "increase" ? 1.08 : 0.92;
    default:
      // Points and units move a level that is not known here: by a twentieth of it, in their direction.
      return change.amount.startsWith("-") ? 0.95 : 1.05;
  }
}

/** A level as it comes out: of a share or a mean, 0 to `most`. */
export function averageFor(goal: Goal, course: Course, most: number): number | null {
  const level = levelOf(goal);
  if (level === null) return null;
  const away = {met: 0.02, late: 0.005, short: -0.04, silent: -0.02, behind: -0.2}[course];
  return Math.min(most, Math.max(0, level * (isLimit(goal) ? 1 - away : 1 + away)));
}

/** How many of something come out where so many are asked for in one run of time. */
export function countFor(asked: number, goal: Goal, course: Course, chance: Chance): number {
  const way = isLimit(goal) ? {met: 0.8, late: 0.95, short: 1.1, silent: 0.9, behind: 1.4} : manyOf(chance);
  if (isLimit(goal) || asked >= 8) return Math.round(asked * way[course]);
  switch (course) {
    case "met":
    case "silent":
      return Math.ceil(asked) + (chance.happens(0.12) ? 1 : 0);
    case "late":
      return Math.ceil(asked);
    case "short":
      return chance.happens(0.06) ? Math.floor(asked * 0.7) : Math.ceil(asked);
    case "behind":
      return chance.happens(0.5) ? Math.floor(asked * 0.5) : Math.ceil(asked);
  }
}

function manyOf(chance: Chance): Readonly<Record<Course, number>> {
  const more = chance.share();
  return {met: 1.03 + more / 8, late: 1.01, short: 0.86 + more / 12, silent: 1 + more / 10, behind: 0.4 + more / 4};
}
