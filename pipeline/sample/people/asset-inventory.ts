import {addDays, daysIn, type IsoDate} from "../../calendar/iso-date.ts";
import {type Cell, type ExtractMaker, extractFile, type World} from "../world.ts";
import {observationFiles} from "./personnel-roster.ts";
import {type Unit, unitsOf} from "./units.ts";
import {type Person, serves, workforce} from "./workforce.ts";

const header = [
  "as_of_date",
  "asset_id",
  "asset_type",
  "status",
  "quantity",
  "location_code",
  "fleet_or_network",
  "signed_flag",
  "installed_on",
  "retired_on"
];

/** What a quantity comes to by days; a straight line from one to the next. */
type Growth = readonly (readonly [day: IsoDate, value: number])[];

/** Part of the county's conveyances that show the signs: past half by June 2024. */
const signed: Growth = [
  ["2023-04-01", 0],
  ["2023-09-30", 0.16],
  ["2024-03-31", 0.41],
  ["2024-06-30", 0.53],
  ["2025-06-30", 0.8]
];

const fleets = [
  ...Array.from({length: 11}, (_, index) => ({fleet: `bus division ${index + 1}`, conveyances: 178 + 7 * index})),
  ...["B Line", "D Line", "A Line", "C Line", "E Line", "K Line"].map((fleet, index) => ({
    fleet,
    conveyances: 88 - 11 * index
  }))
];

/** Fixed plate readers: 44 in June 2023, 60 in March 2024, and a few more on order. Half as many again would be 66. */
const fixedReaders: Growth = [
  ["2021-01-01", 24],
  ["2023-06-30", 44],
  ["2024-03-31", 60],
  ["2024-06-30", 65],
  ["2025-06-30", 96]
];
const daysOnOrder = 75;

/** Plate readers in cars, a division; and the part that is built in. */
const readersInCars = 9;
const builtIn: Growth = [
  ["2022-06-30", 0.3],
  ["2023-06-30", 0.62],
  ["2024-03-31", 0.95],
  ["2024-06-30", 1]
];

/** Feeds of the real-time crime center; one quarter of the second plan year goes back. */
const feeds: Growth = [
  ["2023-09-30", 0],
  ["2024-03-31", 48],
  ["2024-09-30", 170],
  ["2024-12-31", 260],
  ["2025-03-31", 245],
  ["2025-06-30", 330]
];
const networks = ["public spaces", "transit", "parks"] as const;

const trailers: Growth = [
  ["2022-06-30", 3],
  ["2023-09-30", 5],
  ["2024-03-31", 11],
  ["2025-06-30", 16]
];

/** Part of the employees that are enabled. */
const enabled: Growth = [
  ["2022-06-30", 0.38],
  ["2023-06-30", 0.66],
  ["2024-03-31", 0.91],
  ["2024-06-30", 0.96],
  ["2024-12-31", 1]
];

const withVideo: Growth = [
  ["2022-06-30", 0.94],
  ["2024-06-30", 1]
];

/** A lot or an asset; the cells after the day. */
type Asset = readonly Cell[];

/** All equipment as counted on the last day of each quarter. */
export const assetInventory: ExtractMaker = (world) => {
  let people: readonly Person[] | null = null;
  const drawn = () => {
    people ??= workforce(world).filter(({department}) => department === "LAPD");
    return people;
  };
  const units = unitsOf(world.project.roster).filter(({division}) => division !== null);
  return observationFiles(world.through).map(({file, days}) => ({
    file: extractFile("asset-inventory", file),
    header,
    records: {
      *[Symbol.iterator]() {
        for (const {day} of days) for (const asset of counted(world, units, drawn(), day)) yield [day, ...asset];
      }
    }
  }));
};

function counted(world: World, units: readonly Unit[], people: readonly Person[], day: IsoDate): Asset[] {
  return [...ofTheCounty(day), ...readers(world, units, day), ...ofPlaces(day), ...issued(units, people, day)];
}

function ofTheCounty(day: IsoDate): Asset[] {
  return fleets.flatMap(({fleet, conveyances}, index) => {
    // Signs go up fleet by fleet, the later ones somewhat behind.
    const part = Math.max(0, Math.min(1, valueOn(signed, day) * (1.25 - (0.5 * index) / fleets.length)));
    const done = Math.round(conveyances * part);
    const lot = (id: string, quantity: number, flag: boolean): Asset[] =>
      quantity === 0
        ? []
        : [[`MTA-${index + 1}-${id}`, "conveyance", "in_service", quantity, null, fleet, flag, null, null]];
    return [...lot("S", done, true), ...lot("N", conveyances - done, false)];
  });
}

