import {addDays, earlier} from "../../calendar/iso-date.ts";
import {areas} from "../areas.ts";
import {type Chance, weighted} from "../random.ts";
import type {ExtractMaker} from "../world.ts";
import {type Happening, happenings, momentOf} from "./happenings.ts";
import {type RowInTime, wholeExtract, wholeQuarters} from "./rows-in-time.ts";

/** Assumed: some 800 a year and falling, nearly all of them in the nights around Sunday. */
const rate = {
  halves: [840, 800, 770, 760],
  season: [0.85, 0.9, 1.0, 1.05, 1.1, 1.1, 1.15, 1.1, 1.05, 1.0, 0.85, 0.85],
  weekdays: [2.3, 0.4, 0.3, 0.35, 0.5, 1.05, 2.1]
};

/** The log arrives so many days after the end of a quarter: at the end of March it still tells of December alone. */
const daysUntilSent = 60;

/** One file, and never the newest quarter. */
export const streetTakeovers: ExtractMaker = (world) => {
  const sent = wholeQuarters(addDays(world.through, -daysUntilSent)).at(-1)?.to;
  return [
    wholeExtract(
      {
        source: "street-takeovers",
        header: ["incident_id", "occurred_at", "area_code", "vehicles", "arrests", "impounds"],
        rows: function* (to) {
          const chance = world.chance("street-takeovers");
          for (const one of happenings(chance, rate, to)) yield takeover(chance, one);
        }
      },
      earlier(sent ?? world.through, world.through)
    )
  ];
};

/** Wide crossings of the south, the harbor and the valley. */
const favored: readonly string[] = ["77th Street", "Southeast", "Southwest", "Newton", "Harbor", "Mission", "Foothill"];
const drawArea = weighted(areas, ({name, collisions}) => collisions * (favored.includes(name) ? 3 : 1));

function takeover(chance: Chance, {number, date, id}: Happening): RowInTime {
  const area = drawArea(chance);
  const occurred = momentOf(chance, date);
  const vehicles = chance.between(12, 180);
  const arrests = chance.happens(0.3) ? chance.between(1, 9) : 0;
  const impounds = chance.happens(0.35) ? chance.between(1, 14) : 0;
  return {day: number, told: [number], cells: () => [`TK${id}`, occurred, area.code, vehicles, arrests, impounds]};
}
