import type {Chance} from "../random.ts";
import type {ExtractMaker} from "../world.ts";
import {areaBy, type Happening, happenings, levelOf} from "./happenings.ts";
import {type RowInTime, wholeExtract} from "./rows-in-time.ts";

/** The register begins before the others, so that three years are whole by the end of March 2024. */
const since = "2021-01-01";

/** It was said of three years that more than 21,300 were taken: some 7,300 a year, buy-backs apart. */
const seized = {halves: [6900, 6700, 6650, 6600]};

/** Two days of buy-back a year, each with some hundreds of firearms. */
const buyBacks = ["2021-05-15", "2021-12-04", "2022-05-14", "2022-12-03", "2023-05-13", "2023-12-02", "2024-05-11"];
const atBuyBack = 310;

/** Share without a serial number: it rose until 2022. */
const ghostGuns = [0.25, 0.23, 0.21, 0.19];

/** All firearms booked since 2021. */
export const firearmIntake: ExtractMaker = (world) => [
  wholeExtract(
    {
      source: "firearm-intake",
      header: ["firearm_id", "taken_on", "channel", "area_code", "ghost_gun_flag"],
      rows: function* (to) {
        const chance = world.chance("firearm-intake seized");
        const rate = {halves: seized.halves.map((level) => level * world.scale)};
        for (const one of happenings(chance, rate, to, since)) {
          yield firearm(chance, chance.happens(0.06) ? "surrender" : "seizure", one);
        }
        const brought = world.chance("firearm-intake brought");
        for (const date of buyBacks) {
          if (date > to) continue;
          const rate = {halves: [atBuyBack * world.scale * 365.25]};
          for (const one of happenings(brought, rate, date, date)) yield firearm(brought, "buy_back", one);
        }
      }
    },
    world.through
  )
];

const drawArea = areaBy("violent");

function firearm(chance: Chance, channel: string, {number, date, id, ...day}: Happening): RowInTime {
  const area = drawArea(chance);
  const ghostGun = channel !== "buy_back" && chance.happens(levelOf(ghostGuns, day));
  const entered = number + (chance.happens(0.97) ? chance.between(0, 2) : chance.between(3, 25));
  const letter = channel === "buy_back" ? "B" : "F";
  return {
    day: number,
    told: [entered],
    cells: () => [`${letter}${id}`, date, channel, area.code, ghostGun]
  };
}
