import {fromDay, type IsoDate, toDay} from "../../calendar/iso-date.ts";
import type {Area} from "../areas.ts";
import {type Cell, type ExtractMaker, extractFile, type World} from "../world.ts";
import {areaBy} from "./happenings.ts";
import {wholeQuarters} from "./rows-in-time.ts";

/** Sites found operating by each round, the first of September 2022; assumed. The level of 100 is passed in December 2023. */
const operating = [172, 158, 141, 126, 109, 97, 93, 88, 91];

/** Of the sites that operate, the share that closes by the next round; new ones make up the rest. */
const closing = 0.22;

interface Site {
  readonly id: string;
  readonly area: Area;
}

/** A file a round, some days before the end of each quarter. */
export const dispensaryRegister: ExtractMaker = (world) =>
  wholeQuarters(world.through).map(({to}, round) => {
    const day = fromDay(toDay(to) - 10);
    return {
      file: extractFile("dispensary-register", day),
      header: ["site_id", "observed_on", "status", "area_code"],
      records: observed(world, round, day)
    };
  });

const drawArea = areaBy("theft");

/** The rounds from the first on, and the rows of the last of them. */
function* observed(world: World, last: number, day: IsoDate): Generator<readonly Cell[]> {
  const chance = world.chance("dispensary-register");
  let open: Site[] = [];
  let closed: Site[] = [];
  let opened = 0;
  for (let round = 0; round <= last; round++) {
    const stays = open.map((site) => ({site, stays: !chance.happens(closing)}));
    closed = stays.filter((one) => !one.stays).map(({site}) => site);
    open = stays.filter((one) => one.stays).map(({site}) => site);
    const wanted = operating[Math.min(round, operating.length - 1)]!;
    while (open.length < wanted) open.push({id: `S${String(++opened).padStart(4, "0")}`, area: drawArea(chance)});
    closed.push(...open.splice(wanted));
  }
  for (const {id, area} of open) yield [id, day, "operating", area.code];
  for (const {id, area} of closed) yield [id, day, "closed", area.code];
}
