import {type Chance, weighted} from "../random.ts";
import type {ExtractMaker} from "../world.ts";
import {type Happening, happenings, levelOf, officeDays, type Rate} from "./happenings.ts";
import {changeExtracts, dayBy, type RowInTime} from "./rows-in-time.ts";

const header = [
  "case_id",
  "crime_category",
  "bureau_code",
  "presented_on",
  "presented_to",
  "case_theme",
  "filed_on",
  "outcome"
];

/** The register's own beginning: filings of July 2022 are of cases that were presented before. */
const since = "2022-01-01";

/** Cases of one kind, and the share of them that is filed, by half-year as rates are. */
interface Kind extends Rate {
  readonly theme: string | null;
  readonly to: string | null;
  readonly filed: readonly number[];
}

/** All levels are assumed: the department publishes none of them. Rare themes keep theirs at every volume. */
const kinds: Readonly<Record<string, Kind>> = {
  // The rate comes near its goal of +3%: 57.1% to 58.8%.
  C: {theme: null, to: null, halves: [26_000, 26_600, 26_900, 26_900], filed: [0.571, 0.571, 0.588, 0.588]},
  S: {theme: "illegal_firearm_sale", to: "ausa", halves: [25, 25, 33, 33], filed: [0.62, 0.62, 0.4, 0.4]},
  P: {theme: "prohibited_possessor", to: "ausa", halves: [138, 140, 146, 144], filed: [0.55]},
  D: {theme: "prohibited_possessor", to: "district_attorney", halves: [690, 700, 720, 720], filed: [0.66]},
  G: {theme: "ghost_gun", to: "district_attorney", halves: [430, 440, 470, 480], filed: [0.6, 0.6, 0.63, 0.63]},
  K: {theme: "catalytic_converter", to: "city_attorney", halves: [95, 120, 110, 90], filed: [0.44, 0.47, 0.52, 0.52]}
};

/** Detectives' cases as they are presented, those that prosecutors have decided, and some that were never presented. */
export const caseFilings: ExtractMaker = (world) =>
  changeExtracts(
    {
      source: "case-filings",
      header,
      rows: function* (to) {
        for (const [letter, kind] of Object.entries(kinds)) {
          const scale = kind.theme === null ? world.scale : 1;
          const halves = kind.halves.map((level) => level * scale);
          const rate = {halves, weekdays: officeDays, planned: kind.theme === null ? 0 : 0.8};
          const chance = world.chance(`case-filings ${letter}`);
          for (const one of happenings(chance, rate, to, since)) yield presented(chance, kind, letter, one);
        }
      }
    },
    world.through
  );

const bureauShares: Readonly<Record<string, number>> = {central: 27, south: 32, west: 19, valley: 22};
const drawBureau = weighted(Object.keys(bureauShares), (bureau) => bureauShares[bureau]!);

const categoryShares: Readonly<Record<string, number>> = {
  aggravated_assault: 16,
  robbery: 8,
  burglary: 8,
  vehicle_theft: 9,
  theft: 14,
  domestic_violence: 17,
  narcotics: 12,
  other: 16
};
const drawCategory = weighted(Object.keys(categoryShares), (category) => categoryShares[category]!);

function presented(chance: Chance, kind: Kind, letter: string, {number, date, id, year, month}: Happening): RowInTime {
  const bureau = drawBureau(chance);
  const category =
    kind.theme === "catalytic_converter" ? "theft" : kind.theme === null ? drawCategory(chance) : "weapons";
  const prosecutor = chance.happens(0.62) ? "district_attorney" : "city_attorney";
  const entered = number + (chance.happens(0.03) ? chance.between(5, 40) : chance.between(0, 1));
  const decided = entered + daysToDecision(chance);
  const filed = chance.happens(levelOf(kind.filed, {year, month}));
  const refused = chance.happens(0.8) ? "rejected" : "returned";
  const [mistaken, noticed] = [chance.happens(0.002), entered + chance.between(20, 60)];
  return {
    day: number,
    told: mistaken ? [entered, decided, noticed] : [entered, decided],
    cells: (asOf) => [
      `${letter}${id}`,
      category,
      bureau,
      date,
      kind.to ?? prosecutor,
      kind.theme,
      filed ? dayBy(asOf, decided) : null,
      mistaken && noticed <= asOf ? "presented_in_error" : decided > asOf ? "pending" : filed ? "filed" : refused
    ]
  };
}

/** Who is in custody must be charged within two court days; the rest waits for the prosecutor. */
function daysToDecision(chance: Chance): number {
  if (chance.happens(0.55)) return chance.between(1, 3);
  if (chance.happens(0.67)) return chance.between(4, 30);
  return chance.happens(0.8) ? chance.between(31, 90) : chance.between(91, 200);
}
