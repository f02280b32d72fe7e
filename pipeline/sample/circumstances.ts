import type {Category} from "./offenses.ts";
import {type Chance, weighted} from "./random.ts";

type Coded = readonly [weight: number, code: string, description: string];

const byWeight = (items: readonly Coded[]) => weighted(items, ([weight]) => weight);

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

/** @returns Null where the report names no weapon. */
export function drawWeapon(chance: Chance, category: Category, atPeople: boolean): Coded | null {
  if (atPeople) return drawViolentWeapon(chance);
  return category === "part2" && chance.happens(0.4) ? drawViolentWeapon(chance) : null;
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
  return Array.from({length: chance.between(0, 4)}, () => chance.one(known)).join(" ");
}

/** `0005` to `2359`, more of it by daylight and in the evening. */
export function clockTime(chance: Chance): string {
  const hour = chance.happens(0.75) ? chance.between(8, 23) : chance.between(0, 23);
  return `${String(hour).padStart(2, "0")}${String(chance.between(0, 11) * 5).padStart(2, "0")}`;
}

const drawSex = weighted(["M", "F", "X", ""] as const, (sex) => ({M: 42, F: 39, X: 8, "": 11})[sex]);
const descents = ["H", "H", "H", "W", "W", "B", "B", "O", "A", "X", ""] as const;

/** Age (0: not known), sex and descent of nobody: `load` must drop them. */
export function victim(chance: Chance): readonly [age: string, sex: string, descent: string] {
  const age = chance.happens(0.25) ? 0 : chance.between(10, 85);
  return [String(age), drawSex(chance), chance.one(descents)];
}
