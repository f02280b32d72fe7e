import type {IsoDate} from "../../calendar/iso-date.ts";
import {findSegment} from "../../config/roster.ts";
import type {Area} from "../areas.ts";
import {weekdayLevels} from "../levels.ts";
import type {Chance} from "../random.ts";
import type {ExtractMaker} from "../world.ts";
import {areaBy, type Happening, happenings, type Rate} from "./happenings.ts";
import {dayBy, type RowInTime, wholeExtract} from "./rows-in-time.ts";

const header = [
  "incident_id",
  "incident_date",
  "area_code",
  "division_code",
  "bureau_code",
  "force_type",
  "category",
  "demonstration_flag",
  "reviewed_by_commission_on"
];

interface Kind extends Rate {
  readonly category: string;
  readonly forces: readonly string[];
}

/** By the letter that begins their numbers. Levels near the department's yearly reviews; no carotid hold since the ban. */
const kinds: Readonly<Record<string, Kind>> = {
  N: {
    category: "non_categorical",
    halves: [2180, 2120, 2060, 2040],
    forces: ["physical", "physical", "physical", "physical", "taser", "bean_bag", "40mm_launcher"]
  },
  O: {category: "ois", halves: [31, 33, 34, 30], forces: ["firearm"]},
  D: {category: "in_custody_death", halves: [9, 9, 8, 8], forces: ["physical", "taser"]},
  C: {category: "other_categorical", halves: [22, 21, 20, 20], forces: ["k9_contact", "physical", "bean_bag"]}
};

/** The whole register; some incidents turn out graver than first thought. */
export const useOfForce: ExtractMaker = ({project: {roster}, ...world}) => {
  const bureauOf = (area: Area) => findSegment(roster, {type: "area", code: String(area.number)})?.parent?.code ?? null;
  const rows = function* (to: IsoDate) {
    for (const [letter, kind] of Object.entries(kinds)) {
      const chance = world.chance(`use-of-force ${letter}`);
      const rate = {...kind, weekdays: weekdayLevels.violent};
      for (const one of happenings(chance, rate, to)) yield incident(chance, kind, letter, one, bureauOf);
    }
  };
  return [wholeExtract({source: "use-of-force", header, rows}, world.through)];
};

const drawArea = areaBy("violent");

function incident(
  chance: Chance,
  {category, forces}: Kind,
  letter: string,
  {number, date, id}: Happening,
  bureauOf: (area: Area) => string | null
): RowInTime {
  const area = drawArea(chance);
  const metropolitan = chance.happens(0.06);
  const force = chance.one(forces);
  const demonstration = chance.happens(0.004);
  const entered = number + (chance.happens(0.98) ? chance.between(0, 4) : chance.between(5, 40));
  // Most reviews come within the year that the Commission has, one in eight after it.
  const reviewed = number + (chance.happens(0.875) ? chance.between(230, 360) : chance.between(366, 450));
  const [graver, noticed] = [chance.happens(0.005), entered + chance.between(20, 90)];
  const routine = category === "non_categorical";
  return {
    day: number,
    told: [entered, ...(routine ? (graver ? [noticed] : []) : [reviewed])],
    cells: (asOf) => [
      `${letter}${id}`,
      date,
      area.code,
      metropolitan ? "Metropolitan Division" : area.name,
      bureauOf(area),
      force,
      routine && graver && noticed <= asOf ? "other_categorical" : category,
      demonstration,
      routine ? null : dayBy(asOf, reviewed)
    ]
  };
}
