import type {Chance} from "../random.ts";
import type {ExtractMaker} from "../world.ts";
import {areaBy, type Happening, happenings, officeDays, type Rate} from "./happenings.ts";
import {dayBy, type RowInTime, wholeExtract} from "./rows-in-time.ts";

const header = ["case_key", "program", "referred_on", "enrolled_on", "area_code", "outcome"];

/** By the letter that begins their keys; levels, and the share that enrols, are assumed. */
const programs: Readonly<Record<string, Rate & {readonly program: string; readonly enrol: number}>> = {
  R: {program: "redy", halves: [240, 260, 310, 330], enrol: 0.55},
  J: {program: "jadp", halves: [430, 410, 420, 430], enrol: 0.7},
  L: {program: "lead", halves: [520, 540, 580, 600], enrol: 0.62}
};

/** The whole register: who enrols some weeks after the referral is not enrolled before. */
export const diversionEnrolments: ExtractMaker = (world) => [
  wholeExtract(
    {
      source: "diversion-enrolments",
      header,
      rows: function* (to) {
        for (const [letter, {program, enrol, halves}] of Object.entries(programs)) {
          const chance = world.chance(`diversion-enrolments ${letter}`);
          const rate = {halves, weekdays: officeDays, planned: 0.6};
          for (const one of happenings(chance, rate, to)) yield referral(chance, {letter, program, enrol}, one);
        }
      }
    },
    world.through
  )
];

const drawArea = areaBy("part2");

function referral(
  chance: Chance,
  {letter, program, enrol}: {readonly letter: string; readonly program: string; readonly enrol: number},
  {number, date, id}: Happening
): RowInTime {
  const area = drawArea(chance);
  const [enrols, enrolled] = [chance.happens(enrol), number + chance.between(3, 50)];
  const ended = enrolled + chance.between(40, 260);
  const how = chance.happens(0.68) ? "completed" : "left";
  const outcome = (asOf: number) => {
    if (enrolled > asOf) return null;
    if (!enrols) return "declined";
    return ended > asOf ? "in_program" : how;
  };
  return {
    day: number,
    told: enrols ? [number, enrolled, ended] : [number, enrolled],
    cells: (asOf) => [`${letter}${id}`, program, date, enrols ? dayBy(asOf, enrolled) : null, area.code, outcome(asOf)]
  };
}
