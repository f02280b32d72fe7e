import {seasons} from "../levels.ts";
import type {Chance} from "../random.ts";
import type {ExtractMaker} from "../world.ts";
import {areaBy, type Happening, happenings, levelOf} from "./happenings.ts";
import {deliveredExtracts, type RowInTime, sinceHandedOver, wholeQuarters} from "./rows-in-time.ts";

const header = [
  "call_id",
  "received_on",
  "confirmed_crisis_flag",
  "triaged_flag",
  "mhit_officer_flag",
  "camp_client_key",
  "area_code",
  "disposition"
];

/** Assumed: some 21,000 a year. The documents tell of a growth, of 80% with a trained officer, and that all are triaged. */
const levels = [20_600, 20_900, 21_800, 22_400];
const withTrainedOfficer = [0.772, 0.781, 0.794, 0.806];
const triaged = [0.961, 0.967, 0.974, 0.978];

/** One file to the end of 2023 and then one a quarter, each as it is known on the last day of all. */
export const crisisCalls: ExtractMaker = (world) =>
  deliveredExtracts(
    {
      source: "crisis-calls",
      header,
      rows: function* (to) {
        const chance = world.chance("crisis-calls");
        const rate = {halves: levels.map((level) => level * world.scale), season: seasons.violent};
        for (const one of happenings(chance, rate, to)) yield call(chance, one);
      }
    },
    sinceHandedOver(wholeQuarters(world.through)),
    () => world.through
  );

const drawArea = areaBy("part2");
const dispositions = ["hold", "hold", "hold", "diverted", "referred", "referred", "arrest", "no_action", "no_action"];

function call(chance: Chance, {number, date, id, ...day}: Happening): RowInTime {
  const area = drawArea(chance);
  const crisis = chance.happens(0.86);
  const [later, confirmed] = [chance.happens(0.02), number + chance.between(5, 25)];
  const expert = chance.happens(levelOf(triaged, day));
  const trained = chance.happens(levelOf(withTrainedOfficer, day));
  const client = chance.happens(0.18) ? chance.between(0x10000, 0xfffff).toString(16) : null;
  const disposition = chance.one(dispositions);
  return {
    day: number,
    told: later ? [number, confirmed] : [number],
    cells: (asOf) => [
      `MH${id}`,
      date,
      crisis && (!later || confirmed <= asOf),
      expert,
      trained,
      client,
      area.code,
      disposition
    ]
  };
}
