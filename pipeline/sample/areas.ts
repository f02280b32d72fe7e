import type {Chance} from "./random.ts";

/** One of the 21 Areas, with its part of the city's reports in thousandths. */
export interface Area {
  readonly number: number;
  /** Its number in two digits. */
  readonly code: string;
  /** As the portal spells it. */
  readonly name: string;
  /** Degrees near its middle, each as the portal writes it, four decimals. */
  readonly latitudes: readonly string[];
  readonly longitudes: readonly string[];
  /** Thousandths of the city's reports of 2018 to 2022. */
  readonly violent: number;
  readonly vehicle_theft: number;
  readonly theft: number;
  readonly part2: number;
  /** Thousandths of its collisions of 2016 to 2018. */
  readonly collisions: number;
  /** Engagement areas of the Community Safety Partnership within it: invented names. */
  readonly csp: readonly string[];
}

const columns = ["violent", "vehicle_theft", "theft", "part2", "collisions"] as const;

export type Share = (typeof columns)[number];

const table: readonly (readonly [string, number, number, readonly number[], ...string[]])[] = [
  ["Central", 34.05, -118.25, [73, 34, 72, 60, 41]],
  ["Rampart", 34.06, -118.27, [58, 45, 38, 45, 39]],
  ["Southwest", 34.02, -118.32, [71, 53, 52, 61, 59]],
  ["Hollenbeck", 34.05, -118.21, [42, 58, 29, 40, 37], "NEA Mesa Court", "NEA Larkspur Hill"],
  ["Harbor", 33.77, -118.29, [43, 54, 34, 43, 35]],
  ["Hollywood", 34.1, -118.33, [54, 34, 58, 52, 47]],
  ["Wilshire", 34.06, -118.35, [36, 34, 59, 44, 57]],
  ["West LA", 34.05, -118.44, [19, 29, 63, 42, 49]],
  ["Van Nuys", 34.18, -118.45, [28, 40, 48, 45, 50]],
  ["West Valley", 34.19, -118.52, [31, 38, 44, 43, 48]],
  ["Northeast", 34.11, -118.24, [32, 50, 50, 42, 44]],
  ["77th Street", 33.97, -118.3, [113, 77, 39, 67, 68], "NEA Orchard Park"],
  ["Newton", 34.01, -118.26, [68, 71, 36, 48, 55], "NEA Cannery Row", "NEA Bell Garden"],
  ["Pacific", 33.99, -118.43, [34, 56, 74, 50, 53]],
  ["N Hollywood", 34.17, -118.39, [36, 45, 59, 50, 51]],
  ["Foothill", 34.25, -118.38, [29, 44, 31, 37, 35], "NEA Vista Wash"],
  ["Devonshire", 34.25, -118.53, [25, 36, 49, 41, 50]],
  ["Southeast", 33.94, -118.27, [88, 67, 32, 53, 44], "NEA Linden Downs", "NEA Harvest Homes", "NEA Juniper Green"],
  ["Mission", 34.27, -118.45, [39, 56, 34, 45, 45]],
  ["Olympic", 34.06, -118.3, [51, 50, 48, 49, 52]],
  ["Topanga", 34.2, -118.6, [30, 32, 50, 43, 42]]
];

/** In order of their number, 1 to 21. */
export const areas: readonly Area[] = table.map(([name, latitude, longitude, shares, ...csp], index) => ({
  number: index + 1,
  code: String(index + 1).padStart(2, "0"),
  name,
  latitudes: near(latitude),
  longitudes: near(longitude),
  ...(Object.fromEntries(columns.map((column, at) => [column, shares[at]!])) as Record<Share, number>),
  csp
}));

/** Some two kilometres to both sides, in steps of eleven metres. */
function near(middle: number): string[] {
  return Array.from({length: 400}, (_, step) => (middle + (step - 200) / 10_000).toFixed(4));
}

const streets = [
  "ALDERBROOK                   ST",
  "BIRCHFIELD                   AV",
  "CASCADILLA                   ST",
  "DOVECOTE                     DR",
  "ELDERMERE                    AV",
  "FENWICK HOLLOW               RD",
  "GRANARY                      ST",
  "HALCYON GATE                 BL",
  "IRONBARK                     AV",
  "JASMINE TERRACE              PL",
  "KESTREL                      ST",
  "LANTERN                      WY",
  "MARLSTONE                    AV",
  "NIGHTINGALE                  ST",
  "OLD QUARRY                   RD",
  "PEPPERWOOD                   AV",
  "QUINCE                       ST",
  "ROSEMARY HILL                DR",
  "SALTBUSH                     AV",
  "TALLOWTREE                   ST",
  "UMBERLAND                    AV",
  "VERBENA                      ST",
  "WILLOWMERE                   BL",
  "YARROW                       ST"
] as const;

const compass = [" ", " ", "N", "S", "E", "W"] as const;

/** `1100 W  ALDERBROOK                   ST`: a hundred block of an invented street, as wide as the portal's. */
export function hundredBlock(chance: Chance): string {
  return `${chance.between(1, 119)}00 ${chance.one(compass)}  ${chance.one(streets)}`;
}

/** The street alone, or nothing where no crossing was noted. */
export function crossStreet(chance: Chance, noted: number): string {
  return chance.happens(noted) ? chance.one(streets) : "";
}

/** A place in the Area; now and then both 0, as where the portal withholds it. */
export function coordinates(
  chance: Chance,
  {latitudes, longitudes}: Area
): readonly [latitude: string, longitude: string] {
  if (chance.happens(0.001)) return ["0", "0"];
  return [chance.one(latitudes), chance.one(longitudes)];
}

/** `0377`: a reporting district; its first two digits are the Area. */
export function reportingDistrict(chance: Chance, {code}: Area): string {
  return code + chance.one(districts);
}

const districts = Array.from({length: 99}, (_, index) => String(index + 1).padStart(2, "0"));