function readers({chance}: World, units: readonly Unit[], day: IsoDate): Asset[] {
  const drawn = chance("places of fixed plate readers");
  const fixed = Array.from({length: Math.floor(fixedReaders.at(-1)![1])}, (_, index): Asset[] => {
    const [place, wait] = [drawn.one(units).division, drawn.between(20, daysOnOrder)];
    const installed = dayOf(fixedReaders, index + 1);
    const ordered = addDays(installed, -wait);
    if (ordered > day) return [];
    const isIn = installed <= day;
    return [
      [
        `ALPR-F-${index + 1}`,
        "alpr_fixed",
        isIn ? "in_service" : "ordered",
        1,
        place,
        "ALPR",
        null,
        isIn ? installed : null,
        null
      ]
    ];
  }).flat();
  const inCars = units.flatMap(({division, area}): Asset[] => {
    const done = Math.round(readersInCars * (area === null ? 0.7 : 1) * valueOn(builtIn, day));
    const whole = Math.round(readersInCars * (area === null ? 0.7 : 1));
    return lots(`ALPR-V-${division}`, "alpr_vehicle", division, {in_service: done, ordered: whole - done});
  });
  return [...fixed, ...inCars];
}

function ofPlaces(day: IsoDate): Asset[] {
  const ofFeeds = networks.flatMap((network, index): Asset[] => {
    const quantity = Math.round(valueOn(feeds, day) * [0.5, 0.3, 0.2][index]!);
    return quantity === 0
      ? []
      : [[`FEED-${index + 1}`, "camera_feed", "in_service", quantity, null, network, null, null, null]];
  });
  const ofTrailers = Array.from({length: Math.floor(valueOn(trailers, day))}, (_, index): Asset => {
    const places = ["central_traffic", "south_traffic", "valley_traffic", "west_traffic"];
    const installed = dayOf(trailers, index + 1);
    return [
      `TRL-${index + 1}`,
      "trailer",
      "in_service",
      1,
      places[index % 4]!,
      "high injury network",
      null,
      installed,
      null
    ];
  });
  return [...ofFeeds, ...ofTrailers];
}

/** What is handed out to people, and cars; a division's, and one lot for all who belong to none. */
function issued(units: readonly Unit[], people: readonly Person[], day: IsoDate): Asset[] {
  const working = people.filter((person) => serves(person, day));
  const counts = new Map<string | null, {sworn: number; employed: number}>();
  for (const {class: kind, unit} of working) {
    if (kind !== "sworn" && kind !== "civilian") continue;
    const own = counts.get(unit?.division ?? null) ?? {sworn: 0, employed: 0};
    counts.set(unit?.division ?? null, own);
    own.employed++;
    if (kind === "sworn") own.sworn++;
  }
  return [...units.map(({division}) => division), null].flatMap((division) => {
    const {sworn, employed} = counts.get(division) ?? {sworn: 0, employed: 0};
    const place = division ?? "staff";
    const cars = Math.round(sworn * 0.28);
    const filmed = Math.round(cars * valueOn(withVideo, day));
    return [
      ...lots(`MDM-${place}`, "mdm_device", division, {in_service: Math.round(employed * valueOn(enabled, day))}),
      ...lots(`BWV-${place}`, "bwv", division, {
        in_service: Math.round(sworn * (division === null ? 0.2 : 0.97)),
        out_of_service: Math.round(sworn * 0.02)
      }),
      ...(division === null
        ? []
        : [
            ...lots(`CAR-V-${place}`, "patrol_vehicle_dicv", division, {in_service: filmed}),
            ...lots(`CAR-N-${place}`, "patrol_vehicle", division, {in_service: cars - filmed})
          ])
    ];
  });
}

function lots(id: string, type: string, place: string | null, quantities: Readonly<Record<string, number>>): Asset[] {
  return Object.entries(quantities).flatMap(([status, quantity]): Asset[] => {
    if (quantity === 0) return [];
    return [[`${id}-${status}`, type, status, quantity, place, null, null, null, null]];
  });
}

/** The first value before its first day, the last one after its last. */
function valueOn(growth: Growth, day: IsoDate): number {
  const next = growth.findIndex(([at]) => at > day);
  if (next === 0) return growth[0]![1];
  if (next === -1) return growth.at(-1)![1];
  const [[from, before], [to, after]] = [growth[next - 1]!, growth[next]!];
  return before + ((after - before) * (daysIn(from, day) - 1)) / (daysIn(from, to) - 1);
}

/** The first day on which what grows has reached a value: the first day of all of what was there before, the last of what never comes. */
function dayOf(growth: Growth, value: number): IsoDate {
  const next = growth.findIndex(([, reached]) => reached >= value);
  if (next === 0) return growth[0]![0];
  if (next === -1) return growth.at(-1)![0];
  const [[from, before], [to, after]] = [growth[next - 1]!, growth[next]!];
  return addDays(from, Math.ceil(((value - before) / (after - before)) * (daysIn(from, to) - 1)));
}
