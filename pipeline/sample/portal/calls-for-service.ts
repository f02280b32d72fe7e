import {reportingDistrict} from "../areas.ts";
import {areaBy, type Happening, happenings} from "../cases/happenings.ts";
import {type RowInTime, wholeExtract} from "../cases/rows-in-time.ts";
import {clockTime} from "../circumstances.ts";
import {type Chance, weighted} from "../random.ts";
import {portalDate} from "../report-lines.ts";
import type {ExtractMaker} from "../world.ts";

const header = [
  "incident_number",
  "area_occ",
  "rpt_dist",
  "dispatch_date",
  "dispatch_time",
  "call_type_code",
  "call_type_text"
];

/** The commonest types, and how many there were of each in a month of the portal's data, in tens. */
const types = (
  [
    ["006", "CODE 6", 4633],
    ["902", "TRAFFIC STOP", 775],
    ["906B1", "CODE 30 RINGER", 274],
    ["415M", "415 MAN", 214],
    ["904A", "904 AMB", 135],
    ["415G", "415 GRP", 121],
    ["9212", "921 TRESPASS SUSP", 108],
    ["507R", "507 RADIO", 104],
    ["900", "UNKNOWN TROUBLE", 97],
    ["620D", "620 DOM VIOL", 86],
    ["507P", "507 PARTY", 83],
    ["620M", "620 MAN/WMN", 78],
    ["620N", "620 NEIGHBOR", 74],
    ["245SN", "245 SUSP NOW", 68],
    ["594SN", "594 SUSP NOW", 62],
    ["242SN", "242 SUSP NOW", 62],
    ["242D", "242 DOM VIOL", 60],
    ["459I", "459 INVEST", 57],
    ["484SN", "484 SUSP NOW", 54],
    ["246H", "246 HEARD ONLY", 40],
    ["459SN", "459 SUSP NOW", 30],
    ["211SL", "211 SUSP J/L", 24],
    ["415F", "415 FIGHT", 60],
    ["918M", "918 MALE", 45]
  ] as const
).map(([code, text, weight]) => ({code, text, weight}));

const drawType = weighted(types, ({weight}) => weight);
const drawArea = areaBy("part2");

/** One dispatched incident in six: all of them would be a file of 350,000 rows a quarter. */
const shown = 1 / 6;
const ofReality = 3850 * 365.25;
const weekdays = [0.95, 0.95, 1, 1.02, 1.03, 1.05, 1];

/** Dispatched incidents since January 2024. Some that were outside all Areas at first are given their Area later. */
export const callsForService: ExtractMaker = (world) => [
  wholeExtract(
    {
      source: "calls-for-service",
      header,
      rows: function* (to) {
        const chance = world.chance("calls-for-service");
        const rate = {halves: [ofReality * shown * world.scale], weekdays};
        for (const one of happenings(chance, rate, to, "2024-01-01")) yield call(chance, one);
      }
    },
    world.through
  )
];

function call(chance: Chance, {number, id}: Happening): RowInTime {
  const {code, text} = drawType(chance);
  const area = drawArea(chance);
  const district = reportingDistrict(chance, area);
  const isOutside = chance.happens(code === "006" ? 0.4 : 0.03);
  const [isPlaced, placed] = [chance.happens(0.01), number + chance.between(3, 20)];
  const time = clockTime(chance);
  const seconds = String(chance.between(0, 59)).padStart(2, "0");
  const [day = "", nth = ""] = id.split("-");
  return {
    day: number,
    told: isOutside && isPlaced ? [number, placed] : [number],
    cells: (asOf) => {
      const unknown = isOutside && !(isPlaced && placed <= asOf);
      return [
        `PD${day}${nth.padStart(8, "0")}`,
        unknown ? "Outside" : area.name,
        unknown ? null : district,
        portalDate(number),
        `${time.slice(0, 2)}:${time.slice(2)}:${seconds}`,
        code,
        text
      ];
    }
  };
}
