import type {Chance} from "../random.ts";
import type {ExtractMaker} from "../world.ts";
import {areaBy, type Happening, happenings, levelOf, type Rate} from "./happenings.ts";
import {deliveredExtracts, type RowInTime, sinceHandedOver, wholeQuarters} from "./rows-in-time.ts";

const header = ["record_id", "date", "area_code", "program", "referral_outcome", "via_dhc_app_flag"];

/** By the letter that begins their numbers; levels are assumed, and so is how fast the application came into use. */
const programs: Readonly<Record<string, Rate & {readonly program: string; readonly byApp: readonly number[]}>> = {
  C: {program: "circle", halves: [1900, 2200, 2500, 2600], byApp: [0, 0.05, 0.2, 0.35]},
  H: {program: "la_hop", halves: [3300, 3500, 3600, 3700], byApp: [0, 0.1, 0.3, 0.45]},
  N: {program: "ndr", halves: [760, 820, 900, 910], byApp: [0, 0.15, 0.45, 0.6, 0.75]}
};

/** One file to the end of 2023 and then one a quarter, each as it is known on the last day of all. */
export const homelessOutreach: ExtractMaker = (world) =>
  deliveredExtracts(
    {
      source: "homeless-outreach",
      header,
      rows: function* (to) {
        for (const [letter, program] of Object.entries(programs)) {
          const chance = world.chance(`homeless-outreach ${letter}`);
          for (const one of happenings(chance, program, to)) yield record(chance, {...program, letter}, one);
        }
      }
    },
    sinceHandedOver(wholeQuarters(world.through)),
    () => world.through
  );

const drawArea = areaBy("part2");

interface Kind {
  readonly letter: string;
  readonly program: string;
  readonly byApp: readonly number[];
}

function record(chance: Chance, {letter, program, byApp}: Kind, {number, date, id, ...day}: Happening): RowInTime {
  const area = drawArea(chance);
  const viaApp = chance.happens(levelOf(byApp, day));
  const outcome = chance.one(["accepted", "accepted", "declined", "not_found"]);
  const entered = number + (chance.happens(0.97) ? chance.between(0, 2) : chance.between(3, 30));
  return {
    day: number,
    told: [entered],
    cells: () => [`${letter}${id}`, date, area.code, program, program === "ndr" ? null : outcome, viaApp]
  };
}
