import type {Chance} from "../random.ts";
import type {ExtractMaker} from "../world.ts";
import {areaBy, type Happening, happenings, levelOf, officeDays} from "./happenings.ts";
import {deliveredExtracts, type RowInTime, sinceHandedOver, wholeMonths} from "./rows-in-time.ts";

const header = ["referral_id", "referred_on", "channel", "area_code", "division_code", "accepted_flag"];

/** Assumed: some 940 a year, more in the months of school; 62% of them online at first. Close to the goal of 3% more. */
const rate = {
  halves: [930, 950, 995, 995],
  season: [1.05, 1.05, 1.1, 1.05, 1.1, 0.9, 0.8, 0.85, 1.05, 1.1, 1.0, 0.95],
  weekdays: officeDays,
  planned: 0.8
};
const online = [0.62, 0.63, 0.68, 0.71, 0.8];

/** The Area that has referred nobody since, and told nobody why. */
const silent = {name: "Devonshire", since: "2023-10-01"};

/** One file to the end of 2023 and then one a month, each as it is known on the last day of all. */
export const grydReferrals: ExtractMaker = (world) =>
  deliveredExtracts(
    {
      source: "gryd-referrals",
      header,
      rows: function* (to) {
        const chance = world.chance("gryd-referrals");
        for (const one of happenings(chance, rate, to)) {
          const row = referral(chance, one);
          if (row !== null) yield row;
        }
      }
    },
    sinceHandedOver(wholeMonths(world.through)),
    () => world.through
  );

const drawArea = areaBy("violent");

function referral(chance: Chance, {number, date, id, year, month}: Happening): RowInTime | null {
  const area = drawArea(chance);
  const channel = chance.happens(levelOf(online, {year, month}))
    ? "online"
    : chance.one(["paper", "paper", "telephone"]);
  const late = channel === "paper" ? chance.between(0, 30) : 0;
  const specialized = chance.one(["Gang and Narcotics Division", "Juvenile Division"]);
  const division = chance.happens(0.08) ? specialized : area.name;
  const [accepted, decided] = [chance.happens(0.83), number + late + chance.between(5, 45)];
  const [mended, noticed] = [channel === "telephone" && chance.happens(0.1), number + chance.between(35, 70)];
  if (area.name === silent.name && date >= silent.since) return null;
  return {
    day: number,
    told: [number + late, decided, ...(mended ? [noticed] : [])],
    cells: (asOf) => [
      `GR${id}`,
      date,
      mended && noticed <= asOf ? "online" : channel,
      area.code,
      division,
      decided <= asOf ? accepted : null
    ]
  };
}
