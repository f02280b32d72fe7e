import type {Chance} from "../random.ts";
import type {ExtractMaker} from "../world.ts";
import {areaBy, type Happening, happenings, levelOf, officeDays} from "./happenings.ts";
import {changeExtracts, dayBy, type RowInTime} from "./rows-in-time.ts";

const header = [
  "order_id",
  "opened_on",
  "requested_on",
  "issued_on",
  "area_code",
  "case_id",
  "crime_pertinent_flag",
  "attached_flag"
];

/** Assumed: some 280 cases a year. More requests and more orders, not the quarter more that was promised. */
const rate = {halves: [270, 270, 275, 280], weekdays: officeDays, planned: 0.8};
/** Orders of July 2022 are of cases that were opened before. */
const since = "2022-01-01";
const pertinent = 0.7;
const requestedOf = {pertinent: [0.66, 0.68, 0.75, 0.79], other: [0.55]};

/** Cases looked at, orders asked for, orders issued: each as its day comes. */
export const gvroRegister: ExtractMaker = (world) =>
  changeExtracts(
    {
      source: "gvro-register",
      header,
      rows: function* (to) {
        const chance = world.chance("gvro-register");
        for (const one of happenings(chance, rate, to, since)) yield gvroCase(chance, one);
      }
    },
    world.through
  );

const drawArea = areaBy("violent");

function gvroCase(chance: Chance, {number, date, id, ...day}: Happening): RowInTime {
  const area = drawArea(chance);
  const onList = chance.happens(pertinent);
  const asked = chance.happens(levelOf(onList ? requestedOf.pertinent : requestedOf.other, day));
  const requested = number + chance.between(0, 6);
  const granted = chance.happens(0.86);
  // An emergency order comes the same day, the others after a hearing.
  const issued = requested + (chance.happens(0.4) ? 0 : chance.between(1, 21));
  const attached = chance.happens(0.97);
  return {
    day: number,
    told: [number, ...(asked ? [requested] : []), ...(asked && granted ? [issued] : [])],
    cells: (asOf) => [
      `GVRO${id}`,
      date,
      asked ? dayBy(asOf, requested) : null,
      asked && granted ? dayBy(asOf, issued) : null,
      area.code,
      `DR${id}`,
      onList,
      asked && requested <= asOf && attached
    ]
  };
}
