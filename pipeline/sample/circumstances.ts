import type {Category} from "./offenses.ts";
import {type Chance, weighted} from "./random.ts";
import {csvCells} from "./report-lines.ts";

type Coded = readonly [weight: number, code: string, description: string];

/** Draws code and description as two cells of a record. */
function byWeight(items: readonly Coded[]): (chance: Chance) => string {
  const draw = weighted(
    items.map(([weight, ...cells]) => ({weight, cells: csvCells(...cells)})),
    ({weight}) => weight
  );
  return (chance) => draw(chance).cells;
}

/** Where it happened: the portal's commonest premises. */
export const drawPremise = byWeight([
  [326, "101", "STREET"],
  [108, "501", "SINGLE FAMILY DWELLING"],
  [99, "108", "PARKING LOT"],
  [91, "502", "MULTI-UNIT DWELLING (APARTMENT, DUPLEX, ETC)"],
  [49, "102", "SIDEWALK"],
  [35, "203", "OTHER BUSINESS"],
  [34, "122", "VEHICLE, PASSENGER/TRUCK"],
  [32, "104", "DRIVEWAY"],
  [23, "707", "GARAGE/CARPORT"],
  [20, "123", "PARKING UNDERGROUND/BUILDING"],
  [14, "210", "RESTAURANT/FAST FOOD"],
  [9, "103", "ALLEY"],
  [8, "404", "DEPARTMENT STORE"],
  [7, "402", "MARKET"]
]);

export const drawMetroPremise = byWeight([
  [4, "801", "MTA BUS"],
  [3, "135", "MTA PROPERTY OR PARKING LOT"],
  [2, "807", "BLUE LINE (ABOVE GROUND SURFACE TRAIN)"],
  [1, "133", "REDLINE SUBWAY RAIL CAR (INSIDE TRAIN)"]
]);

const drawViolentWeapon = byWeight([
  [130, "400", "STRONG-ARM (HANDS, FIST, FEET OR BODILY FORCE)"],
  [31, "500", "UNKNOWN WEAPON/OTHER WEAPON"],
  [17, "511", "VERBAL THREAT"],
  [10, "102", "HAND GUN"],
  [5, "207", "OTHER KNIFE"],
  [5, "200", "KNIFE WITH BLADE 6INCHES OR LESS"],
  [3, "109", "SEMI-AUTOMATIC PISTOL"]
]);

/** Two cells, blank where the report names no weapon. */
export function drawWeapon(chance: Chance, category: Category, atPeople: boolean): string {
  const named = atPeople || (category === "part2" && chance.happens(0.4));
  return named ? drawViolentWeapon(chance) : ",";
}

export const drawStatus = byWeight([
  [77, "IC", "Invest Cont"],
  [13, "AO", "Adult Other"],
  [9, "AA", "Adult Arrest"],
  [1, "JA", "Juv Arrest"]
]);

const modes = {
  people: ["0416", "0444", "0400", "0913", "1822", "2000", "0446", "1202", "0334", "0432"],
  property: ["0344", "1822", "1300", "0329", "0385", "1606", "1402", "1307", "0325", "0377"]
} as const;

/** `0344 1822`: none to four codes, blank-separated. */
export function modusOperandi(chance: Chance, atPeople: boolean): string {
  const known = atPeople ? modes.people : modes.property;
  let codes = "";
  for (let left = chance.between(0, 4); left > 0; left--)
    codes += codes === "" ? chance.one(known) : ` ${chance.one(known)}`;
  return codes;
}

/** `0005` to `2355`, more of it by daylight and in the evening. */
export function clockTime(chance: Chance): string {
  return chance.one(chance.happens(0.75) ? wakingTimes : times);
}

const times = Array.from({length: 24 * 12}, (_, step) => {
  const [hour, minute] = [Math.floor(step / 12), (step % 12) * 5];
  return String(hour * 100 + minute).padStart(4, "0");
});
const wakingTimes = times.slice(8 * 12);

const drawSex = weighted(["M", "F", "X", ""] as const, (sex) => ({M: 42, F: 39, X: 8, "": 11})[sex]);
const descents = ["H", "H", "H", "W", "W", "B", "B", "O", "A", "X", ""] as const;

/** Three cells: age (0: not known), sex and descent of nobody, which `load` must drop. */
export function victim(chance: Chance): string {
  const age = chance.happens(0.25) ? 0 : chance.between(10, 85);
  return `${age},${drawSex(chance)},${chance.one(descents)}`;
}
