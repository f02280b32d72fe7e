import type {Chance} from "../random.ts";
import type {ExtractMaker} from "../world.ts";
import {type Happening, happenings, officeDays} from "./happenings.ts";
import {dayBy, type RowInTime, wholeExtract} from "./rows-in-time.ts";

/** Electronic cases begin in January 2023, so the plan year before the plan is half known; some 230 a year, assumed. */
const rate = {halves: [220, 225, 250, 255], weekdays: officeDays, planned: 0.7};
const since = "2023-01-01";

/** The whole register since it is kept. */
export const ombudsCases: ExtractMaker = (world) => [
  wholeExtract(
    {
      source: "ombuds-cases",
      header: ["case_id", "opened_on", "directed_flag", "closed_on"],
      rows: function* (to) {
        const chance = world.chance("ombuds-cases");
        for (const one of happenings(chance, rate, to, since)) yield ombudsCase(chance, one);
      }
    },
    world.through
  )
];

function ombudsCase(chance: Chance, {number, date, id}: Happening): RowInTime {
  const directed = chance.happens(0.35);
  const closed = number + chance.between(4, 75);
  return {
    day: number,
    told: [number, closed],
    cells: (asOf) => [`OMB${id}`, date, directed, dayBy(asOf, closed)]
  };
}
