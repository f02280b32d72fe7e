import {seasons, weekdayLevels} from "../levels.ts";
import type {Chance} from "../random.ts";
import type {ExtractMaker} from "../world.ts";
import {areaBy, type Happening, happenings, levelOf} from "./happenings.ts";
import {changeExtracts, dayBy, type RowInTime} from "./rows-in-time.ts";

const header = ["casing_id", "recovered_on", "submitted_on", "tested_on", "nibin_hit_flag", "area_code"];

/** Assumed: scenes with casings a year, each with one to nine of them. */
const rate = {halves: [1150, 1050, 1080, 980], season: seasons.violent, weekdays: weekdayLevels.violent};

/** Share of the casings that the laboratory tests within 60 days; the new equipment came in the middle of 2023. */
const inTime = [0.86, 0.88, 0.955, 0.978];

/** Casings as they are booked, submitted and tested. */
export const ballisticsLog: ExtractMaker = (world) =>
  changeExtracts(
    {
      source: "ballistics-log",
      header,
      rows: function* (to) {
        const chance = world.chance("ballistics-log");
        for (const one of happenings(chance, rate, to)) yield* scene(chance, one);
      }
    },
    world.through
  );

const drawArea = areaBy("violent");

function* scene(chance: Chance, {number, date, id, ...day}: Happening): Generator<RowInTime> {
  const area = drawArea(chance);
  const submitted = number + chance.between(1, 6);
  const casings = chance.between(1, 9);
  for (let casing = 1; casing <= casings; casing++) {
    const quick = chance.happens(levelOf(inTime, day));
    const tested = quick ? submitted + chance.between(2, 48) : number + chance.between(61, 190);
    const hit = chance.happens(0.31);
    yield {
      day: number,
      told: [number, submitted, tested],
      cells: (asOf) => [
        `B${id}-${casing}`,
        date,
        dayBy(asOf, submitted),
        dayBy(asOf, tested),
        tested <= asOf ? hit : null,
        area.code
      ]
    };
  }
}
